"""PDF by PDFium: choose a page, render it. Only for the child.

PDFium applies the page's rotation and its crop box; no form, script or attachment is ever opened.
"""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Iterator
from io import BytesIO

import pypdfium2
from PIL import Image

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.encode import check_size, on_white, sheet_of
from zonemap.intake.sheet import Pages, Sheet
from zonemap.model.upload import Page

PAGES_MOST = 100
_RENDERED_MOST = 48_000_000  # pixels
_DPI = 200.0  # type of 5 points is then 14 pixels high
_DPI_SMALL_PAGE = 300.0  # a plan shrunk to Letter, Legal or A4 has smaller type
_SMALL_PAGE_POINTS = 1010.0  # Legal is 1008 long, A3 1191
_RIM = 0.002  # of the page's side that a picture which fills it may be off
_SCANNED = (140.0, 450.0)  # dots per inch: with fewer letters can't be read, with more nothing is gained
_THUMBNAIL_PX = 360
_THUMBNAIL_SECONDS = 4.0  # of processor time, all together
_MM_PER_POINT = 25.4 / 72

_LOCKED = "This PDF is locked with a password. Open it with the password, print it to a new PDF, and upload that one."
_DAMAGED = (
    "This PDF is damaged or was not saved to its end. "
    "Open it on your computer; if it shows well, print it to a new PDF, and upload that one."
)


def read_pdf(data: bytes, number: int | None) -> Sheet | Pages:
    """The only page or page ``number`` as a sheet; else all pages, small. Raises Invalid or TooLarge."""
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
        if count == 0:
            raise Invalid("This PDF has no pages. Save it again from the program that made it.")
        if count == 1 or number is not None:
            return _sheet(document, number or 1)
        if count > PAGES_MOST:
            raise TooLarge(
                f"This PDF has {count} pages; the most is {PAGES_MOST}. "
                "Save only the pages with floor plans to a new PDF, and upload that one."
            )
        return Pages(tuple(_pages(document, count)))
    except pypdfium2.PdfiumError as error:
        raise locked_or_damaged(error) from error


def locked_or_damaged(error: pypdfium2.PdfiumError) -> Invalid:
    """What to tell somebody whose PDF could not be opened."""
    return Invalid(_LOCKED if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD else _DAMAGED)


def page_of(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """Page ``number``, from 1. Raises Invalid where there is none."""
    count = len(document)
    if not 1 <= number <= count:
        raise Invalid(f"This PDF has {count} pages; there is no page {number}. Choose one that is there.")
    return document[number - 1]


def _sheet(document: pypdfium2.PdfDocument, number: int) -> Sheet:
    page = page_of(document, number)
    dpi = _scanned_at(page) or resolution(*page.get_size())
    return sheet_of(_rendered(page, dpi / 72), dpi)


def _scanned_at(page: pypdfium2.PdfPage) -> float | None:
    """Dots per inch of the one picture that fills the page, where that is all it holds and serves as it is.

    A scan is then shown pixel for pixel: nothing is blurred, and its pixels are those that the scanner made.
    """
    objects = list(itertools.islice(page.get_objects(max_depth=1), 2))
    if len(objects) != 1 or objects[0].type != pypdfium2.raw.FPDF_PAGEOBJ_IMAGE or page.get_rotation():
        return None
    width, height = page.get_size()
    left, bottom, right, top = objects[0].get_bounds()
    width_px, height_px = objects[0].get_px_size()
    if abs(right - left - width) > _RIM * width or abs(top - bottom - height) > _RIM * height:
        return None
    dpi = 72 * float(width_px) / width
    upright = abs(height_px * width - width_px * height) <= _RIM * width_px * height
    fits = width_px * height_px <= _RENDERED_MOST
    return dpi if upright and fits and _SCANNED[0] <= dpi <= _SCANNED[1] else None


def resolution(width_points: float, height_points: float) -> float:
    """Dots per inch that keep small type readable, less for a sheet too large for it."""
    if min(width_points, height_points) <= 0:
        raise Invalid(_DAMAGED)
    wanted = _DPI_SMALL_PAGE if max(width_points, height_points) <= _SMALL_PAGE_POINTS else _DPI
    fits = 72 * math.sqrt(_RENDERED_MOST / (width_points * height_points))
    return min(wanted, fits)


def _rendered(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    width, height = page.get_size()
    check_size(round(width * scale), round(height * scale))
    scale *= 1 - 1e-9  # pypdfium2 rounds up, and 3300.0000001 pixels are no reason for one more
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
    return on_white(bitmap.to_pil())


def _pages(document: pypdfium2.PdfDocument, count: int) -> Iterator[Page]:
    """Every page with its size; thumbnails as long as the time for them lasts."""
    until = time.process_time() + _THUMBNAIL_SECONDS
    for index in range(count):
        page = document[index]
        width, height = page.get_size()
        small = _thumbnail(page, width, height) if time.process_time() < until else None
        yield Page(index + 1, round(width * _MM_PER_POINT, 1), round(height * _MM_PER_POINT, 1), small)
        page.close()


def _thumbnail(page: pypdfium2.PdfPage, width_points: float, height_points: float) -> bytes | None:
    longest = max(width_points, height_points)
    if min(width_points, height_points) * _THUMBNAIL_PX < 2 * longest or not longest:
        return None  # a strip, or nothing
    image = page.render(scale=_THUMBNAIL_PX / longest, may_draw_forms=False, rev_byteorder=True).to_pil()
    out = BytesIO()
    on_white(image).quantize(64).save(out, "PNG")
    return out.getvalue()
