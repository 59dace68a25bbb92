"""The figures that tracing must reach on scanned sheets of real buildings, rooms and doors together."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.model.plan import DoorKind
from zonemap.tracing.doors import find_on_picture
from zonemap.tracing.raster import room_candidates, trace_picture
from zonemap.work.trace import trace_file

PLANS = Path(__file__).resolve().parents[3] / "shared" / "plans"
CLINIC, OFFICE, DUPLEX = "clinic-first-floor", "office-level-2", "duplex-level-1"
NEAR = 0.5  # metres between the middles of a door and of what was found
CLICKED = 5  # every fifth region is clicked in

pytestmark = [pytest.mark.shared, pytest.mark.long]


class Sheet:
    """A scan with what stands on it, in metres."""

    def __init__(self, folder: str, file: str) -> None:
        self.folder = PLANS / "derived" / folder
        if not self.folder.exists():
            pytest.skip("There are no shared/plans beside the checkout.")
        transform = json.loads((self.folder / "transform.json").read_text())
        self.grey = np.asarray(cv2.imread(str(self.folder / file), cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
        (a, b, x), (c, d, y) = transform["scan.png"]["pixel_to_metre"]
        self.turn, self.shift = np.array([[a, c], [b, d]]), np.array([x, y])
        self.options = TraceOptions(transform["scan.png"]["metres_per_pixel"])
        self.doors = [
            np.array(shape(feature["geometry"]).interpolate(0.5, normalized=True).coords[0])
            for feature in json.loads((PLANS / transform["truth"]).read_text())["features"]
            if feature["properties"]["kind"] == "door"
        ]
        self.regions = [
            shape(feature["geometry"])
            for feature in json.loads((self.folder / "trace_truth.geojson").read_text())["features"]
            if feature["properties"]["closed_by_drawn_lines"]
        ]

    def in_metres(self, points: Any) -> Any:
        return np.asarray(points) @ self.turn + self.shift

    def in_pixels(self, point: tuple[float, float]) -> tuple[float, float]:
        x, y = ((np.array(point) - self.shift) @ np.linalg.inv(self.turn)).tolist()
        return x, y

    def best(self, region: shapely.Polygon, rooms: tuple[DraftRoom, ...]) -> float:
        polygons = [shapely.transform(shapely.Polygon(room.ring, room.holes), self.in_metres) for room in rooms]
        return max((one.intersection(region).area / one.union(region).area for one in polygons), default=0.0)


@pytest.mark.parametrize(
    ("folder", "file", "iou", "recall", "found", "false"),
    [
        (CLINIC, "scan.png", 0.965, 0.97, 0.95, 0.01),
        (CLINIC, "scan.jpg", 0.955, 0.95, 0.94, 0.01),
        (OFFICE, "scan.png", 0.965, 0.96, 0.97, 0.03),
        (OFFICE, "scan.jpg", 0.965, 0.96, 0.97, 0.03),
        (DUPLEX, "scan.png", 0.955, 1.0, 1.0, 0.0),
        (DUPLEX, "scan.jpg", 0.955, 1.0, 1.0, 0.0),
    ],
)
def test_rooms_and_doors_of_a_scan_are_found(
    folder: str, file: str, iou: float, recall: float, found: float, false: float
) -> None:
    sheet = Sheet(folder, file)

    rooms = trace_picture(sheet.grey, sheet.options)
    drafts = find_on_picture(sheet.grey, rooms, sheet.options)

    best = [sheet.best(region, rooms) for region in sheet.regions]
    assert np.mean(best) >= iou
    assert np.mean(np.array(best) >= 0.75) >= recall
    left = {door.id: sheet.in_metres(np.mean(door.jambs, axis=0)) for door in drafts}
    there = 0
    for door in sheet.doors:
        nearest = min(left, key=lambda key: math.dist(left[key], door), default="")
        if nearest and math.dist(left[nearest], door) < NEAR:
            there += 1
            del left[nearest]
    leaves = [door.id for door in drafts if door.kind is DoorKind.DOOR]
    assert there >= found * len(sheet.doors)
    assert len(left.keys() & set(leaves)) <= false * len(leaves)  # openings without a leaf are no doors, and say so


@pytest.mark.parametrize("times", [0.97, 0.985, 0.9998, 1.015, 1.03])
@pytest.mark.parametrize(("folder", "iou"), [(CLINIC, 0.969), (OFFICE, 0.972), (DUPLEX, 0.961)])
def test_a_scale_that_is_a_little_off_makes_no_other_rooms(folder: str, iou: float, times: float) -> None:
    sheet = Sheet(folder, "scan.png")

    rooms = trace_picture(sheet.grey, TraceOptions(times * sheet.options.metres_per_unit))

    assert abs(np.mean([sheet.best(region, rooms) for region in sheet.regions]) - iou) <= 0.02


@pytest.mark.parametrize(
    ("folder", "iou", "recall"), [(CLINIC, 0.95, 0.95), (OFFICE, 0.96, 0.96), (DUPLEX, 0.92, 0.95)]
)
def test_rooms_of_a_scan_in_a_pdf_are_found_at_the_scale_that_is_guessed(
    folder: str, iou: float, recall: float, tmp_path: Path
) -> None:
    sheet = Sheet(folder, "scan.jpg")

    trace_file(sheet.folder / "scan.pdf", tmp_path / "rooms.geojson", labels=False)

    found = json.loads((tmp_path / "rooms.geojson").read_text())["features"]
    height, width = sheet.grey.shape
    polygons = [shape(feature["geometry"]) for feature in found]
    holes = [tuple(tuple(hole.coords) for hole in one.interiors) for one in polygons]
    rooms = tuple(DraftRoom("r", tuple(one.exterior.coords), inner) for one, inner in zip(polygons, holes, strict=True))
    assert max(one.bounds[2] for one in polygons) <= width  # the pixels of the PDF's picture, and of scan.jpg
    assert max(one.bounds[3] for one in polygons) <= height
    best = [sheet.best(region, rooms) for region in sheet.regions]
    assert np.mean(best) >= iou
    assert np.mean(np.array(best) >= 0.75) >= recall


@pytest.mark.parametrize(("folder", "iou"), [(CLINIC, 0.96), (OFFICE, 0.96), (DUPLEX, 0.96)])
def test_one_of_the_rooms_offered_on_a_click_is_the_right_one(folder: str, iou: float) -> None:
    sheet = Sheet(folder, "scan.png")
    regions = sheet.regions[:: CLICKED if len(sheet.regions) > CLICKED**2 else 1]

    clicks = [sheet.in_pixels(region.representative_point().coords[0]) for region in regions]
    offered = [room_candidates(sheet.grey, click, sheet.options) for click in clicks]

    best = [sheet.best(region, rooms) for region, rooms in zip(regions, offered, strict=True)]
    assert np.mean(best) >= iou
