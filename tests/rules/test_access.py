"""The access table: as the fact base has it, refined by what is asked and listed, and never opened by a doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from tests.rules.space import CALM, FITTING, WANTS, definite, papers, shown, unsure
from zonemap.errors import Invalid
from zonemap.model.assessment import Access, AccessZone, PaperClass
from zonemap.model.paper import KINDS, Agency, Heading, Observations, Shown, Signer, Title, Want, YesNo
from zonemap.rules.access import CLOSED, JUDGES_PAPERS, access_for, rows, rows_from
from zonemap.rules.assess import assess
from zonemap.rules.pack import FEDERAL, Pack, packs

FEDERAL_LAW = packs()[FEDERAL]
CALIFORNIA = packs()["US-CA"]
FEDERAL_JUDGES_ONLY = replace(FEDERAL_LAW, federal_only_judge=True)
EVERY_LAW = (FEDERAL_LAW, CALIFORNIA, FEDERAL_JUDGES_ONLY)
OPENING = {Access.RESPONDER_SCOPE_CHECK, Access.AS_ORDERED, Access.LISTED_VIA_RESPONDER}
REFUSING = {Access.NOT_BY_THIS_PAPER, Access.NOT_BY_THIS_PAPER_CONTESTED, Access.NOT_WITHOUT_PAPER, Access.NONE}
HOLDING = {Access.HOLD, Access.HOLD_COUNSEL}
_KEYS = {"outcome", "script", "confidence", "contested", "call", *AccessZone}
# How much an access lets happen, for comparing doubt with certainty.
_PERMISSIVE = {
    **dict.fromkeys(REFUSING | {Access.NO_PATIENT_DATA}, 0),
    **dict.fromkeys(HOLDING | {Access.COUNSEL, Access.DO_NOT_BLOCK}, 1),
    **dict.fromkeys((Access.WITH_PRISONER_ONLY, Access.TREATING_TEAM_ONLY, Access.PER_STATUTE), 2),
    **dict.fromkeys(OPENING, 3),
    Access.OPEN: 4,
}
ORDER = Observations(
    paper=Shown.PAPER,
    top_heading=Heading.STATE_COURT,
    title=Title.ORDER,
    signer_label=Signer.JUDGE,
    signed=YesNo.YES,
    **{**CALM, **FITTING},
)
SEARCH = replace(ORDER, title=Title.SEARCH_WARRANT)


def _private(seen: Observations, pack: Pack = FEDERAL_LAW) -> Access:
    return shown(seen, pack)[1][AccessZone.PRIVATE]


def _records(seen: Observations, pack: Pack = FEDERAL_LAW) -> Access:
    return shown(seen, pack)[1][AccessZone.RECORDS]


@pytest.mark.parametrize(
    ("paper_class", "public", "private", "residential", "records", "script"),
    [
        ("judicial_search", "open", "responder_scope_check", "responder_scope_check", "none", "S1"),
        ("judicial_search_query", "open", "hold_counsel", "hold_counsel", "hold", "S2"),
        ("judicial_civil_entry", "open", "hold_counsel", "hold_counsel", "listed_via_responder", "S2"),
        ("judicial_arrest", "open", "hold_counsel", "hold_counsel", "none", "S3"),
        ("court_order", "open", "responder_scope_check", "responder_scope_check", "none", "S1"),
        ("court_subpoena", "open", "not_by_this_paper", "not_by_this_paper", "counsel", "S4"),
        ("grand_jury_subpoena", "open", "not_by_this_paper", "not_by_this_paper", "counsel", "S4"),
        ("agency_subpoena", "open", "not_by_this_paper", "not_by_this_paper", "counsel", "S4"),
        ("immigration_court_paper", "open", "not_by_this_paper", "not_by_this_paper", "none", "S5"),
        ("dhs_other", "open", "not_by_this_paper", "not_by_this_paper", "none", "S5"),
        ("dhs_arrest_warrant", "open", "not_by_this_paper", "not_by_this_paper", "none", "S5"),
        (
            "dhs_removal_warrant",
            "open",
            "not_by_this_paper",
            "not_by_this_paper_contested_counsel_now",
            "none",
            "S5",
        ),
        ("employer_notice", "open", "not_by_this_paper", "not_by_this_paper", "no_patient_data", "S4"),
        ("no_paper", "open", "not_without_paper", "not_without_paper", "none", "S6"),
        ("custody_escort", "open", "with_prisoner_only", "with_prisoner_only", "treating_team_only", "S7"),
        ("emergency", "open", "do_not_block", "do_not_block", "none", "S8"),
        ("regulator", "per_statute", "per_statute", "per_statute", "per_statute", "S9"),
        ("unclear_hold", "open", "hold_counsel", "hold_counsel", "hold", "S2"),
    ],
)
def test_the_table_is_that_of_the_fact_base(
    paper_class: str, public: str, private: str, residential: str, records: str, script: str
) -> None:
    row = rows()[PaperClass(paper_class)]

    assert row.access[AccessZone.PUBLIC] == public
    assert row.access[AccessZone.PRIVATE] == row.access[AccessZone.OUTDOOR_PRIVATE] == private
    assert row.access[AccessZone.RESIDENTIAL] == residential
    assert row.access[AccessZone.RECORDS] == records
    assert row.script == script


def test_the_table_has_a_row_for_every_class_with_somebody_to_call() -> None:
    assert set(rows()) == set(PaperClass)
    assert all(row.call for row in rows().values())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"emergency": None}, "lacks a class"),
        ({"siege": {}}, "one that is unknown: siege"),
        ({"emergency": {"outcome": "emergency"}}, "The row emergency lacks a key"),
        ({"emergency": {"colour": "red"}}, "The row emergency lacks a key"),
    ],
)
def test_a_table_that_is_not_whole_is_refused(change: dict[str, Any], sentence: str) -> None:
    rest = {name.value: {} for name in PaperClass if name.value not in change}

    with pytest.raises(Invalid, match=sentence):
        rows_from({**{key: row for key, row in change.items() if row is not None}, **rest})


def test_of_several_things_that_are_wrong_the_first_by_name_is_told() -> None:
    whole = {name.value: {} for name in PaperClass}

    with pytest.raises(Invalid, match="unknown: a_first"):
        rows_from(whole | {"z_last": {}, "a_first": {}})
    with pytest.raises(Invalid, match="lacks a key, or has one that is unknown: call"):
        rows_from(whole)
    with pytest.raises(Invalid, match="lacks a key, or has one that is unknown: access"):
        rows_from(dict.fromkeys(whole, dict.fromkeys(_KEYS | {"access"}, "")))
    with pytest.raises(Invalid, match="has a word that is unknown"):
        rows_from(dict.fromkeys(whole, dict.fromkeys(_KEYS, "maybe")))


# --- refinements (2.3) --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wants", "lists", "private", "records"),
    [
        ({Want.RECORDS}, YesNo.YES, Access.NOT_BY_THIS_PAPER, Access.AS_ORDERED),
        ({Want.RECORDS}, YesNo.NO, Access.NOT_BY_THIS_PAPER, Access.NONE),
        ({Want.RECORDS}, YesNo.UNSURE, Access.NOT_BY_THIS_PAPER, Access.HOLD),
        ({Want.VIDEO_OR_VISITOR_LOG}, YesNo.YES, Access.NOT_BY_THIS_PAPER, Access.AS_ORDERED),
        ({Want.TALK_TO_PERSON}, YesNo.YES, Access.RESPONDER_SCOPE_CHECK, Access.NONE),
        ({Want.ENTER_PRIVATE, Want.RECORDS}, YesNo.YES, Access.RESPONDER_SCOPE_CHECK, Access.AS_ORDERED),
        ({Want.UNSURE}, YesNo.YES, Access.HOLD_COUNSEL, Access.HOLD),
        ({Want.UNSURE}, YesNo.NO, Access.HOLD_COUNSEL, Access.NONE),
        ({Want.UNSURE, Want.RECORDS}, YesNo.YES, Access.HOLD_COUNSEL, Access.AS_ORDERED),
        ({Want.UNSURE, Want.ENTER_PRIVATE}, YesNo.NO, Access.RESPONDER_SCOPE_CHECK, Access.NONE),
    ],
)
def test_a_judges_order_reaches_what_is_asked_for_and_listed(
    wants: set[Want], lists: YesNo, private: Access, records: Access
) -> None:
    order = replace(ORDER, wants=frozenset(wants), lists_records=lists)

    assert (_private(order), _records(order)) == (private, records)


@pytest.mark.parametrize(
    ("lists", "records"),
    [(YesNo.YES, Access.LISTED_VIA_RESPONDER), (YesNo.NO, Access.NONE), (YesNo.UNSURE, Access.HOLD)],
)
def test_a_search_warrant_reaches_records_only_where_it_lists_them(lists: YesNo, records: Access) -> None:
    assert _records(replace(SEARCH, lists_records=lists)) is records


def test_a_judges_warrant_to_enter_reaches_records_only_where_it_is_signed() -> None:
    entry = replace(SEARCH, title=Title.ENTRY_OR_INSPECTION_WARRANT)

    assert _records(entry) is Access.LISTED_VIA_RESPONDER
    assert _records(replace(entry, signed=YesNo.UNSURE)) is Access.HOLD
    assert _records(replace(entry, paper=Shown.UNSURE)) is Access.HOLD


@pytest.mark.parametrize(
    ("title", "wants", "records"),
    [
        (Title.SUBPOENA, Want.ENTER_PRIVATE, Access.COUNSEL),
        (Title.NOTICE_TO_APPEAR, Want.RECORDS, Access.COUNSEL),
        (Title.NOTICE_TO_APPEAR, Want.ENTER_PRIVATE, Access.NONE),
        (Title.NOTICE_TO_APPEAR, Want.UNSURE, Access.NONE),
    ],
)
def test_immigration_papers_send_records_to_counsel_where_they_are_asked_for(
    title: Title, wants: Want, records: Access
) -> None:
    paper = replace(
        ORDER,
        top_heading=Heading.IMMIGRATION_COURT,
        title=title,
        signer_label=Signer.IMMIGRATION_JUDGE,
        wants=frozenset({wants}),
    )

    assert _records(paper) is records


def test_an_escort_with_a_paper_that_permits_nothing_stays_with_the_prisoner() -> None:
    for seen in papers(custody_escort=YesNo.YES, wants=frozenset({Want.RECORDS})):
        alone = shown(replace(seen, custody_escort=YesNo.NO), FEDERAL_LAW)
        found, table = shown(seen, FEDERAL_LAW)

        assert found is alone[0]
        if found in JUDGES_PAPERS or found is PaperClass.UNCLEAR_HOLD:
            assert table == alone[1]
        else:
            assert {table[zone] for zone in CLOSED} == {Access.WITH_PRISONER_ONLY}
            assert table[AccessZone.RECORDS] is Access.TREATING_TEAM_ONLY


# --- state law and its age ----------------------------------------------------------------------------------------


def test_california_asks_for_a_paper_that_names_the_area() -> None:
    unnamed = replace(ORDER, covers_area_wanted=YesNo.NO, wants=frozenset({Want.ENTER_PRIVATE}))

    assert _private(unnamed) is Access.RESPONDER_SCOPE_CHECK
    assert _private(unnamed, CALIFORNIA) is Access.HOLD_COUNSEL
    assert _private(replace(unnamed, covers_area_wanted=YesNo.UNSURE), CALIFORNIA) is Access.HOLD_COUNSEL
    assert _private(replace(unnamed, covers_area_wanted=YesNo.YES), CALIFORNIA) is Access.RESPONDER_SCOPE_CHECK


def test_in_california_nothing_that_does_not_name_the_area_is_more_than_a_hold() -> None:
    for seen, wants in product(papers(covers_area_wanted=YesNo.UNSURE), WANTS):
        assert _private(replace(seen, wants=wants), CALIFORNIA) is not Access.RESPONDER_SCOPE_CHECK


@pytest.mark.parametrize("agency", [Agency.ICE, Agency.CBP, Agency.HSI, Agency.UNSURE])
@pytest.mark.parametrize("paper", [SEARCH, ORDER, replace(ORDER, title=Title.ARREST_WARRANT)])
def test_where_only_a_federal_judge_counts_a_state_courts_paper_from_immigration_officers_is_a_hold(
    agency: Agency, paper: Observations
) -> None:
    from_them = replace(paper, agency=agency)

    assert _private(from_them, FEDERAL_JUDGES_ONLY) is Access.HOLD_COUNSEL
    assert _records(from_them, FEDERAL_JUDGES_ONLY) is Access.HOLD


def test_where_only_a_federal_judge_counts_the_police_and_a_federal_court_are_as_elsewhere() -> None:
    police = replace(SEARCH, agency=Agency.LOCAL_OR_STATE_POLICE)
    federal = replace(SEARCH, agency=Agency.ICE, top_heading=Heading.FEDERAL_COURT)

    assert _private(police, FEDERAL_JUDGES_ONLY) is Access.RESPONDER_SCOPE_CHECK
    assert _private(federal, FEDERAL_JUDGES_ONLY) is Access.RESPONDER_SCOPE_CHECK


def test_rules_past_their_date_turn_what_is_contested_into_a_hold_and_nothing_else() -> None:
    removal = replace(
        ORDER, top_heading=Heading.DHS, title=Title.WARRANT_OF_REMOVAL, signer_label=Signer.IMMIGRATION_OFFICER
    )
    fresh = access_for(PaperClass.DHS_REMOVAL_WARRANT, removal, FEDERAL_LAW, stale=False)
    stale = access_for(PaperClass.DHS_REMOVAL_WARRANT, removal, FEDERAL_LAW, stale=True)

    assert fresh[AccessZone.RESIDENTIAL] is Access.NOT_BY_THIS_PAPER_CONTESTED
    assert stale[AccessZone.RESIDENTIAL] is Access.HOLD_COUNSEL
    assert stale[AccessZone.PRIVATE] is Access.NOT_BY_THIS_PAPER


def test_rules_past_their_date_never_permit_more() -> None:
    late = date(2099, 1, 1)
    for seen in papers():
        old, new = assess(FEDERAL_LAW, seen, today=late), assess(FEDERAL_LAW, seen, today=date(2026, 12, 1))

        assert all(_PERMISSIVE[old.access[zone]] <= max(1, _PERMISSIVE[new.access[zone]]) for zone in AccessZone)


# --- what no combination may do -----------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", EVERY_LAW, ids=["federal", "California", "federal judges only"])
def test_no_paper_but_a_judges_opens_a_private_zone_or_records(pack: Pack) -> None:
    for seen, wants in product(papers(), WANTS[:5]):
        found, table = shown(replace(seen, wants=wants), pack)

        assert table[AccessZone.PUBLIC] is Access.OPEN
        assert found in JUDGES_PAPERS or not OPENING & set(table.values())
        assert Access.OPEN not in [table[zone] for zone in CLOSED]


@pytest.mark.parametrize("key", ["wants", *KINDS])
def test_a_doubt_never_permits_more_than_the_better_of_the_certain_answers(key: str) -> None:
    _compare_doubt_with_certainty(key)


def _compare_doubt_with_certainty(key: str) -> None:
    """Also: where certain answers part a judge's paper from a refusal, the doubt is a hold."""
    for seen in _visits_that_differ_in(key):
        in_doubt = shown(replace(seen, **{key: unsure(key)}), FEDERAL_JUDGES_ONLY)[1]
        certain = [shown(replace(seen, **{key: value}), FEDERAL_JUDGES_ONLY)[1] for value in definite(key)]
        for zone in AccessZone:
            each = {table[zone] for table in certain}
            assert in_doubt[zone] in HOLDING or _PERMISSIVE[in_doubt[zone]] <= max(map(_PERMISSIVE.__getitem__, each))
            if each & OPENING and each & REFUSING and key not in ("danger_now", "entering_now"):
                assert in_doubt[zone] in HOLDING


def _visits_that_differ_in(key: str) -> list[Observations]:
    """Papers of every kind that differ in more than the key: with an escort or not, for records or a person."""
    step = 1 if key in ("top_heading", "title", "signer_label", "signed") else 7
    kinds = {replace(seen, **{key: unsure(key)}) for seen in papers()}
    found = []
    for escort, wants in ((YesNo.YES, Want.RECORDS), (YesNo.NO, Want.RECORDS), (YesNo.NO, Want.ARREST_PERSON)):
        more = {} if key in ("custody_escort", "wants") else {"custody_escort": escort, "wants": frozenset({wants})}
        found += [replace(seen, **more) for seen in sorted(kinds, key=repr)[::step]]
    return [*found, *(replace(seen, agency=Agency.REGULATOR) for seen in found[::9])]
