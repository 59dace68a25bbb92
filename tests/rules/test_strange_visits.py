"""Visits of the project's own that mix what does not belong together, each with what the fact base asks for.

Each is judged as it was seen, and again as a clerk would answer the desk's own questions: both must end the same.
"""

# ruff: noqa: E501 - a table: one visit, one line

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from zonemap.model.assessment import AccessZone, Assessment, PaperClass
from zonemap.model.paper import observations_from
from zonemap.rules.assess import assess_all
from zonemap.rules.pack import pack_by_id
from zonemap.rules.questions import UNSURE, next_question, observed

TODAY, LATE = date(2026, 11, 24), date(2028, 1, 1)
Paper = dict[str, Any]
HELD, REFUSED, JUDGES = ("hold_counsel",) * 2, ("not_by_this_paper",) * 2, ("responder_scope_check",) * 2
NO_ENTRY = ("not_without_paper",) * 2
CONTESTED = ("not_by_this_paper", "not_by_this_paper_contested_counsel_now")

SCENE: Paper = {"danger_now": "no", "entering_now": "no", "custody_escort": "no", "agency": "ice", "paper": "paper"}
SCENE |= {"wants": ["arrest_person"], "readable": "yes", "names_person": "yes"}
I_200 = {"top_heading": "dhs", "title": "warrant_for_arrest_of_alien", "signer_label": "immigration_officer"}
I_205 = I_200 | {"title": "warrant_of_removal"}
I_247A = I_200 | {"title": "immigration_detainer"}
I_138 = I_200 | {"title": "subpoena", "wants": ["records"]}
COURT = {"top_heading": "federal_court", "signer_label": "judge", "signed": "yes", "all_pages": "yes"}
AO_93 = COURT | {
    "title": "search_and_seizure_warrant",
    "wants": ["search_place"],
    "names_this_place": "yes",
    "covers_area_wanted": "yes",
    "execute_by": "yes",
    "hours_ok": "yes",
    "lists_records": "yes",
}
STATE_SEARCH = AO_93 | {"top_heading": "state_court", "title": "search_warrant", "court": "this_state"}
AO_442 = COURT | {"title": "arrest_warrant", "signer_label": "issuing_officer", "names_this_place": "no_place_stated"}
AO_88 = COURT | {"title": "subpoena", "signer_label": "attorney", "wants": ["records"], "agency": "other"}
AO_110 = AO_88 | {"title": "grand_jury_subpoena", "signer_label": "clerk"}
ORDER = COURT | {"title": "order", "wants": ["enter_private"], "covers_area_wanted": "yes", "lists_records": "no"}
EOIR = {"top_heading": "immigration_court", "title": "order", "signer_label": "immigration_judge", "signed": "yes"}
INSPECTOR = {"agency": "regulator", "top_heading": "other_agency", "wants": ["inspect_business"]}
ENTRY = COURT | {"title": "entry_or_inspection_warrant", "wants": ["inspect_business"], "lists_records": "yes"}
NO_PAPER = {"paper": "none"}

_ASKED_TOGETHER = {"all_pages": "signed", "execute_by": "hours_ok", "covers_area_wanted": "names_this_place"}

