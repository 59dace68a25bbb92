"""How long a pixel is, told by the doors of a picture that is drawn here."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from zonemap.model.draft import TraceOptions
from zonemap.tracing.raster import guess_metres_per_pixel, trace_picture

Grey = npt.NDArray[np.uint8]
METRES = 0.025
ROOMS = 4  # in each of two rows along a corridor


def sheet(widths: tuple[float, ...], *, leaves: bool = True, bar: bool = False) -> Grey:
    """Two rows of rooms of 4 x 5 m with doors of these widths, one after the other, to a corridor of 2.4 m."""
    picture = np.full((760, 780), 255, np.uint8)
    left, wide, deep, hall, thick = 40, 160, 200, 96, 6
    right = left + ROOMS * (wide + thick) + thick
    picture[40 : 40 + 2 * (deep + thick) + hall, left : left + thick] = 0
    picture[40 : 40 + 2 * (deep + thick) + hall, right - thick : right] = 0
    for row, top in enumerate((40, 40 + deep + thick + hall)):
        for y in (top, top + deep + thick):
            picture[y : y + thick, left:right] = 0
        for column in range(ROOMS + 1):
            x = left + column * (wide + thick)
            picture[top : top + deep + 2 * thick, x : x + thick] = 0
        for column in range(ROOMS):
            width = round(widths[(row * ROOMS + column) % len(widths)] / METRES)
            x, y = left + column * (wide + thick) + 40, top + (deep + thick if row == 0 else 0)
            picture[y : y + thick, x : x + width] = 255
            if leaves:
                way = -1 if row == 0 else 1
                hinge = (x, y + thick if row else y)
                cv2.ellipse(picture, hinge, (width, width), 0, 0, 90 * way, 0, 1)
                cv2.line(picture, hinge, (x, hinge[1] + way * width), 0, 1)
    if bar:
        cv2.rectangle(picture, (400, 740), (740, 748), 0, -1)
    return picture


@pytest.mark.parametrize("size", [0.6, 1.0, 1.4])
def test_leaves_that_are_alike_tell_the_scale_whatever_the_picture_s_size(size: float) -> None:
    picture = cv2.resize(sheet((0.9,)), None, fx=size, fy=size, interpolation=cv2.INTER_AREA)

    guess = guess_metres_per_pixel(np.asarray(picture, dtype=np.uint8))

    assert guess is not None
    assert abs(guess * size / METRES - 1) < 0.06


def test_openings_of_all_widths_tell_nothing() -> None:
    assert guess_metres_per_pixel(sheet((0.3, 0.45, 0.68, 1.0), leaves=False)) is None


def test_a_scale_bar_far_from_the_building_changes_no_room() -> None:
    plain = trace_picture(sheet((0.9,)), TraceOptions(METRES))

    assert len(plain) == 2 * ROOMS + 1
    assert trace_picture(sheet((0.9,), bar=True), TraceOptions(METRES)) == plain
