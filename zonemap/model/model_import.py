"""The floors of a building model, read and drawn, kept for as long as somebody needs to choose among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zonemap.model.plan import Floor


@dataclass(frozen=True, slots=True)
class ModelImport:
    """What waits: floors as they would be added, each with its picture stored already. After an hour it is removed."""

    id: str
    facility_id: str
    account_id: str
    uploaded_at: datetime  # UTC, aware
    floors: tuple[Floor, ...]
