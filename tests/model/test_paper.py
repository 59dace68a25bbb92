"""What a clerk saw, as values: nothing is guessed, and nothing unknown is let in."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given

from tests.rules.space import visits
from zonemap.errors import Invalid
from zonemap.model.paper import (
    FREE_TEXT_MOST,
    KEYS,
    KINDS,
    PAPER_KEYS,
    SCENE_KEYS,
    Observations,
    Want,
    observations_document,
    observations_from,
)


def test_whatever_is_not_said_is_unsure() -> None:
    document = observations_document(observations_from({}))

    assert document.pop("wants") == ["unsure"]
    assert document.pop("court") == "not_asked"  # it matters in some states only
    assert set(document.values()) == {"unsure"}
    assert Observations() == observations_from({})


def test_the_keys_are_those_of_the_fact_base_in_reading_order() -> None:
    assert (*SCENE_KEYS, *PAPER_KEYS) == KEYS
    assert SCENE_KEYS[-1] == "paper"
    assert set(KINDS) | {"wants", "form_number", "issue_date"} == set(KEYS)
    assert {field.name for field in fields(Observations)} - set(KEYS) == {"answered"}


@given(visits)
def test_observations_survive_the_way_through_plain_values(seen: Observations) -> None:
    assert observations_from(observations_document(seen)) == seen


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"mood": "calm"}, "'mood' is not something the desk asks"),
        ({"paper": "scroll"}, "paper cannot be 'scroll'. It is one of paper, on_phone"),
        ({"danger_now": "none_shown"}, "danger_now cannot be 'none_shown'"),
        ({"signed": True}, "signed must be a word, but is True"),
        ({"wants": "records"}, "wants must be a list of words"),
        ({"wants": ["records", "money"]}, "wants cannot hold 'money'"),
        ({"wants": [["records"]]}, "wants cannot hold"),
        ({"issue_date": "24 November"}, "Write it as 2026-11-24"),
        ({"issue_date": "20261124"}, "Write it as 2026-11-24"),
        ({"form_number": "I" * (FREE_TEXT_MOST + 1)}, "at most 200 characters"),
    ],
)
def test_what_is_unknown_is_named(given: dict[str, object], sentence: str) -> None:
    with pytest.raises(Invalid) as caught:
        observations_from(given)

    assert sentence in caught.value.message


def test_none_shown_is_a_word_for_every_part_of_a_paper() -> None:
    parts = dict.fromkeys((key for key in PAPER_KEYS if key != "court"), "none_shown")

    assert observations_document(observations_from(parts))["title"] == "none_shown"


def test_no_wants_at_all_is_unsure() -> None:
    assert observations_from({"wants": []}).wants == {Want.UNSURE}
    assert observations_from({"wants": []}).wants_in_doubt


def test_a_visitor_log_lies_in_the_records_zone() -> None:
    assert observations_from({"wants": ["video_or_visitor_log"]}).asks_for_records
    assert not observations_from({"wants": ["search_place"]}).asks_for_records


def test_only_a_question_that_was_asked_counts_as_unsure() -> None:
    asked = {"title": "unsure", "wants": ["unsure"], "form_number": "unsure", "signed": "yes"}

    assert observations_from(asked).times_unsure == 2
    assert Observations().times_unsure == 0
