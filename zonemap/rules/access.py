"""The access a class shows, zone by zone: the rows of classes.toml, then what refines them (decision-facts 2.3)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.assessment import Access, AccessZone, Confidence, Outcome, PaperClass
from zonemap.model.facility import ContactRole
from zonemap.model.paper import Observations, Shown, Want, YesNo
from zonemap.rules.classify import SUBPOENAS
from zonemap.rules.pack import Pack
from zonemap.rules.state_law import (
    CLOSED,
    JUDGES_PAPERS,
    REFUSALS,
    AccessTable,
    by_federal_judge,
    by_own_courts,
    by_scope,
    by_sealed_records,
    out_of_date,
)

When = Callable[[Observations], bool]
Law = Callable[[AccessTable, PaperClass, Observations, Pack], AccessTable]
Step = Callable[[AccessTable, PaperClass, Observations, Pack, bool], AccessTable]  # the last: rules past their date


@dataclass(frozen=True, slots=True)
class Row:
    """One class: what it shows for each zone before refinements, and how the answer is headed, said and called."""

    outcome: Outcome
    access: AccessTable
    script: str
    confidence: Confidence
    contested: frozenset[AccessZone]
    call: tuple[ContactRole, ...]


@dataclass(frozen=True, slots=True)
class Refinement:
    """What follows from the things asked for and the things listed (2.3), for some classes."""

    classes: frozenset[PaperClass]
    when: When
    change: AccessTable


@cache
def rows() -> Mapping[PaperClass, Row]:
    """The access table by class, from classes.toml. Raises Invalid naming a class or key that is unknown or missing."""
    text = (files("zonemap.rules") / "classes.toml").read_text("utf-8")
    return MappingProxyType(rows_from(tomllib.loads(text)))


def rows_from(document: Mapping[str, Any]) -> dict[PaperClass, Row]:
    """The rows of a table, every class once. Raises Invalid."""
    wrong = set(PaperClass).symmetric_difference(document)
    if wrong:
        raise Invalid(f"The access table lacks a class, or has one that is unknown: {sorted(map(str, wrong))[0]}.")
    return {PaperClass(name): _row(name, row) for name, row in document.items()}


def _row(name: str, row: Mapping[str, Any]) -> Row:
    wanted = {field.name for field in fields(Row)}.difference(("access",)).union(AccessZone)
    wrong = wanted.symmetric_difference(row)
    if wrong:
        raise Invalid(f"The row {name} lacks a key, or has one that is unknown: {sorted(map(str, wrong))[0]}.")
    try:
        return Row(
            outcome=Outcome(row["outcome"]),
            access=MappingProxyType({zone: Access(row[zone]) for zone in AccessZone}),
            script=row["script"],
            confidence=Confidence(row["confidence"]),
            contested=frozenset(map(AccessZone, row["contested"])),
            call=tuple(map(ContactRole, row["call"])),
        )
    except ValueError as error:
        raise Invalid(f"The row {name} has a word that is unknown: {error}.") from error


def access_for(paper_class: PaperClass, seen: Observations, pack: Pack, *, stale: bool) -> AccessTable:
    """What the class shows for each zone: its row, then one step after the other."""
    table = dict(rows()[paper_class].access)
    for step in STEPS:
        table |= step(table, paper_class, seen, pack, stale)
    return MappingProxyType(table)


# --- what is asked and listed (2.3) -------------------------------------------------------------------------------


def _closed(access: Access) -> AccessTable:
    return dict.fromkeys(CLOSED, access)


def _records(access: Access) -> AccessTable:
    return {AccessZone.RECORDS: access}


def _asks_for_records_alone(seen: Observations) -> bool:
    return seen.asks_for_records and not seen.wants - {Want.RECORDS, Want.VIDEO_OR_VISITOR_LOG}


def _asks_nothing_certain_but_records(seen: Observations) -> bool:
    """A paper may open a private zone only where somebody knows what is asked for (fail-safe rule 1)."""
    known = seen.wants - {Want.UNSURE, Want.RECORDS, Want.VIDEO_OR_VISITOR_LOG}
    return seen.wants_in_doubt and not known


def _lists(seen: Observations) -> bool:
    return seen.lists_records is YesNo.YES


def _may_list(seen: Observations) -> bool:
    return seen.lists_records not in (YesNo.YES, YesNo.NO)


def _may_order_records(seen: Observations) -> bool:
    """Records may be asked for and may be listed, and one of the two is not certain."""
    may_ask = seen.asks_for_records or seen.wants_in_doubt
    return may_ask and seen.lists_records is not YesNo.NO and not (seen.asks_for_records and _lists(seen))


def _orders_records(seen: Observations) -> bool:
    return seen.asks_for_records and _lists(seen)


def _calls_for_counsel(seen: Observations) -> bool:
    return seen.title in SUBPOENAS or seen.asks_for_records


def _may_be_unsigned(seen: Observations) -> bool:
    """No record leaves by a warrant that nobody can say is there, or is signed (fail-safe rule 1)."""
    return seen.paper is Shown.UNSURE or seen.signed is not YesNo.YES


_ORDER = frozenset({PaperClass.COURT_ORDER})
_SEARCH = frozenset({PaperClass.JUDICIAL_SEARCH})
_ENTRY = frozenset({PaperClass.JUDICIAL_CIVIL_ENTRY})
_LETTERS = frozenset({PaperClass.IMMIGRATION_COURT_PAPER, PaperClass.DHS_OTHER})

REFINEMENTS: tuple[Refinement, ...] = (
    Refinement(_ORDER, _asks_for_records_alone, _closed(Access.NOT_BY_THIS_PAPER)),
    Refinement(_ORDER, _asks_nothing_certain_but_records, _closed(Access.HOLD_COUNSEL)),
    Refinement(_ORDER, _orders_records, _records(Access.AS_ORDERED)),
    Refinement(_ORDER, _may_order_records, _records(Access.HOLD)),
    Refinement(_SEARCH, _lists, _records(Access.LISTED_VIA_RESPONDER)),
    Refinement(_SEARCH, _may_list, _records(Access.HOLD)),
    Refinement(_ENTRY, _may_be_unsigned, _records(Access.HOLD)),
    Refinement(_LETTERS, _calls_for_counsel, _records(Access.COUNSEL)),
)


def _refined(_: AccessTable, paper_class: PaperClass, seen: Observations, *_more: object) -> AccessTable:
    changes: dict[AccessZone, Access] = {}
    for refinement in REFINEMENTS:
        if paper_class in refinement.classes and refinement.when(seen):
            changes |= refinement.change
    return changes


def is_contested(paper_class: PaperClass, pack: Pack) -> bool:
    """Whether those who wrote on the class do not agree: as the pack has it, else as the table has it."""
    return pack.confidence.get(paper_class, rows()[paper_class].confidence) is Confidence.CONTESTED


def contested_zones(paper_class: PaperClass, pack: Pack) -> frozenset[AccessZone]:
    """The zones whose answer is fought over: those of the table; every closed one where the state's pack says so."""
    own = frozenset(CLOSED) if pack.confidence.get(paper_class) is Confidence.CONTESTED else frozenset[AccessZone]()
    return rows()[paper_class].contested | own


