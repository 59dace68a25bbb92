"""A floor is put together: outlines become sound rooms with ids of their own, doors find their rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from zonemap.errors import TooLarge
from zonemap.model.draft import Anchor, DraftDoor, DraftFloor, DraftRoom
from zonemap.model.plan import FLOOR_ROOMS_MOST, FLOOR_VERTICES_MOST, Point, Ring
from zonemap.tracing.beside import Rooms
from zonemap.tracing.outlines import Outline, sound

_ID_MOST = 64
_NAMED_MOST = 5  # how many rooms a warning names
_WARNINGS_MOST = 20


class Ids:
    """Ids as a file has them, made different where two things share one."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def own(self, wanted: str) -> str:
        """An id that nothing else has."""
        base = own = wanted[: _ID_MOST - 8]
        while own in self._counts:
            self._counts[base] += 1
            own = f"{base}~{self._counts[base]}"
        self._counts[own] = 1
        return own


@dataclass(slots=True)
class FloorInMaking:
    """Takes what a file says of one floor, in metres, and gives the floor."""

    name: str
    level: int = 0
    rooms: list[DraftRoom] = field(default_factory=list)
    doors: list[DraftDoor] = field(default_factory=list)
    walls: list[tuple[Ring, ...]] = field(default_factory=list)
    anchor: Anchor | None = None
    _warnings: dict[str, list[str]] = field(default_factory=dict)  # a sentence with {}, and the rooms it is about
    _ids: Ids = field(default_factory=Ids)

    def add_polygon(self, room: DraftRoom, rings: Sequence[Sequence[Sequence[float]]]) -> None:
        """Add a room by its outline as the file has it; several rooms where it falls into parts."""
        found = sound(rings[0], rings[1:])
        if not found.parts:
            self.warn("Too small or too narrow to be a room, and left out: {}.", room)
        if found.changed:
            self.warn("The outline crosses itself in the file; look at it before you go on: {}.", room)
        self.add_parts(room, found.parts)

    def add_parts(self, room: DraftRoom, parts: Iterable[Outline]) -> None:
        """Add a room by its sound outlines."""
        for part in parts:
            if len(self.rooms) == FLOOR_ROOMS_MOST:
                raise TooLarge(
                    f"{self.name or 'A floor'} has more than {FLOOR_ROOMS_MOST:,} rooms. "
                    "Export a part of the building, and upload that."
                )
            self.rooms.append(replace(room, id=self._ids.own(room.id or "room"), ring=part.ring, holes=part.holes))

    def add_wall(self, rings: Sequence[Sequence[Sequence[float]]]) -> None:
        """Add a wall that is drawn under the rooms."""
        self.walls += [(part.ring, *part.holes) for part in sound(rings[0], rings[1:]).parts]

    def warn(self, sentence: str, room: DraftRoom | None = None) -> None:
        """A sentence for the person; {} stands for the rooms that it is about."""
        about = self._warnings.setdefault(sentence, [])
        if room is not None:
            about.append(" ".join(part for part in (room.number, room.name) if part) or room.id)

    def made(self, doors: Callable[[Rooms], Iterable[DraftDoor]] | None = None) -> DraftFloor:
        """The floor. ``doors`` are asked for when all rooms are known. Raises TooLarge."""
        self._check_corners()
        made = tuple(doors(Rooms.of(self.rooms))) if doors is not None else tuple(self.doors)
        return DraftFloor(
            name=self.name,
            level=self.level,
            rooms=tuple(self.rooms),
            doors=made[:FLOOR_ROOMS_MOST],
            walls=tuple(self.walls),
            warnings=tuple(self._sentences())[:_WARNINGS_MOST],
            anchor=self.anchor,
        )

    def _check_corners(self) -> None:
        corners = sum(len(ring) for room in self.rooms for ring in (room.ring, *room.holes))
        if corners > FLOOR_VERTICES_MOST:
            raise TooLarge(
                f"{self.name or 'A floor'} has {corners:,} corners; the most is {FLOOR_VERTICES_MOST:,}. "
                "Export it with simpler curves, or a part of the building, and upload that."
            )

    def _sentences(self) -> Iterable[str]:
        for sentence, about in self._warnings.items():
            more = len(about) - _NAMED_MOST
            yield sentence.format(", ".join(about[:_NAMED_MOST]) + (f" and {more} more" if more > 0 else ""))


def millimetres(point: Sequence[float]) -> Point:
    """A point on the millimetre grid."""
    return round(point[0], 3) + 0.0, round(point[1], 3) + 0.0
