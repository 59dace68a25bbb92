"""Suggested classes: what is read from the newest draft, and accepting it kind by kind. Nothing is marked unasked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from zonemap.errors import Invalid
from zonemap.model.change import Put
from zonemap.model.person import Actor
from zonemap.model.plan import FloorVersion
from zonemap.model.suggestion import Reading
from zonemap.rules.pack import pack_for
from zonemap.rules.suggest import read_rooms
from zonemap.storage.store import Store
from zonemap.work.permissions import Permission, require
from zonemap.work.zones import DrawnFloor, drawn_floor, mark


def suggested_classes(store: Store, actor: Actor, floor_id: str) -> tuple[FloorVersion, Reading]:
    """What the undecided rooms of the newest draft may be, by the law of the facility's state. Raises NotFound."""
    drawn = drawn_floor(store, actor, floor_id)
    require(actor, Permission.DRAW_PLANS, at=drawn.facility.id)
    return drawn.saved, reading_of(drawn)


def reading_of(drawn: DrawnFloor) -> Reading:
    """The same for a floor that was looked up already."""
    return read_rooms(drawn.floor.rooms, drawn.floor.doors, pack_for(drawn.facility.state, drawn.facility.site_kind))


def accept(
    store: Store, actor: Actor, floor_id: str, base_version: int, keys: Collection[str], *, now: datetime
) -> FloorVersion:
    """Mark the rooms of these suggestions, by their keys, as the next version of the floor.

    Raises Conflict when somebody saved after ``base_version``, for the suggestions that were looked at may be others
    now; Invalid when none was chosen or one is not there; NotFound.
    """
    saved, reading = suggested_classes(store, actor, floor_id)
    if not keys:
        raise Invalid("Nothing is ticked. Tick the kinds of rooms that are right, then press the button again.")
    found = {each.key: each for each in reading.suggestions}
    if saved.version == base_version and not found.keys() >= set(keys):
        raise Invalid("One of these suggestions is not there any more. Look at the list again.")
    classes = {room_id: found[key].zone_class for key in keys if key in found for room_id in found[key].room_ids}
    rooms = [room for room in saved.floor.rooms if room.id in classes]
    changes = [Put(replace(room, zone_class=classes[room.id])) for room in rooms]
    return mark(store, actor, floor_id, base_version, changes, now=now)
