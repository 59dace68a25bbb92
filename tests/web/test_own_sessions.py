"""Where one is signed in, when that ends, and the password that is asked for again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import add_account
from tests.page import PageClient
from tests.web.test_second_factor import KEPT, PASSWORD, typed
from zonemap.web.app import create_app

PHONE = "Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ana(store):
    return add_account(store, "manager", password_hash=KEPT)


@pytest.fixture
def clock(monkeypatch):
    """The clock of all pages, to be moved."""
    moved = [timedelta()]
    for name in ("guard", "access", "second_factor", "passkeys", "proof"):
        monkeypatch.setattr(f"zonemap.web.{name}.utc_now", lambda: datetime.now(UTC) + moved[0])

    def move(by: timedelta) -> None:
        moved[0] += by

    return move


def on_a_phone(app, ana) -> PageClient:
    browser = PageClient(app)
    browser.client.environ_base["HTTP_USER_AGENT"] = PHONE
    typed(browser, ana.email)
    return browser


def is_in(browser) -> bool:
    return browser.client.get("/account").status_code == 200


def test_the_page_lists_where_one_is_signed_in_and_keeps_nothing_of_the_browser(app, page, ana, store):
    on_a_phone(app, ana)
    typed(page, ana.email)

    rows = [each.text() for each in page.get("/account").all(".ready-list li")]

    assert len(rows) == 2
    assert "this one" in rows[0]
    assert "A phone or tablet" in rows[1]
    with store.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM session").mappings().all()
    assert set(kept[0]) == {"token_hash", "account_id", "started_at", "seen_at", "device", "proved_at"}
    assert {row["device"] for row in kept} == {"phone", "computer"}
    assert "Android" not in str(kept)
    assert "127.0.0.1" not in str(kept)


def test_one_of_them_is_signed_out_and_the_others_stay(app, page, ana):
    phones = [on_a_phone(app, ana) for _ in range(2)]
    typed(page, ana.email)
    forms = page.get("/account").all("form[action$='/end']")
    assert len(forms) == 2

    page.post(forms[0].attributes["action"])

    assert sorted(is_in(each) for each in phones) == [False, True]
    assert is_in(page)
    page.post(forms[0].attributes["action"], expect=404)


def test_everywhere_else_is_signed_out_at_once(app, page, ana, store):
    phones = [on_a_phone(app, ana) for _ in range(3)]
    other = on_a_phone(app, add_account(store, "manager", password_hash=KEPT))
    typed(page, ana.email)

    page.post("/account/sessions/end-others")

    assert not any(is_in(each) for each in phones)
    assert is_in(page)
    assert is_in(other)
    assert not page.get("/account").all("form[action^='/account/sessions']")


def test_a_session_of_somebody_else_is_not_there(app, page, ana, store):
    bo = on_a_phone(app, add_account(store, "manager", password_hash=KEPT))
    on_a_phone(app, ana)
    typed(page, ana.email)
    (form,) = page.get("/account").all("form[action$='/end']")

    bo.post(form.attributes["action"], expect=404)


def test_a_session_ends_by_the_clock_as_it_was_set(settings, store, ana, clock):
    app = create_app(replace(settings, session_idle_minutes=20, session_hours=2), store)
    browser = PageClient(app)
    typed(browser, ana.email)
    assert "after 20 minutes without a page, and after 2 hours" in browser.get("/account").text
    cookie = browser.client.get_cookie("zonemap")
    assert cookie.max_age == 7200

    for _ in range(6):
        clock(19 * MINUTE)
        assert is_in(browser)
    clock(6 * MINUTE)
    assert not is_in(browser)  # two hours, although it was used all the time

    typed(browser, ana.email)
    clock(20 * MINUTE)
    assert not is_in(browser)


def test_the_desk_stays_for_the_whole_session(settings, store, clock):
    desk = add_account(store, "desk", password_hash=KEPT)
    browser = PageClient(create_app(replace(settings, session_hours=3), store))
    typed(browser, desk.email)

    clock(179 * MINUTE)
    assert is_in(browser)
    clock(MINUTE)
    assert not is_in(browser)


def test_after_some_minutes_the_password_is_asked_for_before_anything_about_signing_in_changes(page, app, ana, clock):
    phone = on_a_phone(app, ana)
    typed(page, ana.email)
    (form,) = page.get("/account").all("form[action$='/end']")
    clock(11 * MINUTE)

    for url in ("/account/second-factor/begin", "/account/sessions/end-others", form.attributes["action"]):
        assert page.post(url).startswith("/account/password-again?next=")
    told = page.client.post("/account/passkeys/options", headers={"X-CSRF-Token": page.token})
    assert told.status_code == 403
    assert is_in(phone)
    assert not page.get("/account/second-factor").all("form[data-passkey]")

    again = page.get("/account/password-again?next=/account/second-factor")
    following = again.one("input[name=next]").attributes["value"]
    refused = page.post("/account/password-again", {"password": "wrong", "next": following}, expect=400)
    assert "not your password" in refused.wrong[0]
    assert page.post("/account/password-again", {"password": PASSWORD, "next": following}) == "/account/second-factor"

    page.post("/account/sessions/end-others")
    assert not is_in(phone)
    clock(11 * MINUTE)
    assert page.post("/account/second-factor/begin").startswith("/account/password-again")
