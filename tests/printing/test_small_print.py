"""What a person notices on paper: lines that lie on one another, print too small to read, a word left alone."""

from __future__ import annotations

from itertools import combinations

import pytest
from pypdfium2 import PdfDocument, PdfTextPage

from zonemap.model.sign import SignKind, SignOptions
from zonemap.printing import book
from zonemap.work.sign_specimens import specimen

WAYS = [
    SignOptions(paper="letter"),
    SignOptions(paper="letter", orientation="landscape"),
    SignOptions(paper="tabloid", orientation="landscape"),
    SignOptions(paper="half"),
    SignOptions(paper="tent"),
    SignOptions(per_sheet=4),
]
SMALL = {"badge": (6.0, 4.5), "tent": (8.0, 4.7), "half": (8.0, 4.7)}  # points: words of the other language, the foot


def pages_of(kind: SignKind, languages: tuple[str, ...], options: SignOptions) -> PdfDocument:
    return PdfDocument(book.sheet_pdf(specimen(kind, ("en", *languages)), "specimen", options))


def share_covered(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """How much of the smaller box lies in the other."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return max(0.0, wide) * max(0.0, high) / smaller if smaller else 0.0


@pytest.mark.parametrize("options", WAYS, ids=lambda each: f"{each.paper}-{each.orientation}-{each.per_sheet}")
@pytest.mark.parametrize("languages", [("vi",), ("pl", "uk", "el")])
@pytest.mark.parametrize("kind", [SignKind.NOTICE, SignKind.PRIVATE_OFFICERS])
def test_no_line_of_a_sheet_lies_on_another(kind, languages, options):
    document = pages_of(kind, languages, options)
    try:
        for page in document:
            found = page.get_textpage()
            lines = [found.get_rect(number) for number in range(found.count_rects())]
            for one, other in combinations(lines, 2):
                assert share_covered(one, other) < 0.35, (found.get_text_bounded(*one), found.get_text_bounded(*other))
    finally:
        document.close()


def size_of(text: PdfTextPage, words: str) -> float:
    """Points of the first letter of these words."""
    place = text.search(words).get_next()
    assert place, words
    _, low, _, high = text.get_charbox(place[0], loose=True)
    return high - low  # PDFium's loose box is as high as the type size


@pytest.mark.parametrize("paper", SMALL)
def test_on_small_paper_the_other_language_and_the_foot_can_be_read_without_a_glass(paper):
    document = pages_of(SignKind.PRIVATE, ("es",), SignOptions(paper=paper))
    try:
        text = document[0].get_textpage()
        assert size_of(text, "Solo pacientes") >= SMALL[paper][0]
        assert size_of(text, "Designation 1") >= SMALL[paper][1]
    finally:
        document.close()


def test_no_word_is_left_alone_on_the_last_line_of_a_sentence():
    document = pages_of(SignKind.PRIVATE, ("es",), SignOptions())
    try:
        text = document[0].get_textpage()
        lines = [line.strip() for line in text.get_text_bounded().splitlines()]
        assert "staff only." in lines
        assert "Patients and" in lines
    finally:
        document.close()


@pytest.mark.parametrize(("kind", "words", "least"), [(SignKind.PRIVATE, "STREFA", 50), (SignKind.NOTICE, "Hol", 20)])
def test_a_language_alone_on_a_further_sheet_is_set_large(kind, words, least):
    document = pages_of(kind, ("es", "zh-Hans", "pl"), SignOptions())
    try:
        assert len(document) == 2
        assert size_of(document[1].get_textpage(), words) >= least
    finally:
        document.close()
