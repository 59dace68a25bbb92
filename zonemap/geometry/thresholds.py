"""Where people pass from one kind of space into another: the doors that need a sign, and the doors from outdoors."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from zonemap.geometry.doors import middle
from zonemap.geometry.rings import turning
from zonemap.model.hours import Spell
from zonemap.model.plan import Door, Floor, Point, Ring, Room
from zonemap.model.zone import ZoneClass


@dataclass(frozen=True, slots=True)
class Threshold:
    """A door or opening between a public room and a closed one; its sign hangs on the public side."""

    door: Door
    public_room: Room
    closed_room: Room


@dataclass(frozen=True, slots=True)
class Entrance:
    """A door from outdoors into a room. One into a public room wants the notice to authorities."""

    door: Door
    room: Room

    @property
    def is_public(self) -> bool:
        """Whether anybody may walk in here."""
        return self.room.zone_class is ZoneClass.PUBLIC


def thresholds(floor: Floor) -> tuple[Threshold, ...]:
    """Every door where public meets a closed class, in walking order. Undecided rooms make none: they are not decided.

    Walking order: public rooms as one reads, from the top left; in each room its doors clockwise from its top left
    corner. Doors whose rooms are gone are left out (see ``doors.door_problem``).
    """
    rooms = {room.id: room for room in floor.rooms}
    found = [threshold for door in floor.doors if (threshold := _threshold(door, rooms)) is not None]
    return tuple(sorted(found, key=lambda threshold: walking_key(threshold.public_room, threshold.door)))


def entrances(floor: Floor) -> tuple[Entrance, ...]:
    """Every door from outdoors into a room of any class, public ones first, each group in walking order."""
    rooms = {room.id: room for room in floor.rooms}
    found = [
        Entrance(door, rooms[door.rooms[0]]) for door in floor.doors if door.rooms[1] is None and door.rooms[0] in rooms
    ]
    return tuple(
        sorted(found, key=lambda entrance: (not entrance.is_public, *walking_key(entrance.room, entrance.door)))
    )


@dataclass(frozen=True, slots=True)
class SignedDoor:
    """A door that gets a sign: what it leads into is closed, and its outside is public; None is outdoors.

    ``hours`` are those at which that is so; None: at all hours, but for what the hours of the rooms say otherwise.
    """

    door: Door
    outside: Room | None
    inside: Room
    hours: Spell[ZoneClass] | None = None


def signed_doors(floor: Floor) -> tuple[SignedDoor, ...]:
    """Every door that gets a sign: the thresholds, then the doors from outdoors into a closed room, in walking order.

    The one list behind the editor, the page before designating, the signs and the schedule. Doors that need a sign at
    some hours only come last.
    """
    always = _signed(floor)
    known = {each.door.id for each in always}
    later: dict[str, SignedDoor] = {}
    for hours in _spells(floor):
        for each in _signed(_in_spell(floor, hours)):
            if each.door.id not in known:
                later.setdefault(each.door.id, replace(each, hours=hours))
    return (*always, *later.values())


def _spells(floor: Floor) -> tuple[Spell[ZoneClass], ...]:
    """The hours at which some room is of another class, each time once."""
    found = {(spell.days, spell.start, spell.end): spell for room in floor.rooms for spell in room.hours}
    return tuple(found.values())


def _in_spell(floor: Floor, hours: Spell[ZoneClass]) -> Floor:
    """The floor as it is in the first minute of these hours."""
    monday = datetime(2024, 1, 1)  # noqa: DTZ001 - any Monday of a wall clock
    return floor.at(monday + timedelta(days=hours.days[0], minutes=hours.start))


def _signed(floor: Floor) -> tuple[SignedDoor, ...]:
    inner = [SignedDoor(each.door, each.public_room, each.closed_room) for each in thresholds(floor)]
    outer = [SignedDoor(each.door, None, each.room) for each in entrances(floor) if each.room.zone_class.is_closed]
    return (*inner, *outer)


def is_threshold(here: Room | None, there: Room | None) -> bool:
    """Whether a door between the two would be a threshold; None is outdoors, or a room that is gone."""
    kinds = {room.zone_class for room in (here, there) if room is not None}
    return ZoneClass.PUBLIC in kinds and any(kind.is_closed for kind in kinds)


def walking_key(room: Room, door: Door) -> tuple[float, float, str, float, str]:
    """Sorts doors for somebody who walks from room to room: the room as one reads, then clockwise around it."""
    top = max(y for _, y in room.ring)
    left = min(x for x, _ in room.ring)
    return (-round(top), round(left), room.id, round(_clockwise(room.ring, door), 3), door.id)


def _threshold(door: Door, rooms: dict[str, Room]) -> Threshold | None:
    here, there = rooms.get(door.rooms[0]), rooms.get(door.rooms[1] or "")
    if here is None or there is None or not is_threshold(here, there):
        return None
    return Threshold(door, *((here, there) if here.zone_class is ZoneClass.PUBLIC else (there, here)))


def _clockwise(ring: Ring, door: Door) -> float:
    """Metres from the ring's top left corner to the door, clockwise along the outline."""
    way = ring if turning(ring) < 0 else ring[::-1]
    first = max(range(len(way)), key=lambda place: (way[place][1] - way[place][0], way[place][1], -place))
    corners, place = (*way[first:], *way[: first + 1]), middle(door)
    walked, best = 0.0, (math.inf, 0.0)
    for start, end in pairwise(corners):
        length = math.dist(start, end)
        along, away = _foot(start, end, length, place)
        if (away := round(away, 3)) <= best[0]:
            best = min(best, (away, walked + along))
        walked += length
    return best[1]


def _foot(start: Point, end: Point, length: float, point: Point) -> tuple[float, float]:
    """How far along an edge the place nearest to the point is, and how far away the point."""
    if length == 0.0:
        return 0.0, math.dist(start, point)
    unit_x, unit_y = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    along = (point[0] - start[0]) * unit_x + (point[1] - start[1]) * unit_y
    along = min(max(along, 0.0), length)
    return along, math.dist((start[0] + unit_x * along, start[1] + unit_y * along), point)
