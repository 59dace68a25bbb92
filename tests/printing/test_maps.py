"""The maps of a floor: what each audience sees, where the reader stands, in parts, and in words."""

from __future__ import annotations

import io
from dataclasses import replace

import pdfua
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from tests.conftest import NOW
from tests.geometry.floors import box, grid_floor, lobby_floor
from tests.printing.conftest import FACILITY
from zonemap.drawing.audience import Audience
from zonemap.errors import NotFound
from zonemap.model.facility import Designation
from zonemap.model.plan import Door, Floor, Room
from zonemap.model.sign import FloorSigns, SignOptions
from zonemap.model.zone import ZoneClass
from zonemap.printing import book
from zonemap.printing.floor_map import map_sheets
from zonemap.printing.map_request import MapRequest, request_from
from zonemap.printing.paper import paper_named
from zonemap.work.floor_signs import floor_signs

OPTIONS = SignOptions(languages=("en",))
LETTER = paper_named("letter")
PUBLIC = MapRequest(Audience.PUBLIC)


def signs(floor: Floor) -> FloorSigns:
    return floor_signs(Designation("d", FACILITY, floor, 7, 3, NOW, "Ana"), (), OPTIONS)


def text(pdf: bytes) -> str:
    document = PdfDocument(io.BytesIO(pdf))
    found = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    document.close()
    return found


def remarked(floor: Floor, room_id: str, **more) -> Floor:
    return replace(floor, rooms=tuple(replace(r, **more) if r.id == room_id else r for r in floor.rooms))


# --- which map -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "request_"),
    [
        ("map", MapRequest()),
        ("map.public", PUBLIC),
        ("map.responder.part-2", MapRequest(Audience.RESPONDER, part=2)),
        ("map.public.words", MapRequest(Audience.PUBLIC, words=True)),
        ("map.public.at-d.4", MapRequest(Audience.PUBLIC, door="d.4")),
    ],
)
def test_a_map_has_a_name_that_says_which_it_is(name, request_):
    assert request_from(name) == request_
    assert request_.name == name


@pytest.mark.parametrize("name", ["schedule", "d1", "map.secret", "map.part-x", "mapd1"])
def test_other_names_are_no_maps(name):
    assert request_from(name) is None


def test_a_part_and_a_door_that_are_not_there_are_not_found():
    for name in ("map.part-1", "map.at-d9", "map.public.at-d1"):
        with pytest.raises(NotFound):
            book.sheet_pdf(signs(lobby_floor()), name, OPTIONS)


# --- for the public --------------------------------------------------------------------------------------------------

_WARD = "Zyx closed ward"


@st.composite
def private_sides(draw: st.DrawFn) -> Floor:
    """The lobby floor, with whatever closed rooms and doors behind the lobby."""
    base = lobby_floor(0.2)
    lobby = next(room for room in base.rooms if room.id == "lobby")
    entrance = next(door for door in base.doors if door.id == "d4")
    closed = [kind for kind in ZoneClass if kind is not ZoneClass.PUBLIC]
    rooms, doors = [], []
    for number in range(draw(st.integers(0, 4))):
        x, wide = draw(st.integers(-30, 30)), draw(st.integers(1, 9))
        kind = draw(st.sampled_from(closed))
        rooms.append(Room(f"x{number}", box(x, 4.2, wide, 3), f"Q{number}", _WARD, kind, department="Zyx"))
        doors.append(Door(f"y{number}", ((1, 4.1), (1.9, 4.1)), ("lobby", f"x{number}"), f"9{number}"))
    place = draw(st.integers(0, len(rooms)))
    spot = draw(st.sampled_from([None, (2.0, 2.0)]))
    return replace(base, rooms=(*rooms[:place], lobby, *rooms[place:]), doors=(*doors, entrance), waiting_spot=spot)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(private_sides(), st.sampled_from(["map.public", "map.public.words", "map.public.at-d4"]))
def test_nothing_that_is_not_public_changes_a_byte_of_the_public_map(floor, name):
    """The strongest way to say that nothing private is in it: not in words, shapes, scale, or a hidden layer."""
    alone = replace(
        floor,
        rooms=tuple(room for room in floor.rooms if room.id == "lobby"),
        doors=tuple(door for door in floor.doors if door.id == "d4"),
        waiting_spot=None,
    )
    request = request_from(name)

    assert map_sheets(signs(floor), LETTER, request, "m") == map_sheets(signs(alone), LETTER, request, "m")
    assert book.sheet_pdf(signs(floor), name, OPTIONS) == book.sheet_pdf(signs(alone), name, OPTIONS)


