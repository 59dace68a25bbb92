"""What all sites share: people to call where a site has nobody for a role, lines that nobody may cross anywhere, and
that counsel has read the rules once for all sites that use them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from zonemap.errors import Invalid, NotFound
from zonemap.model.facility import Contact
from zonemap.model.law import CounselReview, OwnMustNot
from zonemap.model.organization import SHARED
from zonemap.model.page import ON_A_PAGE
from zonemap.model.person import Actor
from zonemap.rules.pack import Pack, pack_by_id, pack_for
from zonemap.rules.seal import seal
from zonemap.storage.store import Books, Store
from zonemap.work.contacts import CONTACTS_MOST, check_contact
from zonemap.work.law import LINES_MOST, check_line, check_review
from zonemap.work.permissions import Permission, Place, require


@dataclass(frozen=True, slots=True)
class SharedRules:
    """A pack that some sites use. ``review`` is the one for all of them; ``lost`` where the rules changed since."""

    pack: Pack
    seal: str
    sites: tuple[str, ...]  # their names; of many only how many they are
    review: CounselReview | None

    @property
    def lost(self) -> bool:
        """Whether the review is of an earlier state of the rules."""
        return self.review is not None and self.review.seal != self.seal


@dataclass(frozen=True, slots=True)
class SharedView:
    """All of it."""

    contacts: tuple[Contact, ...]
    must_nots: tuple[OwnMustNot, ...]
    rules: tuple[SharedRules, ...]  # by the name of the pack


def shared(store: Store, actor: Actor) -> SharedView:
    """What there is."""
    require(actor, Permission.SET_CONTACTS, at=Place.ORGANIZATION)
    with store.read() as books:
        return SharedView(books.organization.contacts(), books.organization.must_nots(), _rules(books))


def shared_rules(store: Store, actor: Actor, pack_id: str) -> SharedRules:
    """The rules of one pack, as counsel reads them for all sites. Raises NotFound for a pack that no site uses."""
    require(actor, Permission.SET_CONTACTS, at=Place.ORGANIZATION)
    with store.read() as books:
        return _rule(books, pack_id)


def record_shared_review(store: Store, actor: Actor, review: CounselReview) -> CounselReview:
    """Keep that counsel has read the rules for all sites. Raises NotFound, Invalid; Conflict where they changed."""
    require(actor, Permission.REVIEW_LAW, at=Place.ORGANIZATION)
    with store.begin() as books:
        check_review(review, _rule(books, review.pack_id).pack)
        return books.organization.add_review(replace(review, facility_id=SHARED))


def _rules(books: Books) -> tuple[SharedRules, ...]:
    sites = _names(books) if books.facilities.count(None) <= ON_A_PAGE else _numbers(books)
    reviews = books.organization.reviews()
    found = ((pack_by_id(pack_id), names) for pack_id, names in sites.items())
    rules = (SharedRules(pack, seal(pack), tuple(sorted(names)), reviews.get(pack.id)) for pack, names in found)
    return tuple(sorted(rules, key=lambda each: each.pack.name))


def _names(books: Books) -> Mapping[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for each in books.facilities.list():
        found[pack_for(each.state, each.site_kind).id].append(each.name)
    return found


def _numbers(books: Books) -> Mapping[str, list[str]]:
    found: Counter[str] = Counter()
    for state, kind, sites in books.facilities.kinds():
        found[pack_for(state, kind).id] += sites
    return {pack_id: [f"{sites:,} {'site' if sites == 1 else 'sites'}"] for pack_id, sites in found.items()}


def _rule(books: Books, pack_id: str) -> SharedRules:
    for each in _rules(books):
        if each.pack.id == pack_id:
            return each
    raise NotFound("No site uses these rules.")


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
