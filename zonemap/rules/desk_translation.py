"""The desk's texts in another language: files with the keys of the English ones, looked up by the English text.

So rules, table and hash stay one, whatever language a screen or a paper is in. What has no translation (a facility's
own lines, a law that changed) stays English, and whoever shows it can tell. ‹…› in a translation holds words that stay
English because they are printed so on a paper.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from zonemap.rules.question_texts import UNSURE_HINT, UNSURE_LABEL

LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "es": "Español"})
ENGLISH = "en"
_HOLES = re.compile(r"\{(\w+)\}")
_ESCAPED_HOLES = re.compile(r"\\\{(\w+)\\\}")
_CITATIONS = re.compile(r" \((?=(?P<citation>.+)\)$)")  # each bracket may be the one that opens it
_SCREENS = {ENGLISH: "desk_screen.toml"}  # of another language: with its letters


@cache
def translation(language: str) -> Mapping[str, Any]:
    """The file of a language: its name, that nobody has checked it, and its texts."""
    return MappingProxyType(wording(f"desk.{language}.toml"))


@cache
def screen_words(language: str = ENGLISH) -> Mapping[str, Any]:
    """What stands on the screens beside the rules' own words, by part and key."""
    return MappingProxyType(wording(_SCREENS.get(language, f"desk_screen.{language}.toml")))


def known_in(language: str) -> Callable[[str], str | None]:
    """What a text of the rules reads in a language, ‹…› in it; None for one that has no translation there."""
    return {ENGLISH: _as_it_is}.get(language, partial(_found, language))


def _as_it_is(text: str) -> str:
    return text


@lru_cache(maxsize=4096)
def _found(language: str, text: str) -> str | None:
    return _dictionary(language).find(text)


@cache
def _dictionary(language: str) -> _Dictionary:
    return _Dictionary(language)


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
            **paired(wording("papers.toml"), papers),
            **paired(wording("questions.toml"), own["questions"]),
            **paired({"roles": english["contact_roles"]}, {"roles": screen["contact_roles"]}),
            **paired(wording("desk.toml"), own["desk"]),
            UNSURE_LABEL: own["unsure"]["label"],
            UNSURE_HINT: own["unsure"]["hint"],
            "Not shown": own["unsure"]["not_shown"],
            **{each["english"]: each["text"] for each in own["state"]},
        }
        for key in ("hours_now", "off_duty"):
            pairs[english["screen"][key]] = screen["screen"][key]
        self.pairs = {text: said for text, said in pairs.items() if not _HOLES.fullmatch(text)}
        self.filled = [(_pattern(text), said) for text, said in self.pairs.items() if _HOLES.search(text)]
        self.parts = {part: paired(english[part], screen[part]) for part in ("zone_words", "months")}
        self.arrests = _arrest_pattern(paired(wording("desk.toml")["classes"], own["desk"]["classes"]))
        self.screen = screen["screen"]
        self.ways = (self.pairs.get, self._filled, self._ended, self._cited, self._arrests, self._row)
        self.kinds = {"date": self._day, "clock": self._time, "word": self._word, "parts": self._parts}

    def find(self, text: str) -> str | None:
        """The translation of a text, or of what it is put together from."""
        return next(filter(None, (way(text) for way in self.ways)), None)

    def _filled(self, text: str) -> str | None:
        for pattern, said in self.filled:
            if found := pattern.fullmatch(text):
                values = {name: self.kinds.get(name, self._told)(value) for name, value in found.groupdict().items()}
                return str(said).format(**values)
        return None

    def _told(self, value: str) -> str:
        """What was filled in, in the language; names stay as they are."""
        return self.find(value) or value

    def _word(self, value: str) -> str:
        return str(self.parts["zone_words"].get(value, value))

    def _parts(self, value: str) -> str:
        """Things in a row."""
        *first, last = map(self._told, re.split(r", | and ", value))
        return f"{', '.join(first)} y {last}" if first else last

    def _day(self, text: str) -> str:
        month, day, year = text.replace(",", "").split()
        return str(self.screen["long_day"]).format(month=self.parts["months"][month], day=day, year=year)

    def _time(self, text: str) -> str:
        clock, _, half = text.partition(" ")
        return str(self.screen[f"clock_{half}"]).format(clock=clock) if half else str(self.screen[clock])

    def _ended(self, text: str) -> str | None:
        """A name that stands as a sentence."""
        said = self.pairs.get(text.removesuffix("."))
        return f"{said}." if said else None

    def _cited(self, text: str) -> str | None:
        """A state's line with its citation, which stays as it is."""
        for bracket in _CITATIONS.finditer(text):
            if said := self.pairs.get(text[: bracket.start()]):
                return f"{said} (‹{bracket['citation']}›)"
        return None

    def _arrests(self, text: str) -> str | None:
        """Papers and what each means for an arrest: each part by itself."""
        told = self.arrests.findall(text) if self.arrests.match(text) else []
        said = [[self.find(each) for each in pair] for pair in told]
        return " ".join(": ".join(filter(None, pair)) for pair in said) if all(map(all, said)) else None

    def _row(self, text: str) -> str | None:
        """What was asked and the answers to it: each part by itself."""
        asked, _, answers = text.partition(": ")
        told = [self.pairs.get(each) for each in ([answers] if answers in self.pairs else answers.split(", "))]
        return f"{self.pairs[asked]}: {', '.join(filter(None, told))}" if asked in self.pairs and all(told) else None


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(_ESCAPED_HOLES.sub(r"(?P<\1>.+)", re.escape(text)))


def _arrest_pattern(classes: Iterable[str]) -> re.Pattern[str]:
    """A class and what it means for an arrest, which ends where the next class begins."""
    each = "|".join(map(re.escape, classes))
    return re.compile(f"(?:^| )({each}): (.+?)(?= (?:{each}): |$)")


def paired(english: Any, said: Any) -> dict[str, str]:
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
