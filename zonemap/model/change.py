"""One step of an edit to a floor, as the editor sends it: put a room, a door or the waiting spot, or drop one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.floor_document import door_from, room_from, spot_from
from zonemap.model.plan import Door, Point, Room

KINDS = ("room", "door", "spot")
WAITING = "waiting"  # the id of the one spot that a floor may have


@dataclass(frozen=True, slots=True)
class WaitingSpot:
    """Where officers are asked to wait, in metres on the sheet."""

    at: Point
    id: str = WAITING


@dataclass(frozen=True, slots=True)
class Put:
    """Add this room, door or waiting spot, or let it take the place of the one with the same id."""

    value: Room | Door | WaitingSpot

    @property
    def kind(self) -> str:
        """``room``, ``door`` or ``spot``."""
        if isinstance(self.value, WaitingSpot):
            return "spot"
        return "room" if isinstance(self.value, Room) else "door"

    @property
    def id(self) -> str:
        """The id of what is put."""
        return self.value.id


@dataclass(frozen=True, slots=True)
class Drop:
    """Remove the room, door or spot of this id. Dropping what is not there is no error: the wish is fulfilled."""

    kind: str
    id: str


Change = Put | Drop


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one change cannot be kept: a sentence, and the place in metres where there is one."""

    kind: str
    id: str
    message: str
    place: tuple[float, float] | None = None


def change_from(value: Any) -> Change:
    """A change from JSON: ``{"put": "room", "value": {...}}`` or ``{"drop": "door", "id": "..."}``. Raises Invalid."""
    if isinstance(value, Mapping):
        if value.get("put") in KINDS and isinstance(value.get("value"), Mapping):
            return Put(_READERS[value["put"]](value["value"]))
        if value.get("drop") in KINDS and isinstance(value.get("id"), str):
            return Drop(value["drop"], value["id"])
    raise Invalid("A change must put a room, a door or a spot, or drop one. Reload the page and draw it again.")


def _spot(value: Mapping[str, Any]) -> WaitingSpot:
    return WaitingSpot(spot_from(value))


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Room | Door | WaitingSpot]] = {
    "room": room_from,
    "door": door_from,
    "spot": _spot,
}
