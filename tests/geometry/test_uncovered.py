from __future__ import annotations

from dataclasses import replace

import pytest

from tests.geometry.floors import box, floor, room
from zonemap.geometry.cover import overlaps
from zonemap.geometry.rings import valid_floor
from zonemap.geometry.uncovered import uncovered


def test_an_open_space_brings_the_outline_of_the_room_that_it_could_be() -> None:
    around = [
        room("south", box(0, 0, 12, 3)),
        room("north", box(0, 7, 12, 3)),
        room("west", box(0, 3, 3, 4)),
        room("east", box(9, 3, 3, 4)),
        room("kiosk", box(5, 4, 2, 2)),
    ]
    (space,) = uncovered(floor(around))
    ring, *holes = space.shape
    made = valid_floor(floor([*around, replace(room("hall", ring), holes=tuple(holes))]))
    assert space.area == pytest.approx(6 * 4 - 2 * 2)
    assert len(ring) == 4
    assert [len(hole) for hole in holes] == [4]
    assert overlaps(made) == ()
    assert uncovered(made) == ()
