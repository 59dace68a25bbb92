"""Rooms on a picture: a scan or a rendered sheet in, proposed rooms in picture pixels out."""

from __future__ import annotations

import shapely
import shapely.affinity
from shapely.geometry import Polygon

from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.model.plan import Point, Ring
from zonemap.tracing.ink import Ink
from zonemap.tracing.ink_paper import looks_like_photo
from zonemap.tracing.raster_outline import polygon_of
from zonemap.tracing.raster_reading import Grey, WallReading, all_readings, read_drawing, read_walls, reading_of
from zonemap.tracing.raster_scale import guess_metres_per_pixel
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
SAME = 0.95  # IoU: two outlines so alike are one to a person


def trace_picture(grey: Grey, options: TraceOptions) -> tuple[DraftRoom, ...]:
    """All rooms of a floor plan, in pixels of ``grey`` (y down), from the left top to the right bottom.

    Rings run along the walls' faces and are valid. What can't be told from the picture is left out, not invented.
    """
    return drafts(read_walls(grey, options))


def room_candidates(grey: Grey, point: Point, options: TraceOptions) -> tuple[DraftRoom, ...]:
    """Up to six different rooms round a pixel of the picture, the best first: what a next click goes on to."""
    drawing = read_drawing(grey, options)
    readings = list(all_readings(drawing))
    for reach in (1.8, 0.6):
        readings += [reading_of(drawing, Walls(one.name, one.walls), reach) for one in readings[:2]]
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
    return None if polygon is None else on_picture(reading.ink, polygon)


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
