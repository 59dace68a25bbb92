"""A second factor that the organization asks for: nothing else opens until it is there, but the desk always does."""

from __future__ import annotations

import pytest

from tests.conftest import add_account
from tests.page import PageClient
from tests.web.authenticator import Authenticator
from tests.web.routes import ROUTES
from tests.web.test_guard import address
from tests.web.test_passkeys import added
from tests.web.test_second_factor import KEPT, PASSWORD, turned_on, typed
from zonemap.model.person import Role

SET_UP = "/account/second-factor"


def ask(store, *roles: Role) -> None:
    with store.begin() as books:
        books.second_factors.demand(roles)


@pytest.fixture
def ana(store):
    return add_account(store, "manager", password_hash=KEPT)


def test_at_first_it_is_asked_of_nobody_and_the_page_suggests_it(sign_in, store, ana):
    boss = sign_in("administrator")

    page = boss.get("/people/second-factor")

    assert "It is asked of nobody now" in page.text
    assert ana.name in page.text
    assert "set yours up first" in page.text
    with store.read() as books:
        assert books.second_factors.demanded() == frozenset()


def test_an_administrator_asks_it_by_role_and_never_of_the_desk(sign_in, store):
    boss = sign_in("administrator")

    boss.post("/people/second-factor", {"roles": ["manager", "responder"]})
    boss.post("/people/second-factor", {"roles": ["desk"]}, expect=400)

    with store.read() as books:
        assert books.second_factors.demanded() == {Role.MANAGER, Role.RESPONDER}
    checked = boss.get("/people/second-factor").all("input[name=roles][checked]")
    assert [each.attributes["value"] for each in checked] == ["manager", "responder"]
    boss.post("/people/second-factor", {})
    with store.read() as books:
        assert books.second_factors.demanded() == frozenset()


def test_who_has_none_is_led_to_it_after_the_password_and_nothing_else_opens(page, store, ana, stored_facility):
    ask(store, Role.MANAGER)
    assert typed(page, ana.email) == SET_UP
    shown = page.get(SET_UP)
    assert "Your organization asks for a second factor" in shown.text
    assert not shown.all(".tabs a")
    for route, who in ROUTES.items():
        if "-" in who or "/account/" in route:
            continue
        method, url = address(route, facility_id=stored_facility.id)
        answer = page.client.open(url, method=method, data={"csrf_token": page.token} if method == "POST" else None)
        assert (answer.status_code, answer.headers.get("Location")) == (303, SET_UP), route
    told = page.client.get("/floors/1/draft", headers={"Accept": "application/json"})
    assert told.status_code == 403
    assert "second factor first" in told.json["error"]

    turned_on(page, store, ana)

    page.get(f"/facilities/{stored_facility.id}/about")


def test_a_passkey_does_as_well(page, store, ana):
    ask(store, Role.MANAGER)
    typed(page, ana.email)

    added(page, Authenticator())

    page.get("/account")


def test_it_counts_at_once_for_who_is_signed_in_and_for_a_role_at_one_facility(sign_in, store, stored_facility):
    manager, site = sign_in("manager"), sign_in("responder", at=stored_facility.id)
    for browser in (manager, site):
        browser.get("/")

    ask(store, Role.MANAGER, Role.RESPONDER)

    for browser in (manager, site):
        assert browser.client.get("/").headers["Location"] == SET_UP
    ask(store)
    for browser in (manager, site):
        browser.get("/")


def test_the_desk_is_never_shut_by_it(sign_in, store, stored_facility):
    clerk, both = sign_in("desk"), sign_in("desk", "manager", at=stored_facility.id)
    ask(store, *(role for role in Role if role is not Role.DESK))
    desk = f"/facilities/{stored_facility.id}/desk/"

    for browser in (clerk, both):
        browser.get(desk)
        assert browser.post(desk, expect=200)
    clerk.get("/account")
    both.get("/")
    assert both.client.get(f"/facilities/{stored_facility.id}/plans/").headers["Location"] == SET_UP
    assert both.client.get("/account").headers["Location"] == SET_UP


def test_a_paired_computer_opens_its_desk_whoever_is_signed_in_there(sign_in, store, stored_facility):
    browser = sign_in("manager")
    desk = f"/facilities/{stored_facility.id}/desk/"
    browser.post(f"/facilities/{stored_facility.id}/devices/here", {"here-name": "Front desk"})
    bo = add_account(store, "manager", password_hash=KEPT)
    ask(store, Role.MANAGER)
    assert typed(browser, bo.email) == SET_UP

    opened = browser.get(desk)

    assert browser.post(desk, {"csrf_token": opened.token}, expect=200)
    assert browser.client.get(f"/facilities/{stored_facility.id}/plans/").headers["Location"] == SET_UP


def test_the_last_one_stays_while_it_is_asked_but_an_administrator_can_turn_it_off(app, page, store, ana, sign_in):
    typed(page, ana.email)
    turned_on(page, store, ana)
    ask(store, Role.MANAGER)
    refused = page.post(f"{SET_UP}/off", {"password": PASSWORD}, expect=400)
    assert "Set up another one first" in refused.wrong[0]
    added(page, Authenticator())
    page.post(f"{SET_UP}/off", {"password": PASSWORD})
    with store.read() as books:
        (left,) = books.passkeys.of(ana.id)
    assert page.post(f"/account/passkeys/{left.id}/remove", {"password": PASSWORD}, expect=400).wrong

    sign_in("administrator").post(f"/people/{ana.id}/second-factor/off")

    assert typed(PageClient(app), ana.email) == SET_UP


def test_people_are_listed_with_whether_they_have_one(sign_in, page, store, ana):
    typed(page, ana.email)
    turned_on(page, store, ana)
    add_account(store, "desk")
    boss = sign_in("administrator")

    rows = {each.css("th")[0].text(): each.css("td")[2].text().strip() for each in boss.get("/people/").all("tbody tr")}

    assert sorted(rows.values()) == ["None", "Not needed", "Yes"]
    assert rows[ana.name] == "Yes"
    assert ana.name not in boss.get("/people/second-factor").text


def test_who_manages_people_at_one_facility_makes_no_rule_for_all(sign_in, store, stored_facility):
    boss = sign_in("administrator", at=stored_facility.id)

    boss.get("/people/second-factor", expect=403)
    boss.post("/people/second-factor", {"roles": ["manager"]}, expect=403)
    assert "of whom it is asked" not in boss.get("/people/").text
