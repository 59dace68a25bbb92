"""A list of rooms gives a traced floor its numbers, names, departments and functions.

``read`` is only for the child. ``join`` finds which row is which room, by number; where numbers are missing it
suggests by size, which a person has to accept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from zonemap.errors import Invalid
from zonemap.geometry.rings import area
from zonemap.intake.kinds import Kind, kind_of
from zonemap.model.draft import DraftRoom
from zonemap.model.listed import Joined, ListedRoom, Match
from zonemap.model.plan import Ring, Room

AnyRoom = TypeVar("AnyRoom", Room, DraftRoom)
# Lists measure to the face of the wall or to its middle, so that areas and sides differ from ours. What is within the
# first of each fits; what is within the second might be meant too, and then nothing is suggested.
_AREA_NEAR, _AREA_FAR = 0.04, 0.15  # parts of the area
_SIDE_NEAR, _SIDE_FAR = 0.15, 0.4  # metres
_WORDS = re.compile(r"^(room|rm|raum|zimmer|salle|space|suite|no|nr)\b[\s.#:]*", re.IGNORECASE)

_NO_LIST = "This is no list of rooms. Save it as .xlsx or CSV with a column for the room's number, and upload that."
_EMPTY = "There is no room in this list. Put the rooms below the first row, one in each row, and upload it again."


def read(data: bytes) -> tuple[ListedRoom, ...]:
    """The rooms in a CSV file or a workbook, in its order. Raises Invalid or TooLarge."""
    kind = kind_of(data)
    if kind is Kind.XLSX:
        from zonemap.intake.lists.workbook import read_workbook

        rooms = read_workbook(data)
    elif kind is Kind.CSV:
        from zonemap.intake.lists.csv_file import read_csv

        rooms = read_csv(data)
    else:
        raise Invalid(_NO_LIST)
    if not rooms:
        raise Invalid(_EMPTY)
    return rooms


def join(rooms: Sequence[Room] | Sequence[DraftRoom], listed: Sequence[ListedRoom], floor: str = "") -> Joined:
    """Which row tells of which room of one floor; ``floor`` is its name where it is called as in the list."""
    here = _of_floor(rooms, listed, floor)
    by_number = _by_number(here)
    matched, taken = [], set()
    for room in rooms:
        row = by_number.get(normal(room.number)) or by_number.get(_unpadded(room.number))
        if row is not None and id(row) not in taken:
            taken.add(id(row))
            matched.append(Match(room.id, row))
    known = {match.room_id for match in matched}
    left = [room for room in rooms if room.id not in known]
    rows = [row for row in here if id(row) not in taken]
    suggested = _by_size([room for room in left if not room.number], rows)
    named = {id(match.listed) for match in suggested}
    return Joined(
        matched=tuple(matched),
        suggested=suggested,
        unmatched_rooms=tuple(room.id for room in left),
        unmatched_listed=tuple(row for row in rows if id(row) not in named),
        elsewhere=len(listed) - len(here),
    )


def told(room: AnyRoom, listed: ListedRoom) -> AnyRoom:
    """The room with what the list says of it; what the list leaves empty stays as it was."""
    return replace(
        room,
        number=room.number or listed.number,
        name=listed.name or room.name,
        department=listed.department or room.department,
        category=listed.category or room.category,
    )


def normal(number: str) -> str:
    """A room's number without what people write differently: "Rm. 1-A01" and "1a01" are the same."""
    return re.sub(r"[\W_]", "", _WORDS.sub("", number.strip())).casefold()


def _unpadded(number: str) -> str:
    """The number without leading zeros, under a key of its own, so that an exact one always wins."""
    return "~" + normal(number).lstrip("0")


def _by_number(rows: Sequence[ListedRoom]) -> Mapping[str, ListedRoom]:
    """The row of each number; numbers that two rows have are left out, because nobody can tell which is meant."""
    found: dict[str, list[ListedRoom]] = defaultdict(list)
    for row in rows:
        if normal(row.number):
            found[normal(row.number)].append(row)
            found[_unpadded(row.number)].append(row)
    return {number: several[0] for number, several in found.items() if len(several) == 1}


def _of_floor(
    rooms: Sequence[Room] | Sequence[DraftRoom], listed: Sequence[ListedRoom], floor: str
) -> Sequence[ListedRoom]:
    """The rows of the floor that these rooms are on: the one named so, else the one that has most of their numbers."""
    wanted = floor.strip().casefold()
    named = [row for row in listed if wanted and row.floor.casefold() == wanted]
    if named:
        return named
    numbers = {normal(room.number) for room in rooms if room.number}
    votes = Counter(row.floor for row in listed if normal(row.number) in numbers)
    if not votes:
        return listed
    best = votes.most_common(1)[0][0]
    return [row for row in listed if row.floor == best or not row.floor]


# --- by size ---------------------------------------------------------------------------------------------------------


def _by_size(rooms: Sequence[Room | DraftRoom], rows: Sequence[ListedRoom]) -> tuple[Match, ...]:
    """Rooms without a number and rows that fit one another in size, where nothing else comes near."""
    near = {room.id: [row for row in rows if _fits(room, row, _AREA_FAR, _SIDE_FAR)] for room in rooms}
    wanted = Counter(id(row) for several in near.values() for row in several)
    return tuple(
        Match(room.id, near[room.id][0], sure=False)
        for room in rooms
        if len(near[room.id]) == 1
        and wanted[id(near[room.id][0])] == 1
        and _fits(room, near[room.id][0], _AREA_NEAR, _SIDE_NEAR)
    )


def _fits(room: Room | DraftRoom, row: ListedRoom, area_part: float, side: float) -> bool:
    if row.area is None:
        return False
    size = area(room.ring) - sum(map(area, room.holes))
    if abs(size - row.area) > area_part * row.area:
        return False
    return row.size is None or _same_box(_sides(room.ring), row.size, side)


def _sides(ring: Ring) -> tuple[float, float]:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(xs) - min(xs), max(ys) - min(ys)


def _same_box(one: tuple[float, float], other: tuple[float, float], near: float) -> bool:
    """Whether two boxes have the same sides, also when the sheet is turned by a right angle."""
    return any(abs(one[0] - a) < near and abs(one[1] - b) < near for a, b in (other, other[::-1]))
