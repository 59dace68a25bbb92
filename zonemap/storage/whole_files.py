"""Files that are whole or not there, whenever the process is killed or the power fails.

The order is that of every careful program: write beside it, sync, rename, sync the folder.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

PART = ".part"  # how the name of a file that is being written ends


def write_whole(out: Path, data: bytes, *, lasting: bool = True) -> None:
    """Write a file; what was there before stays until all of the new one is written. Raises OSError.

    One that is not ``lasting`` can be made again: it is whole after a kill, and a power cut may take it.
    """
    if out.exists() and not out.is_file():
        out.write_bytes(data)  # a device or a pipe, such as /dev/stdout, has no before
        return
    out = out.resolve()  # what a link leads to is written, and the link stays
    part = out.with_name(f"{out.name}.{os.getpid()}{PART}")  # two servers may write the same
    try:
        with part.open("wb") as file:
            if out.exists():
                part.chmod(stat.S_IMODE(out.stat().st_mode))
            file.write(data)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        part.replace(out)
        if lasting:
            sync_folder(out.parent)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_new(out: Path, data: bytes) -> None:
    """Write a file that only its owner can open. Raises FileExistsError where one is there, OSError."""
    part = out.with_name(out.name + PART)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            out.hardlink_to(part)  # unlike a rename, it never takes the place of another
        except FileExistsError:
            raise
        except OSError:  # a stick with FAT knows no links
            if out.exists():
                raise FileExistsError(out) from None
            part.replace(out)
        sync_folder(out.parent)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def put_in_place(part: Path, out: Path) -> None:
    """Give a file that is whole and synced its name, for good. Raises OSError."""
    part.replace(out)
    sync_folder(out.parent)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder survive a power cut. Windows cannot, and does not need to."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # some network file systems refuse it
            os.fsync(opened)
    finally:
        os.close(opened)
