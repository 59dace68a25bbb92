"""The texts of signs and notices, by language. One file a language in ``wording/languages``, each with its status.

A text that no qualified translator has read is "drafted" (45 CFR 92.201(c)(3)); a "checked" file says by whom and when.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.sign import Language, Text, WordingStatus
from zonemap.rules.sign_guard import never_printed

OPERATIVE = "en"  # the English text is the operative one and stands first
_FIRST = (OPERATIVE, "es")  # the others follow by their English names


@cache
def sign_document() -> Mapping[str, Any]:
    """What signs are made of: kinds, citations, languages by state."""
    source = resources.files("zonemap.rules") / "wording" / "signs.toml"
    return MappingProxyType(tomllib.loads(source.read_text(encoding="utf-8")))


def text_from(where: str, value: Mapping[str, Any], *, law: bool = False) -> Text:
    """One text from its TOML table; ``law`` for a line that cites one.

    Raises Invalid, naming the place, for a status that nobody signed and for what a sign must not say.
    """
    text = Text(
        text=str(value["text"]),
        status=WordingStatus(value.get("status", "drafted")),
        checked_by=str(value.get("checked_by", "")),
        checked_on=value.get("checked_on"),
    )
    if text.status is WordingStatus.CHECKED and not (text.checked_by and isinstance(text.checked_on, date)):
        raise Invalid(f"The text {where} is marked as checked, but does not say by whom and when.")
    phrase = never_printed(text.text, law=law)
    if phrase:
        raise Invalid(f"The text {where} says {phrase!r}, which a sign must not say. Word it another way.")
    return text


@cache
def _files() -> Mapping[str, Mapping[str, Any]]:
    """The language files by code: English, Spanish, then by name."""
    folder = resources.files("zonemap.rules") / "wording" / "languages"
    found = {
        item.name.removesuffix(".toml"): tomllib.loads(item.read_text("utf-8"))
        for item in folder.iterdir()
        if item.name.endswith(".toml")
    }
    order = sorted(found, key=lambda code: (_FIRST.index(code) if code in _FIRST else len(_FIRST), found[code]["name"]))
    return MappingProxyType({code: found[code] for code in order})


@cache
def texts(code: str) -> Mapping[str, Text]:
    """Every text of one language by its key. Raises Invalid where one says what a sign must not say."""
    file = _files()[code]
    status = {name: file[name] for name in ("status", "checked_by", "checked_on") if name in file}
    return MappingProxyType(
        {key: text_from(f"{code}.{key}", {"text": value} | status) for key, value in file["texts"].items()}
    )


def say(key: str, code: str) -> str:
    """One text in one language."""
    return texts(code)[key].text


def comma(code: str) -> str:
    """What stands between the parts of a list in that language."""
    return str(_files()[code].get("comma", ", "))


@cache
def languages() -> tuple[Language, ...]:
    """The languages that signs can be printed in, English first."""
    return tuple(_language(code, file) for code, file in _files().items())


def _language(code: str, file: Mapping[str, str]) -> Language:
    return Language(code, file["name"], file["own_name"], file["direction"], WordingStatus(file["status"]))


def language(code: str) -> Language:
    """The language of that code. Raises Invalid, naming those there are."""
    found = next((each for each in languages() if each.code == code), None)
    if found is None:
        names = ", ".join(f"{each.code} ({each.name})" for each in languages())
        raise Invalid(f"There are no sign texts for the language {code!r}. Choose from {names}.")
    return found


def chosen_languages(codes: Sequence[str]) -> tuple[Language, ...]:
    """The languages of a sheet, each once, English first. Raises Invalid for one that we have no texts for."""
    return tuple(language(code) for code in dict.fromkeys((OPERATIVE, *codes)))


def suggested_languages(state: str) -> tuple[str, ...]:
    """The languages to suggest beside English in a state: those most spoken there by people who know little English."""
    suggested = sign_document()["suggested"]
    return tuple(suggested.get(state.strip().upper(), suggested["elsewhere"]))
