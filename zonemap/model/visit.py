"""The record of one visit by officers: what was written down, when and by whom, entry after entry.

Every visit is a chain of its own, bound by the method of ``model/record`` (format 1, with the visit's id where a
facility's record has the facility's). What the visit looks like now is the sum of its entries; nothing is ever changed
or taken out of them. There is no field for a patient's name, immigration status or diagnosis.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from zonemap.model.record import Entry, RecordKind


class Happening(StrEnum):
    """What the buttons of the timeline enter."""

    ARRIVED = "arrived"
    RESPONDER_CALLED = "responder_called"
    RESPONDER_CAME = "responder_came"
    COUNSEL_CALLED = "counsel_called"
    PAPER_SHOWN = "paper_shown"
    NO_CONSENT_SAID = "no_consent_said"
    WENT_IN = "went_in"
    CAME_OUT = "came_out"
    LEFT = "left"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who came, as far as they said or could be seen."""

    name: str = ""
    agency: str = ""
    badge: str = ""
    vehicle: str = ""

    @property
    def known(self) -> bool:
        """Whether anything is known of them."""
        return any((self.name, self.agency, self.badge, self.vehicle))


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper as it reads, field for field."""

    heading: str = ""
    title: str = ""
    number: str = ""  # case or file number
    signer: str = ""  # name and title as printed
    issued: str = ""
    until: str = ""
    address: str = ""
    desk: str = ""  # what the desk said that it looks like
    photo: str = ""  # the id of the entry that holds its photo

    @property
    def known(self) -> bool:
        """Whether anything is written of it."""
        return any(getattr(self, each.name) for each in fields(self))


@dataclass(frozen=True, slots=True)
class AskedZone:
    """An area that officers asked to enter: how it was called and what it was designated as at that time."""

    room_id: str
    label: str
    zone_class: str
    revision: int
    number: str = ""
    name: str = ""
    floor: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """All that the form of a visit holds."""

    entrance: str = ""
    how_many: str = ""
    officers: tuple[Officer, ...] = ()
    names_asked: bool = False  # by best effort: 210 ILCS 85/6.14h(c)(2)
    names_answer: str = ""
    papers: tuple[ShownPaper, ...] = ()
    zones: tuple[AskedZone, ...] = ()
    asked_words: str = ""  # the words that they used to ask
    refusal_said_by: str = ""
    witness: str = ""  # Cal. H&S 24251(c): at least one member of the staff
    witness_role: str = ""
    taken: str = ""
    receipt: bool = False
    afterwards: str = ""  # what they then did, where they went
    care: str = ""  # interruption of care, without a name
    follow_up: str = ""
    follow_up_owner: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline. ``at`` is when it happened, ``entered_at`` when it was written down."""

    happening: Happening
    at: datetime
    note: str
    entered_at: datetime
    entered_by: str


@dataclass(frozen=True, slots=True)
class VisitRule:
    """For how many months a facility keeps the records of its visits (0: for good), and a legal hold on all."""

    facility_id: str
    keep_months: int = 0
    hold_reason: str = ""  # not empty: nothing is purged
    set_by: str = ""


@dataclass(frozen=True, slots=True)
class VisitRead:
    """That somebody else than the person who opened it has read a visit, or taken a copy."""

    visit_id: str
    read_by: str
    read_at: datetime
    what: str  # page, photo, pdf, pdf with photos, csv, json


@dataclass(frozen=True, slots=True)
class PurgedVisit:
    """What is left of a visit whose time was over: that it was there, and the hash of its newest entry."""

    visit_id: str
    facility_id: str
    purged_at: datetime
    purged_by: str
    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """What was changed after the record had been closed, and why."""

    at: datetime
    by: str
    reason: str
    names: tuple[str, ...]  # of the fields


