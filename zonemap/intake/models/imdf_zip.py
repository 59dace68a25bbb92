"""The files of an IMDF archive, unpacked within limits."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.models.values import parsed

ENTRIES_MOST = 2_000
FILE_BYTES_MOST = 60_000_000
BYTES_MOST = 120_000_000
WANTED = ("unit", "level", "building", "opening", "manifest", "venue")

_DAMAGED = "This IMDF archive is damaged. Download or export it again, and upload that."
_BOMB = "This IMDF archive unpacks to more than {} MB. Export one venue alone, and upload that."


def unpacked(data: bytes) -> Mapping[str, Any]:
    """The wanted files of an archive as JSON values, by the name of their feature. Raises Invalid, TooLarge.

    What macOS adds to an archive (``__MACOSX/._unit.geojson``) has the names of the real files and is no JSON.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _files(archive)
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise Invalid(_DAMAGED) from error


def _files(archive: ZipFile) -> Mapping[str, Any]:
    entries = archive.infolist()
    if len(entries) > ENTRIES_MOST:
        raise TooLarge(f"This archive holds {len(entries):,} files, far more than IMDF has. Pack the venue alone.")
    found: dict[str, Any] = {}
    left = BYTES_MOST
    for entry in entries:
        name = _feature(entry)
        if name is None or name in found:
            continue
        text = _read(archive, entry, min(left, FILE_BYTES_MOST))
        left -= len(text)
        found[name] = parsed(text, "IMDF")
    return found


def _feature(entry: ZipInfo) -> str | None:
    """Which of the wanted files an entry is."""
    path = PurePosixPath(entry.filename)
    hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    if hidden or path.suffix.lower() not in (".geojson", ".json") or path.stem.lower() not in WANTED:
        return None
    return path.stem.lower()


def _read(archive: ZipFile, entry: ZipInfo, most: int) -> bytes:
    """An entry's bytes, whatever size it claims. Raises TooLarge."""
    with archive.open(entry) as file:
        text = file.read(most + 1)
    if len(text) > most:
        raise TooLarge(_BOMB.format(BYTES_MOST // 1_000_000))
    return text
