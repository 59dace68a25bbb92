"""From a reading to rooms: doors and openings shut, faces found."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from zonemap.tracing import lines_faces, lines_jambs
from zonemap.tracing.lines_merge import large, with_halls, with_stairs, without_cubicles, without_islands
from zonemap.tracing.lines_reading import Reading
from zonemap.tracing.lines_strokes import Geometries, as_lines, segments_of
from zonemap.tracing.lines_swings import closings

_DOOR_REACH = 0.2  # metres from a swing's hinge or end to the wall that it belongs to
_PANE_REACH = 0.1  # metres between a pane and its wall: a frame that is not drawn


@dataclass(frozen=True, slots=True)
class Habits:
    """What shuts a room. Openings in metres: with nothing in sight, with a door's swing, with a pane."""

    free_gap: float = 1.25
    door_gap: float = lines_jambs.GAP_MOST
    pane_gap: float = 4.5  # a shop window
    panes: bool = True
    halls: bool = True  # whether what only wide gaps leave open is shut there


USUAL = Habits()
GENEROUS = Habits(free_gap=lines_jambs.GAP_MOST)


def rooms_of(reading: Reading, habits: Habits = USUAL) -> Geometries:
    """The rooms of a reading, in metres."""
    rooms = without_cubicles(_faces(reading, habits))
    if habits.halls:
        rooms = with_halls(rooms, without_cubicles(_faces(reading, replace(habits, free_gap=habits.door_gap))))
    if reading.by_looks:
        rooms = without_islands(rooms)
    return large(with_stairs(rooms, reading.stairs))


def _faces(reading: Reading, habits: Habits) -> Geometries:
    walls = as_lines(reading.walls)
    shut = as_lines(closings(reading.swings, walls, reading.leaves))
    links = lines_faces.reaching(segments_of(shut), walls, _DOOR_REACH)
    lines = [walls, shut, links, _gaps(reading, habits).lines]
    if habits.panes:
        lines += [as_lines(reading.panes), lines_faces.reaching(reading.panes, walls, _PANE_REACH)]
    return lines_faces.rooms(lines_faces.faces(np.concatenate(lines)), reading.solid)


def _gaps(reading: Reading, habits: Habits) -> lines_jambs.Gaps:
    found = lines_jambs.gaps(reading.walls, reading.solid, max(habits.pane_gap, habits.door_gap, habits.free_gap))
    if len(found) == 0:
        return found
    swing, pane = _holding(found.boxes, reading)
    most = np.maximum(np.where(swing, habits.door_gap, 0.0), np.where(pane, habits.pane_gap, 0.0))
    return found.only(found.widths <= np.maximum(most, habits.free_gap))


def _holding(boxes: Geometries, reading: Reading) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which openings have the hinge of a swing in them, and which a pane."""
    swing, pane = np.zeros(len(boxes), dtype=bool), np.zeros(len(boxes), dtype=bool)
    if len(reading.swings):
        hinges = shapely.points(reading.swings.hinges)
        swing[shapely.STRtree(hinges).query(boxes, "dwithin", distance=_DOOR_REACH)[0]] = True
    if len(reading.panes):
        pane[shapely.STRtree(as_lines(reading.panes)).query(boxes, "intersects")[0]] = True
    return swing, pane
