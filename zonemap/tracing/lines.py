"""Rooms from line work: the faces between walls, panes and shut doors.

All lengths are in metres on the ground, so the scale comes first (``guess_metres_per_unit`` where nobody set one).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import shapely

from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.model.linework import Linework, Stroke
from zonemap.model.plan import Point
from zonemap.tracing.lines_layers import Kind, of_kinds
from zonemap.tracing.lines_reading import Reading, read_layers
from zonemap.tracing.lines_rooms import GENEROUS, USUAL, Habits, rooms_of
from zonemap.tracing.lines_scale import guess_metres_per_unit, nearest_usual
from zonemap.tracing.lines_strokes import Frame, Geometries
from zonemap.tracing.lines_styles import read_styles

__all__ = ["guess_metres_per_unit", "nearest_usual", "room_candidates", "trace_linework", "wall_layers"]

CANDIDATES_MOST = 6
_WINDOW = 25.0  # metres around a point, for candidates: larger rooms are halls, of which there is one reading
_RIM = 1.0  # metres: a room that comes so near to the window's edge may go on beyond it
_ALIKE = 0.95  # IoU at which two candidates are the same room to a person


def wall_layers(linework: Linework) -> frozenset[str]:
    """The layers that hold walls, columns and panes, told by their names in several languages."""
    return of_kinds(linework, (Kind.WALL, Kind.PANE))


def trace_linework(linework: Linework, options: TraceOptions) -> tuple[DraftRoom, ...]:
    """Every room that the walls enclose, along their faces, in the file's own units; ids are r1, r2, ..."""
    frame = Frame.of(linework, options.metres_per_unit)
    return _drafts(rooms_of(_reading(linework, frame, options)), frame)


def room_candidates(linework: Linework, point: Point, options: TraceOptions) -> tuple[DraftRoom, ...]:
    """What the room around a point may be, the best first, no two alike; empty where nothing encloses it."""
    frame = Frame.of(linework, options.metres_per_unit)
    spot = shapely.Point(frame.metres([point])[0])
    found: list[shapely.Polygon] = []
    for reading, habits in _hypotheses(linework, frame, options, spot):
        for room in rooms_of(reading, habits):
            if room.intersects(spot) and not any(_alike(room, other) for other in found):
                found.append(room)
        if len(found) >= CANDIDATES_MOST:
            break
    return _drafts(found[:CANDIDATES_MOST], frame)


def _hypotheses(
    linework: Linework, frame: Frame, options: TraceOptions, spot: shapely.Point
) -> Iterator[tuple[Reading, Habits]]:
    """Ways to see the sheet, the likeliest first; all but that one only around the point."""
    usual = _reading(linework, frame, options)
    window = spot.buffer(_WINDOW, cap_style="square")
    here = usual.within(window)
    if not _closes_within(here, spot, window):
        yield usual, USUAL
    yield here, USUAL
    yield here, GENEROUS
    yield here, replace(USUAL, free_gap=0.0)
    yield here, replace(USUAL, panes=False)
    (x0, y0), (x1, y1) = frame.units(shapely.get_coordinates(window)[[0, 2]])
    near = _cropped(linework, (float(x0), float(y0), float(x1), float(y1)))
    everything = read_layers(near, frame, frozenset(linework.layers))
    yield everything.within(window), replace(USUAL, halls=False)
    yield here, replace(USUAL, free_gap=0.0, door_gap=0.0, panes=False)


def _closes_within(reading: Reading, spot: shapely.Point, window: shapely.Polygon) -> bool:
    """Whether a room round the point stays well inside of the window, which may have cut a larger one off."""
    inner = window.buffer(-_RIM, join_style="mitre")
    return any(room.intersects(spot) and room.within(inner) for room in rooms_of(reading))


def _reading(linework: Linework, frame: Frame, options: TraceOptions) -> Reading:
    kept = _cropped(linework, options.crop)
    layers = wall_layers(linework) if options.layers is None else options.layers
    if layers and not layers.issuperset(linework.layers):
        return read_layers(kept, frame, layers)
    return read_styles(kept, frame)


def _cropped(linework: Linework, crop: tuple[float, float, float, float] | None) -> Linework:
    """The drawing without the strokes that lie outside of a box."""
    if crop is None:
        return linework
    x0, x1 = sorted((crop[0], crop[2]))
    y0, y1 = sorted((crop[1], crop[3]))

    def inside(stroke: Stroke) -> bool:
        xs, ys = zip(*stroke.points, strict=True)
        return max(xs) >= x0 and min(xs) <= x1 and max(ys) >= y0 and min(ys) <= y1

    return replace(linework, strokes=tuple(stroke for stroke in linework.strokes if inside(stroke)))


def _alike(room: shapely.Polygon, other: shapely.Polygon) -> bool:
    shared = float(room.intersection(other).area)
    return shared >= _ALIKE * (float(room.area) + float(other.area) - shared)


def _drafts(rooms: Geometries | list[shapely.Polygon], frame: Frame) -> tuple[DraftRoom, ...]:
    return tuple(
        DraftRoom(
            id=f"r{number}",
            ring=_ring(room.exterior, frame),
            holes=tuple(_ring(hole, frame) for hole in room.interiors),
        )
        for number, room in enumerate(rooms, 1)
    )


def _ring(ring: shapely.LinearRing, frame: Frame) -> tuple[Point, ...]:
    return tuple((float(x), float(y)) for x, y in frame.units(shapely.get_coordinates(ring)[:-1]))
