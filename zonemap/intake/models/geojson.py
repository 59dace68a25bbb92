"""GeoJSON: one floor or several, in local metres or in longitude and latitude. Only for the child.

Read are what ``zonemap export`` and ``zonemap import`` write, and rooms from other programs: polygons with a number or
a name in one of the usual properties. GeoJSON is meant to be longitude and latitude (RFC 7946, 4); coordinates of a
national grid are refused, because nobody could tell here which one it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.models.building import FloorInMaking, Ids, millimetres
from zonemap.intake.models.geojson_words import (
    Properties,
    draft_of,
    floor_key,
    is_door,
    is_room,
    is_wall,
    stated_rooms,
)
from zonemap.intake.models.globe import anchored, is_degrees, local
from zonemap.intake.models.values import ROOMS_MOST, Polygons, Position, features, parsed, properties, words
from zonemap.model.draft import Anchor, DraftDoor, DraftFloor
from zonemap.model.plan import DoorKind
from zonemap.tracing.beside import Rooms

_BUILDING_MOST = 5_000.0  # metres across: more is no building
_LOCAL_MOST = 5_000.0  # metres from the origin: what lies farther out is a place on a national grid
_METRES = ("metre", "meter", "m")

_NO_ROOMS = (
    "This GeoJSON has no rooms in it: a room is a Polygon with a number or a name. "
    "Export the rooms of one building, and upload that."
)
_PROJECTED = (
    "The coordinates in this GeoJSON are those of a map grid (such as UTM, Web Mercator or a state plane), "
    "not longitude and latitude. Export it again in WGS 84 (EPSG:4326), and upload that."
)
_TOO_WIDE = "The rooms in this GeoJSON lie {:,.0f} km apart. Export one building alone, and upload that."
_GUESSED = "The file does not say its units. It was taken to be in metres: measure a wall before you go on."

Rings = list[list[Position]]


@dataclass(slots=True)
class _Floor:
    """What the file has for one floor."""

    name: str
    level: int
    metres: bool  # it says that it is in metres
    rooms: list[tuple[str, Properties, list[Rings]]] = field(default_factory=list)
    doors: list[tuple[str, Properties, list[Position]]] = field(default_factory=list)
    walls: list[Rings] = field(default_factory=list)


def read_geojson(data: bytes) -> tuple[DraftFloor, ...]:
    """The floors in the file, the lowest first. Raises Invalid or TooLarge."""
    polygons = Polygons()
    floors = [
        floor
        for collection in _collections(parsed(data, "GeoJSON"))
        for floor in _sorted_out(collection, polygons)
        if floor.rooms
    ]
    if not floors:
        raise Invalid(_NO_ROOMS)
    if sum(len(floor.rooms) for floor in floors) > ROOMS_MOST:
        raise TooLarge(f"This file holds more than {ROOMS_MOST:,} rooms. Export one building, and upload that.")
    anchor, guessed = _anchor(floors)
    return tuple(_made(floor, anchor, guessed=guessed) for floor in sorted(floors, key=lambda floor: floor.level))


def _collections(value: Any) -> list[Mapping[str, Any]]:
    """The FeatureCollections of a file: itself, or the floors that it lists."""
    if not isinstance(value, Mapping):
        raise Invalid(_NO_ROOMS)
    listed = value.get("floors")
    if isinstance(listed, list):
        return [one for one in listed if isinstance(one, Mapping)]
    return [{"features": [value], "type": "FeatureCollection"}] if value.get("type") == "Feature" else [value]


def _sorted_out(collection: Mapping[str, Any], polygons: Polygons) -> Iterator[_Floor]:
    """The floors of one collection: one, or as many as its features tell of."""
    _refuse_grid(collection)
    name, level = _called(collection)
    metres = words(collection.get("units")).lower() in _METRES or "local metres" in words(
        collection.get("coordinate_system")
    )
    several: dict[str, _Floor] = {}
    for feature in features(collection, "GeoJSON"):
        said = properties(feature)
        key, number = floor_key(said)
        floor = several.setdefault(key, _Floor(name or key or "Floor", level if number is None else number, metres))
        _take(floor, feature, said, polygons)
    yield from several.values()


def _take(floor: _Floor, feature: Mapping[str, Any], said: Properties, polygons: Polygons) -> None:
    geometry, id_ = feature.get("geometry"), words(said.get("id")) or words(feature.get("id"))
    if is_wall(said):
        floor.walls += polygons.polygons(geometry)
        return
    outlines = list(polygons.polygons(geometry))
    if outlines and is_room(said):
        floor.rooms.append((id_, said, outlines))
    elif not outlines and is_door(said):
        line = polygons.line(geometry)
        if line:
            floor.doors.append((id_, said, line))


def _called(collection: Mapping[str, Any]) -> tuple[str, int]:
    """Name and level of a collection that is one floor."""
    floor = collection.get("floor")
    said: Mapping[str, Any] = floor if isinstance(floor, Mapping) else collection
    name = words(said.get("name") if said is floor else collection.get("storey") or collection.get("name"))
    level = said.get("level", said.get("ordinal"))
    usable = isinstance(level, int) and not isinstance(level, bool) and abs(level) < 1000
    return name, level if usable else 0


# --- metres or degrees -----------------------------------------------------------------------------------------------


def _refuse_grid(collection: Mapping[str, Any]) -> None:
    """Raise Invalid for a file that names a coordinate system other than longitude and latitude (GeoJSON of 2008)."""
    crs = collection.get("crs")
    said = crs.get("properties") if isinstance(crs, Mapping) else None
    name = words(said.get("name")).upper() if isinstance(said, Mapping) else ""
    if name and not any(known in name for known in ("CRS84", "4326", "4979", "WGS84", "WGS 84")):
        raise Invalid(f"{_PROJECTED} It says: {name[:60]}.")


def _anchor(floors: Sequence[_Floor]) -> tuple[Anchor | None, bool]:
    """Where the degrees are anchored, None for metres; and whether the metres are only a guess."""
    corners = [
        corner for floor in floors for _, _, outlines in floor.rooms for rings in outlines for corner in rings[0]
    ]
    wide = max(_span([x for x, _ in corners]), _span([y for _, y in corners]))
    if all(floor.metres for floor in floors):
        if wide > _BUILDING_MOST:
            raise TooLarge(_TOO_WIDE.format(wide / 1000))
        return None, False
    if all(map(is_degrees, corners)):
        anchor = anchored(corners)
        places = [local(anchor, corner) for corner in corners]
        across = max(_span([x for x, _ in places]), _span([y for _, y in places]))
        if across <= _BUILDING_MOST:
            return anchor, False
    if max(max(abs(x), abs(y)) for x, y in corners) > _LOCAL_MOST:
        raise Invalid(_PROJECTED)
    return None, True


def _span(values: Sequence[float]) -> float:
    return max(values) - min(values)


# --- floors ----------------------------------------------------------------------------------------------------------


def _made(floor: _Floor, anchor: Anchor | None, *, guessed: bool) -> DraftFloor:
    def place(position: Position) -> Position:
        return position if anchor is None else local(anchor, position)

    making = FloorInMaking(floor.name, floor.level, anchor=anchor)
    if guessed:
        making.warn(_GUESSED)
    ids: dict[str, str] = {}
    for number, (id_, said, outlines) in enumerate(floor.rooms, 1):
        draft = draft_of(said, id_ or f"room-{number}")
        for rings in outlines:
            first = len(making.rooms)
            making.add_polygon(draft, [[place(corner) for corner in ring] for ring in rings])
            if id_ and len(making.rooms) > first:
                ids.setdefault(id_, making.rooms[first].id)
    for rings in floor.walls:
        making.add_wall([[place(corner) for corner in ring] for ring in rings])
    placed = [(id_, said, [place(position) for position in line]) for id_, said, line in floor.doors]
    return making.made(lambda rooms: _doors(placed, ids, rooms))


def _doors(
    doors: Sequence[tuple[str, Properties, list[Position]]], ids: Mapping[str, str], rooms: Rooms
) -> Iterator[DraftDoor]:
    own = Ids()
    for number, (id_, said, line) in enumerate(doors, 1):
        jambs = rooms.jambs_at(line[0]) if len(line) == 1 else (millimetres(line[0]), millimetres(line[-1]))
        stated = [ids[room] for room in stated_rooms(said) if room in ids]
        yield DraftDoor(
            id=own.own(id_ or f"door-{number}"),
            jambs=jambs,
            rooms=(stated[0], stated[1] if len(stated) > 1 else None) if stated else rooms.beside(jambs),
            kind=DoorKind.OPENING if words(said.get("door_kind")) == DoorKind.OPENING.value else DoorKind.DOOR,
            mark=words(said.get("mark") or said.get("ref")),
        )
