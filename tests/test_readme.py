"""Every command in the README, run in an empty clone whose path holds a space.

All of them run for real, as written, in the order of the README, with one exception: ``make test`` is what runs this
very test, in CI from an empty clone, so here only its plan is asked for (``make -n test``). The pages start on a free
port, and the data lies in an empty folder of the test; both are settings that the README names.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
STARTS = ("make", "PORT=8001 make")
INSIDE_MAKE = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "VIRTUAL_ENV", "CI")
FIRST_START_MOST_S = 240
START_MOST_S = 60


def commands() -> list[str]:
    """Every line of every fenced block of shell."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line and not line.startswith("#")]


@dataclass(frozen=True)
class Clone:
    """An empty clone, and the environment that its commands run in."""

    folder: Path
    environment: Mapping[str, str]

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def start(self, command: str, port: int, *, most_s: int) -> str:
        """Start the pages, wait for the line with the link, ask for the first page, stop; give what was printed."""
        environment = {**self.environment, "PORT": str(port)}
        command = re.sub(r"^PORT=\d+", f"PORT={port}", command)
        printed = self.folder.parent / "printed"
        with printed.open("w") as out:
            pages = subprocess.Popen(
                ["sh", "-c", command], cwd=self.folder, env=environment, stdout=out, stderr=out, start_new_session=True
            )
        try:
            _wait_for("http://", printed, pages, most_s)
            with urlopen(f"http://127.0.0.1:{port}/") as answer:
                assert answer.status == 200
        finally:
            os.killpg(pages.pid, signal.SIGTERM)
            pages.wait(30)
        return printed.read_text()


def _wait_for(text: str, printed: Path, pages: subprocess.Popen[bytes], most_s: int) -> None:
    end = time.monotonic() + most_s
    while text not in printed.read_text():
        assert pages.poll() is None, f"it stopped:\n{printed.read_text()}"
        assert time.monotonic() < end, f"no link after {most_s} s:\n{printed.read_text()}"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clone]:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("a clone needs git and a repository: this tree is not one")
    folder = tmp_path_factory.mktemp("a folder with a space") / "zone map"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)], check=True)
    kept = {name: value for name, value in os.environ.items() if name not in INSIDE_MAKE and "ZONEMAP" not in name}
    yield Clone(folder, kept | {"ZONEMAP_DATA": str(folder.parent / "clinic data")})
    shutil.rmtree(folder.parent)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_every_command_of_the_readme_works_in_an_empty_clone(clone: Clone) -> None:
    left = commands()
    assert left[0] == "make", "the first command is the one that starts everything"

    printed = clone.start(left.pop(0), _free_port(), most_s=FIRST_START_MOST_S)
    assert [line for line in printed.splitlines() if "http" in line] == printed.splitlines()[1:]
    assert "/first/" in printed
    for command in left:
        if command in STARTS:
            clone.start(command, _free_port(), most_s=START_MOST_S)
            continue
        done = clone.run("make -n test" if command == "make test" else command)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        if command == "make test":
            assert all(step in done.stdout for step in ("ruff check", "ruff format", "mypy", "lint-imports", "pytest"))
        if command.endswith("zonemap assess"):
            assert json.loads(done.stdout)["id"] == "1"

    written = {path.suffix for path in (clone.folder / "signs").iterdir()}
    assert written == {".pdf", ".svg"}
    assert json.loads((clone.folder / "clinic.json").read_text())["floors"]
    assert len(json.loads((clone.folder / "floors.geojson").read_text())["floors"]) == 1
    assert json.loads((clone.folder / "rooms.geojson").read_text())["features"]
    assert all("fix" in json.loads(line) for line in (clone.folder / "lacks.jsonl").read_text().splitlines())
    assert list((clone.folder.parent / "clinic data").glob("zonemap.db.before-*")), "restored over what was there"
    said = clone.run("git status --porcelain --ignored=no").stdout
    written_here = {"signs/", "desk/", "clinic.json", "clinic.imdf.zip"}
    written_here |= {
        "floors.geojson",
        "rooms.geojson",
        "lacks.jsonl",
        "zonemap-key.txt",
        "clinic.zonemap.age",
        "binder.pdf",
    }
    assert {line.split()[-1] for line in said.splitlines()} <= written_here


def test_a_second_start_changes_no_data(clone: Clone) -> None:
    if not (clone.folder / ".venv").exists():
        pytest.skip("the first start did not work")
    before = clone.run('.venv/bin/zonemap export "Juniper Street Community Health Center" --out before.json')
    assert before.returncode == 0, before.stderr

    printed = clone.start("make", _free_port(), most_s=START_MOST_S)

    clone.run('.venv/bin/zonemap export "Juniper Street Community Health Center" --out after.json')
    assert len(printed.splitlines()) == 1
    assert (clone.folder / "before.json").read_bytes() == (clone.folder / "after.json").read_bytes()


def test_a_taken_port_is_told_in_a_sentence(clone: Clone) -> None:
    if not (clone.folder / ".venv").exists():
        pytest.skip("the first start did not work")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = clone.run(f"PORT={port} make")

    assert done.returncode != 0
    assert "is taken" in done.stderr
    assert f"PORT={port + 1} make" in done.stderr
    assert "Traceback" not in done.stderr
