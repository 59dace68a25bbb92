"""Draws the sample clinic and writes it down: sample-clinic.svg, .png and .json, always the same.

    python floorplans/draw_sample.py

Needs what zonemap needs. The PNG is the drawing as an office scanner sees it; the JSON lies exactly over it.
"""

from __future__ import annotations

import importlib.util
import json
import random
import tempfile
from io import BytesIO
from pathlib import Path

import juniper as clinic
import shapely
import typst
from drafting import FOOT, ORIGIN, SHEET, Board
from fitting import fit_out
from PIL import Image, ImageChops, ImageFilter
from shell import wall_shapes, walls
from titling import annotate

HERE = Path(__file__).resolve().parent
DPI = 200
METRES_PER_PIXEL = 0.0254 / DPI * 96
GREYS = 12


def main() -> None:
    """Write the three files beside this script."""
    svg = drawn().svg()
    (HERE / "sample-clinic.svg").write_text(svg, encoding="utf-8")
    picture = scanned(rendered(svg))
    (HERE / "sample-clinic.png").write_bytes(png(picture))
    document = written(picture.size)
    (HERE / "sample-clinic.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")


def drawn() -> Board:
    """The sheet as it comes off the drawing board."""
    board = Board()
    mass, fence = wall_shapes()
    fit_out(board)
    walls(board, mass, fence)
    annotate(board)
    return board


def rendered(svg: str) -> Image.Image:
    """The sheet in grey at 200 dots per inch."""
    fonts = [str(Path(importlib.util.find_spec("manimgx_fonts").origin).parent)]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "sheet.svg").write_text(svg, encoding="utf-8")
        page = f'#set page(width: {SHEET[0]}mm, height: {SHEET[1]}mm, margin: 0mm)\n#image("sheet.svg", width: 100%)'
        Path(folder, "sheet.typ").write_text(page, encoding="utf-8")
        data = typst.compile(
            str(Path(folder, "sheet.typ")), format="png", ppi=DPI, font_paths=fonts, ignore_system_fonts=True
        )
    return Image.open(BytesIO(data)).convert("L")


def scanned(clean: Image.Image) -> Image.Image:
    """The same sheet as a good office scanner sees it: soft edges, grey paper, a little dust; nothing has moved."""
    chance = random.Random(2180)  # noqa: S311
    soft = clean.filter(ImageFilter.GaussianBlur(0.75))
    inked = soft.point(lambda value: int(26 + value * (244 - 26) / 255))
    shade = Image.new("L", (9, 6))
    shade.putdata([250 + chance.randrange(6) for _ in range(54)])
    paper = shade.resize(clean.size, Image.Resampling.BICUBIC)
    dust = Image.new("L", clean.size, 255)
    for _ in range(160):
        x, y = chance.randrange(clean.width), chance.randrange(clean.height)
        dust.paste(150 + chance.randrange(80), (x, y, x + chance.choice((1, 1, 2)), y + chance.choice((1, 1, 2))))
    return ImageChops.multiply(ImageChops.multiply(inked, paper), dust)


def png(picture: Image.Image) -> bytes:
    """Few greys, small."""
    out = BytesIO()
    picture.quantize(GREYS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def metres(x: float, y: float) -> list[float]:
    """Feet in the building as metres on the picture, from its bottom left corner."""
    right, down = ORIGIN[0] + x * FOOT, ORIGIN[1] - y * FOOT
    return [round(right * 0.096, 3), round((SHEET[1] - down) * 0.096, 3)]


def written(size: tuple[int, int]) -> dict[str, object]:
    """Facility, roster and floor as values; the floor as ``zonemap/model/floor_document.py`` reads it."""
    corners = {corner for room in clinic.ROOMS for corner in room[3]}
    rooms = [
        {
            "id": room_id(number),
            "ring": [metres(*p) for p in noded(ring, corners)],
            "number": number,
            "name": name,
            "class": kind,
        }
        for number, name, kind, ring, _ in clinic.ROOMS
    ]
    return {
        "about": "An invented clinic, drawn by this project. Nobody in it exists; 555-01xx numbers belong to no one.",
        "facility": clinic.FACILITY,
        "contacts": [
            {"id": f"0000000000000000000000000000c{place:03}"}
            | dict(zip(("role", "name", "phone", "hours"), contact, strict=True))
            for place, contact in enumerate(clinic.CONTACTS, 1)
        ],
        "picture": {"id": clinic.PICTURE_ID, "file": "sample-clinic.png"},
        "designation": {"id": clinic.DESIGNATION_ID, "by": "Sample"},
        "floor": {
            "id": clinic.FLOOR["id"],
            "facility_id": clinic.FACILITY["id"],
            "name": clinic.FLOOR["name"],
            "level": clinic.FLOOR["level"],
            "picture": {"id": clinic.PICTURE_ID, "width_px": size[0], "height_px": size[1]},
            "scale": {"metres_per_pixel": round(METRES_PER_PIXEL, 8), "check_error": 0.0},
            "rooms": rooms,
            "doors": [door(place, *made) for place, made in enumerate(clinic.DOORS, 1)],
        },
    }


def room_id(number: str) -> str:
    """An id that is always the same, in the form of all ids."""
    return f"00000000000000000000000000000{number}"


def noded(ring: list[tuple[float, float]], corners: set[tuple[float, float]]) -> list[tuple[float, float]]:
    """The ring with every corner of a neighbour that lies on it."""
    found = []
    for start, end in zip(ring, [*ring[1:], ring[0]], strict=True):
        edge = shapely.LineString([start, end])
        between = [corner for corner in corners if shapely.distance(edge, shapely.Point(corner)) < 1e-6]
        found += sorted((c for c in between if c != end), key=lambda c: edge.project(shapely.Point(c)))
    return found


def door(place: int, here: str, there: str | None, wall: str, at: float, middle: float, *made: float) -> dict:
    """One door; its plate's number is its place in the list."""
    half = made[0] / 2
    jambs = [(at, middle - half), (at, middle + half)] if wall == "x" else [(middle - half, at), (middle + half, at)]
    return {
        "id": f"0000000000000000000000000000d{place:03}",
        "jambs": [metres(*jamb) for jamb in jambs],
        "rooms": [room_id(here), None if there is None else room_id(there)],
        "number": str(place),
        "kind": "door" if made[1] else "opening",
    }


if __name__ == "__main__":
    main()
