"""The record's chain: an edit, a deletion, a reordering and a cut end are each named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from zonemap.model.record import Entry, Head, RecordKind, code, faults, next_entry

_AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def entries() -> list[Entry]:
    made: list[Entry] = []
    for number in range(1, 6):
        before = made[-1] if made else None
        body = {"number": number, "name": "Empfang 受付"}
        made.append(next_entry(before, "f", RecordKind.DESIGNATION, body, recorded_at=_AT, recorded_by="Ana"))
    return made


def test_an_untouched_record_is_in_order(entries: list[Entry]) -> None:
    assert faults(entries, Head(5, entries[4].hash)) == ()
    assert faults([]) == ()


def test_the_format_stays_what_it_is(entries: list[Entry]) -> None:
    assert entries[0].body == '{"name":"Empfang 受付","number":1}'
    assert entries[0].hash == _FIRST_HASH
    assert code(entries[0].hash) == f"{_FIRST_HASH[:4]}-{_FIRST_HASH[4:8]}".upper()


_FIRST_HASH = "c3526532c6d2c2b6d8320b2b704ac0a4ec38a62f45059e7fbacdb1b547083a14"


@pytest.mark.parametrize("at", range(5))
def test_an_edit_is_named_by_its_position(entries: list[Entry], at: int) -> None:
    for changed in ({"body": "{}"}, {"recorded_by": "Eve"}, {"kind": RecordKind.APPROVAL}, {"previous": "1" * 64}):
        touched = [replace(each, **changed) if place == at else each for place, each in enumerate(entries)]

        assert at + 1 in {fault.position for fault in faults(touched)}


def test_an_edit_whose_hash_was_made_anew_breaks_the_next_entry(entries: list[Entry]) -> None:
    forged = next_entry(entries[1], "f", RecordKind.DESIGNATION, {"number": 99}, recorded_at=_AT, recorded_by="Ana")

    assert [fault.position for fault in faults([*entries[:2], forged, *entries[3:]])] == [4]


@pytest.mark.parametrize("at", range(4))
def test_a_deletion_is_named_by_its_position(entries: list[Entry], at: int) -> None:
    assert [fault.position for fault in faults([*entries[:at], *entries[at + 1 :]])] == [at + 1]


def test_a_reordering_is_named(entries: list[Entry]) -> None:
    assert faults([entries[0], entries[2], entries[1], *entries[3:]])[0].position == 2
    renumbered = [entries[0], replace(entries[2], position=2), replace(entries[1], position=3), *entries[3:]]
    assert faults(renumbered)[0].position == 2


def test_a_cut_end_shows_only_against_a_printed_head(entries: list[Entry]) -> None:
    assert faults(entries[:3]) == ()
    (fault,) = faults(entries[:3], Head(5, entries[4].hash[:16]))
    assert "The last 2 of them are gone" in fault.message


def test_another_record_than_the_printed_one_is_named(entries: list[Entry]) -> None:
    (fault,) = faults(entries, Head(5, "0" * 16))

    assert fault.position == 5
