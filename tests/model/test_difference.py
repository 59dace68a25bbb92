"""What differs between two revisions of a floor."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.geometry.floors import box, door, lobby_floor, room
from zonemap.model.difference import Changed, difference
from zonemap.model.hours import Spell
from zonemap.model.plan import DoorControl, Floor
from zonemap.model.zone import ZoneClass

FLOOR = lobby_floor()


def _room(index: int, **changes: object) -> Floor:
    rooms = list(FLOOR.rooms)
    rooms[index] = replace(rooms[index], **changes)  # type: ignore[arg-type]
    return replace(FLOOR, rooms=tuple(rooms))


def _door(index: int, **changes: object) -> Floor:
    doors = list(FLOOR.doors)
    doors[index] = replace(doors[index], **changes)  # type: ignore[arg-type]
    return replace(FLOOR, doors=tuple(doors))


def test_a_floor_does_not_differ_from_itself() -> None:
    assert difference(FLOOR, FLOOR).is_empty


@pytest.mark.parametrize(
    ("after", "changed"),
    [
        (_room(0, zone_class=ZoneClass.PRIVATE), Changed.CLOSED),
        (_room(1, zone_class=ZoneClass.PUBLIC), Changed.OPENED),
        (_room(1, zone_class=ZoneClass.RECORDS), Changed.CLASS),
        (_room(1, name="Exam 2"), Changed.NAME),
        (_room(1, ring=box(0, 4, 2, 3)), Changed.SHAPE),
        (_room(0, hours=(Spell((0,), 0, 60, ZoneClass.PRIVATE),)), Changed.HOURS),
        (replace(FLOOR, rooms=FLOOR.rooms[1:]), Changed.REMOVED),
        (replace(FLOOR, rooms=(*FLOOR.rooms, room("new", box(20, 0, 2, 2)))), Changed.ADDED),
    ],
)
def test_a_change_of_a_room_is_named(after: Floor, changed: Changed) -> None:
    found = difference(FLOOR, after)

    assert [each.changed for each in found.rooms] == [(changed,)]
    assert not found.doors


@pytest.mark.parametrize(
    ("after", "changed"),
    [
        (_door(0, control=DoorControl.LOCK), Changed.CONTROL),
        (_door(0, number="77"), Changed.NAME),
        (_door(0, jambs=((1.1, 4), (2.0, 4))), Changed.PLACE),
        (_door(0, hours=(Spell((0,), 0, 60, DoorControl.LOCK),)), Changed.HOURS),
        (replace(FLOOR, doors=FLOOR.doors[1:]), Changed.REMOVED),
        (replace(FLOOR, doors=(*FLOOR.doors, door("d9", ((5, 4), (5.9, 4)), "lobby", "chart"))), Changed.ADDED),
    ],
)
def test_a_change_of_a_door_is_named(after: Floor, changed: Changed) -> None:
    found = difference(FLOOR, after)

    assert [each.changed for each in found.doors] == [(changed,)]
    assert not found.rooms


def test_rooms_that_changed_sides_come_first() -> None:
    after = replace(
        _room(0, name="Hall"),
        rooms=(replace(FLOOR.rooms[0], name="Hall"), replace(FLOOR.rooms[1], zone_class=ZoneClass.PUBLIC)),
    )

    assert difference(FLOOR, after).rooms[0].changed == (Changed.OPENED,)
