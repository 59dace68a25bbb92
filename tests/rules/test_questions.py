"""The questions: none that cannot matter, none left out that can, and few."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.rules.space import WANTS, shown, values
from zonemap.drawing.specimens import Spot
from zonemap.errors import Invalid
from zonemap.model.paper import KEYS, KINDS, PAPER_KEYS, observations_from
from zonemap.rules.pack import FEDERAL, Pack, pack_by_id, packs
from zonemap.rules.questions import (
    SCENE_KEYS,
    UNSURE,
    Question,
    next_question,
    observed,
    questions,
    scene_question,
    unsure_count,
)

CASES = Path(__file__).resolve().parents[3] / "shared" / "law" / "cases.jsonl"
FEDERAL_LAW = packs()[FEDERAL]
EVERY_LAW = (FEDERAL_LAW, packs()["US-CA"], replace(FEDERAL_LAW, federal_only_judge=True))
WORST, MEAN = 8, 4.0  # taps to an outcome; docs/rules.md states the figures
TRIED = 250  # of the ways through the questions, by chance, for each pack
SCENES: tuple[Mapping[str, Any], ...] = ({"danger_now": "no"}, {"danger_now": "unsure"}, {"custody_escort": "yes"})

Answers = dict[str, Any]


def _each(question: Question) -> list[Answers]:
    if question.several:
        return [{question.key: sorted(wants)} for wants in WANTS]
    return [{option.key: option.value} for option in question.options]


def _ways(pack: Pack, answers: Answers) -> Iterator[Answers]:
    """Every way from these answers to an outcome."""
    question = next_question(pack, answers)
    if question is None:
        yield answers
        return
    for answer in _each(question):
        yield from _ways(pack, answers | answer)


def _walk(pack: Pack, chance: random.Random) -> Answers:
    """One way through, by chance, with few doubts: those end the questions early."""
    answers: Answers = {}
    while (question := next_question(pack, answers)) is not None:
        each = _each(question)
        answers |= each[-1] if chance.random() < 0.04 else chance.choice(each[:-1] or each)
    return answers


def _left_open(answers: Answers) -> list[str]:
    """The observations that nobody asked about and no answer implies."""
    seen, blank = observed(answers), observations_from(answers)
    implied = {key for key in KEYS if getattr(seen, key) != getattr(blank, key)}
    decided = {*answers, *implied, *SCENE_KEYS, *(() if seen.paper_shown else PAPER_KEYS)}
    return [key for key in ("wants", *KINDS) if key not in decided]


@pytest.mark.parametrize("pack", EVERY_LAW, ids=["federal", "California", "federal judges only"])
def test_what_nobody_asked_cannot_change_the_class_or_the_access(pack: Pack) -> None:
    chance = random.Random(pack.id)  # noqa: S311 - a spread of visits, no secret
    for _ in range(TRIED):
        answers = _walk(pack, chance)
        if unsure_count(answers) >= 3:
            continue
        seen, left = observed(answers), _left_open(answers)
        outcome = shown(seen, pack)
        alone: list[Answers] = [{key: value} for key in left for value in values(key)]
        together = [{key: chance.choice(values(key)) for key in left} for _ in range(4)]
        for change in (*alone, *together):
            assert shown(replace(seen, **change), pack) == outcome, (answers, change)


@pytest.mark.parametrize(
    "start",
    [
        {"danger_now": "no", "paper": "paper", "top_heading": "federal_court", "title": "search_warrant"},
        {"danger_now": "no", "paper": "paper", "top_heading": "state_court", "title": "order"},
        {"danger_now": "no", "paper": "paper", "top_heading": "dhs", "title": "subpoena"},
        {"custody_escort": "yes", "paper": "on_phone", "top_heading": "dhs", "title": "letter_or_request"},
    ],
)
def test_every_question_on_the_way_can_change_the_answer(start: Answers) -> None:
    """For each question some two of its answers lead to different outcomes, whatever comes after."""
    for law in EVERY_LAW:
        _must_matter(law, start)


def _must_matter(pack: Pack, answers: Answers) -> None:
    question = next_question(pack, answers)
    if question is None:
        return
    outcomes = [frozenset(_outcomes(pack, answers | answer)) for answer in _each(question)]
    assert len(set(outcomes)) > 1, (answers, question.key)
    for answer in _each(question):
        _must_matter(pack, answers | answer)


def _outcomes(pack: Pack, answers: Answers) -> Iterator[tuple[Any, ...]]:
    for way in _ways(pack, answers):
        found, access = shown(observed(way), pack)
        yield (found, *access.items())


# --- taps ---------------------------------------------------------------------------------------------------------


def test_an_emergency_and_no_paper_take_one_tap_and_no_paper_after_another_answer_takes_two() -> None:
    for pack in packs().values():
        assert next_question(pack, {"danger_now": "yes"}) is None
        assert next_question(pack, {"entering_now": "yes"}) is None
        assert next_question(pack, {"paper": "none"}) is None
        assert next_question(pack, {"paper": "verbal_only"}) is None
        for scene in SCENES:
            for paper in ("none", "verbal_only"):
                assert next_question(pack, {**scene, "paper": paper}) is None


def test_the_longest_way_through_is_eight_taps_and_two_more_where_a_state_asks_for_more() -> None:
    chance = random.Random(1)  # noqa: S311 - a spread of visits, no secret
    search = {"paper": "paper", "top_heading": "federal_court", "title": "search_warrant"}

    assert max(len(way) for way in _ways(FEDERAL_LAW, search)) == WORST
    assert all(len(_walk(pack, chance)) <= WORST + 2 for pack in EVERY_LAW for _ in range(150))


@cache
def _cases() -> tuple[dict[str, Any], ...]:
    return tuple(map(json.loads, CASES.read_text("utf-8").splitlines())) if CASES.is_file() else ()


def clerk(pack: Pack, saw: Mapping[str, Any]) -> Answers:
    """The answers of a clerk who sees what the case says."""
    answers: Answers = {}
    while (question := next_question(pack, answers)) is not None:
        answers |= _answer(question, saw)
    return answers


def _shown(saw: Mapping[str, Any]) -> str:
    """What they show; an inspector's badge is a paper."""
    return "paper" if saw["agency"] == "regulator" else str(saw["paper"])


