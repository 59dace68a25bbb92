"""What a line of a facility's own protocol must not tell staff: to block, hide, lie, warn, destroy, open or judge.

The method is that of the signs' guard (``rules/sign_guard``): an objection names the phrase, says why, and what to
write instead. A line that says what is not to be done passes. The rules lie in ``wording/protocol_guard.toml``; they
know English and Spanish, so a wording in another language is for counsel to read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from zonemap.errors import Invalid
from zonemap.rules.phrases import folded, stems

LINE_MOST = 300  # letters of a line

_NEGATING = ("negations", "verbs", "before_ing", "spanish", "spanish_verbs")
_SENTENCE = re.compile(r"[.?!;:\n–—]+|\b(?:but|instead|then|pero|sino|luego)\b")


@dataclass(frozen=True, slots=True)
class StepObjection:
    """What is wrong with a line, and what to write instead."""

    phrase: str  # as it stands there
    why: str
    instead: str

    @property
    def sentence(self) -> str:
        """All of it, for the person who wrote the line."""
        return f"Take out “{self.phrase}”. {self.why} {self.instead}"


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    allowed: re.Pattern[str] | None
    why: str
    instead: str
    speech: bool  # for what is said to patients alone
    always: bool  # also where the line says that it is not to be done


@cache
def _document() -> Mapping[str, Any]:
    source = resources.files("zonemap.rules") / "wording" / "protocol_guard.toml"
    return MappingProxyType(tomllib.loads(source.read_text(encoding="utf-8")))


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(_rule(given) for given in _document()["never"])


def _rule(given: Mapping[str, Any]) -> _Rule:
    allowed = given.get("allowed")
    return _Rule(
        pattern=stems(given["phrases"]),
        allowed=stems(allowed) if allowed else None,
        why=given["why"],
        instead=given["instead"],
        speech=bool(given.get("speech")),
        always=bool(given.get("always_all")),
    )


def step_objections(text: str, *, speech: bool = False) -> tuple[StepObjection, ...]:
    """What is wrong with one line; nothing, where it may stand. ``speech`` is for what is said to patients."""
    return tuple(_objections(text, speech))


def guard_step(text: str, field: str, *, speech: bool = False) -> None:
    """Let a line pass, or raise Invalid with a sentence beside that field."""
    if len(text) > LINE_MOST:
        sentence = f"Use at most {LINE_MOST} letters: one line says one thing."
        raise Invalid(sentence, fields={field: sentence})
    found = step_objections(text, speech=speech)
    if found:
        raise Invalid(f"This line cannot stand in a protocol. {found[0].sentence}", fields={field: found[0].sentence})


def _objections(text: str, speech: bool) -> Iterator[StepObjection]:
    plain, places = folded(text)
    negated = _not_to_be_done(plain)
    for rule in (each for each in _rules() if speech or not each.speech):
        free = [*([] if rule.always else negated), *_excused(rule, plain)]
        for found in rule.pattern.finditer(plain):
            if not any(start <= found.start() and found.end() <= end for start, end in free):
                yield StepObjection(text[places[found.start()] : places[found.end() - 1] + 1], rule.why, rule.instead)
                break


def _excused(rule: _Rule, plain: str) -> Iterator[tuple[int, int]]:
    """The sentences that say something which the rule allows for."""
    if rule.allowed:
        yield from (each for each in _sentences(plain) if rule.allowed.search(plain, *each))


@cache
def _negation() -> re.Pattern[str]:
    """A negation with the verb that it rules."""
    words = {name: stems(_document()[name]).pattern for name in _NEGATING}
    before = rf"(?:{words['negations']})\s+(?:ever\s+)?(?:{words['verbs']})"
    before_ing = rf"(?:{words['before_ing']})\s+\w+ing\b"
    return re.compile(rf"{before}|{before_ing}|(?:{words['spanish']})\s+(?:{words['spanish_verbs']})")


def _not_to_be_done(plain: str) -> list[tuple[int, int]]:
    """The stretches of a line that say what is not to be done, from the negation to the end of what it rules.

    A comma ends it, but for a list, as in "do not block, push or touch anyone".
    """
    return [
        (found.start(), _ruled_until(plain, found.end(), end))
        for start, end in _sentences(plain)
        for found in _negation().finditer(plain, start, end)
    ]


def _sentences(plain: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _SENTENCE.finditer(plain):
        yield start, found.start()
        start = found.end()
    yield start, len(plain)


def _ruled_until(plain: str, start: int, end: int) -> int:
    before, comma, after = plain[start:end].partition(",")
    if not comma or re.search(r"\b(?:or|nor|ni|o)\b", after):
        return end
    return start + len(before)
