"""Which ink is wall: several hypotheses, for walls are drawn filled, tinted, hatched, as two lines or as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from zonemap.tracing.ink import Ink
from zonemap.tracing.ink_shapes import Labels, Mask, at_each, chosen, closed, components, grown, opened

THICKEST = 0.5  # m: the widest gap between two lines that are one wall's faces
FIELD = 0.8  # m: an area of narrow places that is so wide both ways is a stair or a tiled floor
WIDEST = 1.1  # m: of a spot in walls that wind round the rooms, such as a chimney
NETWORK = 6.0  # times the widest spot, squared: the least area of such walls
SPARSE = 0.3  # of their box is theirs at most
LONG = 3.0  # times its greatest width, squared: the area of a place that is long enough for a wall
PIECE = 0.9  # m: a shorter piece of narrow places is furniture
STRIP = 0.6  # m: two lines must run side by side for so long to be a wall
STROKE = 0.3  # m: a solid piece shorter than this is a mark, not a wall


@dataclass(frozen=True, slots=True)
class Walls:
    """One hypothesis. ``mask`` is 1 on walls."""

    name: str
    mask: Mask


def hypotheses(ink: Ink, lines: Mask) -> tuple[Walls, ...]:
    """Every way of telling walls from other lines that is worth a try on this drawing."""
    strong = ink.strong & lines
    strips, dense = double_lines(ink, lines), poche(ink, lines)
    solid = {metres: strokes(ink, strong, metres) for metres in (0.07, 0.1, 0.15)}
    found = [Walls(f"solid {metres}", mask) for metres, mask in solid.items()]
    found += [
        Walls(f"solid {metres} and strips", strokes(ink, solid[metres] | strips, metres)) for metres in (0.07, 0.15)
    ]
    found.append(Walls("poche", solid[0.1] | dense))
    found.append(Walls("long lines", long_lines(ink, strong, 0.8) | dense))
    return tuple(walls for walls in found if walls.mask.any())


def poche(ink: Ink, lines: Mask) -> Mask:
    """Narrow places that lines enclose, filled: outlined and hatched walls, windows; but no stairs and no furniture."""
    barrier = closed(lines, 3, 3)
    narrow, thick = narrow_places(ink, barrier)
    thin = ink.pixels(0.06, 3)
    dense = opened(narrow | barrier, thin, thin)
    field = ink.pixels(FIELD)
    dense &= 1 - grown(opened(dense & (1 - grown(thick, 2)), field, field))
    _, labels, stats = components(dense)
    keep = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= ink.pixels(PIECE)
    keep[0] = False
    return chosen(labels, keep)


def narrow_places(ink: Ink, barrier: Mask) -> tuple[Mask, Mask]:
    """The free places that no circle as wide as a wall fits in, cut up by hatching or not.

    A wider one may be a thick wall with thinner ones attached: see ``thick_walls``. These are given for themselves too.
    """
    count, labels, stats = components(1 - barrier, 4)
    distance = np.asarray(cv2.distanceTransform(1 - barrier, cv2.DIST_L2, 3))
    wider = [at_each(labels, distance > width / (2 * ink.metres), count) > 0 for width in (THICKEST, FIELD, WIDEST)]
    wide = wider[0]
    wide[0] = True
    thick = thick_walls(ink, barrier, labels, stats, wider[1:])
    return chosen(labels, ~wide | thick), chosen(labels, thick & wide)


def thick_walls(
    ink: Ink, barrier: Mask, labels: Labels, stats: Labels, wider: Sequence[npt.NDArray[np.bool_]]
) -> npt.NDArray[np.bool_]:
    """Which places may be thick walls: those that are long, with dark ink all round them.

    The outlines of a building's walls often enclose one place that winds round the rooms and leaves most of its box
    to them. Nothing else looks so, hence it may have a wide spot, and a scan may have paled some of its faces.
    ``wider``: which places are somewhere wider than a field, and than the widest spot.
    """
    count = len(stats)
    is_field, is_room = wider
    area = stats[:, cv2.CC_STAT_AREA] * ink.metres**2
    box = stats[:, cv2.CC_STAT_WIDTH].astype(np.float64) * stats[:, cv2.CC_STAT_HEIGHT] * ink.metres**2
    winds = ~is_room & (area > NETWORK * WIDEST**2) & (area < SPARSE * box)
    may_be = winds | (~is_field & (area > LONG * FIELD**2))
    may_be[0] = False
    if not may_be.any():
        return may_be
    place = chosen(labels, may_be)
    inner = place & grown(grown(place) & barrier)
    beside = np.bincount(labels[inner > 0], minlength=count)
    by_dark = np.bincount(labels[(inner & grown(ink.strong, 2)) > 0], minlength=count)
    return np.asarray(may_be & (by_dark >= np.where(winds, 0.7, 0.9) * beside))


def strokes(ink: Ink, mask: Mask, metres: float) -> Mask:
    """What is at least ``metres`` thick in both directions, and belongs to a piece that is long enough."""
    size = ink.pixels(metres, 2)
    solid = opened(mask, size, size)
    _, labels, stats = components(solid)
    keep = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= ink.pixels(STROKE)
    keep[0] = False
    return chosen(labels, keep)


def long_lines(ink: Ink, mask: Mask, metres: float) -> Mask:
    """Straight level and upright lines, with one pixel of play."""
    length = ink.pixels(metres)
    return (opened(closed(mask, 1, 2), length, 1) | opened(closed(mask, 2, 1), 1, length)) & mask


def double_lines(ink: Ink, lines: Mask) -> Mask:
    """The strips between two lines side by side, lines included, but for evenly spaced series: those are stairs."""
    total = np.zeros_like(lines)
    for turned in (False, True):
        mask = np.ascontiguousarray(lines.T) if turned else lines
        strip = level_strips(ink, mask)
        total |= np.ascontiguousarray(strip.T) if turned else strip
    return total


def level_strips(ink: Ink, mask: Mask) -> Mask:
    """The strips between level lines."""
    length, thick = ink.pixels(STRIP), ink.pixels(THICKEST)
    level = opened(closed(mask, 1, 2), length, 1)
    strip = opened(closed(level, 1, thick), length, 1)
    strip = opened(strip, 1, ink.pixels(0.05, 3))
    series = opened(opened(strip, 1, ink.pixels(2 * THICKEST - 0.2)), length // 2, 1)
    return strip & (1 - grown(series))
