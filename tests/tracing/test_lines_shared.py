"""How well the rooms of real sheets are found in their line work; more figures are in ``bench``."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from tests.tracing.drawn import polygons
from zonemap.intake import dxf, pdf_lines, svg_lines
from zonemap.model.draft import TraceOptions
from zonemap.tracing.cover import shared_walls
from zonemap.tracing.lines import guess_metres_per_unit, trace_linework

SHEETS = Path(__file__).resolve().parents[3] / "shared" / "plans" / "derived"
CLINIC, OFFICE, DUPLEX = "clinic-first-floor", "office-level-2", "duplex-level-1"
READERS = {
    "plan.dxf": (dxf.read_linework, "unit_to_metre"),
    "plan.svg": (svg_lines.read_linework, "user_to_metre"),
    "plan.pdf": (pdf_lines.read_linework, "point_to_metre"),
}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("sheet", "file", "iou", "recall"),
    [
        (CLINIC, "plan.dxf", 0.97, 0.98),
        (OFFICE, "plan.svg", 0.99, 1.0),
        (DUPLEX, "plan.svg", 0.97, 1.0),
        pytest.param(CLINIC, "plan.pdf", 0.96, 0.95, marks=pytest.mark.long),  # no layers
        (OFFICE, "plan.pdf", 0.99, 1.0),
        (DUPLEX, "plan.pdf", 0.95, 1.0),
    ],
)
def test_rooms_of_a_real_sheet_are_found_at_the_scale_that_it_states(
    sheet: str, file: str, iou: float, recall: float
) -> None:
    folder = SHEETS / sheet
    if not folder.exists():
        pytest.skip("There are no shared/plans beside the checkout.")
    read, matrix = READERS[file]
    (a, b, x), (c, d, y) = json.loads((folder / "transform.json").read_text())[file][matrix]
    regions = json.loads((folder / "trace_truth.geojson").read_text())["features"]
    truth = [shape(one["geometry"]) for one in regions if one["properties"]["closed_by_drawn_lines"]]

    linework = read((folder / file).read_bytes())
    scale = guess_metres_per_unit(linework)
    assert scale == pytest.approx(abs(a * d - b * c) ** 0.5, rel=1e-3)
    rooms = trace_linework(linework, TraceOptions(scale))

    found = shapely.transform(polygons(rooms), lambda points: points @ np.array([[a, c], [b, d]]) + (x, y))
    best = [
        np.max(shapely.area(shapely.intersection(found, one)) / shapely.area(shapely.union(found, one)))
        for one in truth
    ]
    assert np.mean(best) >= iou
    assert np.mean(np.array(best) >= 0.75) >= recall
    assert shapely.coverage_is_valid(polygons(shared_walls(rooms, scale)))
