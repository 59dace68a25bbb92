"""The gallery's sheets: each kind in each language, on one page, tagged, in one ink, and nothing over its edge."""

from __future__ import annotations

import io

import numpy as np
import pdfua
import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from zonemap.model.sign import SignKind, SignOptions
from zonemap.printing import book, typst_page
from zonemap.rules.sign_texts import languages
from zonemap.work.sign_specimens import specimen

CODES = [each.code for each in languages() if each.code != "en"]
KINDS = list(SignKind)
# Every kind with a few languages and every language with one kind: what goes wrong alone or in pairs shows here.
SAMPLE = [(KINDS[number % len(KINDS)], code) for number, code in enumerate(CODES)]
INK = (0x15, 0x20, 0x2B)


def made(kind: SignKind, *codes: str) -> bytes:
    return book.sheet_pdf(specimen(kind, ("en", *codes)), "specimen", SignOptions())


def check(pdf: bytes, pages: int) -> None:
    """So many pages, no letter without a glyph, and no ink within 5 mm of the edge."""
    document = PdfDocument(pdf)
    try:
        assert len(document) == pages
        for page in document:
            assert "\ufffd" not in page.get_textpage().get_text_bounded()
            picture = np.asarray(page.render(scale=0.5).to_pil().convert("L"))
            assert (picture[:7].min(), picture[-7:].min(), picture[:, :7].min(), picture[:, -7:].min()) == (255,) * 4
    finally:
        document.close()


@pytest.mark.parametrize(("kind", "code"), SAMPLE)
def test_a_specimen_is_one_page_and_nothing_leaves_it(kind, code):
    check(made(kind, code), 1)


@pytest.mark.long
@pytest.mark.parametrize("code", CODES)
def test_each_kind_in_each_language_is_one_page_tagged_and_nothing_leaves_it(code, tmp_path):
    for kind in KINDS:
        pdf = made(kind, code)
        check(pdf, 1)
        path = tmp_path / f"{kind}.pdf"
        path.write_bytes(pdf)
        assert list(pdfua.validate(str(path)).findings) == [], kind


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_every_pair_of_neighbours_among_the_languages_fits_beside_english(kind):
    for one, other in zip(CODES, [*CODES[1:], CODES[0]], strict=True):
        check(made(kind, one, other), 2 if kind is SignKind.PRIVATE_OFFICERS else 1)


@pytest.mark.parametrize(
    ("kind", "pages"),
    [
        (SignKind.PRIVATE, 5),
        pytest.param(SignKind.PRIVATE_OFFICERS, 5, marks=pytest.mark.long),
        pytest.param(SignKind.NOTICE, 8, marks=pytest.mark.long),
    ],
)
def test_all_languages_at_once_take_further_sheets_and_none_is_lost(kind, pages):
    pdf = made(kind, *CODES)
    check(pdf, pages)


@pytest.mark.parametrize("kind", KINDS)
def test_a_sign_has_one_ink_and_no_ring_no_red_and_nothing_that_greyscale_would_lose(kind):
    signs = specimen(kind, ("en", "es"))
    (page,) = book.sheet_png(signs, "specimen", SignOptions(), ppi=30)
    pixels = np.asarray(Image.open(io.BytesIO(page)).convert("RGB")).reshape(-1, 3).astype(int)
    share = (255 - pixels) / (255 - np.array(INK))  # how much ink there is, by each of the three lights

    assert np.ptp(share, axis=1).max() < 0.05
    assert contrast(INK, (255, 255, 255)) >= 7
    (drawn,) = book.sheet_svg(signs, "specimen", SignOptions())
    assert b"<circle" not in drawn
    assert typst_page.templates_mark()


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """WCAG 2: from 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: tuple[int, ...]) -> float:
    linear = [part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not SignKind.NOTICE])
def test_a_wide_sheet_and_a_long_word_of_ones_own_stay_within(kind):
    signs = specimen(kind, ("en", "de"))
    sheets, pictures = book._book_of_one(signs, "specimen", SignOptions())
    sheet = sheets["sheets"][0] | {"width": 279.4, "height": 215.9, "headline_mm": 20, "sentence_mm": 9}
    long = sheet["words"][0] | {
        "headline": "ELECTROENCEPHALOGRAPHY ROOM",
        "sentence": "Please ring, wait, and be patient. " * 3,
    }
    check(typst_page.pdf(sheets | {"sheets": [sheet | {"words": [long, *sheet["words"][1:]]}]}, pictures), 1)
