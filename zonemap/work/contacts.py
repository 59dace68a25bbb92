"""Whom the desk calls, and in what order."""

from __future__ import annotations

import re
from dataclasses import replace

from zonemap.errors import Invalid, NotFound
from zonemap.model.facility import Contact, Facility
from zonemap.model.person import Actor
from zonemap.storage.store import Store
from zonemap.work.permissions import Permission, require

CONTACTS_MOST = 60

_PHONE = re.compile(r"\+?[\d(][\d ().\-]*(\s*(ext\.?|x)\s*\d{1,6})?", re.IGNORECASE)


def contacts(store: Store, actor: Actor, facility_id: str) -> tuple[Facility, list[Contact]]:
    """A facility and its contacts in the order of calling. Raises NotFound."""
    require(actor, Permission.SET_CONTACTS)
    with store.read() as books:
        return books.facilities.get(facility_id), books.contacts.list(facility_id)


def add_contact(store: Store, actor: Actor, contact: Contact) -> Contact:
    """Put somebody at the end of their role. Raises NotFound, Invalid with the fields."""
    require(actor, Permission.SET_CONTACTS)
    _check(contact)
    with store.begin() as books:
        books.facilities.get(contact.facility_id)
        found = books.contacts.list(contact.facility_id)
        if len(found) >= CONTACTS_MOST:
            raise Invalid(f"The list holds at most {CONTACTS_MOST} people. Remove somebody first.")
        contact = replace(contact, position=1 + max((each.position for each in found), default=0))
        books.contacts.replace(contact.facility_id, (*found, contact))
    return contact


def change_contact(store: Store, actor: Actor, contact: Contact) -> Contact:
    """Change somebody's role, name, phone or hours. Raises NotFound, Invalid with the fields."""
    require(actor, Permission.SET_CONTACTS)
    _check(contact)
    with store.begin() as books:
        found = books.contacts.list(contact.facility_id)
        contact = replace(contact, position=_one(found, contact.id).position)
        changed = tuple(contact if each.id == contact.id else each for each in found)
        books.contacts.replace(contact.facility_id, changed)
    return contact


def remove_contact(store: Store, actor: Actor, facility_id: str, contact_id: str) -> Contact:
    """Take somebody off the list. Raises NotFound."""
    require(actor, Permission.SET_CONTACTS)
    with store.begin() as books:
        found = books.contacts.list(facility_id)
        gone = _one(found, contact_id)
        books.contacts.replace(facility_id, tuple(each for each in found if each.id != contact_id))
    return gone


def call_earlier(store: Store, actor: Actor, facility_id: str, contact_id: str) -> None:
    """Put somebody one place up among those of the same role. Raises NotFound."""
    require(actor, Permission.SET_CONTACTS)
    with store.begin() as books:
        found = books.contacts.list(facility_id)
        here = found.index(_one(found, contact_id))
        if here and found[here - 1].role is found[here].role:
            found[here - 1], found[here] = found[here], found[here - 1]
        numbered = tuple(replace(each, position=position) for position, each in enumerate(found, 1))
        books.contacts.replace(facility_id, numbered)


def _one(found: list[Contact], contact_id: str) -> Contact:
    for each in found:
        if each.id == contact_id:
            return each
    raise NotFound("This person is not on the list any more.")


def _check(contact: Contact) -> None:
    fields = {}
    if not contact.name:
        fields["name"] = "Type a name, or a role such as Nurse on duty."
    digits = sum(char.isdigit() for char in contact.phone)
    if not _PHONE.fullmatch(contact.phone) or not contact.phone.isascii() or not 3 <= digits <= 20:
        fields["phone"] = "Type a phone number in figures, such as 312-555-0142 or 312-555-0142 ext 7."
    if fields:
        raise Invalid("The person is not on the list yet.", fields=fields)
