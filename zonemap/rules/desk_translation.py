"""The desk's texts in another language: one file a language, with the keys of the English ones.

A translation is found by its English text, so that rules, table and hash stay one. What has none (a state's
own lines, a facility's own) stays in English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

_PAIRS = (("desk", "desk"), ("questions", "questions"))


@cache
def translation(language: str) -> Mapping[str, Any]:
    """The file of a language."""
    return MappingProxyType(_read(f"desk.{language}.toml"))


@cache
def told_in(language: str) -> Callable[[str], str]:
    """What a text of the desk reads in a language."""
    own = translation(language)
    known = {
        english: dict(_texts(own[part]))[path]
        for part, file in _PAIRS
        for path, english in _texts(_read(f"{file}.toml"))
        if path in dict(_texts(own[part]))
    }
    known["I can't tell"] = own["unsure"]["label"]
    return lambda text: known.get(text, text)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("zonemap.rules") / "wording" / name).read_text("utf-8"))


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text with the way to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _texts(each, f"{path}.{key}")
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _texts(each, f"{path}.{at}")
