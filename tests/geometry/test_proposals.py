import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from zonemap.geometry.affine import after, inverse, moved
from zonemap.geometry.proposals import fitted, on_walls
from zonemap.model.plan import Door, Room


def box(room_id: str, left: float, low: float, right: float, high: float) -> Room:
    return Room(room_id, ((left, low), (right, low), (right, high), (left, high)))


def test_a_proposal_on_a_drawn_room_is_that_room_and_one_beside_it_stays_as_it_is() -> None:
    drawn = [box("d", 0, 0, 4, 4)]
    beside = box("p", 4, 0, 8, 4)
    found = fitted(drawn, [box("same", 0.1, 0.1, 4.1, 4), beside])
    assert found.rooms == (beside,)
    assert found.taken == {"same": "d"}


def test_a_proposal_that_reaches_into_a_drawn_room_gives_way() -> None:
    (room,) = fitted([box("d", 0, 0, 4, 4)], [box("p", 3.8, 0, 8, 4)]).rooms
    assert shapely.Polygon(room.ring).bounds == (4, 0, 8, 4)


def test_an_outline_that_crosses_itself_or_falls_to_pieces_is_left_out() -> None:
    bow = Room("bow", ((0.0, 10.0), (4.0, 14.0), (4.0, 10.0), (0.0, 14.0)))
    cut = box("cut", 0, 1, 12, 3)
    found = fitted([box("d", 5, 0, 7, 4)], [bow, cut])
    assert found.rooms == ()
    assert found.taken == {"bow": None, "cut": None}


def test_doors_are_put_on_the_wall_and_not_where_there_is_one() -> None:
    rooms = [box("a", 0, 0, 4, 4), box("b", 4, 0, 8, 4)]
    near = Door("n", ((3.9, 1.0), (3.9, 1.9)), ("a", "b"), "")
    far = Door("f", ((2.0, 1.0), (2.0, 1.9)), ("a", "b"), "")
    again = Door("g", ((4.05, 3.0), (4.05, 3.9)), ("a", "b"), "")
    (door,) = on_walls([near, far, again], rooms, [Door("t", ((4.0, 3.1), (4.0, 3.9)), ("a", "b"), "1")])
    assert (door.id, door.jambs) == ("n", ((4.0, 1.0), (4.0, 1.9)))


@given(st.lists(st.floats(-5, 5), min_size=6, max_size=6).filter(lambda v: abs(v[0] * v[4] - v[1] * v[3]) > 0.1))
def test_there_and_back_is_where_one_was(values: list[float]) -> None:
    there = tuple(values)
    back = after(there, inverse(there))
    assert moved((3.0, -2.0), back) == pytest.approx((3.0, -2.0), abs=1e-6)
