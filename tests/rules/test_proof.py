"""The proof: it holds, its page is that of these rules, and it breaks on every rule that is wrong on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.mutants import MUTANTS, seeded
from zonemap.rules.pack import packs
from zonemap.rules.proof import Rules
from zonemap.rules.proof_answers import differs_from_rules, misread, of_pack
from zonemap.rules.proof_claims import CLAIMS
from zonemap.rules.proof_diagram import Diagrams
from zonemap.rules.proof_space import observations_at
from zonemap.rules.verify import known_fingerprint, verify
from zonemap.work.rules_proof import proof_page

PAGE = Path(__file__).parents[2] / "docs" / "rules-proof.md"
A_FEW = ("I-200 opens a private area", "doubt about the signature is one", "no conflict: dhs_and_judge")


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules()


def test_every_claim_holds_over_the_whole_space(rules: Rules) -> None:
    assert [found for claim in CLAIMS for found in claim.breaks(rules)] == []


def test_the_fingerprint_is_the_one_that_was_written_down_and_stands_on_the_page(rules: Rules) -> None:
    assert rules.fingerprint == known_fingerprint()
    assert f"`{rules.fingerprint}`" in PAGE.read_text("utf-8")
    assert f"{rules.diagrams.size:,} points" in PAGE.read_text("utf-8")


def test_the_answers_of_california_are_whole_and_the_function_is_that_of_the_rules(rules: Rules) -> None:
    assert of_pack(rules, packs()["US-CA"]).breaks == ()
    assert list(misread()) == []
    assert list(differs_from_rules(rules, tuple(packs().values()), tried=300)) == []


@pytest.mark.parametrize("name", A_FEW)
def test_a_rule_that_is_wrong_on_purpose_breaks_a_claim(name: str) -> None:
    with seeded(name):
        wrong = Rules()
        found = [found for claim in CLAIMS for found in claim.breaks(wrong)]

    assert found
    assert wrong.fingerprint != known_fingerprint()


@pytest.mark.long
def test_every_pack_is_proven_and_the_page_is_that_of_the_proof() -> None:
    proof = verify()

    assert proof.breaks == ()
    assert {each.pack.id for each in proof.packs} == set(packs())
    assert proof_page(proof) == PAGE.read_text("utf-8")


@pytest.mark.long
@pytest.mark.parametrize("name", MUTANTS)
def test_each_of_the_seeded_mutants_is_found(name: str) -> None:
    with seeded(name):
        assert verify().breaks


def test_there_are_forty_mutants_and_more() -> None:
    assert len(MUTANTS) >= 40


def test_two_functions_are_the_same_diagram_exactly_where_they_are_equal() -> None:
    diagrams = Diagrams({"a": (1, 2), "b": (1, 2, 3)})
    one = diagrams.of(lambda point: point["a"] + point["b"] > 3)
    other = diagrams.of(lambda point: point["b"] > 3 - point["a"])

    assert one is other
    assert one is not diagrams.of(lambda point: point["b"] > 2)
    assert diagrams.counts(one) == {True: 3, False: 3}
    assert diagrams.size == 6
    assert diagrams.point(one, bool) == {"a": 1, "b": 3}


def test_a_point_becomes_observations_with_what_they_ask_for() -> None:
    seen = observations_at({"paper": "paper", "asks for records": True})

    assert seen.wants == {"records"}
    assert seen.answered == {"paper"}
