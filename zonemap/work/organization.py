"""What all sites share: people to call where a site has nobody for a role, and lines that nobody may cross anywhere."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zonemap.errors import Invalid, NotFound
from zonemap.model.facility import Contact
from zonemap.model.law import OwnMustNot
from zonemap.model.organization import SHARED
from zonemap.model.person import Actor
from zonemap.storage.store import Store
from zonemap.work.contacts import CONTACTS_MOST, check_contact
from zonemap.work.law import LINES_MOST, check_line
from zonemap.work.permissions import Permission, Place, require


@dataclass(frozen=True, slots=True)
class SharedView:
    """All of it."""

    contacts: tuple[Contact, ...]
    must_nots: tuple[OwnMustNot, ...]


def shared(store: Store, actor: Actor) -> SharedView:
    """What there is."""
    require(actor, Permission.SET_CONTACTS, at=Place.ORGANIZATION)
    with store.read() as books:
        return SharedView(books.organization.contacts(), books.organization.must_nots())


def add_shared_contact(store: Store, actor: Actor, contact: Contact) -> Contact:
    """Put somebody at the end of their role. Raises Invalid with the fields."""
    require(actor, Permission.SET_CONTACTS, at=Place.ORGANIZATION)
    check_contact(contact)
    with store.begin() as books:
        found = books.organization.contacts()
        if len(found) >= CONTACTS_MOST:
            raise Invalid(f"The list holds at most {CONTACTS_MOST} people. Remove somebody first.")
        position = 1 + max((each.position for each in found), default=0)
        contact = replace(contact, facility_id=SHARED, position=position)
        books.organization.replace_contacts((*found, contact))
    return contact


def remove_shared_contact(store: Store, actor: Actor, contact_id: str) -> None:
    """Take somebody off. Raises NotFound."""
    require(actor, Permission.SET_CONTACTS, at=Place.ORGANIZATION)
    with store.begin() as books:
        found = books.organization.contacts()
        left = tuple(each for each in found if each.id != contact_id)
        if len(left) == len(found):
            raise NotFound("This person is not on the list any more.")
        books.organization.replace_contacts(left)


def add_shared_must_not(store: Store, actor: Actor, line: OwnMustNot) -> OwnMustNot:
    """Add a line for all sites. It can never be taken away. Raises Invalid."""
    require(actor, Permission.REVIEW_LAW, at=Place.ORGANIZATION)
    check_line(line)
    with store.begin() as books:
        if len(books.organization.must_nots()) >= LINES_MOST:
            raise Invalid(f"All sites together have at most {LINES_MOST} lines.")
        return books.organization.add_must_not(replace(line, facility_id=SHARED))
