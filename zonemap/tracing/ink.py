"""The ink of a scanned sheet: levelled, straightened, at a resolution of its own, without page frame and lettering.

Everything after this works on a grid whose pixel is 2.5 cm of the building, so that each threshold can be in metres.
Lines thinner than that must not vanish: ink is told from paper at the resolution of the picture, and a stroke that
covers only a part of a grid pixel counts wherever it isn't the rim of something darker.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from zonemap.model.draft import TraceOptions
from zonemap.tracing.ink_shapes import Mask, grown, halved, opened, without_specks

Matrix = npt.NDArray[np.float64]  # 2 x 3

GRID = 0.025  # m: a wall of 10 cm is four pixels wide, and an A3 sheet at 1:200 has eight million
MOST_PIXELS = 24_000_000  # of the grid; a coarser one is taken for larger sheets
LETTER = 0.75  # m: the largest letter or digit on a sheet at 1:200
PAGE_FRAME = 0.94  # of the page's width and height lies within a drawn page frame at least, less its margin

cv2.setNumThreads(2)


@dataclass(frozen=True, slots=True)
class Ink:
    """What is drawn, on the straightened grid. ``to_picture`` leads from grid pixels to picture pixels."""

    strong: Mask  # as dark as the darkest strokes: walls, most lines
    lines: Mask  # strong, and the faint strokes beside: windows, leaves and arcs of doors, furniture
    metres: float  # a grid pixel's length
    to_picture: Matrix

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width of the grid."""
        return self.strong.shape[0], self.strong.shape[1]

    def within(self, left: int, top: int, right: int, bottom: int) -> Ink:
        """A part of it."""
        back = self.to_picture.copy()
        back[:, 2] += back[:, :2] @ np.array([left, top], dtype=np.float64)
        rows, columns = slice(top, bottom), slice(left, right)
        strong, lines = (np.ascontiguousarray(mask[rows, columns]) for mask in (self.strong, self.lines))
        return Ink(strong, lines, self.metres, back)

    def pixels(self, metres: float, least: int = 1) -> int:
        """A length in whole grid pixels."""
        return max(least, round(metres / self.metres))

    def at(self, point: tuple[float, float]) -> tuple[int, int]:
        """The column and row of the grid under a point of the picture (outside of the grid for one beside it)."""
        a, b = self.to_picture[:, :2], self.to_picture[:, 2]
        x, y = np.linalg.solve(a, np.array(point) - b)
        return math.floor(x), math.floor(y)


def read_ink(grey: npt.NDArray[np.uint8], options: TraceOptions, fineness: float = 1.0) -> Ink:
    """Level, straighten and threshold a picture. ``grey`` is dark on light, 0 to 255.

    ``fineness``: the pixel of the grid, times the usual one.
    """
    left, top, right, bottom = crop_box(grey, options)
    part = grey[top:bottom, left:right]
    grid = fineness * grid_for(part.shape, options.metres_per_unit)
    shrink = grid / options.metres_per_unit
    darkness = levelled(part, options.metres_per_unit)
    turn = skew(darkness, shrink, grid) if options.deskew else 0.0
    darkness, back = straightened(darkness, turn, shrink)
    back[:, 2] += (left, top)
    strong, lines = thresholded(darkness, shrink, options.darkness)
    return Ink(strong, lines, grid, back)


def crop_box(grey: npt.NDArray[np.uint8], options: TraceOptions) -> tuple[int, int, int, int]:
    """The part to read, in whole pixels within the picture: left, top, right, bottom."""
    height, width = grey.shape
    x0, y0, x1, y1 = options.crop or (0, 0, width, height)
    left, top = max(0, math.floor(min(x0, x1))), max(0, math.floor(min(y0, y1)))
    right, bottom = min(width, math.ceil(max(x0, x1))), min(height, math.ceil(max(y0, y1)))
    return min(left, width - 1), min(top, height - 1), max(right, left + 1), max(bottom, top + 1)


def grid_for(shape: tuple[int, ...], metres: float) -> float:
    """The grid pixel in metres: that of the picture where it is near enough, 2.5 cm else, coarser for huge sheets."""
    if 0.8 * GRID <= metres <= 1.1 * GRID:
        return metres
    area = shape[0] * shape[1] * metres * metres
    return max(GRID, math.sqrt(area / MOST_PIXELS))


def levelled(grey: npt.NDArray[np.uint8], metres: float) -> npt.NDArray[np.uint8]:
    """How much darker each pixel is than its paper, 0 to 255.

    Paper is what a closing wider than any wall leaves, so that shadows, folds and tinted rooms count as paper; but
    never much darker than the page's own paper, so that solid black stays ink.
    """
    step = max(1, round(0.05 / metres))
    small = cv2.resize(grey, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA) if step > 1 else grey
    reach = max(3, round(1.0 / (metres * step))) | 1
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    page = float(np.percentile(small[::4, ::4], 90))
    paper = cv2.blur(np.maximum(paper, np.uint8(0.6 * page)), (reach, reach))
    if step > 1:
        paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    ratio = cv2.divide(grey, paper, scale=255.0)
    return np.asarray(cv2.bitwise_not(ratio), dtype=np.uint8)


