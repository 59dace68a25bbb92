"""Doors in drawings of our own: two rooms of 4 by 3 m beside each other, walls 20 cm thick."""

import math
from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from zonemap.model.draft import DraftDoor, DraftRoom, TraceOptions
from zonemap.model.linework import Arc, Linework, Stroke
from zonemap.model.plan import DoorKind, Point
from zonemap.tracing.doors import find_in_linework, find_on_picture

WEST = DraftRoom("west", ((0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0)))
EAST = DraftRoom("east", ((4.2, 0.0), (8.2, 0.0), (8.2, 3.0), (4.2, 3.0)))
METRES = TraceOptions(1.0)
PIXEL = 0.02  # metres a pixel of the pictures
MARGIN = 2.5

Box = tuple[float, float, float, float]


def walls(*, inner: tuple[float, float] | None = None, north: tuple[float, float] | None = None) -> list[Box]:
    """Solid walls around and between the rooms, with gaps in the inner wall and in the western room's north wall."""
    boxes = [(-0.2, -0.2, 8.4, 0.0), (-0.2, 0.0, 0.0, 3.0), (8.2, 0.0, 8.4, 3.0)]
    low, high = inner or (1.5, 1.5)
    boxes += [(4.0, 0.0, 4.2, low), (4.0, high, 4.2, 3.0)]
    left, right = north or (1.0, 1.0)
    return [*boxes, (-0.2, 3.0, left, 3.2), (right, 3.0, 8.4, 3.2)]


def outlines(boxes: Sequence[Box]) -> list[Stroke]:
    return [Stroke(((a, b), (c, b), (c, d), (a, d), (a, b)), "walls", closed=True) for a, b, c, d in boxes]


def swing(hinge: Point, closed: float, opened: float, width: float = 0.9) -> tuple[list[Stroke], Arc]:
    """A leaf standing at ``opened`` degrees, and the arc it describes from ``closed``."""
    angles = np.radians(np.linspace(closed, opened, 13))
    curve = [(hinge[0] + width * math.cos(angle), hinge[1] + width * math.sin(angle)) for angle in angles]
    strokes = [Stroke(tuple(curve)), Stroke((hinge, curve[-1]))]
    return strokes, Arc(hinge, width, closed % 360, opened - closed)


def drawn(strokes: Sequence[Stroke], *arcs: Arc) -> Linework:
    return Linework((-0.2, -0.2, 8.4, 3.2), tuple(strokes), arcs)


def picture(boxes: Sequence[Box], strokes: Sequence[Stroke]) -> np.ndarray:
    """Filled walls and thin lines as a scan has them."""
    grey = np.full((round(8.4 / PIXEL), round(13.4 / PIXEL)), 245, np.uint8)
    for a, b, c, d in boxes:
        if c - a > PIXEL and d - b > PIXEL:
            low, high = (pixels([(a, b), (c, d)]) + 0.5).astype(int)
            cv2.rectangle(grey, tuple(map(int, low)), tuple(map(int, high - 1)), 40, -1)
    for stroke in strokes:
        points = np.rint((pixels(stroke.points) - 0.5) * 16).astype(np.int32)
        cv2.polylines(grey, [points.reshape(-1, 1, 2)], False, 90, 1, cv2.LINE_AA, 4)
    return grey


def pixels(points: Sequence[Point]) -> np.ndarray:
    return (np.array(points) + MARGIN) / PIXEL


def in_pixels(room: DraftRoom) -> DraftRoom:
    return DraftRoom(room.id, tuple((float(x), float(y)) for x, y in pixels(room.ring)))


def middle(door: DraftDoor) -> Point:
    (ax, ay), (bx, by) = door.jambs
    return (ax + bx) / 2, (ay + by) / 2


def only(doors: tuple[DraftDoor, ...]) -> DraftDoor:
    (door,) = doors
    return door


def test_a_single_leaf_is_a_door_of_its_two_rooms_in_the_middle_of_the_wall() -> None:
    leaf, arc = swing((4.2, 1.0), 90, 0)

    door = only(find_in_linework(drawn([*outlines(walls(inner=(1.0, 1.9))), *leaf], arc), (WEST, EAST), METRES))

    assert (door.id, door.kind, set(door.rooms)) == ("door-1", DoorKind.DOOR, {"west", "east"})
    assert middle(door) == pytest.approx((4.1, 1.45), abs=0.03)
    assert math.dist(*door.jambs) == pytest.approx(0.9, abs=0.02)


