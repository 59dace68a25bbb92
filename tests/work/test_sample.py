"""The sample clinic is whole, lies on its picture, and is loaded once."""

from __future__ import annotations

import itertools
import json
import re
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from zonemap.errors import Invalid
from zonemap.geometry.cover import outlines, overlaps
from zonemap.geometry.doors import door_problems, width
from zonemap.geometry.rings import area, valid_floor
from zonemap.geometry.thresholds import entrances, thresholds
from zonemap.intake.tiles import tile_keys
from zonemap.model.floor_document import floor_from
from zonemap.model.zone import ZoneClass
from zonemap.work.designations import obstacles
from zonemap.work.sample import load_sample

FLOORPLANS = Path(__file__).resolve().parents[2] / "floorplans"
VALUES = json.loads((FLOORPLANS / "sample-clinic.json").read_text(encoding="utf-8"))
FLOOR = floor_from(VALUES["floor"])
NAMES = {room.id: room.name for room in FLOOR.rooms}


@pytest.fixture(scope="module")
def script():
    """The script that draws the sample."""
    sys.path.insert(0, str(FLOORPLANS))
    import draw_sample

    yield draw_sample
    sys.path.remove(str(FLOORPLANS))


def test_the_sample_is_loaded_whole_and_designated_as_revision_1(store, now):
    facility_id = load_sample(store, FLOORPLANS, now=now)

    with store.read() as books:
        (facility,) = books.facilities.list()
        (saved,) = books.floors.list(facility_id)
        designation = books.designations.latest(saved.floor.id)
        contacts = books.contacts.list(facility_id)
        picture = saved.floor.picture
        png = Image.open(BytesIO(books.pictures.png(picture.id)))
        tiles = [books.pictures.tile(picture.id, *key) for key in tile_keys(picture.width_px, picture.height_px)]
    assert facility.name == "Juniper Street Community Health Center"
    assert saved.floor == FLOOR
    assert (designation.number, designation.designated_by, designation.floor) == (1, "Sample", FLOOR)
    assert {contact.role for contact in contacts} >= {"responder", "administrator_on_call", "counsel"}
    assert png.size == (picture.width_px, picture.height_px)
    assert len(tiles) > 30


def test_a_second_call_changes_nothing_even_after_people_have_worked_on_the_sample(store, now):
    facility_id = load_sample(store, FLOORPLANS, now=now)
    with store.begin() as books:
        books.facilities.save(replace(books.facilities.get(facility_id), name="Our own name"))
        (saved,) = books.floors.list(facility_id)
        books.floors.save(replace(saved.floor, doors=()), saved.version, saved_at=now, saved_by="Ana")

    assert load_sample(store, FLOORPLANS, now=now) == facility_id

    with store.read() as books:
        assert [facility.name for facility in books.facilities.list()] == ["Our own name"]
        assert [saved.version for saved in books.floors.list(facility_id)] == [2]
        assert len(books.designations.list(facility_id)) == 1


def test_a_folder_without_the_sample_is_refused_with_a_sentence(store, now, tmp_path):
    with pytest.raises(Invalid, match="Install zonemap again"):
        load_sample(store, tmp_path, now=now)
    (tmp_path / "sample-clinic.json").write_bytes((FLOORPLANS / "sample-clinic.json").read_bytes())
    with pytest.raises(Invalid, match="picture is not at"):
        load_sample(store, tmp_path, now=now)
    with store.read() as books:
        assert books.facilities.list() == []


def test_the_floor_could_be_designated_as_it_stands():
    assert valid_floor(FLOOR) == FLOOR
    assert obstacles(FLOOR) == ()
    assert overlaps(FLOOR) == ()
    assert door_problems(FLOOR) == ()


def test_rooms_cover_the_building_without_gaps_and_share_every_corner():
    (outline,) = outlines(FLOOR.rooms)
    corners = {corner for room in FLOOR.rooms for corner in room.ring}

    assert sum(area(room.ring) for room in FLOOR.rooms) == pytest.approx(area(outline), abs=0.01)
    for room in FLOOR.rooms:
        for (ax, ay), (bx, by) in itertools.pairwise((*room.ring, room.ring[0])):
            assert ax == bx or ay == by
            inside = [
                (x, y)
                for x, y in corners
                if (x, y) not in ((ax, ay), (bx, by))
                and min(ax, bx) <= x <= max(ax, bx)
                and min(ay, by) <= y <= max(ay, by)
            ]
            assert inside == []


