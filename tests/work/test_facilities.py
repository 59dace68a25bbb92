"""Facilities and whom their desk calls."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import NOW
from zonemap.errors import Forbidden, Invalid, NotFound
from zonemap.model.facility import Contact, ContactRole, Designation
from zonemap.model.zone import ZoneClass
from zonemap.work import contacts, facilities


def test_a_facility_is_added_and_changed_by_who_may(store, actor, facility):
    facilities.add_facility(store, actor("manager"), replace(facility, state="il"))
    facilities.change_facility(store, actor("administrator"), replace(facility, suite=""))

    assert list(facilities.facilities(store, actor("desk"))) == [replace(facility, suite="")]
    for role in ("responder", "desk"):
        with pytest.raises(Forbidden):
            facilities.add_facility(store, actor(role), replace(facility, id="2" * 32))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"street": ""}, "street"),
        ({"city": ""}, "city"),
        ({"state": "XX"}, "state"),
        ({"postcode": "1234"}, "postcode"),
        ({"postcode": "1234५"}, "postcode"),
    ],
)
def test_what_is_missing_is_named_by_field(store, actor, facility, change, field):
    with pytest.raises(Invalid) as raised:
        facilities.add_facility(store, actor("manager"), replace(facility, **change))

    assert list(raised.value.fields) == [field]


def test_progress_counts_undecided_rooms_and_sees_changes_since_the_designation(store, actor, stored_facility, floor):
    undecided = replace(floor.rooms[1], zone_class=ZoneClass.UNDECIDED)
    drawn = replace(floor, rooms=(floor.rooms[0], undecided))
    with store.begin() as books:
        books.floors.add(drawn, saved_at=NOW, saved_by="Ana")
        books.designations.add(Designation("d" * 32, stored_facility, drawn, 1, 1, NOW, "Ana"))

    (progress,) = facilities.facility_home(store, actor("desk"), stored_facility.id).floors
    assert (progress.undecided, progress.changed_since, progress.designation.number) == (1, False, 1)

    with store.begin() as books:
        books.floors.save(drawn, 1, saved_at=NOW, saved_by="Ana")
    home = facilities.facility_home(store, actor("desk"), stored_facility.id)
    assert home.floors[0].changed_since
    assert home.in_force == 1


# --- contacts ----------------------------------------------------------------------------------------------------


def someone(site: str, number: int, role: ContactRole = ContactRole.RESPONDER, phone: str = "555-0142") -> Contact:
    return Contact(f"{number:032x}", site, role, f"Name {number}", phone)


def names(store, actor, facility) -> list[str]:
    return [each.name[-1] for each in contacts.contacts(store, actor("responder"), facility.id)[1]]


def test_contacts_are_added_moved_changed_and_removed(store, actor, stored_facility):
    site, who = stored_facility.id, actor("responder")
    for number in (1, 2, 3):
        contacts.add_contact(store, who, someone(site, number))
    contacts.add_contact(store, who, someone(site, 4, ContactRole.COUNSEL))
    assert names(store, actor, stored_facility) == ["1", "2", "3", "4"]

    contacts.call_earlier(store, who, site, f"{3:032x}")
    assert names(store, actor, stored_facility) == ["1", "3", "2", "4"]
    contacts.call_earlier(store, who, site, f"{1:032x}")
    contacts.call_earlier(store, who, site, f"{4:032x}")  # the roles keep their order
    assert names(store, actor, stored_facility) == ["1", "3", "2", "4"]

    contacts.change_contact(store, who, replace(someone(site, 3), name="Name 9"))
    contacts.remove_contact(store, who, site, f"{1:032x}")
    assert names(store, actor, stored_facility) == ["9", "2", "4"]
    for gone in (contacts.remove_contact, contacts.call_earlier):
        with pytest.raises(NotFound):
            gone(store, who, site, f"{1:032x}")


@pytest.mark.parametrize(
    "phone", ["555-0142", "(312) 555-0142", "+1 312 555 0142", "312.555.0142 ext 7", "312-555-0142x12", "911"]
)
def test_phone_numbers_as_people_write_them_are_taken(store, actor, stored_facility, phone):
    contacts.add_contact(store, actor("responder"), someone(stored_facility.id, 1, phone=phone))


@pytest.mark.parametrize("phone", ["", "call me", "12", "555-0142; rm", "5" * 21, "５５５-０１４２", "javascript:1"])
def test_what_is_no_phone_number_is_refused_beside_its_field(store, actor, stored_facility, phone):
    with pytest.raises(Invalid) as raised:
        contacts.add_contact(store, actor("responder"), someone(stored_facility.id, 1, phone=phone))

    assert list(raised.value.fields) == ["phone"]


def test_the_list_has_an_end(store, actor, stored_facility, monkeypatch):
    monkeypatch.setattr(contacts, "CONTACTS_MOST", 1)
    contacts.add_contact(store, actor("responder"), someone(stored_facility.id, 1))

    with pytest.raises(Invalid, match="at most 1 people"):
        contacts.add_contact(store, actor("responder"), someone(stored_facility.id, 2))


@pytest.mark.parametrize("role", ["manager", "desk"])
def test_who_keeps_no_roster_cannot_change_it(store, actor, stored_facility, role):
    with pytest.raises(Forbidden):
        contacts.add_contact(store, actor(role), someone(stored_facility.id, 1))


def test_a_contact_needs_a_facility_that_is_there(store, actor):
    with pytest.raises(NotFound):
        contacts.add_contact(store, actor("responder"), someone("0" * 32, 1))
