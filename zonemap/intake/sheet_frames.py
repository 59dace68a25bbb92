"""Sheets, pages and floors between parent and child. The parent believes nothing: what does not fit is a ValueError."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from zonemap.errors import Invalid
from zonemap.intake.frames import Header, answer_from, packed, png_size
from zonemap.intake.sheet import Floors, ModelFloor, Pages, Read, Sheet, TileKey
from zonemap.intake.tiles import TILE_PX, tile_keys
from zonemap.model.draft_document import floor_draft_document, floor_draft_from, number, words
from zonemap.model.exchange import facility_facts, facility_with
from zonemap.model.facility import Facility
from zonemap.model.floor_document import floor_document, floor_from
from zonemap.model.line_source import LineSource
from zonemap.model.linework import Affine
from zonemap.model.plan import Floor
from zonemap.model.upload import Page

_SIDE_MOST = 100_000
_LAYERS_MOST, _FLOORS_MOST, _COUNT_MOST = 2_000, 200, 1_000_000
PACKED_MOST = 20_000_000  # bytes
_GZIP = b"\x1f\x8b"


def packed_result(result: Read) -> bytes:
    """A sheet, pages or floors, for the parent."""
    if isinstance(result, Pages):
        pages = [[page.number, page.width_mm, page.height_mm] for page in result.pages]
        return packed({"pages": pages}, [page.thumbnail or b"" for page in result.pages])
    if isinstance(result, Floors):
        return _packed_floors(result)
    return packed(_sheet_header(result), _sheet_blobs(result))


def result_from(data: bytes) -> Read:
    """What the child handed back. Raises its refusal (Invalid, TooLarge), or ValueError where it makes no sense."""
    return answer_from(data, _result)


def packed_lines(lines: LineSource) -> bytes:
    """Line work alone, for the parent."""
    return packed(_lines_header(lines), [lines.packed])


def lines_from(data: bytes) -> LineSource:
    """Line work that the child handed back. Raises as ``result_from`` does."""
    return answer_from(data, lambda header, blobs: _lines(header, *blobs))


def _result(header: Header, blobs: list[bytes]) -> Read:
    if "pages" in header:
        return _pages(header, blobs)
    return _floors(header, blobs) if "floors" in header else _sheet(header, blobs)


def _pages(header: Header, blobs: list[bytes]) -> Pages:
    pages = []
    for (page, width_mm, height_mm), blob in zip(header["pages"], blobs, strict=True):
        if blob:
            png_size(blob)
        pages.append(Page(int(page), float(width_mm), float(height_mm), blob or None))
    return Pages(tuple(pages))


# --- one sheet -----------------------------------------------------------------------------------------------------


def _sheet_header(sheet: Sheet) -> dict[str, Any]:
    lines = None if sheet.lines is None else _lines_header(sheet.lines)
    return {"width_px": sheet.width_px, "height_px": sheet.height_px, "dpi": sheet.dpi, "lines": lines}


def _sheet_blobs(sheet: Sheet) -> list[bytes]:
    tiles = [sheet.tiles[key] for key in tile_keys(sheet.width_px, sheet.height_px)]
    lines = [] if sheet.lines is None else [sheet.lines.packed]
    return [sheet.png, *lines, *tiles]


def _sheet(header: Header, blobs: Sequence[bytes]) -> Sheet:
    width, height = int(header["width_px"]), int(header["height_px"])
    if not (0 < width <= _SIDE_MOST and 0 < height <= _SIDE_MOST) or png_size(blobs[0]) != (width, height):
        raise ValueError("the picture has another size than stated")
    given, rest = header.get("lines"), blobs[1:]
    lines = None if given is None else _lines(given, rest[0])
    tiles = dict(zip(tile_keys(width, height), rest if given is None else rest[1:], strict=True))
    _check_tiles(tiles)
    dpi = None if header["dpi"] is None else float(header["dpi"])
    return Sheet(blobs[0], tiles, width, height, dpi, lines)


def _check_tiles(tiles: dict[TileKey, bytes]) -> None:
    if any(png_size(tile) != (TILE_PX, TILE_PX) for tile in tiles.values()):
        raise ValueError("a tile has the wrong size")


# --- line work -----------------------------------------------------------------------------------------------------


def _lines_header(lines: LineSource) -> dict[str, Any]:
    return {
        "to_picture": list(lines.to_picture),
        "layers": list(lines.layers),
        "wall_layers": list(lines.wall_layers),
        "strokes": lines.strokes,
        "texts": lines.texts,
        "metres_per_unit": lines.metres_per_unit,
        "is_guess": lines.is_guess,
    }


def _lines(header: Header, packed_linework: bytes) -> LineSource:
    if not packed_linework.startswith(_GZIP) or len(packed_linework) > PACKED_MOST:
        raise ValueError("line work that is none, or too much")
    metres = header["metres_per_unit"]
    source = LineSource(
        packed_linework,
        _affine(header["to_picture"]),
        layers=_names(header["layers"]),
        wall_layers=_names(header["wall_layers"]),
        strokes=int(number(header["strokes"], 0, _COUNT_MOST)),
        texts=int(number(header["texts"], 0, _COUNT_MOST)),
        metres_per_unit=None if metres is None else number(metres, 1e-9, 1e6),
        is_guess=header["is_guess"] is True,
    )
    if not source.pixels_per_unit > 0:
        raise ValueError("lines that lie nowhere on the picture")
    return source


def _affine(value: Any) -> Affine:
    a, b, c, d, e, f = (number(part, -1e12, 1e12) for part in value)
    return a, b, c, d, e, f


def _names(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _LAYERS_MOST:
        raise ValueError("layers that are none, or too many")
    return tuple(words(name) for name in value)


# --- floors of a model -----------------------------------------------------------------------------------------------


def _packed_floors(result: Floors) -> bytes:
    headers, blobs = [], []
    for floor in result.floors:
        pieces = _sheet_blobs(replace(floor.sheet, lines=None))
        sheet = _sheet_header(replace(floor.sheet, lines=None))
        draft = floor_draft_document(floor.draft)
        exact = None if floor.exact is None else floor_document(floor.exact)
        metres = floor.metres_per_pixel
        headers.append({"draft": draft, "sheet": sheet, "metres": metres, "exact": exact, "pieces": len(pieces)})
        blobs += pieces
    facility = None if result.facility is None else facility_facts(result.facility)
    return packed({"floors": headers, "facility": facility}, blobs)


def _floors(header: Header, blobs: list[bytes]) -> Floors:
    if not 0 < len(header["floors"]) <= _FLOORS_MOST:
        raise ValueError("no floors, or too many")
    floors, at = [], 0
    for given in header["floors"]:
        upto = at + int(number(given["pieces"], 1, len(blobs)))
        sheet = _sheet(given["sheet"], blobs[at:upto])
        metres = number(given["metres"], 1e-6, 1e3)
        exact = None if given["exact"] is None else _exact(given["exact"], sheet, metres)
        floors.append(ModelFloor(floor_draft_from(given["draft"]), sheet, metres, exact))
        at = upto
    if at != len(blobs):
        raise ValueError("pieces that belong to no floor")
    return Floors(tuple(floors), _facility(header["facility"]))


def _exact(document: Any, sheet: Sheet, metres: float) -> Floor:
    """A whole floor; whether its rooms are fit to be rooms is judged before it is kept (``work/model_floors``)."""
    try:
        floor = floor_from(document)
    except Invalid as error:
        raise ValueError("a floor that is none") from error
    size = None if floor.picture is None else (floor.picture.width_px, floor.picture.height_px)
    if size != (sheet.width_px, sheet.height_px) or floor.scale is None or floor.scale.metres_per_pixel != metres:
        raise ValueError("a floor of another size than its picture")
    return floor


def _facility(facts: Any) -> Facility | None:
    try:
        return None if facts is None else facility_with(facts)
    except Invalid as error:
        raise ValueError("a facility that is none") from error
