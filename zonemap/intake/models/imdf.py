"""IMDF: units become rooms, openings become doors, levels become floors. Only for the child.

IMDF is GeoJSON by Apple and OGC (Indoor Mapping Data Format 1.0.0). Names are labels in several languages: a room is
called as the place itself calls it, which is the first one, because that stands on its door.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.models.building import FloorInMaking, Ids, millimetres
from zonemap.intake.models.globe import anchored_at, is_degrees, local
from zonemap.intake.models.imdf_zip import unpacked
from zonemap.intake.models.values import ROOMS_MOST, Polygons, Position, features, names, properties, words
from zonemap.model.draft import Anchor, DraftDoor, DraftFloor, DraftRoom
from zonemap.model.plan import DoorKind
from zonemap.model.zone import ZoneClass
from zonemap.tracing.beside import Rooms

Feature = Mapping[str, Any]
_CLOSED = frozenset({"employeesonly", "restricted"})  # IMDF restrictions
_NOT_A_ROOM = frozenset({"structure", "opentobelow", "column"})  # unit categories in which nobody can stand
_DOORLESS = frozenset({"open", "none"})  # a door's type where there is no leaf to shut
_ON_BOUNDARY = 0.35  # metres: units share their edges, so that the room is right beside the opening

_NO_UNITS = (
    "This IMDF archive has no units, so there are no rooms in it. Ask for the full archive: it has unit.geojson."
)
_NOT_DEGREES = (
    "The places in this archive are not longitude and latitude. Export it again in WGS 84 (EPSG:4326), and upload that."
)


def read_imdf(data: bytes) -> tuple[DraftFloor, ...]:
    """The floors of an IMDF archive, the lowest first. Raises Invalid or TooLarge."""
    files = unpacked(data)
    if "unit" not in files:
        raise Invalid(_NO_UNITS)
    polygons = Polygons()
    units = [(unit, list(polygons.polygons(unit.get("geometry")))) for unit in features(files["unit"], "IMDF")]
    units = [(unit, outlines) for unit, outlines in units if outlines]
    if not units:
        raise Invalid(_NO_UNITS)
    if len(units) > ROOMS_MOST:
        raise TooLarge(f"This archive holds {len(units):,} rooms. Export one building alone, and upload that.")
    anchor = _anchor([outline for _, outlines in units for outline in outlines])
    openings = _by_level(features(files.get("opening", {"features": []}), "IMDF"))
    floors = _floors(files, {words(properties(unit).get("level_id")) for unit, _ in units})
    for unit, outlines in units:
        _add(floors[words(properties(unit).get("level_id"))], unit, outlines, anchor)
    made = []
    for level, floor in floors.items():
        floor.anchor = anchor
        if floor.rooms:
            lines = [(one, polygons.line(one.get("geometry"))) for one in openings[level]]
            made.append(floor.made(lambda rooms, lines=lines: _doors(lines, rooms, anchor)))  # type: ignore[misc]
    return tuple(made)


def _anchor(outlines: Sequence[list[list[Position]]]) -> Anchor:
    """The middle of the rooms: the median of their centres, so that a lone unit far off does not shift it."""
    centres = [_centroid(outline[0]) for outline in outlines]
    place = median(x for x, _ in centres), median(y for _, y in centres)
    if not all(is_degrees(corner) for outline in outlines for corner in outline[0]):
        raise Invalid(_NOT_DEGREES)
    return anchored_at(*place)


def _centroid(ring: Sequence[Position]) -> Position:
    """The centre of gravity of a closed ring's area; of its corners where it has none."""
    x0, y0 = ring[0]  # a nearby zero keeps the digits
    pairs = list(pairwise(ring))
    turns = [(ax - x0) * (by - y0) - (bx - x0) * (ay - y0) for (ax, ay), (bx, by) in pairs]
    twice = sum(turns)
    if twice == 0:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    x = sum(turn * (ax + bx - 2 * x0) for turn, ((ax, _), (bx, _)) in zip(turns, pairs, strict=True)) / (3 * twice)
    y = sum(turn * (ay + by - 2 * y0) for turn, ((_, ay), (_, by)) in zip(turns, pairs, strict=True)) / (3 * twice)
    return x0 + x, y0 + y


# --- floors ----------------------------------------------------------------------------------------------------------


