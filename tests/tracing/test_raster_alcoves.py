"""What belongs to a room though walls and doors stand before it, told by lettering: 2.5 cm a pixel."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from shapely.geometry import Polygon

from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.tracing.raster import room_candidates, trace_picture

Grey = npt.NDArray[np.uint8]
SCALE = TraceOptions(0.025)
TOILET = Polygon([(66, 66), (266, 66), (266, 226), (66, 226)])
COMPARTMENT = Polygon([(206, 66), (266, 66), (266, 126), (206, 126)])


def box(picture: Grey, x0: int, y0: int, x1: int, y1: int, ink: int = 0) -> None:
    picture[y0:y1, x0:x1] = ink


def leaf(picture: Grey, x: int, y: int, radius: int, turn: int) -> None:
    """A leaf that stands open, and its swing. ``turn``: the angle at which the swing begins."""
    cv2.ellipse(picture, (x, y), (radius, radius), 0, turn, turn + 90, 0, 1)
    cv2.line(
        picture,
        (x, y),
        (round(x + radius * np.cos(np.radians(turn))), round(y + radius * np.sin(np.radians(turn)))),
        0,
        1,
    )


def sheet(*, toilet: str = "207 WOMENS", office: str = "208 OFFICE", compartment: str = "") -> Grey:
    """A toilet of 5 x 4 m with a compartment of 1.5 x 1.5 m in its corner, and an office of 4 x 4 m beside it."""
    picture = np.full((300, 500), 255, np.uint8)
    for walls in ((60, 60, 438, 66), (60, 226, 438, 232), (60, 60, 66, 232), (432, 60, 438, 232), (266, 60, 272, 232)):
        box(picture, *walls)
    box(picture, 100, 226, 136, 232, 255)
    leaf(picture, 100, 226, 36, 270)
    box(picture, 320, 226, 356, 232, 255)
    leaf(picture, 320, 226, 36, 270)
    box(picture, 200, 66, 206, 132)
    box(picture, 200, 126, 266, 132)
    box(picture, 200, 86, 206, 114, 255)
    leaf(picture, 202, 114, 28, 180)
    for text, place in ((toilet, (80, 160)), (office, (300, 160)), (compartment, (210, 108))):
        cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.45, 0, 1, cv2.LINE_AA)
    return picture


def overlap(room: DraftRoom, other: Polygon) -> float:
    one = Polygon(room.ring, room.holes)
    return float(one.intersection(other).area / one.union(other).area)


def test_a_compartment_without_a_label_belongs_to_its_lettered_room() -> None:
    rooms = trace_picture(sheet(), SCALE)

    assert len(rooms) == 2
    assert max(overlap(room, TOILET) for room in rooms) > 0.95


def test_a_click_in_a_compartment_offers_it_alone_too() -> None:
    offered = room_candidates(sheet(), (232.0, 80.0), SCALE)

    assert overlap(offered[0], TOILET) > 0.95
    assert max(overlap(room, COMPARTMENT) for room in offered) > 0.85


@pytest.mark.parametrize(
    "letters",
    [{"compartment": "WC 1"}, {"toilet": "", "office": ""}],
    ids=["with a label of its own", "on a sheet that nobody lettered"],
)
def test_what_looks_like_a_compartment_stays_a_room(letters: dict[str, str]) -> None:
    rooms = trace_picture(sheet(**letters), SCALE)

    assert len(rooms) == 3
    assert max(overlap(room, COMPARTMENT) for room in rooms) > 0.85


def test_a_lobby_without_a_door_and_a_label_belongs_to_the_room_that_it_opens_to() -> None:
    picture = sheet()
    box(picture, 66, 176, 266, 182)  # a wall across the toilet, with an opening
    box(picture, 150, 176, 186, 182, 255)

    rooms = trace_picture(picture, SCALE)

    assert len(rooms) == 2
    assert max(overlap(room, TOILET) for room in rooms) > 0.9
