"""Who has an account, page by page, as far as the reader may know of them; and the facilities where they can be one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from zonemap.model.access import LinkPurpose
from zonemap.model.facility import Facility
from zonemap.model.page import ON_A_PAGE, Page, first_of
from zonemap.model.person import Account, Actor
from zonemap.storage.store import Store
from zonemap.work.factor_rule import accounts_with_factor
from zonemap.work.permissions import Permission, Place, may, require, sites_where

_FOUND_MOST = 20  # facilities that a search for a person's roles shows
_MANAGE = Permission.MANAGE_PEOPLE


@dataclass(frozen=True, slots=True)
class Person:
    """An account as the people page lists it, with the roles that its reader may know of.

    ``invited``: an unused link is out; ``can_sign_in``: has a password; ``own``: the reader may change it;
    ``has_factor``: has a second one, as far as the reader may know.
    """

    account: Account
    invited: bool
    can_sign_in: bool
    own: bool = True
    has_factor: bool = False


def people(store: Store, actor: Actor, now: datetime, *, search: str = "", page: int = 1) -> Page[Person]:
    """A page of everybody, by name; for who manages the people of some facilities only, of those who are something
    there. With ``search`` those whose name or email has all of its words.
    """
    require(actor, _MANAGE, at=Place.ANYWHERE)
    own = sites_where(actor, _MANAGE)
    with store.read() as books:
        found = books.accounts.page(own, search, first=first_of(page), most=ON_A_PAGE)
        ids = [each.id for each in found]
        invited, chosen = books.links.open_for(LinkPurpose.INVITATION, now, ids), books.accounts.with_password(ids)
        having = accounts_with_factor(books, ids)
        whole = books.accounts.count(own, search)
    seen = ((account, as_seen(actor, account)) for account in found)
    shown = tuple(
        Person(each, account.id in invited, account.id in chosen, is_own(actor, account), account.id in having)
        for account, each in seen
        if each is not None
    )
    return Page(shown, max(1, page), whole)


def facilities_of(store: Store, actor: Actor, shown: Iterable[Person]) -> Mapping[str, str]:
    """The names of the facilities where these are something, by id; those only whose people the actor manages."""
    require(actor, _MANAGE, at=Place.ANYWHERE)
    ids = {site for each in shown for site, _ in each.account.site_roles if may(actor, _MANAGE, at=site)}
    with store.read() as books:
        return {each.id: each.name for each in books.facilities.some(ids)}


def managed_facilities(store: Store, actor: Actor, *, chosen: Collection[str] = (), search: str = "") -> Page[Facility]:
    """Those whose people the actor manages, by name, as far as they fit on a page; of many, those ``chosen`` already
    and those whose name or address has all words of ``search``.
    """
    require(actor, _MANAGE, at=Place.ANYWHERE)
    own = sites_where(actor, _MANAGE)
    with store.read() as books:
        whole = books.facilities.count(own)
        if whole <= ON_A_PAGE:
            return Page(tuple(books.facilities.page(own, "", first=0, most=ON_A_PAGE)), 1, whole)
        known = books.facilities.some([site for site in chosen if may(actor, _MANAGE, at=site)])
        found = books.facilities.page(own, search, first=0, most=_FOUND_MOST) if search else []
    return Page((*known, *(each for each in found if each not in known)), 1, whole)


def as_seen(actor: Actor, account: Account) -> Account | None:
    """The account with those of its roles that the actor may know of; None where that is none."""
    if may(actor, _MANAGE, at=Place.ORGANIZATION):
        return account
    at_own = frozenset(each for each in account.site_roles if may(actor, _MANAGE, at=each[0]))
    return replace(account, site_roles=at_own) if account.roles or at_own else None


def is_own(actor: Actor, account: Account) -> bool:
    """Whether all that somebody is lies where the actor manages people: a new link is a key to all of it."""
    if may(actor, _MANAGE, at=Place.ORGANIZATION):
        return True
    sites = {site for site, _ in account.site_roles}
    return not account.roles and bool(sites) and all(may(actor, _MANAGE, at=site) for site in sites)
