"""Law packs: what the law of one jurisdiction changes, as data. A pack is chosen by state and kind of site.

A pack is a TOML file in ``packs/``. It is read strictly: a key that is unknown, missing or of the wrong kind is an
error that names file and key, because a rule that is silently ignored is worse than none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.assessment import Confidence, PackNote, PaperClass
from zonemap.model.facility import SiteKind
from zonemap.model.places import STATES

FEDERAL = "US-federal"
ANY = "any"  # citations and duties that belong to every class
NOBODY = "nobody"  # how a pack's file says that no lawyer has read it
_NEVER_IN_A_FILE = frozenset({"stands_in_for", "part2", "own_must_not"})


class Basis(StrEnum):
    """What was found of the state's own law for a front desk."""

    STATUTE = "statute"
    GUIDANCE = "guidance"
    PENDING = "pending"  # a bill whose fate is not known
    NOTHING_FOUND = "nothing_found"


@dataclass(frozen=True, slots=True)
class Duty:
    """What a state asks of the staff: shown beside the answer. Without classes it belongs to every answer."""

    text: str
    citation: str
    classes: frozenset[PaperClass] = frozenset()

    def belongs_to(self, paper_class: PaperClass) -> bool:
        """Whether it stands beside an answer of that class."""
        return not self.classes or paper_class in self.classes


@dataclass(frozen=True, slots=True)
class Pack:
    """One jurisdiction. ``reviewed_by`` is empty until a named lawyer has read it; say so wherever it is shown.

    The last three fields belong to one facility, and are never in a file.
    """

    id: str
    name: str
    version: int
    state: str  # two letters, USPS; empty: every state
    basis: Basis
    who: str  # whom the law binds or speaks to, in words
    covers: frozenset[SiteKind]
    reviewed_on: date
    review_by: date
    reviewed_by: str
    order_scope_required: bool  # nothing short of a paper that names the nonpublic area is more than a hold
    federal_only_judge: bool  # a state judge's paper from an immigration agency is a hold
    own_courts_only: bool  # a paper of another state's court opens nothing here: counsel
    exigency: str  # what the state says of an emergency; empty: nothing was read
    notice: str  # the law that asks for a notice to authorities at the entrance; empty: none is known
    waiting_space: str  # the law that asks for a place where officers wait; empty: none is known
    care_areas: str  # the law that asks for places of care to be marked as not public; empty: none is known
    warrant_clock: str  # how long a search warrant of this state's courts runs, and at what hours; empty: not known
    litigation_note: str
    must_not: tuple[str, ...]  # lines beside those of every class; none of those can be taken away
    open_questions: tuple[str, ...]
    citations: Mapping[str, tuple[str, ...]]  # by class, and "any"
    confidence: Mapping[PaperClass, Confidence]  # where it differs from the access table
    duties: tuple[Duty, ...]
    stands_in_for: str = ""  # the place that has no pack, or none that covers the site
    part2: bool = False  # a substance-use program under 42 CFR Part 2
    own_must_not: tuple[str, ...] = ()  # the facility's own lines, added to those of every class

    @property
    def trusted_until(self) -> date:
        """The last day of trust: its own, or that of federal law beneath it where that is earlier."""
        return min(self.review_by, packs()[FEDERAL].review_by)

    def note(self, today: date) -> PackNote:
        """What is shown of the pack beside an answer."""
        return PackNote(
            id=self.id,
            name=self.name,
            version=self.version,
            reviewed_on=self.reviewed_on,
            review_by=self.trusted_until,
            reviewed_by=self.reviewed_by,
            stale=today > self.trusted_until,
            litigation_note=self.litigation_note,
            stands_in_for=self.stands_in_for,
        )

    def cited(self, paper_class: PaperClass) -> tuple[str, ...]:
        """What the pack cites for a class: its own lines first."""
        return (*self.citations.get(paper_class.value, ()), *self.citations.get(ANY, ()))


@cache
def packs() -> Mapping[str, Pack]:
    """Every pack that zonemap ships, by id."""
    folder = files("zonemap.rules") / "packs"
    sources = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    found = [pack_from(item.read_text("utf-8"), item.name) for item in sources]
    return MappingProxyType({pack.id: pack for pack in found})


