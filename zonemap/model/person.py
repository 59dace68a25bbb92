"""Accounts and roles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who may do what stands in ``work/permissions.py``."""

    ADMINISTRATOR = "administrator"
    MANAGER = "manager"  # plans, signs
    RESPONDER = "responder"  # records, roster
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Account:
    """A person who can sign in. The password's hash never leaves storage but to be checked."""

    id: str
    name: str
    email: str
    roles: frozenset[Role]
    active: bool = True


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is acting: handed to every function of ``work``.

    ``desk_of`` is the id of a facility where this is no person but that facility's paired desk computer.
    """

    account_id: str
    name: str
    roles: frozenset[Role]
    desk_of: str | None = None
