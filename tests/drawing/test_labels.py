"""Labels on a map: none touches another, a plate, or what lies outside of its room, however the rooms are drawn."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from tests.conftest import NOW
from tests.geometry.floors import CLINIC, box, clinic_floor, grid_floor, lobby_floor
from tests.printing.conftest import FACILITY
from zonemap.drawing.boxes import Box
from zonemap.drawing.floor import Extras, FloorDrawing, Look, floor_drawing
from zonemap.drawing.labels import Label, extent
from zonemap.drawing.spots import facing
from zonemap.drawing.view import paper_view, turned
from zonemap.model.facility import Designation
from zonemap.model.plan import Door, Floor, Room, Scale
from zonemap.model.sign import SignOptions
from zonemap.model.zone import ZoneClass
from zonemap.printing import typst_page
from zonemap.printing.floor_map import map_sheets
from zonemap.printing.map_request import MapRequest
from zonemap.printing.paper import paper_named
from zonemap.work.floor_signs import floor_signs

MM = 72 / 25.4

NAMES = ("", "Exam", "Provider cubicles", "Central mechanical room", "咨询室", "Приёмная врача", "غرفة الفحص", "W" * 40)


def meets(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


@st.composite
def floors(draw: st.DrawFn) -> Floor:
    """A floor split into rooms again and again, some a hand wide, with doors anywhere between neighbours."""
    pieces = [(0.0, 0.0, draw(st.floats(6, 90)), draw(st.floats(6, 60)))]
    for _ in range(draw(st.integers(1, 20))):
        place = draw(st.integers(0, len(pieces) - 1))
        x, y, wide, high = pieces.pop(place)
        at = draw(st.floats(0.05, 0.95))
        if draw(st.booleans()):
            pieces += [(x, y, wide * at, high), (x + wide * at, y, wide * (1 - at), high)]
        else:
            pieces += [(x, y, wide, high * at), (x, y + high * at, wide, high * (1 - at))]
    rooms = tuple(
        Room(
            f"r{number}",
            box(*piece),
            draw(st.sampled_from(("", "1", "1D08", "B-1204/7"))),
            draw(st.sampled_from(NAMES)),
            draw(st.sampled_from(list(ZoneClass))),
        )
        for number, piece in enumerate(pieces)
    )
    doors = []
    for number, (x, y, wide, _) in enumerate(pieces):
        beyond = draw(st.sampled_from([None, *(room.id for room in rooms)]))
        if beyond != f"r{number}":
            jambs = ((x + wide / 3, y), (x + wide / 2, y))
            doors.append(Door(f"d{number}", jambs, (f"r{number}", beyond), str(number + 1)))
    return Floor("f", "c", "First", scale=Scale(0.01), rooms=rooms, doors=tuple(doors))


def drawn(floor: Floor, wide: float = 190, high: float = 200, **more) -> FloorDrawing:
    return floor_drawing(floor, look=Look.PAPER, width_mm=wide, height_mm=high, extras=Extras(keyed=True, **more))


@settings(max_examples=40, deadline=None)
@given(floors(), st.sampled_from([(190, 200), (250, 120), (90, 60)]))
def test_no_label_touches_another_or_a_plate_and_each_stands_within_its_room(floor, size):
    made = drawn(floor, *size)
    view = paper_view(floor, *size)
    boxes = [extent(label) for label in made.labels]
    rooms = {room.id: room for room in floor.rooms}

    assert [pair for pair in combinations(boxes, 2) if meets(*pair)] == []
    assert [(label, plate) for label in boxes for plate in made.plates if meets(label, plate.box)] == []
    for label, (left, top, right, bottom) in zip(made.labels, boxes, strict=True):
        xs, ys = zip(*view.points(rooms[label.room_id].ring), strict=True)
        slack = 1.0 if label.is_key else 0.5  # the ground of a label, and the frame of a number, may lie on a wall
        assert min(xs) - slack <= left <= right <= max(xs) + slack
        assert min(ys) - slack <= top <= bottom <= max(ys) + slack


@settings(max_examples=20, deadline=None)
@given(floors())
def test_every_named_room_has_its_label_or_a_number_of_the_key_or_is_counted(floor):
    made = drawn(floor)
    keys = [label.head for label in made.labels if label.is_key]

    assert keys == [str(number) for number in range(1, len(keys) + 1)]
    assert Counter(label.room_id for label in made.labels) + Counter(made.unlabelled) == Counter(
        room.id for room in floor.rooms
    )


def test_a_name_without_space_becomes_a_number_of_the_key():
    floor = grid_floor(400)
    long = replace(floor, rooms=tuple(replace(room, number="", name="Administration") for room in floor.rooms))
    made = drawn(long)

    assert sum(label.is_key for label in made.labels) > 300
    assert not any(label.is_key for label in floor_drawing(long, look=Look.PAPER, height_mm=200).labels)


def test_rooms_that_lie_on_one_another_get_labels_beside_one_another():
    floor = lobby_floor()
    twice = replace(floor, rooms=(*floor.rooms, replace(floor.rooms[0], id="again")))
    boxes = [extent(label) for label in drawn(twice).labels]

    assert len(boxes) == 5
    assert not any(meets(*pair) for pair in combinations(boxes, 2))


def test_a_window_labels_the_part_of_a_room_that_it_shows():
    made = drawn(lobby_floor(), window=(0.0, 0.0, 2.0, 6.0))
    lobby = next(label for label in made.labels if label.room_id == "lobby")
    left, _, right, _ = extent(lobby)

    assert 0 <= left <= right <= made.width


# --- turned to the reader ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("door", "degrees"), [("d1", 0.0), ("d4", 180.0), ("d5", 90.0)])
def test_a_map_is_turned_so_that_who_stands_before_the_door_looks_to_its_top(door, degrees):
    floor = lobby_floor()
    found = next(each for each in floor.doors if each.id == door)

    assert facing(floor, found) == degrees


def test_the_mark_of_the_reader_stands_below_the_door_and_nothing_covers_its_words():
    floor = lobby_floor()
    made = drawn(floor, turn=180.0, here="d4")
    plate = next(each for each in made.plates if each.door_id == "d4")
    x, y = made.here
    words = (x - 9, y - 2, x + 9, y + 7)

    assert y > plate.y
    assert not any(meets(extent(label), words) for label in made.labels)
    assert drawn(floor, here="gone").here is None


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 359), st.integers(0, 359))
def test_turning_keeps_lengths_and_turns_north_along(degrees, north):
    floor = replace(lobby_floor(), north=float(north))
    there = turned(floor, degrees)
    back = turned(there, 360 - degrees)

    assert there.north == (north - degrees) % 360
    for room, other in zip(floor.rooms, back.rooms, strict=True):
        for point, moved in zip(room.ring, other.ring, strict=True):
            assert moved == pytest.approx(point, abs=0.001)


# --- on a real floor, as printed ------------------------------------------------------------------------------------


@pytest.mark.shared
@pytest.mark.skipif(not CLINIC.exists(), reason="the floor plans that lie beside a checkout are not here")
def test_on_the_printed_map_of_a_real_floor_every_letter_stands_in_the_box_of_its_own_label():
    floor = clinic_floor()
    made = Designation("d", FACILITY, floor, 7, 3, NOW, "Ana")
    signs = floor_signs(made, (), SignOptions(languages=("en",)))
    (sheet, *_), pictures = map_sheets(signs, paper_named("letter"), MapRequest(), "map")
    document = PdfDocument(io.BytesIO(typst_page.pdf({"title": "t", "author": "a", "sheets": [sheet]}, pictures)))
    letters = list(_letters(document))
    document.close()
    plan = drawn(floor, sheet["width"] - 20, sheet["box"][1])
    assert [plan.width, plan.height] == sheet["box"]
    aside, down = _origin(letters, next(label for label in plan.labels if label.head == "1F01"))
    for label in plan.labels:
        left, top, right, bottom = extent(label)
        inside = Counter(each for each, x, y in letters if left < x - aside < right and top < y - down < bottom)
        assert inside == Counter("".join((label.head, *label.lines)).replace(" ", "")), label


def _letters(document: Any) -> Iterator[tuple[str, float, float]]:
    """Every letter of the first page with the middle of its box, in millimetres from the top left."""
    page, text = document[0], document[0].get_textpage()
    for place in range(text.count_chars()):
        letter = text.get_text_range(place, 1)
        if not letter.isspace():
            left, bottom, right, top = text.get_charbox(place)
            yield letter, (left + right) / 2 / MM, (page.get_height() - (top + bottom) / 2) / MM


def _origin(letters: list[tuple[str, float, float]], label: Label) -> tuple[float, float]:
    """Where the plan begins on the page, told by a label that stands there once."""
    words = "".join((label.head, *label.lines)).replace(" ", "")
    page = "".join(letter for letter, _, _ in letters)
    start = page.index(words)
    head = letters[start : start + len(label.head)]
    x, y = sum(x for _, x, _ in head) / len(head), sum(y for _, _, y in head) / len(head)
    first_line = label.y - label.height / 2 + label.size * 0.6
    return x - label.x, y - first_line
