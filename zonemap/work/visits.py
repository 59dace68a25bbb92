"""Records of visits by officers: begun in one tap, written down as it happens, closed, amended with a reason, read.

Whoever may record may open one and write in those that they opened, until they are closed. Reading the others is for
whoever may read visits, and each such reading is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from zonemap.errors import Conflict, Forbidden, Invalid, NotFound
from zonemap.model.facility import Facility
from zonemap.model.person import Actor
from zonemap.model.record import RecordKind, faults
from zonemap.model.visit import (
    Details,
    Happening,
    PurgedVisit,
    Visit,
    VisitRead,
    VisitRule,
    changed_fields,
    details_document,
    merged,
    texts_of,
    visit_of,
)
from zonemap.rules.visit_words import Missing, doubtful, missing
from zonemap.storage.store import Books, Store
from zonemap.work.permissions import Permission, may, require

TEXT_MOST, TEXTS_MOST, MOMENTS_MOST = 2_000, 40, 400
KEEP_MOST_MONTHS = 240
_EARLY = timedelta(days=30)  # how long before now something may have happened; a clock may run fast by some minutes
_LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class VisitPage:
    """What the page of a visit shows. ``own`` where the reader opened it; ``reads`` is empty for who may not see it."""

    facility: Facility
    visit: Visit
    missing: tuple[Missing, ...]
    reads: tuple[VisitRead, ...]
    own: bool
    writes: bool


@dataclass(frozen=True, slots=True)
class VisitList:
    """The visits that somebody may see, the newest first."""

    facility: Facility
    visits: tuple[Visit, ...]
    rule: VisitRule
    purged: tuple[PurgedVisit, ...]


def open_visit(
    store: Store, actor: Actor, facility_id: str, visit_id: str, desk: Mapping[str, Any], *, now: datetime
) -> None:
    """Begin a record. ``visit_id`` was made where it was begun: sent twice, there is one. Raises NotFound, Conflict."""
    require(actor, Permission.RECORD_VISITS, at=facility_id)
    with store.begin() as books:
        books.facilities.get(facility_id)
        opener = books.visits.opener(facility_id, visit_id)
        if opener is not None:
            if opener != actor.account_id:
                raise Conflict("A record of this number is there already. Begin another one.")
            return
        books.visits.open(visit_id, facility_id, actor.account_id, now)
        body = {"facility": facility_id, "desk": dict(desk)}
        books.visits.append(visit_id, visit_id, RecordKind.VISIT_OPENED, body, recorded_at=now, recorded_by=actor.name)


def add_moment(
    store: Store,
    actor: Actor,
    facility_id: str,
    visit_id: str,
    entry_id: str,
    happening: Happening,
    at: datetime,
    note: str,
    *,
    now: datetime,
) -> None:
    """Enter into the timeline that something happened. Sent twice, it counts once. Raises NotFound, Invalid."""
    note = note.strip()
    if not now - _EARLY < at < now + _LATE:
        raise Invalid("The time is not that of this visit. Check the date and the clock.", fields={"at": "Check it."})
    if len(note) > TEXT_MOST or (happening is Happening.OTHER and not note):
        sentence = f"Say in up to {TEXT_MOST} letters what happened."
        raise Invalid(sentence, fields={"note": sentence})
    with store.begin() as books:
        visit = _writable(books, actor, facility_id, visit_id)
        if len(visit.timeline) >= MOMENTS_MOST:
            raise Invalid(f"A timeline has at most {MOMENTS_MOST} lines. Begin a second record.")
        body = {"happening": happening.value, "at": at.isoformat(), "note": note}
        books.visits.append(visit_id, entry_id, RecordKind.VISIT_MOMENT, body, recorded_at=now, recorded_by=actor.name)


def save_details(
    store: Store,
    actor: Actor,
    facility_id: str,
    visit_id: str,
    entry_id: str,
    details: Details,
    *,
    seen: int,
    mine: Collection[str] = (),
    doubts_known: bool = False,
    reason: str = "",
    now: datetime,
) -> None:
    """Write down what the form says, once however often it is sent.

    ``seen`` is how many entries the writer had before them, ``mine`` are ids of entries that they sent since. What
    others wrote meanwhile in other fields stays. After closing it is an amendment and needs a ``reason``. Raises
    Conflict where somebody wrote in the same fields meanwhile, with the fields, what stands there and all of it put
    together (``clashes``, ``there``, ``merged``); Invalid with what looks like a patient's name, status or health,
    unless ``doubts_known``.
    """
    with store.begin() as books:
        visit = amendable(books, actor, facility_id, visit_id)
        if books.visits.positions(visit_id, [entry_id]):
            return
        details, clashes = merged(_base(books, visit, seen, mine), visit.details, details)
        changed = changed_fields(visit.details, details)
        if not changed:
            return
        if clashes:
            sentence = "Somebody else wrote here meanwhile. Compare with what stands there, and save again."
            raise Conflict(sentence, clashes=clashes, there=visit.details, merged=details)
        _check(changed, doubts_known=doubts_known)
        if not {each.photo for each in details.papers if each.photo} <= {each.id for each in visit.photos}:
            raise Invalid("The photo of a paper is not in this record. Choose it again.")
        if visit.closed_at and not reason.strip():
            sentence = "This record is closed. Say why it is amended."
            raise Invalid(sentence, fields={"reason": sentence})
        kind = RecordKind.VISIT_AMENDED if visit.closed_at else RecordKind.VISIT_DETAILS
        body = {"details": changed} | ({"reason": reason.strip()[:TEXT_MOST]} if visit.closed_at else {})
        books.visits.append(visit_id, entry_id, kind, body, recorded_at=now, recorded_by=actor.name)


def close_visit(store: Store, actor: Actor, facility_id: str, visit_id: str, entry_id: str, *, now: datetime) -> None:
    """Close a record: from now on it is amended with a reason only. Raises NotFound, Conflict where it is closed."""
    with store.begin() as books:
        _writable(books, actor, facility_id, visit_id)
        books.visits.append(visit_id, entry_id, RecordKind.VISIT_CLOSED, {}, recorded_at=now, recorded_by=actor.name)


def visits(store: Store, actor: Actor, facility_id: str) -> VisitList:
    """The visits of a facility: all for whoever may read them, else those that the actor opened."""
    require(actor, Permission.RECORD_VISITS, at=facility_id)
    reads = may(actor, Permission.READ_VISITS, at=facility_id)
    with store.read() as books:
        facility = books.facilities.get(facility_id)
        found = books.visits.of_facility(facility_id, None if reads else actor.account_id)
        purged = tuple(books.visits.purged(facility_id)) if reads else ()
        return VisitList(facility, tuple(found), books.visits.rule(facility_id), purged)


def visit(
    store: Store, actor: Actor, facility_id: str, visit_id: str, *, what: str = "page", read_id: str, now: datetime
) -> VisitPage:
    """A visit, as ``what``: page, pdf, csv or json. Somebody else's reading is kept. Raises NotFound, Forbidden."""
    require(actor, Permission.RECORD_VISITS, at=facility_id)
    with store.begin() as books:
        facility = books.facilities.get(facility_id)
        found = books.visits.get(facility_id, visit_id)
        own = books.visits.opener(facility_id, visit_id) == actor.account_id
        let_read(actor, facility_id, own=own, what=what)
        if not own:
            books.visits.note_read(read_id, VisitRead(visit_id, actor.name, now, what))
        reads = tuple(books.visits.reads(visit_id)) if may(actor, Permission.READ_VISITS, at=facility_id) else ()
    writes = own or may(actor, Permission.READ_VISITS, at=facility_id)
    return VisitPage(facility, found, missing(facility, found), reads, own, writes)


