"""What a facility itself says of the rules: who of its counsel has read them, and must-nots of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CounselReview:
    """Somebody's counsel has read a pack as it was: ``seal`` is the SHA-256 of the rules that were read."""

    id: str
    facility_id: str
    pack_id: str
    seal: str
    counsel: str  # the name of the lawyer
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class OwnMustNot:
    """A line that a facility adds to those of every class. It can be added, never taken away."""

    id: str
    facility_id: str
    text: str
    added_by: str
    added_at: datetime
