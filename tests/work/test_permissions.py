"""Who may do what: the table, cell by cell, written down a second time on purpose."""

from __future__ import annotations

import pytest

from zonemap.errors import Forbidden
from zonemap.model.person import Actor, Role
from zonemap.work.permissions import ROLES, Permission, Place, may, require

# One letter a role: administrator, manager, responder, desk. A change of the table has to be made here, too.
TABLE = {
    Permission.SEE_HOME: "AMRD",
    Permission.SET_FACILITY: "AM",
    Permission.SEE_PLANS: "AMR",
    Permission.DRAW_PLANS: "AM",
    Permission.DESIGNATE: "AM",
    Permission.REVIEW: "AMR",
    Permission.PRINT_SIGNS: "AMR",
    Permission.CHECK_WALL: "AMR",
    Permission.ANSWER_ALERT: "AR",
    Permission.USE_DESK: "AMRD",
    Permission.SET_UP_DESK: "AM",
    Permission.SET_CONTACTS: "AR",
    Permission.RECORD_VISITS: "ARD",
    Permission.READ_VISITS: "AR",
    Permission.KEEP_VISITS: "A",
    Permission.MANAGE_TRAINING: "AMR",
    Permission.OWN_TRAINING: "AMRD",
    Permission.EDIT_PROTOCOL: "AR",
    Permission.APPROVE_PROTOCOL: "A",
    Permission.SEE_BACKUPS: "A",
    Permission.SEE_READINESS: "AMR",
    Permission.MANAGE_PEOPLE: "A",
    Permission.REVIEW_LAW: "A",
    Permission.OWN_ACCOUNT: "AMRD",
}
CELLS = [(permission, role) for permission in Permission for role in Role]


def test_every_permission_is_in_the_table():
    assert set(TABLE) == set(Permission) == set(ROLES)


@pytest.mark.parametrize(("permission", "role"), CELLS)
def test_a_role_may_what_the_table_says_and_nothing_else(permission, role):
    someone = Actor("a" * 32, "Ana", frozenset({role}))

    assert may(someone, permission, at=Place.ORGANIZATION) == (role.value[0].upper() in TABLE[permission])


@pytest.mark.parametrize("permission", list(Permission))
def test_nobody_may_anything_without_a_role(permission):
    with pytest.raises(Forbidden, match="Ask an administrator"):
        require(Actor("a" * 32, "Ana", frozenset()), permission, at=Place.ORGANIZATION)


def test_two_roles_may_what_either_may():
    both = Actor("a" * 32, "Ana", frozenset({Role.MANAGER, Role.RESPONDER}))

    assert may(both, Permission.DRAW_PLANS, at="a" * 32)
    assert may(both, Permission.SET_CONTACTS, at="a" * 32)
    assert not may(both, Permission.MANAGE_PEOPLE, at="a" * 32)
