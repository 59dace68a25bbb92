"""Rooms traced out of a floor plan, as GeoJSON in the file's own units. For the command line; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from zonemap.errors import Invalid
from zonemap.geometry.rings import turning
from zonemap.intake import guard
from zonemap.intake.kinds import Kind, kind_of
from zonemap.intake.picture_scale import guess_picture_scale
from zonemap.intake.sheet import Floors, Pages, Read, Sheet
from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.model.plan import Ring
from zonemap.work.files import bytes_of, write_json

_UNITS = {
    Kind.PDF: "point: 1/72 inch, origin at the bottom left of the page as it is shown, y up",
    Kind.SVG: "user unit of the SVG, y down",
    Kind.DXF: "drawing unit, y up",
}
_PIXEL = "pixel of the picture, origin at its top left corner, y down"
_SCALE_LEAST, _SCALE_MOST = 1e-5, 1e3  # metres for a unit: a drawing in micrometres, and a sketch in kilometres
_NAMED_MOST = 20  # layers in a sentence
_NO_SCALE = (
    "The scale of this plan could not be found out, and rooms are told from furniture by their size. "
    "Say how many metres a unit of the file is long, such as --scale 0.0254."
)


@dataclass(frozen=True, slots=True)
class _Source:
    """What is traced, line work or a picture of ours, and what its coordinates are."""

    data: bytes
    units: str
    sheet: Sheet
    layers: frozenset[str] = frozenset()

    @property
    def is_lines(self) -> bool:
        return self.data is not self.sheet.png


def trace_file(
    source: Path,
    out: Path,
    *,
    page: int | None = None,
    scale: float | None = None,
    layers: Sequence[str] = (),
    labels: bool = True,
) -> list[str]:
    """Write the rooms of a plan as a FeatureCollection of polygons; what a person should know about them, in sentences.

    ``scale`` is how many metres a unit of the file is long; None: found out. ``layers`` are those that hold walls;
    none: told by their names. Without ``labels`` the letters of a scan are left unread, which takes the longest.
    Raises Invalid, TooLarge or Busy, saying what to do.
    """
    _check(scale, out)
    data = bytes_of(source)
    if page is not None and kind_of(data) is not Kind.PDF:
        raise Invalid("Only a PDF has pages. Leave --page out.")
    found = _source(kind_of(data), guard.read(data, page=page))
    metres = _guess(found) if scale is None else scale
    options = TraceOptions(metres, layers=_known(layers, found.layers) if layers else None)
    legible = found.is_lines or (labels and find_spec("rapidocr") is not None)
    traced = guard.faces(found.data, options, texts=legible)
    write_json(out, collection(traced.faces, found.units, metres))
    guessed = (
        [] if scale is not None else [f"Traced at {metres:.6g} m for each unit, a guess: give --scale to be sure."]
    )
    none = [] if traced.faces else ["No room was found. Try --layers, or another --scale."]
    return [f"{len(traced.faces)} rooms.", *guessed, *none, *traced.warnings]


def collection(rooms: Iterable[DraftRoom], units: str, metres_per_unit: float) -> dict[str, Any]:
    """Rooms as a GeoJSON FeatureCollection, with what its coordinates are."""
    return {
        "type": "FeatureCollection",
        "units": units,
        "metres_per_unit": metres_per_unit,
        "features": [_feature(room) for room in rooms],
    }


def _feature(room: DraftRoom) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {
            "kind": "room",
            "id": room.id,
            "number": room.number,
            "name": room.name,
            "confidence": round(room.confidence, 3),
        },
        "geometry": {
            "type": "Polygon",
            "coordinates": [_closed(room.ring, left=True), *(_closed(hole, left=False) for hole in room.holes)],
        },
    }


def _closed(ring: Ring, *, left: bool) -> list[list[float]]:
    """A GeoJSON ring: the outline counterclockwise, holes clockwise, the first place repeated (RFC 7946, 3.1.6)."""
    way = ring if (turning(ring) > 0) is left else ring[::-1]
    return [[round(x, 6), round(y, 6)] for x, y in (*way, way[0])]


def _source(kind: Kind, read: Read) -> _Source:
    if isinstance(read, Pages):
        raise Invalid(f"This PDF has {len(read.pages)} pages. Say which one holds the plan, such as --page 1.")
    if isinstance(read, Floors):
        raise Invalid("This is a model of a building, which says where its rooms are: use zonemap import.")
    lines = read.lines
    if lines is not None and lines.is_drawing:
        return _Source(lines.packed, _UNITS[kind], read, frozenset(lines.layers))
    return _Source(read.png, _PIXEL, read)


def _check(scale: float | None, out: Path) -> None:
    """Refuse what can be refused before the long work."""
    if scale is not None and not _SCALE_LEAST <= scale <= _SCALE_MOST:
        raise Invalid("The scale must say how many metres a unit of the file is long, such as --scale 0.0254.")
    if not out.parent.is_dir():
        raise Invalid(f"{out} cannot be written: there is no folder {out.parent}. Choose another file.")


def _guess(source: _Source) -> float:
    sheet = source.sheet
    if source.is_lines:
        metres = None if sheet.lines is None else sheet.lines.metres_per_unit
    else:
        metres = guess_picture_scale(sheet.png, sheet.paper_metres_per_pixel)
    if metres is None:
        raise Invalid(_NO_SCALE)
    return metres


def _known(layers: Sequence[str], there: frozenset[str]) -> frozenset[str]:
    """The layers asked for. Raises Invalid where one is not in the file, naming those that are."""
    missing = sorted(frozenset(layers) - there)
    if missing:
        names = ", ".join(sorted(there)[:_NAMED_MOST]) or "none"
        raise Invalid(f"There is no layer {missing[0]!r} in this file. Its layers are: {names}.")
    return frozenset(layers)
