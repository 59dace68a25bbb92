"""One way of understanding a picture: which ink is wall, where its gaps are, and the regions in between."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from zonemap.model.draft import TraceOptions
from zonemap.tracing.ink import Ink, read_ink
from zonemap.tracing.ink_marks import building_box, without_frame, without_lettering
from zonemap.tracing.ink_shapes import Mask, grown, halved
from zonemap.tracing.raster_alcoves import with_alcoves
from zonemap.tracing.raster_gaps import Gap, bridged
from zonemap.tracing.raster_rooms import Regions, likeness, likeness_of, measured, regions
from zonemap.tracing.raster_split import between, split_and_joined
from zonemap.tracing.raster_walls import Walls, hypotheses

Grey = npt.NDArray[np.uint8]
PROMISING = 0.8  # of the best one's likeness: thin lines seldom make up for more
MARGIN = 8  # pixels round the drawing that are looked at too


@dataclass(frozen=True, slots=True)
class WallReading:
    """What a picture was understood to be, on the straightened grid of ``ink.metres`` a pixel; ``grey`` is the picture.

    ``lines`` is all ink but the page frame and lettering, ``marks`` the lettering, ``walls`` the wall mask that was
    chosen, ``gaps`` its bridged openings (doors and windows are among them), ``closed`` the walls with these bridges,
    ``rooms`` the labelled regions. ``ink.to_picture`` leads back to pixels of the picture.
    """

    grey: Grey
    ink: Ink
    lines: Mask
    marks: Mask
    name: str
    walls: Mask
    closed: Mask
    gaps: tuple[Gap, ...]
    rooms: Regions


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture's ink, told apart: lines and lettering, without a page frame."""

    grey: Grey
    ink: Ink
    lines: Mask
    marks: Mask


def read_drawing(grey: Grey, options: TraceOptions, *, framed: bool = True, fineness: float = 1.0) -> Drawing:
    """Straighten a picture and tell its lines from lettering, and from a page's frame where there may be one.

    ``fineness``: the pixel of the grid, times the usual one.
    """
    ink = read_ink(grey, options, fineness)
    lines = without_frame(ink, ink.lines) if framed else ink.lines
    left, top, width, height = cv2.boundingRect(lines)
    if width == 0:
        return Drawing(grey, ink, lines, lines)
    rows = slice(max(0, top - MARGIN), top + height + MARGIN)
    columns = slice(max(0, left - MARGIN), left + width + MARGIN)
    lines = np.ascontiguousarray(lines[rows, columns])
    ink = ink.within(columns.start, rows.start, columns.stop, rows.stop)
    lines, marks = without_lettering(ink, lines)
    return cropped(Drawing(grey, ink, lines, marks), building_box(ink, lines))


def cropped(drawing: Drawing, box: tuple[int, int, int, int]) -> Drawing:
    """The part of a drawing within a box of its grid."""
    left, top, right, bottom = box
    lines, marks = (np.ascontiguousarray(mask[top:bottom, left:right]) for mask in (drawing.lines, drawing.marks))
    return Drawing(drawing.grey, drawing.ink.within(left, top, right, bottom), lines, marks)


def reading_of(drawing: Drawing, walls: Walls, reach: float = 1.0) -> WallReading:
    """The reading that follows from a wall hypothesis. ``reach`` lengthens or shortens the bridges of free gaps."""
    return completed(drawing, walls, *bridged(drawing.ink, walls.mask, drawing.lines, reach))


def completed(drawing: Drawing, walls: Walls, closed: Mask, gaps: tuple[Gap, ...]) -> WallReading:
    """A reading with the rooms that closed walls and thin lines make."""
    ink, lines, marks = drawing.ink, drawing.lines, drawing.marks
    loose = grown(lines & (1 - walls.mask))
    rooms = regions(ink, with_alcoves(ink, loose, marks, gaps, split_and_joined(ink, closed, lines)), marks)
    return WallReading(drawing.grey, ink, lines, marks, walls.name, walls.mask, closed, gaps, rooms)


def all_readings(drawing: Drawing, most: int = 3, promising: float = PROMISING) -> tuple[WallReading, ...]:
    """Readings for the ``most`` likely wall hypotheses, the one with the most room-like rooms first.

    Which are likely is told from their walls alone, before thin lines are looked at; those that come to less than
    ``promising`` of the best are left.
    """
    first = []
    for walls in hypotheses(drawing.ink, drawing.lines):
        closed, gaps = bridged(drawing.ink, walls.mask, drawing.lines)
        first.append((rough_likeness(drawing, closed), walls, closed, gaps))
    first.sort(key=lambda one: one[0], reverse=True)
    tried = [one for one in first[:most] if one[0] >= promising * first[0][0]]
    readings = [completed(drawing, walls, closed, gaps) for _, walls, closed, gaps in tried]
    return tuple(sorted(readings, key=lambda reading: likeness(reading.rooms), reverse=True))


def rough_likeness(drawing: Drawing, closed: Mask) -> float:
    """How much the places between closed walls look like rooms, told on a grid twice as coarse: a wall stays one."""
    coarse = halved(closed)
    height, width = (2 * side for side in coarse.shape)
    ink = replace(drawing.ink, metres=2 * drawing.ink.metres)
    found = measured(ink, between(coarse), drawing.marks[:height:2, :width:2])
    return likeness_of(found.areas[found.keep], found.lettered[found.keep])


def read_walls(grey: Grey, options: TraceOptions) -> WallReading:
    """Straighten the picture and choose the wall hypothesis that makes the most room-like rooms."""
    return best_reading(read_drawing(grey, options))


def best_reading(drawing: Drawing) -> WallReading:
    """The reading with the most room-like rooms; one without walls where there are none."""
    readings = all_readings(drawing, most=2)
    return readings[0] if readings else reading_of(drawing, Walls("none", np.zeros_like(drawing.lines)))
