"""The staff map of a floor: the picture from ``drawing``, true to a round scale, and the words that stand upon it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from zonemap.drawing.colours import ZONES
from zonemap.drawing.doors import Plate, PlateKind
from zonemap.drawing.floor import Audience, FloorDrawing, Look, floor_drawing
from zonemap.drawing.labels import Label
from zonemap.drawing.swatch import swatch
from zonemap.drawing.view import paper_view
from zonemap.model.hours import spoken_spell
from zonemap.model.plan import Floor
from zonemap.model.sign import FloorSigns
from zonemap.model.zone import ZoneClass
from zonemap.printing.paper import Paper
from zonemap.printing.sheets import CLASS_NAMES, Sheet, count, designation_words, facility_words

_SIDE_MM = 54.0  # the column of the key beside the map
_GUTTER_MM = 5.0
_HEAD_MM, _KEY_MM, _FOOT_MM = 19.0, 32.0, 13.0
_BAR_MOST_MM = 46.0
_HOURS_MOST = 3
_FEET, _METRES = (5, 10, 20, 40, 50, 100, 200, 500, 1000), (2, 5, 10, 20, 50, 100, 200, 500)
_FOOT_M = 0.3048
_WHAT = {
    ZoneClass.PUBLIC: "open to anyone on the same terms",
    ZoneClass.PRIVATE: "by permission",
    ZoneClass.RESIDENTIAL: "people live or sleep here",
    ZoneClass.RECORDS: "charts, screens, servers",
    ZoneClass.OUTDOOR_PRIVATE: "yard or parking",
    ZoneClass.UNDECIDED: "nobody has decided",
}


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a sheet is shared out: its size and the box that is left for the drawing, all in millimetres."""

    name: str  # "side": key at the right; "below": head over the drawing, key under it
    page_width: float
    page_height: float
    width: float
    height: float


def map_sheet(signs: FloorSigns, paper: Paper, name: str) -> tuple[Sheet, Mapping[str, str]]:
    """The map's sheet, and its pictures as SVG by name: the plan is called ``name``, the key's are shared by all maps.

    The sheet is turned the way in which the drawing comes out largest.
    Raises Invalid where the floor has no room to draw.
    """
    floor = signs.floor
    layout = _best_layout(floor, paper)
    drawn = floor_drawing(
        floor, look=Look.PAPER, audience=Audience.STAFF, width_mm=layout.width, height_mm=layout.height
    )
    sheet = _sheet(signs, paper, layout, drawn) | {"picture": name}
    return sheet, {name: drawn.svg} | {key["swatch"]: swatch(ZoneClass(key["class"])) for key in sheet["key"]}


def lies_flat(floor: Floor, paper: Paper) -> bool:
    """Whether the map's sheet is turned on its side. Raises Invalid where the floor has no room to draw."""
    layout = _best_layout(floor, paper)
    return layout.page_width > layout.page_height


def _best_layout(floor: Floor, paper: Paper) -> _Layout:
    """The layout with the largest drawing; of equals the first."""
    return min(_layouts(paper), key=lambda each: paper_view(floor, each.width, each.height).denominator)


def _layouts(paper: Paper) -> list[_Layout]:
    short, long = sorted((paper.width_mm, paper.height_mm))
    inner_short, inner_long = short - 2 * paper.margin_mm, long - 2 * paper.margin_mm
    below = _HEAD_MM + _KEY_MM + _FOOT_MM
    return [
        _Layout("below", short, long, inner_short, inner_long - below),
        _Layout("side", long, short, inner_long - _SIDE_MM - _GUTTER_MM, inner_short - _FOOT_MM),
        _Layout("below", long, short, inner_long, inner_short - below),
    ]


def _sheet(signs: FloorSigns, paper: Paper, layout: _Layout, drawn: FloorDrawing) -> Sheet:
    facility, floor = signs.designation.facility, signs.floor
    scale = f"Scale 1:{drawn.denominator:g} on {paper.label.split(',')[0]}"
    return {
        "kind": "map",
        "title": f"Staff map, {floor.name}",
        "layout": layout.name,
        "width": layout.page_width,
        "height": layout.page_height,
        "margin": paper.margin_mm,
        "heading": floor.name,
        "facility": facility.name,
        "address": facility.address,
        "box": [drawn.width, drawn.height],
        "alt": _alt(floor, len(signs.signs)),
        "labels": [_label(label) for label in drawn.labels],
        "plates": [_plate(plate) for plate in drawn.plates],
        "plate_size": 6.6,
        "key": _key(floor),
        "bars": [_bar(drawn.denominator, _FEET, _FOOT_M, "ft"), _bar(drawn.denominator, _METRES, 1.0, "m")],
        "scale": scale,
        "unlabelled": " ".join(part for part in (_unlabelled(len(drawn.unlabelled)), _hours(floor)) if part),
        "foot": [
            [f"{designation_words(signs)}. {scale}. Not an evacuation plan.", facility_words(signs)],
        ],
    }


def _label(label: Label) -> Sheet:
    colours = ZONES[label.zone_class]
    return {
        "x": round(label.x, 2),
        "y": round(label.y, 2),
        "size": label.size_pt,
        "head": label.head,
        "lines": list(label.lines),
        "fill": colours.fill,
        "ink": colours.ink,
    }


def _plate(plate: Plate) -> Sheet:
    return {
        "x": plate.x,
        "y": plate.y,
        "width": plate.width,
        "number": plate.number,
        "entrance": plate.kind is PlateKind.ENTRANCE,
    }


def _key(floor: Floor) -> list[Sheet]:
    counts = Counter(room.zone_class for room in floor.rooms)
    return [
        {
            "class": kind.value,
            "letter": kind.letter,
            "name": CLASS_NAMES[kind],
            "what": _WHAT[kind],
            "rooms": count(counts[kind], "room"),
            "swatch": f"swatch-{kind.value}",
        }
        for kind in _WHAT
        if counts[kind]
    ]


def _bar(denominator: float, lengths: tuple[int, ...], metres: float, unit: str) -> Sheet:
    """The longest bar of a round length that is short enough: how long it is, and on the paper."""
    lengths_mm = {length: length * metres * 1000 / denominator for length in lengths}
    fitting = [length for length in lengths if lengths_mm[length] <= _BAR_MOST_MM] or [lengths[0]]
    return {"length": fitting[-1], "unit": unit, "mm": round(lengths_mm[fitting[-1]], 3)}


def _alt(floor: Floor, signs: int) -> str:
    counts = Counter(room.zone_class for room in floor.rooms)
    kinds = ", ".join(f"{count(counts[kind], CLASS_NAMES[kind].lower() + ' room')}" for kind in _WHAT if counts[kind])
    return (
        f"Plan of {floor.name}: {kinds}. Public rooms are white inside a thick line, the others hatched. "
        f"{count(signs, 'door')} with a numbered plate. The schedule lists them in words."
    )


def _hours(floor: Floor) -> str:
    """What is otherwise at other hours than those drawn; the page has room for three."""
    found = [
        f"{room.label} is {CLASS_NAMES[spell.what].lower()} {spoken_spell(spell)}"
        for room in floor.rooms
        for spell in room.hours
    ]
    more = f"; {len(found) - _HOURS_MOST} more" if len(found) > _HOURS_MOST else ""
    return f"At other hours: {'; '.join(found[:_HOURS_MOST])}{more}." if found else ""


def _unlabelled(rooms: int) -> str:
    if not rooms:
        return ""
    return f"{count(rooms, 'room')} too small for a label at this scale."
