"""What a lack means in words: message, reason, remedy and source, from ``wording/lacks.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from zonemap.rules.pack import Pack


class Level(StrEnum):
    """Must: no floor is designated without it. Look: worth a look; it can be designated all the same."""

    MUST = "must"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class LackText:
    """One lack in words. ``source`` is empty where no law was found that asks for it."""

    level: Level
    message: str
    why: str
    fix: str
    source: str


@cache
def _texts() -> Mapping[str, Any]:
    text = (files("zonemap.rules") / "wording" / "lacks.toml").read_text("utf-8")
    return tomllib.loads(text)


def lack_kinds() -> tuple[str, ...]:
    """Every kind of lack, those that must be settled first."""
    return tuple(name for name in _texts() if name != "good")


def good_words() -> tuple[tuple[tuple[str, ...], str], ...]:
    """What can be said where none of some kinds of lack was found: those kinds, and the sentence."""
    return tuple((tuple(each["of"]), str(each["words"])) for each in _texts()["good"])


def lack_text(kind: str, pack: Pack, **values: str) -> LackText:
    """The words for a lack. A law is named only where the pack of the facility knows one."""
    given = _texts()[kind]
    source = str(getattr(pack, given["source"])) if given["source"] else ""
    message, why = (str(given[name]).format(**values) for name in ("message", "why"))
    return LackText(Level(given["level"]), message, why, given["fix"], source)
