"""The advisor for a facility: what may become private, and which doors then part it from public space."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from zonemap.geometry.access import AccessGraph, Place, access_graph
from zonemap.geometry.advisor import FEWEST_DOORS, Plan, Wishes, next_best, plans
from zonemap.geometry.rings import room_area
from zonemap.model.facility import Facility
from zonemap.model.person import Actor
from zonemap.model.plan import Floor
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


def advice(store: Store, actor: Actor, facility_id: str, pinned: Collection[Place] | None = None) -> Advice:
    """What the advisor proposes for the newest drafts. ``pinned`` stays public; None: told by the rooms' function."""
    require(actor, Permission.SEE_PLANS)
    with store.read() as books:
        facility = books.facilities.get(facility_id)
        floors = tuple(saved.floor for saved in books.floors.list(facility_id))
    graph = access_graph(floors)
    wishes = wishes_for(facility, floors, pinned)
    found = plans(graph, wishes)
    known = {plan.public for plan in found}
    others = next_best(graph, wishes, found[0], FEWEST_DOORS)
    others = tuple(plan for plan in others if plan.public not in known)
    return Advice(facility, floors, wishes, private_share(graph), found, others)


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
