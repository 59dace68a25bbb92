"""Labels of real plans, where the shared plans are at hand: found, and put on the right rooms."""

from __future__ import annotations

import importlib
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from zonemap.intake.dxf import read_linework as read_dxf
from zonemap.intake.guard import label
from zonemap.intake.pdf_lines import read_linework as read_pdf
from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.model.plan import Point
from zonemap.tracing.labels import attach
from zonemap.tracing.labels_stacks import stacks_of
from zonemap.tracing.labels_words import lines_of

PLANS = Path(__file__).parents[3] / "shared" / "plans"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not PLANS.is_dir(), reason="../shared/plans is not here"),
]
CLINIC = PLANS / "derived/clinic-first-floor"


def clinic_rooms(to_file: list[list[float]]) -> tuple[list[DraftRoom], list[tuple[str, str]]]:
    """The true rooms in the file's own units, and their labels."""
    (a, b, c), (d, e, f) = to_file

    def moved(ring: Any) -> tuple[Point, ...]:
        return tuple((a * x + b * y + c, d * x + e * y + f) for x, y in ring[:-1])

    features = json.loads((PLANS / "truth/clinic/00-first-floor.geojson").read_text())["features"]
    rooms = [each for each in features if each["properties"]["kind"] == "room"]
    rings = [[moved(ring) for ring in room["geometry"]["coordinates"]] for room in rooms]
    drafts = [DraftRoom(str(at), ring[0], tuple(ring[1:])) for at, ring in enumerate(rings)]
    return drafts, [(room["properties"]["number"], room["properties"]["name"]) for room in rooms]


@pytest.mark.parametrize(
    ("file", "reader", "key", "metres_per_unit"),
    [
        ("plan.dxf", "dxf", None, 0.001),
        ("plan.svg", "svg_lines", "metre_to_user", 0.2),
        ("plan.pdf", "pdf_lines", "metre_to_point", 0.0705556),
    ],
)
def test_99_of_100_labels_of_the_clinic_stand_on_their_rooms(
    file: str, reader: str, key: str | None, metres_per_unit: float
) -> None:
    transforms = json.loads((CLINIC / "transform.json").read_text())
    rooms, truth = clinic_rooms([[1000, 0, 0], [0, 1000, 0]] if key is None else transforms[file][key])
    linework = importlib.import_module(f"zonemap.intake.{reader}").read_linework((CLINIC / file).read_bytes())
    found = [(room.number, room.name) for room in attach(rooms, linework.texts, metres_per_unit)]
    right = sum(one == other for one, other in zip(found, truth, strict=True))
    assert right >= 0.99 * len(truth) == 0.99 * 154
    doors = [arc for arc in linework.arcs if 0.6 < arc.radius * metres_per_unit < 1.3 and 60 < abs(arc.sweep) < 100]
    assert len(doors) > 100


@pytest.mark.long
@pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="zonemap[ocr] is not installed")
def test_nine_of_ten_room_numbers_of_the_clinic_s_scan_stand_on_their_rooms() -> None:
    transform = json.loads((CLINIC / "transform.json").read_text())["scan.png"]
    rooms, truth = clinic_rooms(transform["metre_to_pixel"])
    options = TraceOptions(transform["metres_per_pixel"])

    named = label((CLINIC / "scan.png").read_bytes(), tuple(rooms), options).rooms

    right = sum(room.number == number for room, (number, _) in zip(named, truth, strict=True))
    assert right >= 0.9 * len(truth), f"{right} of {len(truth)}"


@pytest.mark.parametrize("floor", [1, 3])
def test_all_room_numbers_of_the_cmu_pages_are_found_in_their_places(floor: int) -> None:
    truth = json.loads((PLANS / f"truth/nsh/labels-{floor}.json").read_text())
    width, height = truth["page_pt"]
    linework = read_pdf((PLANS / f"files/local-only/pdf/NSH-{floor}.pdf").read_bytes())
    there = {(text.text, round(text.place[0]), round(text.place[1])) for text in linework.texts}

    def is_found(label: Any) -> bool:
        x, y = width - label["y"], height - label["x"]  # the page is turned by 90 degrees
        return any((label["text"], round(x) + dx, round(y) + dy) in there for dx in (-1, 0, 1) for dy in (-1, 0, 1))

    assert sum(map(is_found, truth["labels"])) >= 0.99 * len(truth["labels"])


def test_the_labels_of_the_house_are_found_whole() -> None:
    linework = read_dxf((PLANS / "files/shareable/dxf/house-bishop-overland.dxf").read_bytes())
    lines = lines_of(linework.texts)
    found = [(stack.number, stack.name) for stack in stacks_of(lines, [None] * len(lines), y_down=False)]
    for name in ("2 CAR GARAGE", "KITCHEN", "ENTRY", "UTIL.", "Pantry", "GREAT ROOM", "HALL", "DINING ROOM", "BATH"):
        assert ("", name) in found
    for name in ("COVERED DECK", "MASTER BEDROOM", "COVERED PORCH", "MSTR. BATH", "TOIL.", "BEDROOM 2", "BEDROOM 3"):
        assert ("", name) in found
    assert not any(name.endswith(("XO", "SH")) for _, name in found)  # windows
