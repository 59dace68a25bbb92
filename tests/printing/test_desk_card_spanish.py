"""The desk card in Spanish: the longest of the papers, with what the words of a paper mean."""

from __future__ import annotations

import io

import pytest
from pypdfium2 import PdfDocument

from tests.printing.test_desk_papers import SMALLEST, bare, every_pack, paper_of, text_of
from zonemap.printing import typst_page
from zonemap.printing.desk_papers import _book, desk_pdf
from zonemap.work.desk_papers import PAGES


@pytest.mark.parametrize("pack_id", every_pack(but=("US-federal", "US-IL")))
def test_the_spanish_card_fits_two_sides_and_is_never_smaller(pack_id: str) -> None:
    paper = paper_of(pack_id, "es")
    sizes = typst_page.asked(_book(paper, "card"), {}, "<desk-type>")

    assert all(fits and size >= SMALLEST for size, fits in sizes)
    assert len(PdfDocument(io.BytesIO(desk_pdf(paper, "card")))) == PAGES["card"]


def test_what_the_words_of_a_paper_mean_stands_on_the_spanish_card_where_they_come_first() -> None:
    text = bare(text_of("US-CA", "card", "es"))

    for words_, meaning in (("SearchWarrant", "(ordenderegistro)"), ("Immigrationjudge", "(juezdeinmigración)")):
        _, *after = text.split(words_)
        assert [each.startswith(meaning) for each in after] == [True] + [False] * (len(after) - 1)
        assert len(after) > 2
