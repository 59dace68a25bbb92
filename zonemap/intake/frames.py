"""How parent and child talk: a header in JSON, then bytes, one piece after the other.

The parent believes nothing of what comes back: whatever does not fit raises ValueError.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from zonemap.errors import Invalid, TooLarge, ZonemapError

_MAGIC = b"ZMSHEET2"
_PNG = b"\x89PNG\r\n\x1a\n"
_ERRORS: dict[str, type[ZonemapError]] = {"Invalid": Invalid, "TooLarge": TooLarge}
_SENTENCE_MOST = 600

Header = Mapping[str, Any]
Answer = TypeVar("Answer")


def packed(header: Header, blobs: Sequence[bytes] = ()) -> bytes:
    """A header and pieces of bytes as one."""
    text = json.dumps({**header, "sizes": [len(blob) for blob in blobs]}, allow_nan=False).encode()
    return b"".join([_MAGIC, struct.pack(">I", len(text)), text, *blobs])


def opened(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Header and pieces. Raises ValueError or another of Python's own errors where they are none."""
    if not data.startswith(_MAGIC):
        raise ValueError("no header")
    (length,) = struct.unpack_from(">I", data, len(_MAGIC))
    at = len(_MAGIC) + 4 + length
    header = json.loads(data[len(_MAGIC) + 4 : at])
    blobs = []
    for size in header["sizes"]:
        if not isinstance(size, int) or size < 0:
            raise ValueError("a size that is none")
        blobs.append(data[at : at + size])
        at += size
    if at != len(data):
        raise ValueError("sizes do not add up")
    return header, blobs


def packed_error(error: ZonemapError) -> bytes:
    """A refusal, for the parent."""
    name = "TooLarge" if isinstance(error, TooLarge) else "Invalid"
    return packed({"error": name, "message": error.message[:_SENTENCE_MOST]})


def answer_from(data: bytes, read: Callable[[Header, list[bytes]], Answer]) -> Answer:
    """What the child handed back, as ``read`` understands it.

    Raises the child's refusal (Invalid, TooLarge), or ValueError where it makes no sense.
    """
    try:
        header, blobs = opened(data)
        if "error" in header:
            raise _ERRORS[header["error"]](str(header["message"])[:_SENTENCE_MOST])
        return read(header, blobs)
    except (KeyError, TypeError, IndexError, AttributeError, struct.error, OverflowError, RecursionError) as error:
        raise ValueError("the child's answer makes no sense") from error


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height that a PNG states. Raises ValueError where it is no PNG."""
    if not png.startswith(_PNG):
        raise ValueError("not a PNG")
    width, height = struct.unpack_from(">II", png, 16)
    return int(width), int(height)
