"""Designated floors with their words, as the work layer hands them to paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.geometry.floors import grid_floor, lobby_floor
from zonemap.geometry.thresholds import entrances, thresholds
from zonemap.model.facility import Designation, Facility, SiteKind
from zonemap.model.plan import Floor
from zonemap.model.sign import DoorSign, EntranceNotice, FloorSigns, Whom
from zonemap.rules.signs import chosen_languages, door_words, notice_words, zone_on_sheet

FACILITY = Facility(
    "f", "Larkspur Avenue Clinic", "1420 Larkspur Avenue", "", "Chicago", "IL", "60601", SiteKind.CLINIC
)


def signs_of(floor: Floor, languages=("en", "es"), officers: Whom | None = None, citation: str = "") -> FloorSigns:
    """The sheets of a floor, as the work layer would hand them on."""
    chosen = chosen_languages(languages)
    designated = Designation("d", FACILITY, floor, 7, 3, datetime(2026, 9, 30, 15, tzinfo=UTC), "Ana")
    return FloorSigns(
        designation=designated,
        policy_number="12",
        signs=tuple(
            DoorSign(
                each.door,
                each.public_room,
                each.closed_room,
                zone_on_sheet(each.closed_room),
                tuple(
                    door_words(each.closed_room.zone_class, SiteKind.CLINIC, language, officers=officers)
                    for language in chosen
                ),
                citation,
            )
            for each in thresholds(floor)
        ),
        notices=tuple(
            EntranceNotice(
                each.door,
                each.room,
                zone_on_sheet(each.room),
                tuple(notice_words(SiteKind.CLINIC, language, Whom("reception", "555-0117")) for language in chosen),
                "8 CFR 287.8(f)(2)",
            )
            for each in entrances(floor)
            if each.is_public
        ),
    )


@pytest.fixture
def signed():
    """Makes the sheets of a floor: ``signed(floor, languages=("en", "es"), officers=None)``."""
    return signs_of


@pytest.fixture
def lobby(signed) -> FloorSigns:
    """One entrance, a private and a records door."""
    return signed(lobby_floor(0.2))


@pytest.fixture
def many_doors(signed) -> FloorSigns:
    """Twenty-six doors and more: every closed class, and a schedule of two pages."""
    return signed(replace(grid_floor(100), name="Second floor"))
