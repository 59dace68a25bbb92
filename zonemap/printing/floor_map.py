"""The maps of a floor: the picture from ``drawing``, true to a round scale, and the words that stand upon it.

Three audiences: staff, responders, and the public, whose map is made from public rooms alone. A map may show a part of
the floor, and may be turned to whoever stands before a door.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zonemap.drawing.audience import Audience, seen_by
from zonemap.drawing.colours import ZONES
from zonemap.drawing.doors import Plate, PlateKind
from zonemap.drawing.floor import Extras, FloorDrawing, Look, floor_drawing
from zonemap.drawing.labels import Label
from zonemap.drawing.lettering import text_width
from zonemap.drawing.spots import HERE, HERE_SIZE, facing
from zonemap.drawing.swatch import swatch
from zonemap.drawing.view import PAPER_MARGIN, WIDE_MARGIN, Window, paper_view, turned, turned_window, within
from zonemap.errors import NotFound
from zonemap.model.hours import spoken_spell
from zonemap.model.plan import DoorControl, Floor
from zonemap.model.sign import FloorSigns
from zonemap.model.zone import ZoneClass
from zonemap.printing.map_request import MapPart, MapRequest, map_parts
from zonemap.printing.map_words import words_sheet
from zonemap.printing.paper import Paper
from zonemap.printing.sheets import CLASS_NAMES, Sheet, count, designation_words, facility_words

_SIDE_MM = 54.0  # the column of the key beside the map
_GUTTER_MM = 5.0
_HEAD_MM, _KEY_MM, _FOOT_MM = 19.0, 32.0, 13.0
_BAR_MOST_MM = 32.0
_HOURS_MOST = 3
_KEY_ENTRIES_MOST = 10  # on the map itself; more stand on a sheet behind it
_PLATE_PT = 6.6
_MM_TO_PT = 72 / 25.4
_EXIT = "EXIT"
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
_TITLES = {Audience.STAFF: "Staff map", Audience.PUBLIC: "Public map", Audience.RESPONDER: "Responder map"}
_BANNERS = {Audience.STAFF: "STAFF ONLY", Audience.PUBLIC: "PUBLIC AREAS", Audience.RESPONDER: "RESPONDERS ONLY"}
_NOTES = {
    Audience.STAFF: "Not for the public.",
    Audience.PUBLIC: "Only public areas are shown. Please ask at a desk before you go on anywhere else.",
    Audience.RESPONDER: "Not for the public.",
}
_CONTROLS = {
    DoorControl.LOCK: "Lock, key or code",
    DoorControl.STAFF: "Staff always there",
    DoorControl.SIGN: "A sign alone",
    DoorControl.NONE: "Nothing keeps it",
}


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a sheet is shared out: its size and the box that is left for the drawing, all in millimetres."""

    name: str  # "side": key at the right; "below": head over the drawing, key under it
    page_width: float
    page_height: float
    width: float
    height: float


def map_sheets(
    signs: FloorSigns, paper: Paper, request: MapRequest, picture: str
) -> tuple[list[Sheet], Mapping[str, str]]:
    """The sheets of a map, and their pictures as SVG by name: the plan is called ``picture``.

    Behind the map stands its key where the map itself has no room for it. Raises Invalid where the floor has no room to
    draw, NotFound for a part or a door that it does not have.
    """
    if request.words:
        return [words_sheet(signs, paper, request.audience)], {}
    sheet, pictures = _map_sheet(signs, paper, request, picture)
    entries = sheet["entries"]
    if len(entries) <= _KEY_ENTRIES_MOST:
        return [sheet], pictures
    more = {
        "kind": "map-key",
        "title": f"Key to {sheet['title'][0].lower()}{sheet['title'][1:]}",
        "entries": entries,
        **{name: sheet[name] for name in ("facility", "margin", "foot")},
        "width": paper.width_mm,
        "height": paper.height_mm,
    }
    return [sheet | {"entries": [], "entries_behind": True}, more], pictures


def map_sheet(signs: FloorSigns, paper: Paper, name: str) -> tuple[Sheet, Mapping[str, str]]:
    """The staff map's first sheet, and its pictures: see ``map_sheets``."""
    return _map_sheet(signs, paper, MapRequest(), name)


def lies_flat(floor: Floor, paper: Paper, request: MapRequest | None = None) -> bool:
    """Whether the map's sheet is turned on its side. Raises Invalid where the floor has no room to draw."""
    asked = request or MapRequest()
    seen, turn = _turned(seen_by(floor, asked.audience), floor, asked)
    layout = _best_layout(seen, paper, _window(_part(floor, paper, asked), turn), asked.audience)
    return layout.page_width > layout.page_height and not asked.words


def parts_of(floor: Floor, paper: Paper, audience: Audience = Audience.STAFF) -> tuple[MapPart, ...]:
    """The wings and tiles of which the floor has maps of their own on this paper."""
    if not seen_by(floor, audience).rooms:
        return ()
    layout = _best_layout(seen_by(floor, audience), paper, None, audience)
    around = 2 * (WIDE_MARGIN if audience is Audience.PUBLIC else PAPER_MARGIN)
    return map_parts(floor, audience, layout.width - around, layout.height - around)


