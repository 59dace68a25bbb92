"""Points along the faces of rooms that stand opposite each other across every straight wall."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from zonemap.tracing.lines_strokes import Floats, Geometries, lengths

_STEP = 0.1  # metres between points along a face: as near as the faces of a thin wall
_ANGLE_STEP = np.radians(0.25)  # directions this near count as one, or opposite points would drift apart


def main_angle(shapes: Geometries) -> float:
    """The direction of most wall, in radians from -45 to 45 degrees: right angles count as one."""
    rows = _edges(shapes)[0]
    if len(rows) == 0:
        return 0.0
    angles = np.arctan2(rows[:, 3] - rows[:, 1], rows[:, 2] - rows[:, 0]) % (np.pi / 2)
    steps = np.round(angles / _ANGLE_STEP).astype(int) % round(np.pi / 2 / _ANGLE_STEP)
    weights = lengths(rows)
    best = int(np.argmax(np.bincount(steps, weights)))
    among = steps == best
    off = (angles[among] - best * _ANGLE_STEP + np.pi / 4) % (np.pi / 2) - np.pi / 4
    # The middle one, not the mean: one edge that is a hair aslant must not turn a floor that is drawn square.
    order = np.argsort(off, kind="stable")
    reach = np.cumsum(weights[among][order])
    angle = best * _ANGLE_STEP + float(off[order][np.searchsorted(reach, reach[-1] / 2)])
    return angle - np.pi / 2 if angle > np.pi / 4 else angle


def face_points(shapes: Geometries) -> tuple[Floats, NDArray[np.intp]]:
    """Points along the faces, each once, and the number of the shape that each belongs to."""
    rows, owner = _edges(shapes)
    span = lengths(rows)
    along = (rows[:, 2:] - rows[:, :2]) / span[:, None]
    backward = (along[:, 0] < -1e-6) | ((np.abs(along[:, 0]) <= 1e-6) & (along[:, 1] < 0))
    along = np.where(backward[:, None], -along, along)
    start = np.where(backward[:, None], rows[:, 2:], rows[:, :2])
    # one direction for all faces that are parallel or nearly so, or their points would not stand opposite each other
    common = np.round(np.arctan2(along[:, 1], along[:, 0]) / _ANGLE_STEP) * _ANGLE_STEP
    first = (start * np.stack([np.cos(common), np.sin(common)], axis=1)).sum(axis=1)
    places, which = _places(first, span)
    points = start[which] + (places - first[which])[:, None] * along[which]
    corners = rows[:, :2]
    everything = np.vstack([points, corners])
    owners = np.concatenate([owner[which], owner])
    _, once = np.unique(np.round(everything, 4), axis=0, return_index=True)
    return everything[once], owners[once]


def _edges(shapes: Geometries) -> tuple[Floats, NDArray[np.intp]]:
    """All edges of polygons as rows, and whose they are."""
    rings, owner = shapely.get_rings(shapes, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    follows = ring[1:] == ring[:-1]
    rows = np.hstack([points[:-1], points[1:]])[follows]
    whose = owner[ring[:-1][follows]]
    long = lengths(rows) > 1e-6
    return rows[long], whose[long]


def _places(first: Floats, span: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """Multiples of the step that fall on each edge, as distances along the common direction."""
    least, most = np.ceil(first / _STEP).astype(int), np.floor((first + span) / _STEP).astype(int)
    counts = np.maximum(most - least + 1, 0)
    which = np.repeat(np.arange(len(first)), counts)
    numbers = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + least[which]
    return numbers * _STEP, which
