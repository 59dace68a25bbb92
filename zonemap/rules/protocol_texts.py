"""The response protocol that comes with zonemap: its default steps with their sources, and what cannot be removed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from zonemap.model.facility import Facility, SiteKind
from zonemap.model.protocol import Phase, StaffRole, Step, Topic, section_of


@dataclass(frozen=True, slots=True)
class ProtectingLine:
    """A line that stands in every protocol."""

    text: str
    source: str


@cache
def protocol_texts() -> Mapping[str, Any]:
    """Every text, as the file orders them."""
    source = resources.files("zonemap.rules") / "wording" / "protocol.toml"
    return MappingProxyType(tomllib.loads(source.read_text(encoding="utf-8")))


def protecting_lines() -> tuple[ProtectingLine, ...]:
    """The lines that protect staff, each with its source."""
    return tuple(ProtectingLine(each["text"], each["source"]) for each in protocol_texts()["protecting"])


def default_steps(facility: Facility) -> tuple[Step, ...]:
    """The steps that hold for a facility before it changes any: those of its own state and kind are among them."""
    return tuple(_default(facility))


def section_name(section: str) -> str:
    """A section in words: Front desk, during a visit."""
    texts = protocol_texts()
    role, _, phase = section.partition(".")
    if not phase:
        return str(texts["topics"][section])
    return f"{texts['roles'][role]}, {texts['phases'][phase].lower()}"


def _default(facility: Facility) -> Iterator[Step]:
    texts = protocol_texts()
    for role in StaffRole:
        for phase in Phase:
            yield from _section(section_of(role, phase), texts["steps"][role.value][phase.value], facility)
    for topic in Topic:
        yield from _section(topic.value, texts["topics_lines"][topic.value], facility)


def _section(section: str, lines: Iterable[Sequence[Any]], facility: Facility) -> Iterator[Step]:
    for number, (text, source, *only) in enumerate(lines, 1):
        states, kinds = (*only, [], [])[:2]
        if (not states or facility.state in states) and (not kinds or facility.site_kind.value in kinds):
            yield Step(f"{section}.{number}", section, text, _binding(source, facility))


def _binding(source: str, facility: Facility) -> str:
    """Of the citations of a line those that hold for this facility: none of another state, or of hospitals alone."""
    return "; ".join(each for each in source.split("; ") if _binds(each, facility))


def _binds(citation: str, facility: Facility) -> bool:
    if citation.startswith("Cal. "):
        return facility.state == "CA"
    if " ILCS " in citation:
        hospital = facility.site_kind is SiteKind.HOSPITAL or not citation.startswith("210 ILCS 85/")
        return facility.state == "IL" and hospital
    return True
