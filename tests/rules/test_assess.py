"""The desk's answer: as the cases of the fact base say, whole for every visit, and calm."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.space import papers, visits
from zonemap.model.assessment import Access, AccessZone, Confidence, Outcome, PaperClass
from zonemap.model.facility import ContactRole
from zonemap.model.paper import Observations, observations_document, observations_from
from zonemap.rules.assess import assess, assess_all
from zonemap.rules.pack import FEDERAL, Pack, pack_by_id, packs

CASES = Path(__file__).resolve().parents[3] / "shared" / "law" / "cases.jsonl"
TODAY = date(2026, 11, 24)
LATE = date(2028, 1, 1)
FEDERAL_LAW, CALIFORNIA, ILLINOIS = packs()[FEDERAL], packs()["US-CA"], packs()["US-IL"]
any_pack = st.sampled_from((FEDERAL_LAW, CALIFORNIA, ILLINOIS, replace(FEDERAL_LAW, federal_only_judge=True)))

CALM = {"danger_now": "no", "entering_now": "no", "custody_escort": "no", "paper": "paper", "readable": "yes"}
AO_93 = observations_from(
    CALM
    | {
        "wants": ["search_place"],
        "agency": "hsi",
        "top_heading": "federal_court",
        "title": "search_and_seizure_warrant",
        "signer_label": "judge",
        "signed": "yes",
        "names_this_place": "yes",
        "covers_area_wanted": "yes",
        "lists_records": "yes",
        "execute_by": "yes",
        "hours_ok": "yes",
        "all_pages": "yes",
    }
)
I_200 = observations_from(
    CALM
    | {
        "wants": ["enter_private"],
        "agency": "ice",
        "top_heading": "dhs",
        "title": "warrant_for_arrest_of_alien",
        "signer_label": "immigration_officer",
    }
)
NO_PAPER = observations_from(CALM | {"paper": "none"})


def _but(seen: Observations, **more: str | list[str]) -> Observations:
    return observations_from({**observations_document(seen), **more})


I_205 = _but(I_200, title="warrant_of_removal")
AO_88 = _but(I_200, top_heading="federal_court", title="subpoena", signer_label="attorney")
AO_442 = _but(I_200, top_heading="federal_court", title="arrest_warrant", signer_label="clerk", signed="yes")
LETTER = _but(I_200, title="letter_or_request")


def _cases() -> list[dict[str, Any]]:
    if not CASES.is_file():
        return []
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


@pytest.mark.shared
@pytest.mark.skipif(not CASES.is_file(), reason="the cases of the fact base do not lie beside this checkout")
def test_every_case_of_the_fact_base_gets_its_class_overlays_access_and_script() -> None:
    within = [case for case in _cases() if not case.get("beyond_observations")]
    assert len(within) > 90

    for case in within:
        answer = assess(pack_by_id(case["jurisdiction"]), observations_from(case["observations"]), today=TODAY)
        named = {zone: answer.access[AccessZone(zone)].value for zone in case["expected_access"]}

        assert (case["id"], answer.paper_class, list(answer.overlays), named, f"script:{answer.script}") == (
            case["id"],
            case["expected_class"],
            case["overlays"],
            case["expected_access"],
            case["must_say"][0],
        )


# --- whole, for every visit ---------------------------------------------------------------------------------------


@given(any_pack, visits, st.sampled_from([TODAY, LATE]))
@settings(max_examples=300, deadline=None)
def test_every_visit_gets_a_whole_answer(pack: Pack, seen: Observations, today: date) -> None:
    answer = assess(pack, seen, today=today)

    assert set(answer.access) == set(AccessZone)
    assert answer.call
    assert all(step.reason for step in answer.call)
    assert len({step.role for step in answer.call}) == len(answer.call)
    assert answer.citations
    assert answer.must_not
    assert answer.may
    assert answer.say[0].startswith("I'm the person at the front desk")
    assert len(answer.say) >= 2
    assert answer.headline
    assert 2 <= len(answer.summary) <= 3
    assert 1 <= len(answer.decided_by) <= 3
    assert answer.would_change
    assert answer.arrest_in_public
    assert "{" not in " ".join((*answer.say, *answer.notes, *answer.duties, *answer.summary))


def test_every_class_that_the_desk_can_reach_has_its_own_words() -> None:
    answers = {assess(FEDERAL_LAW, seen, today=TODAY).paper_class: seen for seen in papers()}
    more = [NO_PAPER, _but(NO_PAPER, danger_now="yes"), _but(NO_PAPER, custody_escort="yes"), _but(AO_93, signed="no")]
    more.append(_but(LETTER, agency="regulator", top_heading="other_agency"))
    answers |= {assess(FEDERAL_LAW, seen, today=TODAY).paper_class: seen for seen in more}

    assert set(answers) == set(PaperClass)
    firsts = {assess(FEDERAL_LAW, seen, today=TODAY).summary[0] for seen in answers.values()}
    assert len(firsts) == len(PaperClass)


@given(any_pack, visits)
@settings(max_examples=100, deadline=None)
def test_names_numbers_and_manners_change_nothing(pack: Pack, seen: Observations) -> None:
    other = replace(seen, form_number="I-200", issue_date="2026-01-01", names_person="yes", more_papers="yes")

    answer, same = assess(pack, seen, today=TODAY), assess(pack, other, today=TODAY)

    assert (answer.paper_class, answer.access, answer.say) == (same.paper_class, same.access, same.say)


def test_the_same_observations_give_the_same_answer() -> None:
    assert assess(CALIFORNIA, _but(AO_93), today=TODAY) == assess(CALIFORNIA, _but(AO_93), today=TODAY)


# --- the outcome and what is said ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "outcome", "headline", "script"),
    [
        (I_200, Outcome.NOT_BY_THIS_PAPER, "Not by this paper", "S5"),
        (NO_PAPER, Outcome.NO_PAPER, "Not without a paper", "S6"),
        (AO_93, Outcome.RESPONDER_NOW, "Responder now", "S1"),
        (_but(AO_93, signed="unsure"), Outcome.HOLD, "Hold. Counsel now", "S2"),
        (_but(NO_PAPER, entering_now="yes"), Outcome.EMERGENCY, "Do not block. Do not say yes", "S8"),
        (_but(NO_PAPER, custody_escort="yes"), Outcome.ESCORT, "Only with the person in custody", "S7"),
        (_but(LETTER, custody_escort="yes"), Outcome.ESCORT, "Only with the person in custody", "S5"),
        (AO_442, Outcome.HOLD, "Hold. Counsel now", "S3"),
    ],
)
def test_the_answer_is_headed_by_what_happens_at_the_door(
    seen: Observations, outcome: Outcome, headline: str, script: str
) -> None:
    answer = assess(FEDERAL_LAW, seen, today=TODAY)

    assert (answer.outcome, answer.headline, answer.script) == (outcome, headline, script)


def test_a_judges_order_about_records_is_no_refusal() -> None:
    order = _but(AO_93, title="order", wants=["records"], lists_records="yes")

    answer = assess(FEDERAL_LAW, order, today=TODAY)

    assert answer.outcome is Outcome.RESPONDER_NOW
    assert answer.access[AccessZone.PRIVATE] is Access.NOT_BY_THIS_PAPER
    assert any("about records" in note for note in answer.notes)
    assert ContactRole.PRIVACY_OFFICER in [step.role for step in answer.call]


def test_where_the_law_of_a_state_holds_an_order_the_words_are_those_of_a_hold() -> None:
    order = _but(AO_93, title="order", wants=["enter_private"], covers_area_wanted="no")

    answer = assess(CALIFORNIA, order, today=TODAY)

    assert (answer.outcome, answer.script) == (Outcome.HOLD, "S2")
    assert any("names the area" in note for note in answer.notes)
    assert [reason.key for reason in answer.decided_by] == ["title", "covers_area_wanted"]
    assert [reason.key for reason in assess(FEDERAL_LAW, _but(order, wants=[]), today=TODAY).decided_by][-1] == "wants"


def test_what_is_open_on_a_search_warrant_is_said_aloud_once() -> None:
    answer = assess(FEDERAL_LAW, _but(AO_93, signed="no", all_pages="unsure"), today=TODAY)

    assert answer.say[-1] == "This is not clear to me on the paper: the signature and all of its pages."
    assert [reason.key for reason in answer.decided_by] == ["title", "signed", "all_pages"]


@pytest.mark.parametrize(
    ("pack", "heading", "words_of_note"),
    [
        (FEDERAL_LAW, "federal_court", "at most 14 days"),
        (CALIFORNIA, "federal_court", "at most 14 days"),
        (CALIFORNIA, "state_court", "runs 10 days"),
        (ILLINOIS, "state_court", "runs 96 hours"),
        (FEDERAL_LAW, "state_court", ""),
    ],
)
def test_how_long_a_warrant_runs_is_told_by_the_court_at_its_top(pack: Pack, heading: str, words_of_note: str) -> None:
    answer = assess(pack, _but(AO_93, top_heading=heading), today=TODAY)

    clocks = [line for line in answer.duties if "search warrant" in line]
    assert len(clocks) == (1 if words_of_note else 0)
    assert words_of_note in " ".join(clocks)
    assert not [note for note in answer.notes if "search warrant" in note]


def test_a_picture_on_a_phone_is_asked_for_as_a_copy() -> None:
    assert assess(FEDERAL_LAW, _but(AO_93, paper="on_phone"), today=TODAY).say[-1].startswith("May I photograph it")


def test_the_answer_says_which_observations_decided_it() -> None:
    reasons = assess(FEDERAL_LAW, I_200, today=TODAY).decided_by

    assert [(reason.words, reason.so) for reason in reasons] == [
        ("Top of the paper: Department of Homeland Security", "not a court"),
        ("Largest words: Warrant for Arrest of Alien", "form I-200, or one like it"),
        ("Signer: An immigration officer", "not a judge of a court"),
    ]


def test_parts_that_do_not_fit_are_named_in_the_answer() -> None:
    answer = assess(FEDERAL_LAW, _but(I_200, signer_label="judge"), today=TODAY)

    assert answer.paper_class is PaperClass.UNCLEAR_HOLD
    assert "Homeland Security at the top, and a judge under the signature" in answer.summary[1]
    assert answer.decided_by[0].value == "dhs_and_judge"


# --- doubts, overlays, the age of the rules -----------------------------------------------------------------------


def test_doubt_about_danger_adds_the_emergency_line_and_keeps_the_class() -> None:
    answer = assess(FEDERAL_LAW, _but(I_200, danger_now="unsure"), today=TODAY)

    assert answer.paper_class is PaperClass.DHS_ARREST_WARRANT
    assert any("do not block, do not say yes" in note for note in answer.notes)


def test_three_doubts_send_to_the_responder_at_once() -> None:
    doubtful = observations_from({"danger_now": "unsure", "paper": "paper", "top_heading": "unsure", "title": "unsure"})

    answer = assess(FEDERAL_LAW, doubtful, today=TODAY)

    assert answer.ask_responder_at_once
    assert any("three things or more" in note for note in answer.notes)
    assert not assess(FEDERAL_LAW, Observations(), today=TODAY).ask_responder_at_once


def test_under_an_emergency_the_paper_and_the_escort_are_overlays() -> None:
    storm = _but(I_205, entering_now="yes", custody_escort="yes")

    answer = assess(FEDERAL_LAW, storm, today=TODAY)

    assert answer.overlays == (PaperClass.DHS_REMOVAL_WARRANT, PaperClass.CUSTODY_ESCORT)
    assert {answer.access[zone] for zone in (AccessZone.PRIVATE, AccessZone.RESIDENTIAL)} == {Access.DO_NOT_BLOCK}
    assert assess(FEDERAL_LAW, _but(NO_PAPER, danger_now="yes"), today=TODAY).overlays == ()


def test_rules_past_their_date_say_so_in_every_answer() -> None:
    for seen in (AO_93, I_200, I_205, NO_PAPER):
        answer = assess(FEDERAL_LAW, seen, today=LATE)

        assert answer.pack.stale
        assert "November 24, 2026" in answer.notes[0]
    assert assess(FEDERAL_LAW, I_205, today=LATE).access[AccessZone.RESIDENTIAL] is Access.HOLD_COUNSEL
    assert assess(FEDERAL_LAW, I_205, today=LATE).access[AccessZone.PRIVATE] is Access.NOT_BY_THIS_PAPER


def test_what_is_contested_is_told_as_such() -> None:
    answer = assess(FEDERAL_LAW, I_205, today=TODAY)

    assert answer.contested
    assert answer.confidence is Confidence.CONTESTED
    assert any(note.startswith("Contested:") for note in answer.notes)
    assert not assess(FEDERAL_LAW, I_200, today=TODAY).contested


def test_a_state_adds_its_duties_and_citations() -> None:
    california = assess(CALIFORNIA, I_200, today=TODAY)
    illinois = assess(ILLINOIS, _but(NO_PAPER, custody_escort="yes"), today=TODAY)

    assert any("24251(c)" in duty for duty in california.duties)
    assert "Cal. Health & Safety Code 24251(b)" in california.citations
    assert any("first and last name" in duty for duty in illinois.duties)


def test_a_place_without_rules_of_its_own_is_named() -> None:
    answer = assess(pack_by_id("US-OH"), I_200, today=TODAY)

    assert "no rules of its own for Ohio" in answer.notes[-1]
    assert answer.pack.id == FEDERAL


@pytest.mark.parametrize(
    ("pack_id", "words"),
    [("US-MA", "guidance only"), ("US-VT", "does not know whether a bill became law"), ("US-NV", "found no law")],
)
def test_a_state_of_which_little_is_known_says_so(pack_id: str, words: str) -> None:
    assert words in assess(pack_by_id(pack_id), I_200, today=TODAY).notes[-1]


@pytest.mark.parametrize(
    ("seen", "role"),
    [
        (_but(I_200, custody_escort="unsure"), ContactRole.CHARGE_NURSE),
        (_but(I_200, wants=["records"]), ContactRole.PRIVACY_OFFICER),
        (_but(LETTER, top_heading="other_agency", agency="unsure"), ContactRole.COMPLIANCE_OFFICER),
        (_but(LETTER, top_heading="other_agency", agency="regulator"), ContactRole.COMPLIANCE_OFFICER),
    ],
)
def test_who_else_is_needed_is_called_too(seen: Observations, role: ContactRole) -> None:
    assert role in [step.role for step in assess(FEDERAL_LAW, seen, today=TODAY).call]


def test_a_subpoena_that_a_judge_may_have_signed_is_flagged() -> None:
    answer = assess(FEDERAL_LAW, _but(AO_88, signer_label="judge"), today=TODAY)

    assert answer.paper_class is PaperClass.COURT_SUBPOENA
    assert any("judge may have signed" in note for note in answer.notes)


def test_officers_without_id_are_a_note_and_no_class() -> None:
    answer = assess(FEDERAL_LAW, _but(I_200, id_shown="no"), today=TODAY)

    assert any("ID" in note for note in answer.notes)
    assert answer.access == assess(FEDERAL_LAW, I_200, today=TODAY).access


# --- several papers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pair", "lead", "overlays", "private", "records"),
    [
        ((I_205, AO_88), "dhs_removal_warrant", ["court_subpoena"], "not_by_this_paper", "counsel"),
        ((I_200, AO_93), "judicial_search", ["dhs_arrest_warrant"], "responder_scope_check", "listed_via_responder"),
        ((AO_93, AO_442), "judicial_arrest", ["judicial_search"], "hold_counsel", "listed_via_responder"),
        ((I_200, _but(AO_93, title="unsure")), "unclear_hold", ["dhs_arrest_warrant"], "hold_counsel", "hold"),
        ((I_200, I_200), "dhs_arrest_warrant", [], "not_by_this_paper", "none"),
    ],
)
def test_of_several_papers_the_strictest_duty_leads_and_the_others_are_overlays(
    pair: tuple[Observations, ...], lead: str, overlays: list[str], private: str, records: str
) -> None:
    for order in (pair, pair[::-1]):
        both = assess_all(FEDERAL_LAW, order, today=TODAY)

        assert (both.paper_class, list(both.overlays)) == (lead, overlays)
        assert (both.access[AccessZone.PRIVATE], both.access[AccessZone.RECORDS]) == (private, records)


def test_two_papers_of_different_kinds_are_no_conflict() -> None:
    both = assess_all(FEDERAL_LAW, (I_200, AO_93), today=TODAY)

    assert both.access[AccessZone.PRIVATE] is Access.RESPONDER_SCOPE_CHECK
    assert "An immigration officer's arrest warrant (administrative): Yes, the named person." in both.arrest_in_public
    assert any("strictest duty leads" in note for note in both.notes)
    assert {step.role for step in both.call} >= {ContactRole.RESPONDER, ContactRole.COUNSEL}


def test_a_single_paper_is_answered_as_itself() -> None:
    assert assess_all(FEDERAL_LAW, (I_200,), today=TODAY) == assess(FEDERAL_LAW, I_200, today=TODAY)


def test_an_inspector_and_a_second_paper_do_not_hide_each_other() -> None:
    inspector = _but(LETTER, agency="regulator", top_heading="other_agency", wants=["records"])

    both = assess_all(FEDERAL_LAW, (inspector, _but(AO_88, wants=["records"])), today=TODAY)

    assert set(both.overlays) | {both.paper_class} == {PaperClass.REGULATOR, PaperClass.COURT_SUBPOENA}
    assert ContactRole.COMPLIANCE_OFFICER in [step.role for step in both.call]
