"""The quick remedies of the page of lacks: a room's class or outline, a door's control, where officers wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from zonemap.errors import Invalid
from zonemap.geometry.cover import without
from zonemap.geometry.labels import beside_label
from zonemap.model.change import Put
from zonemap.model.person import Actor
from zonemap.model.plan import DoorControl, FloorVersion
from zonemap.model.zone import ZoneClass
from zonemap.storage.store import Store
from zonemap.work.permissions import Permission, require_floor
from zonemap.work.zones import mark

_GONE = "That is no longer on the plan. Look at the list again."


def mark_room(
    store: Store, actor: Actor, floor_id: str, version: int, room_id: str, zone_class: ZoneClass, *, now: datetime
) -> FloorVersion:
    """Give one room its class, as the next version. Raises Conflict when somebody saved after ``version``, Invalid."""
    with store.read() as books:
        room = require_floor(books, actor, Permission.DRAW_PLANS, floor_id).floor.room(room_id)
    if room is None:
        raise Invalid(_GONE)
    return mark(store, actor, floor_id, version, [Put(replace(room, zone_class=zone_class))], now=now)


def cut_room(
    store: Store, actor: Actor, floor_id: str, version: int, room_id: str, other_id: str, *, now: datetime
) -> FloorVersion:
    """Take from one room what another covers of it, as the next version. Raises Conflict, Invalid."""
    with store.read() as books:
        floor = require_floor(books, actor, Permission.DRAW_PLANS, floor_id).floor
    room, other = floor.room(room_id), floor.room(other_id)
    if room is None or other is None:
        raise Invalid(_GONE)
    return mark(store, actor, floor_id, version, [Put(without(room, other))], now=now)


def control_door(
    store: Store, actor: Actor, floor_id: str, version: int, door_id: str, control: DoorControl, *, now: datetime
) -> FloorVersion:
    """Say how one door is controlled, as the next version. Raises Conflict, Invalid."""
    with store.read() as books:
        doors = require_floor(books, actor, Permission.DRAW_PLANS, floor_id).floor.doors
    door = next((door for door in doors if door.id == door_id), None)
    if door is None:
        raise Invalid(_GONE)
    return mark(store, actor, floor_id, version, [Put(replace(door, control=control))], now=now)


def name_waiting_spot(
    store: Store, actor: Actor, floor_id: str, version: int, room_id: str, *, now: datetime
) -> FloorVersion:
    """Let officers wait in this public room, in its middle, as the next version. Raises Conflict, Invalid."""
    with store.begin() as books:
        current = require_floor(books, actor, Permission.DRAW_PLANS, floor_id)
        room = current.floor.room(room_id)
        if room is None:
            raise Invalid(_GONE)
        if room.zone_class is not ZoneClass.PUBLIC:
            raise Invalid(f"{room.label} is not public. Officers wait where anybody may be: choose a public room.")
        changed = replace(current.floor, waiting_spot=beside_label(room))
        return books.floors.save(changed, version, saved_at=now, saved_by=actor.name)
