"""What a sign must not say: more than its zone is, a threat, a promise, a law, a safety sign's shape.

Every wording that goes to a wall passes here: ours, a translator's, and a facility's own. An objection names the line,
what is wrong with it, and what to say instead. Sources: the project's law notes on signs, sections 2 and 3; ISO 3864-1,
4.2 for shapes. The rules lie in ``wording/sign_guard.toml``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.sign import SignKind
from zonemap.rules.phrases import folded, pattern

HEADLINE_MOST, LINE_MOST = 40, 120  # characters that a sheet can still show large enough


@dataclass(frozen=True, slots=True)
class Objection:
    """What is wrong with one line of a sign, and what to write instead."""

    line: str  # "headline", "sentence" or "second", or the name of a text
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
    kinds: frozenset[SignKind]
    is_of_law: bool


@cache
def _document() -> Mapping[str, Any]:
    source = resources.files("zonemap.rules") / "wording" / "sign_guard.toml"
    return MappingProxyType(tomllib.loads(source.read_text(encoding="utf-8")))


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(_rule(given) for given in _document()["never"])


def _rule(given: Mapping[str, Any]) -> _Rule:
    allowed = given.get("allowed")
    return _Rule(
        pattern=pattern(given["phrases"]),
        allowed=pattern(allowed) if allowed else None,
        why=given["why"],
        instead=given["instead"],
        kinds=frozenset(map(SignKind, given.get("kinds", list(SignKind)))),
        is_of_law=bool(given.get("law")),
    )


def _found(rule: _Rule, folded: str) -> re.Match[str] | None:
    """The first place where the rule is broken, but for what it allows."""
    free = [found.span() for found in rule.allowed.finditer(folded)] if rule.allowed else []
    for found in rule.pattern.finditer(folded):
        if not any(start <= found.start() and found.end() <= end for start, end in free):
            return found
    return None


def objections(kind: SignKind, lines: Mapping[str, str]) -> tuple[Objection, ...]:
    """What is wrong with the lines of a sign of that kind, line by line; nothing, where it may hang.

    At most one objection a line: when that is mended, the next is told.
    """
    found = (next(_of_line(kind, name, text), None) for name, text in lines.items())
    return tuple(each for each in found if each is not None)


def guard(kind: SignKind, lines: Mapping[str, str]) -> None:
    """Let the lines pass, or raise Invalid with a sentence for each line that must not hang."""
    found = objections(kind, lines)
    if found:
        raise Invalid(
            f"This sign cannot be printed. {found[0].sentence}",
            fields={each.line: each.sentence for each in found},
        )


def never_printed(text: str, *, kind: SignKind | None = None, law: bool = False) -> str | None:
    """The first phrase in the text that a sign must never say, as it stands there, or None.

    Without a kind only what holds for all of them is looked for; ``law`` is for a line that cites one.
    """
    found = next(_broken(text, kind, law), None)
    return found[0] if found else None


def _broken(text: str, kind: SignKind | None, law: bool) -> Iterator[tuple[str, str, str]]:
    """Phrase, reason and advice for every rule that the text breaks."""
    shapes = _document()["shapes"]
    shape = next((char for char in text if char in shapes["letters"]), None)
    if shape:
        yield shape, shapes["why"], shapes["instead"]
    plain, places = folded(text)
    for rule in _rules():
        applies = kind in rule.kinds if kind else rule.kinds.issuperset(SignKind)
        if not applies or (law and rule.is_of_law):
            continue
        found = _found(rule, plain)
        if found:
            yield text[places[found.start()] : places[found.end() - 1] + 1], rule.why, rule.instead


def _of_line(kind: SignKind, name: str, text: str) -> Iterator[Objection]:
    for phrase, why, instead in _broken(text, kind, law=False):
        yield Objection(name, phrase, why, instead)
    picture = next((char for char in text if unicodedata.category(char) in ("So", "Sk", "Co", "Cn", "Cc")), None)
    if picture:
        yield Objection(name, picture, "It is a picture, and not every printer or screen reader has it.", "Use words.")
    most = HEADLINE_MOST if name == "headline" else LINE_MOST
    if len(text) > most:
        yield Objection(name, text[most:], f"A line of more than {most} letters cannot be read from afar.", "Say less.")


@cache
def _reveals() -> re.Pattern[str]:
    words = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in _document()["reveals"]["words"])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def tells_too_much(name: str) -> bool:
    """Whether a room's name would tell a passer-by what care is given there, or what papers somebody has."""
    return bool(_reveals().search(name))
