"""Which floors a thing in OpenStreetMap is on: "0", "-2;-1;0", "0-3", "-1-3", "0.5;1"."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

_NUMBER = r"-?\d{1,3}(?:[.,]\d+)?"
_SINGLE = re.compile(rf"{_NUMBER}\Z")
_RANGE = re.compile(rf"({_NUMBER})\s*-\s*({_NUMBER})\Z")
_SPAN_MOST = 200  # floors


def levels_of(tags: Mapping[str, str]) -> frozenset[int]:
    """Whole floors. What lies only between two floors (a landing, 0.5) counts as on the lower one."""
    found = {
        level
        for key in ("level", "repeat_on")
        for part in re.split(r"[;|]", tags.get(key, ""))
        for level in _levels(part.strip())
    }
    whole = frozenset(round(level) for level in found if level == round(level))
    return whole or frozenset(math.floor(level) for level in found)


def is_between(tags: Mapping[str, str]) -> bool:
    """Whether a thing lies on no whole floor at all."""
    parts = [part.strip() for part in re.split(r"[;|]", tags.get("level", ""))]
    numbers = [level for part in parts for level in _levels(part)]
    return bool(numbers) and all(level != round(level) for level in numbers)


def _levels(part: str) -> Iterator[float]:
    if _SINGLE.match(part):
        yield _number(part)
        return
    span = _RANGE.match(part)
    if span is None:
        return
    low, high = sorted((_number(span[1]), _number(span[2])))
    if high - low <= _SPAN_MOST:
        yield from (float(level) for level in range(math.ceil(low), math.floor(high) + 1))


def _number(text: str) -> float:
    return float(text.replace(",", "."))
