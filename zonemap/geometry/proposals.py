"""Proposed rooms beside drawn ones. What somebody has drawn is never touched; a proposal gives way or is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import shapely

from zonemap.errors import Invalid
from zonemap.geometry.rings import AREA_LEAST, grid_point, valid_ring
from zonemap.model.plan import Door, Point, Ring, Room

_TAKEN = 0.3  # this much of a proposal lies on drawn rooms: it is one of them, found again
_TRACE = 0.0001  # square metres: what two rooms may share before either gives way
_WHOLE = 0.9  # of what is left after giving way has to be in one piece
_DOOR_APART = 0.5  # metres between two doors that are not the same one
_SNAP = 0.6  # metres from a found door to the shared wall it is put on


@dataclass(frozen=True, slots=True)
class Fitted:
    """Proposals that fit. ``taken``: the drawn room that another lies on, None where its outline can be no room."""

    rooms: tuple[Room, ...]
    taken: dict[str, str | None]


def fitted(drawn: Sequence[Room], proposals: Iterable[Room]) -> Fitted:
    """Sort proposals: left out where they lie on drawn rooms, cut where they only reach into one."""
    there = [room for room in drawn if shapely.is_valid(_polygon(room))]
    shapes = [_polygon(room) for room in there]
    tree = shapely.STRtree(shapes)
    rooms: list[Room] = []
    taken: dict[str, str | None] = {}
    for proposal in proposals:
        shape = _polygon(proposal)
        if not shapely.is_valid(shape):  # and nobody tries to mend it: GEOS can be made to hang
            taken[proposal.id] = None
            continue
        shared = {at: shape.intersection(shapes[at]).area for at in tree.query(shape, "intersects").tolist()}
        overlap = sum(shared.values())
        if overlap > _TAKEN * shape.area:
            taken[proposal.id] = there[max(shared, key=lambda at: shared[at])].id
        elif overlap > _TRACE:
            left = shapely.difference(shape, shapely.union_all([shapes[at] for at in shared]))
            _keep(rooms, taken, proposal, _largest(left))
        else:
            _keep(rooms, taken, proposal, None)
    return Fitted(tuple(rooms), taken)


def on_walls(doors: Iterable[Door], rooms: Iterable[Room], there: Iterable[Door]) -> tuple[Door, ...]:
    """Doors put upon the outline of their first room, but for those that stand where there is a door already."""
    shapes = {room.id: _outline(room) for room in rooms}
    taken = [shapely.LineString(door.jambs).centroid for door in there]
    kept = []
    for door in doors:
        outline = shapes.get(door.rooms[0])
        middle = shapely.LineString(door.jambs).centroid
        if outline is None or any(middle.distance(other) < _DOOR_APART for other in taken):
            continue
        first, second = (_nearest(outline, jamb) for jamb in door.jambs)
        if first != second and middle.distance(outline) <= _SNAP:
            kept.append(replace(door, jambs=(first, second)))
    return tuple(kept)


def _keep(rooms: list[Room], taken: dict[str, str | None], proposal: Room, cut: shapely.Polygon | None) -> None:
    ring = proposal.ring if cut is None else _ring(cut.exterior)
    holes = proposal.holes if cut is None else tuple(_ring(hole) for hole in cut.interiors)
    try:
        fit = replace(proposal, ring=valid_ring(ring), holes=tuple(valid_ring(hole) for hole in holes))
    except Invalid:
        taken[proposal.id] = None
        return
    if shapely.is_valid(_polygon(fit)):
        rooms.append(fit)
    else:
        taken[proposal.id] = None


def _largest(shape: shapely.Geometry) -> shapely.Polygon:
    """The one piece that is left, or an empty one where it fell to pieces."""
    pieces = [piece for piece in shapely.get_parts(shape) if piece.geom_type == "Polygon"]
    largest = max(pieces, key=lambda piece: piece.area, default=shapely.Polygon())
    whole = largest.area >= max(AREA_LEAST, _WHOLE * sum(piece.area for piece in pieces))
    return largest if whole else shapely.Polygon()


def _ring(ring: shapely.LinearRing) -> Ring:
    return tuple(grid_point(x, y) for x, y in shapely.get_coordinates(ring)[:-1].tolist())


def _polygon(room: Room) -> shapely.Polygon:
    return shapely.Polygon(room.ring, room.holes)


def _outline(room: Room) -> shapely.Geometry:
    return _polygon(room).boundary


def _nearest(outline: shapely.Geometry, point: Point) -> Point:
    """The place on an outline that is nearest to a point."""
    line = shapely.shortest_line(outline, shapely.Point(point))
    x, y = shapely.get_coordinates(line)[0].tolist()
    return grid_point(x, y)