def _map_sheet(signs: FloorSigns, paper: Paper, request: MapRequest, name: str) -> tuple[Sheet, Mapping[str, str]]:
    floor, public = signs.floor, request.audience is Audience.PUBLIC
    part = _part(floor, paper, request)
    seen, turn = _turned(seen_by(floor, request.audience), floor, request)
    window = _window(part, turn)
    layout = _best_layout(seen, paper, window, request.audience)
    drawn = floor_drawing(
        floor,
        look=Look.PAPER,
        audience=request.audience,
        width_mm=layout.width,
        height_mm=layout.height,
        waiting=None if public else floor.waiting_spot,
        extras=Extras(turn, window, request.door, signs.desks, _EXIT if public else "", keyed=True),
    )
    known = seen_by(floor, request.audience)
    about = _About(request, part, within(known, part.window, 0.0) if part else known)
    sheet = _sheet(signs, paper, layout, drawn, about)
    pictures = {name: drawn.svg} | {key["swatch"]: swatch(ZoneClass(key["class"])) for key in sheet["key"]}
    return sheet | {"picture": name}, pictures


@dataclass(frozen=True, slots=True)
class _About:
    """What a map is about: who asked, which part, and that part as the audience may know it, not turned."""

    request: MapRequest
    part: MapPart | None
    seen: Floor

    @property
    def audience(self) -> Audience:
        return self.request.audience

    @property
    def place(self) -> str:
        """The floor, and the part of it."""
        if self.part is None:
            return self.seen.name
        return f"{self.seen.name}, {'part ' if self.part.is_tile else ''}{self.part.name}"

    @property
    def title(self) -> str:
        return f"{'Where to hang' if self.request.to_hang else _TITLES[self.audience]}, {self.place}"


def _part(floor: Floor, paper: Paper, request: MapRequest) -> MapPart | None:
    if not request.part:
        return None
    parts = parts_of(floor, paper, request.audience)
    if request.part > len(parts):
        raise NotFound("This floor has no map of such a part on this paper. Open Maps and choose again.")
    return parts[request.part - 1]


def _turned(seen: Floor, floor: Floor, request: MapRequest) -> tuple[Floor, float]:
    """The floor turned to the reader at a door that they may know of, and by how much."""
    if not request.door:
        return seen, 0.0
    door = next((door for door in seen.doors if door.id == request.door), None)
    if door is None:
        raise NotFound("This map does not show such a door. Open Maps and choose another.")
    turn = facing(floor, door)
    return turned(seen, turn), turn


def _window(part: MapPart | None, turn: float) -> Window | None:
    return None if part is None else turned_window(part.window, turn)


def _best_layout(floor: Floor, paper: Paper, window: Window | None, audience: Audience) -> _Layout:
    """The layout with the largest drawing; of equals the first."""
    margin = WIDE_MARGIN if audience is Audience.PUBLIC else PAPER_MARGIN

    def denominator(layout: _Layout) -> float:
        return paper_view(floor, layout.width, layout.height, window, margin).denominator

    return min(_layouts(paper), key=denominator)


def _layouts(paper: Paper) -> list[_Layout]:
    short, long = sorted((paper.width_mm, paper.height_mm))
    inner_short, inner_long = short - 2 * paper.margin_mm, long - 2 * paper.margin_mm
    below = _HEAD_MM + _KEY_MM + _FOOT_MM
    return [
        _Layout("below", short, long, inner_short, inner_long - below),
        _Layout("side", long, short, inner_long - _SIDE_MM - _GUTTER_MM, inner_short - _FOOT_MM),
        _Layout("below", long, short, inner_long, inner_short - below),
    ]


def _sheet(signs: FloorSigns, paper: Paper, layout: _Layout, drawn: FloorDrawing, about: _About) -> Sheet:
    facility = signs.designation.facility
    scale = f"Scale 1:{drawn.denominator:g} on {paper.label.split(',')[0]}"
    labels = {room.id: room.label for room in about.seen.rooms}
    entries = [label for label in drawn.labels if label.is_key]
    return {
        "kind": "map",
        "title": about.title,
        "banner": _BANNERS[about.audience],
        "layout": layout.name,
        "width": layout.page_width,
        "height": layout.page_height,
        "margin": paper.margin_mm,
        "heading": about.place,
        "facility": facility.name,
        "address": facility.address,
        "box": [drawn.width, drawn.height],
        "alt": _alt(about.seen, drawn, about),
        "labels": [_label(label) for label in drawn.labels],
        "plates": [_plate(plate) for plate in drawn.plates],
        "spots": list(_spots(drawn)),
        "north": drawn.north,
        "key": _key(about.seen),
        "marks": list(_marks(drawn, about)),
        "entries": [{"number": label.head, "name": labels[label.room_id]} for label in entries],
        "entries_behind": False,
        "bars": [_bar(drawn.denominator, _FEET, _FOOT_M, "ft"), _bar(drawn.denominator, _METRES, 1.0, "m")],
        "scale": scale,
        "small_print": " ".join(part for part in _small_print(drawn, about) if part),
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
        "is_key": label.is_key,
    }


