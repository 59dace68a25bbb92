"""What a facility's plans still lack: each thing named and located, with the reason and a remedy. Changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zonemap.geometry.access import OUTDOORS, AccessGraph, Passage, Place, access_graph
from zonemap.geometry.cover import overlaps
from zonemap.geometry.doors import door_problems, middle
from zonemap.geometry.labels import label_places
from zonemap.geometry.shapes import shape_of
from zonemap.geometry.thresholds import is_threshold
from zonemap.geometry.uncovered import uncovered
from zonemap.model.facility import Facility
from zonemap.model.person import Actor
from zonemap.model.plan import Door, DoorControl, DoorKind, Floor, Point, Room
from zonemap.model.zone import ZoneClass
from zonemap.rules.lacks import LackText, Level, good_words, lack_text
from zonemap.rules.pack import Pack, pack_for
from zonemap.rules.room_words import kinds, meaning
from zonemap.rules.suggest import read_rooms
from zonemap.storage.store import Store
from zonemap.work.facilities import facility_named
from zonemap.work.permissions import Permission, require

_WAITING = ("waiting_room", "lobby")
_CONTROLLED = (DoorControl.LOCK, DoorControl.STAFF)


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: where (metres on the floor's sheet), and the words for it."""

    kind: str
    floor_id: str
    text: LackText
    place: Point | None = None
    room_id: str | None = None
    door_id: str | None = None
    other_id: str | None = None  # the room that this one overlaps

    @property
    def must(self) -> bool:
        """Whether it has to be settled before the floor can be designated."""
        return self.text.level is Level.MUST


def facility_lacks(
    store: Store, actor: Actor, facility_id: str
) -> tuple[Facility, tuple[Floor, ...], tuple[Lack, ...]]:
    """A facility, its newest drafts from the lowest floor, and what they lack. Raises NotFound."""
    require(actor, Permission.SEE_PLANS, at=facility_id)
    with store.read() as books:
        facility = books.facilities.get(facility_id)
        floors = tuple(saved.floor for saved in books.floors.list(facility_id))
    return facility, floors, lacks(facility, floors)


def check_lines(store: Store, facility_ref: str) -> list[dict[str, Any]]:
    """What a facility (by id or name) lacks, as JSON values. For the command line, whose user owns the database."""
    with store.read() as books:
        facility = facility_named(books, facility_ref)
        floors = tuple(saved.floor for saved in books.floors.list(facility.id))
    names = {floor.id: floor.name for floor in floors}
    return [_values(lack, names[lack.floor_id]) for lack in lacks(facility, floors)]


def _values(lack: Lack, floor_name: str) -> dict[str, Any]:
    return {
        "kind": lack.kind,
        "level": lack.text.level.value,
        "floor": {"id": lack.floor_id, "name": floor_name},
        "place": None if lack.place is None else list(lack.place),
        "room": lack.room_id,
        "door": lack.door_id,
        "message": lack.text.message,
        "why": lack.text.why,
        "fix": lack.text.fix,
        "source": lack.text.source,
    }


def lacks(facility: Facility, floors: Sequence[Floor]) -> tuple[Lack, ...]:
    """Everything that the floors lack, what must be settled first, floor by floor."""
    pack = pack_for(facility.state, facility.site_kind)
    graph = access_graph(floors)
    found = [lack for floor in floors for lack in _Checks(floor, graph, pack).all()]
    found += _waiting_spot(floors, pack)
    order = {floor.id: place for place, floor in enumerate(floors)}
    return tuple(sorted(found, key=lambda each: (not each.must, order[each.floor_id])))


def unsettled(facility: Facility, floors: Sequence[Floor], floor_id: str) -> tuple[Lack, ...]:
    """What must be settled on one floor beyond its drawing: how people get from public space into closed space."""
    floor = next((floor for floor in floors if floor.id == floor_id), None)
    if floor is None or all(room.zone_class is ZoneClass.UNDECIDED for room in floor.rooms):
        return ()
    checks = _Checks(floor, access_graph(floors), pack_for(facility.state, facility.site_kind))
    return tuple(checks.of_ways())


def _waiting_spot(floors: Sequence[Floor], pack: Pack) -> Iterator[Lack]:
    """One place for officers is enough for a facility; it is asked for on the floor where people come in."""
    drawn = [floor for floor in floors if floor.rooms]
    if drawn and not any(floor.waiting_spot for floor in drawn):
        ground = min(drawn, key=lambda floor: abs(floor.level))
        yield Lack("waiting_spot", ground.id, lack_text("waiting_spot", pack))


