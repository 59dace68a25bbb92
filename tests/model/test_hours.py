"""Hours of the week, by the wall clock of the facility."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonemap.errors import Invalid
from zonemap.model.floor_document import door_document, door_from, room_document, room_from
from zonemap.model.hours import Spell, at_hour
from zonemap.model.plan import Door, DoorControl, Room
from zonemap.model.zone import ZoneClass

_WEEKDAYS = (0, 1, 2, 3, 4)
_EVENING = Spell(_WEEKDAYS, 18 * 60, 7 * 60, ZoneClass.PRIVATE)  # into the next morning


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-11-23T17:59", ZoneClass.PUBLIC),  # a Monday
        ("2026-11-23T18:00", ZoneClass.PRIVATE),
        ("2026-11-24T06:59", ZoneClass.PRIVATE),
        ("2026-11-24T07:00", ZoneClass.PUBLIC),
        ("2026-11-28T05:00", ZoneClass.PRIVATE),  # Saturday morning still belongs to Friday's evening
        ("2026-11-28T20:00", ZoneClass.PUBLIC),
        ("2026-11-23T05:00", ZoneClass.PUBLIC),  # Sunday has no evening
    ],
)
def test_an_evening_runs_into_the_next_morning(when: str, expected: ZoneClass) -> None:
    assert at_hour((_EVENING,), datetime.fromisoformat(when), ZoneClass.PUBLIC) is expected


def test_the_hour_that_comes_twice_belongs_to_the_spell_both_times() -> None:
    night = Spell((6,), 60, 120, ZoneClass.PRIVATE)  # Sunday from 01:00 to 02:00
    both = [datetime(2026, 11, 1, hour, 30, tzinfo=UTC).astimezone(ZoneInfo("America/Chicago")) for hour in (6, 7)]

    assert [moment.strftime("%H:%M") for moment in both] == ["01:30", "01:30"]
    assert all(night.covers(moment) for moment in both)


def test_equal_times_mean_around_the_clock() -> None:
    sunday = Spell((6,), 0, 0, ZoneClass.PRIVATE)

    assert sunday.covers(datetime(2026, 11, 29, 13, 0))  # noqa: DTZ001 - a wall clock
    assert not sunday.covers(datetime(2026, 11, 30, 0, 0))  # noqa: DTZ001


@given(st.lists(st.integers(0, 6), min_size=1, unique=True), st.integers(0, 1439), st.integers(0, 1440))
def test_hours_survive_being_written_down(days: list[int], start: int, end: int) -> None:
    room = Room("a", ((0, 0), (1, 0), (1, 1)), hours=(Spell(tuple(days), start, end, ZoneClass.PUBLIC),))
    door = Door("d", ((0, 0), (1, 0)), ("a", None), "1", hours=(Spell(tuple(days), start, end, DoorControl.LOCK),))

    assert room_from(room_document(room)) == room
    assert door_from(door_document(door)) == door


@pytest.mark.parametrize(
    "spell",
    [
        {"days": [7], "start": 0, "end": 60, "what": "public"},
        {"days": [], "start": 0, "end": 60, "what": "public"},
        {"days": [1], "start": 1440, "end": 60, "what": "public"},
        {"days": [1], "start": 0, "end": 60, "what": "open"},
        {"days": [1], "start": 0},
    ],
)
def test_hours_that_make_no_sense_are_refused(spell: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        room_from({"id": "a", "ring": [[0, 0], [1, 0], [1, 1]], "hours": [spell]})
