"""The proof carried to the answers, on small functions in the place of the rules and on answers that lack something.

That it finds nothing wrong with the true rules is told in ``test_proof.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from zonemap.model.assessment import Access, AccessZone, Assessment, CallStep, Confidence, PaperClass
from zonemap.model.facility import ContactRole
from zonemap.model.paper import KINDS, Observations, changed
from zonemap.rules.access import rows
from zonemap.rules.assess import assess
from zonemap.rules.classify import read
from zonemap.rules.desk_words import must_nots
from zonemap.rules.pack import packs
from zonemap.rules.proof import Decided, Rules
from zonemap.rules.proof_answers import TRIED, differs_from_rules, lacking, misread, of_pack
from zonemap.rules.proof_diagram import Diagrams
from zonemap.rules.proof_space import CONFIDENCE, SPACE, STALE, observations_at
from zonemap.rules.state_law import LAWS

PAGE = Path(__file__).parents[2] / "docs" / "rules-proof.md"
PACK = packs()["US-federal"]
# What the rules give where nothing else is known of a point: the space has danger first.
DANGER = Decided("1", PaperClass.EMERGENCY, tuple(rows()[PaperClass.EMERGENCY].access[zone] for zone in AccessZone))


class Small:
    """In the place of the rules: what a program gives at each point."""

    def __init__(self, program: Callable[[Mapping[str, Any]], Any]) -> None:
        self.diagrams = Diagrams(SPACE)
        self.decided = self.diagrams.of(program)

    at = Rules.at


def breaks_of(program: Callable[[Mapping[str, Any]], Any], **more: Any) -> tuple[str, ...]:
    return of_pack(Small(program), replace(PACK, **more)).breaks  # type: ignore[arg-type]


# --- the results of a pack ----------------------------------------------------------------------------------------


def test_an_answer_that_is_as_it_was_proven_breaks_nothing_in_date_and_past_it() -> None:
    assert breaks_of(lambda _: DANGER) == ()


def zones(**other: str) -> tuple[Access, ...]:
    given = dict(zip(AccessZone, DANGER.access, strict=True)) | {
        AccessZone(zone): Access(other[zone]) for zone in other
    }
    return tuple(given.values())


WRONG = replace(DANGER, access=zones(private="open"))


@pytest.mark.parametrize(
    "wrong",
    [
        replace(DANGER, paper_class=PaperClass.DHS_OTHER),
        replace(DANGER, paper_class=PaperClass.UNCLEAR_HOLD),
        replace(DANGER, access=zones(private="counsel")),
        replace(DANGER, access=zones(private="with_prisoner_only")),
        replace(DANGER, access=zones(outdoor_private="open")),
        replace(DANGER, access=DANGER.access[:-1]),
    ],
    ids=str,
)
def test_an_answer_of_another_class_or_access_than_the_proof_has_is_told(wrong: Decided) -> None:
    assert breaks_of(lambda _: wrong) == ("US-federal: the answer differs from the proof at {}",) * 2


@pytest.mark.parametrize("given", list(product((False, True), repeat=len(LAWS))), ids=str)
def test_a_pack_gives_the_results_that_its_own_laws_leave_in_date_and_past_it(given: tuple[bool, ...]) -> None:
    own = replace(PACK, **dict(zip(LAWS, given, strict=True)))  # type: ignore[arg-type]

    def program(point: Mapping[str, Any]) -> Decided:
        laws = tuple(point[law] for law in LAWS)
        return replace(DANGER if laws == given else WRONG, place=f"{point[STALE]} {laws}")

    found = of_pack(Small(program), own)  # type: ignore[arg-type]
    assert (found.results, found.breaks, found.pack) == (2, (), own)


@pytest.mark.parametrize("own", ["", *Confidence])
def test_a_result_that_needs_another_confidence_than_that_of_the_pack_is_not_looked_at(own: str) -> None:
    confidence = {PaperClass.EMERGENCY: Confidence(own)} if own else {}

    found = of_pack(
        Small(lambda point: DANGER if point[CONFIDENCE] == own else WRONG),  # type: ignore[arg-type]
        replace(PACK, confidence=confidence),
    )
    assert (found.results, found.breaks) == (4, ())


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Open the door.", "a text urges: Open the door."),
        ("Say that the paper is not valid.", "a text says what a paper is worth: Say that the paper is not valid."),
    ],
)
def test_a_line_of_a_pack_that_urges_or_says_what_a_paper_is_worth_is_told(line: str, told: str) -> None:
    assert breaks_of(lambda _: DANGER, must_not=(line,)) == (f"US-federal: {told}",) * 2


# --- what an answer lacks -----------------------------------------------------------------------------------------

LINES = tuple(each.text for each in must_nots())
ANSWER = assess(PACK, observations_at({}), today=PACK.trusted_until)
CALLED = CallStep(ContactRole.COUNSEL, "reads the paper")
NOBODY, NO_WORDS, NO_LINE = (
    f"emergency {what}" for what in ("has nobody to call", "has no words to say", "lacks a must-not")
)
NOTHING_CITED, OLD = "emergency cites nothing", "rules past their date are not told"


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({}, []),
        ({"call": (CALLED,)}, []),
        ({"call": ()}, [NOBODY]),
        ({"call": (replace(CALLED, reason=""),)}, [NOBODY]),
        ({"call": (CALLED, replace(CALLED, reason=""))}, [NOBODY]),
        ({"call": (replace(CALLED, reason=""), CALLED)}, [NOBODY]),
        ({"say": ("one", "two")}, []),
        ({"say": ("one", "two", "three")}, []),
        ({"say": ("one",)}, [NO_WORDS]),
        ({"say": ()}, [NO_WORDS]),
        ({"script": "S99"}, [NO_WORDS]),
        ({"script": "S99", "say": ()}, [NO_WORDS]),
        ({"must_not": LINES}, []),
        ({"must_not": (*LINES, "one more")}, []),
        ({"must_not": LINES[:-1]}, [NO_LINE]),
        ({"must_not": LINES[1:]}, [NO_LINE]),
        ({"must_not": ("", *LINES)}, [NO_LINE]),
        ({"must_not": ("~", *LINES[1:])}, [NO_LINE]),
        ({"citations": ("8 CFR 287.8",)}, []),
        ({"citations": ()}, [NOTHING_CITED]),
        ({"call": (), "say": (), "must_not": (), "citations": ()}, [NOBODY, NO_WORDS, NO_LINE, NOTHING_CITED]),
    ],
)
def test_what_an_answer_lacks_is_told(other: dict[str, Any], told: list[str]) -> None:
    answer: Assessment = replace(ANSWER, **other)

    assert list(lacking(answer, LINES, stale=False)) == told


@pytest.mark.parametrize(("many", "told"), [(0, [NO_LINE]), (8, [NO_LINE]), (9, []), (10, []), (300, [])])
def test_fewer_must_nots_than_the_nine_of_the_fact_base_are_told(many: int, told: list[str]) -> None:
    lines = tuple(f"Do not, {number}." for number in range(many))

    assert list(lacking(replace(ANSWER, must_not=lines), lines, stale=False)) == told


@pytest.mark.parametrize(
    ("stale", "notes", "told"),
    [
        (True, ("These rules are past their review date.",), []),
        (True, ("first", "These rules are past their review date."), []),
        (True, ("These rules are new.",), [OLD]),
        (True, (), [OLD]),
        (False, (), []),
        (False, ("These rules are past their review date.",), []),
    ],
)
def test_an_answer_from_old_rules_that_does_not_say_so_is_told(
    stale: bool, notes: tuple[str, ...], told: list[str]
) -> None:
    assert list(lacking(replace(ANSWER, notes=notes), LINES, stale=stale)) == told


# --- the function and the rules are one ---------------------------------------------------------------------------


def test_the_rules_agree_with_their_own_function_and_with_no_other() -> None:
    every = tuple(packs().values())

    assert list(differs_from_rules(Rules(), every, tried=40)) == []
    told = list(differs_from_rules(Small(lambda _: DANGER), every, tried=200))  # type: ignore[arg-type]
    danger = [each for each in told if "'danger_now': <YesNo.YES" in each or "'entering_now': <YesNo.YES" in each]
    assert danger == []
    assert 0 < len(told) < 200
    assert all(each.startswith("the function differs from the rules at {") for each in told)


def test_points_by_chance_are_tried_as_often_as_was_asked_and_each_is_another_one() -> None:
    told = list(differs_from_rules(Small(lambda _: None), (PACK,), tried=9))  # type: ignore[arg-type]

    assert len(set(told)) == len(told) == 9


def test_the_page_says_at_how_many_points_they_agree() -> None:
    assert f"At {TRIED:,} points by chance" in PAGE.read_text("utf-8")


# --- none shown ---------------------------------------------------------------------------------------------------


def test_none_shown_is_read_as_unsure_where_a_paper_is_in_sight() -> None:
    assert list(misread()) == list(misread(read)) == []


def test_a_reading_that_leaves_none_shown_where_a_paper_is_in_sight_is_told_part_by_part() -> None:
    parts = [key for key in KINDS if key != "paper" and "none_shown" in SPACE[key]]
    told = [f"{key} none_shown is misread with {shown}" for shown in ("paper", "on_phone", "unsure") for key in parts]

    assert list(misread(lambda seen: seen)) == told


def test_a_reading_that_takes_no_for_unsure_is_told_whether_a_paper_is_in_sight_or_not() -> None:
    def doubting(seen: Observations) -> Observations:
        return changed(read(seen), {"signed": KINDS["signed"]("unsure")} if seen.signed == "no" else {})

    assert list(misread(doubting)) == [f"signed no is misread with {shown}" for shown in KINDS["paper"]]


def test_a_reading_that_takes_none_shown_for_unsure_without_a_paper_is_told() -> None:
    def doubting(seen: Observations) -> Observations:
        return changed(seen, {"signed": KINDS["signed"]("unsure")} if seen.signed == "none_shown" else {})

    told = [each for each in misread(doubting) if each.startswith("signed ")]
    assert told == [f"signed none_shown is misread with {shown}" for shown in ("verbal_only", "none")]
