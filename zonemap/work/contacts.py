"""Whom the desk calls, and in what order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from zonemap.errors import Invalid, NotFound
from zonemap.model.facility import Contact, ContactRole, Facility
from zonemap.model.hours import Spell
from zonemap.model.person import Actor
from zonemap.model.roster import Hole, covered_minutes, holes, hour_grid
from zonemap.storage.store import Store
from zonemap.work.permissions import Permission, require

CONTACTS_MOST = 60
DUTY_MOST = 14

_PHONE = re.compile(r"\+?[\d(][\d ().\-]*(\s*(ext\.?|x)\s*\d{1,6})?", re.IGNORECASE)


def contacts(store: Store, actor: Actor, facility_id: str) -> tuple[Facility, list[Contact]]:
    """A facility and its contacts in the order of calling. Raises NotFound."""
    require(actor, Permission.SET_CONTACTS, at=facility_id)
    with store.read() as books:
        return books.facilities.get(facility_id), books.contacts.own(facility_id)


@dataclass(frozen=True, slots=True)
class Roster:
    """Whom the desk calls, and how far that reaches through the week.

    ``gaps`` are the holes of the responders; ``grid`` is 7 days from Monday of 24 hours. ``covered`` counts the hours
    of the 168 with a responder, rounded down. ``roles`` says for each role with somebody how many hours it reaches.
    ``shared`` are the organization's, for the roles in which the facility has nobody of its own.
    """

    facility: Facility
    contacts: tuple[Contact, ...]
    gaps: tuple[Hole, ...]
    grid: tuple[tuple[bool, ...], ...]
    covered: int
    roles: tuple[tuple[ContactRole, int], ...]
    shared: tuple[Contact, ...] = ()


def roster(store: Store, actor: Actor, facility_id: str) -> Roster:
    """The contacts of a facility with the holes in their week. Raises NotFound."""
    facility, own = contacts(store, actor, facility_id)
    with store.read() as books:
        found = books.contacts.list(facility_id)
    known = {each.id for each in own}
    return replace(
        roster_of(facility, found), contacts=tuple(own), shared=tuple(each for each in found if each.id not in known)
    )


def roster_of(facility: Facility, found: Sequence[Contact]) -> Roster:
    """The same for contacts that are known, in the order of calling."""
    present = dict.fromkeys(contact.role for contact in found)
    return Roster(
        facility,
        tuple(found),
        holes(found, ContactRole.RESPONDER),
        hour_grid(found, ContactRole.RESPONDER),
        covered_minutes(found, ContactRole.RESPONDER) // 60,
        tuple((role, covered_minutes(found, role) // 60) for role in present),
    )


def add_contact(store: Store, actor: Actor, contact: Contact) -> Contact:
    """Put somebody at the end of their role. Raises NotFound, Invalid with the fields."""
    require(actor, Permission.SET_CONTACTS, at=contact.facility_id)
    check_contact(contact)
    with store.begin() as books:
        books.facilities.get(contact.facility_id)
        found = books.contacts.own(contact.facility_id)
        if len(found) >= CONTACTS_MOST:
            raise Invalid(f"The list holds at most {CONTACTS_MOST} people. Remove somebody first.")
        contact = replace(contact, position=1 + max((each.position for each in found), default=0))
        books.contacts.replace(contact.facility_id, (*found, contact))
    return contact


def change_contact(store: Store, actor: Actor, contact: Contact) -> Contact:
    """Change somebody's role, name, phone, languages or remark; the hours stay. Raises NotFound, Invalid."""
    require(actor, Permission.SET_CONTACTS, at=contact.facility_id)
    check_contact(contact)
    with store.begin() as books:
        found = books.contacts.own(contact.facility_id)
        before = _one(found, contact.id)
        contact = replace(contact, position=before.position, duty=before.duty)
        changed = tuple(contact if each.id == contact.id else each for each in found)
        books.contacts.replace(contact.facility_id, changed)
    return contact


