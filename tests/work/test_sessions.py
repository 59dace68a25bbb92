"""Being signed in, and when it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import NOW, add_account
from zonemap.model.person import Role
from zonemap.work.sessions import ABSOLUTE, IDLE, LONGEST, actor_of, begin_session, end_session, hash_of

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ana(any_store):
    account = add_account(any_store, "manager")
    with any_store.begin() as books:
        begin_session(books, account.id, "token", NOW)
    return account


def seen(store) -> object:
    with store.read() as books:
        return books.sessions.find(hash_of("token")).seen_at


def test_the_token_tells_who_it_is_and_only_its_hash_is_kept(any_store, ana):
    actor = actor_of(any_store, "token", NOW)

    assert (actor.account_id, actor.name, actor.roles) == (ana.id, ana.name, frozenset({Role.MANAGER}))
    with any_store.read() as books:
        assert books.sessions.find("token") is None
    assert actor_of(any_store, "tokem", NOW) is None


def test_a_session_ends_when_nobody_is_there(any_store, ana):
    assert actor_of(any_store, "token", NOW + IDLE - MINUTE)
    assert actor_of(any_store, "token", NOW + IDLE + 5 * MINUTE)  # somebody was there in between
    assert actor_of(any_store, "token", NOW + 2 * IDLE + 5 * MINUTE) is None


def test_a_session_ends_after_half_a_day_in_any_case(any_store, ana):
    moment = NOW
    while moment < NOW + ABSOLUTE - 20 * MINUTE:
        assert actor_of(any_store, "token", moment)
        moment += 20 * MINUTE

    assert actor_of(any_store, "token", NOW + ABSOLUTE) is None


def test_the_desks_computer_stays_signed_in_for_the_day(any_store):
    desk, both = add_account(any_store, "desk"), add_account(any_store, "desk", "manager")
    with any_store.begin() as books:
        begin_session(books, desk.id, "desk token", NOW)
        begin_session(books, both.id, "other token", NOW)

    assert actor_of(any_store, "desk token", NOW + ABSOLUTE - MINUTE)
    assert actor_of(any_store, "desk token", NOW + ABSOLUTE) is None
    assert actor_of(any_store, "other token", NOW + IDLE) is None


def test_a_clock_that_is_set_back_does_not_prolong_a_session(any_store, ana):
    assert actor_of(any_store, "token", NOW - timedelta(days=1)) is None


def test_looking_at_pages_is_noted_once_a_minute_and_no_more(any_store, ana):
    actor_of(any_store, "token", NOW + timedelta(seconds=59))
    assert seen(any_store) == NOW
    actor_of(any_store, "token", NOW + MINUTE)
    assert seen(any_store) == NOW + MINUTE


def test_signing_out_ends_it(any_store, ana):
    end_session(any_store, "token")

    assert actor_of(any_store, "token", NOW) is None


def test_sessions_whose_time_is_over_are_forgotten_when_somebody_signs_in(any_store, ana):
    with any_store.begin() as books:
        begin_session(books, ana.id, "later", NOW + LONGEST + MINUTE)

    with any_store.read() as books:
        assert books.sessions.find(hash_of("token")) is None
