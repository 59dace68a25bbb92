"""Single sign-on, against a certified OpenID provider that runs here: who gets in, who does not, and what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from tests.conftest import NOW
from tests.page import PageClient
from tests.running import identity
from tests.running.identity import BACK, SECRET, IdentityProvider
from zonemap.errors import Invalid
from zonemap.model.person import Account, Actor, Role
from zonemap.model.second_factor import SecondFactor
from zonemap.settings import Settings
from zonemap.storage.store import Store
from zonemap.web.app import create_app
from zonemap.work.accounts import renew_invitation
from zonemap.work.passwords import hash_password

pytest.importorskip("authlib", reason="pip install 'zonemap[sso]' for the tests of single sign-on")
pytestmark = pytest.mark.skipif(
    identity.node() is None, reason="the OpenID provider of the tests is not here: python tools/provider.py fetches it"
)
SIGN_IN = "/signin/organization"
PASSWORD = "four words in one row"  # noqa: S105
HASH = hash_password(PASSWORD)


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IdentityProvider]:
    with IdentityProvider(tmp_path_factory.mktemp("provider")) as started:
        yield started


@pytest.fixture
def honest(provider: IdentityProvider) -> Iterator[IdentityProvider]:
    yield provider
    provider.lies("")


@pytest.fixture
def with_sso(settings: Settings, provider: IdentityProvider) -> Settings:
    return replace(
        settings,
        sso_issuer=provider.issuer,
        sso_client="zonemap",
        sso_secret_file=provider.secret_file,
        sso_domains="clinic.example",
        sso_name="Northside Health",
        public_address="http://localhost",
    )


@pytest.fixture
def ana(store: Store) -> Account:
    """Invited, and without a password."""
    return add(store, "ana", Role.MANAGER)


@pytest.fixture
def browser(with_sso: Settings, store: Store) -> PageClient:
    return new_browser(with_sso, store)


_apps: dict[tuple[object, ...], Flask] = {}


def new_browser(settings: Settings, store: Store) -> PageClient:
    """A browser of the app over that store. An app takes longer to make than a sign-in: each is made once."""
    key = settings.sso_issuer, settings.sso_factor, settings.sso_only
    app = _apps[key] = _apps.get(key) or create_app(settings, store)
    app.extensions["zonemap_store"] = store
    return PageClient(app)


def add(
    store: Store, name: str, role: Role, password_hash: str | None = None, domain: str = "clinic.example"
) -> Account:
    account = Account(f"{name}@{domain}".encode().hex()[:32], name.title(), f"{name}@{domain}", frozenset({role}))
    with store.begin() as books:
        return books.accounts.add(account, password_hash)


def way_there(browser: PageClient, following: str = SIGN_IN) -> str:
    response = browser.client.get(following)
    assert response.status_code == 303, response.get_data(as_text=True)
    return str(response.headers["Location"])


def path_of(address: str) -> str:
    assert address.startswith(BACK)
    return address.removeprefix("http://localhost")


def signed_in(browser: PageClient) -> bool:
    return browser.client.get("/account").status_code == 200


def refused(browser: PageClient, provider: IdentityProvider, name: str = "ana") -> str:
    """Go through it all; the sentence that the page says at the end, where nobody is signed in."""
    came = provider.signs_in(way_there(browser), name)
    page = browser.get(path_of(came), expect=403)
    assert not signed_in(browser)
    (sentence,) = page.wrong
    return sentence


def test_an_invited_person_signs_in_with_the_account_of_the_organization(ana, browser, provider, store):
    assert "Sign in with Northside Health" in browser.get("/signin").text

    there = way_there(browser, f"{SIGN_IN}?next=/account")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
    assert asked["scope"] == "openid email"
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    came = provider.signs_in(there, "ana", "pwd")
    response = browser.client.get(path_of(came))

    assert (response.status_code, response.headers["Location"]) == (303, "/account")
    assert "Ana" in browser.get("/account").text
    with store.read() as books:
        assert books.sso_bindings.proved(ana.id) == "pwd"
    assert browser.post("/signout") == "/signin?out=yes"
    assert not signed_in(browser)
    assert "You may still be signed in with Northside Health" in browser.get("/signin?out=yes").text
    assert way_there(browser, f"{SIGN_IN}/out").startswith(f"{provider.issuer}/session/end")


def test_a_desk_that_signs_in_twice_is_the_same_person(ana, with_sso, store, provider):
    for _ in range(2):
        browser = new_browser(with_sso, store)
        browser.client.get(path_of(provider.signs_in(way_there(browser), "ana")))
        assert signed_in(browser)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("eve", "Nobody has been invited here"),
        ("far", "Nobody has been invited here"),  # of a domain for which the provider may not vouch
        ("bo", "has not made sure that your e-mail address is yours"),
        ("text", "has not made sure that your e-mail address is yours"),  # "true" is not true
    ],
)
def test_who_is_not_invited_or_not_verified_gets_in_nowhere(ana, browser, provider, store, name, says):
    add(store, "bo", Role.ADMINISTRATOR)
    add(store, "ana", Role.ADMINISTRATOR, domain="elsewhere.example")
    assert says in refused(browser, provider, name)
    with store.read() as books:
        assert len(books.accounts.everybody()) == 3


def test_who_may_not_sign_in_any_more_is_refused_here_too(ana, browser, provider, store):
    with store.begin() as books:
        books.accounts.save(replace(ana, active=False))
    assert "Nobody has been invited here" in refused(browser, provider)


def test_an_address_that_now_belongs_to_somebody_else_opens_nothing(ana, browser, with_sso, store, provider):
    browser.client.get(path_of(provider.signs_in(way_there(browser), "ana")))
    assert signed_in(browser)

    later = new_browser(with_sso, store)
    assert "by another account of your organization" in refused(later, provider, "other")

    boss = Actor("b" * 32, "Boss", frozenset({Role.ADMINISTRATOR}))
    renew_invitation(store, boss, ana.id, new_token="t" * 43, now=NOW)
    later.client.get(path_of(provider.signs_in(way_there(later), "other")))
    assert signed_in(later)


@pytest.mark.parametrize(
    "lie",
    [
        "nonce",
        "no nonce",
        "issuer",
        "audience",
        "audience of another",
        "two audiences",
        "expired",
        "access token",
        "no seal",
        "seal of both",
        "another key",
        "flipped",
    ],
)
def test_a_word_that_is_not_as_it_must_be_is_not_believed(ana, browser, honest, lie):
    honest.lies(lie)
    assert refused(browser, honest) == "What your organization’s sign-in said could not be believed. Begin again."


@pytest.mark.parametrize(("lie", "says"), [("another name", "by another name"), ("open address", "is not safe")])
def test_a_provider_that_describes_itself_wrongly_is_not_even_asked(browser, honest, lie, says):
    honest.lies(lie)
    page = browser.get(SIGN_IN, expect=403)
    assert says in page.wrong[0]


def test_an_answer_counts_once_and_in_the_browser_that_asked(ana, browser, with_sso, store, provider):
    came = path_of(provider.signs_in(way_there(browser), "ana"))

    thief = new_browser(with_sso, store)
    assert "did not begin in this browser" in thief.get(came, expect=403).wrong[0]
    way_there(thief)
    assert "did not begin in this browser" in thief.get(came, expect=403).wrong[0]

    cookie = browser.client.get_cookie("zonemap-sso")
    assert cookie is not None
    assert browser.client.get(came).status_code == 303
    again = new_browser(with_sso, store)
    assert "did not begin in this browser" in browser.get(came, expect=403).wrong[0]
    again.client.set_cookie("zonemap-sso", cookie.decoded_value, domain="localhost")  # all that the browser had
    assert "did not stand by its answer" in again.get(came, expect=403).wrong[0]
    assert not signed_in(again)


def test_the_answer_of_another_provider_is_refused(ana, browser, provider):
    came = path_of(provider.signs_in(way_there(browser), "ana"))
    assert "iss=" in came
    for other in (re.sub(r"iss=[^&]*", "iss=https%3A%2F%2Felsewhere.example", came), re.sub(r"&?iss=[^&]*", "", came)):
        way = way_there(browser)
        state = parse_qs(urlsplit(way).query)["state"][0]
        page = browser.get(re.sub(r"state=[^&]*", f"state={state}", other), expect=403)
        assert "came from another provider" in page.wrong[0]


def test_who_stops_at_the_provider_is_told_to_begin_again(ana, browser, provider):
    assert "refused or stopped" in refused(browser, provider, name="")


def test_the_second_factor_is_asked_for_here_unless_the_provider_s_own_counts(ana, with_sso, store, provider):
    with store.begin() as books:
        books.second_factors.save(SecondFactor(ana.id, "A" * 32, NOW))

    def leads_to(settings: Settings, methods: str) -> str:
        browser = new_browser(settings, store)
        came = provider.signs_in(way_there(browser), "ana", methods)
        where = str(browser.client.get(path_of(came)).headers["Location"])
        assert signed_in(browser) is (where == "/")
        return where

    assert leads_to(with_sso, "pwd") == "/signin/code"
    assert leads_to(with_sso, "pwd,mfa") == "/signin/code"  # it says so, and nobody has said that this counts
    assert leads_to(replace(with_sso, sso_factor="mfa hwk"), "pwd") == "/signin/code"
    assert leads_to(replace(with_sso, sso_factor="mfa hwk"), "pwd,mfa") == "/"


def test_in_read_only_mode_who_has_come_before_signs_in_and_nobody_is_bound_anew(
    ana, browser, with_sso, store, provider
):
    browser.client.get(path_of(provider.signs_in(way_there(browser), "ana")))
    add(store, "eve", Role.MANAGER)
    reading = replace(with_sso, read_only=True)
    with closing(Store.open(reading)) as only_read:
        for name, status in (("ana", 303), ("eve", 503)):
            later = PageClient(create_app(reading, only_read))
            assert later.client.get(path_of(provider.signs_in(way_there(later), name))).status_code == status
            assert signed_in(later) is (name == "ana")


def test_where_the_provider_is_gone_the_page_says_so_and_a_password_still_opens(ana, with_sso, store, tmp_path):
    add(store, "cleo", Role.MANAGER, HASH)
    with IdentityProvider(tmp_path) as gone:
        browser = new_browser(replace(with_sso, sso_issuer=gone.issuer), store)
        gone.stop()
        page = browser.get(SIGN_IN, expect=503)
    assert "does not answer at the moment" in page.wrong[0]
    assert browser.post("/signin", {"email": "cleo@clinic.example", "password": PASSWORD}) == "/"
    assert signed_in(browser)


def test_where_only_the_organization_signs_people_in_passwords_are_for_administrators(ana, with_sso, store):
    add(store, "cleo", Role.MANAGER, HASH)
    add(store, "dora", Role.ADMINISTRATOR, HASH)
    browser = new_browser(replace(with_sso, sso_only=True), store)

    assert "administrators only" in browser.get("/signin").text
    page = browser.post("/signin", {"email": "cleo@clinic.example", "password": PASSWORD}, expect=400)
    assert "do not belong together" in page.wrong[0]
    assert not signed_in(browser)
    assert browser.post("/signin", {"email": "dora@clinic.example", "password": PASSWORD}) == "/"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"sso_issuer": "http://provider.example"}, "ZONEMAP_SSO_ISSUER"),
        ({"sso_client": ""}, "ZONEMAP_SSO_CLIENT"),
        ({"sso_domains": ""}, "ZONEMAP_SSO_DOMAINS"),
        ({"sso_domains": "clinic"}, "ZONEMAP_SSO_DOMAINS"),
        ({"sso_secret_file": None}, "ZONEMAP_SSO_SECRET_FILE"),
        ({"sso_secret_file": Path("not-there")}, "ZONEMAP_SSO_SECRET_FILE"),
        ({"public_address": ""}, "ZONEMAP_PUBLIC_ADDRESS"),
        ({"public_address": "http://zonemap.example"}, "ZONEMAP_PUBLIC_ADDRESS"),
    ],
)
def test_a_setting_that_is_missing_or_unsafe_stops_the_start_and_is_named(with_sso, store, change, named):
    with pytest.raises(Invalid, match=named):
        create_app(replace(with_sso, **change), store)


def test_without_single_sign_on_there_is_no_such_page(page):
    for path in (SIGN_IN, f"{SIGN_IN}/back", f"{SIGN_IN}/out"):
        assert page.client.get(path).status_code == 404
    assert "organization" not in page.get("/signin").text


def test_no_page_and_no_address_holds_the_secret(browser, provider):
    assert SECRET not in way_there(browser)
    assert SECRET not in browser.client.get("/signin").get_data(as_text=True)
