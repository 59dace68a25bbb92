"""The second factor at sign-in: set up, asked for, lost and found.

Source: ASVS 5.0, 6.5: a code of an app (``work/totp``) works once, for one step before and after, and recovery codes
have at least 112 bits and work once. Passkeys stand in ``work/passkeys``.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from zonemap.errors import Busy, Invalid, NotFound
from zonemap.model.access import DeviceKind
from zonemap.model.passkey import Passkey
from zonemap.model.person import Account, Actor, Role
from zonemap.model.second_factor import HalfSession, SecondFactor
from zonemap.storage.store import Books, Store
from zonemap.work.factor_rule import has_factor, is_asked
from zonemap.work.passwords import is_password
from zonemap.work.permissions import Permission, Place, require
from zonemap.work.sessions import begin_session, hash_of
from zonemap.work.throttle import Limit, refill, spend
from zonemap.work.totp import STEP_S, code_of

HALF_LIVES = timedelta(minutes=10)
_AHEAD = 24 * 3600 // 30  # steps: a code used more than a day from now was used while the clock was ahead
CODES = 10
OF_CODES = Limit("code", 10)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
_OWN = Permission.OWN_ACCOUNT
_NOT_THE_CODE = "This is not the code that the app shows now. Wait for the next one, then type that."
_TIME_OVER = "The time for the second step is over. Sign in again."


@dataclass(frozen=True, slots=True)
class Own:
    """One's own second factors, as the page shows them. ``wanted``: one's roles should have one."""

    since: datetime | None  # of the app; None where it is not on
    passkeys: tuple[Passkey, ...]
    codes_left: int
    wanted: bool
    asked: bool  # by the organization, of one of one's roles
    secret: str = ""  # while the app is being set up

    @property
    def on(self) -> bool:
        """Whether there is one."""
        return self.since is not None or bool(self.passkeys)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody who is half signed in can answer with, besides a recovery code."""

    app: bool
    passkeys: tuple[Passkey, ...]


def wants_factor(account: Account) -> bool:
    """Whether somebody's roles open plans, records or people: all but the desk alone."""
    return bool(account.any_roles - {Role.DESK})


def own_factor(store: Store, actor: Actor) -> Own:
    """What one has."""
    require(actor, _OWN, at=Place.ANYWHERE)
    with store.read() as books:
        factor = books.second_factors.find(actor.account_id)
        left = books.second_factors.codes_left(actor.account_id)
        passkeys = books.passkeys.of(actor.account_id)
        account = books.accounts.get(actor.account_id)
        asked = is_asked(books, account)
    since = factor.confirmed_at if factor is not None else None
    secret = factor.secret if factor is not None and since is None else ""
    return Own(since, passkeys, left, wants_factor(account), asked, secret)


def begin_factor(store: Store, actor: Actor, *, secret: str) -> None:
    """Keep a new secret for an app that is being set up. Raises Invalid where one is on already."""
    require(actor, _OWN, at=Place.ANYWHERE)
    with store.begin() as books:
        factor = books.second_factors.find(actor.account_id)
        if factor is not None and factor.confirmed_at is not None:
            raise Invalid("The app is on already. Turn it off first.")
        books.second_factors.save(SecondFactor(actor.account_id, secret))


def confirm_factor(store: Store, actor: Actor, code: str, *, session_token: str, now: datetime) -> list[str]:
    """Turn it on with the first code of the app; give the recovery codes, shown this once. All other sessions end.

    Raises Invalid for a wrong code, Busy after too many.
    """
    require(actor, _OWN, at=Place.ANYWHERE)
    _count(store, actor.account_id, now)
    with store.begin() as books:
        factor = books.second_factors.find(actor.account_id)
        if factor is None or factor.confirmed_at is not None:
            raise Invalid("Begin anew: load the page again.")
        step = _step_of(factor, code, now)
        if step is None:
            raise Invalid(_NOT_THE_CODE, fields={"code": _NOT_THE_CODE})
        books.second_factors.save(replace(factor, confirmed_at=now, last_step=step))
        codes = give_codes(books, actor.account_id)
        books.sessions.end_all(actor.account_id, but=(hash_of(session_token),))
        refill(books, OF_CODES, actor.account_id, now)
    return codes


def give_codes(books: Books, account_id: str) -> list[str]:
    """New recovery codes, to be shown this once; the old ones stop working."""
    codes = [_new_code() for _ in range(CODES)]
    books.second_factors.set_codes(account_id, [_hash_of_code(account_id, each) for each in codes])
    return codes


def new_codes(store: Store, actor: Actor, password: str, *, now: datetime) -> list[str]:
    """New recovery codes for who types their password. Raises Invalid, Busy."""
    require(actor, _OWN, at=Place.ANYWHERE)
    check_password(store, actor, password, now=now)
    with store.begin() as books:
        if not has_factor(books, actor.account_id):
            raise Invalid("Set up an app or a passkey first. Recovery codes come with it.")
        return give_codes(books, actor.account_id)


def remove_factor(store: Store, actor: Actor, password: str, *, now: datetime) -> None:
    """Turn one's own app off, with the password. Raises Invalid, also where one has to be left, and Busy."""
    require(actor, _OWN, at=Place.ANYWHERE)
    check_password(store, actor, password, now=now)
    with store.begin() as books:
        books.second_factors.remove(actor.account_id)
        require_one_left(books, actor.account_id)
        clear(books, actor.account_id)