def _together(saw: Mapping[str, Any], *keys: str) -> str:
    """One answer about several things: yes where all are, no where one is not, else unsure."""
    said = {saw[key] for key in keys}
    return "yes" if said == {"yes"} else "no" if "no" in said else UNSURE


def _answer(question: Question, saw: Mapping[str, Any]) -> Answers:
    key = question.key
    if "court" in question.keys and saw["top_heading"] == "state_court":
        return {"court": saw.get("court", "this_state")}  # no case says of which state a court is
    if question == scene_question():
        true = [each for each in SCENE_KEYS if saw[each] == "yes"]
        doubt = UNSURE in (saw["danger_now"], saw["paper"])
        return {true[0]: "yes"} if true else {"danger_now": UNSURE} if doubt else {"paper": _shown(saw)}
    said = {
        # one question about address and area, one about day and hours, one about signature and pages
        "covers_area_wanted": saw[key] if saw.get("names_this_place") == "yes" or saw.get(key) != "yes" else "no",
        "execute_by": saw["hours_ok"] if saw["execute_by"] in ("yes", "none_stated") else saw["execute_by"],
        "all_pages": _together(saw, "signed", "all_pages", "readable"),
        "paper": _shown(saw),
    }.get(key, saw[key])
    return {key: UNSURE if said == "none_shown" else said}


