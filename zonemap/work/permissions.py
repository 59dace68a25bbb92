"""Who may do what, and where, on one page. What is not listed here is refused."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, StrEnum

from zonemap.errors import Forbidden, NotFound
from zonemap.model.facility import Facility
from zonemap.model.person import Actor, Role
from zonemap.model.plan import FloorVersion
from zonemap.storage.store import Books

NO_FACILITY = "There is no such facility."

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
    ANSWER_ALERT = "say that you come when the desk calls"
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
    SEE_BACKUPS = "see when backups were made"
    SEE_READINESS = "see how ready a facility is, and say what only people can say of it"
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
    Permission.ANSWER_ALERT: frozenset({_ADMIN, _RESPONDER}),
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
    Permission.SEE_BACKUPS: frozenset({_ADMIN}),
    Permission.SEE_READINESS: frozenset({_ADMIN, _MANAGER, _RESPONDER}),
    Permission.MANAGE_PEOPLE: frozenset({_ADMIN}),
    Permission.OWN_ACCOUNT: frozenset({_ADMIN, _MANAGER, _RESPONDER, _DESK}),
}


class Place(Enum):
    """Where something is asked for that is not at one facility."""

    ORGANIZATION = "the organization itself: only a role for all of it counts"
    ANYWHERE = "at any facility: a list follows that holds only what is the actor's own"


Where = str | Place  # the id of a facility, or one of those


def may(actor: Actor, permission: Permission, *, at: Where) -> bool:
    """Whether one of the actor's roles there carries the permission.

    A paired computer may use the desk of its own facility, and that is all. Who has to set up a second factor first
    may do that, whatever their roles.
    """
    if actor.desk_of is not None:
        return permission is Permission.USE_DESK and at in (actor.desk_of, Place.ANYWHERE)
    if actor.sets_up and permission is Permission.OWN_ACCOUNT:
        return True
    return bool(_roles(actor, at) & ROLES[permission])


def require(actor: Actor, permission: Permission, *, at: Where) -> None:
    """Raise unless the actor may do this there. Every function of ``work`` that takes an actor begins with it.

    Raises NotFound where they have no role at that facility, in the same words as for one that does not exist;
    Forbidden, with a sentence, where their role does not let them.
    """
    if may(actor, permission, at=at):
        return
    if not isinstance(at, Place) and not is_of(actor, at):
        raise NotFound(NO_FACILITY)
    raise Forbidden(f"Your role does not let you {permission.value}. Ask an administrator.", permission=permission)


def is_of(actor: Actor, facility_id: str) -> bool:
    """Whether a facility is one of the actor's own: all the others do not exist for them."""
    if actor.desk_of is not None:
        return actor.desk_of == facility_id
    return bool(actor.roles_at(facility_id))


def require_floor(books: Books, actor: Actor, permission: Permission, floor_id: str) -> FloorVersion:
    """A floor's newest version, for who may do this at its facility.

    Raises NotFound as for no such floor where the facility is none of the actor's; Forbidden.
    """
    saved = books.floors.get(floor_id)
    require_own(actor, saved.floor.facility_id, "There is no such floor.")
    require(actor, permission, at=saved.floor.facility_id)
    return saved


def require_own(actor: Actor, facility_id: str | None, sentence: str) -> None:
    """Raise NotFound with the sentence that stands for nothing there, unless the facility is one of the actor's."""
    if facility_id is None or not is_of(actor, facility_id):
        raise NotFound(sentence)


def own_facilities(actor: Actor, permission: Permission, found: Iterable[Facility]) -> list[Facility]:
    """Those where the actor may do this, in the same order."""
    return [each for each in found if may(actor, permission, at=each.id)]


def sites_where(actor: Actor, permission: Permission) -> frozenset[str] | None:
    """The ids of the facilities where the actor may do this; None where it is all of them."""
    if may(actor, permission, at=Place.ORGANIZATION):
        return None
    if actor.desk_of is not None:
        return frozenset({actor.desk_of}) if may(actor, permission, at=actor.desk_of) else frozenset()
    return frozenset(site for site, _ in actor.site_roles if may(actor, permission, at=site))


def _roles(actor: Actor, at: Where) -> frozenset[Role]:
    if at is Place.ORGANIZATION:
        return actor.roles
    return actor.any_roles if isinstance(at, Place) else actor.roles_at(at)
