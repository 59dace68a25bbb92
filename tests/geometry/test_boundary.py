import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.geometry.floors import box, floor, lobby_floor, room
from zonemap.geometry.boundary import boundary
from zonemap.model.zone import ZoneClass


def length(lines):
    return sum(math.dist(a, b) for line in lines for a, b in itertools.pairwise(line))


def around(kind, gap=0.0):
    """A public room of 2 x 2 with a closed one on each side."""
    sides = [box(0, 2 + gap, 2, 2), box(0, -2 - gap, 2, 2), box(2 + gap, 0, 2, 2), box(-2 - gap, 0, 2, 2)]
    return floor([room("p", box(0, 0, 2, 2), ZoneClass.PUBLIC), *(room(f"c{i}", s, kind) for i, s in enumerate(sides))])


@pytest.mark.parametrize("gap", [0.0, 0.15, 0.45])
def test_the_line_follows_the_public_side_of_the_wall_and_stops_where_the_next_room_is_not_closed(gap):
    lines = boundary(lobby_floor(gap))

    assert sorted(sorted(line) for line in lines) == [[(0.0, 4.0), (3.0, 4.0)], [(5.0, 4.0), (8.0, 4.0)]]


def test_rooms_more_than_a_wall_apart_do_not_meet():
    assert boundary(lobby_floor(0.6)) == ()


def test_the_line_runs_on_past_the_end_of_a_partition_between_two_closed_rooms():
    found = boundary(
        floor(
            [
                room("lobby", box(0, 0, 8, 4), ZoneClass.PUBLIC),
                room("a", box(0, 4.2, 3.9, 3)),
                room("b", box(4.1, 4.2, 3.9, 3)),
            ]
        )
    )

    assert [sorted(line)[:: len(line) - 1] for line in found] == [[(0.0, 4.0), (8.0, 4.0)]]


@pytest.mark.parametrize("kind", [kind for kind in ZoneClass if kind.is_closed])
def test_a_public_room_with_closed_rooms_all_round_has_a_closed_line(kind):
    (line,) = boundary(around(kind))

    assert line[0] == line[-1]
    assert length([line]) == pytest.approx(8)


def test_two_public_rooms_have_no_line_between_them_even_across_a_wall():
    left, right = room("a", box(0, 0, 4, 4), ZoneClass.PUBLIC), room("b", box(4.2, 0, 4, 4), ZoneClass.PUBLIC)

    (line,) = boundary(floor([left, right, room("c", box(0, 4, 8.2, 3))]))

    assert sorted(line)[:: len(line) - 1] == [(0.0, 4.0), (8.2, 4.0)]
    assert boundary(floor([left, right])) == ()


def test_a_closed_island_in_a_public_hall_has_a_line_around_it():
    ring = ((0, 0), (9, 0), (9, 9), (0, 9), (0, 3.01), (3, 3.01), (3, 6), (6, 6), (6, 3), (0, 3))
    (line,) = boundary(floor([room("hall", ring, ZoneClass.PUBLIC), room("island", box(3, 3, 3, 3))]))

    assert length([line]) == pytest.approx(12, abs=0.05)


def test_undecided_rooms_and_a_floor_without_public_rooms_have_none():
    assert boundary(around(ZoneClass.UNDECIDED)) == ()
    assert boundary(floor([room("a", box(0, 0, 2, 2))])) == ()
    assert boundary(floor([])) == ()


@given(st.lists(st.sampled_from(ZoneClass), min_size=16, max_size=16))
def test_on_a_grid_the_line_is_as_long_as_the_edges_between_public_and_closed_cells(kinds):
    cells = {(i % 4, i // 4): kind for i, kind in enumerate(kinds)}
    expected = 0
    for (x, y), kind in cells.items():
        for other in (cells.get((x + 1, y)), cells.get((x, y + 1))):
            if other and ZoneClass.PUBLIC in (kind, other) and (kind.is_closed or other.is_closed):
                expected += 3

    found = boundary(floor([room(f"r{x}{y}", box(3 * x, 3 * y, 3, 3), kind) for (x, y), kind in cells.items()]))

    assert length(found) == pytest.approx(expected, abs=0.01)
