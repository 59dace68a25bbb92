import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import Point, Polygon
from shapely import box as shape_box

from tests.geometry.floors import box, room
from zonemap.errors import Invalid
from zonemap.geometry.labels import beside_label, label_places, label_point
from zonemap.geometry.rings import valid_ring


def test_a_rectangles_label_stands_in_its_middle_and_may_fill_it():
    (place,) = label_places([(box(2, 4, 6, 3),)])

    assert (place.point, place.width, place.height) == ((5.0, 5.5), 6.0, 3.0)


def test_the_label_of_an_l_shape_stands_inside_it_where_it_is_widest():
    ring = ((0, 0), (10, 0), (10, 1.5), (1, 1.5), (1, 10), (0, 10))

    x, y = label_point(ring)

    assert Polygon(ring).contains(Point(x, y))
    assert y < 1.5


def test_no_rings_have_no_places():
    assert label_places([]) == []


@given(st.lists(st.tuples(st.floats(0, 20), st.floats(0, 20)), min_size=3, max_size=7))
def test_the_free_box_lies_inside_the_room(points):
    try:
        ring = valid_ring(points)
    except Invalid:
        assume(False)
    (place,) = label_places([(ring,)])
    (x, y), half = place.point, (place.width / 2, place.height / 2)
    free = shape_box(x - half[0], y - half[1], x + half[0], y + half[1])
    assert Polygon(ring).buffer(0.01).contains(free)


def test_rectangles_and_other_shapes_keep_their_order():
    triangle = ((0, 0), (6, 0), (3, 6))
    places = label_places([(box(0, 0, 1, 1),), (triangle,), (box(5, 5, 2, 2),)])

    assert places[0].point == (0.5, 0.5)
    assert places[1].point[0] == pytest.approx(3, abs=0.2)
    assert places[2].point == (6.0, 6.0)


def test_a_mark_stands_beside_the_label_and_inside_the_room():
    for ring in (box(0, 0, 8, 6), box(0, 0, 1.2, 1.2), box(0, 0, 9, 1.5)):
        here = room("hall", ring)
        place, label = beside_label(here), label_point(ring)
        assert Polygon(ring).covers(Point(place))
        assert place != label or max(x for x, _ in ring) < 2
