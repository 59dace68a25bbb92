"""A class that is suggested for rooms of one kind. Nothing follows from it until a person accepts it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zonemap.model.zone import ZoneClass


class Certainty(StrEnum):
    """Sure: the room says so itself. Likely: told by what lies around it, or against something else that is written."""

    SURE = "sure"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One class for the rooms of one kind.

    ``name`` is the kind in words, singular or plural as the rooms are. ``source`` is the law that asks for it, or says
    that none does. ``conflict`` tells what speaks against it; empty where nothing does.
    """

    kind: str
    name: str
    zone_class: ZoneClass
    reason: str
    source: str
    certainty: Certainty
    room_ids: tuple[str, ...]
    conflict: str = ""

    @property
    def key(self) -> str:
        """Names this suggestion among those of the same floor."""
        apart = "-apart" if self.conflict else ""
        return f"{self.kind}-{self.zone_class}-{self.certainty}{apart}"


@dataclass(frozen=True, slots=True)
class Unclear:
    """Rooms that get no class: a person who knows the place has to say. ``name`` and ``reason`` in words."""

    kind: str
    name: str
    reason: str
    room_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rooms of a floor say about themselves: suggestions, open questions, and rooms that say nothing."""

    suggestions: tuple[Suggestion, ...]
    unclear: tuple[Unclear, ...]
    unrecognised: tuple[str, ...]  # room ids
