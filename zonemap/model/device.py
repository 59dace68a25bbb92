"""A computer at a front desk that a manager has paired: it opens one facility's desk, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class DeskDevice:
    """A named computer. Tokens and codes appear as SHA-256 hashes, never as themselves.

    It waits for its code until ``code_until``, or it is paired and has a ``token_hash``. ``used_on`` is a day by the
    facility's clock and not a moment: when papers were checked is nobody's business.
    """

    id: str
    facility_id: str
    name: str
    added_by: str
    added_at: datetime
    code_hash: str | None = None
    code_until: datetime | None = None
    token_hash: str | None = None
    used_on: date | None = None

    @property
    def paired(self) -> bool:
        """Whether a computer stands behind the name already."""
        return self.token_hash is not None
