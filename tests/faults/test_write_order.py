"""What a power cut may take: by strace, in which order zonemap writes, syncs and names what it says it has kept.

A file gets its name only when all of it has been synced; and before anything is called done, its folder is synced too,
and so is every page of the database. ``fsync`` is what the system promises to survive a power cut; a kill is tried in
``test_write_paths.py``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.file_kills import WORK, FileWork, Scene, at
from tests.work.clinic import CLINIC
from zonemap.storage.store import Store

ROOT = Path(__file__).resolve().parents[2]
_CALLS = "write,pwrite64,writev,pwritev,ftruncate,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat"
WATCHED = ("strace", "-f", "-qq", "-y", "-s", "400", "-e", f"trace={_CALLS}")
_CALL = re.compile(r"(?:^|\s)(\w+)\((.*)")
_OPEN = re.compile(r"^\d+<([^>]*)>")
_NAMES = re.compile(r'"([^"]*)"')
_NOT_KEPT = ("-shm",)  # SQLite's index of what it has not yet moved: made again from the rest


class Watch:
    """What has not reached the disk for sure, call after call. ``wrong`` says what got its name too early."""

    def __init__(self, home: Path) -> None:
        self.home, self.unsynced, self.unnamed, self.wrong = home, set[str](), set[str](), list[str]()

    def see(self, call: str, said: str) -> None:
        on = (_OPEN.match(said) or [""] * 2)[1]
        names = _NAMES.findall(said)
        if call in ("fsync", "fdatasync"):
            self.unsynced.discard(on)
            self.unnamed.discard(on)
        elif call.startswith(("rename", "link")):
            self.named(*names[-2:])
        elif call.startswith("unlink"):
            self.unsynced.discard(names[-1])
        elif on.startswith(str(self.home)) and not on.endswith(_NOT_KEPT):
            self.unsynced.add(on)

    def named(self, before: str, after: str) -> None:
        if before in self.unsynced:
            self.wrong.append(f"{after} got its name before {before} was synced")
        if after.startswith(str(self.home)):
            self.unnamed.add(str(Path(after).parent))

    def left(self) -> list[str]:
        """What a power cut could still take."""
        names = (f"the names in {each} are not synced" for each in self.unnamed)
        return [*(f"{each} is not synced" for each in self.unsynced), *names]


def within(trace: str) -> str:
    """The calls between the last mark *begin* and the mark *end* that follows."""
    return trace.rpartition('/mark>, "begin"')[2].partition('/mark>, "end"')[0]


def faults(trace: str, home: Path) -> list[str]:
    """What is wrong with the order of the calls between the marks *begin* and *end*, of files in ``home``."""
    watch = Watch(home)
    for line in within(trace).splitlines():
        found = _CALL.search(line)
        if found and "= -1 E" not in line:
            watch.see(*found.groups())
    return [*watch.wrong, *watch.left()]


def _save(scene: Scene) -> None:
    with closing(Store.open(at(scene.data))) as store:
        _mark(scene, b"begin")
        with store.begin() as books:
            books.facilities.save(replace(CLINIC, name="Another"))
        _mark(scene, b"end")


def _mark(scene: Scene, said: bytes) -> None:
    os.write(int(str(scene.known["mark"])), said)


WORKS = {**WORK, "save": FileWork(WORK["export"].set_up, _save, lambda _scene, _done: None)}


def work(name: str, at_work: str) -> None:
    """Do it, with marks around it. In a process of its own, under strace."""
    folder = Path(at_work)
    scene = Scene(folder / "home")
    scene.home.mkdir()
    WORKS[name].set_up(scene)
    scene.known["mark"] = os.open(folder / "mark", os.O_WRONLY | os.O_CREAT, 0o600)
    _mark(scene, b"begin")
    WORKS[name].do(scene)
    _mark(scene, b"end")


def traced(name: str, folder: Path) -> str:
    if not shutil.which("strace"):
        pytest.skip("there is no strace here; this adds it: sudo apt-get install strace")
    code = "from sys import argv; from tests.faults.test_write_order import work; work(*argv[1:])"
    done = subprocess.run(
        [*WATCHED, "-o", str(folder / "trace"), sys.executable, "-c", code, name, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return (folder / "trace").read_text(errors="replace")


@pytest.mark.parametrize("name", WORKS)
def test_what_is_called_done_survives_a_power_cut_and_no_name_comes_before_its_file(name: str, tmp_path: Path) -> None:
    trace = traced(name, tmp_path)
    assert 'mark>, "begin"' in trace
    assert 'mark>, "end"' in trace
    assert re.search(rf"(fsync|fdatasync)\(\d+<{re.escape(str(tmp_path / 'home'))}", within(trace))
    assert faults(trace, tmp_path / "home") == []


MARK = 'write(3</t/mark>, "begin", 5) = 5'
PART = 'write(4</t/home/a.part>, "x", 1) = 1'
SYNC, NAME, FOLDER = (
    "fsync(4</t/home/a.part>) = 0",
    'rename("/t/home/a.part", "/t/home/a") = 0',
    "fsync(5</t/home>) = 0",
)


@pytest.mark.parametrize(
    ("calls", "wrong"),
    [
        ((PART, SYNC, NAME, FOLDER), 0),
        ((SYNC, PART, NAME, FOLDER), 2),
        ((PART, NAME, SYNC, FOLDER), 1),
        ((PART, SYNC, FOLDER, NAME), 1),
        ((PART, SYNC, NAME), 1),
        ((PART,), 1),
        ((PART, 'unlink("/t/home/a.part") = 0'), 0),
    ],
)
def test_a_wrong_order_is_seen(calls: tuple[str, ...], wrong: int) -> None:
    trace = "\n".join((MARK, *calls, MARK.replace("begin", "end")))
    assert len(faults(trace, Path("/t/home"))) == wrong
