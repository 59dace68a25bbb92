"""Files of the command line, whose user owns them: read, and written as JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from zonemap.errors import Invalid
from zonemap.storage.whole_files import write_whole

_NAME_MOST = 40


def bytes_of(path: Path) -> bytes:
    """What a file holds. Raises Invalid where it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Invalid(f"{path} cannot be read: {error.strerror}.") from error


def written_json(values: Any, indent: int | None = None) -> bytes:
    """JSON values as a file has them."""
    return (json.dumps(values, indent=indent, ensure_ascii=False) + "\n").encode()


def write_json(out: Path, values: Any, *, indent: int | None = None, make_folder: bool = False) -> None:
    """Write JSON, and make the folder it goes into where that is wanted. Raises Invalid where it can't be written."""
    write_bytes(out, written_json(values, indent), make_folder=make_folder)


def write_bytes(out: Path, data: bytes, *, make_folder: bool = False) -> None:
    """Write a file, whole or not at all. Raises as ``write_json`` does."""
    try:
        if make_folder:
            out.parent.mkdir(parents=True, exist_ok=True)
        write_whole(out, data)
    except OSError as error:
        raise Invalid(f"{out} cannot be written: {error.strerror}. Choose another file.") from error


def slug(name: str) -> str:
    """A name for a file: small letters, figures and hyphens, at most 40 of them; "" where none is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_NAME_MOST]
