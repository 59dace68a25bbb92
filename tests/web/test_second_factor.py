"""The second factor, in the browser: turned on, asked for, guessed at, lost and found."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from tests.conftest import add_account
from tests.page import PageClient
from zonemap.errors import Invalid, NotFound
from zonemap.model.person import Actor
from zonemap.work import second_factor
from zonemap.work.passwords import hash_password

PASSWORD = "horse battery staple lamp"  # noqa: S105
KEPT = hash_password(PASSWORD)


@pytest.fixture
def ana(store):
    return add_account(store, "manager", password_hash=KEPT)


def typed(browser, email):
    browser.get("/signin?next=/account")
    return browser.post("/signin", {"email": email, "password": PASSWORD, "next": "/account"})


def turned_on(browser, store, account) -> tuple[pyotp.TOTP, list[str]]:
    """The app, and the recovery codes. The code used is the one before: this one is still good."""
    browser.post("/account/second-factor/begin")
    shown = browser.get("/account/second-factor")
    app = pyotp.TOTP("".join(shown.one("b.mono").text().split()))
    with store.read() as books:
        assert books.second_factors.find(account.id).secret == app.secret
    earlier = app.at(datetime.now(UTC) - timedelta(seconds=30))
    page = browser.post("/account/second-factor", {"code": earlier}, expect=200)
    return app, [each.text() for each in page.all("ul.mono li")]


@pytest.fixture
def set_up(page, ana, store):
    typed(page, ana.email)
    return turned_on(page, store, ana)


def test_with_a_second_factor_a_password_alone_opens_nothing(app, ana, set_up):
    thief = PageClient(app)

    assert typed(thief, ana.email).startswith("/signin/code?next=")

    assert thief.client.get_cookie("zonemap") is None
    assert thief.client.get("/account").status_code == 303
    assert thief.get("/signin/code").h1 == "The second step"


def test_with_the_code_one_lands_where_one_wanted_to(app, ana, set_up):
    browser = PageClient(app)
    to = typed(browser, ana.email)
    form = browser.get(to)

    gone_to = browser.post(
        "/signin/code", {"code": set_up[0].now(), "next": form.one("input[name=next]").attributes["value"]}
    )

    assert gone_to == "/account"
    assert browser.get("/account").h1 == "Your account"
    assert browser.client.get_cookie("zonemap-half") is None


def test_a_code_works_once(app, ana, set_up):
    code = set_up[0].now()
    first, second = PageClient(app), PageClient(app)
    for browser in (first, second):
        typed(browser, ana.email)

    first.post("/signin/code", {"code": code})
    refused = second.post("/signin/code", {"code": code}, expect=400)

    assert "not the code" in refused.wrong[0]


def test_a_recovery_code_works_once_and_however_it_is_typed(app, ana, set_up):
    code = set_up[1][3]
    assert len(set(set_up[1])) == 10
    assert re.fullmatch(r"[a-z2-9]{6}(-[a-z2-9]{6}){3}", code)
    first, second = PageClient(app), PageClient(app)
    for browser in (first, second):
        typed(browser, ana.email)

    first.post("/signin/code", {"code": code.upper().replace("-", " ")})
    second.post("/signin/code", {"code": code}, expect=400)

    assert "9 recovery codes" in first.get("/account/second-factor").text


def test_a_new_password_by_link_does_not_go_around_the_second_factor(app, ana, set_up, sign_in):
    boss = sign_in("administrator")
    link = boss.post(f"/people/{ana.id}/invitation", expect=200).one("textarea").text().strip()
    browser = PageClient(app)
    path = link[link.index("/invitation/") :]
    browser.get(path)

    to = browser.post(path, {"password": "another lamp battery horse", "again": "another lamp battery horse"})

    assert to == "/signin/code"
    browser.post(to, {"code": set_up[0].now()})
    assert browser.get("/account").h1 == "Your account"


def test_an_administrator_turns_a_lost_one_off_and_nobody_else(app, ana, set_up, sign_in, page):
    other = sign_in("manager")
    other.post(f"/people/{ana.id}/second-factor/off", expect=403)
    boss = sign_in("administrator")
    assert "Phone lost?" in boss.get(f"/people/{ana.id}").text

    boss.post(f"/people/{ana.id}/second-factor/off")

    assert "Phone lost?" not in boss.get(f"/people/{ana.id}").text
    assert page.client.get("/account").status_code == 303
    assert typed(PageClient(app), ana.email) == "/account"


def test_guessing_is_slowed_down_and_the_right_code_waits_too(app, ana, set_up):
    browser = PageClient(app)
    typed(browser, ana.email)
    for number in range(10):
        browser.post("/signin/code", {"code": f"{number:06d}"}, expect=400)

    refused = browser.post("/signin/code", {"code": set_up[0].now()}, expect=429)

    assert "Too many tries" in refused.wrong[0]


def test_the_database_holds_no_recovery_code(store, set_up):
    with store.engine.connect() as connection:
        rows = str(connection.exec_driver_sql("SELECT * FROM recovery_code").all())
    assert not any(code in rows or code.replace("-", "") in rows for code in set_up[1])


def test_turning_it_on_signs_out_other_computers_and_off_needs_the_password(page, app, ana, store):
    other = PageClient(app)
    typed(other, ana.email)
    typed(page, ana.email)
    turned_on(page, store, ana)

    assert other.client.get("/account").status_code == 303
    refused = page.post("/account/second-factor/off", {"password": "wrong"}, expect=400)
    assert "not your password" in refused.wrong[0]
    page.post("/account/second-factor/off", {"password": PASSWORD})
    assert typed(PageClient(app), ana.email) == "/account"


def test_the_picture_holds_the_key_and_is_shown_only_while_it_is_set_up(page, ana, store):
    typed(page, ana.email)
    assert page.client.get("/account/second-factor.svg").status_code == 404
    page.post("/account/second-factor/begin")

    shown = page.client.get("/account/second-factor.svg")

    assert shown.mimetype == "image/svg+xml"
    assert shown.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]


def test_nobody_waits_for_a_code_forever(store, ana):
    now = datetime.now(UTC)
    actor = Actor(ana.id, ana.name, ana.roles)
    second_factor.begin_factor(store, actor, secret=pyotp.random_base32(32))
    with store.read() as books:
        app = pyotp.TOTP(books.second_factors.find(ana.id).secret)
    second_factor.confirm_factor(store, actor, app.at(now), session_token="none", now=now)  # noqa: S106
    with store.begin() as books:
        assert second_factor.begin_half(books, ana.id, "half", now)

    later = now + second_factor.HALF_LIVES
    with pytest.raises(NotFound, match="Sign in again"):
        second_factor.finish_sign_in(store, "half", app.at(later), token="new", now=later)  # noqa: S106
    soon = now + timedelta(seconds=90)
    with pytest.raises(Invalid):  # a code of two steps ago
        second_factor.finish_sign_in(store, "half", app.at(now + timedelta(seconds=30)), token="new", now=soon)  # noqa: S106


def test_nobody_turns_on_the_second_factor_of_somebody_else(page, app, ana, store):
    bo = add_account(store, "manager", password_hash=KEPT)
    typed(page, ana.email)
    page.post("/account/second-factor/begin")
    other = PageClient(app)
    typed(other, bo.email)
    with store.read() as books:
        anas = pyotp.TOTP(books.second_factors.find(ana.id).secret)

    other.post("/account/second-factor", {"code": anas.now(), "account_id": ana.id}, expect=400)

    with store.read() as books:
        assert books.second_factors.with_factor() == set()
