"""Sees to it that the journeys of the tests have a Chromium, from the system's package where root is at hand.

Without one the journeys are skipped by name, and this says how to add it. Where CI is set, that is an error.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
ADD = ("apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", "chromium")


def chromium() -> str | None:
    """The path of a Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def add() -> None:
    """Install the system's package, quietly."""
    print("Adding Chromium for the browser journeys.", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (("apt-get", "update", "--quiet=2"), ADD):
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment, check=False)


def main() -> int:
    """The exit status: 1 only where the journeys must run and cannot."""
    if not chromium() and os.geteuid() == 0 and shutil.which("apt-get"):
        add()
    if chromium():
        return 0
    print("The browser journeys are skipped: there is no Chromium here. This adds it: sudo apt-get install chromium")
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