def add_duty(
    store: Store, actor: Actor, facility_id: str, contact_id: str, days: tuple[int, ...], start: int, end: int
) -> Contact:
    """Let somebody take calls in these hours (minutes since midnight). Raises NotFound, Invalid."""
    new = Spell(tuple(sorted(set(days))), start, end, None)
    return _with_duty(store, actor, facility_id, contact_id, lambda duty: _added(duty, new))


def remove_duty(store: Store, actor: Actor, facility_id: str, contact_id: str, place: int) -> Contact:
    """Take away the hours at that place of the list; with the last of them, somebody takes calls at all hours.

    Raises NotFound, Invalid.
    """

    def left(duty: tuple[Spell[None], ...]) -> tuple[Spell[None], ...]:
        if not 0 <= place < len(duty):
            raise Invalid("These hours are not there any more. Look at the list again.")
        return (*duty[:place], *duty[place + 1 :])

    return _with_duty(store, actor, facility_id, contact_id, left)


def remove_contact(store: Store, actor: Actor, facility_id: str, contact_id: str) -> Contact:
    """Take somebody off the list. Raises NotFound."""
    require(actor, Permission.SET_CONTACTS, at=facility_id)
    with store.begin() as books:
        found = books.contacts.own(facility_id)
        gone = _one(found, contact_id)
        books.contacts.replace(facility_id, tuple(each for each in found if each.id != contact_id))
    return gone


def call_earlier(store: Store, actor: Actor, facility_id: str, contact_id: str) -> None:
    """Put somebody one place up among those of the same role. Raises NotFound."""
    require(actor, Permission.SET_CONTACTS, at=facility_id)
    with store.begin() as books:
        found = books.contacts.own(facility_id)
        here = found.index(_one(found, contact_id))
        if here and found[here - 1].role is found[here].role:
            found[here - 1], found[here] = found[here], found[here - 1]
        numbered = tuple(replace(each, position=position) for position, each in enumerate(found, 1))
        books.contacts.replace(facility_id, numbered)


def _with_duty(
    store: Store,
    actor: Actor,
    facility_id: str,
    contact_id: str,
    change: Callable[[tuple[Spell[None], ...]], tuple[Spell[None], ...]],
) -> Contact:
    require(actor, Permission.SET_CONTACTS, at=facility_id)
    with store.begin() as books:
        found = books.contacts.own(facility_id)
        before = _one(found, contact_id)
        contact = replace(before, duty=change(before.duty))
        books.contacts.replace(facility_id, tuple(contact if each is before else each for each in found))
    return contact


def _added(duty: tuple[Spell[None], ...], new: Spell[None]) -> tuple[Spell[None], ...]:
    if not new.days:
        raise Invalid("The hours are not on the list yet.", fields={"days": "Tick at least one day."})
    if new in duty:
        raise Invalid("These hours are on the list already.")
    if len(duty) >= DUTY_MOST:
        raise Invalid(f"A person has at most {DUTY_MOST} lines of hours. Remove one first, or join two.")
    return (*duty, new)


def _one(found: list[Contact], contact_id: str) -> Contact:
    for each in found:
        if each.id == contact_id:
            return each
    raise NotFound("This person is not on the list any more.")


def check_contact(contact: Contact) -> None:
    """Raise Invalid with the fields that somebody to call lacks."""
    fields = {}
    if not contact.name:
        fields["name"] = "Type a name, or a role such as Nurse on duty."
    digits = sum(char.isdigit() for char in contact.phone)
    if not _PHONE.fullmatch(contact.phone) or not contact.phone.isascii() or not 3 <= digits <= 20:
        fields["phone"] = "Type a phone number in figures, such as 312-555-0142 or 312-555-0142 ext 7."
    if fields:
        raise Invalid("The person is not on the list yet.", fields=fields)
