"""The advisor for a facility: what may become private, and which doors then part it from public space."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from zonemap.errors import Conflict, Invalid, NotFound
from zonemap.geometry.access import AccessGraph, Place, access_graph
from zonemap.geometry.advisor import FEWEST_DOORS, Plan, Wishes, next_best, plans
from zonemap.geometry.rings import room_area
from zonemap.model.facility import Facility
from zonemap.model.person import Actor
from zonemap.model.plan import Floor
from zonemap.model.record import canonical, digest
from zonemap.model.zone import ZoneClass
from zonemap.rules.pack import pack_for
from zonemap.rules.suggest import read_rooms
from zonemap.storage.store import Store
from zonemap.work.permissions import Permission, require


@dataclass(frozen=True, slots=True)
class Advice:
    """Proposals, the fewest doors first, and the next best to the first.

    ``share_now`` is the private share of the rooms' area as it is drawn.
    """

    facility: Facility
    floors: tuple[Floor, ...]
    wishes: Wishes
    share_now: float
    plans: tuple[Plan, ...]
    others: tuple[Plan, ...]
    versions: Mapping[str, int]


def advice(store: Store, actor: Actor, facility_id: str, pinned: Collection[Place] | None = None) -> Advice:
    """What the advisor proposes for the newest drafts. ``pinned`` stays public; None: told by the rooms' function."""
    require(actor, Permission.SEE_PLANS, at=facility_id)
    with store.read() as books:
        facility = books.facilities.get(facility_id)
        drafts = books.floors.list(facility_id)
    floors = tuple(saved.floor for saved in drafts)
    graph = access_graph(floors)
    wishes = wishes_for(facility, floors, pinned)
    found = plans(graph, wishes)
    known = {plan.public for plan in found}
    others = next_best(graph, wishes, found[0], FEWEST_DOORS)
    others = tuple(plan for plan in others if plan.public not in known)
    return Advice(
        facility, floors, wishes, private_share(graph), found, others, {d.floor.id: d.version for d in drafts}
    )


def wishes_for(facility: Facility, floors: Sequence[Floor], pinned: Collection[Place] | None = None) -> Wishes:
    """What must be public and what private, by what the rooms are for. What a person pins outweighs its function."""
    pack = pack_for(facility.state, facility.site_kind)
    public: set[Place] = set()
    private: set[Place] = set()
    for floor in floors:
        for suggestion in read_rooms(floor.rooms, floor.doors, pack, again=True).suggestions:
            side = private if suggestion.zone_class.is_closed else public
            side.update((floor.id, room_id) for room_id in suggestion.room_ids)
    if pinned is not None:
        public = set(pinned)
    return Wishes(frozenset(public), frozenset(private - public))


@dataclass(frozen=True, slots=True)
class Step:
    """One floor that a plan has changed: its version before, and the one that the plan made."""

    floor_id: str
    before: int
    after: int


def take(
    store: Store,
    actor: Actor,
    facility_id: str,
    key: str,
    versions: Mapping[str, int],
    pinned: Collection[Place] | None,
    *,
    now: datetime,
) -> tuple[Step, ...]:
    """Give every room the class it has in the plan of that key. All floors are changed, or none.

    Raises Conflict when a floor was saved after the ``versions`` that were looked at, Invalid where the plan is none
    of those that follow from them.
    """
    require(actor, Permission.DRAW_PLANS, at=facility_id)
    found = advice(store, actor, facility_id, pinned)
    plan = next((plan for plan in (*found.plans, *found.others) if plan_key(plan) == key), None)
    if found.versions != dict(versions):
        raise Conflict("Somebody changed a plan in the meantime. Look at the proposals again.")
    if plan is None:
        raise Invalid("This proposal is not there any more. Look at the proposals again.")
    steps = []
    with store.begin() as books:
        for floor in found.floors:
            changed = _with_plan(floor, plan)
            if changed != floor:
                before = versions[floor.id]
                saved = books.floors.save(changed, before, saved_at=now, saved_by=actor.name)
                steps.append(Step(floor.id, before, saved.version))
    return tuple(steps)


def take_back(store: Store, actor: Actor, facility_id: str, steps: Sequence[Step], *, now: datetime) -> None:
    """Put the floors back to what they were before a plan was taken, as a new version.

    Raises Conflict when somebody has drawn on since, NotFound.
    """
    require(actor, Permission.DRAW_PLANS, at=facility_id)
    with store.begin() as books:
        for step in steps:
            earlier = books.floors.version(step.floor_id, step.before)
            if earlier.floor.facility_id != facility_id:
                raise NotFound("That version of the floor is no longer kept.")
            books.floors.save(earlier.floor, step.after, saved_at=now, saved_by=actor.name)


def _with_plan(floor: Floor, plan: Plan) -> Floor:
    rooms = (replace(room, zone_class=class_in(plan, (floor.id, room.id), room.zone_class)) for room in floor.rooms)
    return replace(floor, rooms=tuple(rooms))


def plan_key(plan: Plan) -> str:
    """Names a plan among those that follow from the same floors."""
    return digest(canonical(sorted(plan.public)))[:16]


def versions_text(versions: Mapping[str, int]) -> str:
    """Floors and versions as one word of a form."""
    return " ".join(f"{floor_id}:{version}" for floor_id, version in sorted(versions.items()))


def versions_from(text: str) -> dict[str, int]:
    """What ``versions_text`` wrote. Raises Invalid."""
    try:
        return {floor_id: int(version) for floor_id, version in (each.split(":") for each in text.split())}
    except ValueError as error:
        raise Invalid("Load the page again.") from error


def steps_text(steps: Sequence[Step]) -> str:
    """Steps as one word of an address."""
    return ",".join(f"{step.floor_id}:{step.before}:{step.after}" for step in steps)


def steps_from(text: str) -> tuple[Step, ...]:
    """What ``steps_text`` wrote. Raises Invalid."""
    try:
        parts = [each.split(":") for each in text.split(",")]
        return tuple(Step(floor_id, int(before), int(after)) for floor_id, before, after in parts)
    except ValueError as error:
        raise Invalid("Load the page again.") from error


def private_share(graph: AccessGraph) -> float:
    """The share of the rooms' area whose class is closed, 0 to 1."""
    areas = {place: room_area(room) for place, room in graph.rooms.items()}
    closed = sum(areas[place] for place, room in graph.rooms.items() if room.zone_class.is_closed)
    whole = sum(areas.values())
    return closed / whole if whole else 0.0


def class_in(plan: Plan, place: Place, now: ZoneClass) -> ZoneClass:
    """What a room becomes if the plan is taken: its own closed class is kept."""
    if place in plan.public:
        return ZoneClass.PUBLIC
    return now if now.is_closed else ZoneClass.PRIVATE
