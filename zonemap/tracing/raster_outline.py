"""From a region of pixels to a ring with few, straight corners, square where it nearly is."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import shapely
import shapely.affinity
from shapely.geometry import Polygon

from zonemap.tracing.ink_shapes import Mask

PLAY = 0.06  # m: a corner that stands out less than this is unevenness of the drawing
SQUARE = 9.0  # degrees: an edge that is so near to a main direction is meant to run along it
LEAST_HOLE = 1.0  # m2: smaller ones are columns and furniture
KEPT = 0.93  # IoU of the squared outline with the pixels, below which it is not used
Points = npt.NDArray[np.float64]


def polygon_of(region: Mask, metres: float, offset: tuple[int, int] = (0, 0)) -> Polygon | None:
    """The outline of a connected region with its holes, in grid units (corners of pixels are whole numbers)."""
    contours, tree = cv2.findContours(
        np.pad(np.repeat(np.repeat(region, 2, 0), 2, 1), 2), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE
    )
    rings = [contour.reshape(-1, 2).astype(np.float64) / 2 - 0.75 for contour in contours]
    above = np.asarray(tree).reshape(-1, 4)[:, 3] if len(rings) else np.zeros(0)
    outer = max((i for i in range(len(rings)) if above[i] < 0), key=lambda i: len(rings[i]), default=None)
    if outer is None:
        return None
    shell = straight(rings[outer], metres, 0.25)
    holes = [straight(rings[i], metres, -0.25) for i in range(len(rings)) if above[i] == outer]
    if shell is None:
        return None
    least = LEAST_HOLE / metres**2
    result = shell.difference(shapely.union_all([hole for hole in holes if hole is not None and hole.area >= least]))
    parts = [part for part in shapely.get_parts(result) if part.geom_type == "Polygon"]
    if not parts:
        return None
    largest = max(parts, key=lambda part: part.area)
    return shapely.affinity.translate(largest, float(offset[0]), float(offset[1]))


def straight(ring: Points, metres: float, grow: float) -> Polygon | None:
    """A ring of pixel middles as a polygon, simplified and squared, grown by the rest of the pixels."""
    if len(ring) < 4:
        return None
    rough = shapely.buffer(Polygon(ring).buffer(0), abs(grow), join_style="mitre")
    rough = shapely.make_valid(rough if grow > 0 else shapely.buffer(rough, -2 * abs(grow), join_style="mitre"))
    if rough.geom_type != "Polygon":
        pieces = [part for part in shapely.get_parts(rough) if part.geom_type == "Polygon"]
        if not pieces:
            return None
        rough = max(pieces, key=lambda part: part.area)
    trace = np.asarray(Polygon(rough.exterior).exterior.coords)[:-1]
    for play in (PLAY, PLAY / 2):
        squared = squared_ring(trace, play / metres, metres)
        if squared is not None and alike(squared, rough):
            return squared
    plain = Polygon(rough.exterior).simplify(PLAY / 2 / metres)
    return plain if plain.is_valid and not plain.is_empty else Polygon(rough.exterior)


def alike(one: Polygon, other: Polygon) -> bool:
    """Whether two outlines are the same but for small corners."""
    union = one.union(other).area
    return bool(union > 0 and one.intersection(other).area / union >= KEPT)


def squared_ring(trace: Points, play: float, metres: float) -> Polygon | None:
    """Edges fitted to the traced points and turned into the main direction where near, then met at new corners."""
    corners = cv2.approxPolyDP(trace.astype(np.float32).reshape(-1, 1, 2), play, True).reshape(-1, 2)
    if len(corners) < 3:
        return None
    at = corner_places(trace, corners.astype(np.float64))
    lines = fitted(trace, at, main_direction(trace[at]))
    lines = merged(lines, play)
    if len(lines) < 3:
        return None
    ring = meeting_points(lines, trace, 0.5 / metres)
    result = Polygon(ring)
    return result if result.is_valid and result.area > 0 else None


def corner_places(trace: Points, corners: Points) -> npt.NDArray[np.int64]:
    """Where the corners stand in the trace, in its order."""
    found, start = [], 0
    for corner in corners:
        gap = np.abs(trace - corner).sum(axis=1)
        found.append(int(np.argmin(gap)))
    start = int(np.argmin(found))
    return np.array(sorted(set(found[start:] + found[:start])), dtype=np.int64)


def main_direction(corners: Points) -> float:
    """The direction, -45 to 45 degrees, along or across which most of the outline runs."""
    edge = np.roll(corners, -1, axis=0) - corners
    length = np.hypot(edge[:, 0], edge[:, 1])
    angle = (np.degrees(np.arctan2(edge[:, 1], edge[:, 0])) + 45.0) % 90.0 - 45.0
    share_level = length[np.abs(angle) < SQUARE / 2].sum() / max(length.sum(), 1e-9)
    if share_level > 0.4:
        return 0.0
    weight, bounds = np.histogram(angle, bins=45, range=(-45, 45), weights=length)
    around = weight + np.roll(weight, 1) + np.roll(weight, -1)
    middle = float(bounds[int(np.argmax(around))]) + 1.0
    off = (angle - middle + 45.0) % 90.0 - 45.0
    near = np.abs(off) < 3.0
    if length[near].sum() < 0.4 * length.sum():
        return 0.0
    return middle + float(np.average(off[near], weights=length[near]))


Line = tuple[float, float, float, float, float]  # point x, y; direction x, y; length


def fitted(trace: Points, at: npt.NDArray[np.int64], direction: float) -> list[Line]:
    """For each run of the trace between two corners, its line."""
    lines: list[Line] = []
    count = len(trace)
    for begin, end in zip(at, np.roll(at, -1), strict=True):
        run = np.arange(begin, end + 1 if end > begin else end + count + 1) % count
        points = densified(trace[run])
        chord = points[-1] - points[0]
        length = float(np.hypot(chord[0], chord[1]))
        if length < 1e-9:
            continue
        angle = float(np.degrees(np.arctan2(chord[1], chord[0])))
        off = (angle - direction + 45.0) % 90.0 - 45.0
        play = max(SQUARE, float(np.degrees(np.arctan2(2.5, length))))
        turned = np.radians(angle - off) if abs(off) <= play else np.radians(angle)
        along = np.array([np.cos(turned), np.sin(turned)])
        across = np.array([-along[1], along[0]])
        inner = points[len(points) // 8 : len(points) - len(points) // 8]
        place = points[0] + chord / 2
        strays = np.sort((inner - place) @ across)  # np.median takes longer than all the rest
        place = place + across * float(strays[(len(strays) - 1) // 2] + strays[len(strays) // 2]) / 2
        lines.append((float(place[0]), float(place[1]), float(along[0]), float(along[1]), length))
    return lines


def densified(points: Points) -> Points:
    """Points a pixel apart along a polyline, so that each part of it counts by its length."""
    step = np.hypot(*np.diff(points, axis=0).T)
    place = np.concatenate([[0.0], np.cumsum(step)])
    wanted = np.linspace(0.0, place[-1], max(9, int(place[-1]) + 1))
    return np.stack([np.interp(wanted, place, points[:, axis]) for axis in (0, 1)], axis=1)


def merged(lines: list[Line], play: float) -> list[Line]:
    """Neighbours that run the same way on nearly the same line made one."""
    result: list[Line] = []
    for line in [*lines, *lines[:1]]:
        if result and same_line(result[-1], line, play):
            result[-1] = joined(result[-1], line)
        else:
            result.append(line)
    if len(result) > 1:
        closing = result.pop()
        result[0] = closing if closing[4] >= result[0][4] else result[0]
    return result


def same_line(one: Line, other: Line, play: float) -> bool:
    """Whether two edges run the same way within ``play`` of one line."""
    turn = one[2] * other[3] - one[3] * other[2]
    if abs(turn) > 0.05 or one[2] * other[2] + one[3] * other[3] < 0:
        return False
    return abs((other[0] - one[0]) * -one[3] + (other[1] - one[1]) * one[2]) <= play


def joined(one: Line, other: Line) -> Line:
    """One line for two, each counting by its length."""
    longer = one if one[4] >= other[4] else other
    total = one[4] + other[4]
    x, y = ((one[i] * one[4] + other[i] * other[4]) / total for i in (0, 1))
    return x, y, longer[2], longer[3], total


def meeting_points(lines: list[Line], trace: Points, farthest: float) -> list[tuple[float, float]]:
    """Where each line meets the next; parallel ones are joined by a step halfway."""
    ring: list[tuple[float, float]] = []
    for one, other in zip(lines, lines[1:] + lines[:1], strict=True):
        turn = one[2] * other[3] - one[3] * other[2]
        middle = halfway(one, other)
        if abs(turn) > 0.1:
            ahead = ((other[0] - one[0]) * other[3] - (other[1] - one[1]) * other[2]) / turn
            meeting = (one[0] + one[2] * ahead, one[1] + one[3] * ahead)
            if np.hypot(meeting[0] - middle[0], meeting[1] - middle[1]) <= farthest + one[4] + other[4]:
                ring.append(meeting)
                continue
        ring.append(foot(one, middle))
        ring.append(foot(other, middle))
    del trace
    return ring


def halfway(one: Line, other: Line) -> tuple[float, float]:
    """The middle between the end of one edge and the beginning of the next."""
    x = (one[0] + one[2] * one[4] / 2 + other[0] - other[2] * other[4] / 2) / 2
    y = (one[1] + one[3] * one[4] / 2 + other[1] - other[3] * other[4] / 2) / 2
    return x, y


def foot(line: Line, point: tuple[float, float]) -> tuple[float, float]:
    """The point of a line that is nearest to a point."""
    ahead = (point[0] - line[0]) * line[2] + (point[1] - line[1]) * line[3]
    return line[0] + line[2] * ahead, line[1] + line[3] * ahead
