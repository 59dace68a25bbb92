from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.geometry.floors import CLINIC, PUBLIC, clinic_features, clinic_floor, door, lobby_floor
from zonemap.geometry.thresholds import entrances, signed_doors, thresholds
from zonemap.model.hours import Spell
from zonemap.model.plan import DoorKind
from zonemap.model.zone import ZoneClass


def test_a_threshold_is_a_door_where_public_meets_a_closed_room_whichever_is_named_first():
    found = thresholds(lobby_floor())

    assert [(t.door.id, t.public_room.id, t.closed_room.id) for t in found] == [
        ("d1", "lobby", "exam"),
        ("d3", "lobby", "chart"),
    ]


def test_an_opening_without_a_door_is_a_threshold_too():
    plain = lobby_floor()
    opened = replace(plain, doors=(replace(plain.doors[0], kind=DoorKind.OPENING),))

    assert [t.door.id for t in thresholds(opened)] == ["d1"]


def test_a_door_to_an_undecided_room_and_a_door_to_a_room_that_is_gone_are_none():
    plain = lobby_floor()
    lost = replace(plain, doors=(plain.doors[1], door("d9", ((1, 4), (2, 4)), "lobby", "gone")))

    assert thresholds(lost) == ()


def test_doors_come_in_walking_order_clockwise_from_the_rooms_top_left():
    plain = lobby_floor()
    turned = replace(plain, doors=plain.doors[::-1], rooms=plain.rooms[::-1])

    assert [t.door.id for t in thresholds(turned)] == ["d1", "d3"]


def test_entrances_are_the_doors_from_outdoors_public_ones_first():
    found = entrances(lobby_floor())

    assert [(e.door.id, e.room.id, e.is_public) for e in found] == [("d4", "lobby", True), ("d5", "chart", False)]


def test_a_door_from_outdoors_into_a_closed_room_gets_a_sign_after_the_thresholds():
    floor = lobby_floor()
    found = signed_doors(floor)

    assert [each.door for each in found[:-1]] == [each.door for each in thresholds(floor)]
    assert (found[-1].door.id, found[-1].outside, found[-1].inside.id) == ("d5", None, "chart")


@given(st.lists(st.sampled_from(ZoneClass), min_size=4, max_size=4))
def test_a_door_is_a_threshold_exactly_where_one_side_is_public_and_the_other_closed(classes):
    plain = lobby_floor()
    rooms = tuple(replace(room, zone_class=kind) for room, kind in zip(plain.rooms, classes, strict=True))
    kinds = {room.id: room.zone_class for room in rooms}
    open_ = {ZoneClass.PUBLIC}
    shut = {ZoneClass.PRIVATE, ZoneClass.RESIDENTIAL, ZoneClass.RECORDS, ZoneClass.OUTDOOR_PRIVATE}
    expected = {
        d.id
        for d in plain.doors
        if d.rooms[1]
        and {kinds[r] in open_ for r in d.rooms} == {True, False}
        and any(kinds[r] in shut for r in d.rooms)
    }

    assert {t.door.id for t in thresholds(replace(plain, rooms=rooms))} == expected


@pytest.mark.shared
@pytest.mark.skipif(not CLINIC.exists(), reason="the clinic's truth file is not beside this checkout")
def test_the_real_clinics_thresholds_equal_those_read_straight_from_its_doors():
    expected = {
        feature["properties"]["id"]
        for feature in clinic_features()
        if feature["properties"]["kind"] == "door"
        and len(feature["properties"]["rooms"]) == 2
        and len(PUBLIC & set(feature["properties"]["rooms"])) == 1
    }

    found = thresholds(clinic_floor())

    assert {t.door.id for t in found} == expected
    assert len(found) == len(expected) == 26
    assert {t.public_room.id for t in found} <= PUBLIC


def test_a_door_that_is_private_at_night_only_gets_a_sign_with_its_hours():
    night = Spell((0, 1, 2, 3, 4), 1080, 420, ZoneClass.PRIVATE)
    floor = lobby_floor()
    floor = replace(floor, rooms=(replace(floor.rooms[0], hours=(night,)), *floor.rooms[1:]))
    found = {each.door.id: each.hours for each in signed_doors(floor)}

    assert found["d4"] == night  # from the street into the lobby
    assert found["d1"] is None
