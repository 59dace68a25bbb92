"""The pages of readiness."""

from __future__ import annotations

from tests.web.test_sites import assert_silent, signed_in
from tests.web.two_sites import add_site
from zonemap.model.readiness import Item
from zonemap.web.readiness import PAGES


def test_a_site_says_what_is_done_and_leads_to_what_mends_the_rest(sign_in, stored_facility, stored_floor):
    page = sign_in("manager")

    found = page.get(f"/facilities/{stored_facility.id}/readiness/")

    assert found.h1 == "How ready this site is"
    assert "Not designated: First floor." in found.text
    assert found.one("#designated a").attributes["href"] == f"/facilities/{stored_facility.id}/plans/"
    assert found.all("#roster a") == [], "a manager may not change the list"
    assert "no promise about any visit" in found.text


def test_what_only_people_know_is_said_with_a_name_and_ends(sign_in, stored_facility):
    page = sign_in("responder")
    url = f"/facilities/{stored_facility.id}/readiness/"

    assert page.post(f"{url}telehealth") == f"{url}#telehealth"

    assert "said so on" in page.get(url).text
    page.post(f"{url}drawn", expect=404)
    page.post(f"{url}king", expect=404)


def test_every_line_has_the_page_that_mends_it(sign_in, stored_facility, stored_floor):
    page = sign_in("administrator", "manager", "responder", "desk")

    found = page.get(f"/facilities/{stored_facility.id}/readiness/")

    assert set(PAGES) == set(Item)
    for item in Item:
        (link,) = found.all(f"#{item.value} a")
        assert page.client.get(link.attributes["href"]).status_code == 200, item


def test_all_sites_are_those_of_the_reader(app, store, facility, floor, sign_in):
    ours, theirs = (
        add_site(store, facility, floor, letter, word) for letter, word in (("b", "Ourown"), ("a", "Quokka"))
    )

    found = signed_in(app, store, ours.manager).get("/readiness/")

    assert "Ourown Clinic" in found.text
    assert_silent(found.response, theirs, "readiness")
    everything = sign_in("manager").get("/readiness/")
    assert "Quokka Clinic" in everything.text
    assert "Ourown Clinic" in everything.text


def test_no_site_yet_says_so(sign_in):
    assert "No facility yet" in sign_in("manager").get("/readiness/").text
