"""A floor as plain JSON values and back. One format for the store, the editor and the sample facilities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.hours import Spell
from zonemap.model.plan import Door, DoorControl, DoorKind, Floor, Picture, Point, Ring, Room, Scale
from zonemap.model.zone import ZoneClass

_DAY = 24 * 60


def room_document(room: Room) -> dict[str, Any]:
    """One room as JSON values; what most rooms lack only where there is some."""
    more = {
        "holes": [[list(point) for point in hole] for hole in room.holes],
        "department": room.department,
        "category": room.category,
        "shaft": room.shaft,
        "hours": [spell_document(spell) for spell in room.hours],
    }
    return {
        "id": room.id,
        "ring": [list(point) for point in room.ring],
        "number": room.number,
        "name": room.name,
        "class": room.zone_class.value,
        **{name: value for name, value in more.items() if value},
    }


def door_document(door: Door) -> dict[str, Any]:
    """One door as JSON values."""
    return {
        "id": door.id,
        "jambs": [list(point) for point in door.jambs],
        "rooms": list(door.rooms),
        "number": door.number,
        "kind": door.kind.value,
        **({} if door.control is DoorControl.SIGN else {"control": door.control.value}),
        **({"hours": [spell_document(spell) for spell in door.hours]} if door.hours else {}),
    }


def spell_document(spell: Spell[Any]) -> dict[str, Any]:
    """Some hours of the week as JSON values."""
    return {"days": list(spell.days), "start": spell.start, "end": spell.end, "what": spell.what.value}


def spell_from(value: Mapping[str, Any], kind: type[Any]) -> Spell[Any]:
    """Some hours of the week from JSON values. Raises ValueError, KeyError or TypeError where they make no sense."""
    days, start, end = tuple(int(day) for day in value["days"]), int(value["start"]), int(value["end"])
    if not days or not set(days) <= set(range(7)) or not (0 <= start < _DAY and 0 <= end <= _DAY):
        raise ValueError("days are 0 to 6, and times minutes of a day")
    return Spell(days, start, end, kind(value["what"]))


def picture_document(picture: Picture) -> dict[str, Any]:
    """The picture under a floor as JSON values; the resolution only where it is known."""
    known = {} if picture.dpi is None else {"dpi": picture.dpi}
    return {"id": picture.id, "width_px": picture.width_px, "height_px": picture.height_px, **known}


def floor_document(floor: Floor) -> dict[str, Any]:
    """The whole floor as JSON values, keys in a fixed order."""
    return {
        "id": floor.id,
        "facility_id": floor.facility_id,
        "name": floor.name,
        "level": floor.level,
        "picture": None if floor.picture is None else picture_document(floor.picture),
        "scale": None
        if floor.scale is None
        else {"metres_per_pixel": floor.scale.metres_per_pixel, "check_error": floor.scale.check_error},
        "rooms": [room_document(room) for room in floor.rooms],
        "doors": [door_document(door) for door in floor.doors],
        **({} if floor.waiting_spot is None else {"waiting_spot": list(floor.waiting_spot)}),
        **({} if floor.north is None else {"north": floor.north}),
    }


def _point(value: Any) -> Point:
    x, y = value
    return (float(x), float(y))


def ring_from(value: Any) -> Ring:
    """A ring from JSON values. Raises Invalid where they are not pairs of numbers."""
    try:
        return tuple([(float(x), float(y)) for x, y in value])  # a large floor has tens of thousands
    except (TypeError, ValueError, OverflowError) as error:
        raise Invalid("The outline must be a list of x and y pairs in metres.") from error


def room_from(value: Mapping[str, Any]) -> Room:
    """A room from JSON values. Raises Invalid; the ring's shape is judged by ``geometry.rings``."""
    try:
        return Room(
            id=str(value["id"]),
            ring=ring_from(value["ring"]),
            number=str(value.get("number", "")),
            name=str(value.get("name", "")),
            zone_class=ZoneClass(value.get("class", "undecided")),
            holes=tuple(ring_from(hole) for hole in value.get("holes", ())),
            department=str(value.get("department", "")),
            category=str(value.get("category", "")),
            shaft=str(value.get("shaft", "")),
            hours=tuple(spell_from(spell, ZoneClass) for spell in value.get("hours", ())),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Invalid("A room lacks its id or outline, or has an unknown class.") from error


def door_from(value: Mapping[str, Any]) -> Door:
    """A door from JSON values. Raises Invalid."""
    try:
        first, second = value["jambs"]
        here, there = value["rooms"]
        return Door(
            id=str(value["id"]),
            jambs=(_point(first), _point(second)),
            rooms=(str(here), None if there is None else str(there)),
            number=str(value.get("number", "")),
            kind=DoorKind(value.get("kind", "door")),
            control=DoorControl(value.get("control", "sign")),
            hours=tuple(spell_from(spell, DoorControl) for spell in value.get("hours", ())),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Invalid("A door lacks its two jambs or its rooms, or has an unknown kind.") from error


def spot_from(value: Mapping[str, Any]) -> Point:
    """The waiting spot from JSON values, ``{"at": [x, y]}``. Raises Invalid."""
    try:
        return _point(value["at"])
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Invalid("The waiting spot lacks its place. Put it on the plan again.") from error


def picture_from(value: Mapping[str, Any]) -> Picture:
    """A picture from JSON values."""
    picture = Picture(str(value["id"]), int(value["width_px"]), int(value["height_px"]))
    return replace(picture, dpi=float(value["dpi"])) if "dpi" in value else picture


def floor_from(value: Mapping[str, Any]) -> Floor:
    """A floor from JSON values. Raises Invalid."""
    try:
        picture, scale = value.get("picture"), value.get("scale")
        return Floor(
            id=str(value["id"]),
            facility_id=str(value["facility_id"]),
            name=str(value["name"]),
            level=int(value.get("level", 0)),
            picture=None if picture is None else picture_from(picture),
            scale=None if scale is None else Scale(float(scale["metres_per_pixel"]), scale.get("check_error")),
            rooms=tuple(room_from(room) for room in value.get("rooms", ())),
            doors=tuple(door_from(door) for door in value.get("doors", ())),
            waiting_spot=_point(value["waiting_spot"]) if value.get("waiting_spot") else None,
            north=None if value.get("north") is None else float(value["north"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Invalid("This is not a floor as zonemap writes it.") from error
