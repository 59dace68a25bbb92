"""A floor as one value: its picture, its scale, its rooms and its doors.

Coordinates are metres on the sheet, x to the right and y up, origin at the bottom left corner of the picture,
rounded to the millimetre grid. A picture pixel (column u, row v from the top) lies at
``(u * metres_per_pixel, (height_px - v) * metres_per_pixel)``. Before the scale is known, ``scale`` is None and
nothing can be drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from zonemap.model.hours import Spell, at_hour
from zonemap.model.zone import ZoneClass

Point = tuple[float, float]
Ring = tuple[Point, ...]  # open: the first point is not repeated at the end

GRID = 0.001  # metres; every coordinate is rounded to it, or shared corners drift apart
RING_VERTICES_MOST = 1_000
FLOOR_ROOMS_MOST = 5_000
FLOOR_VERTICES_MOST = 50_000


class DoorKind(StrEnum):
    """A door can be shut; an opening cannot."""

    DOOR = "door"
    OPENING = "opening"


class DoorControl(StrEnum):
    """What keeps the public from walking through: Cal. H&S 24251(a) names signage, key entry and policy."""

    NONE = "none"
    SIGN = "sign"
    LOCK = "lock"
    STAFF = "staff"  # somebody who lets people in is always there

    @property
    def word(self) -> str:
        """The control within a sentence, such as "a lock, key or code"."""
        return _CONTROL_WORDS[self]


_CONTROL_WORDS = {
    DoorControl.NONE: "nothing",
    DoorControl.SIGN: "a sign",
    DoorControl.LOCK: "a lock, key or code",
    DoorControl.STAFF: "staff who are always there",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """The re-encoded picture under the drawing; the bytes lie in storage under ``id``.

    ``dpi`` is its resolution on paper, where the uploaded file stated the size of its paper.
    """

    id: str
    width_px: int
    height_px: int
    dpi: float | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """How long a pixel is, and how far a second measured length disagreed (0.01 is one per cent; None: not checked)."""

    metres_per_pixel: float
    check_error: float | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """One room: a valid ring in metres, with what is painted on its door and what it is to the public.

    ``holes`` are what lies inside the ring but is not the room: a block of rooms that a corridor runs around.
    ``department`` and ``category`` are what a list or model of rooms says; they serve suggestions only.
    ``shaft`` names the stair or lift that the room belongs to; rooms of other floors with the same name join it.
    """

    id: str
    ring: Ring
    number: str = ""
    name: str = ""
    zone_class: ZoneClass = ZoneClass.UNDECIDED
    holes: tuple[Ring, ...] = ()
    department: str = ""
    category: str = ""
    shaft: str = ""
    hours: tuple[Spell[ZoneClass], ...] = ()  # when it is of another class

    @property
    def label(self) -> str:
        """Number and name as a person says them, or a plain stand-in."""
        return " ".join(part for part in (self.number, self.name) if part) or "Unnamed room"


@dataclass(frozen=True, slots=True)
class Door:
    """A door or opening: its two jambs on the shared edge, and the rooms on either side.

    ``rooms`` holds one or two room ids; None as the second means that the door leads outside.
    ``number`` is the plate number, given once and kept, so that the wall and the map stay in step.
    """

    id: str
    jambs: tuple[Point, Point]
    rooms: tuple[str, str | None]
    number: str
    kind: DoorKind = DoorKind.DOOR
    control: DoorControl = DoorControl.SIGN
    hours: tuple[Spell[DoorControl], ...] = ()  # when it is controlled otherwise


@dataclass(frozen=True, slots=True)
class Floor:
    """A floor of a facility, as drawn: one versioned document. ``level`` orders the floors, 0 is the ground.

    ``waiting_spot`` is where officers are asked to wait, in metres (210 ILCS 85/6.14h(c)(3)). ``north`` is where north
    lies on the sheet, in degrees clockwise from its top; None: nobody has said.
    """

    id: str
    facility_id: str
    name: str
    level: int = 0
    picture: Picture | None = None
    scale: Scale | None = None
    rooms: tuple[Room, ...] = ()
    doors: tuple[Door, ...] = ()
    waiting_spot: Point | None = None
    north: float | None = None

    @property
    def has_hours(self) -> bool:
        """Whether any room or door is something else at other hours."""
        return any(room.hours for room in self.rooms) or any(door.hours for door in self.doors)

    def at(self, local: datetime) -> Floor:
        """The floor as it is at that moment of the facility's wall clock: each room and door as its hours say."""
        if not self.has_hours:
            return self
        rooms = (replace(room, zone_class=at_hour(room.hours, local, room.zone_class)) for room in self.rooms)
        doors = (replace(door, control=at_hour(door.hours, local, door.control)) for door in self.doors)
        return replace(self, rooms=tuple(rooms), doors=tuple(doors))

    def room(self, room_id: str | None) -> Room | None:
        """The room of that id, or None (also for None, which means outside)."""
        return next((room for room in self.rooms if room.id == room_id), None)


@dataclass(frozen=True, slots=True)
class FloorVersion:
    """A saved state of a floor. ``version`` counts from 1; saving needs the version one has seen (optimistic lock)."""

    floor: Floor
    version: int
    saved_at: datetime  # UTC, aware
    saved_by: str  # a person's name
