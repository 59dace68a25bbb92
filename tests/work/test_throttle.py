"""Tries, counted in the database: by many at once, and so that nobody shuts the owner out of an account."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from tests.conftest import NOW, add_account
from zonemap.errors import Busy, Invalid
from zonemap.work import accounts
from zonemap.work.passwords import hash_password
from zonemap.work.throttle import Limit, refill, spend

AT_ONCE, ROUNDS = 8, 6
LIMIT = Limit("test", 10)
PASSWORD = "horse battery staple lamp"  # noqa: S105
KEPT = hash_password(PASSWORD)
HOME, FAR = "192.0.2.1", "198.51.100.7"


def test_of_many_tries_at_the_same_moment_no_more_are_let_through_than_there_are(any_store):
    together = Barrier(AT_ONCE, timeout=30)

    def try_often(_number: int) -> int:
        let_through = 0
        for _ in range(ROUNDS):
            together.wait()
            with any_store.begin() as books:
                let_through += spend(books, LIMIT, "ana", NOW).wait_s == 0
        return let_through

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert sum(pool.map(try_often, range(AT_ONCE))) == LIMIT.tries


def test_a_bucket_is_full_again_after_a_right_one_and_old_ones_are_forgotten(any_store):
    with any_store.begin() as books:
        for _ in range(LIMIT.tries):
            spend(books, LIMIT, "ana", NOW)
        assert spend(books, LIMIT, "ana", NOW).wait_s == 360
        refill(books, LIMIT, "ana", NOW)
        refill(books, LIMIT, "bo", NOW)
        assert spend(books, LIMIT, "ana", NOW).left == LIMIT.tries - 1
        spend(books, LIMIT, "cy", NOW + timedelta(hours=2))
    with any_store.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM throttle").scalar_one() == 1


# --- the owner is not shut out -----------------------------------------------------------------------------------


@pytest.fixture
def ana(any_store):
    return add_account(any_store, "manager", password_hash=KEPT)


def sign_in(store, email: str, password: str = PASSWORD, *, address: str, now=NOW):
    return accounts.sign_in(store, email, password, address=address, token=f"{address} {now}", now=now)


def use_up(store, email: str, address: str, now) -> None:
    for _ in range(accounts.OF_ACCOUNT.tries):
        with pytest.raises(Invalid):
            sign_in(store, email, "wrong", address=address, now=now)
    with pytest.raises(Busy):
        sign_in(store, email, "wrong", address=address, now=now)


def test_who_guesses_from_elsewhere_does_not_shut_the_owner_out_at_the_usual_address(any_store, ana):
    sign_in(any_store, ana.email, address=HOME)
    later = NOW + timedelta(days=3)
    use_up(any_store, ana.email, FAR, later)
    with pytest.raises(Busy):
        sign_in(any_store, ana.email, address=FAR, now=later)

    assert sign_in(any_store, ana.email, address=HOME, now=later) == ana


def test_at_the_usual_address_guessing_is_slowed_down_too(any_store, ana):
    sign_in(any_store, ana.email, address=HOME)
    use_up(any_store, ana.email, FAR, NOW)

    for _ in range(accounts.OF_ACCOUNT.tries):
        with pytest.raises(Invalid):
            sign_in(any_store, ana.email, "wrong", address=HOME)
    with pytest.raises(Busy):
        sign_in(any_store, ana.email, address=HOME)


def test_the_usual_address_of_somebody_else_is_no_use(any_store, ana):
    bo = add_account(any_store, "manager", password_hash=KEPT)
    sign_in(any_store, bo.email, address=FAR)
    use_up(any_store, ana.email, FAR, NOW)

    with pytest.raises(Busy):
        sign_in(any_store, ana.email, address=FAR)


def test_no_address_is_kept_as_itself_and_none_for_ever(any_store, ana):
    sign_in(any_store, ana.email, address=HOME)
    with any_store.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM known_address").mappings().all()
    assert len(kept) == 1
    assert HOME not in str(kept)

    sign_in(any_store, ana.email, address=FAR, now=NOW + timedelta(days=91))
    use_up(any_store, ana.email, "203.0.113.9", NOW + timedelta(days=91))
    with pytest.raises(Busy):
        sign_in(any_store, ana.email, address=HOME, now=NOW + timedelta(days=91))


def test_addresses_of_one_network_of_version_six_count_as_one(any_store, ana):
    for number in range(60):
        with pytest.raises(Invalid):
            sign_in(any_store, f"{number}@clinic.example", "wrong", address=f"2001:db8:0:1::{number:x}")

    with pytest.raises(Busy):
        sign_in(any_store, ana.email, address="2001:db8:0:1:ffff::1")
    sign_in(any_store, ana.email, address="2001:db8:0:2::1")
