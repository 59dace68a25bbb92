"""The classes a room can have."""

from __future__ import annotations

from zonemap.model.zone import ZoneClass


def test_every_class_has_a_letter_of_its_own() -> None:
    letters = [zone_class.letter for zone_class in ZoneClass]

    assert sorted(letters) == sorted(set("OPHRY?"))


def test_only_public_and_undecided_rooms_are_not_closed() -> None:
    assert {zone_class for zone_class in ZoneClass if not zone_class.is_closed} == {
        ZoneClass.PUBLIC,
        ZoneClass.UNDECIDED,
    }
