"""Passkeys: added, used at sign-in, refused in every way in which an answer can be false, and removed."""

from __future__ import annotations

import json
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import add_account
from tests.page import PageClient
from tests.web.authenticator import PRESENT, Authenticator
from tests.web.test_second_factor import KEPT, PASSWORD, turned_on, typed
from zonemap.errors import Invalid
from zonemap.model.passkey import Party, party_of
from zonemap.model.person import Actor
from zonemap.web.app import create_app
from zonemap.work import passkeys

HERE = Party("localhost", "http://localhost")


@pytest.fixture
def ana(store):
    return add_account(store, "manager", password_hash=KEPT)


def asked(browser, url: str, expect: int = 200):
    response = browser.client.post(url, headers={"X-CSRF-Token": browser.token, "Accept": "application/json"})
    assert response.status_code == expect, response.text
    return response.json


def added(browser, key: Authenticator, name: str = "My phone"):
    """Where it leads to, or the page of recovery codes."""
    answer = key.make(asked(browser, "/account/passkeys/options"))
    response = browser.client.post(
        "/account/passkeys", data={"csrf_token": browser.token, "name": name, "answer": answer}
    )
    assert response.status_code in (200, 303), response.text
    return response


@pytest.fixture
def key(page, ana) -> Authenticator:
    """Ana's, which she has added just now."""
    typed(page, ana.email)
    made = Authenticator()
    added(page, made)
    return made


def signed_halfway(app, ana) -> PageClient:
    browser = PageClient(app)
    assert typed(browser, ana.email).startswith("/signin/code")
    return browser


def refused(browser, answer: str):
    return browser.post("/signin/passkey", {"answer": answer}, expect=400)


# --- used --------------------------------------------------------------------------------------------------------


def test_a_passkey_lets_one_in_after_the_password_and_not_before(app, ana, key, store):
    thief = PageClient(app)
    assert thief.post("/signin/passkey", {"answer": "{}"}) == "/"
    asked(thief, "/signin/passkey/options", expect=404)
    browser = signed_halfway(app, ana)
    assert browser.client.get("/account").status_code == 303
    options = asked(browser, "/signin/passkey/options")
    assert options["publicKey"]["userVerification"] == "required"
    assert options["publicKey"]["allowCredentials"][0]["transports"] == ["internal"]

    assert browser.post("/signin/passkey", {"answer": key.sign(options), "next": "/account"}) == "/account"

    assert browser.get("/account").h1 == "Your account"
    assert browser.client.get_cookie("zonemap-half") is None
    with store.read() as books:
        assert books.passkeys.of(ana.id)[0].used_on == datetime.now(UTC).date()


def test_the_first_passkey_gives_recovery_codes_and_signs_out_other_computers(app, page, ana):
    other = PageClient(app)
    typed(other, ana.email)
    typed(page, ana.email)

    shown = added(page, Authenticator())
    again = added(page, Authenticator(), "Key on my ring")

    assert "Your recovery codes" in shown.text
    assert again.status_code == 303
    assert other.client.get("/account").status_code == 303
    own = page.get("/account/second-factor").text
    assert "My phone" in own
    assert "Key on my ring" in own
    assert "10 recovery codes are unused" in own


def test_a_recovery_code_stands_in_for_a_passkey_once(app, page, ana):
    typed(page, ana.email)
    code = added(page, Authenticator()).text.split("<li>")[1].split("</li>")[0]
    browser = signed_halfway(app, ana)
    assert "Type one of your recovery codes" in browser.get("/signin/code").text

    assert browser.post("/signin/code", {"code": code, "next": "/account"}) == "/account"
    signed_halfway(app, ana).post("/signin/code", {"code": code}, expect=400)


