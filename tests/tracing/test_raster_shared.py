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

SHEET = Path(__file__).resolve().parents[3] / "shared" / "plans" / "derived" / "office-level-2"


@pytest.mark.shared
def test_nineteen_of_twenty_rooms_of_a_scanned_office_are_found() -> None:
    if not SHEET.exists():
        pytest.skip("There are no shared/plans beside the checkout.")
    sheet = json.loads((SHEET / "transform.json").read_text())["scan.png"]
    (a, b, x), (c, d, y) = sheet["metre_to_pixel"]
    truth = [
        shapely.affinity.affine_transform(shape(feature["geometry"]), [a, b, c, d, x, y])
        for feature in json.loads((SHEET / "trace_truth.geojson").read_text())["features"]
        if feature["properties"]["closed_by_drawn_lines"]
    ]
    grey = np.asarray(cv2.imread(str(SHEET / "scan.png"), cv2.IMREAD_GRAYSCALE), dtype=np.uint8)

    rooms = [Polygon(room.ring, room.holes) for room in trace_picture(grey, TraceOptions(sheet["metres_per_pixel"]))]

    assert all(room.is_valid for room in rooms)
    best = [max(room.intersection(area).area / room.union(area).area for room in rooms) for area in truth]
    assert np.mean(best) >= 0.94
    assert np.mean([score >= 0.75 for score in best]) >= 0.93