# --- an escort ----------------------------------------------------------------------------------------------------


def _escorted(table: AccessTable, paper_class: PaperClass, seen: Observations, *_: object) -> AccessTable:
    """Somebody in custody came, and the paper permits nothing by itself: only with the prisoner (2.3)."""
    came_with_them = seen.custody_escort is YesNo.YES and seen.paper_shown
    if not came_with_them or paper_class in JUDGES_PAPERS or table[AccessZone.PRIVATE] not in REFUSALS:
        return {}
    return {**_closed(Access.WITH_PRISONER_ONLY), **_records(Access.TREATING_TEAM_ONLY)}


# --- the place and its law ----------------------------------------------------------------------------------------


def _by(law: Law) -> Step:
    return lambda table, found, seen, pack, _: law(table, found, seen, pack)


def _aged(table: AccessTable, found: PaperClass, _: Observations, pack: Pack, stale: bool) -> AccessTable:
    return out_of_date(table, contested_zones(found, pack), is_contested(found, pack)) if stale else {}


# Each makes a result stricter, or leaves it alone, except the first, which also says what a paper lists.
STEPS: tuple[Step, ...] = (
    _refined,
    _escorted,
    _by(by_federal_judge),
    _by(by_scope),
    _by(by_own_courts),
    _by(by_sealed_records),
    _aged,
)
