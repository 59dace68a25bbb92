"""Places without a label of their own that are a part of the room beside them: compartments, alcoves, lobbies.

Walls alone don't tell a toilet's compartment from a closet, nor an opening from a door that stands out of sight. On
a sheet where rooms are lettered the lettering does: what is a room for its own sake has a number or a name. A place
without one that is open to a lettered room is a part of it, and so is a small one with a leaf that leads nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from zonemap.tracing.ink import Ink
from zonemap.tracing.ink_shapes import Labels, Mask, closed, components, renumbered
from zonemap.tracing.raster_gaps import Gap, has_leaf, outline
from zonemap.tracing.raster_rooms import LEAST_WIDTH
from zonemap.tracing.raster_split import OUTDOORS, Places

SPACE = 0.3  # m between letters of a line
LINE_INK = 0.02  # m2: three letters
OF_LINE = 0.45  # of a line's ink stands in a place that it belongs to: names run across boards
USUAL_ROOM = 6.0  # m2: rooms so large are lettered, if any are
ARE_LETTERED = 0.8  # of them, or lettering tells nothing on this sheet
LEAST = 0.3  # m2: a smaller place is a piece of wall
ALCOVE = 8.0  # m2: a larger open place is a corridor or a hall, whether it has a name or not
COMPARTMENT = 2.6  # m2
HOST = 40.0  # m2: a larger place is a hall or a corridor, and what has a door to it is a closet
BOARD = 0.15  # m: a compartment's wall, as thick as the grid shows it
SIDE = 0.4  # m from a gap to the places on its two sides


@dataclass(frozen=True, slots=True)
class Way:
    """A gap between two places, and the lines beside."""

    gap: Gap
    places: tuple[int, int]
    loose: Mask

    @property
    def leaf(self) -> bool:
        """Whether a leaf hangs in it."""
        return has_leaf(self.loose, self.gap)

    def beyond(self, place: int) -> int:
        """The other place."""
        return self.places[1] if self.places[0] == place else self.places[0]


def with_alcoves(ink: Ink, loose: Mask, marks: Mask, gaps: Iterable[Gap], places: Places) -> Places:
    """The places with those joined that are a part of a room. ``loose``: lines that are no walls, such as leaves."""
    areas = places.areas * ink.metres**2
    lettered = lettered_places(ink, marks, places.labels, len(areas))
    usual = areas >= USUAL_ROOM
    usual[: OUTDOORS + 1] = False
    if not usual.any() or lettered[usual].mean() < ARE_LETTERED:
        return places
    may_be = ~lettered & (areas >= LEAST) & (areas <= ALCOVE)
    may_be[: OUTDOORS + 1] = False
    ways = [way for way in _ways(ink, loose, gaps, places.labels) if may_be[[*way.places]].any()]
    joins = {place: way for place, way in _joins(areas, lettered, may_be, ways) if _is_wide(ink, places, place)}
    return _joined(ink, places, joins) if joins else places


def lettered_places(ink: Ink, marks: Mask, labels: Labels, count: int) -> npt.NDArray[np.bool_]:
    """Which places a line of lettering belongs to."""
    row = np.asarray(cv2.dilate(marks, np.ones((1, ink.pixels(SPACE)), np.uint8)), dtype=np.uint8)
    lines, line_of, _ = components(row)
    at = np.flatnonzero(marks)
    at = at[labels.ravel()[at] > 0]  # what stands on a wall belongs to nobody
    line, place = line_of.ravel()[at].astype(np.int64), labels.ravel()[at]
    total = np.bincount(line, minlength=lines)
    codes, inks = np.unique(line * count + place, return_counts=True)
    line, place = np.divmod(codes, count)
    belongs = (inks >= OF_LINE * total[line]) & (total[line] * ink.metres**2 >= LINE_INK)
    found = np.zeros(count, dtype=bool)
    found[place[belongs]] = True
    return found


def _ways(ink: Ink, loose: Mask, gaps: Iterable[Gap], labels: Labels) -> Iterator[Way]:
    for gap in gaps:
        places = _sides(ink, gap, labels)
        if gap.evidence != "pane" and 0 not in places and places[0] != places[1]:
            yield Way(gap, places, loose)


def _sides(ink: Ink, gap: Gap, labels: Labels) -> tuple[int, int]:
    """The places on both sides of a gap's middle, 0 where there is none."""
    start, end = np.array(gap.start), np.array(gap.end)
    across = np.array([start[1] - end[1], end[0] - start[0]]) / max(gap.length, 1e-6)
    steps = gap.thickness / 2 + np.arange(1.0, ink.pixels(SIDE))
    found = []
    for way in (across, -across):
        column, row = np.round((start + end) / 2 + steps[:, None] * way).astype(np.int64).T
        inside = (column >= 0) & (row >= 0) & (column < labels.shape[1]) & (row < labels.shape[0])
        seen = labels[row[inside], column[inside]]
        found.append(int(seen[np.argmax(seen > 0)]) if seen.size else 0)
    return found[0], found[1]


