"""The seal of a pack: any change of what a lawyer reads gives another one; what belongs to a facility does not."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import pytest

from zonemap.model.assessment import Confidence, PaperClass
from zonemap.model.facility import SiteKind
from zonemap.rules import seal as seal_module
from zonemap.rules.pack import FEDERAL, Basis, Duty, Pack, packs
from zonemap.rules.seal import seal

CALIFORNIA = packs()["US-CA"]
_OF_THE_FACILITY = {"stands_in_for": "Guam", "part2": True, "own_must_not": ("Stay.",), "reviewed_by": "A lawyer"}
_OTHER: dict[type, Any] = {
    str: lambda value: value + "x",
    bool: lambda value: not value,
    int: lambda value: value + 1,
    tuple: lambda value: (*value, "x") if not value or isinstance(value[0], str) else value[:-1],
}


def _otherwise(name: str, value: Any) -> Any:
    if name == "basis":
        return next(each for each in Basis if each is not value)
    if name == "covers":
        return value - {next(iter(value))} if value else frozenset(SiteKind)
    if name == "citations":
        return MappingProxyType({**value, "any": ("Another law.",)})
    if name == "confidence":
        return MappingProxyType({**value, PaperClass.NO_PAPER: Confidence.CONTESTED})
    if name == "duties":
        return (*value, Duty("Do it.", "A law"))
    return value + timedelta(days=1) if name.startswith("review") else _OTHER[type(value)](value)


@pytest.mark.parametrize("name", [f.name for f in fields(Pack) if f.name not in _OF_THE_FACILITY])
def test_any_change_of_a_pack_gives_another_seal(name: str) -> None:
    changed: dict[str, Any] = {name: _otherwise(name, getattr(CALIFORNIA, name))}

    assert seal(replace(CALIFORNIA, **changed)) != seal(CALIFORNIA)


@pytest.mark.parametrize("name", _OF_THE_FACILITY)
def test_what_belongs_to_one_facility_is_not_part_of_it(name: str) -> None:
    changed: dict[str, Any] = {name: _OF_THE_FACILITY[name]}

    assert seal(replace(CALIFORNIA, **changed)) == seal(CALIFORNIA)


def test_it_is_sixty_four_digits_that_depend_on_no_order() -> None:
    turned = replace(
        CALIFORNIA,
        citations=MappingProxyType(dict(reversed(CALIFORNIA.citations.items()))),
        covers=frozenset(sorted(CALIFORNIA.covers, reverse=True)),
    )

    assert len(seal(CALIFORNIA)) == 64
    assert seal(turned) == seal(CALIFORNIA)
    assert len({seal(each) for each in packs().values()}) == len(packs())


@pytest.mark.parametrize("read", ["rows", "words", "packs"])
def test_the_access_table_the_words_and_federal_law_are_part_of_it(read: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = seal(CALIFORNIA)
    whole: Any = getattr(seal_module, read)()
    other = {FEDERAL: replace(whole[FEDERAL], version=99)} if read == "packs" else {**whole, "more": ["x"]}
    monkeypatch.setattr(seal_module, read, lambda: other)

    assert seal(CALIFORNIA) != before
