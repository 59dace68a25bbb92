"""For whom a floor is drawn. The public map is built from public rooms alone; nothing is hidden, it is not there."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from zonemap.model.plan import Floor
from zonemap.model.zone import ZoneClass


class Audience(StrEnum):
    """Staff and responders see every room; the public sees what it may walk into."""

    STAFF = "staff"
    PUBLIC = "public"
    RESPONDER = "responder"


def seen_by(floor: Floor, audience: Audience) -> Floor:
    """The floor as that audience may know it: for the public without picture, private rooms, any door to
    them, or the spot where officers wait."""
    if audience is not Audience.PUBLIC:
        return floor
    rooms = tuple(room for room in floor.rooms if room.zone_class is ZoneClass.PUBLIC)
    known = {room.id for room in rooms} | {None}
    doors = tuple(door for door in floor.doors if known.issuperset(door.rooms))
    return replace(floor, picture=None, rooms=rooms, doors=doors, waiting_spot=None)
