"""IFC: spaces become rooms, storeys floors, doors doors. Only for the child; needs the extra ``zonemap[ifc]``.

A room is what its space covers when seen from above. A door's rooms are those that the model says it bounds
(IfcRelSpaceBoundary), and where it says nothing, or too much, those on either side of it. Read are IFC2X3 and IFC4.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import ifcopenshell

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.models.building import FloorInMaking
from zonemap.intake.models.ifc_solids import Solid, Solids
from zonemap.intake.models.ifc_words import draft_of, is_counted, tells_public
from zonemap.intake.models.values import ROOMS_MOST, words
from zonemap.model.draft import DraftDoor, DraftFloor
from zonemap.model.plan import Point
from zonemap.tracing.beside import Rooms
from zonemap.tracing.outlines import outlines
from zonemap.tracing.solids import jambs_in, walls_cut

Entity = Any  # an ifcopenshell entity
_CUT = 1.1  # metres above a floor, where plans are cut
_GROUND = 0.6  # metres: a storey that lies higher than this below the ground is no basement
_WALLS_MOST = 20_000
_ROOF = frozenset({"roof", "dach", "toit", "tejado", "techo"})

_DAMAGED = (
    "This IFC file could not be read: it is damaged, or of a version before IFC2X3. Export it again, and upload that."
)
_NO_SPACES = (
    "This model has no rooms (IfcSpace) in it. Export it again with rooms: in Revit tick "
    "'Export rooms in 3D views', in ArchiCAD export zones. Or upload the floor plan as PDF or DXF."
)


def read_ifc(data: bytes) -> tuple[DraftFloor, ...]:
    """The floors with rooms, the lowest first, in the model's own place. Raises Invalid or TooLarge."""
    try:
        return _read(_opened(data))
    except (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError) as error:
        raise Invalid(_DAMAGED) from error  # a number in it leads to something of another kind


def _read(model: Any) -> tuple[DraftFloor, ...]:
    spaces = [space for space in model.by_type("IfcSpace") if is_counted(space)]
    if not spaces:
        raise Invalid(_NO_SPACES)
    if len(spaces) > ROOMS_MOST:
        raise TooLarge(f"This model has {len(spaces):,} rooms. Export one building, and upload that.")
    return _Reader(model, tells_public=tells_public(spaces)).floors(spaces)


