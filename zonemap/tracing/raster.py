"""Rooms on a picture: a scan or a rendered sheet in, proposed rooms in picture pixels out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import shapely
import shapely.affinity
from shapely.geometry import Polygon

from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.model.plan import Point, Ring
from zonemap.tracing.ink import Ink, crop_box
from zonemap.tracing.ink_paper import looks_like_photo
from zonemap.tracing.raster_agreement import steady_reading
from zonemap.tracing.raster_faces import Pen, on_faces
from zonemap.tracing.raster_outline import polygon_of
from zonemap.tracing.raster_reading import (
    Drawing,
    Grey,
    WallReading,
    all_readings,
    read_drawing,
    read_walls,
    reading_of,
)
from zonemap.tracing.raster_rooms import regions
from zonemap.tracing.raster_scale import guess_metres_per_pixel
from zonemap.tracing.raster_split import between, split_and_joined
from zonemap.tracing.raster_walls import Walls

__all__ = [
    "WallReading",
    "guess_metres_per_pixel",
    "looks_like_photo",
    "read_walls",
    "room_candidates",
    "trace_picture",
]

MOST_CANDIDATES = 6
FINENESS = 0.01  # pixels: a grid for corners that keeps outlines valid
PEN = 1.0  # pixels of the picture: half of the stroke that outlines a wall
MOST_PEN = 0.025  # m
WINDOW = 15.0  # m to each side of a click: few rooms reach farther
WINDOW_RIM = 0.5  # m: a room that comes so near to the window's edge may go on beyond it
WINDOW_MOST = 0.7  # of the picture: a larger window saves nothing
COARSE = 1.5  # times the usual grid: for a room that is larger than the window, in half of the time
WAYS_OF_BEST = 3  # by which the likeliest walls are divided first: a room that none of them closes is doubtful
DARK = 0.55  # 0 to 1: linings, furniture and glass are drawn paler than walls on most sheets
SAME = 0.95  # IoU: two outlines so alike are one to a person


def trace_picture(grey: Grey, options: TraceOptions) -> tuple[DraftRoom, ...]:
    """All rooms of a floor plan, in pixels of ``grey`` (y down), from the left top to the right bottom.

    Rings run along the walls' faces and are valid. What can't be told from the picture is left out, not invented.
    """
    return drafts(steady_reading(grey, options))


def room_candidates(grey: Grey, point: Point, options: TraceOptions) -> tuple[DraftRoom, ...]:
    """Up to six different rooms round a pixel of the picture, the best first: what a next click goes on to.

    Most rooms are told from what is drawn near; the whole picture is read only where that doesn't close one.
    """
    window = window_round(grey, point, options)
    if window is None:
        return numbered(candidates_among(ways_to_divide(read_drawing(grey, options), most=2), point))
    inner = shapely.box(*window).buffer(-WINDOW_RIM / options.metres_per_unit, join_style="mitre")
    nearby = replace(options, crop=window)
    ways = list(ways_to_divide(read_drawing(grey, nearby, framed=False), most=5))
    near = [room for room in candidates_among(ways, point) if room.within(inner)]
    if any(room.within(inner) for room in candidates_among(ways[:WAYS_OF_BEST], point)):
        dark = candidates_among(dark_alone(grey, nearby), point, near)
        return numbered([room for room in dark if room.within(inner)])
    far = candidates_among(ways_to_divide(read_drawing(grey, options, fineness=COARSE), most=2), point)
    far.sort(key=lambda room: room.within(inner))  # a small one would have been found before
    other = [room for room in near if all(overlap(room, larger) < SAME for larger in far)]
    return numbered([*far, *other][:MOST_CANDIDATES])


def window_round(grey: Grey, point: Point, options: TraceOptions) -> tuple[float, float, float, float] | None:
    """The part of the picture, within the crop, that is near a point; None where that is nearly all."""
    left, top, right, bottom = crop_box(grey, options)
    reach = WINDOW / options.metres_per_unit
    x, y = point
    window = (max(left, x - reach), max(top, y - reach), min(right, x + reach), min(bottom, y + reach))
    area = (window[2] - window[0]) * (window[3] - window[1])
    is_part = window[0] < window[2] and window[1] < window[3] and area < WINDOW_MOST * (right - left) * (bottom - top)
    return window if is_part else None


def candidates_among(readings: Iterable[WallReading], point: Point, before: Sequence[Polygon] = ()) -> list[Polygon]:
    """Different rooms round a point, in the order of the readings, after those that were found ``before``."""
    found = list(before)
    for reading in readings:
        if len(found) == MOST_CANDIDATES:
            break
        polygon = room_at(reading, point)
        if polygon is not None and all(overlap(polygon, other) < SAME for other in found):
            found.append(polygon)
    return found


def dark_alone(grey: Grey, options: TraceOptions) -> Iterator[WallReading]:
    """A reading of dark strokes alone, for pale ones may line a wall; none where a person chose how dark ink is."""
    if options.darkness is None:
        yield from all_readings(read_drawing(grey, replace(options, darkness=DARK), framed=False), most=1)


def ways_to_divide(drawing: Drawing, most: int) -> Iterator[WallReading]:
    """Readings with ``most`` kinds of walls: divided by walls alone, by more lines, and with other doors shut."""
    readings = all_readings(drawing, most, promising=0.0)
    yield from readings[:1]
    for best in readings[:1]:
        yield replace(best, rooms=regions(drawing.ink, between(best.closed), drawing.marks))
        split_up = split_and_joined(drawing.ink, best.closed, drawing.lines, thin_share=0.6)
        yield replace(best, rooms=regions(drawing.ink, split_up, drawing.marks))
    yield from readings[1:]
    for best in readings[:1]:
        yield from (reading_of(drawing, Walls(best.name, best.walls), reach) for reach in (1.8, 0.6))


def numbered(rooms: Sequence[Polygon]) -> tuple[DraftRoom, ...]:
    """Candidates as drafts."""
    return tuple(draft(f"c{number}", room) for number, room in enumerate(rooms, 1))


def room_at(reading: WallReading, point: Point) -> Polygon | None:
    """The room of a reading round a pixel of the picture, in picture pixels."""
    column, row = reading.ink.at(point)
    height, width = reading.ink.shape
    if not (0 <= column < width and 0 <= row < height):
        return None
    label = int(reading.rooms.labels[row, column])
    return room_polygon(reading, label) if label else None


def overlap(one: Polygon, other: Polygon) -> float:
    """Intersection over union."""
    union = one.union(other).area
    return float(one.intersection(other).area / union) if union else 0.0


def room_polygon(reading: WallReading, label: int) -> Polygon | None:
    """A region's outline in picture pixels."""
    part, offset = reading.rooms.part(label)
    polygon = polygon_of(part, reading.ink.metres, offset)
    return None if polygon is None else to_faces(reading, on_picture(reading.ink, polygon))


