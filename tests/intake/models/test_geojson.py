from typing import Any

import pytest

from tests.intake.models.shapes import CORRIDOR, OFFICE, STORE, collection, degrees, feature, json_bytes, polygon
from zonemap.errors import Invalid, TooLarge
from zonemap.intake.models.geojson import read_geojson
from zonemap.model.draft import DraftFloor
from zonemap.model.plan import DoorKind
from zonemap.model.zone import ZoneClass


def only(*features: Any, **members: Any) -> DraftFloor:
    (floor,) = read_geojson(json_bytes(collection(*features, **members)))
    return floor


def test_rooms_in_metres_stay_where_they_are_and_doors_keep_the_rooms_they_state() -> None:
    floor = only(
        feature(
            "a", polygon(OFFICE, [[1, 1], [1, 2], [2, 2], [2, 1]]), number="101", name="Office", **{"class": "private"}
        ),
        feature("b", polygon(CORRIDOR), kind="room"),
        feature("w", polygon([[0, 2.9], [6, 2.9], [6, 3.1], [0, 3.1]]), kind="wall"),
        feature("d", {"type": "LineString", "coordinates": [[1, 3], [2, 3]]}, kind="door", rooms=["b", "a"], mark="D1"),
        feature("e", {"type": "Point", "coordinates": [3, 3]}, kind="door", door_kind="opening"),
        units="metre",
        storey="Ground",
        level=2,
    )

    office, _ = floor.rooms
    assert (floor.name, floor.level, floor.anchor, floor.warnings) == ("Ground", 2, None, ())
    assert set(office.ring) == {(0, 0), (4, 0), (4, 3), (0, 3)}
    assert (len(office.holes), office.zone_class) == (1, ZoneClass.PRIVATE)
    assert [(door.rooms, door.mark, door.kind) for door in floor.doors] == [
        (("b", "a"), "D1", DoorKind.DOOR),
        (("b", "a"), "", DoorKind.OPENING),
    ]
    assert floor.doors[1].jambs == ((2.55, 3), (3.45, 3))
    assert len(floor.walls) == 1


def test_longitude_and_latitude_become_metres_around_the_middle() -> None:
    floor = only(feature("a", polygon(degrees(OFFICE)), ref="7"), feature("b", polygon(degrees(STORE)), Room_No=8))

    assert floor.anchor is not None
    assert [room.number for room in floor.rooms] == ["7", "8"]
    xs = [x for room in floor.rooms for x, _ in room.ring]
    assert max(xs) - min(xs) == pytest.approx(6, abs=0.003)


def test_features_of_several_levels_become_several_floors() -> None:
    floors = read_geojson(
        json_bytes(
            collection(
                feature("a", polygon(degrees(OFFICE)), level="1"),
                feature("b", polygon(degrees(OFFICE)), level="0"),
                feature("c", polygon(degrees(STORE)), level=0),
            )
        )
    )

    assert [(floor.name, floor.level, len(floor.rooms)) for floor in floors] == [("Level 0", 0, 2), ("Level 1", 1, 1)]


def test_metres_that_no_file_states_are_taken_with_a_warning() -> None:
    floor = only(feature("a", polygon([[0, 0], [40, 0], [40, 30]]), name="Hall"))

    assert set(floor.rooms[0].ring) == {(0, 0), (40, 0), (40, 30)}
    assert floor.warnings == (
        "The file does not say its units. It was taken to be in metres: measure a wall before you go on.",
    )


def shifted(x: float, y: float) -> Any:
    return polygon([[x + a, y + b] for a, b in OFFICE])


@pytest.mark.parametrize(
    "value",
    [
        collection(feature("a", shifted(500_000, 4_649_776))),  # UTM
        collection(feature("a", shifted(-13_627_000, 4_540_000))),  # Web Mercator
        collection(feature("a", polygon(OFFICE)), crs={"type": "name", "properties": {"name": "EPSG:2227"}}),
    ],
)
def test_a_map_grid_is_refused_with_what_to_do(value: Any) -> None:
    with pytest.raises(Invalid, match=r"map grid .* WGS 84 \(EPSG:4326\)"):
        read_geojson(json_bytes(value))


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b'{"type": "FeatureCollection", "features": ' + b"[" * 200_000, Invalid, "nested too deep"),
        (b'{"features": [{"geometry": {"coordinates": [[[Infinity, 0]]]}}]}', Invalid, "garbled"),
        (b'\xff\xfe{"features"', Invalid, "no UTF-8"),
        (
            json_bytes(collection(feature("a", {"type": "Polygon", "coordinates": [[[0, 0], ["x"]]]}))),
            Invalid,
            "no rooms",
        ),
        (json_bytes(collection(feature("a", {"type": "Polygon", "coordinates": 7}), 3, None)), Invalid, "no rooms"),
        (json_bytes(collection(feature("a", shifted(9e9, 0)))), Invalid, "no rooms"),
        (b'{"features": [' + b"{}," * 500_001 + b"{}]}", TooLarge, "500,002 features"),
        (
            json_bytes(collection(feature("a", shifted(0, 0)), feature("b", shifted(99_000, 0)), units="metre")),
            TooLarge,
            "99 km apart",
        ),
    ],
)
def test_a_hostile_file_gets_a_sentence(data: bytes, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        read_geojson(data)
