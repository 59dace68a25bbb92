"""How ready the sites are, told from the data themselves: one look for a site, and one for all of them.

Nothing can be ticked by hand but what only people know: that is said by a named person, and ends by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from zonemap.geometry.rings import room_area
from zonemap.model.backup import BackupMade
from zonemap.model.facility import Contact, ContactRole, Designation, Facility
from zonemap.model.law import CounselReview
from zonemap.model.organization import SHARED, standing_review
from zonemap.model.person import Actor
from zonemap.model.plan import Floor, FloorVersion
from zonemap.model.protocol import (
    Topic,
    approval_in_force,
    newest_of,
    protocol_in_force,
    shared_scope,
    versions_of,
)
from zonemap.model.readiness import Readiness, Said, SiteFacts, Statement
from zonemap.model.record import Entry
from zonemap.model.referral import Referral
from zonemap.model.roster import covered_minutes
from zonemap.model.sign import SignPlan
from zonemap.model.wall import WallMark, hanging, sheet_facts, state_of
from zonemap.model.zone import ZoneClass
from zonemap.rules.pack import pack_for
from zonemap.rules.readiness import readiness_of
from zonemap.rules.referrals import first_referrals
from zonemap.rules.seal import seal
from zonemap.rules.suggest import read_rooms
from zonemap.storage.store import Books, Store
from zonemap.work.checks import lacks
from zonemap.work.floor_signs import floor_signs
from zonemap.work.permissions import NO_FACILITY, Permission, require, require_own
from zonemap.work.protocol import first_protocol, protocol_seal
from zonemap.work.training import board_of
from zonemap.work.training_texts import Versions
from zonemap.work.wall import WALL_OPTIONS

_KEPT_MOST = 150  # drawings that never change, and what follows from them: six of each floor, 50 MB of 150 rooms each
_KEPT: WeakKeyDictionary[Store, dict[tuple[object, ...], Any]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Look:
    """What the store says of some sites, by their ids."""

    floors: Mapping[str, list[FloorVersion]]
    designations: Mapping[str, list[Designation]]
    approved: set[str]
    contacts: Mapping[str, list[Contact]]
    plans: Mapping[str, SignPlan]
    marks: Mapping[str, list[WallMark]]
    reviews: Mapping[str, list[Any]]
    shared_reviews: Mapping[str, CounselReview]
    protocols: Mapping[str, list[Any]]
    shared_protocols: Mapping[str, list[Entry]]
    referrals: Mapping[str, list[Any]]
    own_referrals: set[str]
    with_trainees: set[str]
    computers: Mapping[str, list[Any]]
    said: Mapping[str, dict[Said, Statement]]
    backup: BackupMade | None
    kept: dict[tuple[object, ...], Any]

    def known(self, key: tuple[object, ...], make: Callable[[], Any]) -> Any:
        """What follows from things that never change: made once."""
        if key not in self.kept:
            self.kept[key] = make()
        return self.kept[key]


def readiness(store: Store, actor: Actor, facility_id: str, *, now: datetime) -> Readiness:
    """One site. Raises NotFound."""
    require(actor, Permission.SEE_READINESS, at=facility_id)
    with store.read() as books:
        facility = books.facilities.get(facility_id)
        return readiness_of(facts_of(store, books, facility, looked(store, books, [facility], now), now))


def say(store: Store, actor: Actor, facility_id: str, what: Said, *, now: datetime, new_id: str) -> Statement:
    """Say what only people can know. It stands with the name and the day, and ends by itself. Raises NotFound."""
    require(actor, Permission.SEE_READINESS, at=facility_id)
    with store.begin() as books:
        require_own(actor, books.facilities.get(facility_id).id, NO_FACILITY)
        return books.readiness.say(Statement(new_id, facility_id, what, actor.name, now))


def looked(store: Store, books: Books, sites: Sequence[Facility], now: datetime) -> Look:
    """As many queries for a thousand sites as for one."""
    ids, book = [each.id for each in sites], books.readiness
    kept = _KEPT.setdefault(store, {})
    if len(kept) > _KEPT_MOST:
        kept.clear()
    return Look(
        floors=book.floors(ids, kept),
        designations=book.designations(ids, kept),
        approved=book.approved(ids),
        contacts=book.contacts(ids),
        plans=book.sign_plans(ids),
        marks=book.marks(ids),
        reviews=book.reviews(ids),
        shared_reviews=books.organization.reviews(),
        protocols=book.protocols(ids),
        shared_protocols=books.shared_protocols.all(),
        referrals=book.referrals(ids),
        own_referrals=book.own_referrals(ids),
        with_trainees=book.with_trainees(ids),
        computers=book.computers(ids),
        said=book.said(ids),
        backup=books.backups.newest_whole(until=now + timedelta(hours=1)),
        kept=kept,
    )


def facts_of(store: Store, books: Books, facility: Facility, look: Look, now: datetime) -> SiteFacts:
    """What the look at some sites says of one of them."""
    today = now.astimezone(ZoneInfo(facility.clock)).date()
    contacts = tuple(look.contacts.get(facility.id, ()))
    days = look.computers.get(facility.id, [])
    return SiteFacts(
        facility=facility,
        today=today,
        responder_hours=covered_minutes(contacts, ContactRole.RESPONDER) // 60,
        roles=frozenset(each.role for each in contacts),
        paired=len(days),
        opened_on=max((day for day in days if day is not None), default=None),
        backup=look.backup,
        backup_fresh=look.backup is not None and look.backup.is_fresh(now),
        said=look.said.get(facility.id, {}),
        **_drawn(facility, look),
        **_designated(facility, look),
        **_wall(facility, contacts, look),
        **_law(facility, look),
        **_protocol(facility, look),
        **_numbers(facility, look, today),
        **_training(store, books, facility, look, now),
    )


def _drawn(facility: Facility, look: Look) -> dict[str, Any]:
    saved = look.floors.get(facility.id, [])
    floors = tuple(each.floor for each in saved)
    key = ("lacks", facility.state, facility.site_kind, *((each.floor.id, each.version) for each in saved))
    musts = look.known(key, lambda: _musts(facility, floors))
    return {
        "floors": tuple(each.name for each in floors),
        "undrawn": tuple(each.name for each in floors if not (each.picture and each.scale and each.rooms)),
        "undecided": sum(room.zone_class is ZoneClass.UNDECIDED for each in floors for room in each.rooms),
        "open_checks": len(musts),
        "check_floor": musts[0] if musts else "",
    }


def _musts(facility: Facility, floors: tuple[Floor, ...]) -> tuple[str, ...]:
    """The floor of each thing that has to be settled; rooms that nobody has decided about are counted by themselves."""
    return tuple(each.floor_id for each in lacks(facility, floors) if each.must and each.kind != "undecided")


def _designated(facility: Facility, look: Look) -> dict[str, Any]:
    in_force = {each.floor.id: each for each in look.designations.get(facility.id, [])}
    saved = look.floors.get(facility.id, [])
    rooms = [room for each in in_force.values() for room in each.floor.rooms]
    whole = sum(map(room_area, rooms))
    closed = [room for room in rooms if room.zone_class.is_closed]
    return {
        "private_share": sum(map(room_area, closed)) / whole if whole else None,
        "could_be_private": sum(_could_be_private(facility, each, look) for each in in_force.values()),
        "closed_records": sum(room.zone_class is ZoneClass.RECORDS for room in rooms),
        "undesignated": tuple(each.floor.name for each in saved if each.floor.id not in in_force),
        "changed": tuple(each.floor.name for each in saved if _is_other(in_force.get(each.floor.id), each)),
        "unapproved": tuple(each.floor.name for each in in_force.values() if each.id not in look.approved),
    }


def _is_other(designation: Designation | None, saved: FloorVersion) -> bool:
    return designation is not None and designation.version != saved.version


def _could_be_private(facility: Facility, designation: Designation, look: Look) -> int:
    """How many public rooms are of a kind that is usually closed."""
    key = ("usual", facility.state, facility.site_kind, designation.id)
    return int(look.known(key, lambda: _usually_closed(facility, designation.floor)))


def _usually_closed(facility: Facility, floor: Floor) -> int:
    found = read_rooms(floor.rooms, floor.doors, pack_for(facility.state, facility.site_kind), again=True)
    closed = {room for each in found.suggestions if each.zone_class.is_closed for room in each.room_ids}
    return sum(room.zone_class is ZoneClass.PUBLIC and room.id in closed for room in floor.rooms)


def _wall(facility: Facility, contacts: tuple[Contact, ...], look: Look) -> dict[str, Any]:
    plan = look.plans.get(facility.id, SignPlan())
    marks: dict[tuple[str, str], list[WallMark]] = {}
    for each in look.marks.get(facility.id, []):
        marks.setdefault((each.floor_id, each.sheet), []).append(each)
    wanted: dict[tuple[str, str], str] = {}
    for designation in look.designations.get(facility.id, []):
        facts = look.known(
            ("sheets", designation.id, plan.version, contacts), partial(_sheets, designation, contacts, plan)
        )
        wanted |= {(designation.floor.id, sheet): said for sheet, said in facts.items()}
    return {
        "sheets": Counter(state_of(marks.get(key, ()), said) for key, said in wanted.items()),
        "left_over": sum(key not in wanted and hanging(made) is not None for key, made in marks.items()),
    }


def _sheets(designation: Designation, contacts: tuple[Contact, ...], plan: SignPlan) -> Mapping[str, str]:
    return sheet_facts(floor_signs(designation, contacts, WALL_OPTIONS, plan))


def _law(facility: Facility, look: Look) -> dict[str, Any]:
    pack = pack_for(facility.state, facility.site_kind)
    own = [each for each in look.reviews.get(facility.id, []) if each.pack_id == pack.id]
    now = look.known(("seal", pack.id), lambda: seal(pack))
    read = standing_review(own[-1] if own else None, look.shared_reviews.get(pack.id), now)
    counts = read is not None and read.seal == now
    return {
        "pack": pack.name,
        "read_by": _reader(read) if read and counts else pack.reviewed_by,
        "review_lost": read is not None and not counts,
        "review_by": pack.trusted_until,
    }


def _reader(review: CounselReview) -> str:
    return f"{review.counsel}, for all sites" if review.facility_id == SHARED else review.counsel


def _protocol(facility: Facility, look: Look) -> dict[str, Any]:
    entries = look.protocols.get(facility.id, [])
    shared = look.shared_protocols.get(shared_scope(facility), [])
    usual = ("protocol", facility.state, facility.site_kind)  # that of a site which has saved none
    now = protocol_in_force(
        facility.id,
        versions_of(entries),
        newest_of(shared),
        lambda: look.known(usual, lambda: first_protocol(facility)),
    )
    words = protocol_seal(now)
    approval = approval_in_force(entries, shared, now, words)
    by = f"{approval.counsel}{', for all sites' if approval.for_all else ''}" if approval else ""
    return {
        "protocol": now.number,
        "shared_protocol": now.follows,
        "counsel_steps": len(now.of(Topic.CALL_COUNSEL.value)),
        "care_steps": len(now.of(Topic.CARE.value)),
        "words_approved_by": by if approval and approval.seal == words else "",
    }


def numbers_of(facility: Facility, look: Look) -> Sequence[Referral]:
    """The referral lists that hold at a site: its own, else those that come with zonemap."""
    return look.referrals.get(facility.id, []) if facility.id in look.own_referrals else first_referrals(facility)


def _numbers(facility: Facility, look: Look, today: date) -> dict[str, Any]:
    numbers = numbers_of(facility, look)
    return {"numbers": len(numbers), "stale_numbers": sum(not each.fresh(today) for each in numbers)}


def _training(store: Store, books: Books, facility: Facility, look: Look, now: datetime) -> dict[str, Any]:
    """Asked for site by site, and only where somebody is on the list: what counts follows from many things."""
    if facility.id not in look.with_trainees:
        return {}
    board = board_of(books, facility, Versions(store, facility.id, now), now=now)
    return {"people": len(board.people), "trained": board.trained}