def _floors(files: Mapping[str, Any], used: set[str]) -> dict[str, FloorInMaking]:
    """A floor for each level that has rooms, by the level's id, in order. Levels of one name tell their building."""
    levels = {
        words(level.get("id")): level
        for level in features(files.get("level", {"features": []}), "IMDF")
        if words(level.get("id")) in used
    }
    buildings = {
        words(one.get("id")): _english(properties(one).get("name"))
        for one in features(files.get("building", {"features": []}), "IMDF")
    }
    plain = {id_: _level_name(properties(level)) for id_, level in levels.items()}
    several = Counter(plain.values())
    floors = {}
    for id_ in sorted(used, key=lambda id_: (_ordinal(levels.get(id_)), plain.get(id_, ""), id_)):
        name = plain.get(id_) or "Floor"
        level = properties(levels.get(id_, {}))
        where = _building(level, buildings) if several[name] > 1 else ""
        floors[id_] = FloorInMaking(f"{name}, {where}" if where else name, _ordinal(levels.get(id_)))
    return floors


def _english(label: Any) -> str:
    """A floor or a building is named in English where the file can: that is the language of the pages."""
    if isinstance(label, Mapping):
        for language, text in label.items():
            if str(language).lower().split("-")[0] == "en" and words(text):
                return words(text)
    return next(iter(names(label)), "")


def _level_name(level: Mapping[str, Any]) -> str:
    return _english(level.get("name")) or _english(level.get("short_name")) or f"Level {_ordinal_of(level)}"


def _building(level: Mapping[str, Any], buildings: Mapping[str, str]) -> str:
    listed = level.get("building_ids")
    ids = listed if isinstance(listed, list) else []
    return next((buildings[words(id_)] for id_ in ids if buildings.get(words(id_))), "")


def _ordinal(level: Feature | None) -> int:
    return 0 if level is None else _ordinal_of(properties(level))


def _ordinal_of(level: Mapping[str, Any]) -> int:
    value = level.get("ordinal")
    usable = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1000
    return int(value) if usable else 0  # type: ignore[arg-type]


# --- rooms and doors -------------------------------------------------------------------------------------------------


def _add(floor: FloorInMaking, unit: Feature, outlines: list[list[list[Position]]], anchor: Anchor) -> None:
    said = properties(unit)
    category = words(said.get("category")).lower()
    if category in _NOT_A_ROOM:
        return
    called = names(said.get("name"))
    name = called[0] if called else ""
    number = next(iter(names(said.get("alt_name"))), "") or (name if _is_number(name) else "")
    room = DraftRoom(
        id=words(unit.get("id")),
        ring=(),
        number=number,
        name=name,
        category=category,
        zone_class=ZoneClass.PRIVATE if _is_closed(said, category) else ZoneClass.UNDECIDED,
        other_names=called[1:],
    )
    for outline in outlines:
        floor.add_polygon(room, [[local(anchor, corner) for corner in ring] for ring in outline])


def _is_number(name: str) -> bool:
    """Whether a name is only a room's number: one short word with a digit in it."""
    return len(name) <= 10 and " " not in name and any(char.isdigit() for char in name)


def _is_closed(said: Mapping[str, Any], category: str) -> bool:
    restriction = words(said.get("restriction")).lower()
    return restriction in _CLOSED or category.split(".")[0] in ("nonpublic", "privatelounge")


def _by_level(openings: list[Feature]) -> Mapping[str, list[Feature]]:
    sorted_out: dict[str, list[Feature]] = defaultdict(list)
    for opening in openings:
        sorted_out[words(properties(opening).get("level_id"))].append(opening)
    return sorted_out


def _doors(lines: list[tuple[Feature, list[Position]]], rooms: Rooms, anchor: Anchor) -> Iterator[DraftDoor]:
    own = Ids()
    for number, (opening, line) in enumerate(lines, 1):
        if len(line) < 2:
            continue
        ends = local(anchor, line[0]), local(anchor, line[-1])
        yield DraftDoor(
            id=own.own(words(opening.get("id")) or f"opening-{number}"),
            jambs=(millimetres(ends[0]), millimetres(ends[1])),
            rooms=rooms.beside(ends, reach=_ON_BOUNDARY),
            kind=_door_kind(properties(opening).get("door")),
        )


def _door_kind(door: Any) -> DoorKind:
    kind = words(door.get("type")).lower() if isinstance(door, Mapping) else ""
    return DoorKind.OPENING if kind in _DOORLESS else DoorKind.DOOR
