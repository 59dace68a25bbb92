"""Several papers at one counter: the order of what is strictest, whose words lead, and that nothing said is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise, permutations
from types import MappingProxyType

import pytest

from zonemap.model.assessment import Access, AccessZone, Assessment, Outcome, PaperClass
from zonemap.model.paper import Observations
from zonemap.rules.assess import assess
from zonemap.rules.desk_words import words
from zonemap.rules.pack import FEDERAL, packs
from zonemap.rules.strictest import strictest

EMPTY = assess(packs()[FEDERAL], Observations(), today=date(2026, 11, 24))
ORDER = [
    "do_not_block",
    "hold_counsel",
    "hold",
    "responder_scope_check",
    "as_ordered",
    "listed_via_responder",
    "not_by_this_paper_contested_counsel_now",
    "counsel",
    "with_prisoner_only",
    "treating_team_only",
    "not_by_this_paper",
    "not_without_paper",
    "no_patient_data",
    "none",
    "per_statute",
    "open",
]
LEADING = ("emergency", "hold", "responder_now", "escort", "not_by_this_paper", "regulator", "no_paper")


def _answer(access: str, outcome: str = "hold") -> Assessment:
    table = dict.fromkeys(AccessZone, Access(access))
    return replace(EMPTY, access=MappingProxyType(table), outcome=Outcome(outcome))


def test_of_two_answers_for_a_zone_the_stricter_one_counts_whichever_came_first() -> None:
    assert set(ORDER) == set(Access)
    for stricter, other in pairwise(ORDER):
        for both in permutations((_answer(stricter), _answer(other))):
            assert set(strictest(both).access.values()) == {Access(stricter)}


def test_the_word_at_the_head_is_that_of_the_strictest_duty() -> None:
    assert set(LEADING) == set(Outcome)
    for leading, other in pairwise(LEADING):
        for both in permutations((_answer("open", leading), _answer("open", other))):
            assert strictest(both).outcome is Outcome(leading)


def test_of_two_with_the_same_word_the_one_with_the_stricter_zone_leads() -> None:
    first, second = replace(_answer("none"), headline="one"), replace(_answer("hold"), headline="two")

    assert strictest((first, second)).headline == "two"
    assert strictest((second, first)).headline == "two"
    assert strictest((replace(first, access=second.access), second)).headline == "one"


@pytest.mark.parametrize("name", ["must_not", "duties", "citations"])
def test_what_one_of_them_says_is_said_once(name: str) -> None:
    answers = (replace(EMPTY, **{name: ("both", "one")}), replace(EMPTY, **{name: ("both", "other")}))

    assert getattr(strictest(answers), name) == ("both", "one", "other")


def test_what_is_said_of_an_arrest_is_said_once_where_the_papers_agree_else_with_the_name_of_each() -> None:
    notice = replace(EMPTY, paper_class=PaperClass.NO_PAPER, arrest_in_public="Not by itself.")
    warrant = replace(EMPTY, paper_class=PaperClass.DHS_ARREST_WARRANT, arrest_in_public="Yes.")
    names = words()["classes"]

    assert strictest((notice, replace(warrant, arrest_in_public="Not by itself."))).arrest_in_public == "Not by itself."
    assert strictest((notice, warrant)).arrest_in_public in {
        f"{names[one.paper_class]}: {one.arrest_in_public} {names[other.paper_class]}: {other.arrest_in_public}"
        for one, other in permutations((notice, warrant))
    }


def test_the_notes_begin_with_that_there_are_several_papers() -> None:
    answers = (replace(EMPTY, notes=("one",)), replace(EMPTY, notes=("one", "other")))

    assert strictest(answers).notes == (words()["notes"]["more_papers"], "one", "other")


@pytest.mark.parametrize("name", ["contested", "ask_responder_at_once"])
def test_one_doubt_is_a_doubt_of_all(name: str) -> None:
    no, yes = replace(EMPTY, **{name: False}), replace(EMPTY, **{name: True})

    assert getattr(strictest((no, yes)), name) is True
    assert getattr(strictest((no, no)), name) is False
