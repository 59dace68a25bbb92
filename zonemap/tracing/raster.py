"""Rooms on a picture: a scan or a rendered sheet in, proposed rooms in picture pixels out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
import shapely.affinity
from shapely.geometry import Polygon

from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.model.plan import Point, Ring
from zonemap.tracing.ink import Ink
from zonemap.tracing.ink_paper import looks_like_photo
from zonemap.tracing.raster_outline import polygon_of
from zonemap.tracing.raster_reading import Grey, WallReading, all_readings, read_drawing, read_walls, reading_of
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
SAME = 0.95  # IoU: two outlines so alike are one to a person


def trace_picture(grey: Grey, options: TraceOptions) -> tuple[DraftRoom, ...]:
    """All rooms of a floor plan, in pixels of ``grey`` (y down), from the left top to the right bottom.

    Rings run along the walls' faces and are valid. What can't be told from the picture is left out, not invented.
    """
    return drafts(read_walls(grey, options))


def room_candidates(grey: Grey, point: Point, options: TraceOptions) -> tuple[DraftRoom, ...]:
    """Up to six different rooms round a pixel of the picture, the best first: what a next click goes on to."""
    drawing = read_drawing(grey, options)
    readings = list(all_readings(drawing, most=5))
    for best in readings[:1]:
        joined_up = regions(drawing.ink, between(best.closed), drawing.marks)
        split_up = split_and_joined(drawing.ink, best.closed, drawing.lines, thin_share=0.6)
        readings.insert(1, replace(best, rooms=regions(drawing.ink, split_up, drawing.marks)))
        readings.insert(1, replace(best, rooms=joined_up))
        readings += [reading_of(drawing, Walls(best.name, best.walls), reach) for reach in (1.8, 0.6)]
    found: list[Polygon] = []
    for reading in readings:
        polygon = room_at(reading, point)
        if polygon is not None and all(overlap(polygon, other) < SAME for other in found):
            found.append(polygon)
    return tuple(draft(f"c{number}", polygon) for number, polygon in enumerate(found[:MOST_CANDIDATES], 1))


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
    half = PEN if "solid" in reading.name else PEN / 2
    most = MOST_PEN * np.hypot(*reading.ink.to_picture[:, 0]) / reading.ink.metres
    grown = shapely.buffer(polygon, min(half, most), join_style="mitre")
    return max(shapely.get_parts(grown), key=lambda part: part.area)


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
