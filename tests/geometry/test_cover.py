import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.geometry.floors import box, floor, grid_floor, room
from zonemap.geometry.cover import outlines, overlaps
from zonemap.geometry.rings import area

BOXES = st.lists(st.builds(box, *[st.integers(0, 9)] * 2, *[st.integers(1, 5)] * 2), max_size=7)


def test_rooms_that_share_a_wall_do_not_overlap():
    assert overlaps(grid_floor(49)) == ()


def test_an_overlap_names_both_rooms_its_area_and_a_place_inside_it():
    (found,) = overlaps(floor([room("a", box(0, 0, 4, 4)), room("b", box(3, 1, 4, 2)), room("c", box(7, 0, 1, 1))]))

    assert (found.first_id, found.second_id, found.area) == ("a", "b", 2.0)
    assert 3 < found.place[0] < 4
    assert 1 < found.place[1] < 3


def test_a_room_inside_another_and_two_equal_rooms_are_overlaps():
    found = overlaps(floor([room("a", box(0, 0, 4, 4)), room("b", box(0, 0, 4, 4)), room("c", box(1, 1, 1, 1))]))

    assert [(o.first_id, o.second_id) for o in found] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_less_than_a_square_centimetre_is_rounding():
    assert overlaps(floor([room("a", box(0, 0, 4, 4)), room("b", box(3.99999, 0, 4, 4))])) == ()


def test_a_floor_without_rooms_has_no_overlaps():
    assert overlaps(floor([])) == ()


@given(BOXES)
def test_every_overlap_of_boxes_is_found_and_none_invented(boxes):
    rooms = [room(f"r{i}", ring) for i, ring in enumerate(boxes)]
    expected = {}
    for i, ((left, low), _, (right, high), _) in enumerate(boxes):
        for j, ((left2, low2), _, (right2, high2), _) in enumerate(boxes[:i]):
            wide, tall = min(right, right2) - max(left, left2), min(high, high2) - max(low, low2)
            if wide > 0 and tall > 0:
                expected[f"r{j}", f"r{i}"] = wide * tall

    found = overlaps(floor(rooms))

    assert {(o.first_id, o.second_id): o.area for o in found} == pytest.approx(expected)
    assert all(o.area <= area(boxes[0]) * 100 for o in found)


@pytest.mark.parametrize("gap", [0.0, 0.5])
def test_the_outlines_of_rooms_run_around_those_that_share_a_wall_and_around_holes(gap):
    ring = [room(f"r{x}{y}", box(3 * x, 3 * y, 3, 3)) for x in range(3) for y in range(3) if (x, y) != (1, 1)]
    apart = room("apart", box(9 + gap, 0, 2, 2))

    found = outlines([*ring, apart])

    assert sorted(round(area(each), 3) for each in found) == ([4, 9, 81] if gap else [9, 85])
    assert outlines([]) == ()
