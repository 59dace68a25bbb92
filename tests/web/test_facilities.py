"""The list of facilities, and one facility."""

from __future__ import annotations

import pytest

from tests.conftest import NOW
from zonemap.model.facility import Contact, ContactRole, Designation, SiteKind

FILLED = {
    "name": "Larkspur Clinic",
    "street": "1420 Larkspur Avenue",
    "suite": "Suite 100",
    "city": "Salem",
    "state": "IL",
    "postcode": "62881",
    "site_kind": "clinic",
}


def test_an_empty_list_says_what_comes_first_and_to_whom(sign_in):
    assert "Add a facility" in sign_in("manager").get("/").text
    assert "A manager or an administrator has to add it" in sign_in("desk").get("/").text


def test_a_manager_adds_a_facility_and_lands_on_its_page(sign_in, store):
    page = sign_in("manager")
    page.get("/facilities/new")

    home = page.get(page.post("/facilities/new", FILLED))

    assert home.h1 == "Larkspur Clinic"
    with store.read() as books:
        (kept,) = books.facilities.list()
    assert (kept.suite, kept.state, kept.site_kind) == ("Suite 100", "IL", SiteKind.CLINIC)
    assert "1420 Larkspur Avenue, Suite 100" in page.get("/").text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": " "}, "Type the name that stands at the door."),
        ({"street": ""}, "The desk compares them with the paper."),
        ({"state": "ZZ"}, "Not a valid choice."),
        ({"postcode": "six"}, "Type the ZIP code in 5 figures, such as 60601."),
        ({"site_kind": ""}, "Choose what kind of site it is."),
        ({"name": "x" * 101}, "Use at most 100 characters."),
    ],
)
def test_a_field_that_is_wrong_says_so_beside_it_and_nothing_typed_is_lost(sign_in, store, change, sentence):
    page = sign_in("manager")

    refused = page.post("/facilities/new", {**FILLED, **change}, expect=400)

    assert any(sentence in each for each in refused.wrong)
    assert 'value="Suite 100"' in refused.one("#suite").html
    with store.read() as books:
        assert books.facilities.list() == []


def test_control_and_direction_characters_do_not_reach_the_store(sign_in, store):
    sign_in("manager").post("/facilities/new", {**FILLED, "name": "Lark\u202espur\x00  \u200bClinic\n"})

    with store.read() as books:
        assert books.facilities.list()[0].name == "Larkspur Clinic"


def test_text_is_shown_as_text(sign_in):
    page = sign_in("manager")

    home = page.get(page.post("/facilities/new", {**FILLED, "name": "<script>alert(1)</script>"}))

    assert home.h1 == "<script>alert(1)</script>"


def test_a_facility_is_changed(sign_in, stored_facility):
    page = sign_in("manager")
    about = f"/facilities/{stored_facility.id}/about"
    assert 'value="1420 Larkspur Avenue"' in page.get(about).one("#street").html

    page.post(about, {**FILLED, "name": "Larkspur Health"})

    assert page.get("/").one("h2").text() == "Larkspur Health"


def test_a_facility_that_is_not_there_is_not_found(sign_in):
    sign_in("manager").get(f"/facilities/{'0' * 32}/", expect=404)
    sign_in("manager").get(f"/facilities/{'0' * 32}/about", expect=404)


def test_a_new_facility_shows_what_comes_next(sign_in, stored_facility):
    home = sign_in("administrator").get(f"/facilities/{stored_facility.id}/")

    assert "No floor yet" in home.text
    assert "The desk would not know whom to call" in home.text
    assert "Done" not in home.text


def test_each_floor_says_how_far_it_is(sign_in, store, stored_facility, stored_floor):
    url = f"/facilities/{stored_facility.id}/"
    assert "3 rooms" in sign_in("manager").get(url).text
    made = Designation("d" * 32, stored_facility, stored_floor, 1, 1, NOW, "Ana Ruiz")
    with store.begin() as books:
        books.designations.add(made)
        contact = Contact("1" * 32, stored_facility.id, ContactRole.RESPONDER, "Dana", "555-0142 ext 3")
        books.contacts.replace(stored_facility.id, (contact,))

    home = sign_in("manager").get(url)

    assert "Revision 1, November 24, 2026, by Ana Ruiz" in home.text
    assert home.text.count("Done") == 5
    assert home.one('a[href="tel:5550142,3"]')
    with store.begin() as books:
        books.floors.save(stored_floor, 1, saved_at=NOW, saved_by="Ana Ruiz")
    assert "Changed since" in sign_in("desk").get(url).text


def test_the_desk_sees_no_plans_tab(sign_in, stored_facility):
    url = f"/facilities/{stored_facility.id}/"

    assert "Plans" not in sign_in("desk").get(url).one(".tabs-wide").text()
    assert "People" in sign_in("administrator").get(url).one(".tabs-wide").text()
