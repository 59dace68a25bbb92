"""The sites: their name, address and kind, and how far each floor has got."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from zonemap.errors import Invalid, NotFound
from zonemap.model.facility import Contact, Designation, Facility
from zonemap.model.page import ON_A_PAGE, Page, first_of
from zonemap.model.person import Actor
from zonemap.model.places import STATES
from zonemap.model.plan import Floor
from zonemap.model.review import ReviewNow
from zonemap.model.zone import ZoneClass
from zonemap.rules.pack import Pack
from zonemap.storage.store import Books, Store
from zonemap.work.law import facility_pack
from zonemap.work.permissions import Permission, Place, require, sites_where
from zonemap.work.reviews import review_now

_POSTCODE = re.compile(r"[0-9]{5}(-[0-9]{4})?")
_ALIKE_MOST = 1000  # facilities whose names hold the one that was given


@dataclass(frozen=True, slots=True)
class FloorProgress:
    """A floor, and what it still lacks."""

    floor: Floor
    designation: Designation | None
    changed_since: bool  # drawn on after the designation
    review: ReviewNow | None = None

    @property
    def undecided(self) -> int:
        """How many rooms nobody has decided about."""
        return sum(room.zone_class is ZoneClass.UNDECIDED for room in self.floor.rooms)


@dataclass(frozen=True, slots=True)
class FacilityHome:
    """What the first page of a facility shows."""

    facility: Facility
    floors: tuple[FloorProgress, ...]
    contacts: tuple[Contact, ...]
    pack: Pack
    review_required: bool = False

    @property
    def in_force(self) -> int:
        """How many floors are designated."""
        return sum(each.designation is not None for each in self.floors)


def facility_named(books: Books, reference: str) -> Facility:
    """The facility of that id, or of that name if no other is called the same: for the command line.

    Raises NotFound, and Invalid where several have the name.
    """
    found = books.facilities.find(reference)
    if found:
        return found
    alike = books.facilities.page(None, reference, first=0, most=_ALIKE_MOST)
    named = [each for each in alike if each.name.casefold() == reference.casefold()]
    if len(named) == 1:
        return named[0]
    if named:
        raise Invalid(f"{len(named)} facilities are called {reference!r}. Give the id of the one you mean.")
    raise NotFound(f"There is no facility with the id or name {reference!r}.")


def facilities(store: Store, actor: Actor, *, search: str = "", page: int = 1) -> Page[Facility]:
    """A page of those of the actor, by name; with ``search`` those whose name or address has words that begin so."""
    require(actor, Permission.SEE_HOME, at=Place.ANYWHERE)
    own = sites_where(actor, Permission.SEE_HOME)
    with store.read() as books:
        found = books.facilities.page(own, search, first=first_of(page), most=ON_A_PAGE)
        return Page(tuple(found), max(1, page), books.facilities.count(own, search))


def facility(store: Store, actor: Actor, facility_id: str) -> Facility:
    """One of them. Raises NotFound."""
    require(actor, Permission.SEE_HOME, at=facility_id)
    with store.read() as books:
        return books.facilities.get(facility_id)


def facility_home(store: Store, actor: Actor, facility_id: str) -> FacilityHome:
    """A facility with its floors, from the lowest, and its contacts. Raises NotFound."""
    require(actor, Permission.SEE_HOME, at=facility_id)
    with store.read() as books:
        found = books.facilities.get(facility_id)
        contacts = tuple(books.contacts.list(facility_id))
        required = books.reviews.is_required(facility_id)
        return FacilityHome(found, _progress(books, found), contacts, facility_pack(books, found), required)


def _progress(books: Books, facility: Facility) -> tuple[FloorProgress, ...]:
    found = []
    for saved in books.floors.list(facility.id):
        latest = books.designations.latest(saved.floor.id)
        changed = latest is not None and latest.version != saved.version
        found.append(FloorProgress(saved.floor, latest, changed, review_now(books, facility, saved.floor, latest)))
    return tuple(found)


def add_facility(store: Store, actor: Actor, facility: Facility) -> Facility:
    """Keep a new facility. Raises Invalid with the fields."""
    require(actor, Permission.SET_FACILITY, at=Place.ORGANIZATION)
    with store.begin() as books:
        return books.facilities.add(checked(facility))


def change_facility(store: Store, actor: Actor, facility: Facility) -> Facility:
    """Change a facility. What is designated keeps the old name and address. Raises NotFound, Invalid."""
    require(actor, Permission.SET_FACILITY, at=facility.id)
    with store.begin() as books:
        return books.facilities.save(checked(facility))


def checked(facility: Facility) -> Facility:
    """The facility, fit to be kept. Raises Invalid with the fields that are not."""
    found = replace(facility, state=facility.state.upper())
    fields = {}
    if not found.name:
        fields["name"] = "Type the name that stands at the door."
    if not found.street:
        fields["street"] = "Type the street and number. The desk compares them with the paper."
    if not found.city:
        fields["city"] = "Type the city."
    if found.state not in STATES:
        fields["state"] = "Choose the state."
    if not _POSTCODE.fullmatch(found.postcode):
        fields["postcode"] = "Type the ZIP code in 5 figures, such as 60601."
    if fields:
        raise Invalid("Not everything is filled in yet.", fields=fields)
    return found