def in_order(floor: Floor, found: Sequence[Lack]) -> tuple[str, ...]:
    """What is as it should be on a floor with these lacks, in sentences."""
    if not floor.rooms:
        return ()
    lacking = {lack.kind for lack in found}
    return tuple(sentence for of, sentence in good_words() if lacking.isdisjoint(of))


class _Checks:
    """The checks of one floor, within the graph of the whole facility."""

    def __init__(self, floor: Floor, graph: AccessGraph, pack: Pack) -> None:
        self._floor = floor
        self._graph = graph
        self._pack = pack
        self._rooms = {room.id: room for room in floor.rooms}

    def all(self) -> Iterator[Lack]:
        """Every lack of the floor, kind by kind."""
        checks: tuple[Callable[[], Iterable[Lack]], ...] = (
            self._undecided,
            self._overlaps,
            self._doors,
            self._pockets,
            self._thresholds,
            self._unmarked_ways,
            self._entrance,
            self._care,
            self._waiting,
            self._records,
            self._without_door,
            self._uncovered,
        )
        return self._located([lack for check in checks for lack in check()])

    def _located(self, found: Sequence[Lack]) -> Iterator[Lack]:
        """With the middle of the room where a lack has no place of its own; all of them are measured in one go."""
        ids = list(dict.fromkeys(lack.room_id for lack in found if lack.place is None and lack.room_id))
        places = dict(zip(ids, label_places(shape_of(self._rooms[room_id]) for room_id in ids), strict=True))
        for lack in found:
            known = places.get(lack.room_id or "") if lack.place is None else None
            yield replace(lack, place=known.point) if known else lack

    def of_ways(self) -> Iterator[Lack]:
        """The lacks of how people move that must be settled; what leads through undecided rooms is named with those."""
        for check in (self._pockets, self._thresholds):
            yield from check()

    def _lack(self, kind: str, room: Room | None = None, door: Door | None = None, **values: str) -> Lack:
        place = middle(door) if door else None
        text = lack_text(kind, self._pack, **({"room": room.label} if room else {}), **values)
        return Lack(kind, self._floor.id, text, place, room.id if room else None, door.id if door else None)

    # --- the drawing ------------------------------------------------------------------------------------------------

    def _undecided(self) -> Iterator[Lack]:
        for room in self._floor.rooms:
            if room.zone_class is ZoneClass.UNDECIDED:
                yield self._lack("undecided", room)

    def _overlaps(self) -> Iterator[Lack]:
        for each in overlaps(self._floor):
            room, other = self._rooms[each.first_id], self._rooms[each.second_id]
            lack = self._lack("overlap", room, other=other.label, area=spoken_area(each.area))
            yield replace(lack, place=each.place, other_id=other.id)

    def _doors(self) -> Iterator[Lack]:
        for door, problem in door_problems(self._floor):
            yield self._lack("door", door=door, problem=problem, number=door.number)

    def _uncovered(self) -> Iterator[Lack]:
        for part in uncovered(self._floor):
            text = lack_text("uncovered", self._pack, area=spoken_area(part.area))
            yield Lack("uncovered", self._floor.id, text, part.place, part.room_ids[0] if part.room_ids else None)

    # --- how people move --------------------------------------------------------------------------------------------

    def _pockets(self) -> Iterator[Lack]:
        """Public rooms that people get to from outdoors, but through public rooms alone they do not."""
        joined = self._graph.reachable([OUTDOORS], self._is_public)
        every = self._graph.reachable([OUTDOORS], lambda _: True)
        for room in self._floor.rooms:
            place = (self._floor.id, room.id)
            if room.zone_class is ZoneClass.PUBLIC and place in every and place not in joined:
                yield self._lack("public_pocket", room)

    def _is_public(self, place: Place) -> bool:
        return self._graph.rooms[place].zone_class is ZoneClass.PUBLIC if place in self._graph.rooms else True

    def _thresholds(self) -> Iterator[Lack]:
        for passage in self._passages():
            here, there = self._ends(passage)
            door = passage.door
            if door is None or not is_threshold(here, there):
                continue
            public, closed = (here, there) if here and here.zone_class is ZoneClass.PUBLIC else (there, here)
            if door.control in _CONTROLLED or public is None or closed is None:
                continue
            if door.kind is DoorKind.OPENING:
                yield self._lack("threshold_opening", public, door, other=closed.label)
            elif door.control is DoorControl.NONE:
                yield self._lack("threshold_unsigned", public, door, other=closed.label, number=door.number)

    def _unmarked_ways(self) -> Iterator[Lack]:
        """Closed rooms to which every way leads through undecided rooms: one lack for each block of such rooms."""
        every = self._graph.reachable([OUTDOORS], lambda _: True)
        marked = self._graph.reachable([OUTDOORS], self._is_decided)
        left = [place for place in every - marked if place[0] == self._floor.id]
        while left:
            block = self._graph.reachable([min(left)], lambda place: place not in marked)
            left = [place for place in left if place not in block]
            yield from self._unmarked_block(block, marked)

    def _unmarked_block(self, block: frozenset[Place], marked: frozenset[Place]) -> Iterator[Lack]:
        rooms = [self._graph.rooms[place] for place in sorted(block)]
        closed = [room for room in rooms if room.zone_class.is_closed]
        before = [
            self._graph.rooms[each] for each in sorted(block) if marked.intersection(self._graph.neighbours(each))
        ]
        unmarked = [room for room in before if room.zone_class is ZoneClass.UNDECIDED and room.id in self._rooms]
        if closed and unmarked:
            which = closed[0].label if len(closed) == 1 else f"{closed[0].label} and {len(closed) - 1} more rooms"
            verb = "is" if len(closed) == 1 else "are"
            yield self._lack("private_through_unmarked", unmarked[0], rooms=which, verb=verb)

    def _is_decided(self, place: Place) -> bool:
        room = self._graph.rooms.get(place)
        return room is None or room.zone_class is not ZoneClass.UNDECIDED

    def _without_door(self) -> Iterator[Lack]:
        for room in self._floor.rooms:
            if room.zone_class.is_closed and not self._graph.at.get((self._floor.id, room.id)):
                yield self._lack("private_without_door", room)

    def _entrance(self) -> Iterator[Lack]:
        if self._floor.level == 0 and any(room.zone_class is ZoneClass.PUBLIC for room in self._floor.rooms):
            outdoors = (passage for passage in self._graph.at.get(OUTDOORS, ()) if passage.here[0] == self._floor.id)
            if not any(self._is_public(passage.here) for passage in outdoors):
                yield self._lack("no_entrance")

    # --- what the rooms are for -------------------------------------------------------------------------------------

    def _care(self) -> Iterator[Lack]:
        reading = read_rooms(self._floor.rooms, self._floor.doors, self._pack, again=True)
        for suggestion in reading.suggestions:
            kind = kinds().get(suggestion.kind)
            if kind is not None and kind.law and suggestion.zone_class.is_closed:
                for room in (self._rooms[room_id] for room_id in suggestion.room_ids):
                    if room.zone_class is ZoneClass.PUBLIC:
                        yield self._lack("care_left_public", room, reason=suggestion.reason)

    def _waiting(self) -> Iterator[Lack]:
        for room in self._floor.rooms:
            if room.zone_class.is_closed and kind_id(room) in _WAITING:
                free = [
                    passage for passage in self._graph.at.get((self._floor.id, room.id), ()) if self._lets_in(passage)
                ]
                if free and free[0].door:
                    how = f"door {free[0].door.number} has no lock and nobody by it"
                    yield self._lack(
                        "waiting_uncontrolled", room, free[0].door, is_marked=room.zone_class.word, how=how
                    )

    def _lets_in(self, passage: Passage) -> bool:
        """Whether a passage from public space or the outdoors is open to anyone."""
        ends = [place for place in (passage.here, passage.there) if self._is_public(place)]
        return bool(ends) and passage.door is not None and passage.door.control not in _CONTROLLED

    def _records(self) -> Iterator[Lack]:
        for passage in self._passages():
            here, there = self._ends(passage)
            if passage.door and passage.door.kind is DoorKind.OPENING and here and there:
                classes = {here.zone_class: here, there.zone_class: there}
                records, public = classes.get(ZoneClass.RECORDS), classes.get(ZoneClass.PUBLIC)
                if records and public:
                    yield self._lack("records_in_sight", records, passage.door, other=public.label)

    def _passages(self) -> Iterator[Passage]:
        return (passage for passage in self._graph.passages if passage.here[0] == self._floor.id and passage.door)

    def _ends(self, passage: Passage) -> tuple[Room | None, Room | None]:
        return self._graph.rooms.get(passage.here), self._graph.rooms.get(passage.there)


def kind_id(room: Room) -> str:
    """What kind of room its name says it is ("" where it says nothing)."""
    head = meaning(room.name).head
    return head.id if head else ""


def spoken_area(square_metres: float) -> str:
    """An area as people here say it."""
    if square_metres < 0.1:
        return f"{square_metres * 10_000:,.0f} cm²"
    return f"{square_metres:.1f} m² ({square_metres * 10.7639:,.0f} sq ft)"
