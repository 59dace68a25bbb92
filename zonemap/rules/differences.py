"""What differs between two revisions, in sentences, from ``wording/differences.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from zonemap.model.difference import Difference, DoorDifference, RoomDifference


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    text = (files("zonemap.rules") / "wording" / "differences.toml").read_text("utf-8")
    return tomllib.loads(text)


def sentences(found: Difference) -> tuple[str, ...]:
    """Every difference as a sentence without its full stop, rooms first."""
    rooms = [sentence for each in found.rooms for sentence in _of_room(each)]
    return (*rooms, *(sentence for each in found.doors for sentence in _of_door(each)))


def _of_room(each: RoomDifference) -> Iterator[str]:
    before, after = each.before or each.after, each.after or each.before
    assert before is not None  # noqa: S101 - one of the two is always there
    assert after is not None  # noqa: S101
    for changed in each.changed:
        yield _words()["room"][changed.value].format(
            name=after.label, was=before.label, before=before.zone_class.word, after=after.zone_class.word
        )


def _of_door(each: DoorDifference) -> Iterator[str]:
    before, after = each.before or each.after, each.after or each.before
    assert before is not None  # noqa: S101 - one of the two is always there
    assert after is not None  # noqa: S101
    for changed in each.changed:
        yield _words()["door"][changed.value].format(
            number=after.number, was=before.number, before=before.control.word, after=after.control.word
        )
