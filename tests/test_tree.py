"""What must hold for the tree as a whole: nothing in it that is not ours or not meant to be, nothing undocumented."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from zonemap.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SHARED_PLANS = ROOT.parent / "shared" / "plans"
LAYERS = ("model", "geometry", "tracing", "rules", "drawing", "printing", "intake", "work", "storage", "web")
EXTRAS = ("postgresql", "ifc", "ocr", "server", "sso", "cipher")
LOCKS = (
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-node.lock",
    *(f"requirements-{extra}.lock" for extra in EXTRAS),
)
LINES_MOST = 400
# Written in pieces, so that this file does not hold what it looks for.
REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "deb" + ".debian.org")
HOMES = re.compile(r"(?<![\w.-])/(?:" + "|".join(("root", "home/\\w+", "Users/\\w+", "tmp", "work", "farm")) + ")/")


def _tracked() -> tuple[Path, ...]:
    """The files that git knows, but those that somebody has just removed."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("what is tracked is known to git alone, and this tree is no repository")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())


@pytest.fixture(scope="module")
def tracked() -> tuple[Path, ...]:
    return _tracked()


@pytest.fixture(scope="module")
def texts(tracked: tuple[Path, ...]) -> dict[str, str]:
    """The tracked files that are text, by their name in the tree."""
    found = {}
    for path in tracked:
        content = path.read_bytes()
        if b"\0" not in content[:8000]:
            found[path.relative_to(ROOT).as_posix()] = content.decode("utf-8", "replace")
    return found


def _names(tracked: tuple[Path, ...]) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in tracked}


# --- nothing that is not meant to be -----------------------------------------------------------------------------


def test_no_file_names_a_folder_of_somebody_s_computer(texts: dict[str, str]) -> None:
    mine = re.compile(rf"(?<![\w.-]){re.escape(str(ROOT))}")
    found = [
        f"{name}: {match[0]}" for name, text in texts.items() for match in (*HOMES.finditer(text), *mine.finditer(text))
    ]

    assert found == []


def test_no_file_holds_the_address_of_a_package_registry(texts: dict[str, str]) -> None:
    assert [name for name, text in texts.items() if any(host in text for host in REGISTRIES)] == []


def test_lock_files_hold_hashes_and_no_addresses(texts: dict[str, str]) -> None:
    for name in LOCKS:
        lock = texts[name]
        pinned = re.findall(r"^[a-z][^\n]*==[^\n]*\\\n    --hash=sha256:", lock, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^[a-z]", lock, re.MULTILINE)), name
        assert "://" not in lock, name
    assert '"resolved"' not in texts["static/src/package-lock.json"]


def test_what_the_tests_run_on_is_what_people_run(texts: dict[str, str]) -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[\w.-]+==[\w.]+", texts[name], re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")
    assert [extra for extra in EXTRAS if not pins(f"requirements-{extra}.lock") <= pins("requirements-dev.lock")] == []


def test_nothing_that_is_built_or_fetched_is_tracked(tracked: tuple[Path, ...]) -> None:
    parts = [set(Path(name).parts) for name in _names(tracked)]

    assert "uv.lock" not in _names(tracked)
    assert not any({"node_modules", "dist", "__pycache__", ".venv"} & each for each in parts)


@pytest.mark.shared
def test_no_plan_of_somebody_else_is_tracked(tracked: tuple[Path, ...]) -> None:
    if not SHARED_PLANS.is_dir():
        pytest.skip("the shared floor plans do not lie beside this checkout")
    theirs = {_digest(path) for path in SHARED_PLANS.rglob("*") if path.is_file() and path.stat().st_size > 1000}

    assert [path for path in tracked if path.stat().st_size > 1000 and _digest(path) in theirs] == []


def _digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


# --- nothing undocumented ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_states_its_law_in_a_few_lines(layer: str) -> None:
    law = (ROOT / "zonemap" / layer / "README.md").read_text(encoding="utf-8")

    assert 3 <= len(law.splitlines()) <= 30


def test_every_setting_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `(ZONEMAP_[A-Z_]+)` \|", readme, re.MULTILINE))

    assert rows == {f"ZONEMAP_{field.name.upper()}" for field in fields(Settings)}


def test_every_link_between_documents_leads_somewhere(texts: dict[str, str]) -> None:
    broken = []
    for name, text in texts.items():
        if name.endswith(".md"):
            for target in re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", text):
                path, _, heading = target.partition("#")
                goal = (ROOT / name).parent / path if path else ROOT / name
                if not goal.exists() or (heading and heading not in _headings(goal)):
                    broken.append(f"{name}: {target}")

    assert broken == []


def _headings(document: Path) -> set[str]:
    """What the headings of a document are called in an address, as code hosts do it."""
    lines = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


def test_every_promise_names_a_test_that_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs" / "promises.md").read_text(encoding="utf-8"))

    assert len(named) > 20
    assert [test for test in named if f"def {test[1]}(" not in (ROOT / test[0]).read_text(encoding="utf-8")] == []


def test_every_command_of_make_is_explained_by_make_help() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert {"run", "test", "bench", "help"} <= set(targets)
    assert re.findall(r"^make ([a-z]+)", said, re.MULTILINE) == targets


# --- the shape of the code ---------------------------------------------------------------------------------------


def test_no_python_file_has_grown_too_long(texts: dict[str, str]) -> None:
    long = {name: len(text.splitlines()) for name, text in texts.items() if name.endswith(".py")}

    assert {name: lines for name, lines in long.items() if lines > LINES_MOST} == {}


@pytest.mark.parametrize(
    ("what", "where"),
    [
        (r"os\.environ|os\.getenv", {"zonemap/settings.py"}),
        (r"datetime\.now|date\.today|time\.time\(", {"zonemap/cli/", "zonemap/web/"}),
        (r"sys\.argv|argparse", {"zonemap/cli/", "zonemap/intake/child.py"}),  # the child is a program of its own
    ],
)
def test_the_outside_world_is_read_in_its_own_place(texts: dict[str, str], what: str, where: set[str]) -> None:
    found = {
        name
        for name, text in texts.items()
        if name.startswith("zonemap/") and name.endswith(".py") and re.search(what, text)
    }

    assert {name for name in found if not any(name.startswith(place) for place in where)} == set()
