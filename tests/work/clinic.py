"""A clinic whose first floor is designated, for the tests of packs and of the wall."""

from __future__ import annotations

from dataclasses import replace

from tests.conftest import NOW
from tests.geometry.floors import lobby_floor
from zonemap.model.facility import Designation, Facility, SiteKind
from zonemap.model.plan import Floor
from zonemap.storage.store import Store

CLINIC = Facility("c" * 32, "Larkspur Clinic", "1 Elm St", "", "Salem", "IL", "62881", SiteKind.CLINIC)
FIRST = replace(lobby_floor(0.2), id="f" * 32, facility_id=CLINIC.id)


def add_clinic(store: Store) -> None:
    """Add the clinic and designate its first floor."""
    with store.begin() as books:
        books.facilities.add(CLINIC)
    designate(store, FIRST, 1)


def designate(store: Store, floor: Floor, number: int) -> None:
    """Designate a floor as it is; it is added where it is new."""
    with store.begin() as books:
        if books.floors.find(floor.id) is None:
            books.floors.add(floor, saved_at=NOW, saved_by="Ana")
        made = Designation(f"{floor.level}{number:031x}", CLINIC, floor, number, 1, NOW, "Ana")
        books.designations.add(made)
