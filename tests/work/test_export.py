"""What is exported is GeoJSON of the floors as they are saved, the same bytes each time."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import pytest

from zonemap.errors import Invalid, NotFound
from zonemap.model.facility import Designation
from zonemap.work.export import export_facility, facility_collection


def features(collection, kind):
    return [each for each in collection["features"] if each["properties"]["kind"] == kind]


def test_rooms_and_doors_are_written_in_metres_with_class_number_and_name(store, stored_floor, facility):
    values = facility_collection(store, facility.id)
    (floor,) = values["floors"]
    rooms, doors = features(floor, "room"), features(floor, "door")

    assert values["facility"]["name"] == "Larkspur Clinic"
    assert values["facility"]["site_kind"] == "clinic"
    assert floor["type"] == "FeatureCollection"
    assert floor["coordinate_system"] == "local metres, x right, y up (NOT longitude/latitude)"
    assert floor["floor"] == {
        "id": stored_floor.id,
        "facility_id": facility.id,
        "name": "First floor",
        "level": 0,
        "version": 1,
        "picture": {"id": "91c0" * 8, "width_px": 1200, "height_px": 400},
        "scale": {"metres_per_pixel": 0.01, "check_error": 0.002},
    }
    assert floor["designation"] is None
    assert rooms[1]["properties"] == {
        "kind": "room",
        "id": "room2",
        "number": "102",
        "name": "Exam",
        "class": "private",
        "area": 16.0,
    }
    assert rooms[0]["geometry"] == {
        "type": "Polygon",
        "coordinates": [[[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]],
    }
    assert doors[0]["properties"]["rooms"] == ["room1", None]
    assert doors[1]["geometry"] == {"type": "LineString", "coordinates": [[4.0, 1.0], [4.0, 2.0]]}


def test_every_ring_is_closed_and_runs_counterclockwise(store, stored_facility, floor, now):
    turned = replace(floor, rooms=tuple(replace(room, ring=room.ring[::-1]) for room in floor.rooms))
    with store.begin() as books:
        books.floors.add(turned, saved_at=now, saved_by="Ana")

    (collection,) = facility_collection(store, stored_facility.id)["floors"]

    for room in features(collection, "room"):
        (ring,) = room["geometry"]["coordinates"]
        assert ring[0] == ring[-1]
        assert sum(ax * by - bx * ay for (ax, ay), (bx, by) in itertools.pairwise(ring)) > 0


def test_a_facility_is_found_by_its_name_and_an_unknown_one_is_not(store, stored_floor, facility):
    assert facility_collection(store, "larkspur clinic") == facility_collection(store, facility.id)
    with pytest.raises(NotFound, match="Nowhere"):
        facility_collection(store, "Nowhere")


def test_the_designation_is_named_and_whether_the_draft_has_moved_on(store, stored_floor, facility, now):
    with store.begin() as books:
        books.designations.add(Designation("d" * 32, facility, stored_floor, 1, 1, now, "Ana Ruiz"))
    (before,) = facility_collection(store, facility.id)["floors"]
    with store.begin() as books:
        books.floors.save(replace(stored_floor, doors=()), 1, saved_at=now, saved_by="Ana Ruiz")
    (after,) = facility_collection(store, facility.id)["floors"]

    assert before["designation"] == {
        "number": 1,
        "designated_at": now.isoformat(),
        "designated_by": "Ana Ruiz",
        "draft_is_the_same": True,
    }
    assert after["designation"]["draft_is_the_same"] is False
    assert features(after, "door") == []


def test_the_file_holds_the_same_values_and_the_same_bytes_twice(store, stored_floor, facility, tmp_path):
    first, second = tmp_path / "first.json", tmp_path / "second.json"

    export_facility(store, facility.id, first)
    export_facility(store, facility.id, second)

    assert json.loads(first.read_text(encoding="utf-8")) == facility_collection(store, facility.id)
    assert first.read_bytes() == second.read_bytes()


def test_a_file_that_cannot_be_written_is_told(store, stored_floor, facility, tmp_path):
    with pytest.raises(Invalid, match="cannot be written"):
        export_facility(store, facility.id, tmp_path / "no folder" / "file.json")
