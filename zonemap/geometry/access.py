"""How people move: the access graph of a facility. Rooms and the outdoors are its nodes, doors and stairs its edges.

Rooms of several floors that carry the same ``shaft`` name (a stair or a lift) are joined, floor by floor.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from zonemap.model.plan import Door, Floor, Room

Place = tuple[str, str]  # floor id and room id
OUTDOORS: Place = ("", "")


@dataclass(frozen=True, slots=True)
class Passage:
    """A way between two places: a door or opening, or (``door`` is None) a stair or lift to the next floor."""

    here: Place
    there: Place
    door: Door | None = None

    def beyond(self, place: Place) -> Place:
        """The other end."""
        return self.there if place == self.here else self.here


@dataclass(frozen=True)
class AccessGraph:
    """All places that one can walk to, and the passages between them."""

    rooms: Mapping[Place, Room]
    passages: tuple[Passage, ...]

    @cached_property
    def at(self) -> Mapping[Place, tuple[Passage, ...]]:
        """The passages of each place, in the order of the doors."""
        found: dict[Place, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            found[passage.here].append(passage)
            found[passage.there].append(passage)
        return {place: tuple(passages) for place, passages in found.items()}

    def neighbours(self, place: Place) -> Iterable[Place]:
        """Where one gets through one passage."""
        return (passage.beyond(place) for passage in self.at.get(place, ()))

    def reachable(self, start: Iterable[Place], through: Callable[[Place], bool]) -> frozenset[Place]:
        """Every place one gets to from ``start`` by passing only places that ``through`` allows; start included."""
        seen = set(start)
        waiting = deque(seen)
        while waiting:
            for place in self.neighbours(waiting.popleft()):
                if place not in seen and through(place):
                    seen.add(place)
                    waiting.append(place)
        return frozenset(seen)


def access_graph(floors: Sequence[Floor]) -> AccessGraph:
    """The graph of a facility's floors. Doors whose rooms are gone are left out (``doors.door_problem`` names them)."""
    rooms = {(floor.id, room.id): room for floor in floors for room in floor.rooms}
    passages = [passage for floor in floors for passage in _doors(floor, rooms)]
    return AccessGraph(rooms, (*passages, *_shafts(floors)))


def _doors(floor: Floor, rooms: Mapping[Place, Room]) -> Iterable[Passage]:
    for door in floor.doors:
        here = (floor.id, door.rooms[0])
        there = OUTDOORS if door.rooms[1] is None else (floor.id, door.rooms[1])
        if here in rooms and (there is OUTDOORS or there in rooms) and here != there:
            yield Passage(here, there, door)


def _shafts(floors: Sequence[Floor]) -> Iterable[Passage]:
    """Each stair or lift joins its rooms from floor to floor, from the lowest up."""
    stops: dict[str, list[Place]] = defaultdict(list)
    for floor in sorted(floors, key=lambda each: (each.level, each.id)):
        for room in floor.rooms:
            if room.shaft:
                stops[room.shaft.casefold()].append((floor.id, room.id))
    for places in stops.values():
        yield from (Passage(lower, upper) for lower, upper in pairwise(places))
