"""What a tracing found on a sheet, in the units of what was traced (line work, or pixels with y down)."""

from __future__ import annotations

from dataclasses import dataclass

from zonemap.model.draft import DraftDoor, DraftRoom
from zonemap.model.linework import Text


@dataclass(frozen=True, slots=True)
class Traced:
    """Proposed rooms twice, with the same ids: ``faces`` along the faces of the walls, ``rooms`` as a coverage.

    In the coverage neighbours share the wall's centre line corner by corner; that is what an editor wants. Doors lie
    on it. ``texts`` are all labels that were found, whether they belong to a room or not.
    """

    rooms: tuple[DraftRoom, ...] = ()
    faces: tuple[DraftRoom, ...] = ()
    doors: tuple[DraftDoor, ...] = ()
    texts: tuple[Text, ...] = ()
    warnings: tuple[str, ...] = ()
