"""The checks on floors by chance: a few each time, 100,000 of them in parts (``make long``)."""

from __future__ import annotations

import pytest
import shapely

from tests.work.random_floors import random_floor
from zonemap.geometry.thresholds import signed_doors, thresholds
from zonemap.geometry.uncovered import uncovered
from zonemap.model.facility import Facility, SiteKind
from zonemap.work.checks import lacks

FLOORS, PARTS = 100_000, 50
_STEP = 0.003  # metres: GEOS smooths steps in a wall that are smaller, along the edges of a gap
_CLINIC = Facility("x", "Larkspur", "1 Larkspur Ave", "", "Los Angeles", "CA", "90001", SiteKind.CLINIC)
_ROUNDING = 0.005  # square metres: each gap is told in hundredths


def hold(number: int) -> None:
    """What has to hold on the floor of that number."""
    made = random_floor(number)
    floor = made.floor
    there = {each.id for each in (*floor.rooms, *floor.doors)}

    found = lacks(_CLINIC, [floor])

    assert all({lack.room_id, lack.door_id} - {None} <= there for lack in found), number
    assert not any("{" in lack.text.message + lack.text.why for lack in found), number
    assert {each.door.id for each in thresholds(floor)} <= {each.door.id for each in signed_doors(floor)}, number
    if made.area is None:
        return
    assert not any(lack.kind == "overlap" for lack in found), number
    shapes = [shapely.Polygon(room.ring, room.holes) for room in floor.rooms]
    gaps = [part.area for part in uncovered(floor)]
    edges = shapely.box(*shapely.total_bounds(shapes)).difference(shapely.union_all(shapes)).length
    off = _ROUNDING * len(gaps) + _STEP * edges + 1e-6
    assert sum(shape.area for shape in shapes) + sum(gaps) == pytest.approx(made.area, abs=off), number


def test_the_checks_never_raise_and_rooms_and_gaps_make_up_the_floor() -> None:
    for number in range(FLOORS, FLOORS + 200):
        hold(number)


@pytest.mark.parametrize(("number", "area"), [(2096, 5.72), (13007, 4.33)])
def test_a_gap_keeps_its_corners_where_its_wall_has_a_step(number: int, area: float) -> None:
    assert [part.area for part in uncovered(random_floor(number).floor)] == [area]


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_part_of_a_hundred_thousand_floors(part: int) -> None:
    size = FLOORS // PARTS
    for number in range(part * size, (part + 1) * size):
        hold(number)
