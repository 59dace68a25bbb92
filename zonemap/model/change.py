"""One step of an edit to a floor, as the editor sends it: put a room or a door, or drop one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.floor_document import door_from, room_from
from zonemap.model.plan import Door, Room

KINDS = ("room", "door")


@dataclass(frozen=True, slots=True)
class Put:
    """Add this room or door, or let it take the place of the one with the same id."""

    value: Room | Door

    @property
    def kind(self) -> str:
        """``room`` or ``door``."""
        return "room" if isinstance(self.value, Room) else "door"

    @property
    def id(self) -> str:
        """The id of the room or door."""
        return self.value.id


@dataclass(frozen=True, slots=True)
class Drop:
    """Remove the room or door of this id. Dropping what is not there is no error: the wish is fulfilled."""

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
            return Put(room_from(value["value"]) if value["put"] == "room" else door_from(value["value"]))
        if value.get("drop") in KINDS and isinstance(value.get("id"), str):
            return Drop(value["drop"], value["id"])
    raise Invalid("A change must put a room or a door, or drop one. Reload the page and draw it again.")
