"""OpenStreetMap indoors (Simple Indoor Tagging): rooms, areas and corridors, and the doors that are nodes on them.

Only for the child. A room that several floors share (stairs, a lift) is a room on each of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.models.building import FloorInMaking
from zonemap.intake.models.globe import anchored, local
from zonemap.intake.models.osm_file import OsmFile, Way, opened
from zonemap.intake.models.osm_levels import is_between, levels_of
from zonemap.intake.models.values import ROOMS_MOST, Position
from zonemap.model.draft import Anchor, DraftDoor, DraftFloor, DraftRoom
from zonemap.model.plan import DoorKind, Point
from zonemap.model.zone import ZoneClass
from zonemap.tracing.beside import Rooms
from zonemap.tracing.outlines import Sound, band, nested, sound

_ROOMS = frozenset({"room", "area", "corridor"})
_USES = ("room", "shop", "amenity", "office", "building:part")  # what makes a plain indoor=yes outline a room
_SHUT = frozenset({"private", "no", "employees", "staff", "permit", "residents"})  # values of access
_WALL_WIDTH = 0.1  # metres: OpenStreetMap draws walls as lines
_ON_OUTLINE = 0.3  # metres from a door to the room on its other side, where their outlines do not share it

_NO_ROOMS = (
    "This OpenStreetMap file has no rooms in it: nothing is tagged indoor=room, indoor=area or indoor=corridor. "
    "Not every building is mapped inside; use a floor plan of it instead."
)


_NO_PLACES = (
    "The rooms of this OpenStreetMap file have no corners: their nodes are missing. "
    "Download the building again with everything that belongs to it, and upload that."
)


@dataclass(frozen=True, slots=True)
class _Thing:
    """A room in the file: what it is tagged, the rings of its outline, and the nodes on them."""

    id: str
    tags: Mapping[str, str]
    outers: Sequence[Sequence[Position]]
    inners: Sequence[Sequence[Position]]
    nodes: frozenset[str]

    def shape(self, anchor: Anchor) -> Sound:
        """The outline in metres."""
        outers = [[local(anchor, place) for place in ring] for ring in self.outers]
        inners = [[local(anchor, place) for place in ring] for ring in self.inners]
        return sound(outers[0]) if len(outers) == 1 and not inners else nested(outers, inners)


def read_osm(data: bytes) -> tuple[DraftFloor, ...]:
    """The floors of a building, the lowest first. Raises Invalid or TooLarge."""
    file = opened(data)
    things = [*_from_ways(file), *_from_relations(file)]
    if not things:
        raise Invalid(_NO_ROOMS)
    places = _corners(thing for thing in things if thing.id.startswith("way")) or _corners(things)
    if not places:
        raise Invalid(_NO_PLACES)
    anchor = anchored(places)
    by_level: dict[int, list[_Thing]] = defaultdict(list)
    for thing in things:
        for level in levels_of(thing.tags) or {0}:
            by_level[level].append(thing)
    if sum(map(len, by_level.values())) > ROOMS_MOST:
        raise TooLarge(f"This file holds more than {ROOMS_MOST:,} rooms. Export one building, and upload that.")
    made = (_floor(level, by_level[level], file, anchor) for level in sorted(by_level))
    return tuple(floor for floor in made if floor.rooms)


def _corners(things: Iterable[_Thing]) -> list[Position]:
    return [place for thing in things for place in thing.outers[0]]


# --- what is a room --------------------------------------------------------------------------------------------------


def _is_room(tags: Mapping[str, str]) -> bool:
    """Rooms as Simple Indoor Tagging has them, and outlines that are indoors and have a use."""
    indoor = tags.get("indoor")
    return indoor in _ROOMS or (indoor == "yes" and "level" in tags and _has_use(tags))


def _has_use(tags: Mapping[str, str]) -> bool:
    return any(key in tags and tags[key] not in ("no", "yes") for key in _USES)


def _from_ways(file: OsmFile) -> Iterator[_Thing]:
    for id_, way in file.ways.items():
        if _is_room(way.tags) and _is_closed(way):
            ring = [file.nodes[node].place for node in way.nodes if node in file.nodes]
            if len(ring) > 3:
                yield _Thing(f"way/{id_}", way.tags, (ring,), (), frozenset(way.nodes))


def _is_closed(way: Way) -> bool:
    return len(way.nodes) > 3 and way.nodes[0] == way.nodes[-1]


def _from_relations(file: OsmFile) -> Iterator[_Thing]:
    for id_, relation in file.relations.items():
        if relation.tags.get("type") != "multipolygon" or not _is_room(relation.tags):
            continue
        parts = [(role, file.ways[way].nodes) for way, role in relation.ways if way in file.ways]
        outers = _rings([nodes for role, nodes in parts if role != "inner"])
        inners = _rings([nodes for role, nodes in parts if role == "inner"])
        if outers:
            nodes = frozenset(node for ring in (*outers, *inners) for node in ring)
            yield _Thing(f"relation/{id_}", relation.tags, _places(outers, file), _places(inners, file), nodes)


def _rings(ways: Sequence[list[str]]) -> list[list[str]]:
    """Closed rings, joined from ways end to end; what does not close is left out."""
    open_ways = [list(nodes) for nodes in ways if len(nodes) > 1]
    rings = []
    while open_ways:
        ring = open_ways.pop()
        while ring[0] != ring[-1] and _grow(ring, open_ways):
            pass
        if ring[0] == ring[-1] and len(ring) > 3:
            rings.append(ring)
    return rings


def _grow(ring: list[str], ways: list[list[str]]) -> bool:
    """Join the next way that goes on where the ring ends. False where none does."""
    for index, way in enumerate(ways):
        if ring[-1] in (way[0], way[-1]):
            ring += way[1:] if way[0] == ring[-1] else way[-2::-1]
            del ways[index]
            return True
    return False


def _places(rings: Sequence[Sequence[str]], file: OsmFile) -> list[list[Position]]:
    return [[file.nodes[node].place for node in ring if node in file.nodes] for ring in rings]


# --- floors ----------------------------------------------------------------------------------------------------------


def _floor(level: int, things: Sequence[_Thing], file: OsmFile, anchor: Anchor) -> DraftFloor:
    floor = FloorInMaking(_floor_name(level, file), level, anchor=anchor)
    nodes: dict[str, list[str]] = defaultdict(list)  # the rooms whose outlines share a node
    for thing in things:
        room = _room(thing)
        first = len(floor.rooms)
        shape = thing.shape(anchor)
        floor.add_parts(room, shape.parts)
        if shape.changed:
            floor.warn("The outline crosses itself in the file; look at it before you go on: {}.", room)
        if is_between(thing.tags):
            floor.warn("Between two floors in the file, and put on the lower one: {}.", room)
        if "level" not in thing.tags and "repeat_on" not in thing.tags:
            floor.warn("The file names no floor for it, so it stands on level 0: {}.", room)
        for added in floor.rooms[first : first + 1]:
            for node in thing.nodes:
                nodes[node].append(added.id)
    _add_walls(floor, level, file, anchor)
    return floor.made(lambda rooms: _doors(level, nodes, file, rooms, anchor))


def _floor_name(level: int, file: OsmFile) -> str:
    for tags in (*(way.tags for way in file.ways.values()), *(one.tags for one in file.relations.values())):
        if tags.get("indoor") == "level" and level in levels_of(tags):
            name = tags.get("name") or tags.get("level:ref") or tags.get("ref")
            if name:
                return name
    return f"Level {level}"


def _room(thing: _Thing) -> DraftRoom:
    tags = thing.tags
    kind = next((tags[key] for key in _USES if key in tags and tags[key] not in ("yes", "no")), "")
    way_up = "elevator" if "elevator" in (tags.get("highway"), kind) else "stairs" if _is_stairs(tags) else ""
    name = tags.get("name", "")
    others = [text for key, text in tags.items() if key.startswith("name:") and text != name]
    return DraftRoom(
        id=thing.id,
        ring=(),
        number=tags.get("ref", ""),
        name=name or way_up,
        category=way_up or kind or tags.get("indoor", ""),
        zone_class=ZoneClass.PRIVATE if tags.get("access") in _SHUT else ZoneClass.UNDECIDED,
        other_names=tuple(dict.fromkeys(others)),
    )


def _is_stairs(tags: Mapping[str, str]) -> bool:
    return tags.get("stairs", "no") != "no" or tags.get("highway") == "steps" or tags.get("room") == "stairs"


def _add_walls(floor: FloorInMaking, level: int, file: OsmFile, anchor: Anchor) -> None:
    for way in file.ways.values():
        if way.tags.get("indoor") == "wall" and level in levels_of(way.tags):
            line = [local(anchor, file.nodes[node].place) for node in way.nodes if node in file.nodes]
            if len(set(line)) > 1:
                floor.walls += [(part.ring, *part.holes) for part in band(line, _WALL_WIDTH)]


# --- doors -----------------------------------------------------------------------------------------------------------


def _doors(
    level: int, sharing: Mapping[str, Sequence[str]], file: OsmFile, rooms: Rooms, anchor: Anchor
) -> Iterator[DraftDoor]:
    for id_, shared in sharing.items():
        node = file.nodes.get(id_)
        if node is None or not _is_door(node.tags) or level not in (levels_of(node.tags) or {level}):
            continue
        place = local(anchor, node.place)
        jambs = rooms.jambs_at(place, _width(node.tags))
        yield DraftDoor(
            id=f"node/{id_}",
            jambs=jambs,
            rooms=_both(list(dict.fromkeys(shared)), jambs, rooms),
            kind=DoorKind.OPENING if node.tags.get("door") == "no" else DoorKind.DOOR,
            mark=node.tags.get("ref", ""),
        )


def _both(shared: list[str], jambs: tuple[Point, Point], rooms: Rooms) -> tuple[str | None, str | None]:
    """The two rooms whose outlines share the node; where it is one, or more than two, what lies on either side."""
    if len(shared) == 2:
        return shared[0], shared[1]
    beside = rooms.beside(jambs, reach=_ON_OUTLINE)
    if None not in beside and set(shared) & set(beside):
        return beside
    return shared[0], None


def _is_door(tags: Mapping[str, str]) -> bool:
    return "door" in tags or tags.get("entrance", "no") != "no"


def _width(tags: Mapping[str, str]) -> float | None:
    """A door's width in metres, where the file has a believable one."""
    text = tags.get("door:width") or tags.get("width") or ""
    try:
        width = float(text.removesuffix("m").strip().replace(",", "."))
    except ValueError:
        return None
    return width if 0.4 <= width <= 6 else None
