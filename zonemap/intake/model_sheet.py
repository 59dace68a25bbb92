"""The picture under a floor of a model: drawn by us from its walls, rooms and doors. Only for the child.

A model has no paper, so the sheet is cut around it; floors of one building get the same frame, so that a room can be
copied from one to the next and lands where it belongs. A pixel is two centimetres, or more where the building is large.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PIL import Image, ImageDraw

from zonemap.errors import Invalid, TooLarge
from zonemap.geometry.rings import area
from zonemap.intake.encode import check_size, sheet_of
from zonemap.intake.sheet import Floors, ModelFloor
from zonemap.model.draft import Anchor, DraftDoor, DraftFloor, DraftRoom
from zonemap.model.facility import Facility
from zonemap.model.plan import Floor, Point, Ring

Box = tuple[float, float, float, float]  # least x, least y, most x, most y, metres

PIXEL = 0.02  # metres
_SIDE_MOST_PX = 8_000
_SIDE_MOST_PX_OF_MANY = 5_000  # where a file has many floors, their pictures together must not take too long
_MANY = 3
_MARGIN = 2.0  # metres of white around the building
_SAME_BUILDING = 0.5  # floors lie over one another when they share this part of the smaller one's box
_REACH_MOST = 5_000.0  # metres: the editor's largest sheet
_SIDE_LEAST = 5.0  # metres

_WHITE, _WALL, _OUTLINE, _DOOR = 255, 70, 150, 110
_WALL_WIDTH = 0.1  # metres, where the file has rooms but no walls
_WALLS_LEAST = 0.02  # of the rooms' area: fewer walls are a few partitions that somebody drew
_GAP_WIDTH = 0.5  # metres that a door's gap is cut through the wall it stands in

_NO_SHEET = (
    "No floor in this export has a plan and a scale yet, so there is nothing to take over. "
    "Set the scale where it was made, and export it again."
)
_TOO_WIDE = (
    "This file covers {:,.0f} m, too far for one building. Export the building alone, or check the file's units."
)


def model_floors(floors: Sequence[DraftFloor]) -> tuple[ModelFloor, ...]:
    """Each floor with its picture, and its coordinates moved onto that: metres, origin bottom left, y up."""
    most = _SIDE_MOST_PX if len(floors) <= _MANY else _SIDE_MOST_PX_OF_MANY
    return tuple(model_floor(floor, box, most) for floor, box in zip(floors, _frames(floors), strict=True))


def model_floor(floor: DraftFloor, box: Box | None = None, side_most_px: int = _SIDE_MOST_PX) -> ModelFloor:
    """One floor with its picture of this box of the file's metres, or of its own box. Raises TooLarge."""
    left, bottom, right, top = _framed(box or _box(floor))
    span = max(right - left, top - bottom)
    if span > _REACH_MOST:
        raise TooLarge(_TOO_WIDE.format(span))
    pixel = max(PIXEL, _thousandths_up(span / side_most_px))
    size = _pixels(right - left, pixel), _pixels(top - bottom, pixel)
    # The picture is a whole number of pixels high, so that its lower edge is the sheet's y = 0 exactly.
    moved = _moved(floor, left, bottom)
    return ModelFloor(moved, sheet_of(_drawn(moved, size, pixel), None), pixel)


def exact_floors(facility: Facility, floors: Sequence[Floor]) -> Floors:
    """Floors that another zonemap wrote, each on a sheet of the size that it had there. Raises Invalid, TooLarge."""
    drawn = tuple(_exact_floor(floor) for floor in floors if floor.picture and floor.scale)
    if not drawn:
        raise Invalid(_NO_SHEET)
    return Floors(drawn, facility)


def _exact_floor(floor: Floor) -> ModelFloor:
    assert floor.picture is not None  # noqa: S101 - chosen so
    assert floor.scale is not None  # noqa: S101
    size, metres = (floor.picture.width_px, floor.picture.height_px), floor.scale.metres_per_pixel
    check_size(*size)
    rooms = tuple(DraftRoom(room.id, room.ring, room.holes) for room in floor.rooms)
    draft = DraftFloor(
        floor.name, floor.level, rooms, tuple(DraftDoor(door.id, door.jambs, door.rooms) for door in floor.doors)
    )
    return ModelFloor(DraftFloor(floor.name, floor.level), sheet_of(_drawn(draft, size, metres), None), metres, floor)


