"""What lies on the two sides of an opening, and where the middle of its wall runs between them."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from zonemap.tracing.doors_ground import Ground

WALL_MOST = 0.8  # metres between the faces of one wall
_REACH = 1.0  # metres to look on either side
_OFF_MOST = 0.5  # metres from where an opening is drawn (a hinge lies on a face) to the middle of its wall
_STEP = 0.025
_AWAY = np.arange(-_REACH, _REACH + _STEP / 2, _STEP)
_LOOKS = (0.2, 0.5, 0.8)  # parts of the opening's width at which to look through it


@dataclass(frozen=True, slots=True)
class Sides:
    """Numbers of the rooms to the right and to the left of a line, 0 outdoors.

    ``off`` is by how many metres their boundary lies left of the line, ``slope`` how much that changes along it.
    """

    right: int
    left: int
    off: float
    slope: float = 0.0

    @property
    def differ(self) -> bool:
        """Whether the line parts two places."""
        return self.right != self.left

    @property
    def inner(self) -> bool:
        """Whether the line parts two rooms."""
        return self.differ and self.right > 0 and self.left > 0


NOWHERE = Sides(0, 0, 0.0)


def sides_of(ground: Ground, start: NDArray[np.float64], end: NDArray[np.float64]) -> Sides:
    """What most of the looks through the line from ``start`` to ``end`` see on either side."""
    along = end - start
    left = np.array((-along[1], along[0])) / max(float(np.hypot(*along)), 1e-9)
    places = start + along * np.array(_LOOKS)[:, None, None] + left * _AWAY[None, :, None]
    looks = [_look(line) for line in ground.room_at(places)]
    (right, left_room), _ = Counter((look.right, look.left) for look in looks).most_common(1)[0]
    seen = [
        (part, look.off)
        for part, look in zip(_LOOKS, looks, strict=True)
        if (look.right, look.left) == (right, left_room)
    ]
    (first, off), (last, other) = seen[0], seen[-1]
    slope = (other - off) / ((last - first) * float(np.hypot(*along))) if last > first else math.inf
    return Sides(right, left_room, float(np.median([off for _, off in seen])), slope)


def _look(rooms: NDArray[np.int32]) -> Sides:
    """Through one line of room numbers, right to left: the change of room that is nearest to the middle."""
    starts = np.flatnonzero(np.diff(rooms, prepend=-1))
    ends = np.append(starts[1:], len(rooms))
    runs = [(int(rooms[a]), _AWAY[a] - _STEP / 2, _AWAY[b - 1] + _STEP / 2) for a, b in zip(starts, ends, strict=True)]
    changes = [change for change in _changes(runs) if abs(change.off) <= _OFF_MOST]
    if changes:
        return min(changes, key=lambda change: (not change.inner, abs(change.off)))
    here = int(rooms[len(rooms) // 2]) or max((room for room, _, _ in runs), default=0)
    return Sides(here, here, 0.0)


def _changes(runs: list[tuple[int, float, float]]) -> list[Sides]:
    """From room to room through a wall, and from a room to outdoors, where there is no room within a wall's depth."""
    found = []
    solid = [run for run in runs if run[0]]
    for (first, _, face), (second, other_face, _) in pairwise(solid):
        if first != second and other_face - face <= WALL_MOST:
            found.append(Sides(first, second, (face + other_face) / 2))
    for at, (room, low, high) in enumerate(runs):
        if room == 0 and high - low > WALL_MOST / 2:
            if at > 0 and (high >= _REACH or high - low > WALL_MOST):
                found.append(Sides(runs[at - 1][0], 0, low))
            if at + 1 < len(runs) and (low <= -_REACH or high - low > WALL_MOST):
                found.append(Sides(0, runs[at + 1][0], high))
    return found
