"""Signing in, one-time links, and who has an account."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import NOW, add_account
from zonemap.errors import Busy, Forbidden, Invalid, NotFound
from zonemap.model.access import LinkPurpose
from zonemap.model.person import Account, Actor, Role
from zonemap.work import accounts, people_list
from zonemap.work.passwords import hash_password
from zonemap.work.sessions import actor_of, begin_session

PASSWORD = "horse battery staple lamp"  # noqa: S105
KEPT = hash_password(PASSWORD)
FIRST = Account("1" * 32, "Ana Ruiz", "Ana@Clinic.example ", frozenset())
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def store(any_store):
    """All of this on both kinds of database."""
    return any_store


@pytest.fixture
def ana(store):
    return add_account(store, "administrator", password_hash=KEPT)


@pytest.fixture
def administrator(ana):
    return Actor(ana.id, ana.name, ana.roles)


def sign_in(store, email: str, password: str = PASSWORD, now=NOW, address: str = "192.0.2.1") -> Account:
    return accounts.sign_in(store, email, password, address=address, token="token", now=now)  # noqa: S106


# --- signing in --------------------------------------------------------------------------------------------------


def test_the_right_password_begins_a_session(store, ana):
    assert sign_in(store, ana.email.upper()) == ana
    assert actor_of(store, "token", NOW).account_id == ana.id


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(store, ana):
    with pytest.raises(Invalid) as wrong:
        sign_in(store, ana.email, "not the password")
    with pytest.raises(Invalid) as unknown:
        sign_in(store, "nobody@clinic.example", "not the password")

    assert wrong.value.message == unknown.value.message
    assert actor_of(store, "token", NOW) is None


def test_as_much_is_hashed_for_an_unknown_name_as_for_a_known_one(store, ana, monkeypatch):
    checked: list[bool] = []
    monkeypatch.setattr(accounts, "is_password", lambda kept, _password: checked.append(kept is None) or False)
    for email in (ana.email, "nobody@clinic.example"):
        with pytest.raises(Invalid):
            sign_in(store, email)

    assert checked == [False, True]


def test_who_is_not_active_or_has_no_password_cannot_sign_in(store, ana):
    without = add_account(store, "desk")
    with store.begin() as books:
        books.accounts.save(replace(ana, active=False))

    for account in (ana, without):
        with pytest.raises(Invalid, match="do not belong together"):
            sign_in(store, account.email)


def test_after_ten_tries_there_is_a_pause_that_passes(store, ana):
    said = []
    for _ in range(10):
        with pytest.raises(Invalid) as raised:
            sign_in(store, ana.email, "wrong", address="192.0.2.1")
        said.append(raised.value.message)
    assert "1 try is left" in said[-2]
    assert "0 tries are left" in said[-1]

    with pytest.raises(Busy, match=r"Wait 6 minutes") as raised:
        sign_in(store, ana.email, address="192.0.2.99")
    assert raised.value.data["retry_after_s"] == 360
    assert sign_in(store, ana.email, now=NOW + 6 * MINUTE) == ana


def test_the_pause_is_for_unknown_names_too(store):
    for _ in range(10):
        with pytest.raises(Invalid):
            sign_in(store, "nobody@clinic.example")

    with pytest.raises(Busy):
        sign_in(store, "nobody@clinic.example")


def test_an_address_that_tries_many_names_has_to_wait(store, ana, monkeypatch):
    monkeypatch.setattr(accounts, "is_password", lambda _kept, _password: False)
    for number in range(60):
        with pytest.raises(Invalid):
            sign_in(store, f"{number}@clinic.example")

    with pytest.raises(Busy):
        sign_in(store, ana.email)
    with pytest.raises(Invalid):
        sign_in(store, ana.email, address="198.51.100.7")


def test_a_right_password_gives_the_tries_back(store, ana):
    for _ in range(9):
        with pytest.raises(Invalid):
            sign_in(store, ana.email, "wrong")
    sign_in(store, ana.email)

    with pytest.raises(Invalid, match="Check both and try again"):
        sign_in(store, ana.email, "wrong")


def test_an_hour_after_the_last_try_nothing_is_kept_of_it(store, ana):
    with pytest.raises(Invalid):
        sign_in(store, "nobody@clinic.example")
    sign_in(store, ana.email, now=NOW + HOUR + MINUTE, address="198.51.100.7")

    with store.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM throttle").scalar_one()
    assert kept == 2  # of the last one


# --- one-time links ----------------------------------------------------------------------------------------------


def test_the_first_link_makes_an_administrator_once(store):
    assert accounts.first_link(store, NOW, "link") == "link"
    assert accounts.open_link(store, "link", LinkPurpose.FIRST, NOW) is None

    made = accounts.make_first(store, "link", FIRST, PASSWORD, session_token="first", now=NOW)  # noqa: S106

    assert (made.roles, made.email) == (frozenset({Role.ADMINISTRATOR}), "ana@clinic.example")
    assert actor_of(store, "first", NOW).account_id == made.id
    with pytest.raises(NotFound, match="has been used, or its time is over"):
        accounts.make_first(store, "link", replace(FIRST, id="2" * 32), PASSWORD, session_token="t", now=NOW)  # noqa: S106
    assert accounts.first_link(store, NOW, "another") is None
    assert sign_in(store, "ana@clinic.example") == made


def test_the_first_link_works_for_a_quarter_of_an_hour(store):
    accounts.first_link(store, NOW, "link")

    accounts.open_link(store, "link", LinkPurpose.FIRST, NOW + 14 * MINUTE)
    with pytest.raises(NotFound):
        accounts.open_link(store, "link", LinkPurpose.FIRST, NOW + 15 * MINUTE)
    with pytest.raises(NotFound):
        accounts.make_first(store, "link", FIRST, PASSWORD, session_token="t", now=NOW + 15 * MINUTE)  # noqa: S106
    assert accounts.first_link(store, NOW + 15 * MINUTE, "new")


def test_a_newer_first_link_replaces_the_older(store):
    accounts.first_link(store, NOW, "older")
    accounts.first_link(store, NOW, "newer")

    with pytest.raises(NotFound):
        accounts.open_link(store, "older", LinkPurpose.FIRST, NOW)


def test_of_servers_that_start_at_once_one_first_link_works(store):
    at_once, trouble = threading.Barrier(4), []

    def start(number: int) -> None:
        at_once.wait()
        try:
            accounts.first_link(store, NOW, f"link {number}")
        except Exception as error:
            trouble.append(error)

    starting = [threading.Thread(target=start, args=(number,)) for number in range(4)]
    for each in starting:
        each.start()
    for each in starting:
        each.join()

    assert trouble == []
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM link").scalar_one() == 1


def test_a_first_link_is_no_use_once_there_is_an_account(store):
    accounts.first_link(store, NOW, "link")
    add_account(store, "administrator")

    with pytest.raises(NotFound):
        accounts.open_link(store, "link", LinkPurpose.FIRST, NOW)
    with pytest.raises(NotFound):
        accounts.make_first(store, "link", FIRST, PASSWORD, session_token="t", now=NOW)  # noqa: S106


def test_a_refused_password_does_not_use_the_link_up(store):
    accounts.first_link(store, NOW, "link")

    with pytest.raises(Invalid) as raised:
        accounts.make_first(store, "link", FIRST, "short", session_token="t", now=NOW)  # noqa: S106

    assert "password" in raised.value.fields
    assert accounts.open_link(store, "link", LinkPurpose.FIRST, NOW) is None


def test_a_link_of_one_kind_does_not_do_the_others_work(store, administrator):
    person = replace(FIRST, roles=frozenset({Role.DESK}))
    accounts.invite(store, administrator, person, new_token="link", now=NOW)  # noqa: S106

    with pytest.raises(NotFound):
        accounts.open_link(store, "link", LinkPurpose.FIRST, NOW)


def test_an_invited_person_chooses_a_password_once(store, administrator):
    person = replace(FIRST, roles=frozenset({Role.DESK}))
    accounts.invite(store, administrator, person, new_token="link", now=NOW)  # noqa: S106
    assert [each.invited for each in people_list.people(store, administrator, NOW)] == [True, False]

    accounts.accept_invitation(store, "link", PASSWORD, session_token="token", now=NOW + 23 * HOUR)  # noqa: S106

    assert actor_of(store, "token", NOW + 23 * HOUR).roles == {Role.DESK}
    with pytest.raises(NotFound):
        accounts.accept_invitation(store, "link", PASSWORD, session_token="t", now=NOW + 23 * HOUR)  # noqa: S106
    assert [each.can_sign_in for each in people_list.people(store, administrator, NOW)] == [True, True]


def test_an_invitation_works_for_a_day_and_a_new_one_replaces_it(store, administrator):
    person = replace(FIRST, roles=frozenset({Role.DESK}))
    accounts.invite(store, administrator, person, new_token="link", now=NOW)  # noqa: S106
    with pytest.raises(NotFound):
        accounts.open_link(store, "link", LinkPurpose.INVITATION, NOW + 24 * HOUR)

    accounts.renew_invitation(store, administrator, person.id, new_token="newer", now=NOW)  # noqa: S106

    with pytest.raises(NotFound):
        accounts.open_link(store, "link", LinkPurpose.INVITATION, NOW)
    assert accounts.open_link(store, "newer", LinkPurpose.INVITATION, NOW).id == person.id


def test_a_new_password_by_link_ends_older_sessions(store, ana, administrator):
    with store.begin() as books:
        begin_session(books, ana.id, "old", NOW)
    accounts.renew_invitation(store, administrator, ana.id, new_token="link", now=NOW)  # noqa: S106

    accounts.accept_invitation(store, "link", "some other four words", session_token="new", now=NOW)  # noqa: S106

    assert actor_of(store, "old", NOW) is None
    assert actor_of(store, "new", NOW)
    with pytest.raises(Invalid):
        sign_in(store, ana.email)


# --- people ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "nowhere"}, "email"),
        ({"email": "a b@c.d"}, "email"),
        ({"roles": frozenset()}, "roles"),
    ],
)
def test_an_account_that_lacks_something_is_refused_by_field(store, administrator, change, field):
    person = replace(FIRST, roles=frozenset({Role.DESK}))

    with pytest.raises(Invalid) as raised:
        accounts.invite(store, administrator, replace(person, **change), new_token="t", now=NOW)  # noqa: S106

    assert list(raised.value.fields) == [field]


def test_an_email_belongs_to_one_person(store, ana, administrator):
    person = Account("2" * 32, "Bo", ana.email.upper(), frozenset({Role.DESK}))

    with pytest.raises(Invalid, match="is there already"):
        accounts.invite(store, administrator, person, new_token="t", now=NOW)  # noqa: S106


@pytest.mark.parametrize("change", [{"active": False}, {"roles": frozenset({Role.DESK})}])
def test_the_only_administrator_stays_one(store, ana, administrator, change):
    add_account(store, "manager")

    with pytest.raises(Invalid, match="the only administrator"):
        accounts.change_person(store, administrator, replace(ana, **change))

    add_account(store, "administrator")
    accounts.change_person(store, administrator, replace(ana, **change))


def test_an_administrator_who_may_not_sign_in_does_not_count(store, ana, administrator):
    other = add_account(store, "administrator")
    accounts.change_person(store, administrator, replace(other, active=False))

    with pytest.raises(Invalid):
        accounts.change_person(store, administrator, replace(ana, active=False))


@pytest.mark.parametrize("change", [{"active": False}, {"roles": frozenset({Role.DESK})}])
def test_a_change_of_roles_signs_the_person_out(store, administrator, change):
    person = add_account(store, "manager")
    with store.begin() as books:
        begin_session(books, person.id, "token", NOW)
    accounts.change_person(store, administrator, replace(person, name="New name"))
    assert actor_of(store, "token", NOW).name == "New name"

    accounts.change_person(store, administrator, replace(person, **change))

    assert actor_of(store, "token", NOW) is None


def test_an_email_is_not_changed_in_passing(store, administrator):
    person = add_account(store, "manager")

    accounts.change_person(store, administrator, replace(person, email="other@clinic.example"))

    assert accounts.person(store, administrator, person.id).email == person.email


def test_who_may_not_sign_in_gets_no_new_link(store, administrator):
    person = add_account(store, "manager")
    accounts.change_person(store, administrator, replace(person, active=False))

    with pytest.raises(Invalid, match="Let them in again first"):
        accounts.renew_invitation(store, administrator, person.id, new_token="t", now=NOW)  # noqa: S106


def test_ones_own_password_is_changed_with_the_old_one_and_other_sessions_end(store, ana, administrator):
    with store.begin() as books:
        begin_session(books, ana.id, "here", NOW)
        begin_session(books, ana.id, "elsewhere", NOW)

    def change(old: str, new: str) -> None:
        accounts.change_own_password(store, administrator, old, new, session_token="here", now=NOW)  # noqa: S106

    with pytest.raises(Invalid) as raised:
        change("not the old one", "four quite other words")
    assert list(raised.value.fields) == ["old"]
    with pytest.raises(Invalid) as raised:
        change(PASSWORD, "short")
    assert list(raised.value.fields) == ["new"]

    change(PASSWORD, "four quite other words")

    assert actor_of(store, "here", NOW)
    assert actor_of(store, "elsewhere", NOW) is None
    assert sign_in(store, ana.email, "four quite other words") == ana


def test_the_old_password_cannot_be_guessed_there_either(store, administrator):
    for _ in range(10):
        with pytest.raises(Invalid):
            accounts.change_own_password(store, administrator, "wrong", "x", session_token="here", now=NOW)  # noqa: S106

    with pytest.raises(Busy):
        accounts.change_own_password(store, administrator, PASSWORD, "x", session_token="here", now=NOW)  # noqa: S106


@pytest.mark.parametrize("role", [Role.MANAGER, Role.RESPONDER, Role.DESK])
def test_only_an_administrator_manages_people(store, ana, actor, role):
    someone = actor(role)
    for attempt in (
        lambda: people_list.people(store, someone, NOW),
        lambda: accounts.person(store, someone, ana.id),
        lambda: accounts.invite(store, someone, FIRST, new_token="t", now=NOW),  # noqa: S106
        lambda: accounts.renew_invitation(store, someone, ana.id, new_token="t", now=NOW),  # noqa: S106
        lambda: accounts.change_person(store, someone, replace(ana, active=False)),
    ):
        with pytest.raises(Forbidden):
            attempt()
