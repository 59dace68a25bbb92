"""A disk of a few megabytes that can be filled to the last byte, and made read-only: tmpfs, mounted by root alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

FILLER = "filler"


@contextmanager
def small_disk(at: Path, megabytes: int = 6) -> Iterator[Path]:
    """The folder where it is mounted. Skips where that is not allowed."""
    at.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", str(at)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("A small disk can be mounted by root alone: run this test as root, with util-linux installed.")
    try:
        yield at
    finally:
        subprocess.run(["umount", "--lazy", str(at)], check=True)


def fill(disk: Path) -> None:
    """Leave no byte."""
    with (disk / FILLER).open("ab", buffering=0) as filler:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while filler.write(bytes(size)) == size:
                    pass
            except OSError:
                continue


def make_room(disk: Path) -> None:
    os.unlink(disk / FILLER)
