"""What the page of a visit shows of the building: each designated floor's map, and beside it its areas to tick."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from zonemap.drawing.floor import Look, floor_drawing
from zonemap.model.facility import Designation
from zonemap.model.plan import Floor
from zonemap.model.visit import AskedZone
from zonemap.web.desk_pages import ZONE_NAMES
from zonemap.work.kept import once_for_each

ZONE_WORDS = {kind.value: words.lower() for kind, words in ZONE_NAMES.items()}


@dataclass(frozen=True, slots=True)
class AreaPick:
    """An area that can be ticked: the id of its room, its number and name, and what it is to the public."""

    room_id: str
    label: str
    kind: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class FloorPick:
    """A floor whose areas can be picked. ``map`` is empty for areas that the designations in force lack."""

    name: str
    map: Markup
    areas: tuple[AreaPick, ...]


def floor_picks(
    designations: Sequence[Designation], rooms: dict[str, AskedZone], ticked: Collection[str]
) -> tuple[FloorPick, ...]:
    """Each floor in force, and at the end what was ticked under an earlier designation and is on none of them."""
    floors = [
        FloorPick(each.floor.name, _map(each.floor, at), _areas((room.id for room in each.floor.rooms), rooms, ticked))
        for at, each in enumerate(designations, 1)
        if each.floor.rooms
    ]
    there = {room.id for each in designations for room in each.floor.rooms}
    gone = _areas((room for room in rooms if room not in there), rooms, ticked)
    return (*floors, FloorPick("No longer on a map", Markup(), gone)) if gone else tuple(floors)


def _areas(ids: Iterable[str], rooms: dict[str, AskedZone], ticked: Collection[str]) -> tuple[AreaPick, ...]:
    found = (rooms[room] for room in ids)
    areas = (
        AreaPick(each.room_id, each.label, ZONE_WORDS.get(each.zone_class, "not decided"), each.room_id in ticked)
        for each in found
    )
    return tuple(sorted(areas, key=lambda area: area.label))


@once_for_each(64)
def _map(floor: Floor, at: int) -> Markup:
    drawn = floor_drawing(floor, look=Look.SCREEN, title=f"Map of {floor.name}", prefix=f"asked{at}")
    return Markup(drawn.svg)  # noqa: S704 - our own drawing; names in it are escaped by the drawing
