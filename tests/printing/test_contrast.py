"""What is printed on a wall reads in black and white and for every kind of colour vision: computed from the inks."""

from __future__ import annotations

import ctypes

import pytest
from pypdfium2 import PdfDocument
from pypdfium2 import raw as pdfium

from tests.geometry.floors import lobby_floor
from tests.printing.conftest import signs_of
from zonemap.model.sign import SignOptions
from zonemap.printing import book

LEAST = 7.0
# Machado, Oliveira and Fernandes 2009, severity 1, on linear light.
VIEWS = {
    "as it is": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "greyscale": ((0.2126, 0.7152, 0.0722),) * 3,
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
WHITE = (255, 255, 255)

Ink = tuple[int, int, int]


def luminance(ink: Ink, view: str) -> float:
    """WCAG 2.2's relative luminance of an ink as that view sees it."""
    linear = [c / 12.92 if (c := each / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for each in ink]
    seen = [min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in VIEWS[view]]
    return sum(part * light for part, light in zip((0.2126, 0.7152, 0.0722), seen, strict=True))


def contrast(ink: Ink, ground: Ink, view: str) -> float:
    low, high = sorted((luminance(ink, view), luminance(ground, view)))
    return (high + 0.05) / (low + 0.05)


def inks(pdf: bytes) -> dict[int, set[Ink]]:
    """The colours that a PDF's first page fills with, by the kind of object."""
    found: dict[int, set[Ink]] = {}
    document = PdfDocument(pdf)
    try:
        for each in document[0].get_objects(max_depth=8):
            parts = [ctypes.c_uint() for _ in range(4)]
            if each.type in (pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH) and pdfium.FPDFPageObj_GetFillColor(
                each.raw, *map(ctypes.byref, parts)
            ):
                red, green, blue, alpha = (part.value for part in parts)
                assert alpha == 255
                found.setdefault(each.type, set()).add((red, green, blue))
    finally:
        document.close()
    return found


@pytest.fixture(scope="module")
def sheets() -> dict[str, dict[int, set[Ink]]]:
    signs = signs_of(lobby_floor(0.2))
    return {name: inks(book.sheet_pdf(signs, name, SignOptions())) for name in ("d1", "d3", "d4", "schedule")}


def test_signs_notices_and_lists_are_printed_with_one_ink(sheets):
    for name, found in sheets.items():
        colours = set().union(*found.values()) - {WHITE, (0, 0, 0)}
        assert len(colours) == 1, name


@pytest.mark.parametrize("view", VIEWS)
def test_every_letter_stands_out_seven_to_one_in_every_view(sheets, view):
    for name, found in sheets.items():
        grounds = found[pdfium.FPDF_PAGEOBJ_PATH] | {WHITE}
        for ink in found[pdfium.FPDF_PAGEOBJ_TEXT]:
            best = max(contrast(ink, ground, view) for ground in grounds)
            assert best >= LEAST, (name, ink)


@pytest.mark.parametrize("view", VIEWS)
def test_white_letters_stand_on_a_block_that_is_part_of_the_drawing(sheets, view):
    """A PDF has no background that a printer leaves out; the block is a filled path like any letter."""
    white = [name for name, found in sheets.items() if WHITE in found[pdfium.FPDF_PAGEOBJ_TEXT]]
    for name in white:
        darkest = min(sheets[name][pdfium.FPDF_PAGEOBJ_PATH], key=lambda ink: luminance(ink, "as it is"))
        assert contrast(WHITE, darkest, view) >= LEAST
    assert white == ["d1", "d3", "d4", "schedule"]


def test_the_views_do_tell_colours_apart_that_somebody_cannot():
    red, green = (213, 94, 0), (0, 158, 115)
    assert contrast(red, green, "as it is") != pytest.approx(contrast(red, green, "protan"), abs=0.05)
    assert all(contrast((119, 119, 119), WHITE, view) < LEAST for view in VIEWS)
