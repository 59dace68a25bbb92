"""Which map is asked for: by its name among the sheets of a floor, and the parts that a floor is printed in.

``map`` is the staff map of the whole floor; ``map.public.at-d4`` the public one for whoever stands before door d4;
``map.responder.part-2`` the second part of the responder's; ``map.public.words`` the public one in words.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from zonemap.drawing.audience import Audience, seen_by
from zonemap.drawing.view import Window, bounds
from zonemap.model.plan import Floor

_NAME = re.compile(r"map(?:\.(public|responder))?(\.words)?(?:\.part-(\d{1,3}))?(?:\.at-(.+))?", re.DOTALL)
_AROUND_M = 1.5  # around a wing
_WING_ROOMS_LEAST = 2
_OVERLAP_M = 2.0  # between two tiles
TILE_SCALE = 200.0  # 1:n at which a tile is drawn: letters of rooms are read at arm's length
WHOLE_MOST = 250.0  # a floor at a smaller scale than 1:n is printed in tiles, too


@dataclass(frozen=True, slots=True)
class MapRequest:
    """One map. ``part`` counts from 1 (0: the whole floor); ``door`` is where the reader stands; ``words``: as text.

    ``to_hang``: the numbers at its doors are those of a pack's list.
    """

    audience: Audience = Audience.STAFF
    words: bool = False
    part: int = 0
    door: str = ""
    to_hang: bool = False

    @property
    def name(self) -> str:
        """What the map goes by among the sheets of its floor."""
        parts = (
            "" if self.audience is Audience.STAFF else f".{self.audience.value}",
            ".words" if self.words else "",
            f".part-{self.part}" if self.part else "",
            f".at-{self.door}" if self.door else "",
        )
        return "map" + "".join(parts)


@dataclass(frozen=True, slots=True)
class MapPart:
    """A part of a floor that has a map of its own: a department, or a tile such as B2."""

    name: str
    window: Window
    is_tile: bool


def request_from(name: str) -> MapRequest | None:
    """The map of that name; None where it is no map's name."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    audience, words, part, door = found.groups()
    return MapRequest(Audience(audience or "staff"), bool(words), int(part or 0), door or "")


def map_parts(floor: Floor, audience: Audience, width_mm: float, height_mm: float) -> tuple[MapPart, ...]:
    """The parts of the floor as that audience sees it: its wings, and its tiles where the whole would be too small.

    The sizes are those of the drawing on the paper that is asked for.
    """
    seen = seen_by(floor, audience)
    if not seen.rooms:
        return ()
    return (*_wings(seen), *_tiles(seen, width_mm, height_mm))


def _wings(floor: Floor) -> Iterator[MapPart]:
    """The departments of the floor, where it has two or more."""
    rooms = defaultdict(list)
    for room in floor.rooms:
        if room.department:
            rooms[room.department].append(room)
    wings = {name: found for name, found in rooms.items() if len(found) >= _WING_ROOMS_LEAST}
    if len(rooms) < 2:
        return
    for name in sorted(wings):
        xs = [x for room in wings[name] for x, _ in room.ring]
        ys = [y for room in wings[name] for _, y in room.ring]
        around = _AROUND_M
        yield MapPart(name, (min(xs) - around, min(ys) - around, max(xs) + around, max(ys) + around), is_tile=False)


def _tiles(floor: Floor, width_mm: float, height_mm: float) -> Iterator[MapPart]:
    left, low, right, top = bounds(floor)
    if max((right - left) / width_mm, (top - low) / height_mm) * 1000 <= WHOLE_MOST:
        return
    across, wide = _split(right - left, width_mm * TILE_SCALE / 1000)
    down, high = _split(top - low, height_mm * TILE_SCALE / 1000)
    for row in range(down):
        for column in range(across):
            x, y = left + column * (wide - _OVERLAP_M), top - row * (high - _OVERLAP_M)
            window = (round(x, 3), round(y - high, 3), round(x + wide, 3), round(y, 3))
            if _has_room(floor, window):
                yield MapPart(f"{_letters(column)}{row + 1}", window, is_tile=True)


def _split(length: float, most: float) -> tuple[int, float]:
    """How many tiles of at most that length cover the length, and how long each is, all alike."""
    tiles = max(1, math.ceil((length - _OVERLAP_M) / max(most - _OVERLAP_M, _OVERLAP_M)))
    return tiles, (length + (tiles - 1) * _OVERLAP_M) / tiles


def _has_room(floor: Floor, window: Window) -> bool:
    left, low, right, top = window
    return any(
        min(x for x, _ in room.ring) < right
        and max(x for x, _ in room.ring) > left
        and min(y for _, y in room.ring) < top
        and max(y for _, y in room.ring) > low
        for room in floor.rooms
    )


def _letters(column: int) -> str:
    more, last = divmod(column, 26)
    return (_letters(more - 1) if more else "") + chr(ord("A") + last)
