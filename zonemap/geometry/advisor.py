"""The advisor: as much of a facility private as possible, behind as few controlled doors as possible.

What a person has pinned stays public, and can be reached from outdoors through public rooms alone. Among all such plans
the cheapest is found: a minimum cut of the access graph (Ford and Fulkerson 1956; here Boykov and Kolmogorov's flow),
and branch and bound over the ways that join the pinned rooms.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import networkx
from networkx.algorithms.flow import boykov_kolmogorov

from zonemap.geometry.access import OUTDOORS, AccessGraph, Passage, Place
from zonemap.geometry.doors import width
from zonemap.geometry.rings import area
from zonemap.model.plan import DoorKind

_DOOR, _WIDE_DOOR, _OPENING, _SHAFT = (
    1.0,
    1.5,
    3.0,
    2.0,
)  # an opening needs a door first; a stair needs one on each floor
_WIDE = 1.5  # metres: two leaves
_STEPS_MOST = 300
_TRIED_MOST = 40  # rooms beside the boundary
_SOURCE: Place = ("", "public")
_SINK: Place = ("", "private")
_UNITS = 100  # flows are whole numbers: square decimetres

FEWEST_DOORS, BALANCED, MOST_PRIVATE = (
    2_000.0,
    60.0,
    0.05,
)  # square metres of public space that one controlled door is worth


@dataclass(frozen=True, slots=True)
class Wishes:
    """What must stay public, and what must be private. Whatever both name is private."""

    public: frozenset[Place]
    private: frozenset[Place]


@dataclass(frozen=True, slots=True)
class Plan:
    """A proposal. Areas in square metres; ``proven`` is False where the search was cut short.

    ``cut_off`` are pinned rooms that no public way can lead to.
    """

    public: frozenset[Place]
    doors: tuple[Passage, ...]  # to be controlled: public on one side, private on the other
    public_area: float
    whole_area: float
    cost: float
    proven: bool
    cut_off: frozenset[Place] = frozenset()

    @property
    def private_share(self) -> float:
        """The share of the rooms' area that is private, 0 to 1."""
        return 1 - self.public_area / self.whole_area if self.whole_area else 0.0


def price(passage: Passage) -> float:
    """How much it takes to control a passage: 1 is a common door."""
    if passage.door is None:
        return _SHAFT
    if passage.door.kind is DoorKind.OPENING:
        return _OPENING
    return _WIDE_DOOR if width(passage.door) >= _WIDE else _DOOR


def plans(graph: AccessGraph, wishes: Wishes) -> tuple[Plan, ...]:
    """Different proposals: the fewest doors, a middle way, the most private space. The same one is given once."""
    found: dict[frozenset[Place], Plan] = {}
    for worth in (FEWEST_DOORS, BALANCED, MOST_PRIVATE):
        plan = advise(graph, wishes, worth)
        found.setdefault(plan.public, plan)
    return tuple(found.values())


def next_best(graph: AccessGraph, wishes: Wishes, best: Plan, door_worth: float, most: int = 3) -> tuple[Plan, ...]:
    """Up to ``most`` other plans, the cheapest first: each lets one free room beside the boundary change sides."""
    ends = {place for passage in best.doors for place in (passage.here, passage.there)}
    free = sorted(ends - wishes.public - wishes.private - {OUTDOORS})[:_TRIED_MOST]
    found: dict[frozenset[Place], Plan] = {}
    for room in free:
        one = frozenset({room})
        other = (
            replace(wishes, private=wishes.private | one)
            if room in best.public
            else replace(wishes, public=wishes.public | one)
        )
        plan = advise(graph, other, door_worth)
        if not plan.cut_off - best.cut_off:
            found.setdefault(plan.public, plan)
    found.pop(best.public, None)
    return tuple(sorted(found.values(), key=lambda plan: plan.cost)[:most])


def advise(graph: AccessGraph, wishes: Wishes, door_worth: float = FEWEST_DOORS) -> Plan:
    """The cheapest plan: public area in square metres, plus ``door_worth`` for each controlled door of price 1."""
    return _Search(graph, wishes, door_worth).plan()


@dataclass(frozen=True, slots=True)
class _Forced:
    public: frozenset[Place]
    private: frozenset[Place]


