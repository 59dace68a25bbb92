"""The access a class shows, zone by zone: the rows of classes.toml, then the refinements of decision-facts 2.3."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any

from zonemap.model.assessment import Access, AccessZone, PaperClass
from zonemap.model.paper import Agency, Heading, Observations, Title, Want, YesNo
from zonemap.rules.pack import Pack

AccessTable = dict[AccessZone, Access]

_REFUSALS = (Access.NOT_BY_THIS_PAPER, Access.NOT_BY_THIS_PAPER_CONTESTED)
_JUDGES_PAPERS = (
    PaperClass.JUDICIAL_SEARCH,
    PaperClass.JUDICIAL_SEARCH_QUERY,
    PaperClass.JUDICIAL_CIVIL_ENTRY,
    PaperClass.JUDICIAL_ARREST,
    PaperClass.COURT_ORDER,
)
_IMMIGRATION_AGENCIES = (Agency.ICE, Agency.CBP, Agency.HSI)
_CLOSED = (AccessZone.PRIVATE, AccessZone.RESIDENTIAL, AccessZone.OUTDOOR_PRIVATE)


@cache
def rows() -> Mapping[PaperClass, Mapping[str, Any]]:
    """The rows of classes.toml by class."""
    text = (files("zonemap.rules") / "classes.toml").read_text("utf-8")
    return {PaperClass(name): row for name, row in loads(text).items()}


def access_for(paper_class: PaperClass, seen: Observations, pack: Pack, *, stale: bool) -> AccessTable:
    """What the class shows for each zone, refined by what is asked and listed, by the pack, and by its age."""
    row = rows()[paper_class]
    table = _table(Access(row["private"]), Access(row["records"]))
    table[AccessZone.RESIDENTIAL] = Access(row.get("residential", row["private"]))
    _refine(table, paper_class, seen)
    _escort(table, seen)
    _state_law(table, paper_class, seen, pack)
    if stale:
        for zone, access in table.items():
            table[zone] = Access.HOLD_COUNSEL if access is Access.NOT_BY_THIS_PAPER_CONTESTED else access
    return table


def _table(private: Access, records: Access) -> AccessTable:
    table = dict.fromkeys(_CLOSED, private)
    return {AccessZone.PUBLIC: Access.OPEN, **table, AccessZone.RECORDS: records}


def _refine(table: AccessTable, paper_class: PaperClass, seen: Observations) -> None:
    listed = seen.lists_records is YesNo.YES
    if paper_class is PaperClass.REGULATOR:
        table[AccessZone.PUBLIC] = Access.PER_STATUTE
    elif paper_class is PaperClass.JUDICIAL_SEARCH and listed:
        table[AccessZone.RECORDS] = Access.LISTED_VIA_RESPONDER
    elif paper_class is PaperClass.COURT_ORDER:
        if Want.RECORDS in seen.wants and listed:
            table[AccessZone.RECORDS] = Access.AS_ORDERED
        if seen.wants == {Want.RECORDS}:
            table.update(dict.fromkeys(_CLOSED, Access.NOT_BY_THIS_PAPER))
    elif paper_class in (PaperClass.IMMIGRATION_COURT_PAPER, PaperClass.DHS_OTHER) and (
        seen.title in (Title.SUBPOENA, Title.GRAND_JURY_SUBPOENA) or Want.RECORDS in seen.wants
    ):
        table[AccessZone.RECORDS] = Access.COUNSEL


def _escort(table: AccessTable, seen: Observations) -> None:
    """Somebody in custody came with a paper that permits nothing by itself: only with the prisoner."""
    if seen.custody_escort is YesNo.YES and seen.paper_shown and table[AccessZone.PRIVATE] in _REFUSALS:
        table.update(dict.fromkeys(_CLOSED, Access.WITH_PRISONER_ONLY))
        table[AccessZone.RECORDS] = Access.TREATING_TEAM_ONLY


def _state_law(table: AccessTable, paper_class: PaperClass, seen: Observations, pack: Pack) -> None:
    if (
        pack.federal_only_judge
        and paper_class in _JUDGES_PAPERS
        and seen.top_heading is Heading.STATE_COURT
        and seen.agency in (*_IMMIGRATION_AGENCIES, Agency.UNSURE)
    ):
        table.update(dict.fromkeys(_CLOSED, Access.HOLD_COUNSEL))
        table[AccessZone.RECORDS] = Access.HOLD
    if pack.order_scope_required and seen.covers_area_wanted is not YesNo.YES:
        for zone in _CLOSED:
            if table[zone] is Access.RESPONDER_SCOPE_CHECK:
                table[zone] = Access.HOLD_COUNSEL