@dataclass(frozen=True, slots=True)
class VisitPhoto:
    """A photo of a paper: ``id`` is that of its entry, whose body holds the hash of the picture (JPEG)."""

    id: str
    sha256: str
    size: int  # bytes
    width: int  # pixels
    height: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as its entries tell it."""

    id: str
    facility_id: str
    opened_at: datetime
    opened_by: str
    desk: Mapping[str, Any]  # what the desk had said, where the record was begun there
    details: Details
    timeline: tuple[Moment, ...]  # by the time at which it happened
    closed_at: datetime | None
    closed_by: str
    amendments: tuple[Amendment, ...]
    photos: tuple[VisitPhoto, ...]
    entries: int
    head: str  # the hash of the newest entry

    @property
    def code(self) -> str:
        """The short code that stands on prints: the first letters of the newest hash."""
        return f"{self.head[:4]}-{self.head[4:8]}".upper()


def visit_of(entries: Sequence[Entry], facility_id: str) -> Visit:
    """What a chain of entries tells. ``entries`` by position; the first one opens the visit."""
    first, last = entries[0], entries[-1]
    details, timeline, amendments, photos = Details(), [], [], []
    closed: Entry | None = None
    for entry in entries:
        values = entry.values
        if entry.kind is RecordKind.VISIT_MOMENT:
            timeline.append(_moment(entry))
        elif entry.kind is RecordKind.VISIT_DETAILS:
            details = details_from({**details_document(details), **values["details"]})
        elif entry.kind is RecordKind.VISIT_AMENDED:
            details = details_from({**details_document(details), **values["details"]})
            names = tuple(sorted(values["details"]))
            amendments.append(Amendment(entry.recorded_at, entry.recorded_by, values["reason"], names))
        elif entry.kind is RecordKind.VISIT_PHOTO:
            photos.append(VisitPhoto(**values["photo"], at=entry.recorded_at, by=entry.recorded_by))
        elif entry.kind is RecordKind.VISIT_CLOSED:
            closed = entry
    return Visit(
        id=first.facility_id,
        facility_id=facility_id,
        opened_at=first.recorded_at,
        opened_by=first.recorded_by,
        desk=first.values["desk"],
        details=details,
        timeline=tuple(sorted(timeline, key=lambda moment: moment.at)),
        closed_at=closed.recorded_at if closed else None,
        closed_by=closed.recorded_by if closed else "",
        amendments=tuple(amendments),
        photos=tuple(photos),
        entries=len(entries),
        head=last.hash,
    )


def details_document(details: Details) -> dict[str, Any]:
    """The details as plain JSON values."""
    return {each.name: _plain(getattr(details, each.name)) for each in fields(details)}


def details_from(values: Mapping[str, Any]) -> Details:
    """The details from JSON values. Raises TypeError for a field that there is none of."""
    given = dict(values)
    for name, kind in (("officers", Officer), ("papers", ShownPaper), ("zones", AskedZone)):
        if name in given:
            given[name] = tuple(kind(**each) for each in given[name])
    return Details(**given)


def changed_fields(before: Details, after: Details) -> dict[str, Any]:
    """The fields that differ, as JSON values of ``after``: what an entry holds."""
    old, new = details_document(before), details_document(after)
    return {name: value for name, value in new.items() if value != old[name]}


def merged(base: Details, there: Details, typed: Details) -> tuple[Details, tuple[str, ...]]:
    """What somebody typed over ``base``, put together with what stands ``there`` by now; and the fields in which both
    differ from the base and from one another. In those the typed value stands.
    """
    old, now, new = map(details_document, (base, there, typed))
    whole = {name: now[name] if value == old[name] else value for name, value in new.items()}
    clashes = tuple(
        name for name, value in new.items() if now[name] != old[name] and value not in (old[name], now[name])
    )
    return details_from(whole), clashes


def texts_of(values: Any) -> Iterable[str]:
    """Every text in JSON values, however deep."""
    if isinstance(values, str):
        yield values
    elif isinstance(values, Mapping):
        for each in values.values():
            yield from texts_of(each)
    elif isinstance(values, list | tuple):
        for each in values:
            yield from texts_of(each)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [{each.name: getattr(one, each.name) for each in fields(one)} for one in value]
    return value


def _moment(entry: Entry) -> Moment:
    values = entry.values
    at = datetime.fromisoformat(values["at"])
    return Moment(Happening(values["happening"]), at, values["note"], entry.recorded_at, entry.recorded_by)