def _opened(data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    try:
        model = ifcopenshell.file.from_string(text.lstrip())
        model.by_type("IfcSpace")  # where it found no schema, it says so only now
        return model
    except Exception as error:  # its parser is a world of its own
        raise Invalid(_DAMAGED) from error


class _Reader:
    """Reads one model, storey by storey."""

    def __init__(self, model: Any, *, tells_public: bool) -> None:
        self.model = model
        self.tells_public = tells_public
        self.solids = Solids()
        self.stated = _stated_rooms(model)  # the spaces that a door bounds, by the door's number in the file
        self.room_ids: dict[int, str] = {}  # the room that a space became, by the space's number

    def floors(self, spaces: Sequence[Entity]) -> tuple[DraftFloor, ...]:
        by_storey: dict[int, list[Entity]] = defaultdict(list)
        storeys: dict[int, Entity] = {}
        for space in spaces:
            storey = _storey_of(space)
            key = 0 if storey is None else storey.id()
            storeys[key] = storey
            by_storey[key].append(space)
        roofs = [key for key in storeys if all(map(_is_roof, by_storey[key]))]
        kept = [key for key in storeys if key not in roofs] or list(storeys)
        kept.sort(key=lambda key: self._height(storeys[key], by_storey[key]))
        heights = [self._height(storeys[key], by_storey[key]) for key in kept]
        names = _names([storeys[key] for key in kept])
        doors = self._doors_by_storey(kept, by_storey)
        made = [
            self._floor(name, level, by_storey[key], doors[key], height)
            for key, name, level, height in zip(kept, names, _levels(heights), heights, strict=True)
        ]
        if made and roofs and len(kept) < len(storeys):
            left_out = ", ".join(_names([storeys[key] for key in roofs]))
            sentence = f"Left out, because nothing but a roof is on it: {left_out}."
            made[-1] = replace(made[-1], warnings=(*made[-1].warnings, sentence))
        return tuple(floor for floor in made if floor.rooms)

    def _height(self, storey: Entity | None, spaces: Sequence[Entity]) -> float:
        """How high a storey lies, metres: by its rooms, because stated elevations are often in other units or wrong."""
        lows = sorted(solid.low for solid in map(self.solids.of, spaces) if solid is not None)
        return lows[len(lows) // 2] if lows else 0.0 if storey is None else float(storey.Elevation or 0.0)

    def _floor(
        self, name: str, level: int, spaces: Sequence[Entity], doors: Sequence[Entity], height: float
    ) -> DraftFloor:
        floor = FloorInMaking(name, level)
        for space in spaces:
            self._add(floor, space)
        footprints, openings = self._walls(height + _CUT, doors)
        floor.walls = [(part.ring, *part.holes) for part in walls_cut(footprints, openings)]
        return floor.made(lambda rooms: self._doors(doors, rooms))

    def _add(self, floor: FloorInMaking, space: Entity) -> None:
        room, solid = draft_of(space, tells_public=self.tells_public), self.solids.of(space)
        parts = () if solid is None else outlines(solid.shape)
        if not parts:
            floor.warn("In the model without an outline, and left out: {}.", room)
            return
        first = len(floor.rooms)
        floor.add_parts(room, parts)
        self.room_ids[space.id()] = floor.rooms[first].id

    # --- walls ---

    def _walls(self, cut: float, doors: Sequence[Entity]) -> tuple[list[Any], list[Any]]:
        """What walls and columns cover where the floor is cut, and the openings of the doors."""
        elements = [*self.model.by_type("IfcWall"), *self.model.by_type("IfcColumn"), *self._curtain_parts()]
        solids = map(self.solids.of, elements[:_WALLS_MOST])
        cut_through = [solid.shape for solid in solids if solid is not None and solid.low < cut < solid.high]
        openings = [self.solids.of(opening) for opening, _ in map(_opening_and_wall, doors) if opening is not None]
        return cut_through, [solid.shape for solid in openings if solid is not None]

    def _curtain_parts(self) -> Iterator[Entity]:
        for curtain in self.model.by_type("IfcCurtainWall"):
            for relation in curtain.IsDecomposedBy or ():
                yield from (part for part in relation.RelatedObjects if part.is_a("IfcElement"))

    # --- doors ---

    def _doors_by_storey(
        self, kept: Sequence[int], spaces: Mapping[int, Sequence[Entity]]
    ) -> Mapping[int, list[Entity]]:
        """The doors of each storey: by where the model puts them, else by the rooms that they bound."""
        storey_of_space = {space.id(): key for key in kept for space in spaces[key]}
        found: dict[int, list[Entity]] = defaultdict(list)
        for door in self.model.by_type("IfcDoor"):
            storey = _storey_of(door)
            stated = [storey_of_space[space] for space in self.stated.get(door.id(), ()) if space in storey_of_space]
            key = storey.id() if storey is not None else 0
            if key not in kept or (stated and key not in stated):
                key = Counter(stated).most_common(1)[0][0] if stated else -1
            found[key].append(door)
        return found

    def _doors(self, doors: Sequence[Entity], rooms: Rooms) -> Iterator[DraftDoor]:
        here = {room.id for room in rooms.rooms}
        for door in doors:
            jambs = self._jambs(door)
            if jambs is None:
                continue
            stated = [self.room_ids[space] for space in self.stated.get(door.id(), ()) if space in self.room_ids]
            yield DraftDoor(
                id=words(door.GlobalId)[:64],
                jambs=jambs,
                rooms=_both([room for room in dict.fromkeys(stated) if room in here], jambs, rooms),
                mark=words(door.Name if _is_mark(words(door.Name)) else door.Tag),
            )

    def _jambs(self, door: Entity) -> tuple[Point, Point] | None:
        opening, wall = _opening_and_wall(door)
        leaf: Solid | None = self.solids.of(door)
        hole: Solid | None = self.solids.of(opening) if opening is not None else None
        body = hole or leaf
        if body is None:
            return None
        host = self.solids.of(wall) if wall is not None else None
        return jambs_in(body.shape, None if host is None else host.shape, (leaf or body).along)


def _both(stated: list[str], jambs: tuple[Point, Point], rooms: Rooms) -> tuple[str | None, str | None]:
    """A door's two rooms: as the model states them where it states two, else helped by where the door stands."""
    if len(stated) == 2:
        return stated[0], stated[1]
    beside = rooms.beside(jambs)
    known = [room for room in beside if room is not None]
    if not stated or (len(stated) > 2 and set(known) <= set(stated) and known):
        return beside
    if len(stated) == 1:
        return beside if len(known) == 2 and stated[0] in known else (stated[0], None)
    return stated[0], stated[1]


def _is_mark(name: str) -> bool:
    """Whether a door's name is what a door schedule calls it, and not what its maker does."""
    return 0 < len(name) <= 12 and any(char.isdigit() for char in name) and ":" not in name


def _opening_and_wall(door: Entity) -> tuple[Entity | None, Entity | None]:
    """The opening that a door fills, and the wall that the opening is in."""
    for fills in door.FillsVoids or ():
        opening = fills.RelatingOpeningElement
        for voids in (opening.VoidsElements if opening is not None else None) or ():
            return opening, voids.RelatingBuildingElement
        return opening, None
    return None, None


# --- storeys ---------------------------------------------------------------------------------------------------------


def _stated_rooms(model: Any) -> Mapping[int, list[int]]:
    """The spaces that each door bounds, as the model states it."""
    found: dict[int, list[int]] = defaultdict(list)
    for boundary in model.by_type("IfcRelSpaceBoundary"):
        element, space = boundary.RelatedBuildingElement, boundary.RelatingSpace
        if element is not None and element.is_a("IfcDoor") and space is not None and space.is_a("IfcSpace"):
            found[element.id()].append(space.id())
    return {door: list(dict.fromkeys(spaces)) for door, spaces in found.items()}


def _storey_of(element: Entity) -> Entity | None:
    """The storey that an element belongs to, by way of what it is a part of or contained in."""
    for _ in range(20):
        if element is None or element.is_a("IfcBuildingStorey"):
            return element
        element = _above(element)
    return None


def _above(element: Entity) -> Entity | None:
    for relation in getattr(element, "Decomposes", None) or ():
        return relation.RelatingObject
    for relation in getattr(element, "ContainedInStructure", None) or ():
        return relation.RelatingStructure
    return None


def _is_roof(space: Entity) -> bool:
    return words(space.LongName or space.Name).lower() in _ROOF


def _levels(heights: Sequence[float]) -> list[int]:
    """Numbers for floors in order: 0 for the lowest that is not under ground."""
    ground = next((index for index, height in enumerate(heights) if height > -_GROUND), 0)
    return [index - ground for index in range(len(heights))]


def _names(storeys: Sequence[Entity | None]) -> list[str]:
    """The storeys' names; with their building where two are called the same."""
    plain = [words(storey.Name or storey.LongName) if storey is not None else "" for storey in storeys]
    plain = [name or f"Floor {index + 1}" for index, name in enumerate(plain)]
    several = Counter(plain)
    named = []
    for name, storey in zip(plain, storeys, strict=True):
        building = _above(storey) if storey is not None and several[name] > 1 else None
        where = words(building.LongName or building.Name) if building is not None else ""
        named.append(f"{name}, {where}" if where else name)
    return named