def test_every_room_is_reached_from_outdoors():
    reached, waiting = set(), [None]
    while waiting:
        here = waiting.pop()
        for door in FLOOR.doors:
            if here in door.rooms:
                there = door.rooms[1] if door.rooms[0] == here else door.rooms[0]
                if there not in reached and there is not None:
                    reached.add(there)
                    waiting.append(there)
    assert reached == set(NAMES)


def test_the_public_can_reach_every_public_room_without_passing_a_threshold():
    public = {room.id for room in FLOOR.rooms if room.zone_class is ZoneClass.PUBLIC}
    reached = {entrance.room.id for entrance in entrances(FLOOR) if entrance.is_public}
    for _ in public:
        reached |= {r for d in FLOOR.doors if reached & set(d.rooms) for r in d.rooms if r in public}
    assert reached == public


def test_its_thresholds_and_entrances_are_those_that_were_meant():
    found = [(NAMES[t.public_room.id], NAMES[t.closed_room.id]) for t in thresholds(FLOOR)]
    ways_in = [(NAMES[e.room.id], e.is_public) for e in entrances(FLOOR)]

    assert sorted(found) == [
        ("Check-in", "Reception"),
        ("Corridor", "Counseling"),
        ("Corridor", "Janitor"),
        ("Waiting", "Clinical corridor"),
    ]
    assert ways_in == [("Vestibule", True), ("Staff yard", False)]


def test_it_is_a_believable_clinic():
    classes = [room.zone_class for room in FLOOR.rooms]
    exams = [room for room in FLOOR.rooms if room.name.startswith("Exam")]

    assert 30 <= len(FLOOR.rooms) <= 40
    assert {ZoneClass.PUBLIC, ZoneClass.PRIVATE, ZoneClass.RECORDS, ZoneClass.OUTDOOR_PRIVATE} == set(classes)
    assert len(exams) == 9
    assert all(8 < area(room.ring) < 11 for room in exams)
    assert all(0.85 <= width(door) <= 3 for door in FLOOR.doors)
    assert len({door.number for door in FLOOR.doors}) == len(FLOOR.doors)
    assert all(re.fullmatch(r"555-01\d\d", contact["phone"]) for contact in VALUES["contacts"])


def test_the_picture_is_small_and_in_greys():
    path = FLOORPLANS / "sample-clinic.png"
    with Image.open(path) as picture:
        picture.load()

    assert path.stat().st_size < 600_000
    assert picture.mode in ("L", "P")
    assert (picture.width, picture.height) == (FLOOR.picture.width_px, FLOOR.picture.height_px)


def test_the_walls_of_the_rooms_lie_on_the_walls_of_the_picture():
    with Image.open(FLOORPLANS / "sample-clinic.png") as scan:
        picture = scan.convert("L")
    per_pixel = FLOOR.scale.metres_per_pixel
    on_wall = tried = 0
    for room in FLOOR.rooms:
        if room.zone_class is ZoneClass.OUTDOOR_PRIVATE:
            continue
        for (ax, ay), (bx, by) in itertools.pairwise((*room.ring, room.ring[0])):
            for part in (0.1, 0.3, 0.5, 0.7, 0.9):
                x, y = ax + (bx - ax) * part, ay + (by - ay) * part
                tried += 1
                on_wall += picture.getpixel((int(x / per_pixel), int(picture.height - y / per_pixel))) < 90
    assert on_wall / tried > 0.7  # the rest are doors, windows and openings


def test_the_drawing_is_xml_with_every_room_named_on_it():
    root = ElementTree.parse(FLOORPLANS / "sample-clinic.svg").getroot()  # noqa: S314
    words = " ".join(text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text"))

    assert all(room.number in words for room in FLOOR.rooms)
    assert "1/8" in words


def test_what_the_script_makes_is_what_lies_there(script):
    board = script.drawn()

    assert board.svg() == (FLOORPLANS / "sample-clinic.svg").read_text(encoding="utf-8")
    assert script.written((FLOOR.picture.width_px, FLOOR.picture.height_px)) == VALUES
