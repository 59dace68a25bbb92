"""A review: somebody who was asked looks at a draft before it is designated, and approves it or sends it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from zonemap.model.record import code


class ReviewState(StrEnum):
    """How far a review has got."""

    OPEN = "open"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Review:
    """What was sent to whom. ``content`` is the fingerprint of facility and floor as they were sent, in full.

    ``role`` is what the reviewer says they are, such as Counsel; it and ``remark`` are empty until they have answered.
    """

    id: str
    floor_id: str
    version: int
    content: str
    asked_at: datetime  # UTC, aware
    asked_by: str
    reviewer_id: str
    reviewer: str
    note: str = ""
    state: ReviewState = ReviewState.OPEN
    answered_at: datetime | None = None
    role: str = ""
    remark: str = ""

    @property
    def code(self) -> str:
        """The short code of what was sent, such as 9F2C-04B1."""
        return code(self.content)


@dataclass(frozen=True, slots=True)
class ReviewNow:
    """A review beside the draft of today: ``is_stale`` where the draft is another one than was sent."""

    review: Review
    is_stale: bool

    @property
    def is_open(self) -> bool:
        """Whether an answer is still waited for, and can be given."""
        return self.review.state is ReviewState.OPEN and not self.is_stale

    @property
    def is_approved(self) -> bool:
        """Whether just this draft was approved."""
        return self.review.state is ReviewState.APPROVED and not self.is_stale
