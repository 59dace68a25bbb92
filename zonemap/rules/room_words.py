"""What the words and codes of a room mean: kinds of rooms, departments, and for whom a room is; from suggestions.toml.

The table is read strictly: a key that is unknown or missing is an error that names it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.zone import ZoneClass

TABLES = ("texts", "who", "departments")  # all other tables are kinds
BREAK = "/"  # stands between two things that a name puts side by side: "exam / office"
_KEYS = {"one", "many", "class", "why", "words", "codes", "law", "sure", "care_class", "care_why", "otherwise"}
_MUST = {"one", "many", "class", "words", "codes"}
_BETWEEN = re.compile(r"[/&+,;]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+|/")
_CODE = re.compile(r"\s*(\d\d-\d\d(?: \d\d)*)\s*:?\s*(.*)")
_OF = frozenset({"de", "del", "des", "der", "fur", "for", "of", "для"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of room. ``zone_class`` is None where it depends on who uses the room; ``otherwise`` is what is left then.

    ``law``: care is given or health information is discussed here. ``care_class``: in a department of care.
    """

    id: str
    one: str
    many: str
    zone_class: ZoneClass | None
    why: str = ""
    law: bool = False
    sure: bool = True
    care_class: ZoneClass | None = None
    care_why: str = ""
    otherwise: ZoneClass | None = None

    @property
    def is_public(self) -> bool:
        """Whether visitors may come in."""
        return self.zone_class is ZoneClass.PUBLIC

    @property
    def is_closed(self) -> bool:
        """Whether visitors may not."""
        return self.zone_class is not None and self.zone_class.is_closed


@dataclass(frozen=True, slots=True)
class Match:
    """A kind that some words of a name mean: words ``start`` to ``end`` of it."""

    kind: Kind
    start: int
    end: int

    def holds(self, other: Match) -> bool:
        """Whether the other's words are all among these, which are more."""
        return (
            (self.start, self.end) != (other.start, other.end) and self.start <= other.start and other.end <= self.end
        )


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name means: the leading kind first, and the others that no longer match covers."""

    matches: tuple[Match, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind | None:
        """The leading kind."""
        return self.matches[0].kind if self.matches else None

    @property
    def head(self) -> Kind | None:
        """The kind of the thing itself in a name that joins several without a stroke: "pharmacy waiting", "sala de
        espera de farmacia" are both places to wait.
        """
        if len(self.matches) < 2 or BREAK in self.words:
            return self.kind
        in_order = sorted(self.matches, key=lambda match: match.start)
        first = in_order[0]
        return first.kind if _OF.intersection(self.words[first.end : in_order[1].start]) else in_order[-1].kind


# --- words -------------------------------------------------------------------------------------------------------


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text, without case, accents and figures; a stroke, comma or ampersand is the word "/"."""
    spaced = _CAMEL.sub(" ", _BETWEEN.sub(" / ", text))
    flat = unicodedata.normalize("NFKD", spaced.casefold())
    letters = "".join(letter for letter in flat if not unicodedata.combining(letter))
    words = (word.strip("0123456789") for word in _WORD.findall(letters.replace("'", "").replace("’", "")))
    return tuple(word for word in words if word)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Words side by side; each with whether letters may stand before and behind it."""

    words: tuple[tuple[str, bool, bool], ...]

    @classmethod
    def of(cls, text: str) -> _Pattern:
        return cls(tuple(_pattern_word(word) for word in text.split()))

    def fits(self, words: tuple[str, ...], start: int) -> bool:
        if start + len(self.words) > len(words):
            return False
        return all(_word_fits(mine, words[start + place]) for place, mine in enumerate(self.words))


def _pattern_word(word: str) -> tuple[str, bool, bool]:
    return "".join(plain_words(word.strip("*"))), word.startswith("*"), word.endswith("*")


def _word_fits(pattern: tuple[str, bool, bool], word: str) -> bool:
    letters, before, behind = pattern
    if before and behind:
        return letters in word
    if behind:
        return word.startswith(letters)
    return word.endswith(letters) if before else word == letters


# --- the table ---------------------------------------------------------------------------------------------------


def text(name: str, **values: str) -> str:
    """A sentence of the table."""
    return str(_document()["texts"][name]).format(**values)


@cache
def _document() -> Mapping[str, Any]:
    text = (files("zonemap.rules") / "suggestions.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind, in the order of the file."""
    found = {name: _kind(name, value) for name, value in _document().items() if name not in TABLES}
    return MappingProxyType(found)


