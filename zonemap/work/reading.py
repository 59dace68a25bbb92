"""Reading help at the desk: a photo in, suggestions out. Nothing is kept, nothing is concluded, nothing is recorded."""

from __future__ import annotations

from zonemap.errors import Invalid
from zonemap.intake.paper_photo import is_installed, lines_of
from zonemap.model.person import Actor
from zonemap.model.reading import Suggestion
from zonemap.rules.reading import suggestions
from zonemap.work.permissions import Permission, require

__all__ = ["is_installed", "read_photo"]


def read_photo(actor: Actor, facility_id: str, photo: bytes) -> tuple[Suggestion, ...]:
    """What a photo seems to say to the desk's questions. Raises Invalid, TooLarge, Busy with a sentence."""
    require(actor, Permission.USE_DESK, at=facility_id)
    if not is_installed():
        raise Invalid("Reading help is not installed on this server. Read the paper yourself.")
    if not photo:
        raise Invalid("No photo came along. Take one, or go on without it.")
    return suggestions(lines_of(photo))