def pack_for(state: str, site_kind: SiteKind) -> Pack:
    """The pack of the state where it covers that kind of site, else federal law, which then says what it stands for."""
    letters = state.strip().upper()
    own = next((pack for pack in packs().values() if letters and pack.state == letters), None)
    if own is None:
        return replace(packs()[FEDERAL], stands_in_for=STATES.get(letters, letters))
    if site_kind in own.covers:
        return own
    return replace(packs()[FEDERAL], stands_in_for=f"{own.name}, whose rules do not cover this kind of site")


def pack_by_id(pack_id: str) -> Pack:
    """The pack of a jurisdiction such as US-CA, or federal law, which then says what it stands for."""
    own = packs().get(pack_id)
    return own if own is not None else replace(packs()[FEDERAL], stands_in_for=_named(pack_id))


def _named(pack_id: str) -> str:
    return STATES.get(pack_id.removeprefix("US-"), pack_id)


# --- reading a pack -----------------------------------------------------------------------------------------------


def pack_from(text: str, source: str) -> Pack:
    """A pack from TOML. Raises Invalid naming the source and the key that is unknown, missing or unusable."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Invalid(f"{source} is not TOML: {error}.") from error
    _only_known(source, given, {field.name for field in fields(Pack) if field.name not in _NEVER_IN_A_FILE})
    return Pack(**{key: _read(f"{source}: {key}", _KINDS[key], value) for key, value in given.items()})


def _only_known(where: str, given: Mapping[str, Any], known: set[str]) -> None:
    unknown = [f"{key!r} is not a key that belongs here" for key in given if key not in known]
    missing = [f"{key!r} is missing" for key in sorted(known) if key not in given]
    if unknown or missing:
        raise Invalid(f"{where}: {(unknown + missing)[0]}.")


def _read(where: str, kind: Callable[[str, Any], Any], value: Any) -> Any:
    try:
        return kind(where, value)
    except (ValueError, TypeError, AttributeError) as error:
        raise Invalid(f"{where} cannot be {value!r}: {error}.") from error


def _exactly(kind: type) -> Callable[[str, Any], Any]:
    def checked(where: str, value: Any) -> Any:
        if type(value) is not kind:
            raise Invalid(f"{where} must be a {kind.__name__}, but is {value!r}.")
        return value

    return checked


def _texts(where: str, value: Any) -> tuple[str, ...]:
    return tuple(_exactly(str)(where, text) for text in _exactly(list)(where, value))


def _reviewer(where: str, value: Any) -> str:
    """Nobody, said in so many words, or a name."""
    name: str = _exactly(str)(where, value)
    if not name.strip():
        raise Invalid(f'{where} must be a name, or "{NOBODY}".')
    return "" if name == NOBODY else name


def _basis(_: str, value: Any) -> Basis:
    return Basis(value)


def _sites(_: str, value: Any) -> frozenset[SiteKind]:
    return frozenset(SiteKind(kind) for kind in value)


def _citations(where: str, value: Any) -> Mapping[str, tuple[str, ...]]:
    _only_known(where, dict.fromkeys(value), {ANY, *PaperClass} & set(value))
    return MappingProxyType({str(name): _texts(f"{where}.{name}", lines) for name, lines in value.items()})


def _confidence(_: str, value: Any) -> Mapping[PaperClass, Confidence]:
    return MappingProxyType({PaperClass(name): Confidence(level) for name, level in value.items()})


def _duties(where: str, value: Any) -> tuple[Duty, ...]:
    return tuple(_duty(where, duty) for duty in _exactly(list)(where, value))


def _duty(where: str, value: Any) -> Duty:
    _only_known(where, value, {"text", "citation", "classes"})
    text, citation = _texts(where, [value["text"], value["citation"]])
    return Duty(text, citation, frozenset(map(PaperClass, value["classes"])))


_KINDS: Mapping[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(
        (
            "id",
            "name",
            "state",
            "who",
            "exigency",
            "care_areas",
            "notice",
            "waiting_space",
            "warrant_clock",
            "litigation_note",
        ),
        _exactly(str),
    ),
    **dict.fromkeys(("reviewed_on", "review_by"), _exactly(date)),
    **dict.fromkeys(("order_scope_required", "federal_only_judge", "own_courts_only"), _exactly(bool)),
    "version": _exactly(int),
    "covers": _sites,
    "basis": _basis,
    "reviewed_by": _reviewer,
    "must_not": _texts,
    "open_questions": _texts,
    "citations": _citations,
    "confidence": _confidence,
    "duties": _duties,
}