def test_two_leaves_that_meet_are_one_door() -> None:
    first, arc = swing((4.1, 0.7), 90, 180, 0.8)
    second, other = swing((4.1, 2.3), -90, -180, 0.8)
    sheet = drawn([*outlines(walls(inner=(0.7, 2.3))), *first, *second], arc, other)

    door = only(find_in_linework(sheet, (WEST, EAST), METRES))

    assert math.dist(*door.jambs) == pytest.approx(1.6, abs=0.02)
    assert set(door.rooms) == {"west", "east"}


def test_a_leaf_that_swings_outwards_leads_outdoors() -> None:
    leaf, arc = swing((1.0, 3.2), 0, 90)

    door = only(find_in_linework(drawn([*outlines(walls(north=(1.0, 1.9))), *leaf], arc), (WEST, EAST), METRES))

    assert door.rooms == ("west", None)
    assert middle(door) == pytest.approx((1.45, 3.1), abs=0.15)


def test_a_leaf_against_a_side_wall_is_no_door_of_that_wall() -> None:
    leaf, arc = swing((3.98, 3.1), 180, 270)

    door = only(find_in_linework(drawn([*outlines(walls(north=(3.1, 4.0))), *leaf], arc), (WEST, EAST), METRES))

    assert door.rooms == ("west", None)


def test_a_gap_without_a_leaf_is_an_opening() -> None:
    door = only(find_in_linework(drawn(outlines(walls(inner=(1.0, 2.2)))), (WEST, EAST), METRES))

    assert (door.kind, set(door.rooms)) == (DoorKind.OPENING, {"west", "east"})
    assert math.dist(*door.jambs) == pytest.approx(1.2, abs=0.1)


def test_a_pane_in_a_gap_leaves_no_way_through() -> None:
    pane = Stroke(((4.1, 1.0), (4.1, 2.2)))

    assert find_in_linework(drawn([*outlines(walls(inner=(1.0, 2.2))), pane]), (WEST, EAST), METRES) == ()


@pytest.mark.parametrize("sweep", [90, 360])
def test_a_round_table_or_its_corner_is_no_door(sweep: int) -> None:
    angles = np.radians(np.linspace(0, sweep, 33))
    edge = Stroke(tuple((1.5 + 0.7 * math.cos(a), 1.5 + 0.7 * math.sin(a)) for a in angles))

    found = find_in_linework(drawn([*outlines(walls()), edge], Arc((1.5, 1.5), 0.7, 0, sweep)), (WEST, EAST), METRES)

    assert found == ()


def test_scanned_leaves_are_found_and_a_round_table_is_none() -> None:
    inner, _ = swing((4.1, 1.0), 90, 0)
    outer, _ = swing((1.0, 3.1), 0, -90)
    table, _ = swing((6.5, 1.5), 0, 360, 0.7)
    boxes = walls(inner=(1.0, 1.9), north=(1.0, 1.9))
    grey = picture(boxes, [*inner, *outer, table[0]])

    doors = find_on_picture(grey, (in_pixels(WEST), in_pixels(EAST)), TraceOptions(PIXEL))

    assert {frozenset(door.rooms) for door in doors} == {frozenset({"west", "east"}), frozenset({"west", None})}
    assert [door.kind for door in doors] == [DoorKind.DOOR, DoorKind.DOOR]
    places = [np.array(middle(door)) * PIXEL - MARGIN for door in doors]
    assert sorted(places, key=lambda place: place[0])[0] == pytest.approx((1.45, 3.1), abs=0.15)
    assert sorted(places, key=lambda place: place[0])[1] == pytest.approx((4.1, 1.45), abs=0.1)


def test_a_scanned_gap_without_a_leaf_is_an_opening() -> None:
    grey = picture(walls(inner=(1.0, 2.2)), [])

    door = only(find_on_picture(grey, (in_pixels(WEST), in_pixels(EAST)), TraceOptions(PIXEL)))

    assert (door.kind, set(door.rooms)) == (DoorKind.OPENING, {"west", "east"})


def test_no_rooms_no_doors() -> None:
    assert find_in_linework(drawn(outlines(walls())), (), METRES) == ()
    assert find_on_picture(picture(walls(), []), (), TraceOptions(PIXEL)) == ()
