"""The texts: one for every code, calm, and none that tells anybody to block, hide, lie, warn or open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from zonemap.model.assessment import Access, Outcome, PaperClass
from zonemap.model.facility import ContactRole
from zonemap.rules.access import rows
from zonemap.rules.classify import CONFLICTS
from zonemap.rules.desk_words import listed, must_not_texts, must_nots, why_call, words
from zonemap.rules.pack import packs
from zonemap.rules.proof_words import claims, urges
from zonemap.rules.questions import questions, scene_question


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _all_texts() -> list[str]:
    asked = [
        text
        for question in (scene_question(), *questions().values())
        for text in (question.text, question.look, question.short, *(option.hint for option in question.options))
    ]
    duties = [duty.text for pack in packs().values() for duty in pack.duties]
    return [*_texts(dict(words())), *asked, *duties]


@pytest.mark.parametrize("part", ["classes", "summary", "arrest", "change", "must_not_more"])
def test_every_class_has_its_text(part: str) -> None:
    assert set(words()[part]) == set(PaperClass)


def test_every_code_has_its_text() -> None:
    assert set(words()["access"]) == set(Access)
    assert set(words()["headlines"]) == set(words()["next"]) == set(Outcome)
    assert set(words()["roles"]) == set(ContactRole)
    assert set(words()["conflicts"]) == set(CONFLICTS)
    assert {row.script for row in rows().values()} == set(words()["scripts"])


def test_every_outcome_says_two_sentences() -> None:
    assert all(len(sentences) == 2 for sentences in words()["summary"].values())


def test_no_text_urges_anybody_to_do_what_nobody_may() -> None:
    assert not [text for text in _all_texts() if urges(text)]


@pytest.mark.parametrize("text", ["Open the door.", "Warn them now.", "Please block the way. Do not run.", "Hide."])
def test_a_text_that_urges_would_be_found(text: str) -> None:
    assert urges(text)


def test_no_text_says_what_a_paper_is_worth() -> None:
    assert not [text for text in _all_texts() if claims(text)]
    assert claims("This warrant is not valid.")


def test_whatever_nobody_may_do_is_told_in_every_class_with_its_reason() -> None:
    for found in PaperClass:
        texts = must_not_texts(found)

        assert texts[: len(must_nots())] == tuple(each.text for each in must_nots())
        assert len(texts) > len(must_nots())
        assert all(text.startswith("Do not") for text in texts)
    assert all(each.citation for each in must_nots())


@pytest.mark.parametrize(
    "deed",
    ["touch or push", "lock a door", "hold a door", "untrue", "tell anyone to run", "warn", "delete", "sign", "status"],
)
def test_the_must_nots_hold_what_the_fact_base_lists(deed: str) -> None:
    assert any(deed in each.text for each in must_nots())


def test_words_for_a_call_are_the_classs_own_where_it_has_some() -> None:
    assert why_call(PaperClass.EMERGENCY, ContactRole.RESPONDER).startswith("Comes at once")
    assert why_call(PaperClass.DHS_OTHER, ContactRole.RESPONDER) == words()["roles"]["responder"]


def test_sentences_are_short_enough_to_read_with_shaking_hands() -> None:
    for part in ("summary", "scripts", "lists", "notes", "must_not_more"):
        for text in _texts(words()[part]):
            for sentence in re.split(r"(?<=[.?!:])\s+", text):
                assert len(sentence.split()) <= 26, sentence


def test_things_in_a_row_are_said_as_people_say_them() -> None:
    assert listed(("one",)) == "one"
    assert listed(("one", "two", "three")) == "one, two and three"
