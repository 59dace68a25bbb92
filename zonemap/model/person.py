"""Accounts and roles: for the whole organization, or at a facility."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who may do what stands in ``work/permissions.py``."""

    ADMINISTRATOR = "administrator"
    MANAGER = "manager"  # plans, signs
    RESPONDER = "responder"  # records, roster
    DESK = "desk"


SiteRole = tuple[str, Role]  # the id of a facility, and what somebody is there


@dataclass(frozen=True, slots=True)
class Account:
    """A person who can sign in. The password's hash never leaves storage but to be checked.

    ``roles`` count at every facility, ``site_roles`` at the one that they name and nowhere else.
    """

    id: str
    name: str
    email: str
    roles: frozenset[Role]
    active: bool = True
    site_roles: frozenset[SiteRole] = frozenset()

    def roles_at(self, facility_id: str) -> frozenset[Role]:
        """What somebody is at a facility."""
        return self.roles | {role for site, role in self.site_roles if site == facility_id}

    @property
    def any_roles(self) -> frozenset[Role]:
        """What somebody is anywhere."""
        return self.roles | {role for _, role in self.site_roles}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is acting: handed to every function of ``work``.

    ``desk_of`` is the id of a facility where this is no person but that facility's paired desk computer.
    ``sets_up``: a second factor is asked of them and they have none; their roles are those of the desk until then.
    """

    account_id: str
    name: str
    roles: frozenset[Role]
    desk_of: str | None = None
    site_roles: frozenset[SiteRole] = frozenset()
    sets_up: bool = False

    def roles_at(self, facility_id: str) -> frozenset[Role]:
        """What somebody is at a facility."""
        return self.roles | {role for site, role in self.site_roles if site == facility_id}

    @property
    def any_roles(self) -> frozenset[Role]:
        """What somebody is anywhere."""
        return self.roles | {role for _, role in self.site_roles}
