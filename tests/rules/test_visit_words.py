"""What the form of a visit reminds of: what a state asks to be written down, and what must not stand in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonemap.model.facility import Facility, SiteKind
from zonemap.model.visit import Details, Happening, Moment, Officer, Visit
from zonemap.rules.visit_words import Missing, doubtful, missing

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TEXAS = Facility("a" * 32, "Larkspur Clinic", "1420 Larkspur Avenue", "", "Salem", "TX", "7", SiteKind.CLINIC)
CALIFORNIA = replace(TEXAS, state="CA")
ILLINOIS = replace(TEXAS, state="IL", site_kind=SiteKind.HOSPITAL)
WHOLE = Officer("Doe", "ICE", "88")
DONE = Details(officers=(WHOLE,), refusal_said_by="Ana", witness="Bo", follow_up_owner="Cy", names_asked=True)
CAME, REFUSED = Happening.ARRIVED, Happening.NO_CONSENT_SAID


def visit(details: Details, *happened: Happening) -> Visit:
    timeline = tuple(Moment(each, NOW, "", NOW, "Ana") for each in happened)
    return Visit("v", TEXAS.id, NOW, "Ana", {}, details, timeline, None, "", (), (), 1, "0" * 64)


def lacks(details: Details, *happened: Happening, at: Facility = TEXAS) -> list[tuple[str, str]]:
    """The fields that are missing, each with the law that asks for it."""
    return [(each.field, each.source) for each in missing(at, visit(details, *happened))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They asked for patient Maria Lopez today", "patient Maria Lopez"),
        ("Patient Maria was called", "Patient Maria"),
        ("PATIENT named Lee", "PATIENT named Lee"),
        ("a patient, called Mr. Lopez", "patient, called Mr. Lopez"),
        ("the patient is Dr Chen", "patient is Dr Chen"),
        ("patients Ngo and Li", "patients Ngo"),
        ("patient José Pérez waits", "patient José Pérez"),
        ("patient Łukasz McDonald", "patient Łukasz McDonald"),
        ("SHE IS UNDOCUMENTED", "UNDOCUMENTED"),
        ("his green card", "green card"),
        ("visa overstay, they said", "visa overstay"),
        ("for Dialysis", "Dialysis"),
        ("pregnant", "pregnant"),
        ("chemo", "chemo"),
        ("dob 1/2/1970", "dob"),
        ("A12345678", "A12345678"),
        ("a123456789", "a123456789"),
        ("123-45-6789", "123-45-6789"),
        ("the A-number", "A-number"),
    ],
)
def test_what_looks_like_a_patient_s_name_status_health_or_number_is_told(text: str, found: str) -> None:
    (doubt,) = doubtful(text)

    assert doubt.found == found
    assert doubt.sentence.startswith("This looks like ")


@pytest.mark.parametrize(
    "text",
    [
        *("a patient waited", "patients wait in room 4", "Patient Rights were handed out", "PATIENTS WERE MOVED"),
        *("impatient Bo", "A1234567 is short", "1234-56-789", "documented", "a visit ended", ""),
    ],
)
def test_plain_words_are_left_alone(text: str) -> None:
    assert doubtful(text) == ()


def test_each_kind_of_doubt_is_told_once_a_text_wherever_the_text_stands() -> None:
    values = {"a": ["patient Maria, DOB unknown, DOB asked"], "b": {"c": "asylum"}, "d": 7}

    assert [each.found for each in doubtful(values)] == ["patient Maria", "DOB", "asylum"]


@given(st.text(max_size=60))
def test_what_is_told_stands_in_the_text(text: str) -> None:
    assert all(each.found in text for each in doubtful(text))


def test_an_empty_record_lacks_who_came_when_and_who_looks_after_it() -> None:
    assert lacks(Details()) == [("officers", ""), ("timeline", ""), ("follow_up_owner", "")]
    assert lacks(Details(officers=(Officer(),)), CAME) == [("officers", ""), ("follow_up_owner", "")]
    assert lacks(Details(officers=(Officer(), Officer(vehicle="a van")), follow_up_owner="Cy"), CAME) == []


def test_a_refusal_asks_for_who_said_it_and_who_heard_it() -> None:
    calm = Details(officers=(WHOLE,), follow_up_owner="Cy")

    assert lacks(calm, CAME, REFUSED) == [("refusal_said_by", "")]
    assert lacks(replace(calm, refusal_said_by="Ana"), CAME) == [("witness", "")]
    assert lacks(replace(calm, refusal_said_by="Ana", witness="Bo"), CAME, REFUSED) == []
    assert lacks(replace(calm, witness="Bo"), CAME) == []


@pytest.mark.parametrize("at", [CALIFORNIA, ILLINOIS, TEXAS], ids=lambda each: each.state)
def test_a_whole_record_lacks_nothing_in_any_state(at: Facility) -> None:
    assert lacks(DONE, CAME, REFUSED, at=at) == []


def test_california_asks_for_a_witness_of_a_refusal_and_cites_its_law() -> None:
    law = ("witness", "Cal. H&S Code 24251(c)")
    alone = replace(DONE, witness="")

    assert lacks(alone, CAME, at=CALIFORNIA)[0] == law
    assert lacks(replace(alone, refusal_said_by=""), CAME, REFUSED, at=CALIFORNIA)[0] == law
    calm = [each for each in Happening if each is not REFUSED]
    assert law not in lacks(replace(alone, refusal_said_by=""), *calm, at=CALIFORNIA)
    for state in ("AL", "IL", "TX"):
        assert law not in lacks(alone, CAME, REFUSED, at=replace(CALIFORNIA, state=state))


def test_illinois_asks_its_hospitals_for_names_or_for_what_was_answered() -> None:
    source = "210 ILCS 85/6.14h(c)(2)"
    unasked = replace(DONE, names_asked=False)
    unnamed = replace(DONE, officers=(Officer("Doe", "ICE"), Officer("", "ICE", "88"), Officer("Roe", "", "89")))

    assert lacks(unasked, CAME, REFUSED, at=ILLINOIS) == [("names_asked", source)]
    assert lacks(unnamed, CAME, REFUSED, at=ILLINOIS) == [("names_answer", source)]
    assert lacks(replace(unnamed, names_answer="They said no."), CAME, REFUSED, at=ILLINOIS) == []
    assert lacks(replace(unnamed, officers=(Officer(), WHOLE)), CAME, REFUSED, at=ILLINOIS) == []
    others = [replace(ILLINOIS, site_kind=kind) for kind in SiteKind if kind is not SiteKind.HOSPITAL]
    for other in (*others, *(replace(ILLINOIS, state=state) for state in ("CA", "TX"))):
        assert lacks(unasked, CAME, REFUSED, at=other) == []


def test_each_thing_that_is_missing_is_asked_for_in_a_sentence() -> None:
    found: tuple[Missing, ...] = missing(CALIFORNIA, visit(Details(refusal_said_by="Ana")))

    assert found
    assert all(each.sentence.endswith((".", "?")) for each in found)