def _joins(
    areas: npt.NDArray[np.float64], lettered: npt.NDArray[np.bool_], may_be: npt.NDArray[np.bool_], ways: list[Way]
) -> Iterator[tuple[int, Way]]:
    """The places that are a part of the room beyond a way."""
    out: dict[int, list[Way]] = defaultdict(list)
    for way in ways:
        for place in way.places:
            out[place].append(way)
    for place, there in out.items():
        if not may_be[place]:
            continue
        hosts = [way for way in there if lettered[way.beyond(place)]]
        open_to = [way for way in hosts if not way.leaf]
        alone = len({way.beyond(place) for way in there}) == 1
        if open_to:
            yield place, max(open_to, key=lambda way: way.gap.length)
        elif hosts and alone and areas[place] <= COMPARTMENT and areas[hosts[0].beyond(place)] <= HOST:
            yield place, hosts[0]


def _is_wide(ink: Ink, places: Places, place: int) -> bool:
    """Whether somebody could stand in it: the hollow of a wall is open to rooms too."""
    left, top, right, bottom = (int(value) for value in places.boxes[place])
    part = np.pad((places.labels[top:bottom, left:right] == place).astype(np.uint8), 1)
    return float(cv2.distanceTransform(part, cv2.DIST_L2, 3).max()) * ink.metres >= LEAST_WIDTH / 2


def _joined(ink: Ink, places: Places, joins: dict[int, Way]) -> Places:
    """Each place with those that are a part of it, and the ways and boards between them."""
    order = np.arange(len(places.boxes), dtype=np.int32)
    boxes, areas = places.boxes.copy(), places.areas.copy()
    for place, way in joins.items():
        host = way.beyond(place)
        order[place] = host
        boxes[host, :2] = np.minimum(boxes[host, :2], boxes[place, :2])
        boxes[host, 2:] = np.maximum(boxes[host, 2:], boxes[place, 2:])
        areas[host] += areas[place]
    labels = renumbered(places.labels, order)
    for place, way in joins.items():
        _fill(ink, labels, way, places.boxes[place], int(order[place]))
    return replace(places, labels=labels, boxes=boxes, areas=areas, parted=False)


def _fill(ink: Ink, labels: Labels, way: Way, box: Labels, host: int) -> None:
    """The way into a compartment, and its boards, given to the room that it is a part of."""
    corners = outline(way.gap)
    x, y = np.maximum(corners.min(axis=0), 0).tolist()
    beside = labels[y : int(corners[:, 1].max()) + 1, x : int(corners[:, 0].max()) + 1]
    band = np.zeros(beside.shape, dtype=np.uint8)
    cv2.fillConvexPoly(band, corners - (x, y), 1)
    beside[(band > 0) & (beside == 0)] = host
    reach = ink.pixels(BOARD) + 2
    left, top, right, bottom = (int(value) for value in box)
    part = labels[max(0, top - reach) : bottom + reach, max(0, left - reach) : right + reach]
    size = ink.pixels(BOARD)
    whole = closed((part == host).astype(np.uint8), size, size)
    part[(whole > 0) & (part == 0)] = host
