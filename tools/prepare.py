"""Makes this checkout ready: the environment in .venv, and the editor's bundle beside it, both at the same time.

The Makefile calls it with what is wanted, ``run`` or ``test``. Needs Python alone; uses uv and node where they are.
What is there already is recognised by a stamp, so a second call takes no time and changes nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CACHE = ROOT / ".cache"
LOG = CACHE / "prepare.log"
NODE = CACHE / "node"  # only where this computer has no node of its own
EXTRAS = ("postgresql", "ifc", "ocr", "server", "sso", "cipher")
LOCKS = {"run": "requirements.lock", "test": "requirements-dev.lock"}
LOCKS |= {extra: f"requirements-{extra}.lock" for extra in EXTRAS}
HELD = {"run": ("run",), "test": ("test", "run", *EXTRAS)} | {extra: (extra,) for extra in EXTRAS}  # what each brings
# What reads uploads runs confined and writes nothing: unless it is compiled beforehand, each upload compiles it anew.
CONFINED = ("dxf", "svg", "svg_lines", "pdf", "pdf_lines", "raster", "tracing_jobs", "lists.workbook", "lists.csv_file")
COMPILED = "import " + ", ".join(f"zonemap.intake.{name}" for name in CONFINED)
TOO_OLD = (
    "zonemap needs Python 3.11 or newer, and this is Python {}. Install a newer one, then: PYTHON=/path/to/it make"
)
NO_VENV = (
    "Python cannot make an environment here: a part of it, venv, is missing. "
    "On Debian and Ubuntu: apt-get install python3-venv. Then run make again."
)
FAILED = (
    "\nGetting ready did not work; the last lines above say why, all of it is in {}.\n"
    "Is this computer on the internet? The first start fetches what zonemap is built from. Then run make again."
)


class Failed(Exception):
    """A step did not work; the log tells why."""


def main(wanted: str) -> int:
    """Make ready; the exit status. Prints nothing where nothing is to be done."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this is where an older one is told so
        print(TOO_OLD.format(sys.version.split()[0]), file=sys.stderr)
        return 1
    if is_ready(wanted) and not front_end().needs_building(ROOT):
        return 0
    print("Getting zonemap ready. The first time takes up to a minute.", flush=True)
    CACHE.mkdir(exist_ok=True)
    LOG.write_text("")
    try:
        make_ready(wanted)
    except Failed as error:
        print(*LOG.read_text(errors="replace").splitlines()[-20:], sep="\n", file=sys.stderr)
        print(error.args[0] if error.args else FAILED.format(LOG), file=sys.stderr)
        return 1
    return 0


def make_ready(wanted: str) -> None:
    """Install and build what is missing. Raises Failed."""
    make_environment()
    with ThreadPoolExecutor() as at_once:
        bundle = at_once.submit(build_front_end)
        if not is_ready(wanted):
            install("-r", str(ROOT / LOCKS[wanted]), "--require-hashes")
            compile_confined()
        bundle.result()
    if not is_ready(wanted):
        # After the bundle is there, hatch_build.py has nothing left to build and asks for no node.
        install("--no-build-isolation", "--editable", str(ROOT))
        for held in HELD[wanted]:
            stamp(held).write_text(state(held))


def stamp(wanted: str) -> Path:
    """The file that says what was installed."""
    return VENV / f"ready-{wanted}"


def state(wanted: str) -> str:
    """What an installation follows from: the lock, the project's own description, and where it lies."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in (LOCKS[wanted], "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def is_ready(wanted: str) -> bool:
    """Whether the environment holds what is wanted."""
    return PYTHON.exists() and stamp(wanted).is_file() and stamp(wanted).read_text() == state(wanted)


def run(*command: str, folder: Path = ROOT, **environment: str) -> None:
    """Run one step quietly. Raises Failed."""
    with LOG.open("a") as log:
        log.write(f"$ {' '.join(command)}\n")
        log.flush()
        done = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=os.environ | environment
        )
    if done.returncode:
        raise Failed


def make_environment() -> None:
    """Make .venv where there is none that works. Raises Failed."""
    if works(PYTHON):
        return
    if uv():
        run(uv(), "venv", "--clear", "--python", sys.executable, str(VENV))
        return
    try:
        run(sys.executable, "-m", "venv", "--clear", str(VENV))
    except Failed:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Failed(NO_VENV) from None


def works(python: Path) -> bool:
    """Whether an interpreter is there, new enough, and something can install into it."""
    test = "import sys; sys.exit(sys.version_info < (3, 11))" + ("" if uv() else "; import pip")
    return python.exists() and subprocess.run([python, "-c", test], capture_output=True).returncode == 0


def uv() -> str:
    """The path of uv, or nothing."""
    return shutil.which("uv") or ""


def install(*what: str) -> None:
    """Install into .venv exactly what is named, nothing that it asks for: the locks are whole. Raises Failed."""
    if uv():
        run(uv(), "pip", "install", "--quiet", "--python", str(PYTHON), "--no-deps", *what)
    else:
        quiet = ("--quiet", "--no-input", "--disable-pip-version-check")
        run(str(PYTHON), "-m", "pip", "install", *quiet, "--no-compile", "--no-deps", *what)


def compile_confined() -> None:
    """Compile what reads uploads, while the bundle is built. Without it reading takes seconds longer, and works."""
    with suppress(Failed):
        run(str(PYTHON), "-c", COMPILED, PYTHONDONTWRITEBYTECODE="")


def front_end() -> ModuleType:
    """The module that builds the bundle."""
    sys.path.insert(0, str(ROOT))
    sys.dont_write_bytecode = True
    import hatch_build

    return hatch_build


def build_front_end() -> None:
    """Make the editor's bundle, fetching a node for it where there is none. Raises Failed."""
    if not front_end().needs_building(ROOT):
        return
    if front_end().node_on_path() is None and not NODE.exists():
        fetched = NODE.with_suffix(".part")
        shutil.rmtree(fetched, ignore_errors=True)
        install("-r", str(ROOT / "requirements-node.lock"), "--require-hashes", "--target", str(fetched))
        fetched.rename(NODE)
    run(sys.executable, "-B", "hatch_build.py", PYTHONPATH=str(NODE))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