def to_faces(reading: WallReading, polygon: Polygon) -> Polygon:
    """An outline of free pixels moved out to the walls' faces: a face runs in the middle of the stroke that draws it.

    Such a stroke is two to three pixels wide on most scans, so half of it is a pixel of the picture.
    """
    metres = reading.ink.metres / float(np.hypot(*reading.ink.to_picture[:, 0]))
    half = min(PEN, MOST_PEN / metres)
    default = half if "solid" in reading.name else min(PEN / 2, MOST_PEN / metres)
    return on_faces(reading.grey, polygon, metres, Pen(half, default))


def drafts(reading: WallReading) -> tuple[DraftRoom, ...]:
    """The rooms of a reading as drafts in picture pixels."""
    polygons = [room_polygon(reading, label) for label in range(1, len(reading.rooms) + 1)]
    found = [polygon for polygon in polygons if polygon is not None]
    found.sort(key=lambda polygon: (round(polygon.bounds[1]), polygon.bounds[0]))
    return tuple(draft(f"r{number}", polygon) for number, polygon in enumerate(found, 1))


def on_picture(ink: Ink, polygon: Polygon) -> Polygon:
    """A polygon of the grid in picture pixels."""
    (a, b, x), (d, e, y) = ink.to_picture
    return shapely.affinity.affine_transform(polygon, [a, b, d, e, x, y])


def draft(identity: str, polygon: Polygon) -> DraftRoom:
    """A polygon as a proposed room, on a grid of a hundredth of a pixel."""
    snapped = shapely.set_precision(polygon, FINENESS)
    largest = max(shapely.get_parts(snapped), key=lambda part: part.area)
    return DraftRoom(identity, ring(largest.exterior), tuple(ring(hole) for hole in largest.interiors))


def ring(line: shapely.LinearRing) -> Ring:
    """A closed line as a ring, to a hundredth of a pixel."""
    points: list[Point] = [(round(x, 2), round(y, 2)) for x, y in line.coords[:-1]]
    return tuple(points)
