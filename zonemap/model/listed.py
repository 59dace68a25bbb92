"""A list of rooms that says what they are but not where: a spreadsheet, or a COBie handover workbook."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListedRoom:
    """One row. ``floor`` is the floor's name, ``area`` square metres, ``size`` the sides of its box in metres.

    ``doors`` are the marks of its doors, as a door schedule has them.
    """

    number: str
    name: str = ""
    department: str = ""
    category: str = ""
    floor: str = ""
    area: float | None = None
    size: tuple[float, float] | None = None
    doors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A room of a floor and the row that tells of it. ``sure`` where the number says so, not only the size."""

    room_id: str
    listed: ListedRoom
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Joined:
    """A list joined to the rooms of one floor.

    ``suggested`` matches go by size alone: a person has to accept each. ``unmatched_listed`` are rows of this floor, as
    far as the list tells floors apart; ``elsewhere`` counts the rows of other floors.
    """

    matched: tuple[Match, ...] = ()
    suggested: tuple[Match, ...] = ()
    unmatched_rooms: tuple[str, ...] = ()  # ids
    unmatched_listed: tuple[ListedRoom, ...] = ()
    elsewhere: int = 0
