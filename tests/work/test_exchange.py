"""What is exported as GeoJSON or IMDF comes back as it was drawn; the file passes the same door as any upload."""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import replace
from io import BytesIO
from itertools import count
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.intake.models.shapes import zipped
from tests.work.random_floors import random_floor
from zonemap.errors import Invalid, TooLarge
from zonemap.intake.kinds import Kind, kind_of
from zonemap.intake.model_sheet import exact_floors
from zonemap.intake.models import read_model
from zonemap.intake.models.own import read_own
from zonemap.model.exchange import signed_area
from zonemap.model.facility import Facility, SiteKind
from zonemap.model.floor_document import floor_document
from zonemap.model.plan import Door, Floor, FloorVersion, Picture, Room, Scale
from zonemap.model.zone import ZoneClass
from zonemap.work.export import collection, export_facility
from zonemap.work.export_imdf import archive
from zonemap.work.files import written_json
from zonemap.work.imports import import_facility
from zonemap.work.model_floors import drawn_floors
from zonemap.work.zones import fit_floor

FORMATS = ("geojson", "imdf")
_texts = st.text(st.characters(exclude_categories=["C", "Zl", "Zp", "Zs"], include_characters=[" "]), max_size=24)
_facilities = st.builds(
    Facility,
    id=st.just("0" * 32),
    name=_texts,
    street=_texts,
    suite=_texts,
    city=_texts,
    state=st.sampled_from(["CA", "IL"]),
    postcode=st.sampled_from(["60601", "60601-1234"]),
    site_kind=st.sampled_from(list(SiteKind)),
    time_zone=st.sampled_from(["", "America/Denver"]),
)


@st.composite
def _floors(draw: st.DrawFn) -> Floor:
    """Floors by chance, with odd texts, turned outlines, every kind of hours, sheets and scales."""
    drawn = random_floor(draw(st.integers(0, 10_000)), rooms_most=8).floor
    odd, turns = draw(st.lists(_texts, min_size=5, max_size=5)), draw(st.integers(0, 2**12))
    rooms = tuple(_odd_room(room, odd, turns >> place) for place, room in enumerate(drawn.rooms))
    doors = tuple(replace(door, number=odd[3][:8]) for door in drawn.doors if door.rooms[0] != door.rooms[1])
    size, metres = draw(st.tuples(*[st.integers(100, 9_000)] * 2)), draw(st.floats(0.001, 0.5))
    return replace(
        drawn,
        name=odd[4],
        level=draw(st.integers(-20, 200)),
        picture=Picture("p" * 32, *size, draw(st.none() | st.floats(10, 1200))),
        scale=Scale(metres, draw(st.none() | st.floats(-0.5, 0.5))),
        rooms=rooms,
        doors=doors,
    )


def _odd_room(room: Room, odd: list[str], turns: int) -> Room:
    ring = room.ring[::-1] if turns & 1 else room.ring
    holes = tuple(hole[::-1] if turns & 2 else hole for hole in room.holes)
    return replace(room, ring=ring, holes=holes, number=odd[0], name=odd[1], shaft=odd[2])


def written(facility: Facility, floors: list[Floor], file_format: str, at: tuple[float, float] | None = None) -> bytes:
    states = [FloorVersion(floor, 7, NOW, "Ana") for floor in floors]
    if file_format == "imdf":
        return archive(facility, states, at)
    return written_json(collection(facility, [(state, None) for state in states]))


@settings(max_examples=40, deadline=None)
@given(_facilities, st.lists(_floors(), max_size=2), st.tuples(st.floats(-180, 180), st.floats(-80, 80)))
@pytest.mark.parametrize("file_format", FORMATS)
def test_every_floor_comes_back_as_it_was(
    file_format: str, facility: Facility, floors: list[Floor], at: tuple[float, float]
) -> None:
    floors = [replace(floor, id=f"f{place}") for place, floor in enumerate(floors)]
    data = written(facility, floors, file_format, at)

    read = read_own(data, Kind(file_format))

    assert read is not None
    assert read[0] == facility
    assert [floor_document(floor) for floor in read[1]] == [floor_document(floor) for floor in floors]


# --- through the child and the database ------------------------------------------------------------------------------


@pytest.fixture
def two_floors(store, stored_floor, facility, floor):
    """The clinic's floor, and an upper one with a hole, hours, a stair and a place where officers wait."""
    drawn = random_floor(5, rooms_most=12).floor
    upper = replace(
        drawn,
        id="u" * 32,
        facility_id=facility.id,
        name="Upper floor",
        level=1,
        picture=Picture("2" * 32, 3000, 2000, 150.0),
        scale=Scale(0.02, -0.001),
        waiting_spot=(1.5, 2.25),
        doors=tuple(door for door in drawn.doors if door.rooms[0] != door.rooms[1]),
    )
    with store.begin() as books:
        books.floors.add(upper, saved_at=NOW, saved_by="Bo")
    return [floor, upper]


