"""Rooms found on plans: how fast, against a flood fill of the same sheet; how well, and how much memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import shapely
from shapely.geometry import shape

from bench.measure import Row, Skipped
from zonemap.intake import dxf, pdf_lines, svg_lines
from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.tracing.cover import shared_walls
from zonemap.tracing.doors import find_in_linework, find_on_picture
from zonemap.tracing.lines import trace_linework
from zonemap.tracing.raster import guess_metres_per_pixel, room_candidates, trace_picture

SHEETS = Path(__file__).resolve().parents[2] / "shared" / "plans" / "derived"
CLINIC = SHEETS / "clinic-first-floor"
MISSING = "shared/plans beside the checkout"
FILES = {
    "plan.svg": (svg_lines.read_linework, "user_to_metre"),
    "plan.dxf": (dxf.read_linework, "unit_to_metre"),
    "plan.pdf": (pdf_lines.read_linework, "point_to_metre"),
    "scan.png": (None, "pixel_to_metre"),
}
CLICKS_MOST = 42  # of a sheet
FLOOR = "flood fill of the scan"
PLAIN = "OpenCV's threshold and components"


def rows() -> Iterator[Row | Skipped]:
    """The clinic's floor of 154 rooms as line work with layers, without, and as a scan."""
    if not CLINIC.exists():
        yield Skipped("rooms of the clinic traced", MISSING)
        return
    scan = _scan(CLINIC)
    for name in ("plan.dxf", "plan.pdf"):
        linework = _linework(CLINIC, name)
        options = TraceOptions(_metres(CLINIC, name))
        yield Row(f"clinic traced, {name}", _traced(linework, options), FLOOR, lambda: flood_fill(scan), rounds=3)
        yield Row(f"with doors, {name}", _whole(linework, options), PLAIN, lambda: components(scan), rounds=3)
    options = TraceOptions(_metres(CLINIC, "scan.png"))
    yield Row(
        "clinic traced, scan.png", lambda: trace_picture(scan, options), FLOOR, lambda: flood_fill(scan), rounds=3
    )
    yield Row("with doors, scan.png", lambda: whole_scan(scan, options), PLAIN, lambda: components(scan), rounds=3)
    yield Row("its scale guessed", lambda: guess_metres_per_pixel(scan), PLAIN, lambda: components(scan), rounds=3)
    middle = (scan.shape[1] / 2, scan.shape[0] / 2)
    yield Row(
        "one click on the scan",
        lambda: room_candidates(scan, middle, options),
        PLAIN,
        lambda: components(scan),
        rounds=3,
    )
    metres = _metres(CLINIC, "plan.dxf")
    rooms = trace_linework(_linework(CLINIC, "plan.dxf"), TraceOptions(metres))
    yield Row("walls shared", lambda: shared_walls(rooms, metres), FLOOR, lambda: flood_fill(scan), rounds=3)


def scores() -> Iterator[str]:
    """A line for each sheet and file: mean IoU and recall at 0.75, those of a flood fill, memory and seconds."""
    for folder in sorted(SHEETS.glob("*")) if SHEETS.exists() else ():
        if not folder.is_dir():
            continue
        regions = json.loads((folder / "trace_truth.geojson").read_text())["features"]
        truth = [shape(one["geometry"]) for one in regions if one["properties"]["closed_by_drawn_lines"]]
        floor = _score(truth, _in_metres(folder, "scan.png", flood_fill(_scan(folder))))
        yield f"{folder.name}: flood fill of the scan: mean IoU {floor[0]:.3f}, recall {floor[1]:.3f}"
        for name in FILES:
            found, megabytes, seconds = _in_a_process(folder, name)
            iou, recall = _score(truth, _in_metres(folder, name, found))
            used = f"{megabytes:.0f} MB, {seconds:.2f} s of processor"
            yield f"{folder.name}, {name}: mean IoU {iou:.3f}, recall {recall:.3f}, {used}"
        first, best, offered = _clicked(folder, truth)
        yield f"{folder.name}, {offered} clicks on the scan: mean IoU of the first {first:.3f}, of the best {best:.3f}"


