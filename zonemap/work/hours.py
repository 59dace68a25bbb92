"""Hours of rooms and doors: when they are something else. Kept with the drawing, version by version."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.change import Put
from zonemap.model.hours import Spell, What
from zonemap.model.person import Actor
from zonemap.model.plan import Door, DoorControl, Floor, FloorVersion, Room
from zonemap.model.zone import ZoneClass
from zonemap.storage.store import Store
from zonemap.work.permissions import Permission, require_floor
from zonemap.work.zones import mark


def add_hours(
    store: Store,
    actor: Actor,
    floor_id: str,
    version: int,
    target_id: str,
    days: tuple[int, ...],
    start: int,
    end: int,
    what: ZoneClass | DoorControl,
    *,
    now: datetime,
) -> FloorVersion:
    """Let a room be of another class, or a door be controlled otherwise, in these hours. ``start``, ``end`` in minutes.

    Raises Conflict when somebody saved after ``version``; Invalid where the hours overlap those that are there, say
    what the room or door is anyway, or are more than 7.
    """
    with store.read() as books:
        target = _target(require_floor(books, actor, Permission.DRAW_PLANS, floor_id).floor, target_id)
    if isinstance(target, Room) and isinstance(what, ZoneClass):
        if what is target.zone_class:
            raise Invalid(f"{target.label} is {what.word} at all hours. Choose another class for these hours.")
        hours = _with(target.hours, Spell(days, start, end, what))
        return mark(store, actor, floor_id, version, [Put(replace(target, hours=hours))], now=now)
    if isinstance(target, Door) and isinstance(what, DoorControl):
        if what is target.control:
            raise Invalid(f"Door {target.number} is controlled so at all hours. Choose something else for these hours.")
        controls = _with(target.hours, Spell(days, start, end, what))
        return mark(store, actor, floor_id, version, [Put(replace(target, hours=controls))], now=now)
    raise Invalid("A room has a class, and a door is controlled. Choose what fits.")


def remove_hours(
    store: Store, actor: Actor, floor_id: str, version: int, target_id: str, place: int, *, now: datetime
) -> FloorVersion:
    """Take away the hours at that place of the list. Raises Conflict, Invalid."""
    with store.read() as books:
        target = _target(require_floor(books, actor, Permission.DRAW_PLANS, floor_id).floor, target_id)
    if not 0 <= place < len(target.hours):
        raise Invalid("These hours are not there any more. Look at the list again.")
    left = (*target.hours[:place], *target.hours[place + 1 :])
    return mark(store, actor, floor_id, version, [Put(replace(target, hours=left))], now=now)  # type: ignore[arg-type]


def _target(floor: Floor, target_id: str) -> Room | Door:
    target: Room | Door | None = floor.room(target_id)
    target = target or next((door for door in floor.doors if door.id == target_id), None)
    if target is None:
        raise Invalid("That room or door is no longer on the plan. Look at the list again.")
    return target


def _with(hours: tuple[Spell[What], ...], new: Spell[What]) -> tuple[Spell[What], ...]:
    if _minutes(new) & {minute for spell in hours for minute in _minutes(spell)}:
        raise Invalid("These hours overlap others of the same room or door. Remove those first.")
    return (*hours, new)


def _minutes(spell: Spell[Any]) -> set[int]:
    """The minutes of the week that a spell covers."""
    day = 24 * 60
    length = (spell.end - spell.start) % day or day
    return {(weekday * day + spell.start + minute) % (7 * day) for weekday in spell.days for minute in range(length)}
