"""The desk's texts from ``wording/desk.toml``: one place per text, looked up by code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from zonemap.model.assessment import PaperClass
from zonemap.model.facility import ContactRole


@dataclass(frozen=True, slots=True)
class MustNot:
    """Something nobody at the desk does, whatever the paper; and why."""

    text: str
    citation: str


@cache
def words() -> Mapping[str, Any]:
    """Every text of the desk, as the file orders them."""
    text = (files("zonemap.rules") / "wording" / "desk.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))


@cache
def must_nots() -> tuple[MustNot, ...]:
    """What nobody does, in every class. A facility may add lines of its own, never take one away."""
    return tuple(MustNot(each["text"], each["citation"]) for each in words()["must_not"])


def must_not_texts(paper_class: PaperClass) -> tuple[str, ...]:
    """The lines for a class: those of every class, then its own."""
    return (*(each.text for each in must_nots()), *words()["must_not_more"][paper_class])


def why_call(paper_class: PaperClass, role: ContactRole) -> str:
    """What that role is called for."""
    own: Mapping[str, str] = words()["roles_more"].get(paper_class, {})
    return str(own.get(role, words()["roles"][role]))


def listed(parts: tuple[str, ...]) -> str:
    """Things in a row as people say them: a, b and c."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