def _pixels(length: float, pixel: float) -> int:
    return max(1, -int(-length // pixel))


def _thousandths_up(value: float) -> float:
    return -int(-value * 1000 // 1) / 1000


# --- the frame -------------------------------------------------------------------------------------------------------


def _points(floor: DraftFloor) -> list[Point]:
    return [
        *(point for room in floor.rooms for point in room.ring),
        *(point for wall in floor.walls for point in wall[0]),
        *(jamb for door in floor.doors for jamb in door.jambs),
    ]


def _box(floor: DraftFloor) -> Box:
    points = _points(floor)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _framed(box: Box) -> Box:
    """The box with its margin, on whole centimetres, and no thinner than a picture may be."""
    left, bottom, right, top = box
    wide, high = max(right - left, _SIDE_LEAST), max(top - bottom, _SIDE_LEAST)
    left, bottom = round(left - _MARGIN, 2), round(bottom - _MARGIN, 2)
    return left, bottom, left + wide + 2 * _MARGIN, bottom + high + 2 * _MARGIN


def _frames(floors: Sequence[DraftFloor]) -> list[Box]:
    """A box for each floor; floors that lie over one another share theirs."""
    frames = [_box(floor) for floor in floors]
    for _ in floors:  # at most so many times does a box grow into another one
        grown = [_union([other for other in frames if _overlap(frame, other)]) for frame in frames]
        if grown == frames:
            break
        frames = grown
    return frames


def _union(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _overlap(one: Box, other: Box) -> bool:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return width >= 0 and height >= 0 and width * height >= _SAME_BUILDING * smaller


def _moved(floor: DraftFloor, left: float, bottom: float) -> DraftFloor:
    """The floor with the sheet's corner as its origin."""

    def point(place: Point) -> Point:
        return round(place[0] - left, 3) + 0.0, round(place[1] - bottom, 3) + 0.0

    def ring(points: Ring) -> Ring:
        return tuple(map(point, points))

    return replace(
        floor,
        rooms=tuple(replace(room, ring=ring(room.ring), holes=tuple(map(ring, room.holes))) for room in floor.rooms),
        doors=tuple(replace(door, jambs=(point(door.jambs[0]), point(door.jambs[1]))) for door in floor.doors),
        texts=tuple(replace(text, place=point(text.place)) for text in floor.texts),
        walls=tuple(tuple(map(ring, wall)) for wall in floor.walls),
        anchor=_moved_anchor(floor.anchor, left, bottom),
    )


def _moved_anchor(anchor: Anchor | None, left: float, bottom: float) -> Anchor | None:
    if anchor is None:
        return None
    across, up = anchor.metres_per_degree
    return replace(anchor, longitude=anchor.longitude + left / across, latitude=anchor.latitude + bottom / up)


# --- the picture -----------------------------------------------------------------------------------------------------


def _drawn(floor: DraftFloor, size: tuple[int, int], pixel: float) -> Image.Image:
    image = Image.new("L", size, _WHITE)
    draw = ImageDraw.Draw(image)

    def place(point: Point) -> Point:
        return point[0] / pixel, size[1] - point[1] / pixel

    thick = max(1, round(_WALL_WIDTH / pixel))
    walled = _is_walled(floor)
    for wall in floor.walls:
        _fill(image, draw, [list(map(place, ring)) for ring in wall])
    for room in floor.rooms:
        for ring in (room.ring, *room.holes):
            line = [*map(place, ring), place(ring[0])]
            draw.line(line, fill=_OUTLINE if walled else _WALL, width=1 if walled else thick, joint="curve")
    for door in floor.doors:
        _door(draw, door.jambs, place, round(_GAP_WIDTH / pixel) if walled else thick)
    return image


def _is_walled(floor: DraftFloor) -> bool:
    """Whether the file has the walls around its rooms; else the rooms' outlines stand for them."""
    walls = sum(area(wall[0]) - sum(map(area, wall[1:])) for wall in floor.walls)
    return walls > _WALLS_LEAST * sum(area(room.ring) for room in floor.rooms)


def _fill(image: Image.Image, draw: ImageDraw.ImageDraw, rings: list[list[Point]]) -> None:
    """A wall, filled; what it goes around stays as it is."""
    if len(rings) == 1:
        draw.polygon(rings[0], fill=_WALL)
        return
    xs, ys = [x for x, _ in rings[0]], [y for _, y in rings[0]]
    left, top = int(min(xs)), int(min(ys))
    mask = Image.new("1", (int(max(xs)) - left + 2, int(max(ys)) - top + 2))
    inside = ImageDraw.Draw(mask)
    for index, ring in enumerate(rings):
        inside.polygon([(x - left, y - top) for x, y in ring], fill=0 if index else 1)
    image.paste(_WALL, (left, top), mask)


def _door(draw: ImageDraw.ImageDraw, jambs: tuple[Point, Point], place: Callable[[Point], Point], gap_px: int) -> None:
    """A gap in the wall with a thin line across it, from jamb to jamb."""
    ends = [place(jambs[0]), place(jambs[1])]
    draw.line(ends, fill=_WHITE, width=max(1, gap_px))
    draw.line(ends, fill=_DOOR, width=1)
