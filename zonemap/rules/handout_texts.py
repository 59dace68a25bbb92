"""The texts of handouts, and of what is said to patients: one file a language in ``wording/handouts``, with its status.

Their languages are among those of the signs (``rules/sign_texts``): a language without a file is not offered.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.sign import Language, WordingStatus
from zonemap.rules.sign_texts import languages as sign_languages
from zonemap.rules.sign_texts import say

OPERATIVE = "en"


@cache
def _files() -> Mapping[str, Mapping[str, Any]]:
    folder = resources.files("zonemap.rules") / "wording" / "handouts"
    return MappingProxyType(
        {
            item.name.removesuffix(".toml"): tomllib.loads(item.read_text("utf-8"))
            for item in folder.iterdir()
            if item.name.endswith(".toml")
        }
    )


@cache
def handout_languages() -> tuple[Language, ...]:
    """The languages that there are texts in, English first, each with the status of its handout texts."""
    return tuple(
        replace(each, status=WordingStatus(_files()[each.code]["status"]))
        for each in sign_languages()
        if each.code in _files()
    )


def handout_language(code: str) -> Language:
    """The language of that code. Raises Invalid, naming those there are."""
    found = next((each for each in handout_languages() if each.code == code), None)
    if found is None:
        names = ", ".join(each.name for each in handout_languages())
        raise Invalid(f"There are no texts in this language. Choose from {names}.", fields={"languages": names})
    return found


def handout_texts(code: str) -> Mapping[str, Any]:
    """Every text of one language by its key; beside its own those of signs that handouts share."""
    handout_language(code)
    return _texts(code)


@cache
def _texts(code: str) -> Mapping[str, Any]:
    shared = ("emergency", "in_emergency", "everyone", "call_911", "tell_staff", "interpreter")
    return MappingProxyType({key: say(key, code) for key in shared} | dict(_files()[code]["texts"]))


def speech_lines(code: str) -> tuple[str, ...]:
    """What is said to patients in that language, before a facility changes it. Raises Invalid."""
    return tuple(handout_texts(code)["speech"])


def unchecked(codes: Sequence[str]) -> tuple[Language, ...]:
    """Those of some languages whose texts no qualified translator has read. English is the text that counts."""
    found = (handout_language(code) for code in dict.fromkeys(codes) if code != OPERATIVE)
    return tuple(each for each in found if each.status is WordingStatus.DRAFTED)