def require_one_left(books: Books, account_id: str) -> None:
    """Raise Invalid where a second factor is asked of somebody and they have none any more: that undoes it."""
    if is_asked(books, books.accounts.get(account_id)) and not has_factor(books, account_id):
        raise Invalid("Your organization asks for a second factor. Set up another one first, then remove this one.")


def remove_every(books: Books, account_id: str) -> None:
    """Turn off all that an account has."""
    books.second_factors.remove(account_id)
    books.passkeys.remove(account_id)
    clear(books, account_id)


def clear(books: Books, account_id: str) -> None:
    """Let go of the recovery codes where no second factor is left that they could stand in for."""
    if not has_factor(books, account_id):
        books.second_factors.remove_codes(account_id)


def check_password(store: Store, actor: Actor, password: str, *, now: datetime) -> None:
    """Raise Invalid unless this is the actor's password, Busy after too many tries."""
    require(actor, _OWN, at=Place.ANYWHERE)
    _count(store, actor.account_id, now)
    with store.read() as books:
        kept = books.accounts.password_hash(actor.account_id)
    if not is_password(kept, password):
        sentence = "This is not your password. Type it again."
        raise Invalid(sentence, fields={"password": sentence})


# --- at sign-in --------------------------------------------------------------------------------------------------


def begin_half(books: Books, account_id: str, token: str, now: datetime) -> bool:
    """After a right password: keep the half session where the account has a second factor; say whether it has one."""
    if not has_factor(books, account_id):
        return False
    books.second_factors.begin_half(HalfSession(hash_of(token), account_id, now), forget_before=now - HALF_LIVES)
    return True


def is_half(store: Store, token: str, now: datetime) -> bool:
    """Whether somebody is half signed in under this token."""
    return asked(store, token, now) is not None


def asked(store: Store, token: str, now: datetime) -> Asked | None:
    """What somebody who is half signed in under this token can answer with; None where nobody is."""
    with store.read() as books:
        half = books.second_factors.find_half(hash_of(token))
        if half is None or not _waits(half, now):
            return None
        factor = books.second_factors.find(half.account_id)
        return Asked(factor is not None and factor.confirmed_at is not None, books.passkeys.of(half.account_id))


def half_of(books: Books, half_token: str, now: datetime) -> HalfSession:
    """Who waits under this token. Raises NotFound where nobody does, or no longer."""
    half = books.second_factors.find_half(hash_of(half_token))
    if half is None or not _waits(half, now):
        raise NotFound(_TIME_OVER)
    return half


def let_in(books: Books, half: HalfSession, token: str, now: datetime, device: DeviceKind) -> None:
    """Begin the session of who has answered. Raises NotFound where the account is shut, or somebody was faster."""
    if not books.accounts.get(half.account_id).active or not books.second_factors.end_half(half.token_hash):
        raise NotFound(_TIME_OVER)
    begin_session(books, half.account_id, token, now, device=device)


def finish_sign_in(
    store: Store,
    half_token: str,
    code: str,
    *,
    token: str,
    now: datetime,
    device: DeviceKind = DeviceKind.UNKNOWN,
) -> None:
    """Begin the session under ``token`` with a code of the app, or a recovery code, which is used up.

    Raises NotFound where nobody waits under the half token, Invalid for a wrong code, Busy after too many.
    """
    with store.read() as books:
        half = half_of(books, half_token, now)
    _count(store, half.account_id, now)
    with store.begin() as books:
        if not _code_fits(books, half.account_id, code, now):
            raise Invalid(_NOT_THE_CODE, fields={"code": _NOT_THE_CODE})
        let_in(books, half, token, now, device)
        refill(books, OF_CODES, half.account_id, now)


def _waits(half: HalfSession, now: datetime) -> bool:
    return timedelta() <= now - half.began_at < HALF_LIVES


def _code_fits(books: Books, account_id: str, code: str, now: datetime) -> bool:
    factor = books.second_factors.find(account_id)
    if factor is not None and factor.confirmed_at is not None:  # not one that is only being set up beside a passkey
        step = _step_of(factor, code, now)
        if step is not None:
            return books.second_factors.use_step(account_id, step, step + _AHEAD)
    return books.second_factors.take_code(account_id, _hash_of_code(account_id, code))


def _step_of(factor: SecondFactor, code: str, now: datetime) -> int | None:
    """The step whose code this is: this one, the one before or the one after, and none that was used."""
    typed = "".join(code.split())
    this = int(now.timestamp()) // STEP_S
    found = None
    for step in (this - 1, this, this + 1):  # all three, so that the time taken tells nothing
        same = hmac.compare_digest(code_of(factor.secret, step).encode(), typed.encode())
        found = step if same and not factor.last_step - _AHEAD <= step <= factor.last_step else found
    return found


def _count(store: Store, account_id: str, now: datetime) -> None:
    with store.begin() as books:
        tries = spend(books, OF_CODES, account_id, now)
    if tries.wait_s:
        raise Busy("Too many tries. Wait some minutes, then try again.", retry_after_s=tries.wait_s)


def _new_code() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(24))  # 118 bits: ASVS 6.5.2 asks for 112 or a slow hash
    return "-".join(letters[begin : begin + 6] for begin in range(0, 24, 6))


def _hash_of_code(account_id: str, code: str) -> str:
    """A plain hash will do: codes have 118 random bits."""
    letters = "".join(each for each in code.lower() if each.isalnum())
    return hash_of(f"{account_id}:{letters}")
