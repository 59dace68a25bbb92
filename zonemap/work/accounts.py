"""Signing in, one-time links, and who has an account."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from zonemap.errors import Busy, Conflict, Forbidden, Invalid, NotFound
from zonemap.model.access import DeviceKind, Link, LinkPurpose
from zonemap.model.person import Account, Actor, Role
from zonemap.storage.store import Books, Store
from zonemap.work.factor_rule import has_factor
from zonemap.work.known_address import mark_of, network_of, note_known, tries_from_known
from zonemap.work.passwords import MOST, hash_password, is_password, password_problem
from zonemap.work.people_list import as_seen, is_own
from zonemap.work.permissions import Permission, Place, require
from zonemap.work.second_factor import begin_half, remove_every
from zonemap.work.sessions import begin_session, hash_of
from zonemap.work.throttle import OF_ACCOUNT, OF_ADDRESS, Limit, refill, spend

FIRST_LINK_LIVES = timedelta(minutes=15)
INVITATION_LIVES = timedelta(hours=24)
CLOCK_SLACK = timedelta(minutes=5)  # clocks of several servers differ, and are set right

_MANAGE = Permission.MANAGE_PEOPLE
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+")


# --- signing in --------------------------------------------------------------------------------------------------


def sign_in(
    store: Store,
    email: str,
    password: str,
    *,
    address: str,
    token: str,
    now: datetime,
    only_administrators: bool = False,
    device: DeviceKind = DeviceKind.UNKNOWN,
) -> Account:
    """Begin a session under ``token``, or half of one where a second factor is on (``second_factor.is_half``).

    ``address`` is where it comes from, for counting only. ``only_administrators``: everybody else signs in by their
    organization's account.

    Raises Invalid when they do not belong together, in equal time and words for names that are unknown;
    Busy, with ``retry_after_s``, after too many tries.
    """
    email = email.strip().lower()
    left = _count_try(store, email, address, now)
    with store.read() as books:
        found = books.accounts.by_email(email)
    right = is_password(found[1] if found else None, password)
    if found is None or not right or not found[0].active or (only_administrators and not _manages(found[0])):
        raise Invalid(
            f"The email and the password do not belong together. {_tries(left)}",
            fields={"password": "Type the password again."},
        )
    mark = mark_of(email, address)
    with store.begin() as books:
        refill(books, OF_ACCOUNT, email, now)
        note_known(books, found[0].id, mark, now)
        let_in(books, found[0].id, token, now, device)
    return found[0]


def let_in(books: Books, account_id: str, token: str, now: datetime, device: DeviceKind = DeviceKind.UNKNOWN) -> None:
    """Sign in whose password or link was right; with a second factor, halfway only."""
    if not begin_half(books, account_id, token, now):
        begin_session(books, account_id, token, now, device=device)


def _count_try(store: Store, email: str, address: str, now: datetime) -> int:
    """How many tries are left. Raises Busy; but where this person signs in as a rule, others cannot use theirs up."""
    with store.begin() as books:
        from_there = spend(books, OF_ADDRESS, network_of(address), now)
        of_account = spend(books, OF_ACCOUNT, email, now)
    if of_account.wait_s and not from_there.wait_s:
        of_account = tries_from_known(store, email, address, now) or of_account
    wait_s = max(from_there.wait_s, of_account.wait_s)
    if wait_s:
        minutes = max(1, round(wait_s / 60))
        raise Busy(f"Too many tries. Wait {_count(minutes, 'minute')}, then try again.", retry_after_s=wait_s)
    return of_account.left


def _tries(left: int) -> str:
    if left > 3:
        return "Check both and try again."
    return f"{_count(left, 'try is', 'tries are')} left before a pause of some minutes."


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


# --- one-time links ----------------------------------------------------------------------------------------------


def first_link(store: Store, now: datetime, new_token: str) -> str | None:
    """Keep a link for making the first administrator, and give its token back; None when somebody has an account.

    It works once, for 15 minutes; an earlier one stops working, also that of another server.
    """
    with store.begin() as books:
        if books.accounts.any():
            return None
        books.links.wait_for_first()
        books.links.add(Link(hash_of(new_token), LinkPurpose.FIRST, None, now + FIRST_LINK_LIVES))
    return new_token


def open_link(store: Store, token: str, purpose: LinkPurpose, now: datetime) -> Account | None:
    """Whom a link is for; None for the first link. Changes nothing. Raises NotFound when it does not work."""
    with store.read() as books:
        link = _working(books.links.find(hash_of(token)), purpose, now)
        if purpose is LinkPurpose.FIRST and books.accounts.any():
            raise _link_over()
        return None if link.account_id is None else books.accounts.get(link.account_id)


def make_first(
    store: Store,
    link: str,
    account: Account,
    password: str,
    *,
    session_token: str,
    now: datetime,
    device: DeviceKind = DeviceKind.UNKNOWN,
) -> Account:
    """Make the first administrator with the first link, and sign them in. Raises NotFound, Invalid."""
    account = _checked(replace(account, roles=frozenset({Role.ADMINISTRATOR}), site_roles=frozenset(), active=True))
    _accept_password(password, account)
    kept = hash_password(password)
    with store.begin() as books:
        _working(books.links.take(hash_of(link)), LinkPurpose.FIRST, now)
        if books.accounts.any():
            raise _link_over()
        books.accounts.add(account, kept)
        begin_session(books, account.id, session_token, now, device=device)
    return account


def accept_invitation(
    store: Store,
    link: str,
    password: str,
    *,
    session_token: str,
    now: datetime,
    device: DeviceKind = DeviceKind.UNKNOWN,
    only_administrators: bool = False,
) -> Account:
    """Choose a password with an invitation and sign in as ``sign_in`` does; older sessions end.

    Raises NotFound, Invalid.
    """
    account = open_link(store, link, LinkPurpose.INVITATION, now)
    if account is None:
        raise _link_over()
    if only_administrators and not _manages(account):
        sentence = "Passwords are for administrators here. Sign in with your organization’s account."
        raise Invalid(sentence, fields={"password": sentence})
    _accept_password(password, account)
    kept = hash_password(password)
    with store.begin() as books:
        _working(books.links.take(hash_of(link)), LinkPurpose.INVITATION, now)
        account = books.accounts.get(account.id)
        if not account.active:
            raise _link_over()
        books.accounts.set_password(account.id, kept)
        books.sessions.end_all(account.id)
        let_in(books, account.id, session_token, now, device)
    return account


def _working(link: Link | None, purpose: LinkPurpose, now: datetime) -> Link:
    # One that ends later than any made now was made while the clock was ahead: it must not live for so long.
    lives = FIRST_LINK_LIVES if purpose is LinkPurpose.FIRST else INVITATION_LIVES
    if link is None or link.purpose is not purpose or not now < link.expires_at <= now + lives + CLOCK_SLACK:
        raise _link_over()
    return link


def _link_over() -> NotFound:
    return NotFound("This link has been used, or its time is over. Ask for a new one.")


# --- people ------------------------------------------------------------------------------------------------------


def person(store: Store, actor: Actor, account_id: str) -> Account:
    """One of them, whom the actor may change. Raises NotFound, Forbidden."""
    require(actor, _MANAGE, at=Place.ANYWHERE)
    with store.read() as books:
        return _own(books, actor, account_id)


def invite(store: Store, actor: Actor, account: Account, *, new_token: str, now: datetime) -> str:
    """Add a person, and give the token of their invitation. Raises Invalid with the fields."""
    require(actor, _MANAGE, at=Place.ANYWHERE)
    account = _checked(account)
    _require_roles(actor, account)
    with store.begin() as books:
        _check_sites(books, account)
        try:
            books.accounts.add(account, None)
        except Conflict as error:
            raise Invalid(error.message, fields={"email": error.message}) from error
        _invite(books, account, new_token, now)
    return new_token


def renew_invitation(store: Store, actor: Actor, account_id: str, *, new_token: str, now: datetime) -> str:
    """Give a person a new link for choosing a password; an older one stops working. Raises NotFound, Invalid."""
    require(actor, _MANAGE, at=Place.ANYWHERE)
    with store.begin() as books:
        account = _own(books, actor, account_id)
        if not account.active:
            raise Invalid("This person may not sign in. Let them in again first.")
        books.sso_bindings.forget(account.id)  # whoever has the new link may come by another account, too
        _invite(books, account, new_token, now)
    return new_token


def remove_second_factor(store: Store, actor: Actor, account_id: str) -> None:
    """Turn off the app and the passkeys of somebody who has lost them; their sessions end.

    Raises NotFound, Forbidden.
    """
    require(actor, _MANAGE, at=Place.ANYWHERE)
    with store.begin() as books:
        account = _own(books, actor, account_id)
        remove_every(books, account.id)
        books.sessions.end_all(account.id)


def has_second_factor(store: Store, actor: Actor, account_id: str) -> bool:
    """Whether somebody whom the actor may change has one. Raises NotFound, Forbidden."""
    require(actor, _MANAGE, at=Place.ANYWHERE)
    with store.read() as books:
        return has_factor(books, _own(books, actor, account_id).id)


def _invite(books: Books, account: Account, token: str, now: datetime) -> None:
    books.links.forget(expired_before=now)
    books.links.add(Link(hash_of(token), LinkPurpose.INVITATION, account.id, now + INVITATION_LIVES))


def change_person(store: Store, actor: Actor, account: Account) -> Account:
    """Change name, roles, and whether somebody may sign in; a change of roles or of that signs them out.

    Raises NotFound, Forbidden; Invalid, also where nobody would be left to manage people.
    """
    require(actor, _MANAGE, at=Place.ANYWHERE)
    account = _checked(account)
    with store.begin() as books:
        before = _own(books, actor, account.id)
        _require_roles(actor, account)
        _check_sites(books, account)
        account = replace(account, email=before.email)
        if _manages(before) and not _manages(account) and books.accounts.active_administrators() == 1:
            raise Invalid("This is the only administrator. Make somebody else an administrator first.")
        books.accounts.save(account)
        if _standing(account) != _standing(before):
            books.sessions.end_all(account.id)
    return account


def _standing(account: Account) -> tuple[object, ...]:
    return account.roles, account.site_roles, account.active


def _own(books: Books, actor: Actor, account_id: str) -> Account:
    """An account that the actor may change. Raises NotFound where they may not even know of it, Forbidden."""
    account = books.accounts.get(account_id)
    if as_seen(actor, account) is None:
        raise NotFound("There is no such person.")
    if not is_own(actor, account):
        raise Forbidden("This person has a role elsewhere, too. Ask an administrator of the whole organization.")
    return account


def _require_roles(actor: Actor, account: Account) -> None:
    """Let nobody give more than they hold: roles for all facilities, or at one that they do not manage."""
    if account.roles:
        require(actor, _MANAGE, at=Place.ORGANIZATION)
    for site, _ in account.site_roles:
        require(actor, _MANAGE, at=site)


def _check_sites(books: Books, account: Account) -> None:
    for site in {site for site, _ in account.site_roles}:
        books.facilities.get(site)


def _manages(account: Account) -> bool:
    return account.active and Role.ADMINISTRATOR in account.roles


def change_own_password(store: Store, actor: Actor, old: str, new: str, *, session_token: str, now: datetime) -> None:
    """Change one's own password; all other sessions end. Raises Invalid with the fields, Busy after too many tries."""
    require(actor, Permission.OWN_ACCOUNT, at=Place.ANYWHERE)
    limit = Limit("password", 10)
    with store.begin() as books:
        account, kept = books.accounts.get(actor.account_id), books.accounts.password_hash(actor.account_id)
        tries = spend(books, limit, actor.account_id, now)
    if tries.wait_s:
        raise Busy("Too many tries. Wait some minutes, then try again.", retry_after_s=tries.wait_s)
    if not is_password(kept, old):
        sentence = "This is not your password of today. Type it again."
        raise Invalid(sentence, fields={"old": sentence})
    _accept_password(new, account, field="new")
    changed = hash_password(new)
    with store.begin() as books:
        books.accounts.set_password(account.id, changed)
        books.sessions.end_all(account.id, but=(hash_of(session_token),))


def own_account(store: Store, actor: Actor) -> Account:
    """One's own account. Raises Forbidden when it is gone."""
    require(actor, Permission.OWN_ACCOUNT, at=Place.ANYWHERE)
    with store.read() as books:
        account = books.accounts.find(actor.account_id)
    if account is None:
        raise Forbidden("Your account is gone. Ask an administrator.")
    return account


def _checked(account: Account) -> Account:
    cleaned = replace(account, name=account.name.strip(), email=account.email.strip().lower())
    fields = {}
    if not cleaned.name:
        fields["name"] = "Type a name, or a role such as Front desk."
    if not _EMAIL.fullmatch(cleaned.email) or len(cleaned.email) > 200:
        fields["email"] = "Type an email address, such as dana@clinic.example."
    if not cleaned.any_roles:
        fields["roles"] = "Choose at least one role."
    if fields:
        raise Invalid("Not everything is filled in yet.", fields=fields)
    return cleaned


def _accept_password(password: str, account: Account, *, field: str = "password") -> None:
    problem = password_problem(password[: MOST + 1], (account.name, account.email))
    if problem:
        raise Invalid(problem, fields={field: problem})
