"""A small floor drawn on the spot, as the files that people have: two rooms side by side, a corridor below them."""

from __future__ import annotations

import json
from io import StringIO

import ezdxf
import ezdxf.units

# Wall pieces in metres, x from the left and y from the top: left, top, right, bottom. Gaps are doors.
WALLS = (
    (0, 0, 12, 0.2), (0, 7.8, 12, 8), (0, 0, 0.2, 8), (11.8, 0, 12, 5.9), (11.8, 6.9, 12, 8),
    (5.9, 0, 6.1, 5), (0, 4.9, 2, 5.1), (3, 4.9, 8, 5.1), (9, 4.9, 12, 5.1),
)  # fmt: skip
LABELS = {"101": (3, 2.5), "102": (9, 2.5), "100": (6, 6.5)}
TABLE = '<g id="A-FURN"><rect x="100" y="50" width="60" height="40" fill="none" stroke="black"/></g>'
UNITS = 50  # SVG user units to a metre


def svg(walls: tuple[tuple[float, float, float, float], ...] = WALLS) -> bytes:
    """The floor as SVG with a layer of walls, two centimetres a unit."""
    boxes = "".join(
        f'<rect x="{left * UNITS}" y="{top * UNITS}" width="{(right - left) * UNITS}" height="{(low - top) * UNITS}"/>'
        for left, top, right, low in walls
    )
    texts = "".join(
        f'<text x="{x * UNITS}" y="{y * UNITS}" font-size="20" text-anchor="middle">{label}</text>'
        for label, (x, y) in LABELS.items()
    )
    layers = f'<g id="A-WALL">{boxes}</g>{TABLE}<g id="A-TEXT">{texts}</g>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-50 -50 700 500">{layers}</svg>'.encode()


def dxf() -> bytes:
    """The walls as a DXF drawing in millimetres."""
    drawing = ezdxf.new()
    drawing.units = ezdxf.units.MM
    for left, top, right, low in WALLS:
        corners = [(left, -top), (right, -top), (right, -low), (left, -low)]
        places = [(x * 1000, y * 1000) for x, y in corners]
        drawing.modelspace().add_lwpolyline(places, close=True, dxfattribs={"layer": "A-WALL"})
    out = StringIO()
    drawing.write(out)
    return out.getvalue().encode()


def geojson(*floors: str) -> bytes:
    """The same as a model of a building, each floor with two rooms and a door between them."""
    features = []
    for level, name in enumerate(floors):
        for number, left in (("1", 0.0), ("2", 5.0)):
            ring = [[left, 0.0], [left + 5, 0.0], [left + 5, 4.0], [left, 4.0], [left, 0.0]]
            told = {"kind": "room", "id": f"{name}{number}", "number": f"{level}0{number}", "name": "Exam room"}
            features.append(feature({**told, "level": level}, "Polygon", [ring]))
        door = {"kind": "door", "id": f"{name}-d", "rooms": [f"{name}1", f"{name}2"], "level": level}
        features.append(feature(door, "LineString", [[5.0, 1.0], [5.0, 1.9]]))
    return json.dumps({"type": "FeatureCollection", "units": "metre", "features": features}).encode()


def feature(properties: dict[str, object], kind: str, coordinates: list[object]) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}