def blank(store: Store, actor: Actor, facility_id: str, *, now: datetime) -> VisitPage:
    """A page to begin a record on, of a visit that nobody has opened yet: kept on a device, it opens offline."""
    require(actor, Permission.RECORD_VISITS, at=facility_id)
    with store.read() as books:
        facility = books.facilities.get(facility_id)
    nothing = Visit("", facility_id, now, actor.name, {}, Details(), (), None, "", (), (), 1, "")
    return VisitPage(facility, nothing, (), (), own=True, writes=True)


def visit_document(page: VisitPage) -> dict[str, Any]:
    """A visit as plain JSON values: for counsel's own tools."""
    found = page.visit
    return {
        "format": "zonemap visit 1",
        "id": found.id,
        "facility": {"id": page.facility.id, "name": page.facility.name},
        "opened_at": found.opened_at.isoformat(),
        "opened_by": found.opened_by,
        "closed_at": found.closed_at.isoformat() if found.closed_at else None,
        "desk": dict(found.desk),
        "details": details_document(found.details),
        "timeline": [
            {"at": each.at.isoformat(), "happening": each.happening.value, "note": each.note, "by": each.entered_by}
            for each in found.timeline
        ],
        "amendments": [
            {"at": each.at.isoformat(), "by": each.by, "reason": each.reason, "fields": list(each.names)}
            for each in found.amendments
        ],
        "photos": [asdict(each) | {"at": each.at.isoformat()} for each in found.photos],
        "entries": found.entries,
        "head": found.head,
    }


