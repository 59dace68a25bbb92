"""Small files made on the spot."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from PIL import Image, ImageDraw

PdfMaker = Callable[..., bytes]


@pytest.fixture
def picture() -> Callable[..., bytes]:
    """A picture as bytes: white with a black square from (10, 20) to (60, 70)."""

    def make(size: tuple[int, int] = (300, 200), mode: str = "RGB", kind: str = "PNG", **options: object) -> bytes:
        image = Image.new("L", size, 255)
        ImageDraw.Draw(image).rectangle((10, 20, 60, 70), fill=0)
        out = BytesIO()
        image.convert(mode).save(out, kind, **options)
        return out.getvalue()

    return make


@pytest.fixture
def pdf() -> PdfMaker:
    """A PDF with pages of so many points, each with a black square in its lower left corner."""

    def make(*sizes: tuple[float, float], page: dict[str, object] | None = None, **options: object) -> bytes:
        document = pikepdf.new()
        for size in sizes:
            added = document.add_blank_page(page_size=size)
            added.obj.Contents = document.make_stream(b"0 g 0 0 36 36 re f")
            for name, value in (page or {}).items():
                added.obj[name] = value
        out = BytesIO()
        document.save(out, **options)
        return out.getvalue()

    return make
