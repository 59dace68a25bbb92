"""``zonemap assess``: one line in, one answer out, in order; a bad line is named."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from zonemap.errors import Invalid
from zonemap.work.assess import assess_lines

TODAY = date(2026, 11, 24)
GOOD = '{"id": "a", "jurisdiction": "US-CA", "observations": {"paper": "none"}}'
CASES = Path(__file__).resolve().parents[3] / "shared" / "law" / "cases.jsonl"


def test_an_answer_has_exactly_the_keys_of_the_command_line() -> None:
    (answer,) = assess_lines([GOOD], today=TODAY)

    assert list(answer) == ["id", "class", "overlays", "access", "say", "must_not", "call", "citations"]
    assert set(answer["access"]) == {"public", "private", "records", "residential", "outdoor_private"}
    assert (answer["id"], answer["class"]) == ("a", "no_paper")
    assert answer["call"][0]["role"] == "responder"
    assert json.loads(json.dumps(answer)) == answer


def test_answers_come_in_the_order_of_the_lines_and_blank_lines_are_passed_over() -> None:
    lines = [GOOD, "", GOOD.replace('"a"', "7"), "  \n", '{"observations": {}}']

    assert [answer["id"] for answer in assess_lines(lines, today=TODAY)] == ["a", 7, None]


def test_missing_observations_are_unsure_and_a_missing_jurisdiction_is_federal() -> None:
    (answer,) = assess_lines(['{"id": 1, "observations": {}}'], today=TODAY)

    assert answer["class"] == "unclear_hold"
    assert answer["access"]["private"] == "hold_counsel"


def test_an_unknown_jurisdiction_falls_back_to_federal_law() -> None:
    (answer,) = assess_lines([GOOD.replace("US-CA", "US-MA")], today=TODAY)

    assert not any("Cal." in line for line in answer["citations"])


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "Line 2 is not JSON"),
        ("[" * 100_000, "Line 2 is nested too deeply"),
        ("[]", 'Line 2: It must be an object with "id", "jurisdiction" and "observations"'),
        ('{"id": 1}', "Line 2: It must be an object"),
        ('{"id": 1, "observations": []}', "Line 2: It must be an object"),
        ('{"id": 1, "observations": {"mood": "calm"}}', "Line 2: 'mood'"),
        ('{"id": 1, "observations": {"paper": "scroll"}}', "Line 2: paper cannot be 'scroll'"),
        ('{"id": 1, "observations": {"signed": null}}', "Line 2: signed must be a word"),
        ('{"id": 1, "observations": {"wants": "records"}}', "Line 2: wants must be a list"),
        ('{"id": 1, "jurisdiction": 5, "observations": {}}', "Line 2: jurisdiction must be a word"),
        ("[\n", "Each line holds one whole case"),
        (f'{{"id": {"9" * 5000}, "observations": {{}}}}', "Line 2 holds a number that is too long"),
        ('{"id": NaN, "observations": {}}', "Line 2: id holds a letter or a number that cannot be written"),
        ('{"id": 1e999, "observations": {}}', "Line 2: id holds a letter or a number that cannot be written"),
        ('{"id": "\\ud800", "observations": {}}', "Line 2: id holds a letter or a number that cannot be written"),
    ],
)
def test_a_bad_line_is_named_and_the_lines_before_it_are_answered(line: str, sentence: str) -> None:
    answers = assess_lines([GOOD, line, GOOD], today=TODAY)

    assert next(answers)["class"] == "no_paper"
    with pytest.raises(Invalid) as caught:
        next(answers)
    assert sentence in caught.value.message
    assert caught.value.data["line"] == 2


@pytest.mark.parametrize("written", ["US-CA", "us-ca", "CA", " California ", "us_ca", "california"])
def test_a_state_written_otherwise_keeps_its_stricter_law(written: str) -> None:
    seen = '{"paper": "paper", "readable": "yes", "top_heading": "federal_court", "title": "order", '
    seen += '"danger_now": "no", "entering_now": "no", "custody_escort": "no", "wants": ["talk_to_person"], '
    seen += '"signer_label": "judge", "signed": "yes", "covers_area_wanted": "no", "lists_records": "no"}'
    (state,) = assess_lines([f'{{"jurisdiction": "{written}", "observations": {seen}}}'], today=TODAY)
    (federal,) = assess_lines([f'{{"jurisdiction": "US-federal", "observations": {seen}}}'], today=TODAY)

    assert state["access"]["private"] == "hold_counsel"
    assert federal["access"]["private"] == "responder_scope_check"


def test_a_mark_that_some_editors_write_before_a_file_is_passed_over() -> None:
    assert next(assess_lines(["\ufeff" + GOOD], today=TODAY))["id"] == "a"


@pytest.mark.parametrize("long", ["x" * 100_000, ["x"] * 100_000, {"x" * 100_000: 1}])
@pytest.mark.parametrize("key", ["paper", "wants", "issue_date", "x" * 100_000])
def test_a_book_in_a_line_is_refused_in_a_sentence_not_repeated(key: str, long: object) -> None:
    line = json.dumps({"id": 1, "observations": {key: long}})
    with pytest.raises(Invalid) as caught:
        list(assess_lines([line], today=TODAY))

    assert len(caught.value.message) < 700


@pytest.mark.shared
@pytest.mark.skipif(not CASES.is_file(), reason="the cases of the fact base do not lie beside this checkout")
def test_a_file_of_cases_goes_through_as_it_is() -> None:
    lines = CASES.read_text("utf-8").splitlines()

    assert len(list(assess_lines(lines, today=TODAY))) == len(lines)


def test_a_line_may_tell_the_kind_of_site_a_sealed_program_the_day_and_further_papers() -> None:
    warrant = '"observations": {"danger_now": "no", "entering_now": "no", "paper": "paper", "readable": "yes", '
    removal = warrant + '"top_heading": "dhs", "title": "warrant_of_removal", "signer_label": "immigration_officer"}'
    subpoena = (
        '{"paper": "paper", "readable": "yes", "top_heading": "dhs", "title": "subpoena", "signer_label": "other"}'
    )
    lines = [
        f'{{"id": 1, "jurisdiction": "US-IL", "site_kind": "clinic", {removal}}}',
        f'{{"id": 2, "jurisdiction": "US-IL", "site_kind": "hospital", "part2": true, {removal}}}',
        f'{{"id": 3, "date": "2030-01-01", {removal}}}',
        f'{{"id": 4, "more_observations": [{subpoena}], {removal}}}',
    ]

    clinic, hospital, late, two = assess_lines(lines, today=TODAY)

    assert not any("6.14h" in line for line in clinic["citations"])
    assert any("6.14h" in line for line in hospital["citations"])
    assert late["access"]["residential"] == "hold_counsel"
    assert two["overlays"] == ["agency_subpoena"]
    assert two["access"]["records"] == "counsel"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ('"site_kind": "ship"', "site_kind must be one of hospital"),
        ('"part2": "yes"', "part2 must be true or false"),
        ('"date": "today"', "date must be written as 2026-11-24"),
        ('"more_observations": [1]', "more_observations must be a list of objects"),
    ],
)
def test_what_a_line_tells_wrongly_is_named(more: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        list(assess_lines([GOOD.replace('"id": "a"', more)], today=TODAY))
