"""Plans traced through the child, as the command line does, and what is written of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely
from PIL import Image, ImageDraw
from shapely.geometry import shape

from tests.tracing.drawn import ROOMS, STEP, TRUTH, plan
from zonemap.errors import Invalid
from zonemap.work.trace import trace_file

SCALE = 0.1  # metres a unit: 1:100 in millimetres


def svg_of(folder: Path, *, number: str = "101") -> Path:
    """The plan at 1:100 on A4, in millimetres, y down, with a number in each room and its scale written on it."""
    drawn = plan(layers=True)
    lines = []
    for stroke in drawn.strokes:
        points = " ".join(f"{30 + x / SCALE:.3f},{100 - y / SCALE:.3f}" for x, y in stroke.points)
        tag = "polygon" if stroke.closed else "polyline"
        lines.append(
            f'<g id="{stroke.layer}"><{tag} points="{points}" fill="none" stroke="#000" stroke-width="0.2"/></g>'
        )
    texts = [
        f'<text x="{30 + (STEP * at + 2) / SCALE}" y="80" font-size="3" text-anchor="middle">{int(number) + at}</text>'
        for at in range(ROOMS)
    ]
    path = folder / "plan.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 297 210">'
        + "".join(lines)
        + "".join(texts)
        + '<text x="30" y="190" font-size="3">SCALE 1:100</text></svg>'
    )
    return path


def test_rooms_are_written_in_the_units_of_the_file_with_their_numbers(tmp_path: Path) -> None:
    out = tmp_path / "rooms.geojson"

    said = trace_file(svg_of(tmp_path), out)

    values = json.loads(out.read_text(encoding="utf-8"))
    assert values["type"] == "FeatureCollection"
    assert "y down" in values["units"]
    assert values["metres_per_unit"] == pytest.approx(SCALE)
    rooms = {feature["properties"]["number"]: shape(feature["geometry"]) for feature in values["features"]}
    assert sorted(rooms) == ["101", "102", "103"]
    first = shapely.transform(rooms["101"], lambda points: (points - (30, 100)) * (SCALE, -SCALE))
    assert first.intersection(TRUTH[0]).area / first.union(TRUTH[0]).area > 0.97
    assert said[0] == "3 rooms."
    assert "a guess" in said[1]


def test_layers_that_are_not_there_are_refused_naming_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"no layer 'WALLS' in this file. Its layers are: .*WAND"):
        trace_file(svg_of(tmp_path), tmp_path / "out.json", scale=SCALE, layers=["WALLS"])


def test_a_picture_is_given_in_its_pixels(tmp_path: Path) -> None:
    image = Image.new("L", (700, 400), 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle((50, 50, 650, 350), outline=0, width=10)
    draw.rectangle((345, 50, 355, 350), fill=0)
    image.save(tmp_path / "plan.png")

    trace_file(tmp_path / "plan.png", tmp_path / "out.json", scale=0.02)

    values = json.loads((tmp_path / "out.json").read_text())
    boxes = sorted(shape(feature["geometry"]).bounds for feature in values["features"])
    assert "pixel" in values["units"]
    assert boxes == [pytest.approx((60, 60, 345, 341), abs=4), pytest.approx((356, 60, 641, 341), abs=4)]


@pytest.mark.parametrize(
    ("data", "page", "scale", "says"),
    [
        (b"nothing that is known", None, None, "PDF, SVG, PNG or JPEG|PDF"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', 2, None, "Only a PDF has pages"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', None, -1.0, "how many metres"),
    ],
)
def test_what_cannot_be_traced_is_refused_with_what_to_do(
    data: bytes, page: int | None, scale: float | None, says: str, tmp_path: Path
) -> None:
    (tmp_path / "plan").write_bytes(data)
    with pytest.raises(Invalid, match=says):
        trace_file(tmp_path / "plan", tmp_path / "out.json", page=page, scale=scale)


def test_files_that_are_not_there_or_cannot_be_written_are_named(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"missing.pdf cannot be read"):
        trace_file(tmp_path / "missing.pdf", tmp_path / "out.json")
    with pytest.raises(Invalid, match=r"cannot be written"):
        trace_file(svg_of(tmp_path), tmp_path / "no" / "out.json", scale=SCALE)
