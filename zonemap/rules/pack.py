"""Law packs: what the law of one jurisdiction changes, as data. A pack is chosen by state and kind of site."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.assessment import PackNote
from zonemap.model.facility import SiteKind

FEDERAL = "US-federal"


@dataclass(frozen=True, slots=True)
class Pack:
    """One jurisdiction. ``reviewed_by`` is empty until a named lawyer has read it; say so wherever it is shown."""

    id: str
    name: str
    version: int
    state: str
    covers: frozenset[SiteKind]
    reviewed_on: date
    review_by: date
    reviewed_by: str
    order_scope_required: bool  # nothing short of a paper that names the nonpublic area is more than a hold
    federal_only_judge: bool  # a state judge's paper from an immigration agency is a hold
    litigation_note: str
    citations: tuple[str, ...]
    open_questions: tuple[str, ...]

    def note(self, today: date) -> PackNote:
        """What is shown of the pack beside an answer."""
        return PackNote(
            self.id,
            self.name,
            self.version,
            self.reviewed_on,
            self.review_by,
            self.reviewed_by,
            today > self.review_by,
            self.litigation_note,
        )


def pack_from(text: str, source: str) -> Pack:
    """A pack from TOML. Raises Invalid naming the source and the key that is unknown, missing or unusable."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Invalid(f"{source} is not TOML: {error}.") from error
    known = {field.name for field in fields(Pack)}
    wrong = [f"{key!r} is not a key of a pack" for key in given if key not in known]
    wrong += [f"{key!r} is missing" for key in sorted(known - set(given))]
    if wrong:
        raise Invalid(f"{source}: {wrong[0]}.")
    return Pack(**{key: _value(source, key, value) for key, value in given.items()})


@cache
def packs() -> Mapping[str, Pack]:
    """Every pack that zonemap ships, by id."""
    folder = files("zonemap.rules") / "packs"
    found = [
        pack_from(item.read_text("utf-8"), item.name)
        for item in sorted(folder.iterdir(), key=lambda item: item.name)
        if item.name.endswith(".toml")
    ]
    return MappingProxyType({pack.id: pack for pack in found})


def pack_for(state: str, site_kind: SiteKind) -> Pack:
    """The pack of the state where it covers that kind of site, else federal law."""
    pack = next((pack for pack in packs().values() if pack.state and pack.state == state.upper()), None)
    return pack if pack is not None and site_kind in pack.covers else packs()[FEDERAL]


def pack_by_id(pack_id: str) -> Pack:
    """The pack of a jurisdiction, or federal law where there is none."""
    return packs().get(pack_id, packs()[FEDERAL])


def _value(source: str, key: str, value: Any) -> Any:
    if key == "covers":
        try:
            return frozenset(SiteKind(kind) for kind in value)
        except ValueError as error:
            raise Invalid(f"{source}: covers holds an unknown kind of site: {error}.") from error
    if isinstance(value, list):
        return tuple(value)
    wanted = {"version": int, "reviewed_on": date, "review_by": date}.get(
        key, bool if key in ("order_scope_required", "federal_only_judge") else str
    )
    if not isinstance(value, wanted):
        raise Invalid(f"{source}: {key} must be a {wanted.__name__}, but is {value!r}.")
    return value
