"""Visits written from the fact base before anybody looked at what the rules say of them.

``desk_cases.jsonl`` (60): kinds of site, rules past their date, second papers, courts of other states, sealed records,
papers that nobody can read. ``cases_of_our_own.jsonl``: every kind of paper and every state with a row, doubt at each
observation, and values that no case of the fact base has; its last twelve came after the first run, each for a doubt
that was not held. ``why`` names the place in the fact base. Anybody can try
them: ``zonemap assess tests/rules/desk_cases.jsonl``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.rules.space import shown
from tests.rules.test_assess import TODAY
from tests.rules.test_questions import clerk
from zonemap.model.facility import SiteKind
from zonemap.model.paper import observations_from
from zonemap.rules.assess import words
from zonemap.rules.pack import Pack, pack_by_id, pack_for
from zonemap.rules.questions import observed
from zonemap.work.assess import assess_lines

_FILES = ("desk_cases.jsonl", "cases_of_our_own.jsonl")
LINES = [line for name in _FILES for line in Path(__file__).with_name(name).read_text("utf-8").splitlines()]
CASES: list[dict[str, Any]] = [json.loads(line) for line in LINES]
# What the questions do not ask: whether a paper can be read is plain where heading, title and signer could be told,
# a badge counts as an inspector's paper, an emergency ends the questions before the paper is read, nobody can tell the
# heading of a court of which nobody can tell the state, and address and area are one question: both, or a hold.
_ASKED_OTHERWISE = {"des-19", "des-27", "des-28", "des-29"}
_ASKED_OTHERWISE |= {"own-012", "own-013", "own-139", "own-146", "own-166", "own-224", "own-227"}


def _name(case: dict[str, Any]) -> str:
    return str(case["id"])


def _pack(case: dict[str, Any]) -> Pack:
    named = pack_by_id(case["jurisdiction"])
    return pack_for(named.state, SiteKind(case["site_kind"])) if "site_kind" in case and named.state else named


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_case_from_the_counter_gets_its_class_access_words_and_citations(case: dict[str, Any]) -> None:
    answer = next(assess_lines([json.dumps(case)], today=TODAY))
    zones = {zone: answer["access"][zone] for zone in case["expected_access"]}

    assert (answer["class"], answer["overlays"], zones) == (
        case["expected_class"],
        case["overlays"],
        case["expected_access"],
    ), case["facts"]
    if case["must_say"]:
        assert answer["say"][1] == words()["scripts"][case["must_say"].removeprefix("script:")][0]
    cited = " ".join(answer["citations"])
    assert all(line in cited for line in case["cites"])
    assert not any(line in cited for line in case["never_cites"])


@pytest.mark.parametrize("case", [each for each in CASES if each["id"] not in _ASKED_OTHERWISE], ids=_name)
def test_a_clerk_who_is_asked_the_questions_gets_the_same_class_and_access(case: dict[str, Any]) -> None:
    pack, saw = _pack(case), case["observations"]

    assert shown(observed(clerk(pack, saw)), pack) == shown(observations_from(saw), pack)
