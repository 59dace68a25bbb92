"""Fetches the OpenID provider that single sign-on is tested against, exactly as its lock file names it, into .cache/.

Without it those tests are skipped by name, and this says why. Where CI is set, that is an error.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "tests" / "running" / "provider"
GOAL = ROOT / ".cache" / "openid-provider"
READY = GOAL / "ready.json"  # which lock file it is of, and how to call node
_FILES = ("package.json", "package-lock.json", ".npmrc")


def lock() -> str:
    """A hash of what is to be fetched."""
    return hashlib.sha256((SOURCE / "package-lock.json").read_bytes()).hexdigest()


def is_ready() -> bool:
    """Whether it is there."""
    return READY.is_file() and json.loads(READY.read_text())["lock"] == lock()


def fetch() -> None:
    """Fetch it; no package's own script is run. Raises SystemExit without a node, CalledProcessError."""
    sys.path[:0] = [str(ROOT), str(ROOT / ".cache" / "node")]
    sys.dont_write_bytecode = True
    import hatch_build

    node, npm = hatch_build.node_and_npm()
    shutil.rmtree(GOAL, ignore_errors=True)
    GOAL.mkdir(parents=True)
    for name in _FILES:
        shutil.copy(SOURCE / name, GOAL / name)
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=GOAL, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    READY.write_text(json.dumps({"lock": lock(), "node": node}))


def main() -> int:
    """The exit status: 1 only where the tests must run and cannot."""
    if is_ready():
        return 0
    try:
        fetch()
    except (SystemExit, OSError, subprocess.CalledProcessError) as error:
        print(f"Skipped: the tests of single sign-on; their provider could not be fetched with npm: {error}")
        return 1 if os.environ.get("CI") else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
