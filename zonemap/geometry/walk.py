"""A route past doors, for somebody with a stack of sheets: from the main entrance, always on to the nearest door left.

Whoever hangs signs may open every door, so one walks through all rooms; two doors of a room are as far apart as their
middles. A stair or a lift costs as much as a walk of 15 m. Where the plan has no way on, the walk goes to the nearest
door of the floor in a straight line, and then to the next floor.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from zonemap.geometry.access import OUTDOORS, AccessGraph, Passage, Place, access_graph
from zonemap.geometry.doors import middle
from zonemap.geometry.thresholds import entrances, walking_key
from zonemap.model.plan import Floor

DoorPlace = tuple[str, str]  # floor id and door id
_STAIR_M = 15.0
_Spot = tuple[float, float]


@dataclass(frozen=True)
class Walk:
    """The doors of a facility in the order of a walk, and how far one goes to each from the one before (metres)."""

    doors: tuple[DoorPlace, ...]
    steps: tuple[float, ...]  # 0 for the first, and for the first of a floor that no way leads to

    @cached_property
    def place(self) -> Mapping[DoorPlace, int]:
        """At which step one comes past a door, from 0."""
        return {door: step for step, door in enumerate(self.doors)}

    @property
    def metres(self) -> float:
        """How far one walks in all."""
        return sum(self.steps)


def walk(floors: Sequence[Floor], wanted: Collection[DoorPlace] | None = None) -> Walk:
    """A route past the wanted doors (None: all), each once. The same floors give the same walk."""
    return _Walker(floors).past(wanted)


class _Walker:
    def __init__(self, floors: Sequence[Floor]) -> None:
        self._graph: AccessGraph = access_graph(floors)
        self._known = [(floor.id, door.id) for floor in floors for door in floor.doors]
        self._passages: dict[DoorPlace, Passage] = {}
        self._spots: dict[DoorPlace, _Spot] = {}
        for passage in self._graph.passages:
            if passage.door is not None:
                door = (passage.here[0], passage.door.id)
                self._passages[door], self._spots[door] = passage, middle(passage.door)
        self._doors_of: dict[Place, list[DoorPlace]] = defaultdict(list)
        for door in self._passages:
            for place in self._beside(door):
                self._doors_of[place].append(door)
        self._reading = _reading_order(floors)

    def past(self, wanted: Collection[DoorPlace] | None) -> Walk:
        """The walk past these doors."""
        left = dict.fromkeys(sorted(self._known if wanted is None else wanted, key=self._key))
        doors: list[DoorPlace] = []
        steps: list[float] = []
        while left:
            door, far = self._next(doors[-1], left) if doors else (self._first(left), 0.0)
            doors.append(door)
            steps.append(round(far, 3))
            del left[door]
        return Walk(tuple(doors), tuple(steps))

    def _key(self, door: DoorPlace) -> tuple[int, DoorPlace]:
        return self._reading.get(door, len(self._reading)), door

    def _first(self, left: Collection[DoorPlace]) -> DoorPlace:
        """The main entrance, or the door nearest to it."""
        start = next(iter(self._reading), None)
        return next(iter(left)) if start is None else start if start in left else self._next(start, left)[0]

    def _next(self, last: DoorPlace, left: Collection[DoorPlace]) -> tuple[DoorPlace, float]:
        return self._nearest(last, left) or self._across(last, left) or (next(iter(left)), 0.0)

    def _across(self, last: DoorPlace, left: Collection[DoorPlace]) -> tuple[DoorPlace, float] | None:
        """The nearest of the floor in a straight line, and how far that is."""
        if last not in self._spots:
            return None
        same = [door for door in left if door[0] == last[0] and door in self._spots]
        far, _, door = min(
            ((math.dist(self._spots[last], self._spots[door]), place, door) for place, door in enumerate(same)),
            default=(0.0, 0, None),
        )
        return None if door is None else (door, far)

    def _nearest(self, start: DoorPlace, left: Collection[DoorPlace]) -> tuple[DoorPlace, float] | None:
        """The nearest of the doors left, and how far one walks; of equals the first in reading order."""
        if start not in self._passages:
            return None
        best: dict[DoorPlace | Place, float] = {start: 0.0}
        entered: set[Place] = set()
        waiting: list[tuple[float, int, DoorPlace]] = [(0.0, 0, start)]
        while waiting:
            far, _, door = heapq.heappop(waiting)
            if door in left:
                return door, far
            if far > best[door]:
                continue
            for place in self._beside(door):
                for there, more in self._from(door, place, entered):
                    if far + more < best.get(there, math.inf):
                        best[there] = far + more
                        heapq.heappush(waiting, (far + more, self._key(there)[0], there))
        return None

    def _beside(self, door: DoorPlace) -> tuple[Place, Place]:
        """The places on both sides of a door. Outdoors is another place on each floor: nobody walks past a window."""
        here, there = self._passages[door].here, self._passages[door].there
        return here, (door[0], OUTDOORS[1]) if there == OUTDOORS else there

    def _from(self, door: DoorPlace, place: Place, entered: set[Place]) -> Iterator[tuple[DoorPlace, float]]:
        """Doors one gets to from a door within one room, and through its stair. A room is crossed once: the first who
        enters it came the shortest way, and another way to its far doors is hardly shorter."""
        if place in entered:
            return
        entered.add(place)
        yield from self._within(door, place, 0.0)
        for stair in self._graph.at.get(place, ()):
            if stair.door is None:
                beyond = stair.beyond(place)
                if beyond not in entered:
                    yield from self._within(door, beyond, _STAIR_M)

    def _within(self, door: DoorPlace, place: Place, more: float) -> Iterator[tuple[DoorPlace, float]]:
        here = self._spots[door]
        for there in self._doors_of.get(place, ()):
            if there != door:
                yield there, more + math.dist(here, self._spots[there])


def _reading_order(floors: Iterable[Floor]) -> dict[DoorPlace, int]:
    """Public entrances first, floor by floor from the ground; then all doors as one reads."""
    found: dict[DoorPlace, int] = {}
    ordered = sorted(floors, key=lambda floor: (floor.level < 0, abs(floor.level), floor.id))
    for floor in ordered:
        for entrance in entrances(floor):
            if entrance.is_public:
                found.setdefault((floor.id, entrance.door.id), len(found))
    for floor in ordered:
        rooms = {room.id: room for room in floor.rooms}
        placed = [door for door in floor.doors if door.rooms[0] in rooms]
        for door in sorted(placed, key=lambda each: walking_key(rooms[each.rooms[0]], each)):
            found.setdefault((floor.id, door.id), len(found))
    return found
