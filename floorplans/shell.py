"""Walls with their thickness, and what is cut into them: doors, windows, counters, openings. Feet."""

from __future__ import annotations

import juniper as clinic
import shapely
from drafting import INNER, OUTER, Board, arc, line, shrub

YARD = "145"
SHRUBS = (19, 1.1), (21.4, 1.3), (24, 0.9), (39.4, 1.2), (41.8, 1.0), (43.8, 1.2)  # feet along the street, size


def inside_rooms() -> list[shapely.Polygon]:
    """The rooms under the roof."""
    return [shapely.Polygon(ring) for number, _, _, ring, _ in clinic.ROOMS if number != YARD]


def footprint() -> shapely.Polygon:
    """All rooms under the roof as one shape: its edge is the outer walls' centre line."""
    return shapely.union_all(inside_rooms())


def segment(wall: str, at: float, start: float, end: float) -> shapely.LineString:
    """A piece of a wall's line."""
    return shapely.LineString([(at, start), (at, end)] if wall == "x" else [(start, at), (end, at)])


def cut(wall: str, at: float, start: float, end: float, deep: float = 1.6) -> shapely.Polygon:
    """A hole through a wall."""
    return segment(wall, at, start, end).buffer(deep / 2, cap_style="flat")


def thickness(wall: str, at: float, middle: float) -> float:
    """How thick the wall is there."""
    point = shapely.Point((at, middle) if wall == "x" else (middle, at))
    return OUTER if footprint().exterior.distance(point) < 0.01 else INNER


def wall_shapes() -> tuple[shapely.Geometry, shapely.LineString]:
    """The mass of all walls with their holes, and the yard's fence."""
    outline = footprint().exterior
    partitions = shapely.union_all([room.exterior for room in inside_rooms()]).difference(outline.buffer(0.01))
    partitions = partitions.difference(shapely.union_all([segment(*edge) for edge in clinic.OPEN]).buffer(0.01))
    thick = outline.buffer(OUTER / 2, cap_style="flat", join_style="mitre")
    thin = partitions.buffer(INNER / 2, cap_style="square", join_style="mitre")
    holes = [cut(wall, at, middle - wide / 2, middle + wide / 2) for _, _, wall, at, middle, wide, *_ in clinic.DOORS]
    holes += [cut(*window) for window in clinic.WINDOWS]
    holes += [cut(*wicket) for wicket in clinic.WICKETS]
    yard = next(shapely.Polygon(ring) for number, _, _, ring, _ in clinic.ROOMS if number == YARD)
    gates = [cut("x", 87, 55.4, 59.4)]
    fence = yard.exterior.difference(shapely.union_all([outline.buffer(0.3), *gates]))
    mass = shapely.union(thick, thin).difference(shapely.union_all(holes))
    return mass, shapely.line_merge(fence)


def walls(board: Board, mass: shapely.Geometry, fence: shapely.LineString) -> None:
    """Walls in solid black, and everything that stands in them."""
    data = "".join(
        line(ring.coords[:-1], closed=True)
        for part in shapely.get_parts(mass)
        for ring in (part.exterior, *part.interiors)
    )
    board.solid("A-WALL", data)
    for window in clinic.WINDOWS:
        _window(board, *window)
    for wicket in clinic.WICKETS:
        _wicket(board, *wicket)
    for door in clinic.DOORS:
        _door(board, *door)
    _fence(board, fence)


def _window(board: Board, wall: str, at: float, start: float, end: float) -> None:
    """Two panes of glass between the faces of an outer wall, a mullion every five feet."""
    half = OUTER / 2
    for out in (-half, half):
        board.path("A-GLAZ", _run(wall, at + out, start, end), "mid")
    for out in (-0.09, 0.09):
        board.path("A-GLAZ", _run(wall, at + out, start, end), "hair")
    count = max(1, round((end - start) / 4))
    for step in range(count + 1):
        place = start + (end - start) * step / count
        board.path("A-GLAZ", _across(wall, at, place, half if step in (0, count) else 0.2), "fine")


def _wicket(board: Board, wall: str, at: float, start: float, end: float) -> None:
    """A counter through a partition, sliding glass over it."""
    half = INNER / 2
    corners = [(at - half - 0.6, start), (at + half + 0.6, start), (at + half + 0.6, end), (at - half - 0.6, end)]
    if end - start > 2:
        board.path("A-GLAZ", line(corners, closed=True), "fine", fill="#fff")
    for out in (-half, half):
        board.path("A-GLAZ", _run(wall, at + out, start, end), "fine")
    board.path("A-GLAZ", _run(wall, at, start, end), "hair")


