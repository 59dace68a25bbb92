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