def test_new_recovery_codes_are_made_with_the_password_and_end_the_old_ones(app, page, ana):
    typed(page, ana.email)
    old = added(page, Authenticator()).text.split("<li>")[1].split("</li>")[0]
    assert page.post("/account/recovery-codes", {"codes-password": "wrong"}, expect=400).wrong

    shown = page.post("/account/recovery-codes", {"codes-password": PASSWORD}, expect=200)

    new = shown.all("ul.mono li")[0].text()
    signed_halfway(app, ana).post("/signin/code", {"code": old}, expect=400)
    signed_halfway(app, ana).post("/signin/code", {"code": new})


# --- refused -----------------------------------------------------------------------------------------------------


FALSE = (
    {"origin": "http://localhost:9999"},
    {"origin": "https://localhost"},
    {"origin": "http://localhost.evil.example"},
    {"host": "evil.example"},
    {"flags": PRESENT},  # nobody was recognised
    {"flags": 0x04},  # nobody was there
    {"id": b"another's"},
    {"_key": Authenticator()._key},
)


def test_a_false_answer_opens_nothing(app, ana, key):
    browser = signed_halfway(app, ana)
    for false in FALSE:
        faked = copy(key)
        for name, value in false.items():
            setattr(faked, name, value)
        page = refused(browser, faked.sign(asked(browser, "/signin/passkey/options")))
        assert page.wrong == ["This passkey does not fit here. Try again, or use a code."], false
        assert browser.client.get("/account").status_code == 303

    browser.post("/signin/passkey", {"answer": key.sign(asked(browser, "/signin/passkey/options"))})


def test_a_new_passkey_is_refused_for_the_same_reasons(page, ana, store):
    typed(page, ana.email)
    for false in ({"origin": "https://evil.example"}, {"host": "evil.example"}, {"flags": PRESENT}, {"flags": 0x04}):
        key = Authenticator()
        for name, value in false.items():
            setattr(key, name, value)
        answer = key.make(asked(page, "/account/passkeys/options"))
        wrong = page.post("/account/passkeys", {"name": "Mine", "answer": answer}, expect=400).wrong
        assert any("its answer did not fit" in each for each in wrong), false
    with store.read() as books:
        assert books.passkeys.of(ana.id) == ()


def test_bytes_that_are_no_answer_get_a_sentence(app, page, ana, key):
    browser = signed_halfway(app, ana)
    for answer in ("", "{", "[]", "{}", "null", '{"response": {}}', "[" * 15_000, "x" * 30_000, '{"id": 7}'):
        asked(browser, "/signin/passkey/options")
        assert refused(browser, answer).wrong, answer[:20]
        asked(page, "/account/passkeys/options")
        assert page.post("/account/passkeys", {"name": "Mine", "answer": answer}, expect=400).wrong, answer[:20]


def test_what_was_asked_serves_once_even_where_the_answer_was_false(app, ana, key):
    browser = signed_halfway(app, ana)
    options = asked(browser, "/signin/passkey/options")
    good = key.sign(options)
    refused(browser, "{}")
    refused(browser, good)

    first, second = signed_halfway(app, ana), signed_halfway(app, ana)
    answer = key.sign(asked(first, "/signin/passkey/options"))
    refused(second, answer)  # it was asked of the other browser
    first.post("/signin/passkey", {"answer": answer})
    assert first.get("/account").h1 == "Your account"


def test_what_was_asked_is_over_after_some_minutes(store, ana, app, key):
    now, actor = datetime.now(UTC), Actor(ana.id, ana.name, ana.roles)

    def late(after: timedelta) -> None:
        mine = Authenticator()
        options = passkeys.ask_for_new(store, actor, HERE, session_token="s", now=now)  # noqa: S106
        new = passkeys.NewPasskey(mine.id.hex(), "Late", mine.make(options))
        passkeys.add(store, actor, HERE, new, session_token="s", now=now + after)  # noqa: S106

    late(passkeys.LIVES - timedelta(seconds=1))
    for after in (passkeys.LIVES, -timedelta(seconds=1)):
        with pytest.raises(Invalid, match="did not fit"):
            late(after)


