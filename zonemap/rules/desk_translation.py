"""The desk's texts in another language: files with the keys of the English ones, looked up by the English text.

So rules, table and hash stay one, whatever language a screen or a paper is in. What has no translation (a facility's
own lines, a law that changed) stays English, and whoever shows it can tell. ‹…› in a translation holds words that stay
English because they are printed so on a paper.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from zonemap.rules.question_texts import UNSURE_HINT, UNSURE_LABEL

LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "es": "Español"})
ENGLISH = "en"
_HOLES = re.compile(r"\{(\w+)\}")
_CACHED = 4096


@cache
def translation(language: str) -> Mapping[str, Any]:
    """The file of a language: its name, that nobody has checked it, and its texts."""
    return MappingProxyType(wording(f"desk.{language}.toml"))


@cache
def screen_words(language: str = ENGLISH) -> Mapping[str, Any]:
    """What stands on the screens beside the rules' own words, by part and key."""
    return MappingProxyType(wording("desk_screen.toml" if language == ENGLISH else f"desk_screen.{language}.toml"))


@cache
def known_in(language: str) -> Callable[[str], str | None]:
    """What a text of the rules reads in a language, ‹…› in it; None for one that has no translation there."""
    if language == ENGLISH:
        return lambda text: text
    return lru_cache(maxsize=_CACHED)(_Dictionary(language).find)


@cache
def told_in(language: str) -> Callable[[str], str]:
    """The same for paper: without the signs around words that stay English; English where there is no translation."""
    known = known_in(language)
    return lambda text: plain(known(text) or text)


def plain(text: str) -> str:
    """A translation without the signs around words that stay English."""
    return text.replace("‹", "").replace("›", "")


class _Dictionary:
    """What is known in a language: whole texts, and texts with something filled in."""

    def __init__(self, language: str) -> None:
        own, screen = translation(language), screen_words(language)
        english, papers = screen_words(), wording(f"papers.{language}.toml")
        pairs = {
            **_paired(wording("papers.toml"), papers),
            **_paired(wording("questions.toml"), own["questions"]),
            **_paired({"roles": english["contact_roles"]}, {"roles": screen["contact_roles"]}),
            **_paired(wording("desk.toml"), own["desk"]),
            UNSURE_LABEL: own["unsure"]["label"],
            UNSURE_HINT: own["unsure"]["hint"],
            "Not shown": own["unsure"]["not_shown"],
            **{each["english"]: each["text"] for each in own["state"]},
        }
        for key in ("hours_now", "off_duty"):
            pairs[english["screen"][key]] = screen["screen"][key]
        self.pairs = {text: said for text, said in pairs.items() if not _HOLES.fullmatch(text)}
        self.filled = [(_pattern(text), said) for text, said in self.pairs.items() if _HOLES.search(text)]
        self.parts = {part: _paired(english[part], screen[part]) for part in ("zone_words", "months")}
        self.classes = _paired(wording("desk.toml")["classes"], own["desk"]["classes"])
        self.screen = screen["screen"]

    def find(self, text: str) -> str | None:
        """The translation of a text, or of what it is put together from."""
        return self.pairs.get(text) or self._filled(text) or self._ended(text) or self._cited(text) or self._row(text)

    def _filled(self, text: str) -> str | None:
        for pattern, said in self.filled:
            if found := pattern.fullmatch(text):
                values = {name: self._value(name, value) for name, value in found.groupdict().items()}
                return str(said).format(**values)
        return None

    def _value(self, name: str, value: str) -> str:
        """What was filled in, in the language: a day, a time, parts in a row; names stay as they are."""
        if name == "date":
            return self._day(value)
        if name == "clock":
            return self._time(value)
        if name == "word":
            return str(self.parts["zone_words"].get(value, value))
        if name == "parts":
            *first, last = re.split(r", | and ", value)
            said = [self.find(each) or each for each in (*first, last)]
            return " y ".join([", ".join(said[:-1]), said[-1]]) if first else said[0]
        return self.find(value) or value

    def _day(self, text: str) -> str:
        month, day, year = text.replace(",", "").split()
        return str(self.screen["long_day"]).format(month=self.parts["months"][month], day=day, year=year)

    def _time(self, text: str) -> str:
        clock, _, half = text.partition(" ")
        return str(self.screen[f"clock_{half}"]).format(clock=clock) if half else str(self.screen[clock])

    def _ended(self, text: str) -> str | None:
        """A name that stands as a sentence."""
        said = self.pairs.get(text[:-1]) if text.endswith(".") else None
        return f"{said}." if said else None

    def _cited(self, text: str) -> str | None:
        """A state's line with its citation, which stays as it is."""
        sentence, bracket, citation = text.partition(" (")
        while bracket:
            if said := self.pairs.get(sentence):
                return f"{said} (‹{citation[:-1]}›)"
            more, bracket, citation = citation.partition(" (")
            sentence = f"{sentence} ({more}"
        return None

    def _row(self, text: str) -> str | None:
        """What was asked and the answers to it, or papers and what each means for an arrest: each part by itself."""
        arrests = re.split("|".join(rf"(?:^| )({re.escape(each)}): " for each in self.classes), text)
        told = [each for each in arrests if each]
        if len(told) > 2:
            said = [self.find(each) for each in told]
            return " ".join(f"{a}: {b}" for a, b in zip(said[::2], said[1::2], strict=True)) if all(said) else None
        asked, colon, answers = text.partition(": ")
        each_said = [self.pairs.get(each) for each in ([answers] if answers in self.pairs else answers.split(", "))]
        if not colon or asked not in self.pairs or not all(each_said):
            return None
        return f"{self.pairs[asked]}: {', '.join(filter(None, each_said))}"


def _pattern(text: str) -> re.Pattern[str]:
    parts = _HOLES.split(text)
    return re.compile("".join(f"(?P<{part}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(parts)))


def _paired(english: Any, said: Any) -> dict[str, str]:
    """English texts and what stands in the same place in another language."""
    own = dict(texts(said))
    return {text: own[path] for path, text in texts(english) if path in own}


def wording(name: str) -> dict[str, Any]:
    """A file of wording, as it is."""
    return tomllib.loads((files("zonemap.rules") / "wording" / name).read_text("utf-8"))


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a file with the way to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from texts(each, f"{path}.{key}")
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from texts(each, f"{path}.{at}")
