"""What is different between two revisions of a floor: rooms and doors, matched by their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from zonemap.model.plan import Door, Floor, Room


class Changed(StrEnum):
    """What happened to a room or a door. Public space that closed, or the other way round, comes first."""

    OPENED = "opened"  # closed before, public now
    CLOSED = "closed"
    CLASS = "class"  # another class on the same side
    ADDED = "added"
    REMOVED = "removed"
    SHAPE = "shape"
    NAME = "name"
    CONTROL = "control"
    HOURS = "hours"
    PLACE = "place"  # a door that stands elsewhere, or leads elsewhere


Thing = TypeVar("Thing", Room, Door)


@dataclass(frozen=True, slots=True)
class RoomDifference:
    """A room before and after; None where it was not there."""

    before: Room | None
    after: Room | None
    changed: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class DoorDifference:
    """A door before and after; None where it was not there."""

    before: Door | None
    after: Door | None
    changed: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs, rooms that changed sides first."""

    rooms: tuple[RoomDifference, ...]
    doors: tuple[DoorDifference, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not self.rooms and not self.doors


def difference(before: Floor, after: Floor) -> Difference:
    """What turns the first floor into the second."""
    rooms = [
        RoomDifference(was, now, changed)
        for was, now in _pairs(before.rooms, after.rooms)
        if (changed := _change(was, now, _room_changes))
    ]
    doors = [
        DoorDifference(was, now, changed)
        for was, now in _pairs(before.doors, after.doors)
        if (changed := _change(was, now, _door_changes))
    ]
    order = {kind: place for place, kind in enumerate(Changed)}
    rooms.sort(key=lambda each: order[each.changed[0]])
    doors.sort(key=lambda each: order[each.changed[0]])
    return Difference(tuple(rooms), tuple(doors))


def _pairs(before: Sequence[Thing], after: Sequence[Thing]) -> Iterator[tuple[Thing | None, Thing | None]]:
    now = {each.id: each for each in after}
    was = {each.id for each in before}
    for each in before:
        yield each, now.get(each.id)
    for each in after:
        if each.id not in was:
            yield None, each


def _change(
    was: Thing | None, now: Thing | None, changes: Callable[[Thing, Thing], Iterator[Changed]]
) -> tuple[Changed, ...]:
    if was is None:
        return (Changed.ADDED,)
    if now is None:
        return (Changed.REMOVED,)
    return tuple(changes(was, now))


def _room_changes(was: Room, now: Room) -> Iterator[Changed]:
    if was.zone_class is not now.zone_class:
        sides = (was.zone_class.is_closed, now.zone_class.is_closed)
        yield {(True, False): Changed.OPENED, (False, True): Changed.CLOSED}.get(sides, Changed.CLASS)
    if (was.ring, was.holes) != (now.ring, now.holes):
        yield Changed.SHAPE
    if (was.number, was.name) != (now.number, now.name):
        yield Changed.NAME
    if was.hours != now.hours:
        yield Changed.HOURS


def _door_changes(was: Door, now: Door) -> Iterator[Changed]:
    if (was.jambs, was.rooms, was.kind) != (now.jambs, now.rooms, now.kind):
        yield Changed.PLACE
    if was.number != now.number:
        yield Changed.NAME
    if was.control is not now.control:
        yield Changed.CONTROL
    if was.hours != now.hours:
        yield Changed.HOURS
