"""Rooms from line work: the faces between walls, panes and shut doors.

All lengths are in metres on the ground, so the scale comes first (``guess_metres_per_unit`` where nobody set one).
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.model.linework import Linework
from zonemap.tracing import lines_faces, lines_jambs
from zonemap.tracing.lines_layers import Kind, of_kinds
from zonemap.tracing.lines_reading import Reading, read_layers
from zonemap.tracing.lines_strokes import Frame, Geometries, as_lines, segments_of
from zonemap.tracing.lines_swings import closings

_DOOR_REACH = 0.2  # metres from a swing's hinge or end to the wall that it belongs to
_PANE_REACH = 0.1  # metres between a pane and its wall: a frame that is not drawn
FREE_GAP_MOST = 1.25  # metres that are shut between wall ends with neither door nor pane in sight
_PANE_GAP_MOST = 4.5  # metres: a shop window


def wall_layers(linework: Linework) -> frozenset[str]:
    """The layers that hold walls, columns and panes, told by their names in several languages."""
    return of_kinds(linework, (Kind.WALL, Kind.PANE))


def trace_linework(linework: Linework, options: TraceOptions) -> tuple[DraftRoom, ...]:
    """Every room that the walls enclose, along their faces, in the file's own units; ids are r1, r2, ... by place."""
    frame = Frame.of(linework, options.metres_per_unit)
    layers = wall_layers(linework) if options.layers is None else options.layers
    return drafts(rooms_of(read_layers(linework, frame, layers)), frame)


def rooms_of(reading: Reading) -> Geometries:
    """The rooms of a reading, in metres."""
    walls = as_lines(reading.walls)
    shut = as_lines(closings(reading.swings, walls, reading.leaves))
    gaps = _gaps(reading)
    links = lines_faces.reaching(segments_of(shut), walls, _DOOR_REACH)
    ties = lines_faces.reaching(reading.panes, walls, _PANE_REACH)
    lines = np.concatenate([walls, as_lines(reading.panes), shut, links, ties, gaps.lines])
    return lines_faces.rooms(lines_faces.faces(lines), reading.solid)


def _gaps(reading: Reading) -> lines_jambs.Gaps:
    found = lines_jambs.gaps(reading.walls, reading.solid, _PANE_GAP_MOST)
    if len(found) == 0:
        return found
    swing, pane = _holding(found.boxes, reading)
    likely = found.widths <= np.where(swing, lines_jambs.GAP_MOST, np.where(pane, _PANE_GAP_MOST, FREE_GAP_MOST))
    return found.only(likely)


def _holding(boxes: Geometries, reading: Reading) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which openings have the hinge or the ends of a swing in them, and which a pane."""
    swing, pane = np.zeros(len(boxes), dtype=bool), np.zeros(len(boxes), dtype=bool)
    if len(reading.swings):
        hinges = shapely.points(reading.swings.hinges)
        swing[shapely.STRtree(hinges).query(boxes, "dwithin", distance=_DOOR_REACH)[0]] = True
    if len(reading.panes):
        pane[shapely.STRtree(as_lines(reading.panes)).query(boxes, "intersects")[0]] = True
    return swing, pane


def drafts(rooms: Geometries, frame: Frame) -> tuple[DraftRoom, ...]:
    """Rooms as proposals, from the top left of the sheet as it is read."""
    return tuple(
        DraftRoom(
            id=f"r{number}", ring=_ring(room.exterior, frame), holes=tuple(_ring(h, frame) for h in room.interiors)
        )
        for number, room in enumerate(rooms, 1)
    )


def _ring(ring: shapely.LinearRing, frame: Frame) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in frame.units(shapely.get_coordinates(ring)[:-1]))
