"""Doors, each with the two rooms that it joins: from swings, and from gaps between rooms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zonemap.model.draft import DraftDoor, DraftRoom, TraceOptions
from zonemap.model.linework import Linework
from zonemap.model.plan import DoorKind
from zonemap.tracing.doors_gaps import Gap, gaps_of
from zonemap.tracing.doors_ground import Ground, ground_of_strokes
from zonemap.tracing.doors_sides import Sides
from zonemap.tracing.doors_swings import Leaf, leaf_of, swings_of

_MEET = 0.12  # metres between the strikes of two leaves of one door
_SAME = 0.3  # metres along and across between two findings of the same opening
_ROW = 0.5  # metres: doors nearer than that to one height are one row of the reading order


@dataclass(frozen=True, slots=True)
class Opening:
    """A door on the ground, before it is written down."""

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    sides: Sides
    kind: DoorKind
    sure: float

    @property
    def middle(self) -> NDArray[np.float64]:
        """The place between the jambs."""
        return (self.start + self.end) / 2

    @property
    def width(self) -> float:
        """Metres between the jambs."""
        return float(np.hypot(*(self.end - self.start)))


def find_in_linework(
    linework: Linework, rooms: tuple[DraftRoom, ...], options: TraceOptions
) -> tuple[DraftDoor, ...]:
    """The doors of a drawing, jambs in its units, in the middle of the wall.

    A door whose two sides lie in one room (a toilet's partition, or two rooms that were traced as one) names it twice.
    """
    if not rooms:
        return ()
    ground = ground_of_strokes(linework.strokes, rooms, options.metres_per_unit)
    leaves = [leaf for swing in swings_of(linework.arcs, ground) if (leaf := leaf_of(swing, ground)) is not None]
    found = merged([*swung(leaves), *(as_opening(gap) for gap in gaps_of(rooms, ground))])
    return written(found, ground, rooms, y_down=linework.y_down)


def swung(leaves: Sequence[Leaf]) -> list[Opening]:
    """One opening for each leaf, or for two leaves that meet."""
    openings: list[Opening] = []
    left = list(leaves)
    while left:
        leaf = left.pop(0)
        partner = min((other for other in left if _pair(leaf, other)), key=lambda it: _apart(leaf, it), default=None)
        if partner is not None:
            left.remove(partner)
            sides = leaf.sides if leaf.sides.differ or not partner.sides.differ else _turned(partner.sides)
            openings.append(_seated(leaf.hinge, partner.hinge, sides, max(leaf.weight, partner.weight)))
        else:
            openings.append(_seated(leaf.hinge, leaf.strike, leaf.sides, leaf.weight))
    return openings


def as_opening(gap: Gap) -> Opening:
    """A gap is an opening as long as no leaf is known."""
    return Opening(gap.start, gap.end, gap.sides, DoorKind.OPENING, 0.5)


def merged(openings: Iterable[Opening]) -> list[Opening]:
    """The surest of those that are the same opening."""
    kept: list[Opening] = []
    for opening in sorted(openings, key=lambda it: -it.sure):
        if not any(_same(opening, other) for other in kept):
            kept.append(opening)
    return kept


def written(
    openings: Sequence[Opening], ground: Ground, rooms: Sequence[DraftRoom], *, y_down: bool
) -> tuple[DraftDoor, ...]:
    """Doors in the file's units and in reading order."""
    down = 1.0 if y_down else -1.0
    ordered = sorted(openings, key=lambda it: (round(down * it.middle[1] / _ROW), it.middle[0]))
    ids = (None, *(room.id for room in rooms))
    return tuple(
        DraftDoor(
            id=f"door-{number}",
            jambs=(ground.units(it.start), ground.units(it.end)),
            rooms=(ids[it.sides.right], ids[it.sides.left]) if it.sides.right else (ids[it.sides.left], None),
            kind=it.kind,
            confidence=round(it.sure, 2),
        )
        for number, it in enumerate(ordered, 1)
    )


def _pair(leaf: Leaf, other: Leaf) -> bool:
    """Whether the two leaves meet, on one line, from opposite sides."""
    on, back = leaf.strike - leaf.hinge, other.strike - other.hinge
    straight = float(on @ back) / float(np.hypot(*on) * np.hypot(*back))
    return _apart(leaf, other) <= _MEET and straight < -0.96


def _apart(leaf: Leaf, other: Leaf) -> float:
    return float(np.hypot(*(leaf.strike - other.strike)))


def _turned(sides: Sides) -> Sides:
    return Sides(sides.left, sides.right, -sides.off)


def _seated(start: NDArray[np.float64], end: NDArray[np.float64], sides: Sides, weight: float) -> Opening:
    """Moved into the middle of the wall, where both of its faces are known."""
    on = end - start
    off = np.array((-on[1], on[0])) / np.hypot(*on) * (sides.off if sides.inner else 0.0)
    return Opening(start + off, end + off, sides, DoorKind.DOOR, min(1.0, 0.4 + weight / 5))


def _same(opening: Opening, other: Opening) -> bool:
    """Whether the middle of either lies within the other, on nearly the same line."""
    on, way = opening.end - opening.start, other.end - other.start
    parallel = abs(float(on @ way)) / (opening.width * other.width) > 0.8
    return parallel and (_within(opening, other) or _within(other, opening))


def _within(opening: Opening, other: Opening) -> bool:
    on = (other.end - other.start) / other.width
    from_middle = opening.middle - other.middle
    along, across = abs(float(from_middle @ on)), abs(float(from_middle @ np.array((-on[1], on[0]))))
    return along <= other.width / 2 and across <= _SAME
