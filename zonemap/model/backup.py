"""Backups that were made: what is known of each without opening it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

_AHEAD = timedelta(hours=1)  # one made later than that was made while the clock was ahead: how old is it?
STALE_AFTER = timedelta(days=8)  # a week of nights, and one more


@dataclass(frozen=True, slots=True)
class BackupMade:
    """One backup: begun and, once it was read back whole, verified (both UTC). ``size`` in bytes; ``digest`` SHA-256.

    ``trouble`` is a sentence where it was not made.
    """

    id: str
    begun_at: datetime
    name: str
    verified_at: datetime | None = None
    size: int = 0
    rows: int = 0
    digest: str = ""
    trouble: str = ""

    def is_fresh(self, now: datetime) -> bool:
        """Whether it is whole, and of the last days."""
        return self.verified_at is not None and -_AHEAD <= now - self.verified_at < STALE_AFTER
