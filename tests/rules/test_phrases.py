"""Phrases are found whatever case, marks and look-alike letters they are written in, as words and never inside one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonemap.rules.phrases import folded, pattern, plain, stems


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("ICE", "ice"),
        ("I\u200bC\u200bE", "ice"),  # with signs between that nobody sees
        ("İcé", "ice"),
        ("ＩＣＥ", "ice"),  # wide letters
        ("ісе", "ice"),  # Cyrillic
        ("Ρolice", "police"),  # a Greek capital
        ("po1ice", "poiice"),  # a figure for a letter, on both sides of a comparison
        ("ﬁle", "file"),  # one sign for two letters
        ("Straße", "strasse"),
        ("—", "—"),
        ("", ""),
    ],
)
def test_case_marks_and_letters_that_look_alike_are_compared_as_one(written: str, compared: str) -> None:
    assert plain(written) == compared


@given(st.text(max_size=30))
def test_each_letter_that_is_compared_knows_where_it_stands(text: str) -> None:
    letters, places = folded(text)

    assert letters == plain(text)
    assert len(letters) == len(places)
    assert places == sorted(places)
    for place, char in enumerate(text):
        assert plain(char) == "".join(each for each, at in zip(letters, places, strict=True) if at == place)


@pytest.mark.parametrize("text", ["ice", "an ice raid", "(ice)", "i.c.e.", "i c e", "i - c - e", "i_c_e", "raid/ice"])
def test_a_phrase_is_found_with_its_letters_together_or_set_apart(text: str) -> None:
    assert pattern(["ICE"]).search(text)


@pytest.mark.parametrize("text", ["nice", "iced", "i---- c e", "ic", "office", "ice9", "di.c.e"])
def test_a_phrase_is_not_found_inside_a_word_or_across_a_gap(text: str) -> None:
    assert not pattern(["ICE"]).search(text)


def test_a_phrase_of_several_words_is_found_whatever_stands_between_them() -> None:
    for text in ("keep out", "keep -- out", "keep\nout", "keep_out", "k.e.e.p.o.u.t", "k e e p o u t"):
        assert pattern(["Keep  out", "never"]).search(text), text
    assert not pattern(["keep out"]).search("keep them out")
    assert not pattern(["keep out"]).search("keepout!ed")


def test_a_star_stands_for_any_ending_and_only_at_the_end_of_its_word() -> None:
    found = stems(["block* door", "hide"])

    for text in ("block door", "blocking door", "blocks, door", "hide"):
        assert found.search(text), text
    for text in ("unblock door", "block the door", "block doors", "h.i.d.e", "hides"):
        assert not found.search(text), text


def test_a_sign_of_a_pattern_in_a_phrase_is_only_that_sign() -> None:
    assert stems(["a.b"]).search("a.b")
    assert not stems(["a.b"]).search("axb")
    assert pattern(["(c)"]).search("(c)")


@given(st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=6).map("".join), st.sampled_from([" ", ".", " - "]))
def test_every_phrase_finds_itself_however_it_is_set_apart(phrase: str, between: str) -> None:
    assert pattern([phrase]).fullmatch(between.join(phrase))
    assert stems([phrase]).fullmatch(phrase)
    assert not stems([phrase]).search(between.join(phrase))
