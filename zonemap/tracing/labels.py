"""Room numbers and names, put on the rooms in which they are written.

What is written in no room, nor in a wall beside one, stays unattached: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import shapely

from zonemap.model.draft import DraftRoom
from zonemap.model.linework import Text
from zonemap.model.plan import Point
from zonemap.tracing.labels_stacks import NAME_MOST, Stack, stacks_of
from zonemap.tracing.labels_words import lines_of

_BESIDE_M = 0.5  # a label in a wall, or at the end of a leader
_TALLEST_M = 2.5  # what is written larger names the sheet
_SMALLER = 0.75  # of the tallest label in the room


def attach(
    rooms: Sequence[DraftRoom], texts: Sequence[Text], metres_per_unit: float, *, y_down: bool | None = None
) -> tuple[DraftRoom, ...]:
    """The rooms with their numbers and names, in the order given.

    A number that a room has already is kept. ``y_down`` says which way the y axis points; None: told by the labels.
    """
    if not rooms:
        return ()
    legible = [text for text in texts if text.height * metres_per_unit < _TALLEST_M]
    shapes = [shapely.Polygon(room.ring, room.holes) for room in rooms]
    tree = shapely.STRtree(shapes)
    lines = lines_of(legible)
    where = [_smallest_at(line.text.place, shapes, tree) for line in lines]
    written = _written(stacks_of(lines, where, y_down=y_down), shapes, tree, _BESIDE_M / metres_per_unit)
    return tuple(_labelled(room, written.get(index, [])) for index, room in enumerate(rooms))


def _written(
    stacks: Sequence[Stack], shapes: Sequence[shapely.Polygon], tree: shapely.STRtree, beside: float
) -> dict[int, list[Stack]]:
    """For each room, by its place in the list, what is written in it; else what is written beside it."""
    inside: dict[int, list[Stack]] = {}
    outside: list[Stack] = []
    for stack in stacks:
        room = _room_of(stack, shapes, tree)
        if room is None:
            outside.append(stack)
        else:
            inside.setdefault(room, []).append(stack)
    for stack in outside:
        if stack.number and stack.sure:
            _put_beside(stack, tree, inside, beside)
    return inside


def _put_beside(stack: Stack, tree: shapely.STRtree, inside: dict[int, list[Stack]], beside: float) -> None:
    """Give a label that stands in no room to the nearest room without a number of its own."""
    point = shapely.Point(stack.places[0])
    near = tree.query_nearest(point, max_distance=beside, all_matches=True)
    for room in near.tolist():
        if not any(other.number for other in inside.get(room, [])):
            inside.setdefault(room, []).append(stack)
            return


def _room_of(stack: Stack, shapes: Sequence[shapely.Polygon], tree: shapely.STRtree) -> int | None:
    for place in stack.places:
        found = _smallest_at(place, shapes, tree)
        if found is not None:
            return found
    return None


def _smallest_at(place: Point, shapes: Sequence[shapely.Polygon], tree: shapely.STRtree) -> int | None:
    found = tree.query(shapely.Point(place), predicate="within").tolist()
    return min(found, key=lambda index: shapes[index].area, default=None)


def _labelled(room: DraftRoom, stacks: Sequence[Stack]) -> DraftRoom:
    """The room with the best of the labels in it: those with a number first, then the tallest."""
    tallest = max((stack.height for stack in stacks if stack.name), default=0.0)
    numbered = sorted(
        # A smaller label with a name of its own, such as "16070 O.H. DOOR", stands for something in the room.
        (stack for stack in stacks if stack.number and not (stack.name and stack.height < _SMALLER * tallest)),
        key=lambda stack: (not stack.sure, not stack.name, -stack.height),
    )
    named = sorted((stack for stack in stacks if stack.name), key=lambda stack: -stack.height)
    number = numbered[0].number if numbered else ""
    name = numbered[0].name if numbered and numbered[0].sure else ""
    if not name and named:
        name = _beside_number(numbered, named)
    return replace(room, number=room.number or number[:NAME_MOST], name=room.name or name[:NAME_MOST])


def _beside_number(numbered: Sequence[Stack], named: Sequence[Stack]) -> str:
    """A name that stands apart from the number: not one that has a number of its own."""
    own = [stack for stack in named if not stack.number or not numbered or stack is numbered[0]]
    return own[0].name if own else ""
