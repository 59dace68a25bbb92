"""Numbers and names find their rooms; what is no label of a room does not."""

from __future__ import annotations

import pytest

from zonemap.model.draft import DraftRoom
from zonemap.model.linework import Text
from zonemap.tracing.labels import attach

Written = list[tuple[str, float, float]]


def rooms(count: int = 3) -> tuple[DraftRoom, ...]:
    """Rooms of 4 x 4 m side by side, with walls of 20 cm between them."""
    return tuple(
        DraftRoom(f"r{index}", ((4.2 * index, 0), (4.2 * index + 4, 0), (4.2 * index + 4, 4), (4.2 * index, 4)))
        for index in range(count)
    )


def labelled(written: Written, *, count: int = 3, height: float = 0.2, up: int = 1) -> list[tuple[str, str]]:
    texts = [Text(words, (x, up * y), height, len(words) * height * 0.6) for words, x, y in written]
    given = [DraftRoom(room.id, tuple((x, up * y) for x, y in room.ring)) for room in rooms(count)]
    return [(room.number, room.name) for room in attach(given, texts, 1.0)]


@pytest.mark.parametrize("number", ["101", "1AC1", "1200A", "B-104", "101.2", "E1", "1.23", "12"])
@pytest.mark.parametrize("up", [1, -1])
def test_a_number_above_a_name_of_two_lines(number: str, up: int) -> None:
    written = [(number, 2, 3), ("EXAM", 2, 2.65), ("ROOM", 2, 2.3), ("102", 6, 3), ("OFFICE", 6, 2.65)]
    assert labelled(written, up=up)[:2] == [(number, "EXAM ROOM"), ("102", "OFFICE")]


def test_a_number_and_a_name_on_one_line_are_taken_apart() -> None:
    written = [("101 EXAM ROOM", 2, 2), ("OFFICE 2", 6, 2), ("Room 103", 10, 2)]
    assert labelled(written) == [("101", "EXAM ROOM"), ("", "OFFICE 2"), ("103", "")]


def test_a_number_under_the_name_where_all_stand_so() -> None:
    written = [("EXAM", 2, 2.3), ("101", 2, 2), ("EXAM", 6, 2.3), ("102", 6, 2), ("LAB", 10, 2.3), ("103", 10, 2)]
    assert labelled(written) == [("101", "EXAM"), ("102", "EXAM"), ("103", "LAB")]


def test_areas_dimensions_scales_and_notes_are_no_names() -> None:
    written = [
        ("101", 2, 3),
        ("12.5 m²", 2, 2.7),
        ("EXAM", 2, 2.4),
        ("13'6 x 11'", 2, 2.1),
        ("150 SF", 6, 3),
        ("SCALE 1:100", 6, 1),
        ("UP", 6, 2),
        ("ALL DOORS IN THIS PART ARE TO BE SELF CLOSING AND LATCHING", 10, 2),
    ]
    assert labelled(written) == [("101", "EXAM"), ("", ""), ("", "")]


def test_marks_of_doors_and_windows_stand_more_than_once_and_are_no_numbers() -> None:
    marks = [("2668", 0.5 + 4.2 * index, 0.3) for index in range(3)] + [("3068", 3.5, 0.3), ("3068", 7.5, 0.3)]
    windows = [("5050 XO", 2 + 4.2 * index, 3.7) for index in range(2)]
    written = [*marks, *windows, ("BATH", 2, 2), ("KITCHEN", 6, 2)]
    assert labelled(written) == [("", "BATH"), ("", "KITCHEN"), ("", "")]


def test_a_label_in_the_wall_goes_to_the_room_beside_it_and_one_farther_off_stays_alone() -> None:
    assert labelled([("101", 2, 4.3), ("102", 6, 4.8)]) == [("101", ""), ("", ""), ("", "")]


def test_labels_of_two_small_rooms_side_by_side_are_not_mixed() -> None:
    written = [("101", 2, 3), ("INTERACTION STATION", 2, 2.7), ("102", 6.2, 3), ("INTERACTION STATION", 6.2, 2.7)]
    assert labelled(written)[:2] == [("101", "INTERACTION STATION"), ("102", "INTERACTION STATION")]


def test_names_in_any_script_and_upright_texts_are_attached() -> None:
    texts = [
        Text("ПРИЁМНАЯ", (2, 2), 0.2),
        Text("חדר המתנה", (6, 2), 0.2),
        Text("103", (9.9, 2), 0.2, 0.4, 90),
        Text("CLOSET", (10.2, 2), 0.2, 0.8, 90),
    ]
    assert [(room.number, room.name) for room in attach(rooms(), texts, 1.0, y_down=False)] == [
        ("", "ПРИЁМНАЯ"),
        ("", "חדר המתנה"),
        ("103", "CLOSET"),
    ]


def test_what_a_room_is_called_already_stays() -> None:
    (room,) = attach(
        [DraftRoom("r", ((0, 0), (4, 0), (4, 4)), number="7", name="Hall")], [Text("101", (3, 1), 0.2)], 1.0
    )
    assert (room.number, room.name) == ("7", "Hall")
