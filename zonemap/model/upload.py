"""A file with several pages, kept for as long as somebody needs to choose one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Page:
    """One page of several. ``number`` counts from 1; ``thumbnail`` is a PNG, or None where there was no time for it."""

    number: int
    width_mm: float
    height_mm: float
    thumbnail: bytes | None


@dataclass(frozen=True, slots=True)
class Upload:
    """The file that waits, for one floor. It is removed when the page is chosen, and after an hour in any case."""

    floor_id: str
    account_id: str
    uploaded_at: datetime  # UTC, aware
    data: bytes
    pages: tuple[Page, ...]
