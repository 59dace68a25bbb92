"""What looks like a door on a scan and is none: a leaf too narrow to pass, furniture bent like a leaf by a window."""

import cv2
import numpy as np
import numpy.typing as npt

from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.model.plan import DoorKind
from zonemap.tracing.doors import find_on_picture

SCALE = TraceOptions(0.0125)
LEFT, RIGHT = ((80, 80), (400, 80), (400, 400), (80, 400)), ((412, 80), (732, 80), (732, 400), (412, 400))
ROOMS = (DraftRoom("left", LEFT), DraftRoom("right", RIGHT))


def doors(picture: npt.NDArray[np.uint8]) -> list[float]:
    """The widths of the doors found, in metres."""
    found = find_on_picture(np.asarray(cv2.GaussianBlur(picture, (3, 3), 0.7), dtype=np.uint8), ROOMS, SCALE)
    return [round(float(np.hypot(*np.subtract(*one.jambs))) * 0.0125, 1) for one in found if one.kind is DoorKind.DOOR]


def two_rooms() -> npt.NDArray[np.uint8]:
    """Rooms of 4 m x 4 m side by side, filled walls of 15 cm."""
    picture = np.full((480, 812), 255, np.uint8)
    cv2.rectangle(picture, (68, 68), (743, 411), 0, -1)
    for ring in (LEFT, RIGHT):
        cv2.rectangle(picture, ring[0], (ring[2][0] - 1, ring[2][1] - 1), 255, -1)
    return picture


def with_leaf(width: int) -> npt.NDArray[np.uint8]:
    """A leaf so many pixels wide, which opens from the left room into the right one."""
    picture = two_rooms()
    picture[200 : 200 + width, 400:412] = 255
    cv2.line(picture, (412, 200), (412 + width, 200), 60, 1)
    cv2.ellipse(picture, (412, 200), (width, width), 0, 0, 90, 60, 1)
    return picture


def test_a_leaf_that_a_person_can_pass_is_a_door_and_a_narrower_one_is_none() -> None:
    assert doors(with_leaf(72)) == [0.9]
    assert doors(with_leaf(46)) == []  # 0.57 m: a cupboard's


def test_a_quarter_circle_of_furniture_by_a_window_is_no_door() -> None:
    picture = two_rooms()
    picture[68:80, 120:360] = 255
    for row in (69, 74, 79):
        cv2.line(picture, (120, row), (360, row), 60, 1)
    cv2.ellipse(picture, (200, 104), (72, 72), 0, 0, 90, 60, 1)
    cv2.line(picture, (200, 104), (200, 176), 60, 1)

    assert doors(picture) == []
