"""A scale that is a little off, as guessed ones are, must not make another floor of a plan."""

import cv2
import numpy as np
import pytest

from zonemap.model.draft import TraceOptions
from zonemap.tracing.raster_agreement import agreement
from zonemap.tracing.raster_reading import read_drawing
from zonemap.tracing.raster_walls import poche

CHIMNEY = (565, 550)  # pixel in the wide spot of the walls


def outlined_walls() -> np.ndarray:
    """A dwelling of 11 m x 9 m, 1 cm a pixel: the outlines of its walls of 30 cm, with a chimney, are one place."""
    picture = np.full((1100, 1300), 255, np.uint8)
    cv2.rectangle(picture, (100, 100), (1200, 1000), 60, 2)
    left = [(130, 130), (600, 130), (600, 510), (547, 510), (547, 590), (600, 590), (600, 970), (130, 970)]
    right = [(630, 130), (1170, 130), (1170, 970), (630, 970)]
    cv2.polylines(picture, [np.array(left), np.array(right)], True, 60, 2)
    return picture


@pytest.mark.parametrize("metres", [0.0097, 0.00985, 0.01, 0.01015, 0.0103])
def test_outlined_walls_that_wind_round_the_rooms_are_walls_with_their_wide_spot(metres: float) -> None:
    drawing = read_drawing(outlined_walls(), TraceOptions(metres))

    walls = poche(drawing.ink, drawing.lines)

    column, row = drawing.ink.at(CHIMNEY)
    assert walls[row, column] == 1


def test_readings_agree_as_far_as_their_rooms_cover_each_other() -> None:
    two_rooms, one_room = np.array([0, 1, 1, 2, 2, 0]), np.array([0, 1, 1, 1, 1, 0])

    assert agreement(two_rooms, two_rooms) == 1.0
    assert agreement(two_rooms, one_room) == pytest.approx(0.5)
    assert agreement(two_rooms, np.zeros(6, dtype=np.int64)) == 0.0
