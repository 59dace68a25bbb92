"""A pack: the sheets that somebody chose to print, in the order of a walk past their doors."""

from __future__ import annotations

from dataclasses import dataclass

from zonemap.model.facility import Facility
from zonemap.model.sign import FloorSigns, SignKind


@dataclass(frozen=True, slots=True)
class PackChoice:
    """Which sheets. What is empty chooses all; ``since`` leaves the sheets that say what they said in that revision.

    ``needed``: those only of which the wall needs a new one. ``maps``: with the floor's map, where rooms are drawn.
    """

    floors: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    kinds: tuple[SignKind, ...] = ()
    since: int | None = None
    needed: bool = False
    maps: bool = True


@dataclass(frozen=True, slots=True)
class PackLine:
    """One sheet of the pack. ``stem`` is what its file is called, without an ending; ``pages`` how many it takes."""

    step: int  # from 1
    floor: FloorSigns
    sheet: str
    kind: SignKind
    door: str
    place: str
    department: str
    stem: str
    pages: int


@dataclass(frozen=True, slots=True)
class Pack:
    """The sheets of a facility that were chosen. ``mark`` changes with anything that they are made of."""

    facility: Facility
    floors: tuple[FloorSigns, ...]  # those that have a sheet in it
    lines: tuple[PackLine, ...]
    maps: bool
    mark: str

    @property
    def name(self) -> str:
        """What a file of it is called, without an ending."""
        return f"signs-{self.mark[:8]}"