def without_ids(floor: Floor) -> dict[str, Any]:
    document = floor_document(floor) | {"id": "", "facility_id": ""}
    return document | {"picture": document["picture"] | {"id": ""}}


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_facility_is_exported_and_imported_whole(store, facility, two_floors, tmp_path, file_format):
    out = tmp_path / f"clinic.{file_format}"
    export_facility(store, facility.id, out, file_format)
    numbers = count()

    added = import_facility(store, out, new_id=lambda: f"{next(numbers):032}", now=NOW)

    with store.read() as books:
        assert replace(books.facilities.get(added.id), id=facility.id) == facility
        floors = [saved.floor for saved in books.floors.list(added.id)]
        assert [without_ids(each) for each in floors] == [without_ids(each) for each in two_floors]
        assert not {each.id for each in floors} & {each.id for each in two_floors}
        assert all(books.pictures.png(each.picture.id) for each in floors)


def test_the_same_floors_give_the_same_bytes(facility, floor):
    for file_format in FORMATS:
        assert written(facility, [floor], file_format) == written(facility, [floor], file_format)


def test_a_file_of_another_program_makes_no_facility(store, tmp_path):
    path = tmp_path / "other.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(Invalid):
        import_facility(store, path, new_id=lambda: "1" * 32, now=NOW)


# --- what other programs see -----------------------------------------------------------------------------------------


def imdf_files(facility, floors) -> dict[str, Any]:
    with ZipFile(BytesIO(written(facility, floors, "imdf"))) as packed:
        return {name: json.loads(packed.read(name)) for name in packed.namelist()}


REQUIRED = {  # the members that IMDF 1.0.0 asks for, feature by feature
    "address": {"address", "unit", "locality", "province", "country", "postal_code", "postal_code_ext"},
    "venue": {
        "category",
        "restriction",
        "name",
        "alt_name",
        "hours",
        "phone",
        "website",
        "display_point",
        "address_id",
    },
    "building": {"name", "alt_name", "category", "restriction", "display_point", "address_id"},
    "footprint": {"category", "name", "building_ids"},
    "level": {"category", "restriction", "outdoor", "ordinal", "name", "short_name", "display_point", "building_ids"},
    "unit": {"category", "restriction", "accessibility", "name", "alt_name", "level_id", "display_point"},
    "opening": {"category", "accessibility", "access_control", "door", "name", "alt_name", "display_point", "level_id"},
}


def test_the_archive_has_every_member_that_imdf_asks_for_and_its_references_lead_somewhere(facility, floor):
    files = imdf_files(facility, [floor])
    manifest = files.pop("manifest.json")

    assert manifest["version"] == "1.0.0"
    assert manifest["extensions"] == ["imdf:extension:zonemap:floors#1.0.0"]
    assert set(files) == {f"{name}.geojson" for name in REQUIRED}
    ids = {feature["id"] for values in files.values() for feature in values["features"]}
    assert len(ids) == sum(len(values["features"]) for values in files.values())
    for name, values in files.items():
        for feature in values["features"]:
            assert feature["feature_type"] == name.removesuffix(".geojson")
            assert REQUIRED[feature["feature_type"]] <= feature["properties"].keys()
            said = feature["properties"]
            named = [said.get("address_id"), said.get("level_id"), *said.get("building_ids", [])]
            assert {each for each in named if each} <= ids


def test_category_and_restriction_tell_public_from_nonpublic(facility, floor):
    classes = dict.fromkeys(ZoneClass)
    rooms = tuple(replace(floor.rooms[0], id=kind.value, zone_class=kind, name="Lobby") for kind in classes)
    units = imdf_files(facility, [replace(floor, rooms=rooms, doors=())])["unit.geojson"]["features"]

    said = {unit["properties"]["zonemap"]["class"]: unit["properties"] for unit in units}
    assert {kind: (each["category"], each["restriction"]) for kind, each in said.items()} == {
        "public": ("lobby", None),
        "undecided": ("unspecified", None),
        "private": ("nonpublic", "employeesonly"),
        "records": ("nonpublic", "employeesonly"),
        "residential": ("nonpublic", "restricted"),
        "outdoor_private": ("nonpublic", "restricted"),
    }


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_file_is_read_as_any_model_where_another_program_took_the_facts_out(facility, floor, file_format):
    data = written(facility, [floor], file_format)
    if file_format == "imdf":
        files = imdf_files(facility, [floor])
        for feature in files["unit.geojson"]["features"]:
            del feature["properties"]["zonemap"]
        data = zipped(files)
    else:
        data = data.replace(b'"format"', b'"was"')

    assert read_own(data, kind_of(data)) is None
    (read,) = read_model(data, kind_of(data))
    assert [(room.number, room.name, room.zone_class.is_closed) for room in read.rooms] == [
        (room.number, room.name, room.zone_class.is_closed) for room in floor.rooms
    ]
    assert len(read.doors) == 3


