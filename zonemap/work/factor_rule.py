"""Whether a second factor is asked of somebody: an organization says so by role, and nobody is made to until then.

It is off at first. On one computer at one desk a password behind a locked door is much, and a rule that shuts the only
administrator out of a clinic's plans, because a phone fell into the water, does harm there. The page of people suggests
it; where zonemap is reached over a network it belongs on.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from zonemap.model.person import Account, Actor, Role
from zonemap.storage.store import Books, Store
from zonemap.work.permissions import Permission, Place, require

ASKABLE = (Role.ADMINISTRATOR, Role.MANAGER, Role.RESPONDER)  # never the desk: somebody may stand before it


@dataclass(frozen=True, slots=True)
class Rule:
    """Of which roles a second factor is asked, who has none, and whether the reader has one."""

    roles: frozenset[Role]
    without: tuple[Account, ...]  # who can sign in and is more than the desk, by name
    own: bool


def rule(store: Store, actor: Actor) -> Rule:
    """What is asked today."""
    require(actor, Permission.MANAGE_PEOPLE, at=Place.ORGANIZATION)
    with store.read() as books:
        having, chosen = accounts_with_factor(books), books.accounts.with_password()
        people = tuple(
            each
            for each in books.accounts.everybody()
            if each.active and each.id in chosen and each.id not in having and each.any_roles & set(ASKABLE)
        )
        return Rule(books.second_factors.demanded(), people, actor.account_id in having)


def set_rule(store: Store, actor: Actor, roles: frozenset[Role]) -> None:
    """Ask it of these roles from now on; whoever lacks one can do nothing else until they have set it up."""
    require(actor, Permission.MANAGE_PEOPLE, at=Place.ORGANIZATION)
    with store.begin() as books:
        books.second_factors.demand(roles & set(ASKABLE))


def has_factor(books: Books, account_id: str) -> bool:
    """Whether an account has an app that is set up, or a passkey."""
    factor = books.second_factors.find(account_id)
    return (factor is not None and factor.confirmed_at is not None) or bool(books.passkeys.of(account_id))


def accounts_with_factor(books: Books, ids: Collection[str] | None = None) -> set[str]:
    """The accounts that have one: of all, or of some."""
    return books.second_factors.with_factor(ids) | books.passkeys.accounts(ids)


def is_asked(books: Books, account: Account) -> bool:
    """Whether one is asked of somebody."""
    return bool(account.any_roles & books.second_factors.demanded())


def until_set_up(account: Account) -> Actor:
    """Somebody who has to set one up first: until then they are at the desk what they are there, and nothing else."""
    desk = frozenset({Role.DESK})
    at_sites = frozenset(each for each in account.site_roles if each[1] in desk)
    return Actor(account.id, account.name, account.roles & desk, site_roles=at_sites, sets_up=True)
