"""Signing in by the organization's own account. It opens what an administrator has opened here, and nothing else.

Nobody gets an account or a role by it: the person must have been invited here, under the same e-mail address. At the
first sign-in the two accounts are bound; an address that the organization later gives to somebody else opens nothing.
"""

from __future__ import annotations

from datetime import datetime

from zonemap.errors import Busy
from zonemap.model.access import DeviceKind
from zonemap.model.person import Account
from zonemap.model.sso import SingleSignOn, Vouched
from zonemap.storage.store import Books, Store
from zonemap.work.accounts import let_in
from zonemap.work.sessions import begin_session, hash_of
from zonemap.work.sso_provider import NotProved
from zonemap.work.throttle import Limit, spend

_OF_ADDRESS = Limit("sso", 120)  # a clinic shares one
_NOT_KNOWN = "Nobody has been invited here under your organization’s e-mail address. Ask an administrator of zonemap."
_NOT_VERIFIED = "Your organization has not made sure that your e-mail address is yours. Ask its help desk."
_OTHER = (
    "This person has signed in by another account of your organization before. "
    "Ask an administrator of zonemap for a new link."
)


def count_sign_in(store: Store, address: str, now: datetime) -> None:
    """Count one sign-in from an address, before the provider is asked. Raises Busy after too many."""
    with store.begin() as books:
        tries = spend(books, _OF_ADDRESS, address, now)
    if tries.wait_s:
        raise Busy("Too many tries. Wait some minutes, then try again.", retry_after_s=tries.wait_s)


def sign_in_vouched(
    store: Store,
    sso: SingleSignOn,
    vouched: Vouched,
    *,
    token: str,
    now: datetime,
    device: DeviceKind = DeviceKind.UNKNOWN,
) -> Account:
    """Begin a session under ``token``; or half of one, where a second factor is on and the provider's does not count.

    Raises NotProved, with what to do.
    """
    email = vouched.email.strip().lower()
    if not vouched.email_verified:
        raise NotProved(_NOT_VERIFIED)
    if email.rpartition("@")[2] not in sso.domains:
        raise NotProved(_NOT_KNOWN)
    subject = hash_of(f"{sso.issuer}\n{vouched.subject}")
    with store.begin() as books:
        account = _account(books, email, subject, now)
        books.sso_bindings.note(account.id, " ".join(sorted(vouched.methods))[:200])
        if sso.factors & vouched.methods:
            begin_session(books, account.id, token, now, device=device)
        else:
            let_in(books, account.id, token, now, device)
    return account


def _account(books: Books, email: str, subject: str, now: datetime) -> Account:
    """The account that is bound to the subject; else the one with that address, which is bound now."""
    found = books.accounts.by_email(email)
    if found is None or not found[0].active:
        raise NotProved(_NOT_KNOWN)
    account, bound = found[0], books.sso_bindings.subject_of(found[0].id)
    if bound is None and books.sso_bindings.account_of(subject) is None:
        books.sso_bindings.bind(account.id, subject, now)
    elif bound != subject:
        raise NotProved(_OTHER)
    return account