def _plate(plate: Plate) -> Sheet:
    fits = plate.width * 0.92 / text_width(plate.number, 1.0, bold=True) * _MM_TO_PT
    return {"x": plate.x, "y": plate.y, "number": plate.number, "size": round(min(_PLATE_PT, fits), 2)}


def _spots(drawn: FloorDrawing) -> Iterator[Sheet]:
    """The words of marks: a white letter in a disc, or "You are here" under its arrowhead."""
    if drawn.pin:
        yield {"x": round(drawn.pin[0], 2), "y": round(drawn.pin[1], 2), "words": "W", "in_disc": True}
    for x, y in drawn.desks:
        yield {"x": round(x, 2), "y": round(y, 2), "words": "i", "in_disc": True}
    if drawn.here:
        x, y = drawn.here
        yield {
            "x": round(x, 2),
            "y": round(y + 1.5 * HERE_SIZE + 1.2, 2),
            "words": HERE,
            "in_disc": False,
            "size": round(HERE_SIZE * _MM_TO_PT, 2),
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


def _marks(drawn: FloorDrawing, about: _About) -> Iterator[Sheet]:
    """What else the key explains: only what the map shows."""
    kinds = {plate.kind for plate in drawn.plates}
    if about.audience is Audience.PUBLIC:
        if kinds:
            yield {"mark": "exit", "words": "way out"}
    else:
        yield {"mark": "edge", "words": "where public meets private"}
        same = "sheet of that number in the list" if about.request.to_hang else "door with a sign, same number"
        yield {"mark": "plate", "words": same}
        if PlateKind.ENTRANCE in kinds:
            yield {"mark": "entry", "words": "public entrance, with a notice"}
    if drawn.desks:
        yield {"mark": "desk", "words": "desk that helps you"}
    if drawn.pin:
        yield {"mark": "pin", "words": "where officers are asked to wait"}
    if any(label.is_key for label in drawn.labels):
        yield {"mark": "number", "words": "room with a name in the key"}


def _bar(denominator: float, lengths: tuple[int, ...], metres: float, unit: str) -> Sheet:
    """The longest bar of a round length that is short enough: how long it is, and on the paper."""
    lengths_mm = {length: length * metres * 1000 / denominator for length in lengths}
    fitting = [length for length in lengths if lengths_mm[length] <= _BAR_MOST_MM] or [lengths[0]]
    return {"length": fitting[-1], "unit": unit, "mm": round(lengths_mm[fitting[-1]], 3)}


def _alt(floor: Floor, drawn: FloorDrawing, about: _About) -> str:
    counts = Counter(room.zone_class for room in floor.rooms)
    kinds = ", ".join(f"{count(counts[kind], CLASS_NAMES[kind].lower() + ' room')}" for kind in _WHAT if counts[kind])
    if about.audience is Audience.PUBLIC:
        return f"Plan of the public areas of {about.place}: {kinds}. The map in words lists them with the ways out."
    return (
        f"Plan of {about.place}: {kinds}. Public rooms are white inside a thick line, the others hatched. "
        f"{count(len(drawn.plates), 'door')} with a numbered plate. The map in words and the schedule list them."
    )


def _small_print(drawn: FloorDrawing, about: _About) -> Sequence[str]:
    rooms = len(drawn.unlabelled)
    unlabelled = f"{count(rooms, 'room')} too small for a label at this scale." if rooms and not about.part else ""
    if about.audience is Audience.PUBLIC:
        return _NOTES[about.audience], unlabelled
    controls = _controls(about.seen, drawn) if about.audience is Audience.RESPONDER else ""
    return _NOTES[about.audience], controls, unlabelled, _hours(about.seen)


def _controls(floor: Floor, drawn: FloorDrawing) -> str:
    """What keeps each door with a sign, by the numbers on their plates."""
    shown = {plate.door_id for plate in drawn.plates if plate.kind is not PlateKind.ENTRANCE}
    found = {
        words: [door.number for door in floor.doors if door.id in shown and door.control is control]
        for control, words in _CONTROLS.items()
    }
    return " ".join(f"{words}: {', '.join(numbers)}." for words, numbers in found.items() if numbers)


def _hours(floor: Floor) -> str:
    """What is otherwise at other hours than those drawn; the page has room for three."""
    found = [
        f"{room.label} is {CLASS_NAMES[spell.what].lower()} {spoken_spell(spell)}"
        for room in floor.rooms
        for spell in room.hours
    ]
    more = f"; {len(found) - _HOURS_MOST} more" if len(found) > _HOURS_MOST else ""
    return f"At other hours: {'; '.join(found[:_HOURS_MOST])}{more}." if found else ""
