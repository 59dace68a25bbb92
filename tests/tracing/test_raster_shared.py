"""How well the rooms of a real scanned sheet are found; the whole table is in ``bench``."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import shapely
import shapely.affinity
from shapely.geometry import Polygon, shape

from zonemap.model.draft import TraceOptions
from zonemap.tracing.raster import trace_picture

SHEETS = Path(__file__).resolve().parents[3] / "shared" / "plans" / "derived"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "iou", "recall"),
    [("duplex-level-1", 0.955, 1.0), pytest.param("office-level-2", 0.94, 0.93, marks=pytest.mark.long)],
)
def test_nineteen_of_twenty_rooms_of_a_scan_are_found(name: str, iou: float, recall: float) -> None:
    folder = SHEETS / name
    if not folder.exists():
        pytest.skip("There are no shared/plans beside the checkout.")
    sheet = json.loads((folder / "transform.json").read_text())["scan.png"]
    (a, b, x), (c, d, y) = sheet["metre_to_pixel"]
    truth = [
        shapely.affinity.affine_transform(shape(feature["geometry"]), [a, b, c, d, x, y])
        for feature in json.loads((folder / "trace_truth.geojson").read_text())["features"]
        if feature["properties"]["closed_by_drawn_lines"]
    ]
    grey = np.asarray(cv2.imread(str(folder / "scan.png"), cv2.IMREAD_GRAYSCALE), dtype=np.uint8)

    rooms = [Polygon(room.ring, room.holes) for room in trace_picture(grey, TraceOptions(sheet["metres_per_pixel"]))]

    assert all(room.is_valid for room in rooms)
    best = [max(room.intersection(area).area / room.union(area).area for room in rooms) for area in truth]
    assert np.mean(best) >= iou
    assert np.mean([score >= 0.75 for score in best]) >= recall
