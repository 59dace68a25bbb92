"""What the desk stands on: the facility, the floors in force, whom to call, the rules. It reads and never writes."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from zonemap.model.assessment import Access, AccessZone, Assessment
from zonemap.model.facility import Contact, ContactRole, Designation, Facility
from zonemap.model.hours import spoken_time
from zonemap.model.person import Actor
from zonemap.model.plan import Floor, Room
from zonemap.model.zone import ZoneClass
from zonemap.rules.desk_translation import screen_words
from zonemap.rules.pack import Pack
from zonemap.storage.store import Books, Store
from zonemap.work.devices import ANSWER_WAIT_S, answer_wait
from zonemap.work.facilities import facility_named
from zonemap.work.kept import once_for_each
from zonemap.work.law import facility_pack
from zonemap.work.permissions import Permission, require

OFF_DUTY = str(screen_words()["screen"]["off_duty"])
_DESIGNATIONS: WeakKeyDictionary[Store, dict[str, Designation]] = WeakKeyDictionary()
_DESIGNATIONS_MOST = 200
_VIEWS_MOST = 400  # facilities, of one minute each
FIRST_CALLED = (ContactRole.RESPONDER, ContactRole.ADMINISTRATOR_ON_CALL, ContactRole.COUNSEL)


@dataclass(frozen=True, slots=True)
class DeskView:
    """One facility as its desk knows it, by the clock on its wall.

    ``open_floors`` are names of floors that nobody has designated. ``hours`` are sentences about the rooms that have
    hours of their own.
    """

    facility: Facility
    designations: tuple[Designation, ...]  # the one in force on each floor, from the lowest level up
    open_floors: tuple[str, ...]
    contacts: tuple[Contact, ...]  # who takes calls at this hour; everybody where nobody does
    pack: Pack
    hours: tuple[str, ...] = ()
    off_duty: tuple[Contact, ...] = ()  # the others
    as_saved: tuple[Designation, ...] = ()  # the same designations, as they are without a clock
    everybody: tuple[Contact, ...] = ()  # who can be called at any hour, as saved
    answer_wait_s: int = ANSWER_WAIT_S  # after so long without an answer the next is called


@dataclass(frozen=True, slots=True)
class ZoneAnswer:
    """What an assessment shows for the rooms of one class on one floor, ordered as people read them."""

    zone_class: ZoneClass
    access: Access
    rooms: tuple[Room, ...]


@dataclass(frozen=True, slots=True)
class CallList:
    """Whom to call, in order: first the roles that matter now, then ``others``.

    ``missing`` are roles that matter now and for which this facility has nobody.
    """

    contacts: tuple[Contact, ...]
    others: tuple[Contact, ...]
    missing: tuple[ContactRole, ...]


def desk_view(store: Store, actor: Actor, facility_id: str, now: datetime) -> DeskView:
    """The desk of a facility at that moment (UTC). Raises Forbidden, NotFound."""
    require(actor, Permission.USE_DESK, at=facility_id)
    return facility_desk(store, facility_id, now)


def named_desk(store: Store, facility_ref: str, now: datetime) -> DeskView:
    """The desk of a facility by its id or name: for the command line, whose user owns the data. Raises NotFound."""
    with store.read() as books:
        facility_id = facility_named(books, facility_ref).id
    return facility_desk(store, facility_id, now)


def facility_desk(store: Store, facility_id: str, now: datetime) -> DeskView:
    """The desk of a facility, for whoever may see it. Raises NotFound.

    One view serves everybody who asks within the same minute, as long as nothing in the database changes: hours and
    duty turn with the minute, and with nothing smaller.
    """
    minute = now.replace(second=0, microsecond=0)
    facts = store.recall(("desk", facility_id), lambda books: _facts(store, books, facility_id), when_gone=True)
    return _view(facts, minute)


@dataclass(frozen=True, slots=True, eq=False)
class _Facts:
    """What is saved of a facility's desk, whatever the hour."""

    facility: Facility
    in_force: tuple[Designation, ...]
    open_floors: tuple[str, ...]
    contacts: tuple[Contact, ...]
    pack: Pack
    answer_wait_s: int


def _facts(store: Store, books: Books, facility_id: str) -> _Facts:
    facility = books.facilities.get(facility_id)
    numbered = books.designations.in_force(facility_id)
    latest = [
        (name, _designation(store, books, numbered[floor_id]) if floor_id in numbered else None)
        for floor_id, name in books.floors.names(facility_id)
    ]
    return _Facts(
        facility,
        in_force=tuple(designation for _, designation in latest if designation),
        open_floors=tuple(name for name, designation in latest if not designation),
        contacts=tuple(books.contacts.list(facility_id)),
        pack=facility_pack(books, facility),
        answer_wait_s=answer_wait(books, facility_id),
    )


