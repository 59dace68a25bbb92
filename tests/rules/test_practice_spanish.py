"""Practice in another language: every text and every visit is there, quotes its own story, and urges nobody."""

from __future__ import annotations

import re

import pytest

from tests.rules.test_desk_spanish import CLAIMS, HOLES, OTHERS, urges
from zonemap.rules.desk_translation import texts, wording
from zonemap.rules.practice import clinic, scenarios
from zonemap.rules.practice_translation import scenario_in, visits

OPENS_A_PAGE = ".screen.open_desk"  # a link, and no door
ONLY_THERE = "papers_note"  # that the papers are in English needs no saying in English


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_practice_has_one_in_the_language_and_what_is_filled_in_is_the_same(language: str) -> None:
    english = dict(texts(wording("practice.toml")))
    own = {path: text for path, text in texts(wording(f"practice.{language}.toml")) if path != f".{ONLY_THERE}"}

    assert own.keys() == english.keys()
    assert [path for path in own if set(HOLES.findall(own[path])) != set(HOLES.findall(english[path]))] == []
    assert [path for path, text in own.items() if not text.strip()] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_visit_is_told_in_the_language_and_what_is_quoted_stands_in_its_story(language: str) -> None:
    every = scenarios().values()
    assert visits(language)["scenario"].keys() == {each.id for each in every}
    for each in every:
        told = scenario_in(each, language)
        assert told.name != each.name
        assert told.story != each.story
        assert told.heard.keys() == each.heard.keys(), each.id
        assert [quoted for quoted in told.heard.values() if quoted not in told.story] == [], each.id
        assert told.papers == each.papers
        assert told.clock[:2].strip(":") == each.clock[:2].strip(":"), each.id


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_of_practice_urges_anybody_or_says_what_a_paper_is_worth(language: str) -> None:
    stories = [scenario_in(each, language) for each in scenarios().values()]
    said = [text for path, text in texts(wording(f"practice.{language}.toml")) if path != OPENS_A_PAGE]

    assert [text for text in said if urges(text)] == []
    assert [text for text in (*said, *(each.story for each in stories)) if CLAIMS.search(text)] == []
    assert all(re.search(r"[a-z]", each.name) for each in stories)


def test_the_day_of_practice_is_told_in_the_language_and_the_place_stays() -> None:
    assert clinic("es").today == "martes 24 de noviembre de 2026"
    assert (clinic("es").name, clinic("es").address) == (clinic().name, clinic().address)
