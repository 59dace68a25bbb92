"""How the child hands back what it read: a header in JSON, then the pictures, one after the other.

The parent believes nothing of it: whatever does not fit raises ValueError.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any

from zonemap.errors import Invalid, TooLarge, ZonemapError
from zonemap.intake.sheet import Pages, Sheet, TileKey
from zonemap.intake.tiles import TILE_PX, tile_keys
from zonemap.model.upload import Page

_MAGIC = b"ZMSHEET1"
_PNG = b"\x89PNG\r\n\x1a\n"
_ERRORS: dict[str, type[ZonemapError]] = {"Invalid": Invalid, "TooLarge": TooLarge}
_SENTENCE_MOST = 600
_SIDE_MOST = 100_000


def _packed(header: Mapping[str, Any], blobs: Sequence[bytes]) -> bytes:
    text = json.dumps({**header, "sizes": [len(blob) for blob in blobs]}).encode()
    return b"".join([_MAGIC, struct.pack(">I", len(text)), text, *blobs])


def _unpacked(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
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
    return _packed({"error": name, "message": error.message[:_SENTENCE_MOST]}, [])


def packed_result(result: Sheet | Pages) -> bytes:
    """A sheet or pages, for the parent."""
    if isinstance(result, Pages):
        pages = [[page.number, page.width_mm, page.height_mm] for page in result.pages]
        return _packed({"pages": pages}, [page.thumbnail or b"" for page in result.pages])
    header = {"width_px": result.width_px, "height_px": result.height_px, "dpi": result.dpi}
    tiles = [result.tiles[key] for key in tile_keys(result.width_px, result.height_px)]
    return _packed(header, [result.png, *tiles])


def result_from(data: bytes) -> Sheet | Pages:
    """What the child handed back. Raises its refusal (Invalid, TooLarge), or ValueError where it makes no sense."""
    try:
        header, blobs = _unpacked(data)
        if "error" in header:
            raise _ERRORS[header["error"]](str(header["message"])[:_SENTENCE_MOST])
        return _pages(header, blobs) if "pages" in header else _sheet(header, blobs)
    except (KeyError, TypeError, IndexError, struct.error, OverflowError, RecursionError) as error:
        raise ValueError("the child's answer makes no sense") from error


def _pages(header: Mapping[str, Any], blobs: Sequence[bytes]) -> Pages:
    pages = []
    for (number, width_mm, height_mm), blob in zip(header["pages"], blobs, strict=True):
        if blob:
            _size(blob)
        pages.append(Page(int(number), float(width_mm), float(height_mm), blob or None))
    return Pages(tuple(pages))


def _sheet(header: Mapping[str, Any], blobs: Sequence[bytes]) -> Sheet:
    width, height = int(header["width_px"]), int(header["height_px"])
    if not (0 < width <= _SIDE_MOST and 0 < height <= _SIDE_MOST) or _size(blobs[0]) != (width, height):
        raise ValueError("the picture has another size than stated")
    tiles: dict[TileKey, bytes] = dict(zip(tile_keys(width, height), blobs[1:], strict=True))
    if any(_size(tile) != (TILE_PX, TILE_PX) for tile in tiles.values()):
        raise ValueError("a tile has the wrong size")
    dpi = None if header["dpi"] is None else float(header["dpi"])
    return Sheet(blobs[0], tiles, width, height, dpi)


def _size(png: bytes) -> tuple[int, int]:
    """Width and height that a PNG states. Raises ValueError where it is no PNG."""
    if not png.startswith(_PNG):
        raise ValueError("not a PNG")
    width, height = struct.unpack_from(">II", png, 16)
    return int(width), int(height)
