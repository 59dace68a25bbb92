"""What another zonemap exported, GeoJSON or IMDF: read back exactly. Only for the child.

Where a room or a door was put in or taken apart by another program, its facts are gone; then the file is read like
anybody's (``geojson.py``, ``imdf.py``).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from zonemap.errors import Invalid, TooLarge
from zonemap.geometry.rings import REACH_MOST, grid_point
from zonemap.intake.kinds import Kind
from zonemap.intake.models.globe import local
from zonemap.intake.models.imdf_zip import unpacked
from zonemap.intake.models.values import ROOMS_MOST, Polygons, Position, features, parsed, position, properties, words
from zonemap.model.draft import Anchor
from zonemap.model.exchange import EXTENSION, FACTS, FORMAT, door_with, facility_with, room_with
from zonemap.model.facility import Facility
from zonemap.model.floor_document import floor_from
from zonemap.model.plan import Door, Floor, Point, Ring, Room

Value = TypeVar("Value")
Own = tuple[Facility, tuple[Floor, ...]]
Place = Callable[[Position], Point]
FLOORS_MOST = 200
_METRES_LEAST, _METRES_MOST = 1e-6, 1e3  # metres that a pixel may be long


class _NotExact(Exception):
    """Something is in the file that zonemap did not write so."""


def read_own(data: bytes, kind: Kind) -> Own | None:
    """The facility and the floors of an export of zonemap; None for any other file. Raises Invalid, TooLarge."""
    try:
        if kind is Kind.GEOJSON:
            return _from_geojson(parsed(data, "GeoJSON"))
        return _from_imdf(unpacked(data)) if kind is Kind.IMDF else None
    except (_NotExact, AttributeError, KeyError, TypeError, ValueError):
        return None


def _from_geojson(value: Any) -> Own | None:
    if not isinstance(value, Mapping) or value.get("format") != FORMAT:
        return None
    listed = _capped(value["floors"])
    polygons = Polygons()
    return _read(lambda: facility_with(value["facility"])), tuple(_geojson_floor(one, polygons) for one in listed)


def _geojson_floor(given: Mapping[str, Any], polygons: Polygons) -> Floor:
    rooms, doors = [], []
    for feature in features(given, "GeoJSON"):
        facts = properties(feature)
        if facts["kind"] == "room":
            rooms.append(_room(facts, feature.get("geometry"), polygons, _millimetres))
        else:
            doors.append(_door(facts, feature.get("geometry"), polygons, _millimetres))
    return _floor(given["floor"], rooms, doors)


def _from_imdf(files: Mapping[str, Any]) -> Own | None:
    extensions = files.get("manifest", {}).get("extensions")
    if not isinstance(extensions, list) or EXTENSION not in extensions:
        return None
    venue, *_ = features(files["venue"], "IMDF")
    levels = {words(level["id"]): properties(level)[FACTS] for level in _capped(features(files["level"], "IMDF"))}
    places = {id_: _on_globe(facts) for id_, facts in levels.items()}
    polygons = Polygons()
    rooms: dict[str, list[Room]] = defaultdict(list)
    doors: dict[str, list[Door]] = defaultdict(list)
    for unit in features(files["unit"], "IMDF"):
        said = properties(unit)
        rooms[said["level_id"]].append(_room(said[FACTS], unit["geometry"], polygons, places[said["level_id"]]))
    for opening in features(files["opening"], "IMDF"):
        said = properties(opening)
        doors[said["level_id"]].append(_door(said[FACTS], opening["geometry"], polygons, places[said["level_id"]]))
    if not {*rooms, *doors} <= levels.keys():
        raise _NotExact
    floors = tuple(_floor(facts, rooms[id_], doors[id_]) for id_, facts in levels.items())
    return _read(lambda: facility_with(properties(venue)[FACTS])), floors


def _capped(listed: Sequence[Any]) -> Sequence[Any]:
    if len(listed) > FLOORS_MOST:
        raise TooLarge(f"This file holds {len(listed):,} floors; the most is {FLOORS_MOST}. Export one facility alone.")
    return listed


# --- places ----------------------------------------------------------------------------------------------------------


def _millimetres(place: Position) -> Point:
    return grid_point(*place)


def _on_globe(facts: Mapping[str, Any]) -> Place:
    """How longitude and latitude become metres of the sheet again."""
    origin, degree = position(facts["origin"]), position(facts["metres_per_degree"])
    anchor = Anchor(*origin, degree)
    return lambda place: grid_point(*local(anchor, place))


def _room(facts: Mapping[str, Any], geometry: Any, polygons: Polygons, place: Place) -> Room:
    outlines = list(polygons.polygons(geometry))
    if len(outlines) != 1:
        raise _NotExact
    rings: list[Ring] = [tuple(place(corner) for corner in ring[:-1]) for ring in outlines[0]]
    return _read(lambda: room_with(facts, rings))


def _door(facts: Mapping[str, Any], geometry: Any, polygons: Polygons, place: Place) -> Door:
    line = polygons.line(geometry)
    if len(line) != 2:
        raise _NotExact
    return _read(lambda: door_with(facts, [place(jamb) for jamb in line]))


def _floor(facts: Mapping[str, Any], rooms: list[Room], doors: list[Door]) -> Floor:
    if len(rooms) > ROOMS_MOST:
        raise TooLarge(f"This file holds more than {ROOMS_MOST:,} rooms on a floor. Export a part of the building.")
    floor = _read(lambda: floor_from(facts))
    if not (_is_placed(floor) and _is_near(floor.waiting_spot, rooms, doors)):
        raise _NotExact
    return replace(floor, rooms=tuple(rooms), doors=tuple(doors))


def _is_placed(floor: Floor) -> bool:
    """Whether its sheet, if it has one, is of a size that can be."""
    known = [
        floor.scale.check_error if floor.scale else None,
        floor.picture.dpi if floor.picture else None,
        floor.north,
    ]
    metres = 1.0 if floor.scale is None else floor.scale.metres_per_pixel
    return _METRES_LEAST < metres < _METRES_MOST and all(value is None or math.isfinite(value) for value in known)


def _is_near(spot: Point | None, rooms: Sequence[Room], doors: Sequence[Door]) -> bool:
    """Whether everything lies where a building can be."""
    points = [point for room in rooms for ring in (room.ring, *room.holes) for point in ring]
    points += [jamb for door in doors for jamb in door.jambs] + ([spot] if spot else [])
    return all(abs(value) <= REACH_MOST for point in points for value in point)


def _read(reading: Callable[[], Value]) -> Value:
    """What is read, or the file is not exactly ours."""
    try:
        return reading()
    except Invalid as error:
        raise _NotExact from error
