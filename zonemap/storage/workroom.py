"""Folders where backups are put together and taken apart, and what a kill leaves of them.

They lie beside the data; in memory where the database is encrypted, since nothing of it may come onto a disk.

Whoever works in one holds a lock on it, which ends with the process. So a folder that nobody holds is a leftover: it
may contain a copy of the database in the open, and is removed by whoever comes next.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from zonemap.errors import Invalid
from zonemap.settings import Settings
from zonemap.storage.cipher import is_wanted as is_encrypted

fcntl: Any
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

_BEGINNING = "backup-"
_MEMORY = Path("/dev/shm")  # noqa: S108 - memory that looks like a folder; a place of our own in it, for us alone


@contextmanager
def room_for_work(settings: Settings) -> Iterator[Path]:
    """A folder beside the data, as private as they are, that is gone afterwards. Raises Invalid."""
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        place = _place(settings)
        place.mkdir(mode=0o700, exist_ok=True)
        clear_leftovers(settings)
        folder, held = _own_folder(place)
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


def _own_folder(place: Path) -> tuple[Path, int | None]:
    while True:
        folder = Path(mkdtemp(prefix=_BEGINNING, dir=place))
        if fcntl is None:
            return folder, None
        held = _lock(folder)
        if held is not None:
            return folder, held
        # Somebody took it for a leftover in the moment before it was held, and has removed it.


def _place(settings: Settings) -> Path:
    """Where the folders are. Raises Invalid where they must be in memory and cannot."""
    if not is_encrypted(settings):
        return settings.data
    if not _MEMORY.is_dir():
        raise Invalid("With an encrypted database this is done in memory, and this system offers none as a folder.")
    name = sha256(str(settings.data.resolve()).encode()).hexdigest()[:16]
    place = _MEMORY / f"zonemap-{os.getuid()}-{name}"
    if place.is_symlink() or (place.exists() and place.stat().st_uid != os.getuid()):
        raise Invalid(f"{place} belongs to somebody else. Whoever runs this computer should look at it.")
    return place


def leftovers(settings: Settings) -> list[Path]:
    """The folders that a killed backup or restore has left behind. None where this system cannot tell."""
    found = []
    for folder in sorted(_place(settings).glob(f"{_BEGINNING}*")) if fcntl is not None else ():
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
