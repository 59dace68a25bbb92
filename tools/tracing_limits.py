"""Draws docs/tracing-limits.png: a small sheet of our own, what tracing makes of it, and where it goes wrong.

``.venv/bin/python tools/tracing_limits.py`` writes the picture anew and says how near each room is. Green outlines are
as they were drawn, red ones are not, and blue ones were drawn and not found. docs/tracing.md explains the numbers.
"""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import shapely

from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.tracing.raster import room_candidates, trace_picture

Picture = npt.NDArray[np.uint8]
Box = tuple[float, float, float, float]

OUT = Path(__file__).resolve().parents[1] / "docs" / "tracing-limits.png"
METRES = 0.025  # a pixel
LEFT, TOP = 1.2, 1.2  # m: the building's corner on the sheet
SIZE = (18.4, 10.4)  # m
FINE = 4  # times: the sheet is drawn so much larger and shrunk, as a scanner does
SHOWN = 2  # times as large as the sheet
RIGHT = 0.75  # IoU with what was drawn
GREEN, RED, BLUE = (50, 140, 20), (30, 30, 210), (220, 120, 0)  # blue, green, red

ROOMS: dict[str, Box] = {
    "101 WOMEN": (0.0, 0.0, 5.0, 4.0),
    "102 MEN": (5.2, 0.0, 10.2, 4.0),
    "103": (10.4, 3.1, 11.3, 4.0),
    "104": (11.5, 2.9, 12.6, 4.0),
    "100 CORRIDOR": (0.0, 4.2, 12.6, 6.0),
    "105 STORE": (0.0, 6.2, 5.0, 7.8),
    "106 OFFICE": (5.2, 6.2, 12.6, 7.8),
    "S1 STAIRCASE": (12.8, 0.0, 15.8, 7.8),
}
# Where a door is hinged and where it shuts, and the way that it opens: 1 is to the right as one looks from the hinge.
DOORS = (
    ((1.0, 4.0), (1.9, 4.0), -1),
    ((6.2, 4.0), (7.1, 4.0), -1),
    ((10.5, 4.2), (11.2, 4.2), 1),
    ((11.6, 4.2), (12.4, 4.2), 1),
    ((1.0, 6.2), (1.9, 6.2), 1),
    ((8.0, 6.2), (8.9, 6.2), 1),
    ((12.8, 4.6), (12.8, 5.5), -1),
)
COMPARTMENTS: tuple[Box, ...] = ((3.5, 0.0, 5.0, 1.5), (3.5, 1.7, 5.0, 3.2), (8.2, 0.0, 10.2, 1.8))
BOARD = 0.2  # m: as thick as the walls, for a scan shows it so
CORE: Box = (14.2, 2.9, 14.4, 7.0)  # the wall between the two flights of the stair, free at both ends
EXPLAINED = (("1", (8.5, 1.0)), ("2", (15.0, 6.9)), ("3", (10.6, 3.8)))


def at(x: float, y: float) -> tuple[int, int]:
    """A place in metres of the building, on the sheet as it is drawn."""
    return round((x + LEFT) / METRES * FINE), round((y + TOP) / METRES * FINE)


def draw() -> Picture:
    """The sheet, dark on light, in pixels of ``METRES``."""
    paper = np.full((round(SIZE[1] / METRES) * FINE, round(SIZE[0] / METRES) * FINE), 255, np.uint8)
    cv2.rectangle(paper, at(-0.2, -0.2), at(16.0, 8.0), 0, -1)
    for x0, y0, x1, y1 in ROOMS.values():
        cv2.rectangle(paper, at(x0, y0), at(x1, y1), 255, -1)
    for x0, y0, x1, y1 in COMPARTMENTS:
        cv2.rectangle(paper, at(x0 - BOARD, y0), at(x1, y1 + BOARD), 0, -1)
        cv2.rectangle(paper, at(x0, y0), at(x1, y1), 255, -1)
        swung(paper, (x0 - BOARD, y1 - 0.2), (x0 - BOARD, y1 - 0.9), -1, deep=BOARD)
    for hinge, strike, way in DOORS:
        swung(paper, hinge, strike, way, deep=0.2)
    cv2.rectangle(paper, at(*CORE[:2]), at(*CORE[2:]), 0, -1)
    cv2.line(paper, at(CORE[2], CORE[1] + 0.05), at(15.8, CORE[1] + 0.05), 0, FINE)
    for label, (x0, _, _, y1) in ROOMS.items():
        size = 0.38 if len(label) > 3 else 0.3
        place = at(13.35, 5.9) if label == "S1 STAIRCASE" else at(x0 + 0.15, y1 - 0.35)
        cv2.putText(paper, label, place, cv2.FONT_HERSHEY_SIMPLEX, size * FINE, 0, FINE, cv2.LINE_AA)
    small = cv2.resize(paper, None, fx=1 / FINE, fy=1 / FINE, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8)


