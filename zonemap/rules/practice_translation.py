"""Practice in another language: its texts, its visits, and what is quoted from a drawn paper, which stays as it is.

‹…› in a text holds words that stay English, as in the desk's texts; whoever shows it marks them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from zonemap.model.practice import DrawnPaper, Scenario
from zonemap.rules.desk_translation import ENGLISH, known_in, paired, wording

_FILES = {ENGLISH: "practice.toml"}  # as it was written; every other language has a file of its own name


@cache
def practice_words(language: str = ENGLISH) -> Mapping[str, Any]:
    """The texts of practice."""
    return MappingProxyType(wording(_FILES.get(language, f"practice.{language}.toml")))


@cache
def visits(language: str) -> Mapping[str, Any]:
    """The file of the visits in a language: those by their ids, and the day of practice."""
    text = (files("zonemap.rules") / "drills" / f"scenarios.{language}.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))


def scenario_in(each: Scenario, language: str) -> Scenario:
    """A visit with its story in a language. What is right, and the papers, stay the same."""
    if language in _FILES:
        return each
    own = visits(language)["scenario"][each.id]
    clock = own.get("clock", visits(language)["clinic"]["clock"])
    return replace(each, name=own["name"], story=own["story"], heard=MappingProxyType(own["heard"]), clock=clock)


@cache
def practice_known(language: str) -> Callable[[str], str | None]:
    """What a text of practice or of the desk reads in a language; None for one that has no translation there."""
    desk = known_in(language)
    if language in _FILES:
        return desk
    own = paired(practice_words(), practice_words(language))
    return lambda text: own.get(text) or desk(text)


def told(text: str, language: str) -> str:
    """The same, with a text that has no translation marked as English."""
    return practice_known(language)(text) or _english(text)


def printed(drawn: DrawnPaper, text: str, language: str) -> str:
    """Words of a drawn paper among words of a language, marked where they are in English and the others are not."""
    return text if not text or language in (ENGLISH, drawn.language) else _english(text)


def _english(text: str) -> str:
    return f"‹{text}›"
