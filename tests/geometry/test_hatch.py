import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import LineString, Polygon

from tests.geometry.floors import box
from zonemap.errors import Invalid
from zonemap.geometry.hatch import HatchFamily, hatch
from zonemap.geometry.rings import valid_ring


def test_level_lines_in_a_box_run_from_side_to_side():
    assert hatch([(box(1, 0.5, 4, 2),)], [HatchFamily(0, 1)]) == [((1, 1), (5, 1)), ((1, 2), (5, 2))]


def test_lines_run_on_from_room_to_room():
    assert hatch([(box(0, 0.5, 4, 1),), (box(4, 0.5, 4, 1),)], [HatchFamily(0, 1)]) == [((0, 1), (8, 1))]


def test_a_notch_is_left_free():
    notched = ((0, 0), (9, 0), (9, 3), (6, 3), (6, 0.5), (3, 0.5), (3, 3), (0, 3))

    assert hatch([(notched,)], [HatchFamily(0, 2)]) == [((0, 0), (9, 0)), ((0, 2), (3, 2)), ((6, 2), (9, 2))]


def test_dashes_are_broken_and_every_second_line_is_moved():
    found = hatch([(box(0, 0.5, 6, 2),)], [HatchFamily(0, 1, dash=(2, 1))])

    assert found == [((0, 1), (0.5, 1)), ((1.5, 1), (3.5, 1)), ((4.5, 1), (6, 1)), ((0, 2), (2, 2)), ((3, 2), (5, 2))]


@given(
    st.lists(st.tuples(st.floats(0, 20), st.floats(0, 20)), min_size=3, max_size=8),
    st.floats(0, 180),
    st.floats(0.5, 3),
)
def test_every_line_lies_inside_and_together_they_are_as_dense_as_asked(points, angle, spacing):
    try:
        ring = valid_ring(points)
    except Invalid:
        assume(False)
    shape = Polygon(ring)
    found = hatch([(ring,)], [HatchFamily(angle, spacing)])

    assert all(shape.buffer(0.001).covers(LineString(segment)) for segment in found)
    total = sum(math.dist(a, b) for a, b in found)
    diagonal = math.dist((0, 0), (20, 20))
    assert total == pytest.approx(shape.area / spacing, abs=len(ring) * diagonal)
