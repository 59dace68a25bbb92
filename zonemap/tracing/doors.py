"""Doors, each with the two rooms that it joins: from swings, and from gaps between rooms."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import shapely
from numpy.typing import NDArray

from zonemap.model.draft import DraftDoor, DraftRoom, TraceOptions
from zonemap.model.linework import Linework
from zonemap.model.plan import DoorKind
from zonemap.tracing.doors_circles import swings_in
from zonemap.tracing.doors_gaps import GAP_MOST, Gap, gaps_of
from zonemap.tracing.doors_ground import Ground, Picture, ground_of_picture, ground_of_strokes
from zonemap.tracing.doors_leaves import swings_in_gap
from zonemap.tracing.doors_named import Named, named_in
from zonemap.tracing.doors_sides import Sides
from zonemap.tracing.doors_swings import Leaf, leaf_of, stands_in_wall, swings_of

_MEET = 0.12  # metres between the strikes of two leaves of one door
_STRAIGHT = -0.96  # cosine between two leaves on one line
_ONE_PLACE = 0.4  # metres: two doors with their middles so near would stand in each other's way
_NARROW = 0.7  # metres: on a picture letters bend like the leaves of narrower doors, so walls must stand beside these
_PASSED = 0.6  # metres: on a picture nobody passes what is narrower; it is a cupboard's leaf, or a compartment's
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
        return cast("NDArray[np.float64]", (self.start + self.end) / 2)

    @property
    def width(self) -> float:
        """Metres between the jambs."""
        return math.dist(self.start, self.end)


def find_in_linework(linework: Linework, rooms: tuple[DraftRoom, ...], options: TraceOptions) -> tuple[DraftDoor, ...]:
    """The doors of a drawing, jambs in its units, in the middle of the wall.

    A door whose two sides lie in one room (a toilet's partition, or two rooms that were traced as one) names it twice.
    """
    if not rooms:
        return ()
    ground = ground_of_strokes(linework.strokes, rooms, options.metres_per_unit)
    named = named_in(linework, ground)
    swings = swings_of(linework.arcs, ground, lambda arc: named.knows(arc, ground))
    leaves = [leaf for swing in swings if (leaf := leaf_of(swing, ground)) is not None]
    gaps = [_filled(as_opening(gap), named) for gap in gaps_of(rooms, named.walls)]
    found = merged([*swung(leaves), *(gap for gap in gaps if gap.sides.inner or gap.kind is DoorKind.DOOR)])
    blocks = [_placed(*across) for across in named.across([it.middle for it in found])]
    return written(merged([*found, *blocks]), ground, rooms, y_down=linework.y_down)


def find_on_picture(
    grey: NDArray[np.uint8], rooms: tuple[DraftRoom, ...], options: TraceOptions
) -> tuple[DraftDoor, ...]:
    """The doors on a picture, dark on light; jambs in its pixels, y down, in the middle of the wall."""
    if not rooms:
        return ()
    picture = ground_of_picture(grey, rooms, options)
    ground = picture.ground
    swings = swings_in(ground.ink, picture.strokes, ground.pitch)
    leaves = [leaf for swing in swings if (leaf := leaf_of(swing, ground)) is not None]
    swinging = [it for it in swung(leaves) if is_clear(it) or stands_in_wall(picture.plain, it.start, it.end)]
    found = merged([*swinging, *(as_opening(gap) for gap in gaps_of(rooms, picture.plain))])
    found = [looked_into(picture, it) if it.kind is DoorKind.OPENING else it for it in found]
    ways = [it for it in found if it.width >= _PASSED and (it.kind is DoorKind.DOOR or it.sides.inner)]
    return written(ways, ground, rooms, y_down=True)


def _filled(opening: Opening, named: Named) -> Opening:
    """An opening as a door, where the file says that a door is drawn in it."""
    return replace(opening, kind=DoorKind.DOOR, sure=0.7) if named.fills(opening.start, opening.end) else opening


def is_clear(opening: Opening) -> bool:
    """Whether a swing on a picture is a door whatever stands beside it: a wide one, and not by a window.

    Furniture by a window bends like a leaf, and the window parts two places as a door does.
    """
    return opening.width >= _NARROW and (opening.sides.inner or not opening.sides.differ)


def looked_into(picture: Picture, opening: Opening) -> Opening:
    """An opening as a door, where a leaf swings in it that could not be told without it."""
    if swings_in_gap(picture, opening.start, opening.end):
        return replace(opening, kind=DoorKind.DOOR, sure=0.7)
    return opening


def swung(leaves: Sequence[Leaf]) -> list[Opening]:
    """One opening for each leaf, or for two leaves that meet."""
    openings: list[Opening] = []
    done: set[int] = set()
    pairs = _near([leaf.strike for leaf in leaves], _MEET)
    partners = {one: other for one, other in pairs if _meet(leaves[one], leaves[other])}
    for number, leaf in enumerate(leaves):
        partner = partners.get(number)
        if number in done:
            continue
        if partner is not None and partner not in done:
            done.add(partner)
            openings.append(_double(leaf, leaves[partner]))
        else:
            openings.append(_seated(leaf.hinge, leaf.strike, leaf.sides, leaf.weight))
    return openings


def as_opening(gap: Gap) -> Opening:
    """A gap is an opening as long as no leaf is known."""
    return Opening(gap.start, gap.end, gap.sides, DoorKind.OPENING, 0.5)


def merged(openings: Iterable[Opening]) -> list[Opening]:
    """The surest of those that are the same opening."""
    ordered = sorted(openings, key=lambda it: -it.sure)
    dropped: set[int] = set()
    near: dict[int, list[int]] = {}
    for one, other in _near([it.middle for it in ordered], GAP_MOST):
        near.setdefault(one, []).append(other)
    for number, opening in enumerate(ordered):
        if number not in dropped:
            later = (other for other in near.get(number, ()) if other > number)
            dropped.update(other for other in later if _same(opening, ordered[other]))
    return [opening for number, opening in enumerate(ordered) if number not in dropped]


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


def _near(places: Sequence[NDArray[np.float64]], reach: float) -> list[tuple[int, int]]:
    """The numbers of all pairs of places within ``reach`` metres, both ways round."""
    if not places:
        return []
    points = shapely.points(np.array(places))
    pairs = shapely.STRtree(points).query(points, predicate="dwithin", distance=reach).T.tolist()
    return [(one, other) for one, other in pairs if one != other]


def _meet(leaf: Leaf, other: Leaf) -> bool:
    """Whether the two leaves, which end at one place, come on one line from opposite sides."""
    on, back = leaf.strike - leaf.hinge, other.strike - other.hinge
    return float(on @ back) / math.sqrt(float(on @ on) * float(back @ back)) < _STRAIGHT


def _double(leaf: Leaf, other: Leaf) -> Opening:
    sides = leaf.sides if leaf.sides.differ or not other.sides.differ else _turned(other.sides)
    return _seated(leaf.hinge, other.hinge, sides, max(leaf.weight, other.weight))


def _turned(sides: Sides) -> Sides:
    return Sides(sides.left, sides.right, -sides.off)


def _seated(start: NDArray[np.float64], end: NDArray[np.float64], sides: Sides, weight: float) -> Opening:
    """Moved into the middle of the wall, where both of its faces are known."""
    on = end - start
    off = np.array((-on[1], on[0])) / np.hypot(*on) * (sides.off if sides.inner else 0.0)
    return Opening(start + off, end + off, sides, DoorKind.DOOR, min(1.0, 0.4 + weight / 5))


def _placed(start: NDArray[np.float64], end: NDArray[np.float64], sides: Sides) -> Opening:
    """A door that only its block tells of: its leaf is drawn over a wall that goes on."""
    return replace(_seated(start, end, sides, 0.0), sure=0.6)


def _same(opening: Opening, other: Opening) -> bool:
    """Whether both are at one place, or the middle of either lies within the other on nearly the same line."""
    if math.dist(opening.middle, other.middle) <= _ONE_PLACE:
        return True
    on, way = opening.end - opening.start, other.end - other.start
    parallel = abs(float(on @ way)) / (opening.width * other.width) > 0.8
    return parallel and (_within(opening, other) or _within(other, opening))


def _within(opening: Opening, other: Opening) -> bool:
    on = (other.end - other.start) / other.width
    from_middle = opening.middle - other.middle
    along, across = abs(float(from_middle @ on)), abs(float(from_middle @ np.array((-on[1], on[0]))))
    return along <= other.width / 2 and across <= _SAME
