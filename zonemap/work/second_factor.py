"""The second factor at sign-in: set up, asked for, lost and found.

Sources: RFC 6238 (TOTP) with its defaults of 30 seconds, six figures and SHA-1, which every app knows; ASVS 5.0, 6.5:
a code works once, for one step before and after, and recovery codes have at least 64 bits and work once.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pyotp

from zonemap.errors import Busy, Invalid, NotFound
from zonemap.model.person import Account, Actor, Role
from zonemap.model.second_factor import HalfSession, SecondFactor
from zonemap.storage.store import Books, Store
from zonemap.work.passwords import is_password
from zonemap.work.permissions import Permission, Place, require
from zonemap.work.sessions import begin_session, hash_of
from zonemap.work.throttle import Limit, refill, spend

HALF_LIVES = timedelta(minutes=10)
STEP_S = 30
CODES = 10
OF_CODES = Limit("code", 10)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
_OWN = Permission.OWN_ACCOUNT
_NOT_THE_CODE = "This is not the code that the app shows now. Wait for the next one, then type that."


@dataclass(frozen=True, slots=True)
class Own:
    """One's own second factor, as the page shows it. ``wanted``: one's roles should have one."""

    on: bool
    since: datetime | None
    codes_left: int
    wanted: bool
    secret: str = ""  # while it is being set up


def wants_factor(account: Account | Actor) -> bool:
    """Whether somebody's roles open plans, records or people: all but the desk alone."""
    return bool(account.any_roles - {Role.DESK})


def own_factor(store: Store, actor: Actor) -> Own:
    """What one has."""
    require(actor, _OWN, at=Place.ANYWHERE)
    with store.read() as books:
        factor = books.second_factors.find(actor.account_id)
        left = books.second_factors.codes_left(actor.account_id)
    on = factor is not None and factor.confirmed_at is not None
    secret = factor.secret if factor is not None and not on else ""
    return Own(on, factor.confirmed_at if factor else None, left, wants_factor(actor), secret)


def begin_factor(store: Store, actor: Actor, *, secret: str) -> None:
    """Keep a new secret for an app that is being set up. Raises Invalid where one is on already."""
    require(actor, _OWN, at=Place.ANYWHERE)
    with store.begin() as books:
        factor = books.second_factors.find(actor.account_id)
        if factor is not None and factor.confirmed_at is not None:
            raise Invalid("A second factor is on already. Turn it off first.")
        books.second_factors.save(SecondFactor(actor.account_id, secret))


def new_secret() -> str:
    """160 random bits, as apps take them."""
    return pyotp.random_base32(32)


def address_of(secret: str, email: str) -> str:
    """What the picture for the app says."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="zonemap")


def confirm_factor(store: Store, actor: Actor, code: str, *, session_token: str, now: datetime) -> list[str]:
    """Turn it on with the first code of the app; give the recovery codes, shown this once. All other sessions end.

    Raises Invalid for a wrong code, Busy after too many.
    """
    require(actor, _OWN, at=Place.ANYWHERE)
    _count(store, actor.account_id, now)
    codes = [_new_code() for _ in range(CODES)]
    with store.begin() as books:
        factor = books.second_factors.find(actor.account_id)
        if factor is None or factor.confirmed_at is not None:
            raise Invalid("Begin anew: load the page again.")
        step = _step_of(factor, code, now)
        if step is None:
            raise Invalid(_NOT_THE_CODE, fields={"code": _NOT_THE_CODE})
        books.second_factors.save(replace(factor, confirmed_at=now, last_step=step))
        books.second_factors.set_codes(actor.account_id, [_hash_of_code(actor.account_id, each) for each in codes])
        books.sessions.end_all(actor.account_id, but=(hash_of(session_token),))
        refill(books, OF_CODES, actor.account_id, now)
    return codes


def remove_factor(store: Store, actor: Actor, password: str, *, now: datetime) -> None:
    """Turn one's own off, with the password. Raises Invalid, Busy."""
    require(actor, _OWN, at=Place.ANYWHERE)
    _count(store, actor.account_id, now)
    with store.read() as books:
        kept = books.accounts.password_hash(actor.account_id)
    if not is_password(kept, password):
        sentence = "This is not your password. Type it again."
        raise Invalid(sentence, fields={"password": sentence})
    with store.begin() as books:
        books.second_factors.remove(actor.account_id)


# --- at sign-in --------------------------------------------------------------------------------------------------


def begin_half(books: Books, account_id: str, token: str, now: datetime) -> bool:
    """After a right password: keep the half session where the account has a second factor; say whether it has one."""
    factor = books.second_factors.find(account_id)
    if factor is None or factor.confirmed_at is None:
        return False
    books.second_factors.begin_half(HalfSession(hash_of(token), account_id, now), forget_before=now - HALF_LIVES)
    return True


def is_half(store: Store, token: str, now: datetime) -> bool:
    """Whether somebody is half signed in under this token."""
    with store.read() as books:
        half = books.second_factors.find_half(hash_of(token))
    return half is not None and timedelta() <= now - half.began_at < HALF_LIVES


def finish_sign_in(store: Store, half_token: str, code: str, *, token: str, now: datetime) -> None:
    """Begin the session under ``token`` with a code of the app, or a recovery code, which is used up.

    Raises NotFound where nobody waits under the half token, Invalid for a wrong code, Busy after too many.
    """
    with store.read() as books:
        half = books.second_factors.find_half(hash_of(half_token))
    if half is None or not timedelta() <= now - half.began_at < HALF_LIVES:
        raise NotFound("The time for the code is over. Sign in again.")
    _count(store, half.account_id, now)
    with store.begin() as books:
        account = books.accounts.get(half.account_id)
        if not account.active or not _code_fits(books, half.account_id, code, now):
            raise Invalid(_NOT_THE_CODE, fields={"code": _NOT_THE_CODE})
        if not books.second_factors.end_half(half.token_hash):
            raise NotFound("The time for the code is over. Sign in again.")
        refill(books, OF_CODES, half.account_id, now)
        begin_session(books, half.account_id, token, now)


def _code_fits(books: Books, account_id: str, code: str, now: datetime) -> bool:
    factor = books.second_factors.find(account_id)
    if factor is None:
        return False
    step = _step_of(factor, code, now)
    if step is not None:
        return books.second_factors.use_step(account_id, step)
    return books.second_factors.take_code(account_id, _hash_of_code(account_id, code))


def _step_of(factor: SecondFactor, code: str, now: datetime) -> int | None:
    """The step whose code this is: this one, the one before or the one after, and none that was used."""
    typed = "".join(code.split())
    app, this = pyotp.TOTP(factor.secret), int(now.timestamp()) // STEP_S
    found = None
    for step in (this - 1, this, this + 1):  # all three, so that the time taken tells nothing
        same = hmac.compare_digest(app.generate_otp(step).encode(), typed.encode())
        found = step if same and step > factor.last_step else found
    return found


def _count(store: Store, account_id: str, now: datetime) -> None:
    with store.begin() as books:
        tries = spend(books, OF_CODES, account_id, now)
    if tries.wait_s:
        raise Busy("Too many tries. Wait some minutes, then try again.", retry_after_s=tries.wait_s)


def _new_code() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(15))  # 74 bits
    return "-".join((letters[:5], letters[5:10], letters[10:]))


def _hash_of_code(account_id: str, code: str) -> str:
    """A plain hash will do: codes have 74 random bits."""
    letters = "".join(each for each in code.lower() if each.isalnum())
    return hash_of(f"{account_id}:{letters}")
