"""The ordered tests: one class for every paper, doubt ends in a hold, an officer's form stays an officer's form."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.rules.space import CALM, FITTING, papers, unsure
from zonemap.model.assessment import PaperClass
from zonemap.model.paper import Agency, Heading, Observations, Shown, Signer, Title, Want, YesNo, observations_from
from zonemap.rules.access import JUDGES_PAPERS
from zonemap.rules.classify import (
    CONFLICTS,
    TESTS,
    conflict,
    deciding_test,
    paper_class,
    read,
    search_mismatches,
    without_scene,
)

AO_93 = Observations(
    paper=Shown.PAPER,
    top_heading=Heading.FEDERAL_COURT,
    title=Title.SEARCH_AND_SEIZURE_WARRANT,
    signer_label=Signer.JUDGE,
    signed=YesNo.YES,
    **CALM,
    **FITTING,
)
OPENING = (
    "paper",
    "top_heading",
    "title",
    "signer_label",
    "signed",
    "names_this_place",
    "covers_area_wanted",
    "execute_by",
    "hours_ok",
    "all_pages",
    "readable",
)


def test_the_order_is_that_of_the_fact_base() -> None:
    order = [(test.place, test.paper_class.value) for test in TESTS]

    assert order == [
        ("1", "emergency"),
        ("2", "regulator"),
        ("2, in doubt", "unclear_hold"),
        ("3", "custody_escort"),
        ("4", "no_paper"),
        ("5", "unclear_hold"),
        ("6", "judicial_search"),
        ("7", "judicial_search_query"),
        ("8", "judicial_civil_entry"),
        ("9", "judicial_arrest"),
        ("10", "court_order"),
        ("11", "grand_jury_subpoena"),
        ("11", "court_subpoena"),
        ("12", "immigration_court_paper"),
        ("13", "dhs_removal_warrant"),
        ("14", "dhs_arrest_warrant"),
        ("15", "agency_subpoena"),
        ("16", "dhs_other"),
        ("17", "employer_notice"),
        ("18", "unclear_hold"),
    ]


def test_every_class_and_every_place_can_be_reached() -> None:
    scenes: list[Observations] = [
        replace(AO_93, danger_now=YesNo.YES),
        Observations(agency=Agency.REGULATOR, top_heading=Heading.OTHER_AGENCY, wants=frozenset({Want.RECORDS})),
        Observations(agency=Agency.REGULATOR, top_heading=Heading.OTHER_AGENCY),
        Observations(paper=Shown.NONE, custody_escort=YesNo.YES),
        Observations(paper=Shown.VERBAL_ONLY),
    ]
    tests = {deciding_test(seen).place for seen in (*scenes, *papers(), *papers(all_pages=YesNo.NO))}
    classes = {paper_class(seen) for seen in (*scenes, *papers(), *papers(all_pages=YesNo.NO))}

    assert tests == {test.place for test in TESTS}
    assert classes == set(PaperClass)


def test_under_a_dhs_heading_nothing_becomes_a_judges_paper() -> None:
    for seen in papers():
        dhs = replace(seen, top_heading=Heading.DHS, form_number="AO 93")

        assert paper_class(dhs) not in JUDGES_PAPERS


def test_medium_form_number_and_persons_named_change_no_class() -> None:
    for seen in papers():
        other = replace(seen, paper=Shown.ON_PHONE, form_number="I-200", names_person=YesNo.YES, id_shown=YesNo.NO)

        assert paper_class(other) is paper_class(seen)


@pytest.mark.parametrize("key", ["top_heading", "title", "signer_label", "readable"])
def test_a_paper_of_which_the_heading_title_or_signer_cannot_be_told_is_a_hold(key: str) -> None:
    for seen in papers():
        doubtful: Any = {key: unsure(key)}

        assert paper_class(replace(seen, **doubtful)) is PaperClass.UNCLEAR_HOLD


@pytest.mark.parametrize("title", [Title.OTHER, Title.APPLICATION_OR_AFFIDAVIT])
def test_a_title_that_no_rule_knows_is_a_hold_under_every_heading(title: Title) -> None:
    for seen in papers():
        assert paper_class(replace(seen, title=title)) is PaperClass.UNCLEAR_HOLD


@pytest.mark.parametrize("key", OPENING)
def test_one_doubt_takes_a_search_warrant_out_of_its_class(key: str) -> None:
    doubtful: Any = {key: unsure(key)}

    assert paper_class(AO_93) is PaperClass.JUDICIAL_SEARCH
    assert paper_class(replace(AO_93, **doubtful)) in (PaperClass.JUDICIAL_SEARCH_QUERY, PaperClass.UNCLEAR_HOLD)


def test_several_doubts_at_once_never_put_it_back() -> None:
    for keys in product(*((None, key) for key in OPENING)):
        doubtful: Any = {key: unsure(key) for key in keys if key}
        if doubtful:
            assert paper_class(replace(AO_93, **doubtful)) is not PaperClass.JUDICIAL_SEARCH


@pytest.mark.parametrize(
    ("name", "heading", "title", "signer", "signed"),
    [
        ("no_heading", "law_firm_or_none", "search_warrant", "judge", "yes"),
        ("no_heading", "law_firm_or_none", "order", "judge", "yes"),
        ("dhs_and_judge", "dhs", "warrant_for_arrest_of_alien", "judge", "yes"),
        ("court_and_immigration_signer", "federal_court", "arrest_warrant", "immigration_officer", "yes"),
        ("court_and_immigration_signer", "state_court", "subpoena", "immigration_judge", "yes"),
        ("court_and_immigration_title", "federal_court", "warrant_of_removal", "judge", "yes"),
        ("search_without_judge", "federal_court", "search_and_seizure_warrant", "clerk", "yes"),
        ("search_without_judge", "immigration_court", "entry_or_inspection_warrant", "none", "yes"),
        ("arrest_without_signature", "federal_court", "arrest_warrant", "clerk", "no"),
        ("arrest_without_signature", "immigration_court", "arrest_warrant", "immigration_judge", "no"),
        ("order_without_judge", "federal_court", "order", "attorney", "yes"),
        ("order_without_judge", "immigration_court", "order", "none", "yes"),
    ],
)
def test_parts_that_do_not_fit_together_are_a_hold(
    name: str, heading: str, title: str, signer: str, signed: str
) -> None:
    parts = {"top_heading": heading, "title": title, "signer_label": signer, "signed": signed}
    seen = observations_from({"paper": "paper", "readable": "yes", **parts})

    assert conflict(seen) == name
    assert paper_class(seen) is PaperClass.UNCLEAR_HOLD


def test_every_conflict_occurs_and_each_is_a_hold() -> None:
    found = {conflict(seen): paper_class(seen) for seen in papers() if conflict(seen)}

    assert found == dict.fromkeys(CONFLICTS, PaperClass.UNCLEAR_HOLD)


@pytest.mark.parametrize("signer", [Signer.JUDGE, Signer.CLERK, Signer.ISSUING_OFFICER])
def test_a_court_arrest_warrant_may_be_signed_by_a_clerk_or_an_issuing_officer(signer: Signer) -> None:
    warrant = replace(AO_93, title=Title.ARREST_WARRANT, signer_label=signer)

    assert paper_class(warrant) is PaperClass.JUDICIAL_ARREST


@pytest.mark.parametrize("heading", [Heading.IMMIGRATION_COURT, Heading.DHS, Heading.OTHER_AGENCY])
def test_an_immigration_judges_arrest_warrant_that_may_not_be_signed_is_a_hold_like_one_that_is_not(
    heading: Heading,
) -> None:
    warrant = replace(AO_93, title=Title.ARREST_WARRANT, top_heading=heading, signer_label=Signer.IMMIGRATION_JUDGE)

    assert paper_class(warrant) is PaperClass.IMMIGRATION_COURT_PAPER
    assert paper_class(replace(warrant, signed=YesNo.NO)) is PaperClass.UNCLEAR_HOLD
    assert paper_class(replace(warrant, signed=YesNo.UNSURE)) is PaperClass.UNCLEAR_HOLD


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        (Heading.DHS, PaperClass.EMPLOYER_NOTICE),
        (Heading.OTHER_AGENCY, PaperClass.EMPLOYER_NOTICE),
        (Heading.FEDERAL_COURT, PaperClass.UNCLEAR_HOLD),
        (Heading.STATE_COURT, PaperClass.UNCLEAR_HOLD),
    ],
)
def test_a_notice_of_inspection_under_a_courts_heading_is_a_doubtful_court_paper(
    heading: Heading, found: PaperClass
) -> None:
    notice = replace(AO_93, title=Title.NOTICE_OF_INSPECTION, signer_label=Signer.OTHER, top_heading=heading)

    assert paper_class(notice) is found


def test_the_word_administrative_in_a_title_makes_no_officers_form_of_a_judges_warrant() -> None:
    warrant = replace(AO_93, title=Title.ENTRY_OR_INSPECTION_WARRANT)

    assert paper_class(warrant) is PaperClass.JUDICIAL_CIVIL_ENTRY


@pytest.mark.parametrize("wants", [{Want.ARREST_PERSON}, {Want.RECORDS, Want.TALK_TO_PERSON}])
def test_an_inspector_who_asks_for_a_person_is_read_like_anybody(wants: set[Want]) -> None:
    inspector = replace(AO_93, agency=Agency.REGULATOR, top_heading=Heading.OTHER_AGENCY, wants=frozenset(wants))

    assert paper_class(inspector) is PaperClass.UNCLEAR_HOLD
    assert paper_class(replace(inspector, title=Title.SUBPOENA)) is PaperClass.AGENCY_SUBPOENA
    assert paper_class(replace(inspector, paper=Shown.NONE)) is PaperClass.NO_PAPER


def test_an_inspector_of_whom_nobody_can_say_what_they_ask_for_is_a_hold_not_a_refusal() -> None:
    inspector = observations_from({"agency": "regulator", "top_heading": "other_agency", "paper": "none"})

    assert paper_class(inspector) is PaperClass.UNCLEAR_HOLD
    assert paper_class(replace(inspector, wants=frozenset({Want.RECORDS}))) is PaperClass.REGULATOR


def test_somebody_in_custody_makes_the_class_only_without_a_paper() -> None:
    alone = observations_from({"custody_escort": "yes", "paper": "verbal_only"})

    assert paper_class(alone) is PaperClass.CUSTODY_ESCORT
    assert paper_class(replace(AO_93, custody_escort=YesNo.YES)) is PaperClass.JUDICIAL_SEARCH


def test_doubt_about_danger_or_custody_keeps_the_class() -> None:
    for key in ("danger_now", "entering_now", "custody_escort"):
        doubtful: Any = {key: YesNo.UNSURE}

        assert paper_class(replace(AO_93, **doubtful)) is PaperClass.JUDICIAL_SEARCH
        assert paper_class(replace(AO_93, paper=Shown.NONE, **doubtful)) is PaperClass.NO_PAPER


def test_with_a_paper_in_sight_none_shown_counts_as_unsure() -> None:
    seen = replace(AO_93, title=Title.NONE_SHOWN, execute_by="none_shown")

    assert read(seen).title is Title.UNSURE
    assert search_mismatches(read(seen)) == ("execute_by",)
    assert read(replace(seen, paper=Shown.NONE)).title is Title.NONE_SHOWN
    assert paper_class(seen) is PaperClass.UNCLEAR_HOLD


def test_the_paper_alone_is_what_lies_under_an_emergency() -> None:
    storm = replace(AO_93, danger_now=YesNo.YES, entering_now=YesNo.YES, custody_escort=YesNo.YES)

    assert paper_class(storm) is PaperClass.EMERGENCY
    assert paper_class(without_scene(storm)) is PaperClass.JUDICIAL_SEARCH


def test_the_documents_table_is_the_order_as_it_is() -> None:
    document = (Path(__file__).parents[2] / "docs" / "rules.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d+(?:, in doubt)?) \| `(\w+)` \|", document, re.MULTILINE)

    assert rows == [(test.place, test.paper_class.value) for test in TESTS]