def _kind(name: str, value: Mapping[str, Any]) -> Kind:
    wrong = {*(set(value) - _KEYS), *(_MUST - set(value))}
    if wrong:
        raise Invalid(f"suggestions.toml: [{name}] has a key that is unknown or missing: {min(wrong)!r}.")
    return Kind(
        id=name,
        one=value["one"],
        many=value["many"],
        zone_class=_class(value["class"]),
        why=value.get("why", ""),
        law=value.get("law", False),
        sure=value.get("sure", True),
        care_class=_class(value.get("care_class", "")),
        care_why=value.get("care_why", ""),
        otherwise=_class(value.get("otherwise", "")),
    )


def _class(value: str) -> ZoneClass | None:
    return ZoneClass(value) if value else None


@cache
def _patterns() -> Mapping[str, tuple[tuple[Kind, _Pattern], ...]]:
    """The patterns by their first two letters; under "" those that may begin with any."""
    found: defaultdict[str, list[tuple[Kind, _Pattern]]] = defaultdict(list)
    for kind in kinds().values():
        for words in _document()[kind.id]["words"]:
            pattern = _Pattern.of(words)
            letters, before, _ = pattern.words[0]
            found["" if before else letters[:2]].append((kind, pattern))
    return MappingProxyType({letter: tuple(each) for letter, each in found.items()})


@cache
def _codes() -> Mapping[str, Kind]:
    return MappingProxyType({code: kind for kind in kinds().values() for code in _document()[kind.id]["codes"]})


@cache
def _groups(table: str) -> tuple[tuple[str, _Pattern], ...]:
    return tuple((name, _Pattern.of(words)) for name, all_words in _document()[table].items() for words in all_words)


# --- meanings ----------------------------------------------------------------------------------------------------


def _is_open_head(match: Match, words: tuple[str, ...]) -> bool:
    """A name that ends in "toilet" or "corridor" is one, whatever describes it."""
    return match.kind.zone_class is None and not words[match.end :]


@lru_cache(maxsize=20_000)
def meaning(name: str) -> Meaning:
    """What a room's name means. Names repeat, so what was found is kept."""
    words = plain_words(name)
    found = list(_matches(words))
    outer = [match for match in found if not any(other.holds(match) for other in found)]
    order = {kind: place for place, kind in enumerate(kinds().values())}
    outer.sort(key=lambda match: (match.start - match.end, not _is_open_head(match, words), order[match.kind]))
    return Meaning(tuple(_one_for_each(outer)), words)


def _matches(words: tuple[str, ...]) -> Iterable[Match]:
    for start in range(len(words)):
        for kind, pattern in (*_patterns().get(words[start][:2], ()), *_patterns().get("", ())):
            if pattern.fits(words, start):
                yield Match(kind, start, start + len(pattern.words))


def _one_for_each(matches: Iterable[Match]) -> Iterable[Match]:
    """The first match of each kind, and of each run of words."""
    kinds_seen: set[Kind] = set()
    spans: set[tuple[int, int]] = set()
    for match in matches:
        if match.kind not in kinds_seen and (match.start, match.end) not in spans:
            yield match
        kinds_seen.add(match.kind)
        spans.add((match.start, match.end))


def of_category(category: str) -> tuple[Kind | None, str]:
    """The kind that a category means, and the category in words. Its words come before its code: editions differ."""
    coded = _CODE.match(category)
    if coded:
        number, words = coded.groups()
        return meaning(words).kind or _by_code(number), words or number
    value = category.partition("=")[2] or category
    code, *_ = value.strip().casefold().split(".")
    return _codes().get(code) or meaning(value.replace("_", " ")).kind, value


def _by_code(code: str) -> Kind | None:
    longer = tuple(accumulate(code.split(" "), "{} {}".format))
    return next((_codes()[each] for each in reversed(longer) if each in _codes()), None)


@lru_cache(maxsize=20_000)
def who_uses(name: str) -> frozenset[str]:
    """For whom a name says that the room is: staff, patients, visitors."""
    return _groups_in("who", plain_words(name))


@lru_cache(maxsize=2_000)
def department_is(name: str) -> str:
    """What a department is: closed_care, care, staff, open, or nothing that is known."""
    found = _groups_in("departments", plain_words(name))
    return next((group for group in _document()["departments"] if group in found), "")


def _groups_in(table: str, words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        group for group, pattern in _groups(table) for start in range(len(words)) if pattern.fits(words, start)
    )
