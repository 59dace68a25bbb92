"""The real clinic floor: where its rooms, doors and scale bar lie on the scan, all from the truth beside it."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import shapely

Point = tuple[float, float]
PLANS = Path(__file__).resolve().parents[3] / "shared" / "plans"
SHEET = PLANS / "derived" / "clinic-first-floor"
SCAN = SHEET / "scan.png"


class Clinic:
    """Truth in the building's metres, turned into pixels of the scan and, by a scale, into metres of the sheet."""

    @cached_property
    def transform(self) -> dict[str, Any]:
        return dict(json.loads((SHEET / "transform.json").read_text()))

    @cached_property
    def _features(self) -> list[dict[str, Any]]:
        found = json.loads((PLANS / self.transform["truth"]).read_text())
        return list(found["features"])

    @property
    def metres_per_pixel(self) -> float:
        return float(self.transform["scan.png"]["metres_per_pixel"])

    def pixel(self, metre: Point) -> Point:
        """A pixel of the scan, from the top left."""
        (a, b, c), (d, e, f) = self.transform["scan.png"]["metre_to_pixel"]
        x, y = metre
        return a * x + b * y + c, d * x + e * y + f

    def on_sheet(self, metre: Point, metres_per_pixel: float) -> Point:
        """Metres on the sheet, by the scale that was set."""
        u, v = self.pixel(metre)
        height = self.transform["scan.png"]["size"][1]
        return u * metres_per_pixel, (height - v) * metres_per_pixel

    def scale_bar(self) -> tuple[Point, Point, float]:
        """Both ends of the drawn scale bar in pixels of the scan, and how many metres it stands for.

        Its millimetres on the sheet are found in plan.svg, which draws the same sheet: the marks 0 m and 10 m.
        """
        names = {"svg": "http://www.w3.org/2000/svg"}
        from lxml import etree

        root = etree.parse(SHEET / "plan.svg").getroot()
        marks = {text.text: text for text in root.iterfind(".//svg:text", names)}
        bars = [path.get("d") for path in root.iterfind(".//svg:path", names)]
        ends = [float(marks[name].get("x")) for name in ("0 m", "10 m")]
        low = next(d for d in bars if d.startswith(f"M{ends[0]:.3f},")).split(" ")[0]
        level = float(low.split(",")[1])
        first, last = (self.pixel(self._from_svg((x, level))) for x in ends)
        return first, last, 10.0

    def ring(self, number: str) -> list[Point]:
        """The outline of a room in the building's metres, without niches under 40 cm: what a person would click."""
        shape = shapely.Polygon(self._feature("room", "number", number)["geometry"]["coordinates"][0])
        plain = shape.simplify(0.4)
        return [(x, y) for x, y in plain.exterior.coords[:-1]]

    def truth(self, number: str) -> shapely.Polygon:
        return shapely.Polygon(self._feature("room", "number", number)["geometry"]["coordinates"][0])

    def door(self, mark: str) -> Point:
        """The middle of a door in the building's metres."""
        (ax, ay), (bx, by) = self._feature("door", "mark", mark)["geometry"]["coordinates"]
        return (ax + bx) / 2, (ay + by) / 2

    def _feature(self, kind: str, key: str, value: str) -> dict[str, Any]:
        return next(
            each
            for each in self._features
            if each["properties"]["kind"] == kind and each["properties"].get(key) == value
        )

    def _from_svg(self, point: Point) -> Point:
        (a, b, c), (d, e, f) = self.transform["plan.svg"]["user_to_metre"]
        x, y = point
        return a * x + b * y + c, d * x + e * y + f
