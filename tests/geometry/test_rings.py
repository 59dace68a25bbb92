from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.geometry.floors import box, floor, lobby_floor, room
from zonemap.errors import Invalid, TooLarge
from zonemap.geometry.rings import area, check_size, valid_floor, valid_ring

ANYTHING = st.one_of(st.none(), st.booleans(), st.text(max_size=3), st.integers(), st.floats())
RINGS = st.lists(st.one_of(st.lists(ANYTHING, max_size=3), ANYTHING, st.tuples(st.floats(), st.floats())), max_size=12)
NEAR = st.tuples(st.floats(-9, 9), st.floats(-9, 9))


def test_a_rectangle_is_kept_as_it_was_drawn():
    assert valid_ring(box(1, 2, 3, 4)) == box(1, 2, 3, 4)
    assert area(box(1, 2, 3, 4)) == area(box(1, 2, 3, 4)[::-1]) == 12


def test_coordinates_are_rounded_to_the_millimetre_and_a_closing_point_is_dropped():
    ring = valid_ring([[0.00049, -0.0001], [2.0004, 0], [2.0006, 1.9999], [0.00049, -0.0001]])

    assert ring == ((0.0, 0.0), (2.0, 0.0), (2.001, 2.0))
    assert str(ring[0][1]) == "0.0"


def test_corners_that_a_neighbour_shares_stay_on_a_straight_wall():
    ring = ((0.0, 0.0), (2.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0))

    assert valid_ring(ring) == ring


def test_a_bow_tie_is_refused_with_the_place_where_it_crosses_and_is_not_repaired():
    with pytest.raises(Invalid, match=r"crosses or touches itself near 1\.00 m, 1\.00 m") as caught:
        valid_ring(((0, 0), (2, 2), (2, 0), (0, 2)))

    assert caught.value.data["place"] == (1.0, 1.0)


def test_a_ring_that_touches_itself_in_one_corner_is_refused():
    with pytest.raises(Invalid, match="touches itself"):
        valid_ring(((0, 0), (2, 0), (2, 2), (1, 1), (0, 2), (1, 1)))


@pytest.mark.parametrize(
    ("ring", "sentence"),
    [
        (((0, 0), (1, 0)), "at least 3"),
        (((0, 0), (1, 0), (1, 0), (0, 0)), "at least 3"),
        (((0, 0), (1, 0), (2, 0)), "touches itself"),
        (((0, 0), (0.1, 0), (0.1, 0.1)), "encloses almost nothing"),
        (((0, 0), (1, 0), (1, float("nan"))), "not a number"),
        (((0, 0), (1, 0), (float("inf"), 1)), "not a number"),
        (((0, 0), (1, 0), (1, 10**400)), "pairs in metres"),
        (((0, 0), (9000, 0), (1, 1)), "Check the scale"),
        (((0, 0, 0), (1, 0, 0), (1, 1, 0)), "pairs in metres"),
        (None, "list of x and y"),
        ([(i, i % 2) for i in range(1002)], "at most 1,000"),
    ],
)
def test_what_is_no_outline_is_refused_with_a_sentence(ring, sentence):
    with pytest.raises(Invalid, match=sentence):
        valid_ring(ring)


def test_a_thousand_corners_are_accepted():
    comb = [(i * 0.1, 0.5 + (i % 2)) for i in range(998)] + [(100, 9), (0, 9)]

    assert len(valid_ring(comb)) == 1000


@given(RINGS)
def test_whatever_is_sent_comes_back_valid_or_is_refused_as_invalid(ring):
    try:
        accepted = valid_ring(ring)
    except Invalid:
        return
    assert valid_ring(accepted) == accepted


@given(st.lists(NEAR, min_size=3, max_size=8))
@settings(max_examples=200)
def test_an_accepted_ring_has_the_corners_that_were_drawn_and_no_others(points):
    try:
        accepted = valid_ring(points)
    except Invalid:
        return
    assert set(accepted) == {(round(x, 3) + 0.0, round(y, 3) + 0.0) for x, y in points}
    assert area(accepted) >= 0.05


def test_a_floor_names_the_room_whose_outline_is_refused():
    bad = floor([room("a", box(0, 0, 2, 2)), room("b", ((0, 0), (2, 2), (2, 0), (0, 2)))])

    with pytest.raises(Invalid, match="B Room b: The outline crosses") as caught:
        valid_floor(bad)
    assert caught.value.data == {"room_id": "b", "place": (1.0, 1.0)}


def test_a_floor_that_is_fine_comes_back_equal():
    assert valid_floor(lobby_floor()) == lobby_floor()


def test_two_rooms_with_one_id_are_refused():
    with pytest.raises(Invalid, match="Two rooms have the same id"):
        valid_floor(floor([room("a", box(0, 0, 2, 2)), room("a", box(2, 0, 2, 2))]))


def test_a_floor_over_the_caps_is_too_large():
    small = room("a", box(0, 0, 2, 2))
    heavy = room("b", tuple((i * 0.1, 0.5 + (i % 2)) for i in range(1000)))

    with pytest.raises(TooLarge, match="at most 5,000 rooms"):
        check_size(floor([small] * 5001))
    with pytest.raises(TooLarge, match="at most 50,000 corners"):
        check_size(floor([heavy] * 51))
    with pytest.raises(TooLarge, match="at most 10,000 doors"):
        check_size(replace(lobby_floor(), doors=lobby_floor().doors * 2001))
