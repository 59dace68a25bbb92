"""The wall beside the plan: which sheets are to print, hang, renew or take down; and what somebody ticked at a door."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zonemap.errors import Invalid, NotFound
from zonemap.geometry.walk import DoorPlace, walk
from zonemap.intake.photo import photo_of
from zonemap.model.facility import Facility
from zonemap.model.person import Actor
from zonemap.model.plan import Floor
from zonemap.model.sign import DoorSign, EntranceNotice, FacilitySigns, FloorSigns, PlaceSign, SignKind, SignOptions
from zonemap.model.wall import (
    LeftOver,
    SheetKey,
    Wall,
    WallEvent,
    WallMark,
    WallSheet,
    WallState,
    hanging,
    in_order,
    sheet_facts,
    state_of,
)
from zonemap.storage.store import Books, Store
from zonemap.work.permissions import Permission, require
from zonemap.work.signs import designated_signs, facility_signs

TICKS_MOST = 500  # in one sending
_ID = re.compile(r"[0-9a-f]{32}")
_SHEET = re.compile(r"[\w.-]{1,64}")
_AHEAD = timedelta(minutes=10)  # how far the clock of a phone may be ahead of ours
WALL_OPTIONS = SignOptions(languages=("en",))  # which sheets hang, and what they say, is the facility's plan of signs
_Posted = DoorSign | EntranceNotice | PlaceSign


@dataclass(frozen=True, slots=True)
class Tick:
    """What somebody ticked: at which sheet of which floor, what, under which designation, and when."""

    id: str
    floor_id: str
    sheet: str
    event: WallEvent
    number: int
    at: datetime


def wall(store: Store, actor: Actor, facility_id: str) -> Wall:
    """Every sheet that should hang, in the order of the walk, with its state. Raises NotFound."""
    require(actor, Permission.PRINT_SIGNS, at=facility_id)
    with store.read() as books:
        return facility_wall(books, books.facilities.get(facility_id))


def facility_wall(books: Books, facility: Facility) -> Wall:
    """The same, for whoever has the books open."""
    signs = facility_signs(books, facility, WALL_OPTIONS)
    marks = _by_sheet(books.wall_marks.list(facility.id))
    floors = {(each.floor.id, each.number): each.floor for each in books.designations.list(facility.id)}
    sheets = tuple(_in_walking_order(signs, _sheets(signs, marks)))
    return Wall(signs.facility, sheets, tuple(_left_over(marks, sheets, floors)), signs.undesignated)


def tick(store: Store, actor: Actor, facility_id: str, ticks: Sequence[Tick], *, now: datetime) -> int:
    """Keep what was ticked, each tick once however often it is sent; gives how many were new.

    What a sheet says is looked up here, in the designation that the tick names. Raises Invalid for a tick that makes no
    sense, NotFound for a facility, floor or designation that is not there; then none is kept.
    """
    require(actor, Permission.CHECK_WALL, at=facility_id)
    if len(ticks) > TICKS_MOST:
        raise Invalid(f"At most {TICKS_MOST} ticks are sent at once. Send the rest after them.")
    with store.begin() as books:
        facility = books.facilities.get(facility_id)
        books.wall_marks.wait(facility_id)
        known = books.wall_marks.known([each.id for each in ticks])
        new = {each.id: each for each in ticks if each.id not in known}
        facts = _FactsOf(books, facility)
        marks = [
            WallMark(
                id=_checked(each).id,
                facility_id=facility_id,
                floor_id=each.floor_id,
                sheet=each.sheet,
                event=each.event,
                facts=facts.of(each),
                number=each.number,
                marked_at=min(each.at, now + _AHEAD),
                recorded_at=now,
                recorded_by=actor.name,
            )
            for each in new.values()
        ]
        books.wall_marks.add(marks)
    return len(marks)


def mark_printed(
    store: Store, actor: Actor, facility_id: str, sheets: Iterable[SheetKey], *, new_ids: Iterator[str], now: datetime
) -> int:
    """Tick sheets as printed, under the designations in force; gives how many. Sheets that no floor has are left."""
    wanted = set(sheets)
    found = [each for each in wall(store, actor, facility_id).sheets if each.key in wanted]
    ticks = [Tick(next(new_ids), each.floor.id, each.sheet, WallEvent.PRINTED, each.number, now) for each in found]
    for first in range(0, len(ticks), TICKS_MOST):
        tick(store, actor, facility_id, ticks[first : first + TICKS_MOST], now=now)
    return len(ticks)


def add_photo(store: Store, actor: Actor, facility_id: str, mark_id: str, data: bytes) -> None:
    """Keep a photo with a tick: its pixels alone, written anew by the intake child, at most 1600 pixels a side.

    Raises Invalid or TooLarge where it cannot be read, NotFound where there is no such tick.
    """
    require(actor, Permission.CHECK_WALL, at=facility_id)
    jpeg = photo_of(data)
    with store.begin() as books:
        books.wall_marks.put_photo(facility_id, mark_id, jpeg)


def photo(store: Store, actor: Actor, facility_id: str, mark_id: str) -> bytes:
    """The photo of a tick, JPEG. Raises NotFound."""
    require(actor, Permission.PRINT_SIGNS, at=facility_id)
    with store.read() as books:
        return books.wall_marks.photo(facility_id, mark_id)


class _FactsOf:
    """What sheets say under designations, each designation worked out once."""

    def __init__(self, books: Books, facility: Facility) -> None:
        self._books, self._facility = books, facility
        self._known: dict[tuple[str, int], Mapping[str, str]] = {}

    def of(self, asked: Tick) -> str:
        key = asked.floor_id, asked.number
        if key not in self._known:
            self._known[key] = sheet_facts(designated_signs(self._books, self._facility, *key, WALL_OPTIONS))
        facts = self._known[key].get(asked.sheet)
        if facts is None:
            raise NotFound("There is no such sheet on this floor. Load the page of the walk again.")
        return facts


def _checked(asked: Tick) -> Tick:
    if not _ID.fullmatch(asked.id) or not _SHEET.fullmatch(asked.sheet) or asked.at.tzinfo is None:
        raise Invalid("This tick is not whole. Load the page of the walk again, and tick the door once more.")
    return asked


def _by_sheet(marks: Iterable[WallMark]) -> Mapping[SheetKey, list[WallMark]]:
    found: dict[SheetKey, list[WallMark]] = defaultdict(list)
    for mark in marks:
        found[mark.floor_id, mark.sheet].append(mark)
    return found


def _sheets(signs: FacilitySigns, marks: Mapping[SheetKey, list[WallMark]]) -> Iterator[WallSheet]:
    for floor in signs.floors:
        facts = sheet_facts(floor)
        posted: tuple[_Posted, ...] = (*floor.notices, *floor.signs, *floor.places)
        for each in posted:
            name = each.door.id if isinstance(each, EntranceNotice) else each.sheet
            yield _sheet(floor, each, name, facts[name], in_order(marks.get((floor.floor.id, name), ())))


def _sheet(floor: FloorSigns, sign: _Posted, name: str, facts: str, marks: Sequence[WallMark]) -> WallSheet:
    room = sign.room if isinstance(sign, PlaceSign) else sign.inside
    first = sign.words[0]
    return WallSheet(
        floor=floor.floor,
        number=floor.designation.number,
        code=floor.designation.code,
        kind=SignKind.NOTICE if isinstance(sign, EntranceNotice) else sign.kind,
        sheet=name,
        door=sign.door.number if sign.door else "",
        place=_place(sign),
        says=getattr(first, "headline", "") or getattr(first, "title", ""),
        department=room.department,
        facts=facts,
        state=state_of(marks, facts),
        mark=marks[-1] if marks else None,
    )


def _place(sign: _Posted) -> str:
    if isinstance(sign, PlaceSign):
        return sign.room.label
    outside = sign.outside.label if isinstance(sign, DoorSign) and sign.outside else "Outdoors"
    return f"{outside} to {sign.inside.label}"


def _in_walking_order(signs: FacilitySigns, sheets: Iterable[WallSheet]) -> list[WallSheet]:
    """By the walk past their doors; a sheet of a place comes where one first passes a door of its room."""
    listed = list(sheets)
    order = walk_order(signs)
    last = len(order)
    return sorted(listed, key=lambda each: order.get(each.key, last))


def walk_order(signs: FacilitySigns) -> Mapping[SheetKey, int]:
    """For each sheet on a wall, at which step of the walk one comes past it."""
    doors: dict[SheetKey, DoorPlace | None] = {}
    for floor in signs.floors:
        for each in floor.notices:
            doors[floor.floor.id, each.door.id] = (floor.floor.id, each.door.id)
        for sign in floor.signs:
            doors[floor.floor.id, sign.sheet] = (floor.floor.id, sign.door.id)
        for place in floor.places:
            doors[floor.floor.id, place.sheet] = _door_of(floor, place)
    route = walk([floor.floor for floor in signs.floors], {door for door in doors.values() if door})
    last = len(route.doors)
    return {sheet: route.place[door] if door else last for sheet, door in doors.items()}


def _door_of(floor: FloorSigns, place: PlaceSign) -> DoorPlace | None:
    if place.door:
        return floor.floor.id, place.door.id
    return next(((floor.floor.id, door.id) for door in floor.floor.doors if place.room.id in door.rooms), None)


def _left_over(
    marks: Mapping[SheetKey, list[WallMark]], sheets: Iterable[WallSheet], floors: Mapping[tuple[str, int], Floor]
) -> Iterator[LeftOver]:
    """What hangs and is called for no longer, under the names of the designation that it was hung by."""
    wanted = {each.key for each in sheets}
    for key, made in marks.items():
        mark = hanging(made) if key not in wanted else None
        if mark is not None:
            floor = floors[mark.floor_id, mark.number]
            number = next((door.number for door in floor.doors if key[1].startswith(door.id)), "")
            yield LeftOver(floor.name, mark, number)


__all__ = [
    "TICKS_MOST",
    "WALL_OPTIONS",
    "Tick",
    "WallEvent",
    "WallState",
    "add_photo",
    "facility_wall",
    "mark_printed",
    "photo",
    "tick",
    "walk_order",
    "wall",
]
