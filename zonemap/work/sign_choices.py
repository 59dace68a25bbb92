"""Every place of a facility that may bear a sheet, and what can be chosen for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from zonemap.geometry.shapes import room_at
from zonemap.geometry.thresholds import entrances, signed_doors
from zonemap.model.plan import Floor
from zonemap.model.sign import Choice, FacilitySigns
from zonemap.model.zone import ZoneClass
from zonemap.rules.signs import door_kind
from zonemap.work.sheet_words import WAITING, emergency_sheet, public_sheet
from zonemap.work.sign_plans import choices_for

_KEEP = (Choice.USUAL, Choice.NONE)
_ADD = (Choice.USUAL, Choice.SIGN)


@dataclass(frozen=True, slots=True)
class Place:
    """A door, room or spot: what its sheet goes by, where it is, what hangs there as usual, and what else may."""

    floor: str
    sheet: str
    title: str
    where: str
    usual: str
    choices: tuple[Choice, ...]
    has_headline: bool = True  # whose letters are checked against the distance from which it is read


def places_to_choose(found: FacilitySigns) -> Iterator[Place]:
    """Every place of the designated floors, in walking order; a sheet that two floors share is named once."""
    known: set[str] = set()
    for floor in found.floors:
        for place in _of_floor(floor.floor):
            if place.sheet not in known:
                known.add(place.sheet)
                yield place


def _of_floor(floor: Floor) -> Iterator[Place]:
    for each in entrances(floor):
        if each.is_public:
            name, number = each.room.label, each.door.number
            notice = Place(floor.name, each.door.id, f"Entrance {number}", f"into {name}", "the notice", _KEEP)
            yield replace(notice, has_headline=False)
            yield Place(
                floor.name, emergency_sheet(each.door), f"Care line, entrance {number}", f"into {name}", "none", _ADD
            )
    spot = room_at(floor, floor.waiting_spot) if floor.waiting_spot else None
    if spot:
        yield Place(floor.name, WAITING, "Where officers wait", spot.label, "the sign", _KEEP)
    for room in floor.rooms:
        if room.zone_class is ZoneClass.PUBLIC:
            yield Place(floor.name, public_sheet(room), "Public room", room.label, "none", _ADD)
    for signed in signed_doors(floor):
        where = f"{signed.outside.label if signed.outside else 'Outdoors'} to {signed.inside.label}"
        kind, usual = signed.inside.zone_class, door_kind(signed.inside.zone_class).label.lower()
        yield Place(floor.name, signed.door.id, f"Door {signed.door.number}", where, usual, choices_for(kind))
