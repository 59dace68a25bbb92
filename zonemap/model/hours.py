"""Hours: a room or a door may be something else at some hours of the week, in the local time of the facility.

The clock on the wall decides: on the night when daylight saving ends, 01:30 comes twice and both belong to the spell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

_DAY = 24 * 60

What = TypeVar("What")


@dataclass(frozen=True, slots=True)
class Spell(Generic[What]):
    """From ``start`` to ``end`` (minutes since midnight) on these days (0 is Monday) it is ``what``.

    ``end`` at or before ``start`` runs into the next day; equal means around the clock.
    """

    days: tuple[int, ...]
    start: int
    end: int
    what: What

    def covers(self, local: datetime) -> bool:
        """Whether the wall clock of the facility lies within the spell."""
        minute, today = local.hour * 60 + local.minute, local.weekday()
        if self.start < self.end:
            return today in self.days and self.start <= minute < self.end
        yesterday = (today - 1) % 7
        return (today in self.days and minute >= self.start) or (yesterday in self.days and minute < self.end)


def at_hour(spells: Sequence[Spell[What]], local: datetime, otherwise: What) -> What:
    """What holds at that moment: the first spell that covers it, else ``otherwise``."""
    return next((spell.what for spell in spells if spell.covers(local)), otherwise)


_DAY_WORDS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def spoken_days(days: Sequence[int]) -> str:
    """Days as people here say them: Mon to Fri, Sat and Sun, every day."""
    ordered = sorted(set(days))
    if len(ordered) == len(_DAY_WORDS):
        return "every day"
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{_DAY_WORDS[ordered[0]]} to {_DAY_WORDS[ordered[-1]]}"
    names = [_DAY_WORDS[day] for day in ordered]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def spoken_time(minutes: int) -> str:
    """A time of day as people here say it: 6 pm, 7:30 am, noon, midnight."""
    minutes %= _DAY
    if minutes in (0, 720):
        return "midnight" if minutes == 0 else "noon"
    hour, minute = divmod(minutes, 60)
    clock = f"{(hour - 1) % 12 + 1}" + (f":{minute:02}" if minute else "")
    return f"{clock} {'am' if hour < 12 else 'pm'}"


def spoken_spell(spell: Spell[What]) -> str:
    """The hours of a spell: Mon to Fri, 6 pm to 7 am."""
    if spell.start == spell.end % _DAY:
        return f"{spoken_days(spell.days)}, all day"
    return f"{spoken_days(spell.days)}, {spoken_time(spell.start)} to {spoken_time(spell.end)}"
