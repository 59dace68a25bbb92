"""Models read through the child, as the command line does, and what is written of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.intake.models.shapes import CORRIDOR, OFFICE, STORE, collection, degrees, feature, json_bytes, polygon
from zonemap.errors import Invalid, TooLarge
from zonemap.intake.model_guard import MODEL_LIMITS, read_list, read_model
from zonemap.work.imports import import_file

DOOR = feature("d", {"type": "LineString", "coordinates": [[1, 3], [2, 3]]}, kind="door")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Two floors in metres, in the form of an export."""
    office = feature("a", polygon(OFFICE, [[1, 1], [1, 2], [2, 2], [2, 1]]), number="101", **{"class": "private"})
    ground = collection(office, feature("b", polygon(CORRIDOR)), DOOR, units="metre", storey="Ground Floor", level=0)
    upper = collection(
        feature("a", polygon(STORE), name={"de": "Lager", "en": "Store"}), units="metre", storey="Étage 1"
    )
    path = tmp_path / "model.json"
    path.write_bytes(json_bytes({"facility": {}, "floors": [ground, upper | {"level": 1}]}))
    return path


def written(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_floors_are_written_one_by_one_and_all_together(model: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"

    assert import_file(model, out) == ([out], [])

    values = written(out)
    assert [(floor["storey"], floor["level"], len(floor["features"])) for floor in values["floors"]] == [
        ("Ground Floor", 0, 3),
        ("Étage 1", 1, 1),
    ]
    office, _, door = values["floors"][0]["features"]
    assert office["properties"] == {"kind": "room", "id": "a", "number": "101", "class": "private", "area": 11.0}
    shell, hole = office["geometry"]["coordinates"]
    assert (shell[0], len(shell), hole[0], len(hole)) == (shell[-1], 5, hole[-1], 5)
    assert door["properties"] == {"kind": "door", "id": "d", "door_kind": "door", "rooms": ["b", "a"]}
    assert [one["properties"]["storey"] for one in values["features"]] == ["Ground Floor"] * 3 + ["Étage 1"]
    assert values["floors"][1]["features"][0]["properties"]["other_names"] == ["Store"]


def test_what_was_written_can_be_read_again_and_stays_the_same(model: Path, tmp_path: Path) -> None:
    once, again = tmp_path / "once.geojson", tmp_path / "again.geojson"
    import_file(model, once)

    import_file(once, again)

    assert written(again)["floors"][0] == written(once)["floors"][0]


def test_a_folder_gets_a_file_for_each_floor_in_order(model: Path, tmp_path: Path) -> None:
    files, _ = import_file(model, tmp_path / "floors")

    assert [file.name for file in files] == ["00-ground-floor.geojson", "01-etage-1.geojson"]
    assert written(files[1])["storey"] == "Étage 1"


def test_degrees_are_written_with_the_place_that_metres_are_counted_from(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_bytes(json_bytes(collection(feature("a", polygon(degrees(OFFICE)), name="A"))))

    import_file(tmp_path / "in.json", tmp_path / "out.geojson")

    values = written(tmp_path / "out.geojson")
    assert values["storey"] == "Floor"  # with one floor the file is that floor
    assert values["metres_per_degree"] == pytest.approx([111_319.49, 111_132.47])


def test_a_list_gives_the_rooms_their_names(model: Path, tmp_path: Path) -> None:
    (tmp_path / "rooms.csv").write_text("Number,Name,Department\n101,Exam room,Clinic\n", encoding="utf-8")

    _, remarks = import_file(model, tmp_path / "out.geojson", tmp_path / "rooms.csv")

    office = written(tmp_path / "out.geojson")["floors"][0]["features"][0]["properties"]
    assert (office["name"], office["department"]) == ("Exam room", "Clinic")
    assert remarks == ["Ground Floor: 1 of 2 rooms are in the list.", "Étage 1: 0 of 1 rooms are in the list."]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7", "zonemap trace"),
        (b"AC1032", "DWG"),
        (b"number,name\n1,a\n", "no model"),
        (b'{"features": [], "x": "Feature"' + b"[" * 100_000, "nested too deep|garbled"),
        (b"ISO-10303-21; IFC \0\1\2", "Export it again"),
    ],
)
def test_what_is_no_model_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        read_model(data)


def test_a_model_of_more_bytes_than_the_limit_is_refused_before_a_child_starts() -> None:
    with pytest.raises(TooLarge, match=r"105\.0 MB; the most is 100 MB"):
        read_model(b'{"Feature"'.ljust(105_000_000), limits=MODEL_LIMITS)


def test_only_a_list_is_read_as_a_list() -> None:
    assert [row.name for row in read_list(b"number,name\n1,a\n2,b\n")] == ["a", "b"]
    with pytest.raises(Invalid, match="no list of rooms"):
        read_list(b"%PDF-1.7")


def test_files_that_are_not_there_are_told_in_a_sentence(model: Path, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="cannot be read"):
        import_file(tmp_path / "missing.ifc", tmp_path / "out.geojson")
    with pytest.raises(Invalid, match="cannot be written"):
        import_file(model, model / "out.geojson")
