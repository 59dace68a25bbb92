"""Names that nobody foresaw: every page compiles and parses, and nothing leaves its box."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from tests.printing.test_typst_page import WORDS, book, sign
from zonemap.model.sign import SignOptions
from zonemap.printing import typst_page
from zonemap.printing.imposition import laid, setting_of

MM = 72 / 25.4
MARGIN_MM = 7.0  # the sheet's own is 10; a large J hangs 2.5 mm out of its box
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=120)


def sheet_named(name: str):
    """A sign of a facility's own words, and its name in all four corners of the foot."""
    plain = typst_page.printable(name) or "Room"
    words = WORDS | {"headline": plain[:40], "sentence": plain, "second": plain[:60]}
    return sign(title=plain, words=[words], foot=[[name, name], [name, name]])


def check(names: Sequence[str]) -> None:
    made = typst_page.pdf(*book(*(sheet_named(name) for name in names)))
    with pikepdf.open(io.BytesIO(made)) as parsed:
        assert not parsed.check_pdf_syntax()
        assert len(parsed.pages) == len(names)
    document = PdfDocument(made)
    try:
        for name, page in zip(names, document, strict=True):
            picture = page.render(scale=0.5, grayscale=True).to_numpy().squeeze()
            band = int(MARGIN_MM * MM * 0.5) - 1
            edges = (picture[:band], picture[-band:], picture[:, :band], picture[:, -band:])
            assert all(edge.min() > 200 for edge in edges), ascii(name)
    finally:
        document.close()


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
@given(st.lists(NAMES, min_size=10, max_size=10))
def test_fifty_random_names_fit_their_sheets(names):
    check(names)


def test_words_between_which_no_line_may_break_fit_their_sheet():
    check(["0000000\U00016800{ \u13a0", "Wartezimmer } Labor", "Zimmer ( ( ( Labor und Lager"])


def test_marks_without_a_letter_of_their_font_fit_their_sheet():
    check(["\u1488\u0309", "i \u1cdfj", "\u1dc4Room \U0001d168", "a\u0361\u1488 \ua8e0 " * 9, "\u0309"])


@pytest.mark.parametrize("letter", ['"', ",", "e", "0", "\\"])
def test_a_mark_without_a_glyph_upon_any_letter_costs_only_the_mark(letter):
    khmer = "បន្ទប់ឯកជន"
    made = PdfDocument(typst_page.pdf(*book(sheet_named(f"Room {letter}\u17bc two {khmer}"))))
    try:
        said = made[0].get_textpage().get_text_bounded()
        assert said.count("Room") == 7
        assert "\u17d2" in said  # of the other word every mark is left
    finally:
        made.close()


@pytest.mark.long
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(NAMES, min_size=50, max_size=50))
def test_ten_thousand_random_names_fit_their_sheets(names):
    check(names)


@pytest.mark.parametrize("options", [SignOptions(per_sheet=4), SignOptions(paper="badge"), SignOptions(poster=2)])
def test_a_name_that_is_long_and_in_three_scripts_fits_every_face(options):
    name = "Wartezimmer" * 9 + " 検査室 منطقة خاصة " + "W" * 60
    setting = setting_of(options)
    size = {"width": setting.paper.width_mm, "height": setting.paper.height_mm, "margin": setting.paper.margin_mm}
    made = typst_page.pdf(*book(*laid([sheet_named(name) | size], setting)))

    document = PdfDocument(made)
    try:
        assert len(document) == options.poster**2
    finally:
        document.close()
