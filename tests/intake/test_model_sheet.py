"""What we draw under a floor that has no picture."""

from io import BytesIO

import pytest
from PIL import Image

from tests.intake.models.shapes import CORRIDOR, OFFICE, STORE
from zonemap.errors import TooLarge
from zonemap.intake.model_sheet import model_floor, model_floors
from zonemap.model.draft import Anchor, DraftDoor, DraftFloor, DraftRoom
from zonemap.model.plan import Ring

WALL: Ring = ((0, 3), (6, 3), (6, 3.2), (0, 3.2))


def ring(points: list[list[float]], x: float = 0, y: float = 0) -> Ring:
    return tuple((a + x, b + y) for a, b in points)


def floor(x: float = 0, y: float = 0, walls: tuple[tuple[Ring, ...], ...] = ()) -> DraftFloor:
    rooms = tuple(DraftRoom(str(index), ring(room, x, y)) for index, room in enumerate((OFFICE, STORE, CORRIDOR)))
    return DraftFloor("Ground", rooms=rooms, doors=(DraftDoor("d", ((x + 1, y + 3), (x + 2, y + 3))),), walls=walls)


def shade(png: bytes, place: tuple[float, float], metres_per_pixel: float) -> int:
    """How light the picture is at a place in the sheet's metres."""
    with Image.open(BytesIO(png)) as image:
        x, y = place
        value = image.convert("L").getpixel((round(x / metres_per_pixel), image.height - round(y / metres_per_pixel)))
    assert isinstance(value, int)
    return value


def test_a_floor_lies_on_its_sheet_in_metres_from_the_lower_left_corner() -> None:
    made = model_floor(floor(x=-100, y=700))

    assert made.metres_per_pixel == 0.02
    assert (made.sheet.width_px, made.sheet.height_px) == (500, 450)  # 6 x 5 m with 2 m of white around
    assert made.draft.rooms[0].ring == ring(OFFICE, 2, 2)
    assert made.draft.doors[0].jambs == ((3, 5), (4, 5))


def test_outlines_stand_for_walls_where_the_file_has_none_and_doors_are_gaps_in_them() -> None:
    made = model_floor(floor())

    assert shade(made.sheet.png, (7, 5), 0.02) < 100  # on the wall
    assert shade(made.sheet.png, (3.5, 5.04), 0.02) == 255  # in the door's gap, beside its line
    assert shade(made.sheet.png, (3, 3), 0.02) == 255  # in a room


def test_walls_are_drawn_where_the_file_has_them() -> None:
    hollow: Ring = ((1, 3.05), (2, 3.05), (2, 3.15), (1, 3.15))
    made = model_floor(floor(walls=((WALL,), (((-1, -1), (7, -1), (7, 0), (-1, 0)), hollow))))

    assert shade(made.sheet.png, (6, 6.1), 0.02) < 100


def test_floors_over_one_another_share_a_frame_and_others_have_their_own() -> None:
    up, beside = floor(), floor(x=300)

    ground, upper, other = model_floors([up, DraftFloor("Up", rooms=up.rooms[:2]), beside])

    assert (ground.sheet.width_px, ground.sheet.height_px) == (upper.sheet.width_px, upper.sheet.height_px)
    assert ground.draft.rooms[1].ring == upper.draft.rooms[1].ring == other.draft.rooms[1].ring


def test_a_large_building_gets_larger_pixels_and_one_without_end_a_sentence() -> None:
    wide = DraftFloor("Wide", rooms=(DraftRoom("a", ((0, 0), (996, 0), (996, 9), (0, 9))),))
    endless = DraftFloor("Wide", rooms=(DraftRoom("a", ((0, 0), (9_000, 0), (9_000, 9))),))

    assert model_floor(wide).metres_per_pixel == 0.125
    with pytest.raises(TooLarge, match="9,004 m"):
        model_floor(endless)


def test_the_anchor_moves_with_the_sheet() -> None:
    made = model_floor(DraftFloor("G", rooms=floor().rooms, anchor=Anchor(10, 50, (70_000, 111_000))))

    assert made.draft.anchor == Anchor(10 - 2 / 70_000, 50 - 2 / 111_000, (70_000, 111_000))
