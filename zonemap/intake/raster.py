"""PNG and JPEG. Only for the child."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from io import BytesIO
from typing import TypeVar

from PIL import Image, ImageOps

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.encode import PIXELS_MOST, check_size, on_white, sheet_of
from zonemap.intake.sheet import Sheet

Made = TypeVar("Made")
_DPI_LEAST, _DPI_MOST = 100.0, 1200.0  # 72 and 96 are what programs write when they know nothing
_DAMAGED = (
    "This picture is damaged or was not saved to its end. "
    "Open it on your computer; if it shows well, save it again as PNG, and upload that."
)


def read_raster(data: bytes) -> Sheet:
    """The sheet of a PNG or JPEG, turned as its camera says. Raises Invalid or TooLarge."""
    return _guarded(lambda: sheet_of(*_opened(data)))


def read_photo(data: bytes, side_most: int) -> bytes:
    """A PNG or JPEG as a JPEG of its pixels alone, upright, no side longer than that. Raises Invalid or TooLarge."""
    return _guarded(lambda: _photo(data, side_most))


def _photo(data: bytes, side_most: int) -> bytes:
    plain, _ = _opened(data)
    plain.thumbnail((side_most, side_most))
    plain.info.clear()  # Pillow would write the comment of the file into ours
    out = BytesIO()
    plain.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def _guarded(work: Callable[[], Made]) -> Made:
    """What ``work`` gives; what Pillow's readers raise becomes a sentence."""
    Image.MAX_IMAGE_PIXELS = PIXELS_MOST
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        return work()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise TooLarge(
            f"This picture claims more than {PIXELS_MOST // 1_000_000} million pixels. "
            "Save it with 4000 to 8000 pixels on the long side, and upload that."
        ) from error
    except (OSError, SyntaxError, ValueError, LookupError, TypeError, EOFError) as error:  # what Pillow's readers raise
        raise Invalid(_DAMAGED) from error


def _opened(data: bytes) -> tuple[Image.Image, float | None]:
    """The picture on white paper, and its resolution; the original's pixels are let go of."""
    with Image.open(BytesIO(data), formats=["PNG", "JPEG"]) as image:
        check_size(*image.size)
        dpi = _dpi(image)
        return on_white(_upright(image)), dpi


def _upright(image: Image.Image) -> Image.Image:
    """Turned as EXIF says. Broken EXIF is no reason to refuse a picture."""
    image.load()
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # EXIF is a format of its own, with every fault a format can have
        return image


def _dpi(image: Image.Image) -> float | None:
    """The stated resolution, where it is the same both ways and believable."""
    try:
        across, down = (float(value) for value in image.info["dpi"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    believable = _DPI_LEAST <= across <= _DPI_MOST and abs(across - down) < 0.01 * across
    return across if believable else None
