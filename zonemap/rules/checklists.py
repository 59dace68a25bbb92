"""What the law of a state asks of a facility, point by point, from ``wording/checklists.toml``, else from its pack."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from zonemap.model.facility import SiteKind
from zonemap.rules.pack import Pack


@dataclass(frozen=True, slots=True)
class CheckPoint:
    """One point. ``here`` names what in zonemap shows it; "people" where nothing can."""

    text: str
    citation: str
    here: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """The points of a state. ``in_full`` where they were written from its law; ``binds`` whether that kind of site."""

    name: str
    who: str
    due: str
    points: tuple[CheckPoint, ...]
    in_full: bool
    binds: bool


@cache
def checklist_words() -> Mapping[str, Any]:
    """Every text of the checklists."""
    text = (files("zonemap.rules") / "wording" / "checklists.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))


def checklist_for(state: str, kind: SiteKind, pack: Pack) -> Checklist:
    """The checklist of a state for that kind of site; from the pack where the state has none of its own."""
    for each in checklist_words()["state"]:
        if each["state"] == state:
            points = tuple(CheckPoint(**item) for item in each["item"])
            return Checklist(each["name"], each["who"], each["due"], points, True, kind.value in each["kinds"])
    return Checklist(pack.name, pack.who, "", tuple(_points(pack)), False, kind in pack.covers)


def _points(pack: Pack) -> Iterator[CheckPoint]:
    if pack.care_areas:
        yield CheckPoint("Areas of care are designated as not public", pack.care_areas, "designated")
    if pack.notice:
        yield CheckPoint("A notice to authorities stands at the entrances", pack.notice, "notices")
    if pack.waiting_space:
        yield CheckPoint("Officers have a place to wait", pack.waiting_space, "waiting")
    for duty in pack.duties:
        yield CheckPoint(duty.text, duty.citation, "scripts")
