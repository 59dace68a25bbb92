"""A floor with a drawn picture of two rooms, ready to be searched."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from PIL import Image, ImageDraw

from tests.conftest import NOW
from tests.work.clinic import CLINIC
from zonemap.model.plan import Floor, Picture, Scale
from zonemap.storage.store import Store

PICTURE = Picture("c" * 32, 700, 400)
FLOOR = Floor("f" * 32, CLINIC.id, "Plain", 5, picture=PICTURE, scale=Scale(0.02))


def add_floor(store: Store) -> None:
    """Add the facility, the picture and the floor."""
    image = Image.new("L", (700, 400), 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle((50, 50, 650, 350), outline=0, width=10)
    draw.rectangle((345, 50, 355, 350), fill=0)
    out = BytesIO()
    image.save(out, "PNG")
    with store.begin() as books:
        books.facilities.add(CLINIC)
        books.pictures.add(PICTURE.id, CLINIC.id, out.getvalue(), {})
        books.floors.add(FLOOR, saved_at=NOW, saved_by="Ana")


def set_scale(store: Store, metres_per_pixel: float) -> None:
    """Another scale: what was found before is void."""
    with store.begin() as books:
        floor = replace(FLOOR, scale=Scale(metres_per_pixel))
        books.floors.save(floor, 1, saved_at=NOW, saved_by="Ana")
