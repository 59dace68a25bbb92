"""Drafts as plain JSON values and back. They come from a file that nobody has vouched for: nothing is believed.

Whatever does not fit raises ValueError, which the parent of the intake's child turns into a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from zonemap.model.draft import Anchor, DraftDoor, DraftFloor, DraftRoom
from zonemap.model.linework import Text
from zonemap.model.plan import FLOOR_ROOMS_MOST, FLOOR_VERTICES_MOST, DoorKind, Point, Ring
from zonemap.model.zone import ZoneClass

REACH_MOST = 1e7  # no coordinate lies farther out
VERTICES_MOST = 2 * FLOOR_VERTICES_MOST  # a draft may be simplified before it becomes a floor
TEXTS_MOST = 50_000
WORDS_MOST, ID_MOST, WARNINGS_MOST = 400, 64, 20


def room_draft_document(room: DraftRoom) -> dict[str, Any]:
    """One proposed room; what is empty is left out."""
    words = {"number": room.number, "name": room.name, "department": room.department, "category": room.category}
    return {
        "id": room.id,
        "ring": _points(room.ring),
        **({"holes": [_points(hole) for hole in room.holes]} if room.holes else {}),
        **{key: value for key, value in words.items() if value},
        **({"other_names": list(room.other_names)} if room.other_names else {}),
        **({} if room.zone_class is ZoneClass.UNDECIDED else {"class": room.zone_class.value}),
        "confidence": round(room.confidence, 3),
    }


def door_draft_document(door: DraftDoor) -> dict[str, Any]:
    """One proposed door."""
    return {
        "id": door.id,
        "jambs": _points(door.jambs),
        "rooms": list(door.rooms),
        "kind": door.kind.value,
        "mark": door.mark,
        "confidence": round(door.confidence, 3),
    }


def text_document(text: Text) -> dict[str, Any]:
    """One line of text."""
    return {
        "text": text.text,
        "place": list(text.place),
        "height": text.height,
        "width": text.width,
        "angle": text.angle,
        "layer": text.layer,
    }


def floor_draft_document(floor: DraftFloor) -> dict[str, Any]:
    """A whole floor. Its walls are left out: they are in its picture."""
    return {
        "name": floor.name,
        "level": floor.level,
        "rooms": [room_draft_document(room) for room in floor.rooms],
        "doors": [door_draft_document(door) for door in floor.doors],
        "texts": [text_document(text) for text in floor.texts],
        "warnings": list(floor.warnings),
        **({} if floor.anchor is None else {"anchor": _anchor_document(floor.anchor)}),
    }


def rooms_from(values: Any) -> tuple[DraftRoom, ...]:
    """Proposed rooms with ids of their own. Raises ValueError."""
    rooms = tuple(_room(value) for value in _list(values, FLOOR_ROOMS_MOST))
    if len({room.id for room in rooms}) != len(rooms):
        raise ValueError("two rooms with one id")
    if sum(len(ring) for room in rooms for ring in (room.ring, *room.holes)) > VERTICES_MOST:
        raise ValueError("too many corners")
    return rooms


def doors_from(values: Any, rooms: Sequence[DraftRoom]) -> tuple[DraftDoor, ...]:
    """Proposed doors between these rooms. Raises ValueError."""
    ids = {room.id for room in rooms}
    doors = tuple(_door(value) for value in _list(values, FLOOR_ROOMS_MOST))
    if any(room is not None and room not in ids for door in doors for room in door.rooms):
        raise ValueError("a door of a room that is not there")
    if len({door.id for door in doors}) != len(doors):
        raise ValueError("two doors with one id")
    return doors


def texts_from(values: Any) -> tuple[Text, ...]:
    """Lines of text. Raises ValueError."""
    return tuple(_text(value) for value in _list(values, TEXTS_MOST))


def warnings_from(values: Any) -> tuple[str, ...]:
    """Sentences for whoever looks the floor over. Raises ValueError."""
    return tuple(words(value) for value in _list(values, WARNINGS_MOST))


def floor_draft_from(value: Any) -> DraftFloor:
    """A whole floor. Raises ValueError."""
    given = _object(value)
    rooms = rooms_from(given.get("rooms"))
    level = given.get("level")
    if not isinstance(level, int) or isinstance(level, bool):
        raise ValueError("a level that is no whole number")
    return DraftFloor(
        name=words(given.get("name")),
        level=level,
        rooms=rooms,
        doors=doors_from(given.get("doors"), rooms),
        texts=texts_from(given.get("texts")),
        warnings=warnings_from(given.get("warnings")),
        anchor=None if given.get("anchor") is None else _anchor(given["anchor"]),
    )


def number(value: Any, least: float = -REACH_MOST, most: float = REACH_MOST) -> float:
    """A finite number within bounds. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("not a number")
    if not least <= value <= most or not math.isfinite(
        value
    ):  # in this order: a whole number may be too long to be one
        raise ValueError("a number out of bounds")
    return float(value)


