"""Rooms grown to the middle of their walls are a coverage: shared corners, no gap across a wall, no overlap."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracing.drawn import polygons
from zonemap.model.draft import DraftRoom
from zonemap.tracing.cover import shared_walls

Box = tuple[float, float, float, float]


def rooms_of(boxes: Sequence[Box], *, turn: float = 0.0) -> tuple[DraftRoom, ...]:
    cos, sin = math.cos(turn), math.sin(turn)
    corners = [((x0, y0), (x1, y0), (x1, y1), (x0, y1)) for x0, y0, x1, y1 in boxes]
    rings = [tuple((x * cos - y * sin, x * sin + y * cos) for x, y in ring) for ring in corners]
    return tuple(DraftRoom(f"r{at}", ring, number=str(at)) for at, ring in enumerate(rings))


def test_neighbours_meet_in_the_middle_of_their_wall_with_as_few_corners_as_there_are() -> None:
    left, right = shared_walls(rooms_of([(0, 0, 4, 5), (4.2, 0, 8, 5)]), 1.0)
    assert set(left.ring) == {(0, 0), (4.1, 0), (4.1, 5), (0, 5)}
    assert set(right.ring) == {(4.1, 0), (8, 0), (8, 5), (4.1, 5)}


def test_walls_that_meet_in_a_t_share_the_corner_where_they_meet() -> None:
    top, left, right = shared_walls(rooms_of([(0, 3.2, 8, 6), (0, 0, 3.9, 3), (4, 0, 8, 3)]), 1.0)
    assert (3.95, 3.1) in set(top.ring) & set(left.ring) & set(right.ring)
    assert (len(top.ring), len(left.ring), len(right.ring)) == (5, 4, 4)


def test_outer_walls_stay_at_their_face_and_thick_blocks_stay_free() -> None:
    near, far = shared_walls(rooms_of([(0, 0, 4, 5), (5, 0, 9, 5)]), 1.0)
    assert shapely.Polygon(near.ring).equals(shapely.box(0, 0, 4, 5))
    assert shapely.Polygon(far.ring).equals(shapely.box(5, 0, 9, 5))


def test_a_room_around_others_keeps_its_hole_and_its_name() -> None:
    ring = ((0, 0), (12, 0), (12, 9), (0, 9))
    around = DraftRoom("c", ring, (((3, 3), (9, 3), (9, 6), (3, 6)),), number="C1", name="CORRIDOR")
    corridor, room = shared_walls((around, *rooms_of([(3.2, 3.2, 8.8, 5.8)])), 1.0)
    assert (corridor.id, corridor.number, corridor.name, len(corridor.holes)) == ("c", "C1", "CORRIDOR", 1)
    assert set(corridor.holes[0]) == set(room.ring) == {(3.1, 3.1), (8.9, 3.1), (8.9, 5.9), (3.1, 5.9)}


def test_units_of_the_file_come_back_and_nothing_comes_of_nothing() -> None:
    left, _ = shared_walls(rooms_of([(0, 0, 400, 500), (420, 0, 800, 500)]), 0.01)
    assert {(round(x, 6), round(y, 6)) for x, y in left.ring} == {(0, 0), (410, 0), (410, 500), (0, 500)}
    assert shared_walls((), 1.0) == ()
    assert len(shared_walls(rooms_of([(0, 0, 4, 5), (1, 1, 2, 2)]), 1.0)) == 1


@st.composite
def floors(draw: st.DrawFn) -> tuple[DraftRoom, ...]:
    """Rows of rooms on either side of walls of any thickness, turned by any angle."""
    boxes: list[Box] = []
    y = 0.0
    for _ in range(draw(st.integers(1, 3))):
        deep, x = draw(st.floats(1.5, 6)), 0.0
        for _ in range(draw(st.integers(1, 4))):
            wide = draw(st.floats(1.2, 7))
            boxes.append((x, y, x + wide, y + deep))
            x += wide + draw(st.floats(0.0, 0.5))
        y += deep + draw(st.floats(0.0, 0.5))
    return rooms_of(boxes, turn=draw(st.sampled_from([0.0, 0.3, 1.1, math.pi / 4])))


@settings(max_examples=25, deadline=None)
@given(floors())
def test_any_rooms_become_a_coverage_on_the_grid(rooms: tuple[DraftRoom, ...]) -> None:
    cover = shared_walls(rooms, 1.0)

    shapes = polygons(cover)
    assert [room.id for room in cover] == [room.id for room in rooms]
    assert all(shape.is_valid for shape in shapes)
    assert shapely.coverage_is_valid(shapes)
    assert all(math.isclose(value, round(value, 3)) for room in cover for point in room.ring for value in point)
    before = shapely.union_all(polygons(rooms))
    assert before.difference(shapely.union_all(shapes)).area <= 0.02 * before.area
    assert sum(len(room.ring) for room in cover) <= 12 * len(rooms)


@pytest.mark.parametrize("turn", [0.0, 0.4])
def test_straight_walls_of_a_grid_of_rooms_stay_straight(turn: float) -> None:
    boxes = [(c * 4.2, r * 3.15, c * 4.2 + 4, r * 3.15 + 3) for c in range(4) for r in range(3)]
    cover = shared_walls(rooms_of(boxes, turn=turn), 1.0)
    assert sum(len(room.ring) for room in cover) <= 4 * len(boxes) + 4