def _clicked(folder: Path, truth: list[Any]) -> tuple[float, float, int]:
    """Mean IoU of the first room and of the best room that a click in a region offers, over at most 42 regions."""
    regions = truth[:: max(1, -(-len(truth) // CLICKS_MOST))]
    scan, options = _scan(folder), TraceOptions(_metres(folder, "scan.png"))
    (a, b, x), (c, d, y) = _matrix(folder, "scan.png")
    firsts, bests = [], []
    for region in regions:
        across, up = region.representative_point().coords[0]
        column, row = np.linalg.solve(np.array([[a, b], [c, d]]), (across - x, up - y)).tolist()
        rooms = [shapely.Polygon(one.ring, one.holes) for one in room_candidates(scan, (column, row), options)]
        same = [_score([region], _in_metres(folder, "scan.png", [room]))[0] for room in rooms] or [0.0]
        firsts.append(same[0])
        bests.append(max(same))
    return float(np.mean(firsts)), float(np.mean(bests)), len(regions)


def flood_fill(grey: Any) -> list[shapely.Polygon]:
    """What anybody would try first: the white areas between dark pixels, gaps in walls shut by closing."""
    ink = (grey < 140).astype(np.uint8)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((31, 31), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(1 - closed, connectivity=4)
    found = []
    for label in range(1, count):
        if not 1_000 < stats[label, cv2.CC_STAT_AREA] < grey.size / 3:
            continue
        outlines, _ = cv2.findContours((labels == label).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        ring = max(outlines, key=len).reshape(-1, 2)
        if len(ring) > 3:
            found.append(shapely.make_valid(shapely.Polygon(ring)))
    return found


def components(grey: Any) -> int:
    """The least that has to be done to find anything: ink told from paper, and the white areas numbered."""
    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return cv2.connectedComponentsWithStats(ink, connectivity=4)[0]


def whole_scan(grey: Any, options: TraceOptions) -> tuple[DraftRoom, ...]:
    """What the editor asks for: rooms, their doors, and shared walls."""
    rooms = trace_picture(grey, options)
    find_on_picture(grey, rooms, options)
    return shared_walls(rooms, options.metres_per_unit)


def traced(folder: Path, name: str) -> tuple[DraftRoom, ...]:
    """The rooms of a file, in its units."""
    options = TraceOptions(_metres(folder, name))
    if name == "scan.png":
        return trace_picture(_scan(folder), options)
    return trace_linework(_linework(folder, name), options)


def _traced(linework: Any, options: TraceOptions) -> Any:
    return lambda: trace_linework(linework, options)


def _whole(linework: Any, options: TraceOptions) -> Any:
    def act() -> tuple[DraftRoom, ...]:
        rooms = trace_linework(linework, options)
        find_in_linework(linework, rooms, options)
        return shared_walls(rooms, options.metres_per_unit)

    return act


def _in_a_process(folder: Path, name: str) -> tuple[list[shapely.Polygon], float, float]:
    """The rooms found, the most memory a process of its own took in megabytes, and its seconds of processor."""
    said = subprocess.run(
        [sys.executable, "-m", "bench.tracing", str(folder), name], check=True, capture_output=True, text=True
    )
    values = json.loads(said.stdout)
    rooms = [shapely.Polygon(ring, holes) for ring, holes in values["rooms"]]
    return rooms, values["kilobytes"] / 1000, values["seconds"]


def _linework(folder: Path, name: str) -> Any:
    read, _ = FILES[name]
    assert read is not None
    return read((folder / name).read_bytes())


def _scan(folder: Path) -> Any:
    return cv2.imread(str(folder / "scan.png"), cv2.IMREAD_GRAYSCALE)


def _matrix(folder: Path, name: str) -> Any:
    return json.loads((folder / "transform.json").read_text())[name][FILES[name][1]]


def _metres(folder: Path, name: str) -> float:
    (a, b, _), (c, d, _) = _matrix(folder, name)
    return float(abs(a * d - b * c) ** 0.5)


def _in_metres(folder: Path, name: str, found: list[shapely.Polygon]) -> Any:
    (a, b, x), (c, d, y) = _matrix(folder, name)
    moved = shapely.transform(np.array(found, dtype=object), lambda at: at @ np.array([[a, c], [b, d]]) + (x, y))
    return shapely.make_valid(moved)


def _score(truth: list[Any], found: Any) -> tuple[float, float]:
    """Mean of the best IoU of each room, and how many reach 0.75. (The catalogue's script pairs rooms one to one.)"""
    if len(found) == 0:
        return 0.0, 0.0
    best = [
        float(np.max(shapely.area(shapely.intersection(found, one)) / shapely.area(shapely.union(found, one))))
        for one in truth
    ]
    return float(np.mean(best)), float(np.mean(np.array(best) >= 0.75))


def _main(folder: str, name: str) -> None:
    cv2.setNumThreads(1)  # as in the child that reads uploads
    begin = time.process_time()
    rooms = [(room.ring, room.holes) for room in traced(Path(folder), name)]
    print(json.dumps({"rooms": rooms, "kilobytes": _peak_kilobytes(), "seconds": time.process_time() - begin}))


def _peak_kilobytes() -> int:
    """The most memory this process has had. (getrusage would count what its parent had before it.)"""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


if __name__ == "__main__":
    _main(*sys.argv[1:])
