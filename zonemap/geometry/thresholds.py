"""Where people pass from one kind of space into another: the doors that need a sign, and the doors from outdoors."""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from zonemap.geometry.doors import middle
from zonemap.geometry.rings import turning
from zonemap.model.plan import Door, Floor, Ring, Room
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


def walking_key(room: Room, door: Door) -> tuple[float, float, str, float, str]:
    """Sorts doors for somebody who walks from room to room: the room as one reads, then clockwise around it."""
    top = max(y for _, y in room.ring)
    left = min(x for x, _ in room.ring)
    return (-round(top), round(left), room.id, round(_clockwise(room.ring, door), 3), door.id)


def _threshold(door: Door, rooms: dict[str, Room]) -> Threshold | None:
    here, there = rooms.get(door.rooms[0]), rooms.get(door.rooms[1] or "")
    if here is None or there is None:
        return None
    if here.zone_class is ZoneClass.PUBLIC and there.zone_class.is_closed:
        return Threshold(door, here, there)
    if there.zone_class is ZoneClass.PUBLIC and here.zone_class.is_closed:
        return Threshold(door, there, here)
    return None


def _clockwise(ring: Ring, door: Door) -> float:
    """Metres from the ring's top left corner to the door, clockwise along the outline."""
    way = ring if turning(ring) < 0 else ring[::-1]
    first = max(range(len(way)), key=lambda place: (way[place][1] - way[place][0], way[place][1], -place))
    outline = shapely.LineString([*way[first:], *way[: first + 1]])
    return float(shapely.line_locate_point(outline, shapely.Point(middle(door))))
