"""The route past the doors of a facility."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.geometry.floors import CLINIC, box, clinic_floor, door, floor, grid_floor, lobby_floor, room
from zonemap.geometry.doors import middle
from zonemap.geometry.thresholds import signed_doors
from zonemap.geometry.walk import walk
from zonemap.model.plan import Floor
from zonemap.model.zone import ZoneClass


def names(*floors: Floor) -> list[str]:
    return [name for _, name in walk(floors).doors]


def test_a_walk_begins_at_the_public_entrance_and_goes_on_to_the_nearest_door():
    assert names(lobby_floor()) == ["d4", "d2", "d3", "d5", "d1"]


def test_only_wanted_doors_are_walked_past():
    made = walk([lobby_floor()], [("floor", "d1"), ("floor", "d3")])

    assert made.doors == (("floor", "d1"), ("floor", "d3"))
    assert made.steps == (0.0, pytest.approx(5.0))


def test_the_next_floor_is_walked_from_its_stair():
    def level(name: str, number: int) -> Floor:
        rooms = [
            room(f"{name}-hall", box(0, 0, 20, 4), ZoneClass.PUBLIC),
            replace(room(f"{name}-stair", box(20, 0, 3, 4), ZoneClass.PUBLIC), shaft="A"),
        ]
        doors = [
            door(f"{name}-far", ((1, 4), (1.9, 4)), f"{name}-hall", None),
            door(f"{name}-near", ((17, 4), (17.9, 4)), f"{name}-hall", None),
            door(f"{name}-in", ((20, 1), (20, 2)), f"{name}-hall", f"{name}-stair"),
        ]
        return replace(floor(rooms, doors), id=name, level=number)

    assert names(level("up", 1), level("down", 0)) == ["down-far", "down-near", "down-in", "up-in", "up-near", "up-far"]


def test_doors_that_no_way_leads_to_come_after_the_others_nearest_first():
    island = [room("a", box(20, 0, 4, 4)), room("b", box(24, 0, 4, 4))]
    loose = [door("d8", ((24, 1), (24, 2)), "a", "b"), door("d9", ((99, 0), (99, 1)), "gone", "b")]
    base = lobby_floor()
    drawn = replace(base, rooms=(*base.rooms, *island), doors=(*base.doors, *loose))

    assert names(drawn) == ["d4", "d2", "d3", "d5", "d1", "d8", "d9"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_wanted_door_is_passed_once_and_the_same_floors_give_the_same_walk(data):
    drawn = grid_floor(49)
    kept = data.draw(st.sets(st.sampled_from(drawn.doors)))
    wanted = [(drawn.id, each.id) for each in kept]
    made = walk([drawn], wanted)

    assert sorted(made.doors) == sorted(wanted)
    assert made == walk([replace(drawn, doors=tuple(data.draw(st.permutations(drawn.doors))))], wanted[::-1])
    assert len(made.steps) == len(wanted)


@pytest.mark.shared
@pytest.mark.skipif(not CLINIC.exists(), reason="the floor plans that lie beside a checkout are not here")
def test_on_a_real_floor_the_walk_is_a_quarter_shorter_than_the_order_in_which_one_reads():
    drawn = clinic_floor()
    places = {each.id: middle(each) for each in drawn.doors}
    reading = [each.door.id for each in signed_doors(drawn)]
    walked = [name for _, name in walk([drawn], [(drawn.id, name) for name in reading]).doors]

    def metres(order: list[str]) -> float:
        return sum(math.dist(places[here], places[there]) for here, there in pairwise(order))

    assert metres(walked) < 0.75 * metres(reading)
