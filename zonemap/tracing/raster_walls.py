"""Which ink is wall: several hypotheses, for walls are drawn filled, tinted, hatched, as two lines or as one."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from zonemap.tracing.ink import Ink
from zonemap.tracing.ink_shapes import Mask, chosen, closed, components, grown, opened

THICKEST = 0.5  # m: the widest gap between two lines that are one wall's faces
FIELD = 0.8  # m: an area of narrow places that is so wide both ways is a stair or a tiled floor
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

    A wider one may be a thick wall with thinner ones attached: where it is long, and dark ink is all round it. These
    are given for themselves too.
    """
    count, labels, stats = components(1 - barrier, 4)
    distance = cv2.distanceTransform(1 - barrier, cv2.DIST_L2, 3) * (2 * ink.metres)
    wide = np.bincount(labels[distance > THICKEST], minlength=count) > 0
    very_wide = np.bincount(labels[distance > FIELD], minlength=count) > 0
    area = stats[:, cv2.CC_STAT_AREA] * ink.metres**2
    may_be = wide & ~very_wide & (area > LONG * FIELD**2)
    if may_be[1:].any():
        place = chosen(labels, may_be)
        rim = grown(place) & barrier
        dark = grown(ink.strong, 2)
        inner = place & grown(rim)
        beside = np.bincount(labels[inner > 0], minlength=count)
        by_dark = np.bincount(labels[(inner & dark) > 0], minlength=count)
        may_be &= by_dark >= 0.9 * beside
    wide[0] = True
    return chosen(labels, ~wide | may_be), chosen(labels, may_be)


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