def swung(paper: Picture, hinge: tuple[float, float], strike: tuple[float, float], way: int, deep: float) -> None:
    """An opening from ``hinge`` to ``strike`` in a wall ``deep`` metres thick, with a leaf that stands open."""
    (x0, y0), (x1, y1) = hinge, strike
    across = (deep, 0.0) if x0 == x1 else (0.0, deep)
    for side in (1, -1):  # the wall lies on one side of the line that the door is hinged on, paper on the other
        corner = (x1 + side * across[0], y1 + side * across[1])
        cv2.rectangle(
            paper, at(min(x0, corner[0]), min(y0, corner[1])), at(max(x0, corner[0]), max(y0, corner[1])), 255, -1
        )
    width = math.hypot(x1 - x0, y1 - y0)
    begin = math.degrees(math.atan2(y1 - y0, x1 - x0))
    radius = round(width / METRES * FINE)
    cv2.ellipse(paper, at(x0, y0), (radius, radius), 0, begin, begin + 90 * way, 0, FINE)
    turn = math.radians(begin + 90 * way)
    cv2.line(paper, at(x0, y0), at(x0 + width * math.cos(turn), y0 + width * math.sin(turn)), 0, FINE)


def in_metres(room: DraftRoom) -> shapely.Polygon:
    """A room of the picture where it lies in the building."""
    shell = shapely.Polygon(room.ring, room.holes)
    return shapely.transform(shell, lambda points: points * METRES - (LEFT, TOP))


def likeness(one: shapely.Polygon, other: shapely.Polygon) -> float:
    """Intersection over union."""
    return float(one.intersection(other).area / one.union(other).area)


def best(drawn: shapely.Polygon, found: list[shapely.Polygon]) -> float:
    """How near the best of the outlines found is."""
    return max((likeness(drawn, one) for one in found), default=0.0)


def shown(sheet: Picture, found: list[shapely.Polygon]) -> npt.NDArray[np.uint8]:
    """The sheet with outlines over it."""
    large = cv2.resize(sheet, None, fx=SHOWN, fy=SHOWN, interpolation=cv2.INTER_CUBIC)
    pale = np.asarray(255 - (255 - large) // 2, dtype=np.uint8)
    picture = np.asarray(cv2.cvtColor(pale, cv2.COLOR_GRAY2BGR), dtype=np.uint8)
    truth = [shapely.box(*box) for box in ROOMS.values()]
    for drawn in truth:
        if best(drawn, found) < RIGHT:
            outlined(picture, drawn, BLUE, 2)
    for room in found:
        outlined(picture, room, GREEN if best(room, truth) >= RIGHT else RED, 3)
    for number, (x, y) in EXPLAINED:
        place = (round((x + LEFT) / METRES * SHOWN), round((y + TOP) / METRES * SHOWN))
        cv2.circle(picture, (place[0] + 11, place[1] - 11), 22, RED, -1, cv2.LINE_AA)
        cv2.putText(picture, number, place, cv2.FONT_HERSHEY_SIMPLEX, 1.0, (255, 255, 255), 2, cv2.LINE_AA)
    return picture


def outlined(picture: npt.NDArray[np.uint8], room: shapely.Polygon, colour: tuple[int, int, int], thick: int) -> None:
    """Draw the outline of a room in metres."""
    for ring in (room.exterior, *room.interiors):
        points = (shapely.get_coordinates(ring) + np.array([LEFT, TOP])) / METRES * SHOWN
        cv2.polylines(picture, [np.round(points).astype(np.int32)], True, colour, thick, cv2.LINE_AA)


def main() -> None:
    """Trace the sheet, say how near the rooms are, and write the picture."""
    sheet, options = draw(), TraceOptions(METRES)
    found = [in_metres(room) for room in trace_picture(sheet, options)]
    for label, box in ROOMS.items():
        drawn = shapely.box(*box)
        x, y = box[0] + 0.5, box[3] - 0.6  # at its label
        click = ((x + LEFT) / METRES, (y + TOP) / METRES)
        offered = [likeness(drawn, in_metres(room)) for room in room_candidates(sheet, click, options)]
        print(
            f"{label}: found {best(drawn, found):.2f}, offered on a click {', '.join(f'{one:.2f}' for one in offered)}"
        )
    few = cv2.resize(shown(sheet, found), None, fx=0.75, fy=0.75, interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(OUT), few, [cv2.IMWRITE_PNG_COMPRESSION, 9])


if __name__ == "__main__":
    main()