# what happens; where; the papers; the class that leads; private and residential; records
Visit = tuple[str, str, list[Paper], str, tuple[str, str], str]
VISITS: tuple[Visit, ...] = (
    ("I-200 with “Judge” under the line", "US", [I_200 | {"signer_label": "judge"}], "unclear_hold", HELD, "hold"),
    ("I-200 filled in by hand at the door", "US", [I_200 | {"form_number": "unsure"}], "dhs_arrest_warrant", REFUSED, "none"),
    ("I-200 that bears our address", "US", [I_200 | {"names_this_place": "yes"}], "dhs_arrest_warrant", REFUSED, "none"),
    ("I-200 that calls itself AO 93", "US", [I_200 | {"form_number": "AO 93"}], "dhs_arrest_warrant", REFUSED, "none"),
    ("I-200 without a signature", "US", [I_200 | {"signed": "no"}], "dhs_arrest_warrant", REFUSED, "none"),
    ("I-200, nobody can tell who signed", "US", [I_200 | {"signer_label": "unsure"}], "unclear_hold", HELD, "hold"),
    ("I-205 with a judge's name typed in the box", "US", [I_205], "dhs_removal_warrant", CONTESTED, "none"),
    ("I-205 with “Magistrate Judge” under the line", "US", [I_205 | {"signer_label": "judge"}], "unclear_hold", HELD, "hold"),
    ("I-205 on a phone for a shelter bed", "US-IL", [I_205 | {"paper": "on_phone"}], "dhs_removal_warrant", CONTESTED, "none"),
    ("I-205, rules past their date", "US late", [I_205], "dhs_removal_warrant", ("not_by_this_paper", "hold_counsel"), "none"),
    ("Homeland Security “Search Warrant” by an officer", "US", [I_200 | {"title": "search_warrant"}], "unclear_hold", HELD, "hold"),
    ("Homeland Security “Arrest Warrant” by an officer", "US", [I_200 | {"title": "arrest_warrant", "signed": "yes"}], "unclear_hold", HELD, "hold"),
    ("Homeland Security order by an immigration judge", "US", [I_200 | {"title": "order", "signer_label": "immigration_judge"}], "immigration_court_paper", REFUSED, "none"),
    ("Homeland Security application for a warrant", "US", [I_200 | {"title": "application_or_affidavit"}], "unclear_hold", HELD, "hold"),
    ("detainer: hold the patient", "US", [I_247A], "dhs_other", REFUSED, "none"),
    ("detainer, and they want the chart", "US", [I_247A | {"wants": ["records"]}], "dhs_other", REFUSED, "counsel"),
    ("I-862 by an “issuing officer”", "US", [I_200 | {"title": "notice_to_appear", "signer_label": "issuing_officer"}], "dhs_other", REFUSED, "none"),
    ("letter of Homeland Security for the visitor log", "US", [I_200 | {"title": "letter_or_request", "wants": ["video_or_visitor_log"]}], "dhs_other", REFUSED, "counsel"),
    ("I-138 “must be obeyed now”", "US", [I_138], "agency_subpoena", REFUSED, "counsel"),
    ("customs summons of HSI, unsigned", "US", [I_138 | {"agency": "hsi", "signed": "no"}], "agency_subpoena", REFUSED, "counsel"),
    ("Homeland Security subpoena by an immigration judge", "US", [I_138 | {"signer_label": "immigration_judge"}], "immigration_court_paper", REFUSED, "counsel"),
    ("I-9 notice, they want the ward", "US", [I_200 | {"title": "notice_of_inspection", "wants": ["enter_private"]}], "employer_notice", REFUSED, "no_patient_data"),
    ("AO 93, all fits", "US", [AO_93], "judicial_search", JUDGES, "listed_via_responder"),
    ("AO 93 that lists no record", "US", [AO_93 | {"lists_records": "no"}], "judicial_search", JUDGES, "none"),
    ("AO 93, its list cannot be read well", "US", [AO_93 | {"lists_records": "unsure"}], "judicial_search", JUDGES, "hold"),
    ("AO 93C on a phone, signed /s/", "US", [AO_93 | {"paper": "on_phone"}], "judicial_search", JUDGES, "listed_via_responder"),
    ("AO 93 of last month", "US", [AO_93 | {"execute_by": "no"}], "judicial_search_query", HELD, "hold"),
    ("AO 93 at night, the day box ticked", "US", [AO_93 | {"hours_ok": "no"}], "judicial_search_query", HELD, "hold"),
    ("AO 93 without a signature", "US", [AO_93 | {"signed": "no"}], "judicial_search_query", HELD, "hold"),
    ("AO 93 for the suite next door", "US", [AO_93 | {"names_this_place": "no"}], "judicial_search_query", HELD, "hold"),
    ("AO 93 for the office, they want the ward", "US", [AO_93 | {"covers_area_wanted": "no"}], "judicial_search_query", HELD, "hold"),
    ("AO 93 without its attachments", "US", [AO_93 | {"all_pages": "no"}], "judicial_search_query", HELD, "hold"),
    ("AO 93 by a clerk", "US", [AO_93 | {"signer_label": "clerk"}], "unclear_hold", HELD, "hold"),
    ("AO 93 by an immigration officer", "US", [AO_93 | {"signer_label": "immigration_officer"}], "unclear_hold", HELD, "hold"),
    ("AO 93, half of it under a thumb", "US", [AO_93 | {"readable": "no", "all_pages": "no"}], "unclear_hold", HELD, "hold"),
    ("a search warrant on a lawyer's letterhead", "US", [AO_93 | {"top_heading": "law_firm_or_none"}], "unclear_hold", HELD, "hold"),
    ("“warrant of removal” under a court's heading", "US", [I_205 | {"top_heading": "federal_court", "signer_label": "judge"}], "unclear_hold", HELD, "hold"),
    ("application for a search warrant, by a judge", "US", [AO_93 | {"title": "application_or_affidavit"}], "unclear_hold", HELD, "hold"),
    ("a paper in another language", "US", [AO_93 | {"top_heading": "foreign_language"}], "unclear_hold", HELD, "hold"),
    ("a subpoena in Spanish", "US", [AO_88 | {"top_heading": "foreign_language"}], "unclear_hold", HELD, "hold"),
    ("a paper that they fold away", "US", [{"paper": "unsure"}], "unclear_hold", HELD, "hold"),
    ("AO 442 for somebody inside", "US", [AO_442], "judicial_arrest", HELD, "none"),
    ("AO 442, our address on page 2", "US", [AO_442 | {"names_this_place": "yes"}], "judicial_arrest", HELD, "none"),
    ("AO 442 that the clerk signed", "US-CA", [AO_442 | {"signer_label": "clerk"}], "judicial_arrest", HELD, "none"),
    ("AO 442 without a signature", "US", [AO_442 | {"signed": "no"}], "unclear_hold", HELD, "hold"),
    ("AO 442 on a phone, signature not to be seen", "US", [AO_442 | {"paper": "on_phone", "signed": "unsure"}], "unclear_hold", HELD, "hold"),
    ("parole officer without a paper", "US", [NO_PAPER | {"agency": "local_or_state_police"}], "no_paper", NO_ENTRY, "none"),
    ("parole officer with a warrant of the board", "US", [AO_442 | {"top_heading": "other_agency", "signer_label": "other", "agency": "local_or_state_police"}], "unclear_hold", HELD, "hold"),
    ("“we have a warrant in the car”", "US", [{"paper": "verbal_only"}], "no_paper", NO_ENTRY, "none"),
    ("process server with a subpoena", "US", [AO_88], "court_subpoena", REFUSED, "counsel"),
    ("AO 88B, to permit inspection of premises", "US", [AO_88 | {"wants": ["inspect_business"]}], "court_subpoena", REFUSED, "counsel"),
    ("a subpoena that a judge signed", "US", [AO_88 | {"signer_label": "judge"}], "court_subpoena", REFUSED, "counsel"),
    ("AO 110, hand over the chart now", "US", [AO_110], "grand_jury_subpoena", REFUSED, "counsel"),
    ("a lawyer's letter for records", "US", [{"top_heading": "law_firm_or_none", "title": "letter_or_request", "signer_label": "attorney", "wants": ["records"]}], "unclear_hold", HELD, "hold"),
    ("an order to let them in", "US", [ORDER], "court_order", JUDGES, "none"),
    ("an order for records alone", "US", [ORDER | {"wants": ["records"], "lists_records": "yes"}], "court_order", REFUSED, "as_ordered"),
    ("an order without a signature", "US", [ORDER | {"signed": "no", "all_pages": "no"}], "unclear_hold", HELD, "hold"),
    ("an order that a lawyer signed", "US", [ORDER | {"signer_label": "attorney"}], "unclear_hold", HELD, "hold"),
    ("an order of the immigration court", "US", [EOIR], "immigration_court_paper", REFUSED, "none"),
    ("the immigration court, “Search Warrant”, “Judge”", "US", [AO_93 | {"top_heading": "immigration_court"}], "immigration_court_paper", REFUSED, "none"),
    ("a district court's heading, an immigration judge", "US", [ORDER | {"signer_label": "immigration_judge"}], "unclear_hold", HELD, "hold"),
    ("health inspectors with a badge letter", "US", [INSPECTOR], "regulator", ("per_statute",) * 2, "per_statute"),
    ("inspector with an administrative warrant", "US", [INSPECTOR | {"title": "entry_or_inspection_warrant", "signer_label": "other"}], "regulator", ("per_statute",) * 2, "per_statute"),
    ("inspector with a judge's inspection warrant", "US", [ENTRY | {"agency": "regulator"}], "judicial_civil_entry", HELD, "listed_via_responder"),
    ("“administrative” warrant of a judge, from ICE, unsigned", "US", [ENTRY | {"signed": "no"}], "judicial_civil_entry", HELD, "hold"),
    ("inspector who asks for a person", "US", [INSPECTOR | {"title": "subpoena", "signer_label": "other", "wants": ["talk_to_person"]}], "agency_subpoena", REFUSED, "counsel"),
    ("inspector, nobody knows what for", "US", [INSPECTOR | {"wants": ["unsure"]}], "unclear_hold", HELD, "hold"),
    ("a patient in custody, no paper", "US", [NO_PAPER | {"custody_escort": "yes"}], "custody_escort", ("with_prisoner_only",) * 2, "treating_team_only"),
    ("a patient in custody, with an I-200", "US", [I_200 | {"custody_escort": "yes"}], "dhs_arrest_warrant", ("with_prisoner_only",) * 2, "treating_team_only"),
    ("a patient in custody, with an AO 93", "US", [AO_93 | {"custody_escort": "yes"}], "judicial_search", JUDGES, "listed_via_responder"),
    ("a patient in custody, the paper is unclear", "US", [I_200 | {"custody_escort": "yes", "signer_label": "unsure"}], "unclear_hold", HELD, "hold"),
    ("a chase into the ward", "US", [NO_PAPER | {"danger_now": "yes"}], "emergency", ("do_not_block",) * 2, "none"),
    ("they go in with an I-200 in the hand", "US", [I_200 | {"entering_now": "yes"}], "emergency", ("do_not_block",) * 2, "none"),
    ("Colorado: a state judge's search, from ICE", "US-CO", [STATE_SEARCH], "judicial_search", HELD, "hold"),
    ("Colorado: a state judge's search, from the police", "US-CO", [STATE_SEARCH | {"agency": "local_or_state_police"}], "judicial_search", JUDGES, "listed_via_responder"),
    ("Colorado: a state judge's search, agency not told", "US-CO", [STATE_SEARCH | {"agency": "unsure"}], "judicial_search", HELD, "hold"),
    ("California: an order that names no area", "US-CA", [ORDER | {"covers_area_wanted": "no"}], "court_order", HELD, "none"),
    ("California: another state's search warrant", "US-CA", [STATE_SEARCH | {"court": "another_state"}], "judicial_search", HELD, "counsel"),
    ("California: another state's order for records", "US-CA", [ORDER | {"top_heading": "state_court", "court": "another_state", "wants": ["records"], "lists_records": "yes"}], "court_order", REFUSED, "counsel"),
    ("I-200 first, then an AO 93 of last month", "US", [I_200, AO_93 | {"execute_by": "no"}], "judicial_search_query", HELD, "hold"),
    ("a detainer beside an I-205", "US", [I_247A, I_205], "dhs_removal_warrant", CONTESTED, "none"),
    ("a subpoena beside an I-200", "US", [AO_88, I_200], "court_subpoena", REFUSED, "counsel"),
    ("an I-9 notice with a judge's inspection warrant", "US", [I_200 | {"title": "notice_of_inspection"}, ENTRY], "judicial_civil_entry", HELD, "listed_via_responder"),
    ("AO 93 for the office beside an AO 442", "US", [AO_93, AO_442], "judicial_arrest", HELD, "listed_via_responder"),
)  # fmt: skip