class _Search:
    """Best-first branch and bound; a state is what is forced public or private, its bound the minimum cut."""

    def __init__(self, graph: AccessGraph, wishes: Wishes, door_worth: float) -> None:
        self._graph = graph
        self._areas: Mapping[Place, float] = {
            place: area(room.ring) - sum(map(area, room.holes)) for place, room in graph.rooms.items()
        }
        self._wishes = wishes
        self._prices = {id(passage): price(passage) * door_worth for passage in graph.passages}

    def plan(self) -> Plan:
        private = self._wishes.private
        pinned = self._wishes.public - private
        within = self._graph.reachable([OUTDOORS], lambda place: place not in private)
        start = self._implied(_Forced(pinned & within, private))
        best, proven = self._best(start)
        public = best - {OUTDOORS}
        return Plan(
            public=public,
            doors=tuple(each for each in self._graph.passages if (each.here in best) != (each.there in best)),
            public_area=sum(self._areas[place] for place in public),
            whole_area=sum(self._areas.values()),
            cost=self._cost(best),
            proven=proven,
            cut_off=pinned - within,
        )

    def _best(self, start: _Forced) -> tuple[frozenset[Place], bool]:
        tie = count()
        waiting = [(*self._bound(start), next(tie), start)]
        best = self._joined(start)
        for _ in range(_STEPS_MOST):
            if not waiting:
                return best, True
            bound, public, _, forced = heapq.heappop(waiting)
            if bound >= self._cost(best) - 1e-6:
                return best, True
            apart = self._apart(public, forced)
            if apart is None:
                return public, True  # the cheapest bound, and every public room is reached: nothing can be cheaper
            best = min(best, self._joined(_Forced(frozenset(public - {OUTDOORS}), forced.private)), key=self._cost)
            for branch in self._branches(apart, forced):
                heapq.heappush(waiting, (*self._bound(branch), next(tie), branch))
        return best, False

    # --- branching --------------------------------------------------------------------------------------------------

    def _apart(self, public: frozenset[Place], forced: _Forced) -> frozenset[Place] | None:
        """Forced rooms that hang together, but not with the outdoors; None where all public rooms are reached."""
        joined = self._graph.reachable([OUTDOORS], public.__contains__)
        lost = sorted(forced.public - joined)
        return self._graph.reachable(lost[:1], forced.public.__contains__) if lost else None

    def _branches(self, apart: frozenset[Place], forced: _Forced) -> Iterator[_Forced]:
        """One of the neighbours has to be public. Each branch takes one, and excludes those before it."""
        ways = {place for room in apart for place in self._graph.neighbours(room)} - apart - forced.private
        excluded = forced.private
        for place in sorted(ways):
            more = frozenset() if place == OUTDOORS else frozenset({place})
            branch = _Forced(forced.public | more, excluded)
            if self._can_be_joined(branch):
                yield self._implied(branch)
            excluded |= more

    def _can_be_joined(self, forced: _Forced) -> bool:
        return forced.public <= self._graph.reachable([OUTDOORS], lambda place: place not in forced.private)

    def _implied(self, forced: _Forced) -> _Forced:
        """With the rooms that every way from outdoors to a forced room leads through: its dominators."""
        ways = networkx.Graph()
        ways.add_node(OUTDOORS)
        free = ((each.here, each.there) for each in self._graph.passages)
        ways.add_edges_from(pair for pair in free if not forced.private.intersection(pair))
        above = networkx.immediate_dominators(ways.to_directed(), OUTDOORS)
        public = set(forced.public)
        for place in forced.public:
            at = above.get(place)
            while at is not None and at != OUTDOORS and at not in public:
                public.add(at)
                at = above.get(at)
        return _Forced(frozenset(public), forced.private)

    def _joined(self, forced: _Forced) -> frozenset[Place]:
        """A plan that is allowed: each forced room is joined to the rest by the way with the least area."""
        public = frozenset({OUTDOORS})
        for room in sorted(forced.public):
            if room not in public:
                public |= self._way(room, public, forced.private)
        return public

    def _way(self, room: Place, public: frozenset[Place], private: frozenset[Place]) -> frozenset[Place]:
        came: dict[Place, Place | None] = {room: None}
        tie = count()
        waiting: list[tuple[float, int, Place, Place | None]] = [(0.0, next(tie), room, None)]
        done: set[Place] = set()
        while waiting:
            length, _, place, before = heapq.heappop(waiting)
            if place in done:
                continue
            done.add(place)
            came[place] = before
            if place in public:
                return frozenset(_back(place, came))
            for after in self._graph.neighbours(place):
                if after not in done and after not in private:
                    heapq.heappush(waiting, (length + self._areas.get(after, 0.0), next(tie), after, place))
        return frozenset({room})  # nothing leads there; the caller has left such rooms out

    # --- the cut ----------------------------------------------------------------------------------------------------

    def _cost(self, public: frozenset[Place]) -> float:
        doors = sum(
            self._prices[id(each)] for each in self._graph.passages if (each.here in public) != (each.there in public)
        )
        return doors + sum(self._areas[place] for place in public if place != OUTDOORS)

    def _bound(self, forced: _Forced) -> tuple[float, frozenset[Place]]:
        """The least cost with these rooms forced, whether or not its public rooms hang together, and those rooms."""
        network = self._flow_network(forced)
        if network.has_edge(_SOURCE, _SINK):
            network.remove_edge(_SOURCE, _SINK)  # cut in every plan
        _, (kept, _) = networkx.minimum_cut(network, _SOURCE, _SINK, flow_func=boykov_kolmogorov)
        public = frozenset({OUTDOORS, *forced.public, *(place for place in kept if place != _SOURCE)})
        return self._cost(public), public

    def _flow_network(self, forced: _Forced) -> Any:
        """What is not forced, between one source for all public rooms and one sink for all private ones."""
        network = networkx.DiGraph()
        network.add_nodes_from((_SOURCE, _SINK))

        def node(place: Place) -> Place:
            return (
                _SINK if place in forced.private else _SOURCE if place in forced.public or place == OUTDOORS else place
            )

        def add(one: Place, other: Place, capacity: float) -> None:
            before = network.edges[one, other]["capacity"] if network.has_edge(one, other) else 0
            network.add_edge(one, other, capacity=before + round(capacity * _UNITS))

        for place, square_metres in self._areas.items():
            if node(place) == place:
                add(place, _SINK, square_metres)
        for passage in self._graph.passages:
            one, other = node(passage.here), node(passage.there)
            if one != other:
                add(one, other, self._prices[id(passage)])
                add(other, one, self._prices[id(passage)])
        return network


def _back(place: Place, came: Mapping[Place, Place | None]) -> Iterator[Place]:
    at: Place | None = place
    while at is not None:
        yield at
        at = came[at]
