"""Which public rooms are desks that help the public, by what is written about them: for the public map."""

from __future__ import annotations

from collections.abc import Iterable

from zonemap.model.plan import Room
from zonemap.model.zone import ZoneClass
from zonemap.rules.room_words import meaning

_KINDS = frozenset({"reception"})


def help_desks(rooms: Iterable[Room]) -> tuple[str, ...]:
    """The ids of the public rooms that are receptions or information desks."""
    return tuple(room.id for room in rooms if room.zone_class is ZoneClass.PUBLIC and _is_desk(room))


def _is_desk(room: Room) -> bool:
    return any(match.kind.id in _KINDS for match in meaning(room.name).matches)
