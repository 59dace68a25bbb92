"""The regions between walls, and how much they look like rooms."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from zonemap.tracing.ink import Ink
from zonemap.tracing.ink_shapes import Labels, Mask, at_each, renumbered
from zonemap.tracing.raster_split import OUTDOORS, Places

LEAST_AREA = 1.0  # m2: a smaller region is a shaft, furniture or a piece of wall
LETTERING = 0.02  # m2 of ink: three letters
ENOUGH_WIDTH = 6.0  # m: a wider room counts no more
TOLL = 1.3  # m
LEAST_WIDTH = 0.6  # m: a narrower region is a wall or a gap between furniture


@dataclass(frozen=True, slots=True)
class Regions:
    """Labelled regions: 0 is wall, outdoors or nothing. ``boxes`` holds left, top, right, bottom of each label."""

    labels: Labels
    boxes: npt.NDArray[np.int32]
    areas: npt.NDArray[np.float64]  # m2
    lettered: npt.NDArray[np.bool_]  # whether some lettering stands in it

    def __len__(self) -> int:
        return len(self.areas) - 1

    def part(self, label: int) -> tuple[Mask, tuple[int, int]]:
        """One region cut out, and where its left top corner stands."""
        left, top, right, bottom = (int(value) for value in self.boxes[label])
        return (self.labels[top:bottom, left:right] == label).astype(np.uint8), (left, top)


@dataclass(frozen=True, slots=True)
class Measures:
    """Of each place: whether it may be a room, its square metres, and whether some lettering stands in it."""

    keep: npt.NDArray[np.bool_]
    areas: npt.NDArray[np.float64]
    lettered: npt.NDArray[np.bool_]


def measured(ink: Ink, places: Places, marks: Mask) -> Measures:
    """Which places are large and wide enough for rooms."""
    count = len(places.boxes)
    areas = places.areas * ink.metres**2
    keep = areas >= LEAST_AREA
    keep[: OUTDOORS + 1] = False
    keep &= wide_enough(ink, places)
    lettering = np.bincount(places.labels.ravel()[np.flatnonzero(marks)], minlength=count) * ink.metres**2
    return Measures(keep, areas, lettering >= LETTERING)


def regions(ink: Ink, places: Places, marks: Mask) -> Regions:
    """The rooms among the places between walls."""
    found = measured(ink, places, marks)
    order = np.zeros(len(found.keep), dtype=np.int32)
    order[found.keep] = np.arange(1, int(found.keep.sum()) + 1)
    return Regions(
        renumbered(places.labels, order),
        np.concatenate([np.zeros((1, 4), dtype=np.int32), places.boxes[found.keep]]),
        np.concatenate([np.zeros(1), found.areas[found.keep]]),
        np.concatenate([np.zeros(1, dtype=bool), found.lettered[found.keep]]),
    )


def wide_enough(ink: Ink, places: Places) -> npt.NDArray[np.bool_]:
    """Which places hold a circle of the least width."""
    labels = places.labels
    free = (labels > OUTDOORS).astype(np.uint8)
    if not places.parted:
        free[:, 1:] &= labels[:, 1:] == labels[:, :-1]
        free[1:] &= labels[1:] == labels[:-1]
    distance = cv2.distanceTransform(free, cv2.DIST_L2, 3)
    found = at_each(labels, np.asarray(distance >= LEAST_WIDTH / 2 / ink.metres), len(places.boxes))
    return np.asarray(found > 0)


def likeness(found: Regions) -> float:
    """How much a set of regions looks like the rooms of a floor: see ``likeness_of``."""
    return likeness_of(found.areas[1:], found.lettered[1:])


def likeness_of(areas: npt.NDArray[np.float64], lettered: npt.NDArray[np.bool_]) -> float:
    """How much a set of regions looks like the rooms of a floor.

    Each counts by its width, less a toll that tiny regions don't earn; a region without lettering counts half where
    most of the others have some.
    """
    if not len(areas):
        return 0.0
    width = np.minimum(np.sqrt(areas), ENOUGH_WIDTH)
    trust = np.where(lettered | (lettered.mean() < 0.3), 1.0, 0.5)
    return float((width * trust - TOLL).sum())
