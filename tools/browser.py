"""Sees to it that the tests have a Chromium and an nginx, from the system's packages where root is at hand.

Without them what needs them is skipped by name, and this says how to add them. Where CI is set, that is an error.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# What is needed, by which names it may go, for what, and in which package it is.
NEEDED = (
    ("a Chromium", CHROMIUM, "the browser journeys", "chromium"),
    ("an nginx", ("nginx",), "the tests of a server", "nginx-light"),
    ("openssl", ("openssl",), "the tests of a server", "openssl"),
)
ADD = ("apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends")


def chromium() -> str | None:
    """The path of a Chromium, or None."""
    return next((path for name in CHROMIUM if (path := shutil.which(name))), None)


def is_here(names: tuple[str, ...]) -> bool:
    """Whether a program is here, by one of its names."""
    folders = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin"))
    return any(shutil.which(name, path=folders) for name in names)


def add(packages: list[str]) -> None:
    """Install packages of the system, quietly."""
    print(f"Adding for the tests: {', '.join(packages)}.", flush=True)
    # A service that a package brings is not to start: RUNLEVEL is what policy scripts of Debian look at.
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (("apt-get", "update", "--quiet=2"), (*ADD, *packages)):
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment, check=False)


def main() -> int:
    """The exit status: 1 only where tests must run and cannot."""
    missing = [package for _, names, _, package in NEEDED if not is_here(names)]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        add(missing)
    status = 0
    for what, names, purpose, package in NEEDED:
        if not is_here(names):
            print(f"Skipped: {purpose}; {what} is not here. This adds it: sudo apt-get install {package}")
            status = 1 if os.environ.get("CI") else 0
    return status


if __name__ == "__main__":
    sys.exit(main())
