"""Lists of rooms as plain JSON values and back, with nothing believed: whatever does not fit raises ValueError."""

from __future__ import annotations

from typing import Any

from zonemap.model.draft_document import number, words
from zonemap.model.listed import ListedRoom

_ROWS_MOST = 50_000
_DOORS_MOST = 200


def listed_document(rows: tuple[ListedRoom, ...]) -> list[list[Any]]:
    """Each row as a list of its values."""
    return [
        [row.number, row.name, row.department, row.category, row.floor, row.area, row.size, list(row.doors)]
        for row in rows
    ]


def listed_from(values: Any) -> tuple[ListedRoom, ...]:
    """The rows back. Raises ValueError."""
    if not isinstance(values, list) or len(values) > _ROWS_MOST:
        raise ValueError("not a list, or too long a one")
    return tuple(_row(value) for value in values)


def _row(value: Any) -> ListedRoom:
    if not isinstance(value, list) or len(value) != 8:
        raise ValueError("not a row")
    *texts, area, size, doors = value
    room, name, department, category, floor = map(words, texts)
    if not isinstance(doors, list) or len(doors) > _DOORS_MOST:
        raise ValueError("not a list of doors")
    return ListedRoom(
        number=room,
        name=name,
        department=department,
        category=category,
        floor=floor,
        area=None if area is None else number(area, 0.0, 1e8),
        size=None if size is None else (number(size[0], 0.0, 1e7), number(size[1], 0.0, 1e7)),
        doors=tuple(map(words, doors)),
    )
