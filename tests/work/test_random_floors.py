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
_ONCE_WRONG = (2096, 13007)  # a corner of a gap was rounded off where its wall has a step
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
    rooms = sum(shapely.Polygon(room.ring, room.holes).area for room in floor.rooms)
    gaps = [part.area for part in uncovered(floor)]
    assert rooms + sum(gaps) == pytest.approx(made.area, abs=_ROUNDING * len(gaps) + 1e-6), number


def test_the_checks_never_raise_and_rooms_and_gaps_make_up_the_floor() -> None:
    for number in (*_ONCE_WRONG, *range(FLOORS, FLOORS + 200)):
        hold(number)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_part_of_a_hundred_thousand_floors(part: int) -> None:
    size = FLOORS // PARTS
    for number in range(part * size, (part + 1) * size):
        hold(number)
