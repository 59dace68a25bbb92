"""Headlines against the distance of the reader: computed by the template, checked on the paper itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pypdfium2 import PdfDocument

from tests.geometry.floors import lobby_floor
from tests.printing.conftest import signs_of
from zonemap.model.sign import SignOptions, SignPlan
from zonemap.printing import book
from zonemap.printing.headline_size import headline_mm, paper_for
from zonemap.printing.paper import PAPERS, capitals_for
from zonemap.work.reading_distance import too_small

MM = 72 / 25.4
FAR = SignOptions(read_from_feet=20)


@pytest.fixture(scope="module")
def signs():
    return signs_of(lobby_floor(0.2))


def drawn_capitals(pdf: bytes) -> float:
    """The height of the largest capital on the first page, in millimetres."""
    document = PdfDocument(pdf)
    try:
        text = document[0].get_textpage()
        boxes = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1) == "E"]
    finally:
        document.close()
    return max(top - low for _, low, _, top in boxes) / MM


@pytest.mark.parametrize("paper", PAPERS)
def test_the_height_that_is_told_is_the_height_on_paper(signs, paper):
    options = SignOptions(paper=paper)

    assert headline_mm(signs.signs[0], options) == pytest.approx(
        drawn_capitals(book.sheet_pdf(signs, "d1", options)), rel=0.02
    )


def test_letter_serves_ten_feet_and_nothing_is_said(signs):
    assert too_small([signs], SignOptions()) == ()


def test_a_headline_too_small_for_the_door_is_told_with_the_paper_that_would_do(signs):
    told = too_small([signs], replace(FAR, read_from_feet=12))

    assert [each.headline for each in told] == ["PRIVATE AREA"]
    assert "29 mm on this paper: read from 10 ft" in told[0].sentence
    assert "Choose Tabloid, 11 x 17 in, portrait." in told[0].sentence


def test_where_no_paper_is_large_enough_a_poster_is_named(signs):
    better = paper_for(signs.signs[0], FAR)

    assert better
    assert better.poster == 3
    assert headline_mm(signs.signs[0], better) >= capitals_for(20) - 0.5
    assert "poster of 3 by 3 sheets" in too_small([signs], FAR)[0].sentence


def test_where_even_a_poster_is_too_small_a_sign_shop_is_named(signs):
    (told,) = too_small([signs], replace(FAR, read_from_feet=100))

    assert told.better is None
    assert "sign shop" in told.sentence


def test_letters_on_badges_are_said_to_be_too_small_for_any_distance(signs):
    (told,) = too_small([signs], SignOptions(paper="badge"))

    assert "too small for the ADA Standards at any distance" in told.sentence


def test_a_door_with_a_distance_of_its_own_is_checked_against_that_and_named(signs):
    doors = [sign.sheet for sign in signs.signs]
    plan = SignPlan(distances=((doors[0], 20),))
    (told,) = too_small([signs], SignOptions(), plan)

    assert told.read_from_feet == 20
    assert f"At door {signs.signs[0].door.number}: “PRIVATE AREA”" in told.sentence
    assert "poster of 3 by 3" in told.sentence
    assert too_small([signs], FAR, SignPlan(distances=tuple((door, 6) for door in doors))) == ()
