"""Which ink is wall: several hypotheses, for walls are drawn filled, tinted, hatched, as two lines or as one."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from zonemap.tracing.ink import Ink
from zonemap.tracing.ink_shapes import Mask, chosen, closed, components, grown, opened

THICKEST = 0.45  # m: the widest gap between two lines that are one wall's faces
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
    strips = double_lines(ink, lines)
    found = []
    for metres in (0.07, 0.1, 0.15):
        solid = strokes(ink, strong, metres)
        found.append(Walls(f"solid {metres}", solid))
        found.append(Walls(f"solid {metres} and strips", strokes(ink, solid | strips, metres)))
    found.append(Walls("strips", strips))
    found.append(Walls("long lines", long_lines(ink, strong, 0.8) | strips))
    return tuple(found)


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
