"""Being signed in: a random token in the browser, its hash in the store. Ending it there ends it everywhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from zonemap.errors import Busy
from zonemap.model.access import Session
from zonemap.model.person import Account, Actor, Role
from zonemap.storage.store import Books, Store
from zonemap.work.factor_rule import has_factor, is_asked, until_set_up

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)  # at most, else each page would write
_NOTED_WITHIN = 30  # nor oftener than this part of the time they may be away: 200 desks would write all day


def hash_of(token: str) -> str:
    """What the store keeps of a token, 64 hex digits. A plain hash will do: tokens have 256 random bits."""
    return sha256(token.encode()).hexdigest()


def idle_limit(account: Account) -> timedelta:
    """How long somebody may be away. The desk's computer stays signed in for the day: it can do nothing but help."""
    return ABSOLUTE if account.any_roles == {Role.DESK} else IDLE


def begin_session(books: Books, account_id: str, token: str, now: datetime) -> None:
    """Sign somebody in whose password or link has been checked, and forget the sessions whose time is over."""
    books.sessions.forget(started_before=now - ABSOLUTE, seen_before=now - ABSOLUTE)
    books.sessions.add(Session(hash_of(token), account_id, now, now))


def actor_of(store: Store, token: str, now: datetime) -> Actor | None:
    """Who holds this token, or None when it is unknown or over, or the account is not active."""
    session, account, sets_up = store.recall(
        ("session", hash_of(token)), lambda books: _held(books, hash_of(token)), when_gone=True
    )
    if session is None or account is None or not account.active or _over(session, account, now):
        return None
    if now - session.seen_at >= max(NOTED_EVERY, idle_limit(account) / _NOTED_WITHIN):
        _note(store, session, now)
    if sets_up:
        return until_set_up(account)
    return Actor(account.id, account.name, account.roles, site_roles=account.site_roles)


def _held(books: Books, token_hash: str) -> tuple[Session | None, Account | None, bool]:
    """The session, its account, and whether a second factor is asked of them that they do not have."""
    session = books.sessions.find(token_hash)
    account = None if session is None else books.accounts.find(session.account_id)
    if account is None:
        return session, None, False
    return session, account, is_asked(books, account) and not has_factor(books, account.id)


def end_session(store: Store, token: str) -> None:
    """Sign out."""
    with store.begin() as books:
        books.sessions.end(hash_of(token))


def _over(session: Session, account: Account, now: datetime) -> bool:
    # A clock that was set back must not make a session live longer: a time before the start also ends it.
    age, away = now - session.started_at, now - session.seen_at
    return not (-NOTED_EVERY <= age < ABSOLUTE and away < idle_limit(account))


def _note(store: Store, session: Session, now: datetime) -> None:
    try:
        with store.begin() as books:
            books.sessions.touch(session.token_hash, now)
    except Busy:
        return  # reading goes on while the database cannot be written
