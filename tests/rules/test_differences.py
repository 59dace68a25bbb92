"""What changed between two revisions, told in sentences: each kind of change, with what was before and what is now."""

from __future__ import annotations

from zonemap.model.difference import Changed, Difference, DoorDifference, RoomDifference
from zonemap.model.plan import Door, DoorControl, Room
from zonemap.model.zone import ZoneClass
from zonemap.rules.differences import sentences

WAS = Room("room-1", ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)), number="7", name="Hall", zone_class=ZoneClass.PUBLIC)
NOW = Room("room-1", ((0.0, 0.0), (2.0, 0.0), (2.0, 1.0)), number="7", name="Ward", zone_class=ZoneClass.PRIVATE)
DOOR_WAS = Door("door-1", ((0.0, 0.0), (1.0, 0.0)), ("room-1", None), "D1", control=DoorControl.LOCK)
DOOR_NOW = Door("door-1", ((0.0, 0.0), (1.0, 0.0)), ("room-1", None), "D2", control=DoorControl.STAFF)


def test_a_room_is_told_by_what_it_was_and_what_it_is() -> None:
    changed = (Changed.OPENED, Changed.CLOSED, Changed.CLASS, Changed.SHAPE, Changed.NAME, Changed.HOURS)

    assert sentences(Difference((RoomDifference(WAS, NOW, changed),), ())) == (
        "7 Ward: was public, is open to the public now",
        "7 Ward: was open to the public, is private now",
        "7 Ward: was public, is private now",
        "7 Ward has another outline",
        "7 Hall is called 7 Ward now",
        "7 Ward has other hours",
    )


def test_what_is_new_or_gone_is_told_by_itself() -> None:
    rooms = (RoomDifference(None, NOW, (Changed.ADDED,)), RoomDifference(WAS, None, (Changed.REMOVED,)))
    doors = (DoorDifference(None, DOOR_NOW, (Changed.ADDED,)), DoorDifference(DOOR_WAS, None, (Changed.REMOVED,)))

    assert sentences(Difference(rooms, doors)) == (
        "7 Ward is new: private",
        "7 Hall is gone (it was public)",
        "Door D2 is new",
        "Door D1 is gone",
    )


def test_a_door_is_told_by_its_number_and_what_keeps_it() -> None:
    changed = (Changed.PLACE, Changed.NAME, Changed.CONTROL, Changed.HOURS)

    assert sentences(Difference((), (DoorDifference(DOOR_WAS, DOOR_NOW, changed),))) == (
        "Door D2 stands or leads elsewhere",
        "Door D1 has the number D2 now",
        "Door D2 is controlled otherwise: a lock, key or code before, staff who are always there now",
        "Door D2 has other hours",
    )
