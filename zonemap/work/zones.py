"""Zones: what the editor changes on a floor. All of a save is kept, or none of it; nothing is repaired in silence."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from zonemap.errors import Conflict, Invalid
from zonemap.geometry.rings import REACH_MOST, check_size, grid_point, valid_room
from zonemap.geometry.uncovered import Uncovered, uncovered
from zonemap.model.change import Change, Drop, Refusal, WaitingSpot
from zonemap.model.facility import Designation, Facility
from zonemap.model.person import Actor
from zonemap.model.plan import Door, Floor, FloorVersion, Point, Room
from zonemap.storage.store import Store
from zonemap.work.permissions import Permission, require, require_floor

CHANGES_MOST = 20_000
ROOM_NUMBER_MOST, ROOM_NAME_MOST, DOOR_NUMBER_MOST = 24, 80, 8
ROOM_FACT_MOST = 200  # letters of a department, a category, the name of a stair
SPELLS_MOST = 7  # hours of one room or door
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class DrawnFloor:
    """A floor as it is drawn now, with its facility and the designation in force."""

    facility: Facility
    saved: FloorVersion
    designation: Designation | None

    @property
    def floor(self) -> Floor:
        """The floor itself."""
        return self.saved.floor


def drawn_floor(store: Store, actor: Actor, floor_id: str) -> DrawnFloor:
    """The newest draft of a floor. Raises NotFound."""
    with store.read() as books:
        saved = require_floor(books, actor, Permission.SEE_PLANS, floor_id)
        facility = books.facilities.get(saved.floor.facility_id)
        return DrawnFloor(facility, saved, books.designations.latest(floor_id))


def beside(store: Store, actor: Actor, floor: Floor) -> tuple[Floor, ...]:
    """The other floors of a floor's facility as they are drawn now, from the lowest."""
    require(actor, Permission.SEE_PLANS, at=floor.facility_id)
    with store.read() as books:
        others = (floor_id for floor_id, _ in books.floors.names(floor.facility_id) if floor_id != floor.id)
        return tuple(books.floors.get(floor_id).floor for floor_id in others)


def fit_to_copy(others: Iterable[Floor]) -> list[tuple[str, str]]:
    """Id and name of the floors that rooms can be copied to: those that can be drawn on."""
    return [(each.id, each.name) for each in others if each.scale is not None]


def open_spaces(store: Store, actor: Actor, floor_id: str) -> tuple[FloorVersion, tuple[Uncovered, ...]]:
    """The parts of a floor's newest draft in no room, the largest first; each can become a room. Raises NotFound."""
    saved = drawn_floor(store, actor, floor_id).saved
    return saved, uncovered(saved.floor)


def shafts_of(others: Iterable[Floor]) -> dict[str, tuple[str, ...]]:
    """Stairs and lifts of floors by name, each with the floors it stops at, in the order of the floors."""
    found: dict[str, list[str]] = {}
    for each in others:
        for shaft in dict.fromkeys(room.shaft for room in each.rooms if room.shaft):
            found.setdefault(shaft, []).append(each.name)
    return {shaft: tuple(floors) for shaft, floors in sorted(found.items())}


def mark(
    store: Store, actor: Actor, floor_id: str, base_version: int, changes: Sequence[Change], *, now: datetime
) -> FloorVersion:
    """Keep the changes as the floor's next version, or keep nothing.

    A new door without a number gets the next free one, which no door of this draft and of the designation in force
    has. Doors of a dropped room go with it. Where nothing differs, no version is made.

    Raises Conflict (``current``, ``base_version``) when somebody saved after ``base_version``; Invalid where changes
    cannot be kept, with ``refused``: a Refusal for each of them; TooLarge over the caps; NotFound.
    """
    if len(changes) > CHANGES_MOST:
        raise Invalid(f"At most {CHANGES_MOST:,} changes can be saved at once.")
    with store.begin() as books:
        current = require_floor(books, actor, Permission.DRAW_PLANS, floor_id)
        _check_base(current, base_version)
        if current.floor.scale is None:
            raise Invalid("This floor has no scale yet. Set the scale first, then draw its rooms.")
        changed = _Marking(current.floor, books.designations.latest(floor_id)).floor_with(changes)
        if changed == current.floor:
            return current
        return books.floors.save(changed, base_version, saved_at=now, saved_by=actor.name)


def fit_floor(floor: Floor) -> Floor:
    """A floor that came in whole, judged as if each room and door of it had just been drawn. Raises Invalid, TooLarge.

    A door without a number keeps none: it was so where it was drawn.
    """
    check_size(floor)
    rooms = {room.id: _fit_room(room) for room in floor.rooms}
    doors = {}
    for door in floor.doors:
        _check_door(door, rooms)
        doors[door.id] = replace(door, jambs=_fit_jambs(door))
    if (len(rooms), len(doors)) != (len(floor.rooms), len(floor.doors)):
        raise Invalid("Two rooms or two doors of this floor have the same id. Export it again.")
    return replace(floor, rooms=tuple(rooms.values()), doors=tuple(doors.values()))


def _check_base(current: FloorVersion, base_version: int) -> None:
    if current.version != base_version:
        raise Conflict(
            f"{current.saved_by} saved this floor in the meantime. Nothing is lost: compare, then save again.",
            current=current,
            base_version=base_version,
        )


