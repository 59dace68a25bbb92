"""What the strokes of a sheet are: wall, pane, door swing, or nothing that divides rooms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from zonemap.model.linework import Linework, Stroke
from zonemap.tracing.lines_layers import Kind, kind_of
from zonemap.tracing.lines_solids import are_thin, nested
from zonemap.tracing.lines_strokes import Floats, Frame, Geometries, as_lines, is_closed, lines_of, segments_of
from zonemap.tracing.lines_swings import LEAF_MOST, Swings, swings_of

_LEAF_POINTS = 6  # a leaf is a line or a narrow rectangle


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of a floor by what they do, in metres."""

    solid: shapely.Geometry  # the bodies of walls
    walls: Floats  # segments of wall faces
    panes: Floats  # segments of window panes and other thin lines that shut an opening
    swings: Swings
    leaves: Geometries  # straight strokes of door size
    stairs: Geometries  # outlines that are drawn of stairs
    by_looks: bool = False  # whether furniture may be among the walls, for nothing but their looks tells them apart

    def within(self, window: shapely.Geometry) -> Reading:
        """The part of it that lies in or reaches into a window."""
        shapely.prepare(window)
        hung = shapely.intersects(window, shapely.points(self.swings.hinges))
        swings = Swings(self.swings.hinges[hung], self.swings.firsts[hung], self.swings.lasts[hung])
        return replace(
            self,
            solid=shapely.intersection(self.solid, window),
            walls=_reaching(self.walls, window),
            panes=_reaching(self.panes, window),
            swings=swings,
            leaves=self.leaves[shapely.intersects(window, self.leaves)],
            stairs=self.stairs[shapely.intersects(window, self.stairs)],
        )


def _reaching(segments: Floats, window: shapely.Geometry) -> Floats:
    if len(segments) == 0:
        return segments
    return segments[shapely.intersects(window, as_lines(segments))]


def read_layers(linework: Linework, frame: Frame, layers: frozenset[str]) -> Reading:
    """The reading where layers say which strokes are wall; those of them with names of panes are panes."""
    swings, drawn = swings_of(linework.arcs, linework.strokes, frame)
    others = [stroke for number, stroke in enumerate(linework.strokes) if number not in drawn]
    kept = [stroke for stroke in others if stroke.layer in layers]
    panes = [stroke for stroke in kept if kind_of(stroke.layer) is Kind.PANE]
    walls = [stroke for stroke in kept if kind_of(stroke.layer) is not Kind.PANE]
    stairs = [stroke for stroke in others if kind_of(stroke.layer) is Kind.STAIR and stroke.layer not in layers]
    return reading_of(walls, panes, swings, leaves_among(others, frame), frame, stairs)


def reading_of(
    walls: Sequence[Stroke],
    panes: Sequence[Stroke],
    swings: Swings,
    leaves: Geometries,
    frame: Frame,
    stairs: Sequence[Stroke] = (),
) -> Reading:
    """Bodies from thin closed outlines; what is left of the strokes as single lines."""
    bodies, lines = _bodies(walls, frame)
    frames, glass = _bodies(panes, frame)
    solid = shapely.union_all(bodies)
    mullions = shapely.get_parts(shapely.boundary(shapely.union_all(frames)))
    faces = shapely.get_parts(shapely.boundary(solid))
    return Reading(
        solid=shapely.union_all([solid, *frames]),
        walls=np.vstack([segments_of(faces), segments_of(lines)]),
        panes=np.vstack([segments_of(mullions), segments_of(glass)]),
        swings=swings,
        leaves=leaves,
        stairs=outlines_of(stairs, frame),
    )


def outlines_of(strokes: Iterable[Stroke], frame: Frame) -> Geometries:
    """The shapes that closed strokes draw, less what is cut out of them."""
    return nested(_rings(strokes, frame))


def leaves_among(strokes: Iterable[Stroke], frame: Frame) -> Geometries:
    """Strokes that may be the leaf of a door: straight, and no longer than one."""
    few = [stroke for stroke in strokes if len(stroke.points) <= _LEAF_POINTS]
    lines = lines_of(few, frame)
    if len(lines) == 0:
        return lines
    return lines[_extent(lines) <= LEAF_MOST * 1.05]


def _extent(lines: Geometries) -> Floats:
    boxes = shapely.bounds(lines)
    return np.asarray(np.hypot(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]))


def _bodies(strokes: Sequence[Stroke], frame: Frame) -> tuple[Geometries, Geometries]:
    """Thin shapes among the closed outlines, and everything else as lines."""
    closed = _closed(strokes, frame)
    shut = {id(stroke) for stroke in closed}
    shapes = outlines_of(closed, frame)
    narrow = are_thin(shapes)
    outlines = shapely.get_parts(shapely.boundary(shapes[~narrow]))
    lines = lines_of([stroke for stroke in strokes if id(stroke) not in shut], frame)
    return shapes[narrow], np.concatenate([lines, outlines])


def _closed(strokes: Iterable[Stroke], frame: Frame) -> list[Stroke]:
    return [stroke for stroke in strokes if is_closed(stroke, frame.metres(stroke.points))]


def _rings(strokes: Iterable[Stroke], frame: Frame) -> Geometries:
    return lines_of(_closed(strokes, frame), frame)