def _pack(place: str) -> tuple[Any, date]:
    pack_id = place.removesuffix(" late")
    return pack_by_id("US-federal" if pack_id == "US" else pack_id), LATE if place.endswith("late") else TODAY


def _ends(whole: Assessment) -> tuple[Any, ...]:
    return whole.outcome, whole.script, dict(whole.access)


def _as_a_clerk_answers(pack: Any, seen: Paper) -> Paper:
    """The answers to the desk's own questions; three of them ask for several observations at once."""
    eyes = {**seen, **{key: _worse(seen, key, other) for key, other in _ASKED_TOGETHER.items()}}
    said: Paper = {}
    while (question := next_question(pack, said)) is not None:
        if question.several:
            said[question.key] = seen["wants"]
            continue
        options = {(each.key, each.value): each for each in question.options}
        found = next((each for (key, value), each in options.items() if eyes.get(key) == value), None)
        option = found or next(each for each in question.options if each.value == UNSURE)
        said[option.key] = option.value
    return said


def _worse(seen: Paper, key: str, other: str) -> Any:
    """What is said of two things at once: what is wrong with one of them."""
    return seen.get(key) if seen.get(other, "yes") in ("yes", "none_stated") else seen[other]


@pytest.mark.parametrize("visit", VISITS, ids=[visit[0] for visit in VISITS])
def test_what_does_not_belong_together_ends_safely(visit: Visit) -> None:
    _, place, papers, leads, doors, records = visit
    pack, today = _pack(place)
    whole = assess_all(pack, [observations_from(SCENE | paper) for paper in papers], today=today)
    zones = (AccessZone.PRIVATE, AccessZone.RESIDENTIAL, AccessZone.RECORDS)

    assert (whole.paper_class, *(whole.access[zone].value for zone in zones)) == (leads, *doors, records)
    assert whole.access[AccessZone.PUBLIC] == ("per_statute" if leads == "regulator" else "open")
    assert whole.call
    assert whole.say[0].startswith("I'm ")


@pytest.mark.parametrize("visit", VISITS, ids=[visit[0] for visit in VISITS])
def test_a_clerk_who_answers_the_questions_gets_the_same(visit: Visit) -> None:
    _, place, papers, *_ = visit
    pack, today = _pack(place)
    as_seen = assess_all(pack, [observations_from(SCENE | paper) for paper in papers], today=today)
    asked = [observed(_as_a_clerk_answers(pack, SCENE | paper)) for paper in papers]

    assert _ends(assess_all(pack, asked, today=today)) == _ends(as_seen)


def test_there_are_more_than_sixty_and_they_lead_to_every_class() -> None:
    assert len({visit[0] for visit in VISITS}) == len(VISITS) > 60
    assert {visit[3] for visit in VISITS} == set(PaperClass)