def skew(darkness: npt.NDArray[np.uint8], shrink: float, grid: float) -> float:
    """By how many degrees the drawing is turned, between -45 and 45.

    Long straight lines tell roughly (a nearly level line looks level to them), the sharpness of projections exactly.
    """
    scale = min(1.0, 1.0 / shrink)
    small = np.asarray(cv2.resize(darkness, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    inked = (small > ink_threshold(small)).astype(np.uint8)
    least = max(20, round(1.5 / max(grid, grid / shrink)))
    edges = halved(np.asarray(cv2.morphologyEx(inked, cv2.MORPH_GRADIENT, np.ones((2, 2), np.uint8)), dtype=np.uint8))
    found = cv2.HoughLinesP(edges * 255, 1, np.pi / 360, least // 4, minLineLength=least // 2, maxLineGap=2)
    if found is None:
        return 0.0
    lines = np.asarray(found, dtype=np.float64).reshape(-1, 4)
    dx, dy = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    angle = (np.degrees(np.arctan2(dy, dx)) + 45.0) % 90.0 - 45.0
    weight, bounds = np.histogram(angle, bins=90, range=(-45, 45), weights=np.hypot(dx, dy))
    around = weight + np.roll(weight, 1) + np.roll(weight, -1)
    rough = float(bounds[int(np.argmax(around))]) + 0.5
    flat, upright = edge_points(inked)
    for reach, step, thinned in ((2.0, 0.2, 4), (0.2, 0.04, 1), (0.04, 0.01, 1)):
        tries = rough + np.arange(-reach, reach + step / 2, step)
        sharp = [sharpness(flat[::thinned], upright[::thinned], angle) for angle in tries]
        rough = float(tries[int(np.argmax(sharp))])
    return rough


def edge_points(inked: Mask) -> tuple[Matrix, Matrix]:
    """Up to 60,000 points (x, y) each on the upper edges and on the left edges of the ink."""
    flat = np.argwhere((inked[1:] == 1) & (inked[:-1] == 0))[:, ::-1]
    upright = np.argwhere((inked[:, 1:] == 1) & (inked[:, :-1] == 0))[:, ::-1]
    return (
        flat[:: max(1, len(flat) // 60_000)].astype(np.float64),
        upright[:: max(1, len(upright) // 60_000)].astype(np.float64),
    )


def sharpness(flat: Matrix, upright: Matrix, degrees: float) -> float:
    """How well edges fall together when they are projected along lines turned by ``degrees``."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    total = 0.0
    for across in (flat[:, 1] * cos - flat[:, 0] * sin, upright[:, 0] * cos + upright[:, 1] * sin):
        if across.size:
            counts = np.bincount((across - across.min()).astype(np.int64))
            total += float(np.square(counts, dtype=np.float64).sum())
    return total


def straightened(
    darkness: npt.NDArray[np.uint8], degrees: float, shrink: float
) -> tuple[npt.NDArray[np.uint8], Matrix]:
    """The picture turned back by ``degrees``, nothing cut off; and the way from grid pixels to picture pixels.

    It is still at the picture's resolution when it must be shrunk, and at the grid's when it must be enlarged.
    """
    height, width = darkness.shape
    enlarge = max(1.0, 1.0 / shrink)
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    new_width = math.ceil(enlarge * (width * abs(cos) + height * abs(sin)))
    new_height = math.ceil(enlarge * (width * abs(sin) + height * abs(cos)))
    forth = np.array([[cos, sin, 0.0], [-sin, cos, 0.0]]) * enlarge
    middle = forth[:, :2] @ np.array([width / 2, height / 2])
    forth[:, 2] = np.array([new_width / 2, new_height / 2]) - middle
    back = np.asarray(cv2.invertAffineTransform(forth), dtype=np.float64)
    if abs(degrees) > 0.03 or enlarge > 1.0:
        # Corners of pixels are the whole numbers here, their middles OpenCV's: shift by half a pixel on both sides.
        shifted = forth.copy()
        shifted[:, 2] += forth[:, :2] @ np.array([0.5, 0.5]) - 0.5
        size = (new_width, new_height)
        darkness = np.asarray(cv2.warpAffine(darkness, shifted, size, flags=cv2.INTER_LINEAR), dtype=np.uint8)
    else:
        back = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    back[:, :2] *= max(1.0, shrink)
    return np.asarray(darkness, dtype=np.uint8), back


def ink_threshold(darkness: npt.NDArray[np.uint8]) -> float:
    """Otsu's threshold between paper and ink, over the pixels that are at all darker than noise."""
    inked = darkness[darkness > 26]
    if inked.size < 50:
        return 128.0
    level, _ = cv2.threshold(inked.reshape(-1, 1), 0, 255, cv2.THRESH_OTSU)
    return float(min(max(0.5 * level + 20.0, 45.0), 150.0))


def thresholded(darkness: npt.NDArray[np.uint8], shrink: float, darkest: float | None) -> tuple[Mask, Mask]:
    """Strong ink and all lines on the grid. ``darkest``: how dark ink must be, 0 to 1, None to find it out."""
    mean, peak = darkness, darkness
    if shrink > 1.0:
        size = (max(1, round(darkness.shape[1] / shrink)), max(1, round(darkness.shape[0] / shrink)))
        mean = np.asarray(cv2.resize(darkness, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        reach = math.ceil(shrink)
        soft = cv2.blur(darkness, (2, 2)) if shrink > 2.0 else darkness
        wide = cv2.dilate(soft, np.ones((reach, reach), np.uint8))
        peak = np.asarray(cv2.resize(wide, size, interpolation=cv2.INTER_NEAREST), dtype=np.uint8)
    level = ink_threshold(darkness) if darkest is None else 255.0 * min(max(darkest, 0.05), 0.95)
    strong = (mean > level).astype(np.uint8)
    noise = float(np.median(np.abs(mean[::3, ::3].astype(np.int16))))
    faint_level = max(0.45 * level, 22.0 + 4.0 * noise) if darkest is None else level
    dark = (peak > faint_level).astype(np.uint8)
    rim = 2 if shrink > 1.0 else 1
    faint = dark & (1 - grown(strong)) & (1 - grown(opened(strong, 3, 3), rim))
    touching = grown(faint) & dark
    lines = strong | without_specks(faint | (touching & (1 - strong)), 6)
    return strong, lines
