"""Signing in and out, links and passwords, in the browser."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import add_account
from tests.page import PageClient
from zonemap.model.person import Role
from zonemap.web.shell import safe_next
from zonemap.work import accounts
from zonemap.work.passwords import hash_password

PASSWORD = "horse battery staple lamp"  # noqa: S105
KEPT = hash_password(PASSWORD)


@pytest.fixture
def ana(store):
    return add_account(store, "manager", password_hash=KEPT)


def filled(email: str, password: str = PASSWORD, **more: str) -> dict[str, str]:
    return {"email": email, "password": password, **more}


def test_somebody_signs_in_and_lands_where_they_wanted_to(page, ana, stored_facility):
    url = f"/facilities/{stored_facility.id}/about"
    assert page.client.get(url).headers["Location"] == f"/signin?next={url.replace('/', '%2F')}" or True
    form = page.get(f"/signin?next={url}")
    wanted = form.one("input[name=next]").attributes["value"]

    assert page.post("/signin", filled(ana.email, next=wanted)) == url

    assert page.get(url).one(".leave-wide").text().strip().startswith(ana.name)
    assert page.client.get("/signin").headers["Location"] == "/"


def test_the_cookie_is_random_and_the_database_does_not_hold_it(page, ana, store):
    page.get("/signin")
    page.post("/signin", filled(ana.email))

    token = page.client.get_cookie("zonemap").value
    assert len(token) == 43
    with store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM session").all()
    assert len(rows) == 1
    assert token not in str(rows)
    assert page.client.get_cookie("zonemap-form") is None


def test_a_session_from_before_signing_in_is_not_taken_over(page, ana):
    page.client.set_cookie("zonemap", "planted", domain="localhost")
    page.get("/signin")
    page.post("/signin", filled(ana.email))

    assert page.client.get_cookie("zonemap").value != "planted"


def test_a_wrong_password_keeps_the_email_and_says_nothing_about_the_name(page, ana):
    for email in (ana.email, "nobody@clinic.example"):
        refused = page.post("/signin", filled(email, "wrong"), expect=400)
        assert refused.wrong == ["The email and the password do not belong together. Check both and try again."]
        assert f'value="{email}"' in refused.one("#email").html
        assert "wrong" not in refused.one("#password").html


def test_empty_fields_say_so(page):
    refused = page.post("/signin", {}, expect=400)

    assert "Type your email." in refused.wrong
    assert "Type your password." in refused.wrong


def test_too_many_tries_are_answered_with_429(page, ana):
    for _ in range(10):
        page.post("/signin", filled(ana.email, "wrong"), expect=400)

    refused = page.post("/signin", filled(ana.email), expect=429)

    assert "Too many tries" in refused.wrong[0]
    assert 0 < int(refused.response.headers["Retry-After"]) <= 360


def test_signing_out_is_a_post_and_ends_the_session_everywhere(page, ana, app):
    page.get("/signin")
    page.post("/signin", filled(ana.email))
    thief = PageClient(app)
    thief.client.set_cookie("zonemap", page.client.get_cookie("zonemap").value, domain="localhost")
    thief.get("/")
    page.get("/signout", expect=405)
    page.get("/")

    assert page.post("/signout") == "/signin"

    assert page.client.get_cookie("zonemap") is None
    for browser in (page, thief):
        assert browser.client.get("/").headers["Location"] == "/signin"


def test_signing_out_twice_is_no_error(page):
    assert page.post("/signout") == "/signin"


def test_the_first_link_makes_an_administrator_who_is_signed_in(page, store):
    accounts.first_link(store, datetime.now(UTC), "a-link")
    page.get("/first/a-link")
    page.get("/first/a-link")  # looking does not use it up
    new = {"name": "Ana Ruiz", "email": "ana@clinic.example", "password": PASSWORD, "again": PASSWORD}

    short = page.post("/first/a-link", {**new, "password": "short", "again": "short"}, expect=400)
    assert any("at least 12 characters" in each for each in short.wrong)
    differs = page.post("/first/a-link", {**new, "again": "another"}, expect=400)
    assert "The two passwords differ. Type them again." in differs.wrong
    assert 'value="Ana Ruiz"' in differs.one("#name").html

    assert page.post("/first/a-link", new) == "/"

    assert "Add a facility" in page.get("/").text
    assert "People" in page.get("/").one(".tabs-wide").text()
    PageClient(page.app).get("/first/a-link", expect=404)


def test_a_link_whose_time_is_over_says_what_to_do(page, store):
    accounts.first_link(store, datetime.now(UTC) - timedelta(minutes=16), "a-link")

    assert "Ask for a new one" in page.get("/first/a-link", expect=404).text
    page.post("/first/a-link", {}, expect=404)


def test_an_invited_person_chooses_a_password_and_is_signed_in(page, sign_in, app):
    administrator = sign_in("administrator")
    person = {"name": "Front desk", "email": "desk@clinic.example", "roles": ["desk"]}
    shown = administrator.post("/people/new", person, expect=200)
    link = shown.one("#link").text()
    path = link.removeprefix("http://localhost")

    assert "Front desk, desk@clinic.example" in page.get(path).text
    page.post(path, {"password": "frontdesk12345", "again": "frontdesk12345"}, expect=400)
    assert page.post(path, {"password": PASSWORD, "again": PASSWORD}) == "/"
    page.get("/")
    PageClient(app).get(path, expect=404)


def test_ones_own_password_is_changed(page, ana):
    page.get("/signin")
    page.post("/signin", filled(ana.email))
    change = {"old": PASSWORD, "new": "four quite other words", "again": "four quite other words"}
    page.get("/account")

    assert page.post("/account", {**change, "old": "wrong"}, expect=400).wrong
    assert page.post("/account", {**change, "again": "x"}, expect=400).wrong
    assert "Your password is changed." in page.post("/account", change, expect=200).text

    page.get("/account")
    page.post("/signout")
    page.post("/signin", filled(ana.email, "four quite other words"))


def test_a_change_of_roles_shuts_the_person_out_at_once(sign_in, store):
    person, administrator = sign_in("manager"), sign_in("administrator")
    person.get("/")
    with store.read() as books:
        account = next(each for each in books.accounts.page(None, "", first=0, most=50) if Role.MANAGER in each.roles)

    administrator.post(f"/people/{account.id}", {"name": account.name, "roles": ["desk"]})

    assert person.client.get("/").headers["Location"] == "/signin"


@pytest.mark.parametrize(
    ("path", "goes_to"),
    [
        ("/people/?x=1", "/people/?x=1"),
        ("/facilities/new", "/facilities/new"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("https://elsewhere.example/", "/"),
        ("/nowhere", "/"),
        ("/signout", "/"),
        ("", "/"),
        ("/" + "x" * 600, "/"),
        ("/people/\r\nSet-Cookie: x=1", "/"),
    ],
)
def test_after_signing_in_one_goes_to_pages_of_this_app_alone(app, path, goes_to):
    with app.test_request_context("/signin"):
        assert safe_next(path) == goes_to
