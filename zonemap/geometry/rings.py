"""A ring is judged here and nowhere else: it is fit to be a room as it stands, or it is refused. Nothing is repaired.

Repairing would move a wall that somebody drew, and GEOS can be made to hang by a small crafted ring that it is asked
to make valid. So: cap the vertices, look once whether the ring is simple, and say where it is not.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import shapely

from zonemap.errors import Invalid, TooLarge
from zonemap.model.plan import FLOOR_ROOMS_MOST, FLOOR_VERTICES_MOST, RING_VERTICES_MOST, Floor, Point, Ring, Room

REACH_MOST = 5_000.0  # metres from the sheet's corner, either way: no building's sheet is larger
DOORS_MOST = 2 * FLOOR_ROOMS_MOST
AREA_LEAST = 0.05  # square metres: the smallest shaft anybody draws
_DECIMALS = 3  # the millimetre grid, as decimals of a metre
_PLACE = re.compile(r"\[(-?[\d.]+(?:e[+-]?\d+)?) (-?[\d.]+(?:e[+-]?\d+)?)\]")


def on_grid(value: float) -> float:
    """A length or coordinate on the millimetre grid; never a negative zero."""
    return round(value, _DECIMALS) + 0.0


def grid_point(x: float, y: float) -> Point:
    """A point on the millimetre grid."""
    return on_grid(x), on_grid(y)


def valid_ring(ring: Iterable[Sequence[float]]) -> Ring:
    """The ring in metres on the millimetre grid, open, with each repeated point written once.

    Raises Invalid with a sentence, and the place as ``data["place"]`` where there is one: fewer than 3 or more than
    1,000 corners, a coordinate that is no number or off any sheet, an outline that crosses or touches itself, or an
    area under 0.05 m2. The shape is never changed; straight-through corners stay, because neighbours share them.
    """
    corners = _without_repeats([_corner(point) for point in _capped(ring)])
    if len(corners) < 3:
        raise Invalid("An outline needs at least 3 different corners.")
    polygon = shapely.Polygon(corners)
    if not shapely.is_valid(polygon):
        raise _crossing(polygon)
    if polygon.area < AREA_LEAST:
        raise Invalid(
            f"The outline near {_spoken(corners[0])} encloses almost nothing. Draw it larger, or remove it.",
            place=corners[0],
        )
    return corners


def valid_room(room: Room) -> Room:
    """The room with its ring and holes on the grid (see ``valid_ring``).

    Raises Invalid, too, where a hole does not lie inside the ring, where two holes meet in more than a point, or where
    the holes leave less than 0.05 m2 of the room.
    """
    if not room.holes:
        return replace(room, ring=valid_ring(room.ring))
    fit = replace(room, ring=valid_ring(room.ring), holes=tuple(valid_ring(hole) for hole in room.holes))
    polygon = shapely.Polygon(fit.ring, fit.holes)
    if not shapely.is_valid(polygon):
        place = _place(polygon) or fit.holes[0][0]
        raise Invalid(
            f"A hole of this room does not lie inside it, or meets another, near {_spoken(place)}. Move its corners.",
            place=place,
        )
    if polygon.area < AREA_LEAST:
        raise Invalid("The holes leave almost nothing of this room. Make it larger, or remove it.", place=fit.ring[0])
    return fit


def area(ring: Ring) -> float:
    """Square metres inside the ring, whichever way round it is drawn."""
    return abs(turning(ring))


def room_area(room: Room) -> float:
    """Square metres of the room, without its holes."""
    return area(room.ring) - sum(area(hole) for hole in room.holes)


def turning(ring: Ring) -> float:
    """The signed area: positive where the ring runs counterclockwise."""
    twice, (ax, ay) = 0.0, ring[-1] if ring else (0.0, 0.0)
    for bx, by in ring:
        twice += ax * by - bx * ay
        ax, ay = bx, by
    return twice / 2


def valid_floor(floor: Floor) -> Floor:
    """The floor with every ring on the grid. Raises TooLarge over the caps, and Invalid, naming ``data["room_id"]``."""
    check_size(floor)
    _refuse_repeated("room", [room.id for room in floor.rooms])
    _refuse_repeated("door", [door.id for door in floor.doors])
    return replace(floor, rooms=tuple(_valid_room(room) for room in floor.rooms))


def check_size(floor: Floor) -> None:
    """Raise TooLarge where the floor holds more than 5,000 rooms, 10,000 doors or 50,000 corners."""
    for count, most, name in ((len(floor.rooms), FLOOR_ROOMS_MOST, "rooms"), (len(floor.doors), DOORS_MOST, "doors")):
        if count > most:
            raise TooLarge(f"A floor holds at most {most:,} {name}; this one has {count:,}. Split the floor in two.")
    vertices = sum(len(ring) for room in floor.rooms for ring in (room.ring, *room.holes))
    if vertices > FLOOR_VERTICES_MOST:
        raise TooLarge(
            f"A floor holds at most {FLOOR_VERTICES_MOST:,} corners in all; this one has {vertices:,}. "
            "Draw curved walls with fewer corners, or split the floor."
        )


def _valid_room(room: Room) -> Room:
    try:
        return valid_room(room)
    except Invalid as error:
        raise Invalid(f"{room.label}: {error.message}", **(error.data | {"room_id": room.id})) from error


def _refuse_repeated(kind: str, ids: list[str]) -> None:
    for repeated, count in Counter(ids).items():
        if count > 1:
            raise Invalid(f"Two {kind}s have the same id, {repeated!r}. Reload the page and draw the second one again.")


def _capped(ring: Iterable[Sequence[float]]) -> list[Sequence[float]]:
    try:
        points = list(ring)
    except TypeError as error:
        raise Invalid("An outline must be a list of x and y pairs in metres.") from error
    if len(points) > RING_VERTICES_MOST + 1:  # one more where the first is repeated at the end
        raise Invalid(f"This outline has {len(points):,} corners; at most {RING_VERTICES_MOST:,} are possible.")
    return points


def _corner(point: Sequence[float]) -> Point:
    try:
        x, y = (float(value) for value in point)
    except (TypeError, ValueError, OverflowError) as error:
        raise Invalid("An outline must be a list of x and y pairs in metres.") from error
    if not (math.isfinite(x) and math.isfinite(y)):
        raise Invalid("A corner of the outline is not a number. Draw that corner again.")
    if max(abs(x), abs(y)) > REACH_MOST:
        raise Invalid(f"A corner lies more than {REACH_MOST:,.0f} m away from the sheet. Check the scale of the plan.")
    return grid_point(x, y)


def _without_repeats(corners: list[Point]) -> Ring:
    kept = [corner for before, corner in zip([None, *corners], corners, strict=False) if corner != before]
    while len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    if len(kept) > RING_VERTICES_MOST:
        raise Invalid(f"This outline has {len(kept):,} corners; at most {RING_VERTICES_MOST:,} are possible.")
    return tuple(kept)


def _crossing(polygon: shapely.Polygon) -> Invalid:
    place = _place(polygon)
    if place is None:
        return Invalid("The outline crosses or touches itself. Move or remove the corner that does.")
    return Invalid(
        f"The outline crosses or touches itself near {_spoken(place)}. Move or remove the corner there.", place=place
    )


def _place(polygon: shapely.Polygon) -> Point | None:
    """Where GEOS finds the polygon at fault, on the grid."""
    found = _PLACE.search(shapely.is_valid_reason(polygon))
    return grid_point(float(found[1]), float(found[2])) if found else None


def _spoken(point: Point) -> str:
    return f"{point[0]:.2f} m, {point[1]:.2f} m"
