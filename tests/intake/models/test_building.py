import pytest

from tests.intake.models.shapes import OFFICE, polygon
from zonemap.errors import TooLarge
from zonemap.intake.models.building import FloorInMaking
from zonemap.intake.models.values import Polygons
from zonemap.model.draft import DraftRoom


def room(id_: str, number: str = "") -> DraftRoom:
    return DraftRoom(id_, (), number=number)


def test_rooms_of_one_id_get_ids_of_their_own() -> None:
    floor = FloorInMaking("Ground")
    for number in ("1", "2"):
        floor.add_polygon(room("a", number), [OFFICE])

    assert [(one.id, one.number) for one in floor.made().rooms] == [("a", "1"), ("a~2", "2")]


def test_a_warning_names_a_few_rooms_and_counts_the_rest() -> None:
    floor = FloorInMaking("Ground")
    for number in range(7):
        floor.add_polygon(room(f"r{number}", str(number)), [[[0, 0], [9, 0], [9, 0.001]]])

    assert floor.made().warnings == ("Too small or too narrow to be a room, and left out: 0, 1, 2, 3, 4 and 2 more.",)


def test_a_curve_of_a_thousand_points_loses_some_and_keeps_its_place() -> None:
    wave = [[index / 1000, 0.001 * (index % 2)] for index in range(3000)]
    floor = FloorInMaking("Ground")
    floor.add_polygon(room("a"), [[*wave, [3, 2], [0, 2]]])

    (made,) = floor.made().rooms
    assert len(made.ring) <= 1000
    assert max(x for x, _ in made.ring) == 3


def test_more_rooms_than_a_floor_holds_are_refused() -> None:
    floor = FloorInMaking("Ground", rooms=[room(str(number)) for number in range(5_000)])

    with pytest.raises(TooLarge, match="more than 5,000 rooms"):
        floor.add_polygon(room("one more"), [OFFICE])


def test_more_corners_than_a_file_may_have_are_refused() -> None:
    with pytest.raises(TooLarge, match="500,000 corners"):
        list(Polygons().polygons(polygon([[0, 0]] * 500_000)))
