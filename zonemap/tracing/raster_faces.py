"""Outlines laid on the faces of walls, found at the resolution of the picture: the grid is too coarse to tell them.

Each edge looks outward for the first stroke that it meets. A thin stroke outlines a wall, and the face runs in its
middle; a thick one is a filled wall, and the face runs half a pen within its rim.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon
from shapely.geometry.polygon import orient

Points = npt.NDArray[np.float64]
Grey = npt.NDArray[np.uint8]

EDGE = 0.3  # m: a shorter edge has too few pixels to tell, and keeps its place
INSIDE, OUTSIDE = 0.03, 0.1  # m to look: the grid takes up to two of its pixels off a room, lines thickened on it more
LEAST_LOOK = 3.0  # pixels of the picture
STEP = 0.5  # pixels of the picture between looks
SAMPLES = 60  # along an edge
CLEAR = 50  # of 255: by which ink is darker than the paper before it
THIN = 0.05  # m: a thicker stroke is a wall of its own
ENOUGH = 0.3  # of an edge must meet a stroke; doors, and furniture in the way, may take the rest
PLAY = 1.5  # pixels: half of the strokes met lie within so much of the middle one
ALIKE = 0.85  # IoU with the outline before: a corner that has run away


@dataclass(frozen=True, slots=True)
class Pen:
    """How much a face lies behind the rim of a filled wall, and behind an edge that meets no stroke, in pixels."""

    half: float
    default: float


def on_faces(grey: Grey, polygon: Polygon, metres: float, pen: Pen) -> Polygon:
    """A room's outline, in pixels of the picture, with its edges on faces. ``metres``: a pixel's length."""
    plain = grown(polygon, pen.default)
    turned = orient(polygon)
    rings = [moved(grey, ring, metres, pen) for ring in (turned.exterior, *turned.interiors)]
    if any(len(ring) < 3 for ring in rings):
        return plain
    found = Polygon(rings[0], rings[1:])
    if not found.is_valid or not found.area or overlap(found, plain) < ALIKE:
        return plain
    return found


def grown(polygon: Polygon, reach: float) -> Polygon:
    """The largest part of a polygon that is grown by so much."""
    wide = shapely.buffer(polygon, reach, join_style="mitre")
    return max(shapely.get_parts(wide), key=lambda part: part.area)


def overlap(one: Polygon, other: Polygon) -> float:
    """Intersection over union."""
    return float(one.intersection(other).area / one.union(other).area)


def moved(grey: Grey, line: shapely.LinearRing, metres: float, pen: Pen) -> Points:
    """A ring with each edge moved outward to its face, and new corners where edges then meet."""
    start = shapely.get_coordinates(line)[:-1]
    along = np.roll(start, -1, axis=0) - start
    length = np.hypot(along[:, 0], along[:, 1])
    start, along, length = start[length > 1e-6], along[length > 1e-6], length[length > 1e-6]
    along = along / length[:, None]
    out = np.stack([along[:, 1], -along[:, 0]], axis=1)
    off = np.array(
        [
            face_of(grey, at, way, span, aside, metres, pen) if span * metres >= EDGE else pen.default
            for at, way, span, aside in zip(start, along, length, out, strict=True)
        ]
    )
    place = start + out * off[:, None]
    return corners_of(place, along, length)


def corners_of(place: Points, along: Points, length: Points) -> Points:
    """Where each edge meets the next; nearly parallel ones are joined by a step."""
    corners: list[Points] = []
    for here in range(len(place)):
        after = (here + 1) % len(place)
        turn = float(along[here, 0] * along[after, 1] - along[here, 1] * along[after, 0])
        end = place[here] + along[here] * length[here]
        if abs(turn) < 0.1:
            corners += [end, place[after]]
            continue
        gap = place[after] - place[here]
        ahead = float(gap[0] * along[after, 1] - gap[1] * along[after, 0]) / turn
        corners.append(place[here] + along[here] * ahead)
    return np.array(corners)


def face_of(grey: Grey, start: Points, along: Points, span: float, out: Points, metres: float, pen: Pen) -> float:
    """How far outward of an edge its face runs, in pixels."""
    inner, outer = (max(LEAST_LOOK, reach / metres) for reach in (INSIDE, OUTSIDE))
    away = np.arange(-inner, outer + STEP, STEP)
    inset = min(0.1 * span, 0.15 / metres)
    places = np.linspace(inset, span - inset, int(min(SAMPLES, max(8, span))))
    spots = start + along * places[:, None, None] + out * away[:, None]
    maps = (spots - 0.5).astype(np.float32)
    dark = 255.0 - np.asarray(
        cv2.remap(grey, maps[..., 0], maps[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), dtype=np.float64
    )
    found = strokes_met(dark, away, metres, pen)
    if len(found) < max(5.0, ENOUGH * len(places)):
        return pen.default
    middle = float(np.sort(found)[len(found) // 2])  # np.median takes longer than all the rest
    return middle if np.sort(np.abs(found - middle))[len(found) // 2] <= PLAY else pen.default


def strokes_met(dark: Points, away: Points, metres: float, pen: Pen) -> Points:
    """The places of the faces on those lines of looks, one a row, that begin on paper and meet a stroke."""
    paper = dark.min(axis=1, keepdims=True)
    level = (paper + np.maximum(dark.max(axis=1, keepdims=True) - paper, 2.0 * CLEAR) / 2)[:, 0]
    inked = dark > level[:, None]
    rises = inked.any(axis=1) & ~inked[:, 0]
    inked, dark = inked[rises], dark[rises]
    first = inked.argmax(axis=1)
    after = ~inked & (np.arange(len(away)) > first[:, None])
    falls = after.any(axis=1)
    last = np.where(falls, after.argmax(axis=1), len(away) - 1)
    rise, fall = (crossing(dark, level[rises], away, at) for at in (first, last))
    thin = falls & ((fall - rise) * metres <= THIN)
    return np.asarray(np.where(thin, (rise + fall) / 2, rise + pen.half), dtype=np.float64)


def crossing(dark: Points, level: Points, away: Points, at: npt.NDArray[np.intp]) -> Points:
    """Where each line crosses its level on the way to the look ``at``, between that look and the one before."""
    row = np.arange(len(dark))
    here, before = dark[row, at], dark[row, at - 1]
    change = np.where(np.abs(here - before) < 1e-9, 1.0, here - before)
    share = np.clip((level - before) / change, 0.0, 1.0)
    return np.asarray(away[at - 1] + share * (away[at] - away[at - 1]))
