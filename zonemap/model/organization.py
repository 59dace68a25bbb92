"""What all sites of an organization share, until a site has its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zonemap.model.facility import Contact

SHARED = ""  # in the place of a facility's id: of the whole organization


def own_else_shared(facility_id: str, own: Sequence[Contact], shared: Sequence[Contact]) -> tuple[Contact, ...]:
    """A site's contacts, and for each role in which it has nobody those of the organization."""
    roles = {each.role for each in own}
    return (*own, *(replace(each, facility_id=facility_id) for each in shared if each.role not in roles))