def test_a_counter_that_goes_back_is_refused_with_what_to_do(app, ana, key, store):
    def sign_in(counter: int, expect: int = 303):
        key.counter = counter
        browser = signed_halfway(app, ana)
        return browser.post("/signin/passkey", {"answer": key.sign(asked(browser, "/signin/passkey/options"))}, expect)

    sign_in(0)
    sign_in(0)  # most passkeys count nothing
    sign_in(7)
    for counter in (7, 6, 0):
        assert "there may be a copy" in sign_in(counter, 400).wrong[0]
    sign_in(8)
    with store.read() as books:
        assert books.passkeys.of(ana.id)[0].counter == 8


def test_the_counter_is_read_from_what_was_signed_and_from_nowhere_else(app, ana, key):
    key.counter = 9
    browser = signed_halfway(app, ana)
    browser.post("/signin/passkey", {"answer": key.sign(asked(browser, "/signin/passkey/options"))})
    half = signed_halfway(app, ana)
    key.counter = 3
    options = asked(half, "/signin/passkey/options")
    answer = json.loads(key.sign(options))
    key.counter = 99
    answer["response"]["attestationObject"] = json.loads(key.make(options))["response"]["attestationObject"]

    assert "there may be a copy" in refused(half, json.dumps(answer)).wrong[0]


def test_a_passkey_of_somebody_else_is_no_use(app, page, ana, key, store):
    bo = add_account(store, "manager", password_hash=KEPT)
    browser = PageClient(app)
    typed(browser, bo.email)
    own = Authenticator()
    added(browser, own)

    half = signed_halfway(app, bo)
    refused(half, key.sign(asked(half, "/signin/passkey/options")))

    with store.read() as books:
        (anas,) = books.passkeys.of(ana.id)
    browser.get(f"/account/passkeys/{anas.id}", expect=404)
    browser.post(f"/account/passkeys/{anas.id}", {"name": "Mine now"}, expect=404)
    browser.post(f"/account/passkeys/{anas.id}/remove", {"password": PASSWORD}, expect=404)
    answer = key.make(asked(browser, "/account/passkeys/options"))
    taken = browser.post("/account/passkeys", {"name": "Mine", "answer": answer}, expect=400)
    assert any("is here already" in each for each in taken.wrong)


# --- named and removed -------------------------------------------------------------------------------------------


def test_a_passkey_is_renamed(page, ana, key, store):
    with store.read() as books:
        (mine,) = books.passkeys.of(ana.id)
    url = f"/account/passkeys/{mine.id}"
    assert page.get(url).h1 == "My phone"
    assert page.post(url, {"name": " "}, expect=400).wrong

    page.post(url, {"name": "Old phone"})

    assert "Old phone" in page.get("/account/second-factor").text


def test_the_last_one_goes_with_the_password_and_takes_the_recovery_codes_with_it(app, page, ana, key, store):
    with store.read() as books:
        (mine,) = books.passkeys.of(ana.id)
    url = f"/account/passkeys/{mine.id}"
    assert "your only second factor" in page.get(url).text
    refused_for = page.post(f"{url}/remove", {"password": "wrong"}, expect=400)
    assert "not your password" in refused_for.wrong[0]
    assert page.post(f"{url}/remove", {}, expect=400).wrong

    page.post(f"{url}/remove", {"password": PASSWORD})

    assert typed(PageClient(app), ana.email) == "/account"
    with store.read() as books:
        assert books.second_factors.codes_left(ana.id) == 0


def test_an_app_and_a_passkey_stand_beside_each_other(app, page, ana, key, store):
    codes, recovery = turned_on(page, store, ana)
    browser = signed_halfway(app, ana)
    shown = browser.get("/signin/code").text
    assert "Use your passkey" in shown
    assert "six figures" in shown
    browser.post("/signin/code", {"code": codes.now()})
    page.post("/account/second-factor/off", {"password": PASSWORD})

    left = signed_halfway(app, ana)
    left.post("/signin/passkey", {"answer": key.sign(asked(left, "/signin/passkey/options"))})
    signed_halfway(app, ana).post("/signin/code", {"code": recovery[0]})