@pytest.mark.shared
@pytest.mark.skipif(not CASES.is_file(), reason="the cases of the fact base do not lie beside this checkout")
def test_a_clerk_who_sees_what_a_case_says_gets_its_answer_in_few_taps() -> None:
    taps = []
    for case in _cases():
        pack, saw = pack_by_id(case["jurisdiction"]), case["observations"]
        answers = clerk(pack, saw)
        taps.append(len(answers))
        if saw["agency"] != "regulator":  # whose badge the case does not count as a paper
            assert shown(observed(answers), pack) == shown(observations_from(saw), pack), case["id"]

    assert max(taps) <= WORST
    assert sum(taps) / len(taps) < MEAN


@pytest.mark.parametrize("pack", packs().values(), ids=lambda pack: pack.id)
def test_no_paper_or_an_emergency_is_one_tap_in_every_state_and_two_with_somebody_in_custody(pack: Pack) -> None:
    for tap in ({"paper": "none"}, {"paper": "verbal_only"}, {"danger_now": "yes"}, {"entering_now": "yes"}):
        assert next_question(pack, tap) is None
    for second in ("none", "verbal_only"):
        assert next_question(pack, {"custody_escort": "yes", "paper": second}) is None


def test_three_doubts_end_the_questions_and_keep_the_answers() -> None:
    answers = {"danger_now": "unsure", "paper": "unsure", "top_heading": "other_agency"}
    doubtful = answers | {"agency": "unsure"}

    assert next_question(FEDERAL_LAW, answers | {"agency": "ice"}) == questions()["title"]
    assert next_question(FEDERAL_LAW, doubtful) is None
    assert observed(doubtful).times_unsure == 3


# --- what is asked ------------------------------------------------------------------------------------------------


def test_every_question_offers_unsure_last_and_only_values_that_exist() -> None:
    for question in (scene_question(), *questions().values()):
        assert question.options[-1].value == UNSURE
        assert question.text.endswith("?")
        assert question.short
        for option in question.options:
            observations_from({option.key: [option.value] if question.several else option.value})


def test_every_answer_of_an_enumeration_can_be_given() -> None:
    for key, kind in KINDS.items():
        offered = {option.value for option in questions()[key].options}

        assert offered == {word.value for word in kind} - {"none_shown", "not_asked"}


def test_the_scene_and_what_they_show_are_one_question() -> None:
    question = next_question(FEDERAL_LAW, {})

    assert question == scene_question()
    assert question.keys == (*SCENE_KEYS, "paper")
    shown = ["paper", "on_phone", "verbal_only", "none"]
    assert [option.value for option in question.options] == ["yes", "yes", "yes", *shown, "unsure"]


def test_whose_court_it_is_is_asked_with_the_heading_and_only_where_it_matters() -> None:
    california, elsewhere = (next_question(pack, {"paper": "paper"}) for pack in (packs()["US-CA"], FEDERAL_LAW))

    assert california is not None
    assert elsewhere is not None
    assert california.keys == ("top_heading", "court")
    assert elsewhere.keys == ("top_heading",)
    assert observed({"court": "another_state"}).top_heading == "state_court"
    assert next_question(packs()["US-CA"], {"paper": "paper", "court": "another_state"}) == questions()["title"]


def test_every_place_to_look_is_on_the_drawings() -> None:
    spots = {question.specimen for question in questions().values()} - {""}

    assert spots <= {spot.value for spot in Spot}
    assert {questions()[key].specimen for key in ("top_heading", "title", "signer_label")} == {
        "heading",
        "title",
        "signer",
    }


def test_an_answer_of_its_own_wins_over_what_another_implies() -> None:
    seen = observed({"danger_now": "no", "entering_now": "yes", "execute_by": "yes", "hours_ok": "no"})

    assert (seen.entering_now, seen.hours_ok) == ("yes", "no")
    assert observed({"execute_by": "none_stated"}).hours_ok == "none_stated"
    assert observed({"covers_area_wanted": "yes"}).names_this_place == "yes"
    assert observed({"covers_area_wanted": "no"}).names_this_place == UNSURE


def test_answers_that_nobody_could_give_are_refused() -> None:
    with pytest.raises(Invalid):
        next_question(FEDERAL_LAW, {"danger_now": "no", "mood": "calm"})
