"""What a place changes in the access: the law of its state, a sealed kind of record, rules past their date.

Each of these makes a result stricter or leaves it alone; none opens anything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from zonemap.model.assessment import Access, AccessZone, PaperClass
from zonemap.model.paper import Agency, Court, Heading, Observations, Place, YesNo
from zonemap.rules.pack import Pack

AccessTable = Mapping[AccessZone, Access]

CLOSED = (AccessZone.PRIVATE, AccessZone.RESIDENTIAL, AccessZone.OUTDOOR_PRIVATE)
JUDGES_PAPERS = frozenset(
    {
        PaperClass.JUDICIAL_SEARCH,
        PaperClass.JUDICIAL_SEARCH_QUERY,
        PaperClass.JUDICIAL_CIVIL_ENTRY,
        PaperClass.JUDICIAL_ARREST,
        PaperClass.COURT_ORDER,
    }
)
REFUSALS = frozenset({Access.NOT_BY_THIS_PAPER, Access.NOT_BY_THIS_PAPER_CONTESTED})
OPENING = frozenset({Access.RESPONDER_SCOPE_CHECK, Access.AS_ORDERED, Access.LISTED_VIA_RESPONDER})
ELSEWHERE = (Place.NO, Place.UNSURE, Place.NONE_SHOWN)  # what of the address leaves an area not certainly ours
LAWS = ("order_scope_required", "federal_only_judge", "own_courts_only", "part2")  # what of a pack changes the access
_IMMIGRATION_AGENCIES = (Agency.ICE, Agency.CBP, Agency.HSI)


def held_for_federal_judge(paper_class: PaperClass, seen: Observations, pack: Pack) -> bool:
    """Whether the pack asks for a federal judge, and a state court's paper came, or may have, from such an agency."""
    return (
        pack.federal_only_judge
        and paper_class in JUDGES_PAPERS
        and seen.top_heading is Heading.STATE_COURT
        and seen.agency in (*_IMMIGRATION_AGENCIES, Agency.UNSURE)
    )


def held_for_scope(table: AccessTable, seen: Observations, pack: Pack) -> bool:
    """Whether the pack asks for a paper that names the nonpublic area, and this one does not, or may not.

    An area at another address, or at one that nobody could compare, is not certainly ours.
    """
    named = seen.covers_area_wanted is YesNo.YES and seen.names_this_place not in ELSEWHERE
    return pack.order_scope_required and not named and Access.RESPONDER_SCOPE_CHECK in table.values()


def from_another_state(paper_class: PaperClass, seen: Observations, pack: Pack) -> bool:
    """Whether the pack asks for a court of its own state, and this one is, or may be, of another."""
    return (
        pack.own_courts_only
        and paper_class in JUDGES_PAPERS
        and seen.top_heading is Heading.STATE_COURT
        and seen.court in (Court.ANOTHER_STATE, Court.UNSURE)
    )


def sealed(table: AccessTable, pack: Pack) -> bool:
    """Whether records would go out that a program under 42 CFR Part 2 keeps until an order under that part comes."""
    return pack.part2 and table[AccessZone.RECORDS] in OPENING


def by_federal_judge(_: AccessTable, found: PaperClass, seen: Observations, pack: Pack) -> AccessTable:
    """Everything is held where the pack asks for a federal judge."""
    held = {**dict.fromkeys(CLOSED, Access.HOLD_COUNSEL), AccessZone.RECORDS: Access.HOLD}
    return held if held_for_federal_judge(found, seen, pack) else {}


def by_scope(table: AccessTable, _: PaperClass, seen: Observations, pack: Pack) -> AccessTable:
    """A door that would be for the responder is held where the pack asks for a paper that names the area."""
    held = {zone: Access.HOLD_COUNSEL for zone in CLOSED if table[zone] is Access.RESPONDER_SCOPE_CHECK}
    return held if held_for_scope(table, seen, pack) else {}


def by_own_courts(table: AccessTable, found: PaperClass, seen: Observations, pack: Pack) -> AccessTable:
    """Counsel takes what would go out; a door that would be for the responder is held. A refusal stays one."""
    if not from_another_state(found, seen, pack):
        return {}
    records = Access.COUNSEL if seen.court is Court.ANOTHER_STATE else Access.HOLD
    out = {AccessZone.RECORDS: records} if table[AccessZone.RECORDS] in OPENING else {}
    return {**_held(table, CLOSED), **out}


def by_sealed_records(table: AccessTable, _: PaperClass, __: Observations, pack: Pack) -> AccessTable:
    """Records of a program under 42 CFR Part 2 are held."""
    return {AccessZone.RECORDS: Access.HOLD} if sealed(table, pack) else {}


def out_of_date(table: AccessTable, fought_over: Collection[AccessZone], contested: bool) -> AccessTable:
    """Rules past their date: what is contested becomes a hold (fail-safe rule 7).

    A refusal in a zone that is fought over, and whatever a contested class would let out.
    """
    refused: AccessTable = {zone: Access.HOLD_COUNSEL for zone in fought_over if table[zone] in REFUSALS}
    return {**refused, **(_held(table, AccessZone) if contested else {})}


def _held(table: AccessTable, zones: Collection[AccessZone] | type[AccessZone]) -> dict[AccessZone, Access]:
    """A hold in those of the zones that would open."""
    return {
        zone: Access.HOLD if zone is AccessZone.RECORDS else Access.HOLD_COUNSEL
        for zone in zones
        if table[zone] in OPENING
    }
