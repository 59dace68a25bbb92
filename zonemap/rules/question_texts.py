"""The questions of the desk as values: text, where to look, answers; from ``wording/questions.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

UNSURE = "unsure"
UNSURE_LABEL = "I can't tell"
UNSURE_HINT = "A good answer. It never counts against you, and help comes either way."
SCENE_KEYS = ("danger_now", "entering_now", "custody_escort")
_SEVERAL = ("wants",)  # of these more than one answer can be given


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: the observation ``key`` it fills, and its value. *Unsure* is always among the answers of a question
    and is never chosen beforehand.
    """

    key: str
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the desk.

    ``key`` is the observation it fills (the scene fills one of four: each option says which), ``look`` says where to
    look, ``specimen`` names the spot to frame on a drawing of a paper (empty: nothing is drawn), ``short`` heads it in
    the list of answers so far.
    """

    key: str
    text: str
    look: str
    options: tuple[Option, ...]
    several: bool = False
    specimen: str = ""
    short: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The observations that its answers fill. An answer to any of them answers the question."""
        return tuple(dict.fromkeys(option.key for option in self.options))

    def label(self, value: str) -> str:
        """An answer in words. A value that nobody can press (*none shown*) reads as not shown."""
        return next((option.label for option in self.options if option.value == value), "Not shown")


@cache
def questions() -> Mapping[str, Question]:
    """Every observation as a question of its own, by key, *I can't tell* last; also those that the desk never asks."""
    return MappingProxyType({key: _question(key, value) for key, value in _document().items() if key != "scene"})


@cache
def scene_question() -> Question:
    """The first question: danger, officers going in, a patient in custody, or what they show."""
    value = _document()["scene"]
    return replace(
        _question(SCENE_KEYS[0], {**value, "options": {}, "spot": ""}),
        options=(*(Option(**option) for option in value["answers"]), _unsure(SCENE_KEYS[0])),
    )


@cache
def heading_by_state() -> Question:
    """The heading, where it matters of which state a court is: two answers in the place of one."""
    heading, courts = questions()["top_heading"], _document()["court"]["headings"]
    options = [
        each
        for option in heading.options
        for each in ([Option("court", **court) for court in courts] if option.value == "state_court" else [option])
    ]
    return replace(heading, options=tuple(options))


@cache
def _document() -> Mapping[str, Any]:
    text = (files("zonemap.rules") / "wording" / "questions.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))


def _question(key: str, value: Mapping[str, Any]) -> Question:
    hints = value.get("hints", {})
    options = [Option(key, name, label, hints.get(name, "")) for name, label in value["options"].items()]
    return Question(
        key=key,
        text=value["text"],
        look=value["look"],
        options=(*options, _unsure(key)),
        several=key in _SEVERAL,
        specimen=value["spot"],
        short=value["short"],
    )


def _unsure(key: str) -> Option:
    return Option(key, UNSURE, UNSURE_LABEL, UNSURE_HINT)


def meaning(key: str, value: str) -> str:
    """What follows from one answer, in a few words; empty where nothing does."""
    return str(_document()[key]["so"].get(value, ""))
