from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.geometry.floors import CLINIC, box, clinic_floor, door, floor, lobby_floor, room
from zonemap.errors import Invalid
from zonemap.geometry.doors import door_at, door_problem, door_problems
from zonemap.geometry.rings import area


@pytest.mark.parametrize("gap", [0.0, 0.15, 0.5])
def test_doors_on_shared_edges_and_in_thick_walls_are_fine(gap):
    assert door_problems(lobby_floor(gap)) == ()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (door("d1", ((1, 4), (1.2, 4)), "lobby", "exam"), r"0\.20 m wide"),
        (door("d1", ((0, 4), (8.5, 4)), "lobby", "exam"), r"8\.50 m wide"),
        (door("d1", ((0, 4), (float("nan"), 4)), "lobby", "exam"), "not a number"),
        (door("d1", ((1, 4), (1.9, 4)), "lobby", "gone"), "no longer there"),
        (door("d1", ((1, 4), (1.9, 4)), "gone", None), "no longer there"),
        (door("d1", ((1, 4), (1.9, 4)), "lobby", "lobby"), "into itself"),
        (door("d1", ((1, 2), (1.9, 2)), "lobby", "exam"), "not lie on a wall of LOBBY Room lobby"),
        (door("d1", ((6, 4), (6.9, 4)), "lobby", "exam"), "not lie on a wall of EXAM Room exam"),
        (door("d1", ((0, 1), (8, 1)), "lobby", None), "not lie on a wall of LOBBY"),
    ],
)
def test_a_door_with_something_wrong_says_what(changed, sentence):
    problem = door_problem(lobby_floor(), changed)

    assert problem is not None
    with pytest.raises(AssertionError, match=sentence):
        raise AssertionError(problem)


@pytest.mark.parametrize("gap", [0.0, 0.3, 0.5])
def test_a_click_near_a_wall_makes_a_door_to_the_room_beyond_in_the_middle_of_the_wall(gap):
    place = door_at(lobby_floor(gap), (1.5, 3.8))

    assert place.rooms == ("lobby", "exam")
    assert sorted(place.jambs) == [(1.05, 4 + gap / 2), (1.95, 4 + gap / 2)]


def test_a_click_on_the_other_side_names_that_room_first():
    assert door_at(lobby_floor(), (6.5, 4.2)).rooms == ("chart", "lobby")


def test_a_click_at_an_outer_wall_makes_an_entrance():
    place = door_at(lobby_floor(), (4, 0.3), width=1.8)

    assert place.rooms == ("lobby", None)
    assert sorted(place.jambs) == [(3.1, 0.0), (4.9, 0.0)]


def test_a_door_keeps_to_the_stretch_that_its_two_rooms_share():
    place = door_at(lobby_floor(), (2.9, 3.9))

    assert place.rooms == ("lobby", "exam")
    assert sorted(place.jambs) == [(2.1, 4.0), (3.0, 4.0)]


def test_a_door_is_narrower_where_the_wall_is_short_and_refused_where_it_is_too_short():
    short = floor([room("a", box(0, 0, 4, 4)), room("b", box(4, 0, 3, 0.7)), room("c", box(4, 3.8, 3, 0.2))])

    assert sorted(door_at(short, (3.9, 0.3)).jambs) == [(4.0, 0.0), (4.0, 0.7)]
    with pytest.raises(Invalid, match=r"only 0\.20 m long"):
        door_at(short, (3.95, 3.9))


def test_a_click_far_from_any_wall_or_on_an_empty_floor_is_refused():
    with pytest.raises(Invalid, match="no wall here"):
        door_at(lobby_floor(), (4, 2))
    with pytest.raises(Invalid, match="no rooms yet"):
        door_at(floor([]), (4, 2))
    with pytest.raises(Invalid, match="wide"):
        door_at(lobby_floor(), (4, 0), width=20)


def test_an_edge_broken_by_a_neighbours_corner_is_one_wall():
    broken = floor([room("a", ((0, 0), (0.5, 0), (4, 0), (4, 3), (0, 3))), room("b", box(0, -3, 4, 3))])

    assert sorted(door_at(broken, (0.5, 0.1)).jambs) == [(0.05, 0.0), (0.95, 0.0)]


@given(st.floats(-1, 9), st.floats(-1, 8), st.floats(0.4, 2.5), st.sampled_from([0.0, 0.2, 0.5]))
def test_wherever_one_clicks_the_door_is_one_that_has_no_problem(x, y, wide, gap):
    place_floor = lobby_floor(gap)
    try:
        place = door_at(place_floor, (x, y), wide)
    except Invalid:
        return
    made = replace(place_floor.doors[0], jambs=place.jambs, rooms=place.rooms)
    assert door_problem(place_floor, made) is None


@pytest.mark.shared
@pytest.mark.skipif(not CLINIC.exists(), reason="the clinic's truth file is not beside this checkout")
def test_the_real_clinics_doors_between_two_rooms_are_found_again_by_clicking_on_them():
    real = clinic_floor()
    large = {room.id for room in real.rooms if area(room.ring) > 2}
    right = wrong = 0
    for made in real.doors:
        if made.rooms[1] is None or not set(made.rooms) <= large or door_problem(real, made):
            continue
        (ax, ay), (bx, by) = made.jambs
        found = door_at(real, ((ax + bx) / 2, (ay + by) / 2), width=0.9)
        right += set(found.rooms) == set(made.rooms)
        wrong += set(found.rooms) != set(made.rooms)
    assert right >= 120
    assert wrong <= 3
