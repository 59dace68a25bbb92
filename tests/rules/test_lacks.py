"""What a floor lacks, in words: every kind has a level, a message, a reason and a remedy; a law only where known."""

from __future__ import annotations

import pytest

from zonemap.rules.lacks import Level, good_words, lack_kinds, lack_text
from zonemap.rules.pack import FEDERAL, packs

CALIFORNIA, FEDERAL_LAW = packs()["US-CA"], packs()[FEDERAL]
VALUES = dict.fromkeys(
    ("room", "other", "area", "number", "problem", "rooms", "verb", "reason", "is_marked", "how"), "X"
)
MUST = {
    "undecided",
    "overlap",
    "door",
    "public_pocket",
    "threshold_opening",
    "threshold_unsigned",
    "private_through_unmarked",
}


def test_a_lack_is_filled_in_and_cites_the_law_of_the_state_where_one_is_known() -> None:
    told = lack_text("threshold_unsigned", CALIFORNIA, number="D4", room="Hall", other="Ward")

    assert (told.level, told.message) == (Level.MUST, "Door D4 leads from Hall into Ward, and nothing says so.")
    assert told.source == CALIFORNIA.care_areas != ""
    assert told.fix == "Let it have a sign, or say how it is controlled."
    assert lack_text("threshold_unsigned", FEDERAL_LAW, **VALUES).source == ""
    assert lack_text("overlap", CALIFORNIA, **VALUES).source == ""
    assert lack_text("care_left_public", CALIFORNIA, room="Ward", reason="Beds are there.").why == "Beds are there."


@pytest.mark.parametrize("kind", lack_kinds())
def test_every_lack_has_its_words_and_its_level(kind: str) -> None:
    told = lack_text(kind, FEDERAL_LAW, **VALUES)

    assert told.level is (Level.MUST if kind in MUST else Level.LOOK)
    assert told.message
    assert told.why
    assert told.fix


def test_what_must_be_settled_stands_first_and_what_is_good_is_said_of_lacks_that_exist() -> None:
    kinds = lack_kinds()

    assert set(kinds[: len(MUST)]) == MUST
    assert "good" not in kinds
    assert (("undecided",), "Every room has a class") in good_words()
    assert {each for of, _ in good_words() for each in of} == set(kinds)
