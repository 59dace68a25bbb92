"""Who may do what, on one page. What is not listed here is refused."""

from __future__ import annotations

from enum import StrEnum

from zonemap.errors import Forbidden, NotFound
from zonemap.model.person import Actor, Role

_ADMIN, _MANAGER, _RESPONDER, _DESK = Role.ADMINISTRATOR, Role.MANAGER, Role.RESPONDER, Role.DESK


class Permission(StrEnum):
    """Each thing that somebody can be allowed to do."""

    SEE_HOME = "see the list of facilities"
    SET_FACILITY = "add a facility or change its name, address, state and kind"
    SEE_PLANS = "see floor plans and zones"
    DRAW_PLANS = "upload plans, set the scale, draw rooms and doors, mark zones"
    DESIGNATE = "freeze a numbered revision of a floor"
    REVIEW = "approve a floor that you were asked to look at, or send it back"
    PRINT_SIGNS = "see and download signs, maps and schedules"
    CHECK_WALL = "tick off what hangs on the walls, with photos"
    USE_DESK = "use the desk"
    SET_UP_DESK = "pair the desk's computers, and set how long it waits for an answer"
    SET_CONTACTS = "change whom the desk calls"
    REVIEW_LAW = "record that counsel has read the rules, or add lines that nobody may cross"
    RECORD_VISITS = "write down a visit by officers"
    READ_VISITS = "read the records of visits, and take copies"
    KEEP_VISITS = "say how long records of visits are kept, and put a legal hold on them"
    MANAGE_TRAINING = "assign training and see everybody's"
    OWN_TRAINING = "see your own training"
    EDIT_PROTOCOL = "change the response protocol"
    APPROVE_PROTOCOL = "record that counsel has approved the words to patients"
    MANAGE_PEOPLE = "add people, change their roles, remove them"
    OWN_ACCOUNT = "change your own password"


ROLES: dict[Permission, frozenset[Role]] = {
    Permission.SEE_HOME: frozenset({_ADMIN, _MANAGER, _RESPONDER, _DESK}),
    Permission.SET_FACILITY: frozenset({_ADMIN, _MANAGER}),
    Permission.SEE_PLANS: frozenset({_ADMIN, _MANAGER, _RESPONDER}),
    Permission.DRAW_PLANS: frozenset({_ADMIN, _MANAGER}),
    Permission.DESIGNATE: frozenset({_ADMIN, _MANAGER}),
    Permission.REVIEW: frozenset({_ADMIN, _MANAGER, _RESPONDER}),
    Permission.PRINT_SIGNS: frozenset({_ADMIN, _MANAGER, _RESPONDER}),
    Permission.CHECK_WALL: frozenset({_ADMIN, _MANAGER, _RESPONDER}),
    Permission.USE_DESK: frozenset({_ADMIN, _MANAGER, _RESPONDER, _DESK}),
    Permission.SET_UP_DESK: frozenset({_ADMIN, _MANAGER}),
    Permission.SET_CONTACTS: frozenset({_ADMIN, _RESPONDER}),
    Permission.REVIEW_LAW: frozenset({_ADMIN}),
    Permission.RECORD_VISITS: frozenset({_ADMIN, _RESPONDER, _DESK}),
    Permission.READ_VISITS: frozenset({_ADMIN, _RESPONDER}),
    Permission.KEEP_VISITS: frozenset({_ADMIN}),
    Permission.MANAGE_TRAINING: frozenset({_ADMIN, _MANAGER, _RESPONDER}),
    Permission.OWN_TRAINING: frozenset({_ADMIN, _MANAGER, _RESPONDER, _DESK}),
    Permission.EDIT_PROTOCOL: frozenset({_ADMIN, _RESPONDER}),
    Permission.APPROVE_PROTOCOL: frozenset({_ADMIN}),
    Permission.MANAGE_PEOPLE: frozenset({_ADMIN}),
    Permission.OWN_ACCOUNT: frozenset({_ADMIN, _MANAGER, _RESPONDER, _DESK}),
}


def may(actor: Actor, permission: Permission) -> bool:
    """Whether one of the actor's roles carries the permission. A paired computer may use the desk, and that is all."""
    if actor.desk_of is not None:
        return permission is Permission.USE_DESK
    return bool(actor.roles & ROLES[permission])


def require(actor: Actor, permission: Permission) -> None:
    """Raise Forbidden, with a sentence, unless the actor may."""
    if not may(actor, permission):
        raise Forbidden(f"Your role does not let you {permission.value}. Ask an administrator.", permission=permission)


def require_desk(actor: Actor, facility_id: str) -> None:
    """Raise Forbidden unless the actor may use the desk; NotFound for a computer of another facility's desk."""
    require(actor, Permission.USE_DESK)
    if actor.desk_of not in (None, facility_id):
        raise NotFound("There is no such facility.")