def set_rule(store: Store, actor: Actor, facility_id: str, keep_months: int, hold_reason: str) -> VisitRule:
    """Say how long visits are kept (0: for good), and why nothing is purged, if so. Raises Invalid, NotFound."""
    require(actor, Permission.KEEP_VISITS, at=facility_id)
    if not 0 <= keep_months <= KEEP_MOST_MONTHS:
        sentence = f"Give a number of months up to {KEEP_MOST_MONTHS}, or 0 to keep them for good."
        raise Invalid(sentence, fields={"keep_months": sentence})
    rule = VisitRule(facility_id, keep_months, hold_reason.strip()[:TEXT_MOST], actor.name)
    with store.begin() as books:
        books.facilities.get(facility_id)
        books.visits.set_rule(rule)
    return rule


def visit_faults(books: Books, facility_id: str) -> list[str]:
    """What is wrong with the chains of a facility's visits, in sentences. For zonemap doctor."""
    return [
        f"Visit {each.id[:8]}: {message}"
        for each in books.visits.of_facility(facility_id)
        for message in (
            *(fault.message for fault in faults(books.visits.entries(each.id))),
            *_photo_faults(books, each),
        )
    ]


def _photo_faults(books: Books, found: Visit) -> Iterator[str]:
    for number, each in enumerate(found.photos, 1):
        jpeg = books.visits.photo(found.id, each.id)
        if jpeg is None or hashlib.sha256(jpeg).hexdigest() != each.sha256:
            yield f"Photo {number} is {'missing' if jpeg is None else 'not what it was when it was kept'}."


def let_read(actor: Actor, facility_id: str, *, own: bool, what: str) -> None:
    """Stop who may not read a visit, or take this copy of it. Raises NotFound, Forbidden."""
    if may(actor, Permission.READ_VISITS, at=facility_id) or (own and what == "page"):
        return
    if own:
        raise Forbidden("Your role does not take copies of visits. Ask the responder.")
    raise NotFound("There is no such visit here. Its time may be over: see the list of purged visits.")


def amendable(books: Books, actor: Actor, facility_id: str, visit_id: str) -> Visit:
    """A visit in which the actor may write, closed or not. Raises NotFound, Forbidden."""
    require(actor, Permission.RECORD_VISITS, at=facility_id)
    found = books.visits.get(facility_id, visit_id)
    own = books.visits.opener(facility_id, visit_id) == actor.account_id
    if not own and not may(actor, Permission.READ_VISITS, at=facility_id):
        raise NotFound("There is no such visit here.")
    return found


def _writable(books: Books, actor: Actor, facility_id: str, visit_id: str) -> Visit:
    found = amendable(books, actor, facility_id, visit_id)
    if found.closed_at:
        raise Conflict("This record is closed. Amend its details, and say why.")
    return found


def _base(books: Books, found: Visit, seen: int, mine: Collection[str]) -> Details:
    """The details as the writer had them before them: what they saw, and what they sent since."""
    own = books.visits.positions(found.id, mine)
    entries = books.visits.entries(found.id)
    known = [each for each in entries if each.position <= max(1, seen) or each.position in own]
    return visit_of(known, found.facility_id).details


def _check(changed: Mapping[str, Any], *, doubts_known: bool) -> None:
    too_long = {
        name: f"Use at most {TEXT_MOST} letters."
        for name, value in changed.items()
        if any(len(text) > TEXT_MOST for text in texts_of(value))
    }
    too_many = {
        name: f"At most {TEXTS_MOST} fit."
        for name, value in changed.items()
        if isinstance(value, list) and len(value) > TEXTS_MOST
    }
    if too_long or too_many:
        raise Invalid("The record was not saved yet.", fields={**too_long, **too_many})
    doubts = {} if doubts_known else {name: doubtful(value) for name, value in changed.items()}
    told = {name: f"“{found[0].found}”: {found[0].sentence}" for name, found in doubts.items() if found}
    if told:
        raise Invalid(
            "The record was not saved yet: it must not hold a patient's name, health or immigration status.",
            fields=told,
        )