def _run(wall: str, at: float, start: float, end: float) -> str:
    return line([(at, start), (at, end)] if wall == "x" else [(start, at), (end, at)])


def _across(wall: str, at: float, place: float, half: float) -> str:
    return line([(at - half, place), (at + half, place)] if wall == "x" else [(place, at - half), (place, at + half)])


def _door(
    board: Board,
    here: str,
    there: str | None,
    wall: str,
    at: float,
    middle: float,
    wide: float,
    leaves: int,
    hinge: str,
    side: str,
) -> None:
    """Leaves standing open at a right angle and the way they swing; a dashed head over an opening."""
    start, end = middle - wide / 2, middle + wide / 2
    if {here, there} == {YARD, None}:
        _leaf(board, wall, at, end, start, 1)
        return
    half = thickness(wall, at, middle) / 2
    if not leaves:
        if {here, there} != {"101", "102"}:
            for out in (-half, half):
                board.path("A-DOOR", _run(wall, at + out, start, end), "hair", dash="1.2 0.8")
        return
    out = 1 if side == "+" else -1
    face = at + out * half * 0.6
    if half > 0.4 and there is None:  # a threshold plate
        board.path("A-DOOR", _run(wall, at - half, start, end) + _run(wall, at + half, start, end), "hair")
    if leaves == 2:
        _leaf(board, wall, face, start, middle, out)
        _leaf(board, wall, face, end, middle, out)
    elif hinge == "+":
        _leaf(board, wall, face, end, start, out)
    else:
        _leaf(board, wall, face, start, end, out)


def _leaf(board: Board, wall: str, face: float, hinge: float, lock: float, out: int) -> None:
    """One leaf: a thin slab at the hinge's end, and a quarter circle to where it shuts."""
    wide = abs(hinge - lock)
    inward = 1 if lock > hinge else -1
    spots = [(hinge, 0.0), (hinge + 0.14 * inward, 0.0), (hinge + 0.14 * inward, wide), (hinge, wide)]
    turned = [(face + out * v, u) if wall == "x" else (u, face + out * v) for u, v in spots]
    board.path("A-DOOR", line(turned, closed=True), "fine", fill="#fff")
    tip = (face + out * wide, hinge) if wall == "x" else (hinge, face + out * wide)
    shut = (face, lock) if wall == "x" else (lock, face)
    pin = (face, hinge) if wall == "x" else (hinge, face)
    clockwise = ((tip[0] - pin[0]) * (shut[1] - pin[1]) - (tip[1] - pin[1]) * (shut[0] - pin[0])) < 0
    board.path("A-DOOR", arc(wide, tip, shut, clockwise=clockwise), "hair")


def _fence(board: Board, fence: shapely.Geometry) -> None:
    """A chain-link fence: a line with crosses."""
    for part in shapely.get_parts(fence):
        board.path("C-SITE", line(part.coords), "mid")
        for step in range(1, int(part.length // 4) + 1):
            spot = part.interpolate(step * 4 - 2)
            for dx, dy in ((0.28, 0.28), (0.28, -0.28)):
                board.path("C-SITE", line([(spot.x - dx, spot.y - dy), (spot.x + dx, spot.y + dy)]), "fine")


def outside(board: Board) -> None:
    """The walk, the canopy over the main door, shrubs, and what stands in the yard."""
    board.path("C-SITE", line([(26, -0.5), (24.5, -5.6)]) + line([(37, -0.5), (38.5, -5.6)]), "fine")
    board.path("C-SITE", line([(25.6, -0.5), (25.6, -4.2), (37.4, -4.2), (37.4, -0.5)]), "fine", dash="1.6 0.9")
    for x in (26.2, 36.8):
        post = [(x - 0.25, -3.9), (x + 0.25, -3.9), (x + 0.25, -3.4), (x - 0.25, -3.4)]
        board.path("C-SITE", line(post, closed=True), fill="#000")
    for x, radius in SHRUBS:
        shrub(board, x, -2.3, radius)
    for step in range(1, 4):
        y = -0.5 - step * 1.3
        board.path("C-SITE", line([(26.1 - step * 0.38, y), (36.9 + step * 0.38, y)]), "hair")
