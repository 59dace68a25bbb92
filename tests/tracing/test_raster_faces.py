"""Outlines lie on the faces of walls, however thick the pen and however coarse the grid."""

import cv2
import numpy as np
import pytest
from shapely.geometry import Polygon

from zonemap.model.draft import TraceOptions
from zonemap.tracing.raster import trace_picture
from zonemap.tracing.raster_faces import Pen, on_faces


def overlap(one: Polygon, other: Polygon) -> float:
    return float(one.intersection(other).area / one.union(other).area)


@pytest.mark.parametrize("pen", [2, 3, 4])
def test_narrow_rooms_between_outlined_walls_reach_to_the_middle_of_the_lines(pen: int) -> None:
    picture = np.full((560, 640), 255, np.uint8)
    cv2.rectangle(picture, (83, 71), (529, 431), 40, pen)
    for left, right in ((103, 213), (233, 371), (391, 509)):
        cv2.rectangle(picture, (left, 91), (right, 411), 40, pen)
    picture = np.asarray(cv2.GaussianBlur(picture, (3, 3), 0.8), dtype=np.uint8)
    truth = [
        Polygon([(a + 0.5, 91.5), (b + 0.5, 91.5), (b + 0.5, 411.5), (a + 0.5, 411.5)])
        for a, b in ((103, 213), (233, 371), (391, 509))
    ]

    rooms = [Polygon(room.ring, room.holes) for room in trace_picture(picture, TraceOptions(0.0095))]

    assert min(max(overlap(room, area) for room in rooms) for area in truth) > 0.97  # on the grid alone: 0.90 to 0.94


def test_an_edge_that_meets_no_stroke_keeps_its_place() -> None:
    square = Polygon([(20, 20), (80, 20), (80, 80), (20, 80)])

    assert overlap(on_faces(np.full((100, 100), 255, np.uint8), square, 0.02, Pen(1.0, 0.0)), square) > 0.999


def test_furniture_that_stands_along_a_part_of_an_edge_does_not_move_it() -> None:
    picture = np.full((300, 300), 255, np.uint8)
    cv2.rectangle(picture, (40, 40), (260, 260), 0, 2)
    cv2.rectangle(picture, (100, 44), (180, 90), 120, 1)
    inner = Polygon([(43, 43), (258, 43), (258, 258), (43, 258)])

    found = on_faces(picture, inner, 0.02, Pen(1.0, 1.0))

    assert overlap(found, Polygon([(40, 40), (260, 40), (260, 260), (40, 260)])) > 0.985
