"""How many doors of a real sheet are found, each between its two rooms; rooms are given as they truly are."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import shapely.affinity
from shapely.geometry import shape

from zonemap.intake import dxf
from zonemap.model.draft import DraftDoor, DraftRoom, TraceOptions
from zonemap.tracing.doors import find_in_linework, find_on_picture

PLANS = Path(__file__).resolve().parents[3] / "shared" / "plans"
SHEET = PLANS / "derived" / "clinic-first-floor"
NEAR = 0.5  # metres between the middles of a door and of what was found

pytestmark = pytest.mark.shared


def drawn_in(matrix: list[list[float]], feature: dict[str, Any]) -> shapely.Geometry:
    (a, b, x), (c, d, y) = matrix
    return shapely.affinity.affine_transform(shape(feature["geometry"]), [a, b, c, d, x, y])


def regions(matrix: list[list[float]]) -> tuple[tuple[DraftRoom, ...], dict[str, str]]:
    """What can be told apart on the sheet, and the region that each room is a part of."""
    found, part_of = [], {}
    for number, feature in enumerate(json.loads((SHEET / "trace_truth.geojson").read_text())["features"]):
        area = drawn_in(matrix, feature)
        holes = tuple(tuple(hole.coords[:-1]) for hole in area.interiors)
        found.append(DraftRoom(f"region {number}", tuple(area.exterior.coords[:-1]), holes))
        part_of.update(dict.fromkeys(feature["properties"]["rooms"], f"region {number}"))
    return tuple(found), part_of


def true_doors(matrix: list[list[float]]) -> Iterator[tuple[shapely.Point, list[str]]]:
    plan = PLANS / json.loads((SHEET / "transform.json").read_text())["truth"]
    for feature in json.loads(plan.read_text())["features"]:
        if feature["properties"]["kind"] == "door":
            yield drawn_in(matrix, feature).interpolate(0.5, normalized=True), feature["properties"]["rooms"]


def scores(
    found: tuple[DraftDoor, ...], matrix: list[list[float]], part_of: dict[str, str], metres: float
) -> tuple[float, float, float]:
    """Shares of the doors that are there, of those that join the right places, and of what was found and is none."""
    left = {door.id: door for door in found}
    there = right = total = 0
    for place, rooms in true_doors(matrix):
        total += 1
        away = {key: math.dist(np.mean(door.jambs, axis=0), place.coords[0]) * metres for key, door in left.items()}
        nearest = min(away, key=lambda key: away[key], default="")
        if nearest and away[nearest] < NEAR:
            there += 1
            joined = set(left.pop(nearest).rooms) - {None}
            right += joined == {part_of[room] for room in rooms}
    return there / total, right / total, len(left) / len(found)


@pytest.fixture(scope="module")
def transform() -> dict[str, Any]:
    if not SHEET.exists():
        pytest.skip("There are no shared/plans beside the checkout.")
    read: dict[str, Any] = json.loads((SHEET / "transform.json").read_text())
    return read


def test_nineteen_of_twenty_doors_of_a_drawing_are_found(transform: dict[str, Any]) -> None:
    metres = transform["plan.dxf"]["unit_to_metre"][0][0]
    matrix = [[1 / metres, 0.0, 0.0], [0.0, 1 / metres, 0.0]]
    rooms, part_of = regions(matrix)
    linework = dxf.read_linework((SHEET / "plan.dxf").read_bytes())

    there, right, false = scores(find_in_linework(linework, rooms, TraceOptions(metres)), matrix, part_of, metres)

    assert there >= 0.97  # three of the doors stand in the model twice
    assert right >= 0.96
    assert false <= 0.02


def test_nineteen_of_twenty_doors_of_a_scan_are_found(transform: dict[str, Any]) -> None:
    matrix, metres = transform["scan.png"]["metre_to_pixel"], transform["scan.png"]["metres_per_pixel"]
    rooms, part_of = regions(matrix)
    grey = np.asarray(cv2.imread(str(SHEET / "scan.png"), cv2.IMREAD_GRAYSCALE), dtype=np.uint8)

    there, right, false = scores(find_on_picture(grey, rooms, TraceOptions(metres)), matrix, part_of, metres)

    assert there >= 0.95
    assert right >= 0.93
    assert false <= 0.05
