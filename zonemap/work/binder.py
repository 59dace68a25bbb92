"""The binder: memo, maps, schedule, protocol, roster, desk papers, scripts, referrals, policy, checklist, training.

All of it is read in one look at the books, so that names, numbers and dates agree in every part. What it says has a
mark; the first time that a facility's binder says it, it gets the next number and that day. Later the same words are
the same revision, to the byte.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from zonemap.errors import Invalid
from zonemap.model.binder import BinderFront, BinderPartNote, BinderRevision
from zonemap.model.facility import Facility
from zonemap.model.person import Actor
from zonemap.model.record import code
from zonemap.model.referral import ReferralList
from zonemap.model.report import Report
from zonemap.model.sign import FloorSigns
from zonemap.printing.binder_book import PAPER, BinderPart, binder_mark, binder_pdf, call_sheets
from zonemap.printing.book import MAP, SCHEDULE, Pictures, sheets_named
from zonemap.printing.desk_papers import BADGE, CARD, CHART, desk_sheets
from zonemap.printing.memo_sheet import memo_sheet
from zonemap.printing.paper import list_paper
from zonemap.printing.report_sheet import report_sheet
from zonemap.printing.sheets import Sheet
from zonemap.storage.store import Books, Store
from zonemap.storage.whole_files import write_whole
from zonemap.work.binder_checklist import Counted, checklist_report
from zonemap.work.binder_roster import call_sheet, roster_report
from zonemap.work.binder_texts import Site, a_report, policy_report, scripts_report, site_of
from zonemap.work.desk import facility_desk
from zonemap.work.desk_papers import DeskPaper, desk_paper
from zonemap.work.devices import answer_wait
from zonemap.work.facilities import facility_named
from zonemap.work.floor_signs import floor_signs
from zonemap.work.handout_pages import staff_list_parts
from zonemap.work.memo import memo_of
from zonemap.work.permissions import Permission, require
from zonemap.work.protocol import ProtocolView, facility_protocol
from zonemap.work.protocol_report import protocol_report
from zonemap.work.referrals import ReferralView, facility_referrals
from zonemap.work.signs import PLAIN_OPTIONS
from zonemap.work.training import TrainingBoard, board_of
from zonemap.work.training_papers import training_report
from zonemap.work.training_texts import versions_of

_NO_PLAN = "No floor is designated yet. Add plans and designate a floor under Plans."


@dataclass(frozen=True, slots=True)
class _Source:
    """All that the binder is made of, from one look at the books."""

    books: Books
    site: Site
    floors: tuple[FloorSigns, ...]
    training: TrainingBoard
    desk: DeskPaper
    wait_s: int
    protocol: ProtocolView
    referrals: ReferralView

    @property
    def counted(self) -> Counted:
        return Counted(
            notices=sum(len(each.notices) for each in self.floors),
            signs=sum(len(each.signs) for each in self.floors),
            trained=self.training.trained,
            people=len(self.training.people),
            protocol=bool(self.protocol.versions or self.protocol.shared),
            referrals=any(each.fresh(self.site.today) for each in self.referrals.numbers),
        )


def binder_notes(
    store: Store, actor: Actor, facility_id: str, data: Path, *, now: datetime
) -> tuple[Facility, tuple[BinderPartNote, ...], tuple[BinderRevision, ...]]:
    """What the binder would hold now, what it lacks, and the revisions so far. Raises NotFound."""
    require(actor, Permission.PRINT_SIGNS, at=facility_id)
    parts, site = _parts(store, facility_id, data, now=now)
    with store.read() as books:
        revisions = books.binders.list(facility_id)
    notes = (BinderPartNote(n, part.title, part.what, part.missing) for n, part in enumerate(parts, 1))
    return site.facility, tuple(notes), revisions


def make_binder(
    store: Store, actor: Actor, facility_id: str, data: Path, *, now: datetime
) -> tuple[BinderRevision, bytes]:
    """The binder as it is now, as tagged PDF, under its revision. Raises NotFound."""
    require(actor, Permission.PRINT_SIGNS, at=facility_id)
    return _made(store, facility_id, data, actor.name, now=now)


def print_binder(store: Store, facility_ref: str, out: Path, data: Path, *, now: datetime) -> Path:
    """Write the binder to a file. For the command line, whose user owns the database. Raises NotFound, Invalid."""
    with store.read() as books:
        facility_id = facility_named(books, facility_ref).id
    _, made = _made(store, facility_id, data, "the command line", now=now)
    try:
        write_whole(out, made, lasting=False)
    except OSError as error:
        raise Invalid(f"The file {out} cannot be written: {error.strerror}. Choose another place.") from error
    return out


def _made(store: Store, facility_id: str, data: Path, by: str, *, now: datetime) -> tuple[BinderRevision, bytes]:
    parts, site = _parts(store, facility_id, data, now=now)
    mark = binder_mark(parts)
    with store.begin() as books:
        books.binders.wait(facility_id)
        known = books.binders.list(facility_id)
        found = next((each for each in known if each.mark == mark), None)
        number = 1 + max((each.number for each in known), default=0)
        revision = found or books.binders.add(BinderRevision(facility_id, number, mark, now, by))
    local = revision.made_at.astimezone(ZoneInfo(site.facility.clock)).date()
    front = BinderFront(site.facility.name, site.place, revision.number, local, code(mark), site.rules)
    return revision, binder_pdf(parts, front)


def _parts(store: Store, facility_id: str, data: Path, *, now: datetime) -> tuple[tuple[BinderPart, ...], Site]:
    view = facility_desk(store, facility_id, now)
    today = now.astimezone(ZoneInfo(view.facility.clock)).date()
    # All contacts in their order, whoever is on duty at this hour: a binder has no clock.
    with store.read() as books:
        site = site_of(books, books.facilities.get(facility_id), today=today)
        paper = desk_paper(replace(view, contacts=site.contacts, off_duty=()), data, today=today)
        plan = books.sign_plans.of(facility_id)
        source = _Source(
            books=books,
            site=site,
            floors=tuple(floor_signs(each, site.contacts, PLAIN_OPTIONS, plan) for each in site.designations),
            training=board_of(books, site.facility, versions_of(books, site), now=now),
            desk=paper,
            wait_s=answer_wait(books, facility_id),
            protocol=facility_protocol(books, facility_id),
            referrals=facility_referrals(books, facility_id),
        )
        return tuple(make(source) for make in _MAKERS), site


# --- the parts -----------------------------------------------------------------------------------------------------


def _memo(source: _Source) -> BinderPart:
    what = "The areas that are not open to the public, why, and how they are controlled."
    if not source.floors:
        return BinderPart("Designation memo", what, missing=_NO_PLAN)
    found = memo_of(source.books, source.site.facility)
    return BinderPart("Designation memo", what, (memo_sheet(found, list_paper(PAPER)),))


def _of_floors(source: _Source, name: str, title: str, what: str) -> BinderPart:
    pictures, sheets = Pictures(), []
    for number, floor in enumerate(source.floors):
        shown: Pictures = {}
        if name == MAP and not floor.floor.rooms:
            continue
        made = sheets_named(floor, name, PLAIN_OPTIONS, shown)
        renamed = {each: f"floor{number}-{each}" for each in shown}
        sheets += [_with_pictures(sheet, renamed) for sheet in made]
        pictures |= {renamed[each]: svg for each, svg in shown.items()}
    return BinderPart(title, what, tuple(sheets), pictures, "" if sheets else _NO_PLAN)


def _with_pictures(sheet: Sheet, renamed: dict[str, str]) -> Sheet:
    """A sheet that names its pictures otherwise, so that those of two floors keep apart."""

    def told(value: object) -> object:
        if isinstance(value, str):
            return renamed.get(value, value)
        if isinstance(value, dict):
            return {key: told(each) for key, each in value.items()}
        return [told(each) for each in value] if isinstance(value, (list, tuple)) else value

    return {key: told(value) for key, value in sheet.items()}


def _maps(source: _Source) -> BinderPart:
    return _of_floors(source, MAP, "Maps", "Each designated floor with its areas. Not an evacuation plan.")


def _schedule(source: _Source) -> BinderPart:
    return _of_floors(source, SCHEDULE, "Sign schedule", "Every sheet that hangs at a door or an entrance.")


def _roster(source: _Source) -> BinderPart:
    what = "Whom to call, in order, with hours and languages."
    if not source.site.contacts:
        lacks = "Nobody is on the roster yet. Add the responder first, under Whom the desk calls."
        return BinderPart("Roster and call sheet", what, missing=lacks)
    sheets = (*call_sheets(call_sheet(source.site, source.wait_s)), _report(roster_report(source.site)))
    return BinderPart("Roster and call sheet", what, sheets)


def _chart(source: _Source) -> BinderPart:
    what = "The desk's table for the wall, on Tabloid (11 x 17 in): fold it in, or print it apart."
    return BinderPart("Wall chart", what, tuple(desk_sheets(source.desk, CHART)))


def _cards(source: _Source) -> BinderPart:
    sheets = (*desk_sheets(source.desk, CARD), *desk_sheets(source.desk, BADGE))
    return BinderPart("Desk card and badge cards", "The same table for the desk, and six cards to wear.", sheets)


def _scripts(source: _Source) -> BinderPart:
    what = "What the desk says, for each kind of paper."
    return BinderPart("What to say", what, (_report(scripts_report(source.site)),))


def _policies(source: _Source) -> BinderPart:
    what = "A default policy, its blanks filled. A draft that nobody has reviewed."
    return BinderPart("Policies", what, (_report(policy_report(source.site)),))


def _checklist(source: _Source) -> BinderPart:
    what = "What the law of the state asks, beside what is there."
    return BinderPart("State checklist", what, (_report(checklist_report(source.site, source.counted)),))


def _training(source: _Source) -> BinderPart:
    what = "Who is trained, and until when."
    if not source.training.people and not source.training.sessions:
        lacks = "Nobody is on the list of training yet. Add people and assign drills under Training."
        return BinderPart("Training report", what, missing=lacks)
    return BinderPart("Training report", what, (_report(training_report(source.site, source.training, dated=False)),))


def _protocol(source: _Source) -> BinderPart:
    what = "What each role does before, during and after a visit."
    return BinderPart("Response protocol", what, (_report(protocol_report(source.protocol)),))


def _referrals(source: _Source) -> BinderPart:
    what = "The facility's counsel, legal help, and well-being: three lists."
    if not source.referrals.numbers:
        return BinderPart("Referral lists", what, missing="No number is listed yet. Add numbers under Referral lists.")
    if not any(source.referrals.printed(each, source.site.today, public=False) for each in ReferralList):
        none = "Nobody has called these numbers in the last 90 days, so none is printed."
        lacks = f"{none} Call them, and note it under Referral lists."
        return BinderPart("Referral lists", what, missing=lacks)
    parts = tuple(staff_list_parts(source.referrals, source.site.today))
    return BinderPart("Referral lists", what, (_report(a_report(source.site, "Referral lists for staff", parts)),))


def _report(report: Report) -> Sheet:
    return report_sheet(report, list_paper(PAPER))


_MAKERS: tuple[Callable[[_Source], BinderPart], ...] = (
    _memo,
    _maps,
    _schedule,
    _protocol,
    _roster,
    _chart,
    _cards,
    _scripts,
    _referrals,
    _policies,
    _checklist,
    _training,
)