def words(value: Any, most: int = WORDS_MOST) -> str:
    """A text of one line, cut to ``most`` letters; what can't be printed becomes a space. Raises ValueError."""
    if not isinstance(value, str):
        raise ValueError("not a text")
    plain = "".join(char if char.isprintable() else " " for char in value[: 2 * most])
    return " ".join(plain.split())[:most]


def _anchor_document(anchor: Anchor) -> list[float]:
    return [anchor.longitude, anchor.latitude, *anchor.metres_per_degree]


def _anchor(value: Any) -> Anchor:
    longitude, latitude, east, north = (number(part) for part in _list(value, 4))
    return Anchor(longitude, latitude, (east, north))


def _points(ring: Sequence[Point]) -> list[list[float]]:
    return [[x, y] for x, y in ring]


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError("not an object")
    return value


def _list(value: Any, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError("not a list, or too long a one")
    return value


def _point(value: Any) -> Point:
    pair = _list(value, 2)
    if len(pair) != 2:
        raise ValueError("a point has two numbers")
    return number(pair[0]), number(pair[1])


def _ring(value: Any) -> Ring:
    ring = tuple(_point(point) for point in _list(value, VERTICES_MOST))
    if len(ring) < 3:
        raise ValueError("an outline has three corners or more")
    return ring


def _id(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= ID_MOST:
        raise ValueError("an id that is none")
    return value


def _room(value: Any) -> DraftRoom:
    given = _object(value)
    return DraftRoom(
        id=_id(given.get("id")),
        ring=_ring(given.get("ring")),
        holes=tuple(_ring(hole) for hole in _list(given.get("holes", []), FLOOR_ROOMS_MOST)),
        number=words(given.get("number", "")),
        name=words(given.get("name", "")),
        department=words(given.get("department", "")),
        category=words(given.get("category", "")),
        zone_class=ZoneClass(given.get("class", ZoneClass.UNDECIDED.value)),
        other_names=tuple(words(name) for name in _list(given.get("other_names", []), WARNINGS_MOST)),
        confidence=number(given.get("confidence", 1.0), 0.0, 1.0),
    )


def _door(value: Any) -> DraftDoor:
    given = _object(value)
    first, second = _list(given.get("jambs"), 2)
    here, there = (None if room is None else _id(room) for room in _list(given.get("rooms"), 2))
    return DraftDoor(
        id=_id(given.get("id")),
        jambs=(_point(first), _point(second)),
        rooms=(here, there),
        kind=DoorKind(str(given.get("kind"))),
        mark=words(given.get("mark", "")),
        confidence=number(given.get("confidence", 1.0), 0.0, 1.0),
    )


def _text(value: Any) -> Text:
    given = _object(value)
    return Text(
        text=words(given.get("text")),
        place=_point(given.get("place")),
        height=number(given.get("height")),
        width=number(given.get("width", 0.0)),
        angle=number(given.get("angle", 0.0)),
        layer=words(given.get("layer", "")),
    )
