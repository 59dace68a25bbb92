"""Files of the command line, whose user owns them: read, and written as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from zonemap.errors import Invalid


def bytes_of(path: Path) -> bytes:
    """What a file holds. Raises Invalid where it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Invalid(f"{path} cannot be read: {error.strerror}.") from error


def write_json(out: Path, values: Any, *, indent: int | None = None, make_folder: bool = False) -> None:
    """Write JSON, and make the folder it goes into where that is wanted. Raises Invalid where it can't be written."""
    try:
        if make_folder:
            out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(values, indent=indent, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise Invalid(f"{out} cannot be written: {error.strerror}. Choose another file.") from error
