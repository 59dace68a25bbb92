"""The designation memo: the areas that a facility has designated as not open to the public, why, and their control."""

from __future__ import annotations

from dataclasses import dataclass

from zonemap.model.facility import Designation, Facility
from zonemap.model.record import Head


@dataclass(frozen=True, slots=True)
class MemoRoom:
    """One closed room: what it is, the class, why, and the law where one was found ("" where none was)."""

    label: str
    zone_class: str
    reason: str
    basis: str
    area: str


@dataclass(frozen=True, slots=True)
class MemoDoor:
    """One door between public and closed space: where it leads, and what controls it."""

    number: str
    outside: str
    inside: str
    control: str


@dataclass(frozen=True, slots=True)
class MemoApproval:
    """That a named person looked at the designation."""

    name: str
    role: str
    day: str
    remark: str


@dataclass(frozen=True, slots=True)
class MemoFloor:
    """One designated floor."""

    designation: Designation
    rooms: tuple[MemoRoom, ...]
    doors: tuple[MemoDoor, ...]
    public: tuple[str, ...]  # the rooms that stay open to the public
    private_share: float  # of the rooms' area, 0 to 1
    waiting: str  # where officers are asked to wait; "" where no place is named
    approvals: tuple[MemoApproval, ...]


@dataclass(frozen=True, slots=True)
class Memo:
    """The memo of a facility. ``basis`` is the law that asks for the designation, "" where none was found."""

    facility: Facility
    floors: tuple[MemoFloor, ...]
    basis: str
    pack_note: str  # which law pack, and who reviewed it
    head: Head | None
