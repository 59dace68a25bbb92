"""Which letters can be set: what the fonts hold, and what becomes of a letter or a mark that they lack."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from zonemap.printing.letters import letters_of, printable, upright_fonts
from zonemap.rules.sign_texts import languages, texts


@pytest.mark.parametrize("path", upright_fonts(), ids=lambda path: path.name)
def test_the_letters_of_a_font_are_those_that_its_own_reader_finds(path):
    with TTFont(path, fontNumber=0, lazy=True) as font:
        assert letters_of(path) == set(font.getBestCmap())


def test_every_text_of_a_sign_keeps_every_letter():
    for code in (each.code for each in languages()):
        for key, each in texts(code).items():
            assert printable(each.text) == " ".join(each.text.split()), (code, key)


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("Room \u1488\u0309 4", "Room \ufffd 4"),  # a letter without a glyph takes its mark along
        ("Room \U00012000", "Room \ufffd"),
        ("Room e\u17bc", "Room e"),  # a mark that no font holds together with its letter
        ("a \u1cdf b", "a b"),  # a mark upon nothing
        ("\u0301", ""),
        ("5\u20dd", "5"),  # a ring around a figure is wider than the figure
        ("a\u0361b", "ab"),  # a bow over two letters
        ("a\u302b", "a"),  # a tone mark at the corner of a square
        ("{\u1dcc}\u0329", "{}"),  # marks upon brackets
        ("e" + "\u0323\u0302" * 9, "\u1ec7\u0323\u0323\u0302\u0302"),  # a pile of marks
    ],
)
def test_what_has_no_place_of_its_own_on_paper_goes(given, printed):
    assert printable(given).replace("  ", " ") == printed


@pytest.mark.parametrize(
    "word",
    [
        "Phòng khám",
        "Przychodnia",
        "מִרְפָּאָה",
        "عِيَادَة",
        "कमरा",
        "ကြွှေ့",
        "ក្លីនិក",
        "ਕਲੀਨਿਕ",
        "ห้องตรวจ",
        "か゛",
        "診察室",
        "👩‍⚕️",
    ],
)
def test_words_keep_their_marks_and_joiners(word):
    assert printable(word) == word