def test_the_public_map_shows_public_rooms_ways_out_and_the_desk_that_helps():
    floor = remarked(lobby_floor(), "lobby", name="Reception")
    found = text(book.sheet_pdf(signs(floor), "map.public", OPTIONS))

    for words in ("PUBLIC AREAS", "LOBBY O", "EXIT", "way out", "desk that helps you", "Not an evacuation plan."):
        assert words in found, words
    for words in ("EXAM", "CHART", "STAFF", "Private"):
        assert words not in found, words


# --- for those inside ------------------------------------------------------------------------------------------------


def test_the_responder_map_says_what_keeps_each_door_and_where_officers_wait():
    floor = replace(lobby_floor(), waiting_spot=(2.0, 2.0), north=45.0)
    found = text(book.sheet_pdf(signs(floor), "map.responder", OPTIONS))

    for words in ("RESPONDERS ONLY", "A sign alone: 1, 3, 5.", "where officers are asked to wait", " W ", "N"):
        assert words in found, words


def test_every_map_bears_its_revision_date_scale_and_legend():
    for name in ("map", "map.public", "map.responder", "map.at-d1"):
        found = text(book.sheet_pdf(signs(lobby_floor()), name, OPTIONS))
        for words in (
            "Designation 7 of Nov 24, 2026",
            "Scale 1:",
            " ft",
            " m",
            "open to anyone",
            "Larkspur Avenue Clinic",
        ):
            assert words in found, (name, words)


def test_at_a_door_the_map_says_where_the_reader_is():
    assert "You are here" in text(book.sheet_pdf(signs(lobby_floor()), "map.public.at-d4", OPTIONS))
    assert "You are here" not in text(book.sheet_pdf(signs(lobby_floor()), "map.public", OPTIONS))


def test_a_large_floor_comes_in_tiles_and_wings_too():
    floor = grid_floor(400)
    named = replace(
        floor, rooms=tuple(replace(r, department="East" if r.ring[0][0] > 40 else "West") for r in floor.rooms)
    )
    parts = book.floor_parts(signs(named), "letter", MapRequest())
    names = [part.name for part in parts]
    found = text(book.sheet_pdf(signs(named), f"map.part-{names.index('B1') + 1}", OPTIONS))

    assert names[:2] == ["East", "West"]
    assert {"A1", "B2"} <= set(names)
    assert "First floor, part B1" in found
    assert book.floor_parts(signs(lobby_floor()), "letter", MapRequest()) == ()


def test_a_part_explains_no_mark_that_it_does_not_show():
    floor = replace(grid_floor(400), waiting_spot=(2.0, 2.0))
    named = replace(
        floor, rooms=tuple(replace(r, department="East" if r.ring[0][0] > 40 else "West") for r in floor.rooms)
    )
    spot = "where officers are asked to wait"

    assert spot in text(book.sheet_pdf(signs(named), "map.part-2", OPTIONS))
    assert spot not in text(book.sheet_pdf(signs(named), "map.part-1", OPTIONS))


# --- in words --------------------------------------------------------------------------------------------------------


def test_a_map_in_words_lists_each_room_with_its_class_and_where_its_doors_lead():
    found = text(book.sheet_pdf(signs(lobby_floor()), "map.words", OPTIONS))

    for words in (
        "First floor has 1 public room, 1 private room, 1 records room, 1 undecided room.",
        "Ways out for the public: LOBBY Room lobby.",
        "EXAM Room exam P Private Door 1 to LOBBY Room lobby, with a sign",
    ):
        assert words in found, words


@pytest.mark.parametrize("name", ["map", "map.public", "map.responder.at-d4", "map.words", "map.public.words"])
def test_every_map_is_tagged_without_a_fault(name, tmp_path):
    path = tmp_path / "map.pdf"
    path.write_bytes(book.sheet_pdf(signs(replace(lobby_floor(), north=10.0)), name, OPTIONS))

    assert list(pdfua.validate(str(path)).findings) == []


def test_a_long_key_stands_on_a_sheet_behind_the_map():
    floor = grid_floor(144)
    long = replace(floor, rooms=tuple(replace(r, number="", name="Administration of everything") for r in floor.rooms))
    document = PdfDocument(io.BytesIO(book.sheet_pdf(signs(long), "map", OPTIONS)))
    pages = len(document)
    document.close()

    assert pages == 2
