"""What the properties of a GeoJSON feature say: whether it is a room, a door or a wall, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zonemap.intake.models.values import names, words
from zonemap.model.draft import DraftRoom
from zonemap.model.zone import ZoneClass

Properties = Mapping[str, Any]
_NUMBER = ("number", "room_number", "roomnumber", "room_no", "room", "space_number", "ref", "alt_name", "mark")
_NAME = ("name", "room_name", "roomname", "long_name", "longname", "label", "title", "description")
_DEPARTMENT = ("department", "dept", "unit_name")
_CATEGORY = ("category", "omniclass", "room_type", "roomtype", "space_type", "use", "type", "indoor", "class_name")
_LEVEL = ("level", "floor", "storey", "story", "level_id", "floor_id")
_NO_ROOM = frozenset(
    {"wall", "door", "window", "stair", "fixture", "railing", "mullion", "detail", "column", "opening"}
)
_NO_UNIT = frozenset({"footprint", "venue", "building", "level", "section", "geofence", "fixture", "kiosk", "detail"})


def draft_of(said: Properties, id_: str) -> DraftRoom:
    """A room without its outline."""
    plain = _plain(said)
    called = next((found for found in (names(plain.get(key)) for key in _NAME) if found), ())
    return DraftRoom(
        id=id_,
        ring=(),
        number=_first(plain, _NUMBER),
        name=called[0] if called else "",
        department=_first(plain, _DEPARTMENT),
        category=_first(plain, _CATEGORY),
        zone_class=_zone_class(plain),
        other_names=called[1:],
    )


def is_wall(said: Properties) -> bool:
    """Whether a feature is a wall."""
    return words(said.get("kind")) in ("wall", "column") or words(said.get("indoor")) == "wall"


def is_room(said: Properties) -> bool:
    """Whether a polygon is a room: unless it says that it is something else."""
    return _kind(said) not in _NO_ROOM and words(said.get("feature_type")) not in _NO_UNIT


def is_door(said: Properties) -> bool:
    """Whether a line or a point is a door: only where it says so."""
    return _kind(said) in ("door", "opening") or "door" in said or words(said.get("feature_type")) == "opening"


def stated_rooms(said: Properties) -> tuple[str, ...]:
    """The ids of the rooms that a door says it joins."""
    listed = said.get("rooms")
    return tuple(filter(None, map(words, listed)))[:2] if isinstance(listed, list) else ()


def floor_key(said: Properties) -> tuple[str, int | None]:
    """Which floor of a collection with several a feature is on: its name, and its number where it has one."""
    plain = _plain(said)
    text = _first(plain, _LEVEL)
    try:
        number = float(text)
    except ValueError:
        return text, None
    usable = abs(number) < 1000 and number == round(number)
    return (f"Level {round(number)}", round(number)) if usable else (text, None)


def _kind(said: Properties) -> str:
    return words(said.get("kind") or said.get("indoor")).lower()


def _plain(said: Properties) -> Properties:
    """The properties under small names, as programs differ in how they write them."""
    return {str(key).strip().lower().replace(" ", "_"): value for key, value in said.items()}


def _first(said: Properties, keys: tuple[str, ...]) -> str:
    return next((text for found in (names(said.get(key)) for key in keys) for text in found[:1]), "")


def _zone_class(said: Properties) -> ZoneClass:
    """The class that our own files have, or private where another file says that the room is not for the public."""
    try:
        return ZoneClass(words(said.get("class")))
    except ValueError:
        shut = (
            words(said.get("restriction")) in ("employeesonly", "restricted") or words(said.get("access")) == "private"
        )
        nonpublic = words(said.get("category")).startswith("nonpublic")
        return ZoneClass.PRIVATE if shut or nonpublic else ZoneClass.UNDECIDED