def test_an_app_that_is_only_being_set_up_opens_nothing(app, page, ana, key, store):
    import pyotp

    page.post("/account/second-factor/begin")
    with store.read() as books:
        secret = books.second_factors.find(ana.id).secret

    signed_halfway(app, ana).post("/signin/code", {"code": pyotp.TOTP(secret).now()}, expect=400)


def test_an_administrator_turns_lost_passkeys_off(app, page, ana, key, sign_in):
    boss = sign_in("administrator")
    assert "Their second factor is on" in boss.get(f"/people/{ana.id}").text

    boss.post(f"/people/{ana.id}/second-factor/off")

    assert page.client.get("/account").status_code == 303
    assert typed(PageClient(app), ana.email) == "/account"


def test_there_is_an_end_to_passkeys(page, ana):
    typed(page, ana.email)
    for number in range(passkeys.MOST):
        added(page, Authenticator(), f"Key {number}")

    assert "Remove one" in asked(page, "/account/passkeys/options", expect=400)["error"]


# --- where -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "party"),
    [
        ("https://zonemap.clinic.example", Party("zonemap.clinic.example", "https://zonemap.clinic.example")),
        ("https://Zonemap.Clinic.Example:443/x", Party("zonemap.clinic.example", "https://zonemap.clinic.example")),
        ("https://z.example:8443", Party("z.example", "https://z.example:8443")),
        ("http://localhost:8000/", Party("localhost", "http://localhost:8000")),
        ("http://127.0.0.1:8000", None),
        ("https://[::1]:8000", None),
        ("http://clinic.example", None),
        ("ftp://localhost", None),
        ("https://z.example:99999", None),
        ("", None),
    ],
)
def test_passkeys_are_for_a_name_with_https_or_this_computer(address, party):
    assert party_of(address) == party


def test_a_page_at_a_bare_number_says_where_passkeys_work(page, ana):
    typed(page, ana.email)
    answer = page.client.get("/account/second-factor", base_url="http://127.0.0.1:8000")
    assert answer.status_code == 303  # the cookie is of the other name
    page.client.set_cookie("zonemap", page.client.get_cookie("zonemap").value, domain="127.0.0.1")

    shown = page.get("/account/second-factor", base_url="http://127.0.0.1:8000")

    assert "Passkeys work at http://localhost:8000 only" in shown.text
    assert not shown.all("form[data-passkey]")


def test_where_an_address_is_set_passkeys_work_there_alone(settings, store, ana):
    app = create_app(replace(settings, public_address="https://z.example", behind_proxy=True), store)
    browser, there = PageClient(app), {"base_url": "https://z.example"}
    typed(browser, ana.email)

    assert "Passkeys work at https://z.example only" in browser.get("/account/second-factor").text
    asked(browser, "/account/passkeys/options", expect=400)
    browser.client.set_cookie(
        "__Host-zonemap", browser.client.get_cookie("zonemap").value, domain="z.example", secure=True
    )
    token = browser.get("/account/second-factor", **there).token
    options = browser.client.post("/account/passkeys/options", headers={"X-CSRF-Token": token}, **there).json

    assert options["publicKey"]["rp"]["id"] == "z.example"


def test_at_another_name_a_passkey_is_not_asked_for_and_the_page_says_so(app, ana, key):
    browser, other = PageClient(app), {"base_url": "http://other.localhost"}
    browser.get("/signin", **other)
    browser.post("/signin", {"email": ana.email, "password": PASSWORD}, **other)

    shown = browser.get("/signin/code", **other)

    assert "Your passkey is for localhost" in shown.text
    assert not shown.all("form[data-passkey]")
    token = shown.token
    assert browser.client.post("/signin/passkey/options", headers={"X-CSRF-Token": token}, **other).status_code == 404


def test_no_secret_of_a_passkey_is_there_to_be_stolen(store, key):
    with store.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM passkey").mappings().one()
    known = "id account_id host name credential_id credential transports counter added_at used_on"
    assert set(kept) == set(known.split())
    assert kept["transports"] == "internal"
