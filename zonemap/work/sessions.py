"""Being signed in: a random token in the browser, its hash in the store. Ending it there ends it everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from zonemap.errors import Busy, NotFound
from zonemap.model.access import DeviceKind, Session
from zonemap.model.person import Account, Actor, Role
from zonemap.storage.store import Books, Store
from zonemap.work.factor_rule import has_factor, is_asked, until_set_up
from zonemap.work.permissions import Permission, Place, require

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
LONGEST = timedelta(hours=24)  # that settings allow
RECENT = timedelta(minutes=10)  # for so long after the password nobody is asked for it again
NOTED_EVERY = timedelta(minutes=1)  # at most, else each page would write
_NOTED_WITHIN = 30  # nor oftener than this part of the time they may be away: 200 desks would write all day


def hash_of(token: str) -> str:
    """What the store keeps of a token, 64 hex digits. A plain hash will do: tokens have 256 random bits."""
    return sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Limits:
    """How long somebody may be away, and how long they stay signed in whatever they do."""

    idle: timedelta = IDLE
    absolute: timedelta = ABSOLUTE

    def idle_of(self, account: Account) -> timedelta:
        """The desk's computer stays signed in for the day: it can do nothing but help."""
        return self.absolute if account.any_roles == {Role.DESK} else min(self.idle, self.absolute)


USUAL = Limits()


def begin_session(
    books: Books, account_id: str, token: str, now: datetime, *, device: DeviceKind = DeviceKind.UNKNOWN
) -> None:
    """Sign somebody in whose password or link has been checked, and forget the sessions whose time is over."""
    books.sessions.forget(started_before=now - LONGEST, seen_before=now - LONGEST)
    books.sessions.add(Session(hash_of(token), account_id, now, now, device))


def actor_of(store: Store, token: str, now: datetime, limits: Limits = USUAL) -> Actor | None:
    """Who holds this token, or None when it is unknown or over, or the account is not active."""
    session, account, sets_up = store.recall(
        ("session", hash_of(token)), lambda books: _held(books, hash_of(token)), when_gone=True
    )
    if session is None or account is None or not account.active or _over(session, account, now, limits):
        return None
    if now - session.seen_at >= max(NOTED_EVERY, limits.idle_of(account) / _NOTED_WITHIN):
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


# --- one's own ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One of one's own sessions. ``here``: it is this one. ``id`` tells nothing of the token."""

    id: str
    device: DeviceKind
    started_at: datetime
    seen_at: datetime
    here: bool


def own_sessions(store: Store, actor: Actor, token: str, now: datetime, limits: Limits = USUAL) -> list[OwnSession]:
    """Those that are not over, this one first, then the one last used."""
    require(actor, Permission.OWN_ACCOUNT, at=Place.ANYWHERE)
    with store.read() as books:
        account = books.accounts.get(actor.account_id)
        live = [each for each in books.sessions.of(account.id) if not _over(each, account, now, limits)]
    shown = [
        OwnSession(_id_of(each), each.device, each.started_at, each.seen_at, each.token_hash == hash_of(token))
        for each in live
    ]
    return sorted(shown, key=lambda each: not each.here)


def end_own(store: Store, actor: Actor, session_id: str) -> None:
    """Sign out one of one's own. Raises NotFound."""
    require(actor, Permission.OWN_ACCOUNT, at=Place.ANYWHERE)
    with store.begin() as books:
        found = next((each for each in books.sessions.of(actor.account_id) if _id_of(each) == session_id), None)
        if found is None:
            raise NotFound("This one is signed out already.")
        books.sessions.end(found.token_hash)


def end_others(store: Store, actor: Actor, token: str) -> None:
    """Sign out everywhere but here; whoever is half signed in has to begin anew."""
    require(actor, Permission.OWN_ACCOUNT, at=Place.ANYWHERE)
    with store.begin() as books:
        books.sessions.end_all(actor.account_id, but=(hash_of(token),))
        books.second_factors.end_halves(actor.account_id)


def is_recent(store: Store, token: str, now: datetime) -> bool:
    """Whether the password was typed in this session a short while ago, at its beginning or again."""
    with store.read() as books:
        session = books.sessions.find(hash_of(token))
    if session is None:
        return False
    return any(timedelta() <= now - each < RECENT for each in (session.started_at, session.proved_at) if each)


def prove(store: Store, token: str, now: datetime) -> None:
    """Note that the password has just been checked again in this session."""
    with store.begin() as books:
        books.sessions.prove(hash_of(token), now)


def _id_of(session: Session) -> str:
    return hash_of(session.token_hash)[:32]


def _over(session: Session, account: Account, now: datetime, limits: Limits) -> bool:
    # A clock that was set back must not make a session live longer: a time before the start also ends it.
    age, away = now - session.started_at, now - session.seen_at
    return not (-NOTED_EVERY <= age < limits.absolute and away < limits.idle_of(account))


def _note(store: Store, session: Session, now: datetime) -> None:
    try:
        with store.begin() as books:
            books.sessions.touch(session.token_hash, now)
    except Busy:
        return  # reading goes on while the database cannot be written
