from collections.abc import Callable
from typing import Any

import pytest

from tests.intake.models.shapes import CORRIDOR, OFFICE, STORE, collection, degrees, feature, polygon, zipped
from zonemap.errors import Invalid, TooLarge
from zonemap.intake.models.imdf import read_imdf
from zonemap.model.plan import DoorKind
from zonemap.model.zone import ZoneClass


def unit(id_: str, ring: Any, level: str = "l0", **said: Any) -> Any:
    return feature(id_, polygon(degrees(ring)), **{"category": "room", "level_id": level, **said})


def level(id_: str, ordinal: int, name: Any, building: str = "b1") -> Any:
    return feature(id_, None, ordinal=ordinal, name=name, building_ids=[building])


def door(id_: str, start: list[float], end: list[float], **said: Any) -> Any:
    line = {"type": "LineString", "coordinates": degrees([start, end])}
    return feature(id_, line, level_id="l0", **said)


def files(*units: Any, openings: Any = (), levels: Any = None) -> dict[str, Any]:
    return {
        "venue/unit.geojson": collection(*units),
        "venue/level.geojson": collection(*(levels or [level("l0", 0, {"en": "Ground"})])),
        "venue/opening.geojson": collection(*openings),
        "venue/building.geojson": collection(feature("b1", None, name={"en": "Main"}), feature("b2", None, name=None)),
        "venue/manifest.json": {"version": "1.0.0", "language": "en"},
    }


def test_units_become_rooms_in_metres_and_openings_doors_between_them() -> None:
    given = files(
        unit("office", OFFICE, name={"de": "Büro", "en": "Office"}, alt_name={"de": "101"}, category="office"),
        unit("store", STORE, name={"en": "12A"}),
        unit("corridor", CORRIDOR, category="walkway"),
        openings=[
            door("d1", [1, 3], [2, 3]),
            door("d2", [4, 1], [4, 2], door={"type": "open"}),
            door("d3", [0, 1], [0, 2]),
        ],
    )

    (floor,) = read_imdf(zipped(given))

    office, store, corridor = floor.rooms
    assert (floor.name, floor.level) == ("Ground", 0)
    assert (office.number, office.name, office.other_names, office.category) == ("101", "Büro", ("Office",), "office")
    assert (store.number, store.name) == ("12A", "12A")
    assert corridor.category == "walkway"
    assert sorted(x for x, _ in office.ring)[-1] - sorted(x for x, _ in office.ring)[0] == pytest.approx(4, abs=0.002)
    assert [door.rooms for door in floor.doors] == [("corridor", "office"), ("office", "store"), ("office", None)]
    assert [door.kind for door in floor.doors] == [DoorKind.DOOR, DoorKind.OPENING, DoorKind.DOOR]


@pytest.mark.parametrize(
    ("said", "closed"),
    [
        ({"category": "nonpublic"}, True),
        ({"restriction": "employeesonly"}, True),
        ({"restriction": "restricted"}, True),
        ({"category": "lobby"}, False),
    ],
)
def test_what_is_not_for_the_public_comes_in_as_private(said: Any, closed: bool) -> None:
    (floor,) = read_imdf(zipped(files(unit("a", OFFICE, **said))))

    assert (floor.rooms[0].zone_class is ZoneClass.PRIVATE) is closed
    assert closed or floor.rooms[0].zone_class is ZoneClass.UNDECIDED


def test_floors_come_in_order_and_levels_of_one_name_tell_their_building() -> None:
    levels = [
        level("up", 1, {"en": "Level 1"}, "b1"),
        level("l0", 0, {"en": "Level 1"}, "b2"),
        level("base", -1, {"en": "Basement"}),
        level("empty", 5, {"en": "Roof"}),
    ]
    units = [unit("a", OFFICE, "up"), unit("b", OFFICE, "l0"), unit("c", OFFICE, "base")]

    floors = read_imdf(zipped(files(*units, levels=levels)))

    assert [(floor.name, floor.level) for floor in floors] == [
        ("Basement", -1),
        ("Level 1", 0),
        ("Level 1, Main", 1),
    ]


def test_what_macos_adds_to_an_archive_is_passed_over() -> None:
    junk = {"__MACOSX/venue/._unit.geojson": b"\0\5\x16\7", "venue/.unit.geojson": b"\0", "venue/x/": b""}

    (floor,) = read_imdf(zipped({**junk, **files(unit("a", OFFICE))}))

    assert len(floor.rooms) == 1


def test_an_outline_that_crosses_itself_falls_into_parts_and_is_told() -> None:
    bow = [[0, 0], [4, 4], [4, 0], [0, 4]]

    (floor,) = read_imdf(zipped(files(unit("bow", bow, name={"en": "Bow"}))))

    assert [room.id for room in floor.rooms] == ["bow", "bow~2"]
    assert floor.warnings == ("The outline crosses itself in the file; look at it before you go on: Bow.",)


REFUSED: dict[str, tuple[Callable[[], dict[str, Any]], type[Exception], str]] = {
    "a bomb": (lambda: files(unit("a", OFFICE)) | {"venue/unit.geojson": bytes(70_000_000)}, TooLarge, "120 MB"),
    "a million files": (lambda: {f"{n}.txt": b"" for n in range(2_500)} | files(), TooLarge, "2,505 files"),
    "brackets without end": (lambda: {"unit.geojson": b"[" * 200_000}, Invalid, "nested too deep"),
    "a coordinate that is none": (lambda: {"unit.geojson": b'{"features": [NaN]}'}, Invalid, "garbled"),
    "no units": (lambda: {"unit.geojson": collection()}, Invalid, "no units"),
    "no list": (lambda: {"unit.geojson": {"features": 7}}, Invalid, "no list of features"),
    "a map grid": (
        lambda: files(feature("a", polygon([[5e5, 4e6], [5e5 + 9, 4e6], [5e5, 4e6 + 9]]), level_id="l0")),
        Invalid,
        "not longitude and latitude",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_archive_gets_a_sentence(name: str) -> None:
    make, error, says = REFUSED[name]

    with pytest.raises(error, match=says):
        read_imdf(zipped(make()))


def test_what_is_no_archive_gets_a_sentence() -> None:
    with pytest.raises(Invalid, match="damaged"):
        read_imdf(b"PK\3\4 unit.geojson and nothing more")
