"""The languages of handouts: which there are, and whose texts nobody qualified has read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zonemap.errors import Invalid
from zonemap.model.sign import WordingStatus
from zonemap.rules import handout_texts as texts
from zonemap.rules.sign_texts import languages


def test_english_comes_first_and_each_language_is_one_of_the_signs() -> None:
    codes = [each.code for each in texts.handout_languages()]

    assert codes[0] == "en"
    assert set(codes) <= {each.code for each in languages()}
    assert texts.handout_language("es").name == "Spanish"
    assert texts.speech_lines("es")


def test_english_counts_and_every_other_language_is_unchecked_once_until_somebody_has_read_it() -> None:
    asked = ["ar", "".join(("e", "n")), "es", "ar", "vi"]

    assert [each.code for each in texts.unchecked(asked)] == ["ar", "es", "vi"]
    assert texts.unchecked(["en"]) == ()


@pytest.mark.parametrize("status", list(WordingStatus))
def test_a_language_is_unchecked_only_while_its_texts_are_drafted(
    status: WordingStatus, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = tuple(replace(each, status=status) for each in texts.handout_languages())
    monkeypatch.setattr(texts, "handout_languages", lambda: every)

    assert bool(texts.unchecked(["es"])) is (status is WordingStatus.DRAFTED)


def test_what_signs_say_too_stands_among_the_texts_of_a_handout() -> None:
    assert {"emergency", "everyone", "call_911", "interpreter", "speech"} <= set(texts.handout_texts("es"))
    with pytest.raises(Invalid):
        texts.handout_texts("xx")
