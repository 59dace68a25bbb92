"""A clerk at the desk of a facility, with and without a designated floor and a roster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.conftest import NOW
from tests.geometry.floors import lobby_floor
from tests.page import PageClient
from tests.web.desk_visits import Clerk
from zonemap.model.facility import Contact, ContactRole, Designation, Facility
from zonemap.model.plan import Floor
from zonemap.storage.store import Store


@pytest.fixture
def lobby(store: Store, facility: Facility) -> Floor:
    """A small floor, drawn and not designated: a lobby with three rooms behind it."""
    drawn = replace(lobby_floor(), id="f" * 32, facility_id=facility.id)
    with store.begin() as books:
        books.facilities.add(facility)
        books.floors.add(drawn, saved_at=NOW, saved_by="Bo")
    return drawn


@pytest.fixture
def designated(store: Store, stored_floor: Floor, facility: Facility, now: Any) -> Designation:
    made = Designation("d0" * 16, facility, stored_floor, 4, 1, now, "Ana Ruiz")
    with store.begin() as books:
        return books.designations.add(made)


@pytest.fixture
def roster(store: Store, stored_facility: Facility) -> tuple[Contact, ...]:
    people = (
        Contact("c1", stored_facility.id, ContactRole.RESPONDER, "Dana Whitfield", "555-0142", "Until 6 pm"),
        Contact("c2", stored_facility.id, ContactRole.COUNSEL, "Reyes and Holm", "312 555 0190"),
        Contact("c3", stored_facility.id, ContactRole.SECURITY, "Front door post", "555-0110"),
    )
    with store.begin() as books:
        books.contacts.replace(stored_facility.id, people)
    return people


@pytest.fixture
def clerk(sign_in: Callable[..., PageClient], stored_facility: Facility) -> Clerk:
    return Clerk(sign_in("desk"), stored_facility)