def test_rings_run_as_geojson_asks(facility, floor):
    turned = replace(floor, rooms=tuple(replace(room, ring=room.ring[::-1]) for room in floor.rooms))
    for unit in imdf_files(facility, [turned])["unit.geojson"]["features"]:
        ring = tuple(map(tuple, unit["geometry"]["coordinates"][0]))
        assert ring[0] == ring[-1]
        assert signed_area(ring[:-1]) > 0


# --- what was meddled with -------------------------------------------------------------------------------------------


def meddled(floor: Floor, facility: Facility, change) -> bytes:
    values = json.loads(written(facility, [floor], "geojson"))
    change(values)
    return json.dumps(values).replace("Infinity", "1e999").encode()


MEDDLED = {
    "no facility": lambda v: v.pop("facility"),
    "a facility of no kind": lambda v: v["facility"].update(site_kind="palace"),
    "a facility without a name": lambda v: v["facility"].update(name=7),
    "a scale of nothing": lambda v: v["floors"][0]["floor"]["scale"].update(metres_per_pixel=0),
    "a scale without end": lambda v: v["floors"][0]["floor"]["scale"].update(check_error=1e999),
    "a corner in another country": lambda v: v["floors"][0]["features"][0]["geometry"]["coordinates"][0][1].__setitem__(
        0, 1e6
    ),
    "a class that is none": lambda v: v["floors"][0]["features"][0]["properties"].update({"class": "secret"}),
    "hours that are none": lambda v: v["floors"][0]["features"][0]["properties"].update(hours=[{"days": [9]}]),
    "a door of one jamb": lambda v: v["floors"][0]["features"][3]["geometry"]["coordinates"].pop(),
    "floors that are none": lambda v: v.update(floors=7),
}


@pytest.mark.parametrize("what", MEDDLED)
def test_a_file_that_was_meddled_with_is_not_taken_for_ours(facility, floor, what):
    assert read_own(meddled(floor, facility, MEDDLED[what]), Kind.GEOJSON) is None


ODD = ("null", "0", "-1", "1e308", '""', '"../x"', '"\u202e"', "[]", "{}", "[[]]", "true", "1e-320", '["a"]', "1e999")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(ODD), st.integers(0, 200))
def test_an_export_with_any_value_changed_is_read_or_refused_and_nothing_else(
    place: int, odd: str, number: int
) -> None:
    facility = Facility("0" * 32, "Larkspur", "1 Elm St", "", "Salem", "IL", "62881", SiteKind.CLINIC)
    drawn = random_floor(number, rooms_most=4).floor
    doors = tuple(door for door in drawn.doors if door.rooms[0] != door.rooms[1])
    floor = replace(drawn, picture=Picture("p" * 32, 120, 120), scale=Scale(0.5), doors=doors)
    text = written(facility, [floor], "geojson").decode()
    values = list(re.finditer(r'"(?:[^"\\]|\\.)*"(?!:)|-?\d[\d.e-]*', text))
    chosen = values[place % len(values)]
    changed = f"{text[: chosen.start()]}{odd}{text[chosen.end() :]}".encode()

    with contextlib.suppress(Invalid, TooLarge):
        own = read_own(changed, Kind.GEOJSON)
        if own is not None:
            numbers = count()
            drawn_floors(exact_floors(*own), "f" * 32, lambda: f"{next(numbers):032}")


UNFIT: dict[str, dict[str, Any]] = {
    "letters": {"rooms": (Room("a", ((0, 0), (4, 0), (4, 4)), number="1" * 99),)},
    "crosses": {"rooms": (Room("a", ((0, 0), (4, 4), (4, 0), (0, 4))),)},
    "id may have": {"rooms": (Room("../a", ((0, 0), (4, 0), (4, 4))),)},
    "same id": {"rooms": (Room("a", ((0, 0), (4, 0), (4, 4))), Room("a", ((5, 0), (9, 0), (9, 4))))},
    "not there": {
        "rooms": (Room("a", ((0, 0), (4, 0), (4, 4))),),
        "doors": (Door("d", ((0, 0), (1, 0)), ("a", "b"), "1"),),
    },
}


@pytest.mark.parametrize("says", UNFIT)
def test_a_floor_that_could_not_have_been_drawn_is_not_kept(floor, says):
    with pytest.raises(Invalid, match=says):
        fit_floor(replace(floor, **({"doors": ()} | UNFIT[says])))
