"""A list of rooms beside a floor: what it would change. Nothing is stored; the editor saves what somebody accepts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zonemap.intake.model_guard import read_list
from zonemap.intake.room_list import join, told
from zonemap.model.listed import ListedRoom, Match
from zonemap.model.person import Actor
from zonemap.model.plan import Room
from zonemap.storage.store import Store
from zonemap.work.permissions import Permission, require_floor
from zonemap.work.zones import ROOM_NAME_MOST, ROOM_NUMBER_MOST


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a list says of a floor. ``fills`` match by number, ``suggested`` by size alone: somebody has to look.

    Both hold rooms as they would be, those only that would change. ``agree`` counts those that say the same already.
    """

    listed: int
    fills: tuple[Room, ...]
    suggested: tuple[Room, ...]
    agree: int
    unmatched: tuple[ListedRoom, ...]


def compare(store: Store, actor: Actor, floor_id: str, data: bytes) -> Comparison:
    """Read a list of rooms (CSV, XLSX) and lay it beside a floor. Raises Invalid, TooLarge, Busy, NotFound."""
    with store.read() as books:
        floor = require_floor(books, actor, Permission.DRAW_PLANS, floor_id).floor
    listed = read_list(data)
    joined = join(floor.rooms, listed, floor.name)
    rooms = {room.id: room for room in floor.rooms}
    fills, suggested = (_changed(rooms, matches) for matches in (joined.matched, joined.suggested))
    agree = len(joined.matched) - len(fills)
    return Comparison(len(listed), fills, suggested, agree, joined.unmatched_listed)


def _changed(rooms: dict[str, Room], matches: tuple[Match, ...]) -> tuple[Room, ...]:
    """The matched rooms as they would be, where that is not how they are."""
    told_rooms = (told(rooms[match.room_id], _fitting(match.listed)) for match in matches)
    return tuple(room for room in told_rooms if room != rooms[room.id])


def _fitting(listed: ListedRoom) -> ListedRoom:
    """What a sign and the table of rooms have room for."""
    return replace(listed, number=listed.number[:ROOM_NUMBER_MOST].strip(), name=listed.name[:ROOM_NAME_MOST].strip())
