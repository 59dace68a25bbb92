"""Desk computers: paired without scripts, and held to their own desk on every route."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from tests.journeys.server import share_tables
from tests.page import PageClient, text_of
from tests.web.desk_visits import Clerk
from tests.web.test_guard import ROUTES, address
from zonemap.model.facility import Facility
from zonemap.settings import Settings
from zonemap.storage.store import Store

SignIn = Callable[..., PageClient]


def make_code(manager: PageClient, facility: Facility, name: str = "Front desk") -> str:
    made = manager.post(f"/facilities/{facility.id}/devices/", {"name": name}, expect=200)
    return text_of(made.one(".pair-code"))


@pytest.fixture
def manager(sign_in: SignIn) -> PageClient:
    return sign_in("manager")


@pytest.fixture
def desk(manager: PageClient, stored_facility: Facility, app: Flask) -> PageClient:
    """A computer that was paired with a code."""
    computer = PageClient(app)
    code = make_code(manager, stored_facility)
    computer.get("/pair")
    assert computer.post("/pair", {"code": code.lower()}) == f"/facilities/{stored_facility.id}/desk/"
    return computer


def cookie_of(client: PageClient, name: str) -> str | None:
    found = client.client.get_cookie(name)
    return found.value if found else None


def test_a_code_is_shown_once_and_can_be_read_out(manager: PageClient, stored_facility: Facility) -> None:
    code = make_code(manager, stored_facility)

    assert re.fullmatch("[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}", code)
    later = manager.get(f"/facilities/{stored_facility.id}/devices/")
    assert code not in later.text
    assert "Waits for its code" in later.text


def test_a_paired_computer_opens_the_desk_and_answers_without_anybody_signed_in(
    desk: PageClient, stored_facility: Facility
) -> None:
    clerk = Clerk(desk, stored_facility)

    assert "Larkspur Clinic" in text_of(clerk.page.one("header.strip"))
    assert clerk.visit({"danger_now": "no", "paper": "none", "custody_escort": "no"}).h1
    assert desk.client.get("/").headers["Location"] == clerk.url


def test_its_cookie_is_kept_for_a_year_and_begun_anew_with_each_opening(
    desk: PageClient, stored_facility: Facility
) -> None:
    opened = desk.client.get(f"/facilities/{stored_facility.id}/desk/")

    (cookie,) = [each for each in opened.headers.getlist("Set-Cookie") if each.startswith("zonemap-desk=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age=34560000" in cookie
    assert "no-store" in opened.headers["Cache-Control"]


def test_on_every_route_it_may_use_its_own_desk_and_is_nobody_elsewhere(
    desk: PageClient, store: Store, settings: Settings, facility: Facility
) -> None:
    share_tables(settings.data)
    other = replace(facility, id="e" * 32, name="Elsewhere")
    with store.begin() as books:
        books.facilities.add(other)
    own_desk = "/facilities/<facility_id>/desk/"
    desk.get(f"/facilities/{facility.id}/desk/")
    for route, who in ROUTES.items():
        for facility_id in (facility.id, other.id):
            method, url = address(route, facility_id=facility_id)
            mine = own_desk in route and facility_id == facility.id
            token = desk.token if mine else ""
            answer = desk.client.open(url, method=method, data={"csrf_token": token} if method == "POST" else None)
            if mine:
                assert answer.status_code in (200, 303, 400, 404), route
                assert "/signin" not in answer.headers.get("Location", ""), route
            elif "-" in who:
                assert answer.status_code in (200, 303, 400, 403, 404), route
            elif route == "GET /":
                assert answer.headers["Location"] == f"/facilities/{facility.id}/desk/"
            else:
                assert answer.status_code == 303, (route, facility_id, answer.status_code)
                assert answer.headers["Location"].startswith("/signin"), route


def test_a_revoked_computer_is_refused_at_once_in_the_middle_of_a_visit(
    desk: PageClient, manager: PageClient, stored_facility: Facility
) -> None:
    clerk = Clerk(desk, stored_facility)
    url = f"/facilities/{stored_facility.id}/devices/"
    (form,) = [each for each in manager.get(url).all("form") if "/remove" in (each.attributes["action"] or "")]

    assert manager.post(form.attributes["action"] or "") == url

    after = desk.client.post(clerk.url, data=clerk.carried | {"danger_now": "no"})
    assert after.status_code == 303
    assert after.headers["Location"].startswith("/signin")
    assert "None yet" in manager.get(url).text


def test_pairing_the_computer_one_sits_at_signs_out_there(manager: PageClient, stored_facility: Facility) -> None:
    manager.get(f"/facilities/{stored_facility.id}/devices/")

    answer = manager.client.post(
        f"/facilities/{stored_facility.id}/devices/here", data={"csrf_token": manager.token, "here-name": "Left"}
    )

    assert answer.headers["Location"] == f"/facilities/{stored_facility.id}/desk/"
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert cookie_of(manager, "zonemap") is None
    assert cookie_of(manager, "zonemap-desk")
    manager.get(f"/facilities/{stored_facility.id}/desk/")
    assert manager.client.get("/people/").status_code == 303
    signin = manager.get("/signin")
    assert "This is the desk computer “Left”" in signin.text
    assert not [each for each in signin.all("script") if "forget" in (each.attributes["src"] or "")]


def test_somebody_who_signs_in_at_the_desk_computer_is_themselves_until_they_sign_out(
    desk: PageClient, sign_in: SignIn, stored_facility: Facility
) -> None:
    session = cookie_of(sign_in("manager"), "zonemap")
    desk.client.set_cookie("zonemap", session or "", domain="localhost")
    desk._token = None
    assert desk.get("/facilities/new").h1

    desk.post("/signout")

    assert desk.client.get("/facilities/new").status_code == 303
    assert desk.get(f"/facilities/{stored_facility.id}/desk/").h1


def test_a_wrong_code_says_what_to_do_and_too_many_are_slowed_down(page: PageClient) -> None:
    page.get("/pair")
    for _ in range(10):
        wrong = page.post("/pair", {"code": "2222-2222"}, expect=400)
    assert "Ask the manager for a new one" in " ".join(wrong.wrong)

    slowed = page.client.post("/pair", data={"csrf_token": page.token, "code": "2222-2222"})

    assert slowed.status_code == 429
    assert int(slowed.headers["Retry-After"]) > 0


def test_forms_that_lack_something_say_so_beside_the_field(manager: PageClient, stored_facility: Facility) -> None:
    url = f"/facilities/{stored_facility.id}/devices/"

    assert "Type a name" in " ".join(manager.post(url, {"name": " "}, expect=400).wrong)
    assert "Type a name" in " ".join(manager.post(f"{url}here", {"here-name": ""}, expect=400).wrong)
    assert "15 to 300" in " ".join(manager.post(f"{url}wait", {"seconds": "3"}, expect=400).wrong)
    assert manager.post(f"{url}wait", {"seconds": "45"}) == url
    assert "45" in str(manager.get(url).one("#seconds").attributes["value"])
