"""The desks that the public map names: receptions that are public, and nothing else."""

from __future__ import annotations

import pytest

from zonemap.model.plan import Room
from zonemap.model.zone import ZoneClass
from zonemap.rules.help_desks import help_desks

RING = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))


def test_a_public_reception_is_a_help_desk_and_no_other_room_is() -> None:
    rooms = [
        Room("a", RING, name="Reception", zone_class=ZoneClass.PUBLIC),
        Room("b", RING, name="Reception", zone_class=ZoneClass.PRIVATE),
        Room("c", RING, name="Waiting Room", zone_class=ZoneClass.PUBLIC),
        Room("d", RING, name="Information Desk", zone_class=ZoneClass.PUBLIC),
        Room("e", RING, name="Exam Room 2", zone_class=ZoneClass.PRIVATE),
    ]

    assert help_desks(rooms) == ("a", "d")
    assert help_desks([]) == ()


@pytest.mark.parametrize("zone_class", [each for each in ZoneClass if each is not ZoneClass.PUBLIC])
def test_a_reception_that_is_not_public_helps_nobody(zone_class: ZoneClass) -> None:
    assert help_desks([Room("a", RING, name="Reception", zone_class=zone_class)]) == ()
