"""One way of understanding a picture: which ink is wall, where its gaps are, and the regions in between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zonemap.model.draft import TraceOptions
from zonemap.tracing.ink import Ink, read_ink
from zonemap.tracing.ink_marks import without_frame, without_lettering
from zonemap.tracing.ink_shapes import Mask
from zonemap.tracing.raster_gaps import Gap, bridged
from zonemap.tracing.raster_rooms import Regions, likeness, regions
from zonemap.tracing.raster_walls import Walls, hypotheses

Grey = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class WallReading:
    """What a picture was understood to be, on the straightened grid of ``ink.metres`` a pixel.

    ``lines`` is all ink but the page frame and lettering, ``marks`` the lettering, ``walls`` the wall mask that was
    chosen, ``gaps`` its bridged openings (doors and windows are among them), ``closed`` the walls with these bridges,
    ``rooms`` the labelled regions. ``ink.to_picture`` leads back to pixels of the picture.
    """

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

    ink: Ink
    lines: Mask
    marks: Mask


def read_drawing(grey: Grey, options: TraceOptions) -> Drawing:
    """Straighten a picture and tell its lines from lettering."""
    ink = read_ink(grey, options)
    return Drawing(ink, *without_lettering(ink, without_frame(ink, ink.lines)))


def reading_of(drawing: Drawing, walls: Walls, reach: float = 1.0) -> WallReading:
    """The reading that follows from a wall hypothesis. ``reach`` lengthens or shortens the bridges of free gaps."""
    ink, lines = drawing.ink, drawing.lines
    closed, gaps = bridged(ink, walls.mask, lines, reach)
    return WallReading(ink, lines, drawing.marks, walls.name, walls.mask, closed, gaps, regions(ink, closed))


def all_readings(drawing: Drawing) -> tuple[WallReading, ...]:
    """A reading for each wall hypothesis, the one with the most room-like rooms first."""
    readings = [reading_of(drawing, walls) for walls in hypotheses(drawing.ink, drawing.lines)]
    return tuple(sorted(readings, key=lambda reading: likeness(reading.rooms), reverse=True))


def read_walls(grey: Grey, options: TraceOptions) -> WallReading:
    """Straighten the picture and choose the wall hypothesis that makes the most room-like rooms."""
    return all_readings(read_drawing(grey, options))[0]