class _Marking:
    """The changes applied to one floor, with what was refused on the way."""

    def __init__(self, floor: Floor, designation: Designation | None) -> None:
        self._floor = floor
        self._rooms = {room.id: room for room in floor.rooms}
        self._doors = {door.id: door for door in floor.doors}
        self._spot = floor.waiting_spot
        self._taken = _numbers(floor.doors) | _numbers(designation.floor.doors if designation else ())
        self._refused: list[Refusal] = []

    def floor_with(self, changes: Iterable[Change]) -> Floor:
        """The changed floor. Raises Invalid with every refusal, TooLarge."""
        for change in sorted(changes, key=_order):
            try:
                self._apply(change)
            except Invalid as error:
                self._refused.append(Refusal(change.kind, change.id, error.message, error.data.get("place")))
        self._drop_doors_of_no_room()
        self._refuse_repeated_numbers()
        if self._refused:
            raise Invalid(_summary(self._refused), refused=tuple(self._refused))
        rooms, doors = tuple(self._rooms.values()), tuple(self._doors.values())
        changed = replace(self._floor, rooms=rooms, doors=doors, waiting_spot=self._spot)
        check_size(changed)
        return changed

    def _apply(self, change: Change) -> None:
        if isinstance(change, Drop):
            self._drop(change)
        elif isinstance(change.value, WaitingSpot):
            self._spot = _fit_spot(change.value.at)
        elif isinstance(change.value, Room):
            self._rooms[change.id] = _fit_room(change.value)
        else:
            self._doors[change.id] = self._fit_door(change.value)

    def _drop(self, change: Drop) -> None:
        if change.kind == "spot":
            self._spot = None
        else:
            (self._rooms if change.kind == "room" else self._doors).pop(change.id, None)

    def _fit_door(self, door: Door) -> Door:
        _check_door(door, self._rooms)
        return replace(door, jambs=_fit_jambs(door), number=self._number(door))

    def _number(self, door: Door) -> str:
        """The door's own number, or the next free one. A number is given once: signs on the wall carry it."""
        if not door.number:
            kept = self._doors.get(door.id)
            return kept.number if kept and kept.number else self._next_number()
        self._taken.add(door.number)
        return door.number

    def _next_number(self) -> str:
        highest = max((int(number) for number in self._taken if number.isdecimal()), default=0)
        self._taken.add(str(highest + 1))
        return str(highest + 1)

    def _refuse_repeated_numbers(self) -> None:
        seen: dict[str, Door] = {}
        for door in self._doors.values():
            other = seen.setdefault(door.number, door)
            if door.number and other is not door:
                sentence = f"Another door of this floor has the number {door.number}. Give this one another."
                self._refused.append(Refusal("door", door.id, sentence))

    def _drop_doors_of_no_room(self) -> None:
        there = {*self._rooms, None}
        gone = [door.id for door in self._doors.values() if not there.issuperset(door.rooms)]
        for door_id in gone:
            del self._doors[door_id]


def _order(change: Change) -> int:
    """What is dropped first; rooms before the doors that need them; doors with a number before those that get one."""
    if isinstance(change, Drop):
        return 0
    if isinstance(change.value, Door):
        return 3 if not change.value.number else 2
    return 1


def _numbers(doors: Iterable[Door]) -> set[str]:
    return {door.number for door in doors if door.number}


def _fit_room(room: Room) -> Room:
    _check_id(room.id)
    _check_text("The room's number", room.number, ROOM_NUMBER_MOST)
    _check_text("The room's name", room.name, ROOM_NAME_MOST)
    for name, text in (("department", room.department), ("category", room.category), ("stair or lift", room.shaft)):
        _check_text(f"The room's {name}", text, ROOM_FACT_MOST)
    _check_hours(len(room.hours))
    return valid_room(room)


def _fit_spot(at: Point) -> Point:
    """The spot on the grid. Whether anybody may wait there is judged by the checks, not here."""
    if any(not math.isfinite(value) or abs(value) > REACH_MOST for value in at):
        raise Invalid("The waiting spot lies off the sheet. Put it on the plan again.")
    return grid_point(*at)


def _fit_jambs(door: Door) -> tuple[tuple[float, float], tuple[float, float]]:
    """The jambs on the grid. Whether a wall holds them is judged before the floor is designated, not here."""
    if any(not math.isfinite(value) or abs(value) > REACH_MOST for jamb in door.jambs for value in jamb):
        raise Invalid("This door lies off the sheet. Place it again.")
    first, second = door.jambs
    return grid_point(*first), grid_point(*second)


def _check_door(door: Door, rooms: dict[str, Room]) -> None:
    _check_id(door.id)
    _check_text("The door's number", door.number, DOOR_NUMBER_MOST)
    _check_hours(len(door.hours))
    _check_rooms(door, rooms)


def _check_rooms(door: Door, rooms: dict[str, Room]) -> None:
    here, there = door.rooms
    if here == there:
        raise Invalid("This door leads from a room into itself. Place it on a wall between two rooms.")
    if here not in rooms or (there is not None and there not in rooms):
        raise Invalid("A room of this door is not there. Place the door again, or remove it.")


def _check_id(value: str) -> None:
    if not _ID.fullmatch(value):
        raise Invalid("The id may have letters, figures, - and _ only, at most 64. Reload the page and draw it again.")


def _check_hours(count: int) -> None:
    if count > SPELLS_MOST:
        raise Invalid(f"At most {SPELLS_MOST} hours fit. Remove one first.")


def _check_text(name: str, value: str, most: int) -> None:
    if len(value) > most:
        why = "is the most" if most == ROOM_FACT_MOST else "fit on a sign"
        raise Invalid(f"{name} has {len(value)} letters; {most} {why}. Shorten it.")
    if any(not char.isprintable() for char in value):
        raise Invalid(f"{name} has a character that cannot be printed. Type it again.")


def _summary(refused: Sequence[Refusal]) -> str:
    if len(refused) == 1:
        return refused[0].message
    return f"{len(refused)} of the changes cannot be kept. The first: {refused[0].message}"