@once_for_each(_VIEWS_MOST)
def _view(facts: _Facts, now: datetime) -> DeskView:
    local = now.astimezone(ZoneInfo(facts.facility.clock))
    there = tuple(contact for contact in facts.contacts if contact.on_duty(local)) or facts.contacts
    away = tuple(contact for contact in facts.contacts if contact not in there)
    return DeskView(
        facility=facts.facility,
        designations=tuple(_at_hour(each, local) for each in facts.in_force),
        open_floors=facts.open_floors,
        contacts=there,
        off_duty=tuple(replace(contact, hours=OFF_DUTY) for contact in away),
        pack=facts.pack,
        hours=tuple(sentence for each in facts.in_force for sentence in hours_now(each.floor, local)),
        as_saved=facts.in_force,
        everybody=facts.contacts,
        answer_wait_s=facts.answer_wait_s,
    )


def _designation(store: Store, books: Books, designation_id: str) -> Designation:
    """A designation, read once: none is ever changed or removed, which the database itself sees to."""
    known = _DESIGNATIONS.setdefault(store, {})
    if designation_id not in known:
        if len(known) >= _DESIGNATIONS_MOST:
            known.clear()
        known[designation_id] = books.designations.get(designation_id)
    return known[designation_id]


def _at_hour(designation: Designation, local: datetime) -> Designation:
    """The designation as it is at that moment; the same one whenever every room and door is the same."""
    if not designation.floor.has_hours:
        return designation
    floor = designation.floor.at(local)
    state = tuple(room.zone_class for room in floor.rooms), tuple(door.control for door in floor.doors)
    states = _states(designation)
    return states.setdefault(state, replace(designation, floor=floor))


@once_for_each(_DESIGNATIONS_MOST)
def _states(_: Designation) -> dict[Hashable, Designation]:
    return {}


def hours_now(floor: Floor, local: datetime) -> Iterator[str]:
    """For each room with hours of its own, what it is at this moment of the facility's clock."""
    clock, said = spoken_time(local.hour * 60 + local.minute), screen_words()["screen"]
    for room, now in zip(floor.rooms, floor.at(local).rooms, strict=True):
        if room.hours:
            yield said["hours_now"].format(clock=clock, room=room.label, word=now.zone_class.word)


def zone_answers(assessment: Assessment, designation: Designation) -> tuple[ZoneAnswer, ...]:
    """The answer for each class that the floor has, public first. A room nobody decided about counts as private."""
    return tuple(
        ZoneAnswer(kind, assessment.access[AccessZone(kind.value)], rooms)
        for kind, rooms in rooms_by_class(designation.floor)
    )


@once_for_each(_DESIGNATIONS_MOST)
def rooms_by_class(floor: Floor) -> tuple[tuple[ZoneClass, tuple[Room, ...]], ...]:
    """The rooms of each class that the floor has, public first, ordered as people read them."""
    by_class: dict[ZoneClass, list[Room]] = {}
    for room in floor.rooms:
        by_class.setdefault(_as_at_the_desk(room.zone_class), []).append(room)
    return tuple((kind, tuple(sorted(by_class[kind], key=_reading_order))) for kind in ZoneClass if kind in by_class)


def _as_at_the_desk(zone_class: ZoneClass) -> ZoneClass:
    return ZoneClass.PRIVATE if zone_class is ZoneClass.UNDECIDED else zone_class


def _reading_order(room: Room) -> tuple[tuple[int, int, str], ...]:
    """Numbers as numbers, so that room 9 comes before room 10; rooms without a number last."""
    parts = re.findall(r"\d+|\D+", room.number)
    number = tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)
    return (*number, (2, 0, room.name))


def call_list(first: Sequence[ContactRole], contacts: Iterable[Contact], off_duty: Iterable[Contact] = ()) -> CallList:
    """The people of the roles in ``first``, in that order, and the others in the order of ``ContactRole``.

    A role with nobody is passed over and named in ``missing``. Where nobody is there of all those roles, everybody else
    moves up, so that the list never stands empty while there is somebody to call. Who is off duty comes last.
    """
    roles = list(dict.fromkeys((*(first or FIRST_CALLED), *ContactRole)))
    ordered = sorted(contacts, key=lambda contact: (roles.index(contact.role), contact.position, contact.id))
    wanted = dict.fromkeys(first or FIRST_CALLED)
    now = tuple(contact for contact in ordered if contact.role in wanted)
    later = tuple(contact for contact in ordered if contact.role not in wanted)
    missing = tuple(role for role in wanted if role not in {contact.role for contact in now})
    away = tuple(sorted(off_duty, key=lambda contact: (roles.index(contact.role), contact.position, contact.id)))
    return CallList(now, (*later, *away), missing) if now else CallList(later, away, missing)
