"""Rooms on pictures that are drawn here: 2.5 cm a pixel, walls of 15 cm."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from shapely.geometry import Point, Polygon

from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.tracing.raster import looks_like_photo, room_candidates, trace_picture

Grey = npt.NDArray[np.uint8]
SCALE = TraceOptions(0.025)


def wall(picture: Grey, x0: int, y0: int, x1: int, y1: int, ink: int = 0) -> None:
    picture[y0:y1, x0:x1] = ink


def two_rooms(ink: int = 0) -> Grey:
    """Rooms of 4 x 4 m and 5 x 4 m inside, and a door of 0.9 m between them."""
    picture = np.full((320, 520), 255, np.uint8)
    for box in ((60, 60, 438, 66), (60, 226, 438, 232), (60, 60, 66, 232), (432, 60, 438, 232)):
        wall(picture, *box, ink)
    wall(picture, 226, 60, 232, 100, ink)
    wall(picture, 226, 136, 232, 232, ink)
    return picture


def shape(room: DraftRoom) -> Polygon:
    return Polygon(room.ring, room.holes)


def overlap(one: Polygon, other: Polygon) -> float:
    return float(one.intersection(other).area / one.union(other).area)


LEFT, RIGHT = (
    Polygon([(66, 66), (226, 66), (226, 226), (66, 226)]),
    Polygon([(232, 66), (432, 66), (432, 226), (232, 226)]),
)


def test_a_door_gap_parts_two_rooms_with_four_corners_each() -> None:
    first, second = trace_picture(two_rooms(), SCALE)

    assert overlap(shape(first), LEFT) > 0.96
    assert overlap(shape(second), RIGHT) > 0.96
    assert (len(first.ring), len(second.ring)) == (4, 4)


def test_a_table_is_no_room() -> None:
    picture = two_rooms()
    cv2.rectangle(picture, (260, 100), (340, 180), 60, 1)

    assert len(trace_picture(picture, SCALE)) == 2


def test_rooms_of_a_turned_sheet_lie_where_the_sheet_has_them() -> None:
    turn = cv2.getRotationMatrix2D((260, 160), 3.0, 1.0)
    picture = cv2.warpAffine(two_rooms(), turn, (520, 320), borderValue=255)

    rooms = trace_picture(np.asarray(picture, dtype=np.uint8), SCALE)

    corners = np.array(LEFT.exterior.coords) @ turn[:, :2].T + turn[:, 2]
    assert max(overlap(shape(room), Polygon(corners)) for room in rooms) > 0.94


def test_faint_ink_is_ink() -> None:
    assert len(trace_picture(two_rooms(ink=190), SCALE)) == 2


def test_only_what_is_within_the_crop_is_traced() -> None:
    (room,) = trace_picture(two_rooms(), TraceOptions(0.025, crop=(40, 40, 232, 260)))

    assert overlap(shape(room), LEFT) > 0.95


def test_a_wall_drawn_as_two_lines_is_a_wall() -> None:
    picture = np.full((320, 520), 255, np.uint8)
    for outer, inner in (((60, 60), (438, 232)), ((68, 68), (226, 224)), ((234, 68), (430, 224))):
        cv2.rectangle(picture, outer, inner, 0, 1)

    assert len(trace_picture(picture, SCALE)) == 2


def test_a_corridor_round_a_core_has_a_hole() -> None:
    picture = np.full((400, 400), 255, np.uint8)
    cv2.rectangle(picture, (40, 40), (360, 360), 0, 6)
    cv2.rectangle(picture, (140, 140), (260, 260), 0, 6)

    holes = sorted(len(room.holes) for room in trace_picture(picture, SCALE))

    assert holes == [0, 1]


def test_candidates_differ_and_hold_the_clicked_point() -> None:
    picture = two_rooms()
    cv2.line(picture, (330, 66), (330, 226), 60, 1)

    found = room_candidates(picture, (300.0, 150.0), SCALE)

    assert 2 <= len(found) <= 6
    assert all(shape(room).contains(Point(300, 150)) for room in found)
    assert all(overlap(shape(a), shape(b)) < 0.95 for i, a in enumerate(found) for b in found[:i])


def test_a_click_finds_a_hall_that_is_larger_than_what_is_read_round_a_click() -> None:
    picture = np.full((700, 1400), 255, np.uint8)
    cv2.rectangle(picture, (100, 300), (1300, 400), 0, 4)
    cv2.rectangle(picture, (100, 400), (700, 600), 0, 4)

    hall = room_candidates(picture, (700.0, 350.0), TraceOptions(0.05))[0]

    assert overlap(shape(hall), Polygon([(102, 302), (1298, 302), (1298, 398), (102, 398)])) > 0.95


@pytest.mark.parametrize("ink", [0, 255])
def test_a_page_of_one_tone_has_no_rooms(ink: int) -> None:
    assert trace_picture(np.full((60, 60), ink, np.uint8), SCALE) == ()


def test_a_photograph_is_told_from_a_drawing() -> None:
    lamp = np.tile(np.linspace(90, 220, 520), (320, 1))

    assert looks_like_photo(np.minimum(two_rooms(), lamp).astype(np.uint8))
    assert not looks_like_photo(two_rooms())
