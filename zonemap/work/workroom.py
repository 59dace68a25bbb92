"""Folders beside the data where backups are put together and taken apart, and what a kill leaves of them.

Whoever works in one holds a lock on it, which ends with the process. So a folder that nobody holds is a leftover: it
may contain a copy of the database in the open, and is removed by whoever comes next.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from zonemap.errors import Invalid
from zonemap.settings import Settings

fcntl: Any
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

_BEGINNING = "backup-"


@contextmanager
def room_for_work(settings: Settings) -> Iterator[Path]:
    """A folder beside the data, as private as they are, that is gone afterwards. Raises Invalid."""
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        clear_leftovers(settings)
        folder, held = _own_folder(settings)
    except OSError as error:
        raise Invalid(
            f"zonemap cannot write to its data folder {settings.data} ({error.strerror}). Make room, or give "
            "ZONEMAP_DATA the path of a folder that you own."
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if held is not None:
            os.close(held)


def _own_folder(settings: Settings) -> tuple[Path, int | None]:
    while True:
        folder = Path(mkdtemp(prefix=_BEGINNING, dir=settings.data))
        if fcntl is None:
            return folder, None
        held = _lock(folder)
        if held is not None:
            return folder, held
        # Somebody took it for a leftover in the moment before it was held, and has removed it.


def leftovers(settings: Settings) -> list[Path]:
    """The folders that a killed backup or restore has left behind. None where this system cannot tell."""
    found = []
    for folder in sorted(settings.data.glob(f"{_BEGINNING}*")) if fcntl is not None else ():
        held = _lock(folder) if folder.is_dir() else None
        if held is not None:
            found.append(folder)
            os.close(held)
    return found


def clear_leftovers(settings: Settings) -> list[Path]:
    """Remove them."""
    found = leftovers(settings)
    for folder in found:
        shutil.rmtree(folder, ignore_errors=True)
    return found


def _lock(folder: Path) -> int | None:
    """Hold a folder, and give what holds it; None where it is held or gone."""
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        return None
    if not folder.is_dir():
        os.close(opened)
        return None
    return opened
