"""The roster hour by hour: who takes calls when, and in which of the 168 hours of a week nobody of a role does.

A week has 10,080 minutes, from Monday 00:00 on the facility's own clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zonemap.model.facility import Contact, ContactRole
from zonemap.model.hours import Spell, spoken_days, spoken_time

DAY = 24 * 60
WEEK = 7 * DAY


@dataclass(frozen=True, slots=True)
class Hole:
    """Minutes of the week in which nobody of ``role`` takes calls, and who is called first instead.

    ``start`` lies in the week; ``end`` may lie after it, where a hole runs on from Sunday into Monday. ``instead`` is
    None where nobody at all is there.
    """

    role: ContactRole
    start: int
    end: int
    instead: Contact | None

    @property
    def hours(self) -> float:
        """How long it is."""
        return (self.end - self.start) / 60


@dataclass(frozen=True, slots=True)
class Stretch:
    """Minutes of the week in which the same people take calls, in the order of calling."""

    start: int
    end: int
    on_duty: tuple[Contact, ...]


def stretches(contacts: Sequence[Contact]) -> tuple[Stretch, ...]:
    """The week in as few pieces as it has, each with who takes calls. ``contacts`` in the order of calling."""
    turns = {0, WEEK} | {edge for contact in contacts for piece in _pieces(contact.duty) for edge in piece}
    found: list[Stretch] = []
    for start, end in pairwise(sorted(turns)):
        there = tuple(contact for contact in contacts if _covers(contact, start))
        if found and found[-1].on_duty == there:
            found[-1] = Stretch(found[-1].start, end, there)
        else:
            found.append(Stretch(start, end, there))
    return tuple(found)


def holes(contacts: Sequence[Contact], role: ContactRole) -> tuple[Hole, ...]:
    """When nobody of a role takes calls, in the order of the week; parted where somebody else is called instead."""
    found: list[Hole] = []
    for stretch in stretches(contacts):
        if any(contact.role is role for contact in stretch.on_duty):
            continue
        hole = Hole(role, stretch.start, stretch.end, next(iter(stretch.on_duty), None))
        if found and (found[-1].end, found[-1].instead) == (hole.start, hole.instead):
            hole = Hole(role, found.pop().start, hole.end, hole.instead)
        found.append(hole)
    return tuple(_round_the_week(found))


def covered_minutes(contacts: Sequence[Contact], role: ContactRole) -> int:
    """In how many of the 10,080 minutes of a week somebody of a role takes calls."""
    return WEEK - sum(hole.end - hole.start for hole in holes(contacts, role))


def hour_grid(contacts: Sequence[Contact], role: ContactRole) -> tuple[tuple[bool, ...], ...]:
    """For each day from Monday and each of its 24 hours: whether somebody of the role is there all of the hour."""
    gaps = [(hole.start, hole.end) for hole in holes(contacts, role)]
    gaps += [(start - WEEK, end - WEEK) for start, end in gaps if end > WEEK]

    def whole(hour: int) -> bool:
        return not any(start < (hour + 1) * 60 and hour * 60 < end for start, end in gaps)

    return tuple(tuple(whole(day * 24 + hour) for hour in range(24)) for day in range(7))


def spoken_hole(hole: Hole) -> str:
    """When it is, as people say it: Sat noon to Mon 7 am; every hour of the week."""
    if hole.end - hole.start >= WEEK:
        return "every hour of the week"
    first, last = hole.start // DAY, (hole.end // DAY) % 7
    start, end = spoken_time(hole.start), spoken_time(hole.end)
    if first == last and hole.end - hole.start < DAY:
        return f"{spoken_days([first])} {start} to {end}"
    return f"{spoken_days([first])} {start} to {spoken_days([last])} {end}"


def _covers(contact: Contact, minute: int) -> bool:
    return not contact.duty or any(start <= minute < end for start, end in _pieces(contact.duty))


def _pieces(duty: Iterable[Spell[None]]) -> Iterator[tuple[int, int]]:
    """The minutes of the week of some spells; what runs over Sunday midnight is two pieces."""
    for spell in duty:
        length = (spell.end - spell.start) % DAY or DAY
        for day in spell.days:
            start = day * DAY + spell.start
            yield start, min(start + length, WEEK)
            if start + length > WEEK:
                yield 0, start + length - WEEK


def _round_the_week(found: list[Hole]) -> list[Hole]:
    """A hole that ends with Sunday and one that begins with Monday are one, where the same person is called instead."""
    if len(found) < 2 or found[0].start or found[-1].end != WEEK or found[0].instead != found[-1].instead:
        return found
    first, *rest, last = found
    return [*rest, Hole(last.role, last.start, WEEK + first.end, last.instead)]
