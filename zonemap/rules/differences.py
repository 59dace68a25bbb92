"""What differs between two revisions, in sentences, from ``wording/differences.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from zonemap.model.difference import Difference, DoorDifference, RoomDifference
from zonemap.model.plan import Door, Room


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    text = (files("zonemap.rules") / "wording" / "differences.toml").read_text("utf-8")
    return tomllib.loads(text)


def sentences(found: Difference) -> tuple[str, ...]:
    """Every difference as a sentence without its full stop, rooms first."""
    rooms = (sentence for each in found.rooms for sentence in _told("room", each, _room_facts))
    doors = (sentence for each in found.doors for sentence in _told("door", each, _door_facts))
    return (*rooms, *doors)


def _told(
    kind: str, each: RoomDifference | DoorDifference, facts: Callable[[Any, Any], dict[str, str]]
) -> Iterator[str]:
    """The sentences about one room or door; what is new or gone is compared with itself."""
    words = facts(each.before or each.after, each.after or each.before)
    for changed in each.changed:
        yield _words()[kind][changed.value].format(**words)


def _room_facts(before: Room, after: Room) -> dict[str, str]:
    return {
        "name": after.label,
        "was": before.label,
        "before": before.zone_class.word,
        "after": after.zone_class.word,
    }


def _door_facts(before: Door, after: Door) -> dict[str, str]:
    return {"number": after.number, "was": before.number, "before": before.control.word, "after": after.control.word}
