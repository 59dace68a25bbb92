"""What all sites of an organization share, until a site has its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zonemap.model.facility import Contact
from zonemap.model.law import CounselReview

SHARED = ""  # in the place of a facility's id: of the whole organization


def own_else_shared(facility_id: str, own: Sequence[Contact], shared: Sequence[Contact]) -> tuple[Contact, ...]:
    """A site's contacts, and for each role in which it has nobody those of the organization."""
    roles = {each.role for each in own}
    return (*own, *(replace(each, facility_id=facility_id) for each in shared if each.role not in roles))


def standing_review(own: CounselReview | None, shared: CounselReview | None, seal: str) -> CounselReview | None:
    """The review that stands at a site: its own before that of all sites, and one of these very rules before another.

    ``seal`` is that of the rules as they are now. A review with another seal stands only to say that it was lost.
    """
    both = [each for each in (own, shared) if each is not None]
    return next((each for each in both if each.seal == seal), both[0] if both else None)
