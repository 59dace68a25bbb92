from xml.sax.saxutils import quoteattr

import pytest

from tests.intake.models.shapes import CORRIDOR, OFFICE, STORE, Ring, degrees
from zonemap.errors import Invalid, TooLarge
from zonemap.intake.models.osm import read_osm
from zonemap.intake.models.osm_levels import levels_of
from zonemap.model.plan import DoorKind
from zonemap.model.zone import ZoneClass


class Map:
    """An OSM file in the making: nodes are shared by their place."""

    def __init__(self) -> None:
        self.nodes: dict[tuple[float, float], str] = {}
        self.tags: dict[str, dict[str, str]] = {}
        self.rest: list[str] = []

    def node(self, x: float, y: float, **tags: str) -> str:
        id_ = self.nodes.setdefault((x, y), str(len(self.nodes) + 1))
        self.tags.setdefault(id_, {}).update(tags)
        return id_

    def way(self, ring: Ring, *, closed: bool = True, **tags: str) -> str:
        id_ = str(1000 + len(self.rest))
        ids = [self.node(x, y) for x, y in (*ring, *(ring[:1] if closed else ()))]
        refs = "".join(f'<nd ref="{ref}"/>' for ref in ids)
        self.rest.append(f'<way id="{id_}">{refs}{_tags(tags)}</way>')
        return id_

    def relation(self, *members: tuple[str, str], **tags: str) -> None:
        listed = "".join(f'<member type="way" ref="{ref}" role="{role}"/>' for ref, role in members)
        self.rest.append(f'<relation id="7">{listed}{_tags({"type": "multipolygon", **tags})}</relation>')

    def xml(self) -> bytes:
        nodes = ""
        for (x, y), id_ in self.nodes.items():
            ((longitude, latitude),) = degrees([[x, y]])
            nodes += f'<node id="{id_}" lon="{longitude:.12f}" lat="{latitude:.12f}">{_tags(self.tags[id_])}</node>'
        return f'<?xml version="1.0"?><osm version="0.6">{nodes}{"".join(self.rest)}</osm>'.encode()


def _tags(tags: dict[str, str]) -> str:
    return "".join(f"<tag k={quoteattr(key.replace('__', ':'))} v={quoteattr(value)}/>" for key, value in tags.items())


@pytest.mark.parametrize(
    ("level", "floors"),
    [
        ("0", {0}),
        ("-2;-1;0", {-2, -1, 0}),
        ("0-3", {0, 1, 2, 3}),
        ("-1-2", {-1, 0, 1, 2}),
        ("-3--1", {-3, -2, -1}),
        ("0.5;1", {1}),
        ("0,5", {0}),
        ("-0.5", {-1}),
        ("0-100000", set()),
        ("ground", set()),
    ],
)
def test_levels_are_read_as_lists_and_ranges(level: str, floors: set[int]) -> None:
    assert levels_of({"level": level}) == floors


def test_rooms_share_nodes_and_the_doors_on_them_join_both() -> None:
    drawn = Map()
    office = [[0, 0], [4, 0], [4, 1.5], [4, 3], [1, 3], [0, 3]]
    store = [[4, 0], [6, 0], [6, 3], [4, 3], [4, 1.5]]
    corridor = [[0, 3], [1, 3], [4, 3], [6, 3], [6, 5], [0, 5]]
    drawn.way(office, indoor="room", level="0", ref="101", name="Office", name__de="Büro", access="private")
    drawn.way(store, indoor="room", level="0", room="storage")
    drawn.way(corridor, indoor="corridor", level="0")
    drawn.node(1, 3, door="hinged", level="0", width="1.2")
    drawn.node(4, 1.5, door="no", level="0")
    drawn.node(6, 5, entrance="main", level="1")

    (floor,) = read_osm(drawn.xml())

    office_, store_, corridor_ = floor.rooms
    assert (office_.number, office_.name, office_.other_names) == ("101", "Office", ("Büro",))
    assert office_.zone_class is ZoneClass.PRIVATE
    assert (store_.category, corridor_.category) == ("storage", "corridor")
    doors = {frozenset(door.rooms): door for door in floor.doors}
    assert doors.keys() == {frozenset({office_.id, corridor_.id}), frozenset({office_.id, store_.id})}
    (ax, ay), (bx, by) = doors[frozenset({office_.id, corridor_.id})].jambs
    assert (abs(bx - ax), abs(by - ay)) == pytest.approx((1.2, 0), abs=0.002)
    assert doors[frozenset({office_.id, store_.id})].kind is DoorKind.OPENING


def test_a_stair_is_a_room_on_every_floor_that_it_serves() -> None:
    drawn = Map()
    drawn.way(OFFICE, indoor="room", level="0-1", repeat_on="2", stairs="yes", ref="S1")
    drawn.way(STORE, indoor="room", level="0")

    floors = read_osm(drawn.xml())

    assert [(floor.level, [room.number for room in floor.rooms]) for floor in floors] == [
        (0, ["S1", ""]),
        (1, ["S1"]),
        (2, ["S1"]),
    ]
    assert floors[0].rooms[0].name == "stairs"


def test_a_multipolygon_of_several_ways_is_one_room_with_its_hole() -> None:
    drawn = Map()
    drawn.way(STORE, indoor="room", level="0")
    one = drawn.way([[-9, -9], [-9, 9], [9, 9]], closed=False)
    other = drawn.way([[-9, -9], [9, -9], [9, 9]], closed=False)
    inner = drawn.way(CORRIDOR, indoor="wall", level="0")
    drawn.relation((one, "outer"), (other, "outer"), (inner, "inner"), indoor="area", level="0", name="Hall")

    (floor,) = read_osm(drawn.xml())

    hall = next(room for room in floor.rooms if room.name == "Hall")
    assert (len(hall.ring), [len(hole) for hole in hall.holes]) == (4, [4])
    assert floor.walls


def test_an_outline_that_is_indoors_and_has_a_use_is_a_room() -> None:
    drawn = Map()
    drawn.way(OFFICE, indoor="yes", level="1", shop="chemist")
    drawn.way(STORE, indoor="yes", level="1", highway="footway")
    drawn.way(CORRIDOR, indoor="room")

    lower, upper = read_osm(drawn.xml())

    assert [room.category for room in upper.rooms] == ["chemist"]
    assert lower.warnings == ("The file names no floor for it, so it stands on level 0: way/1002.",)


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"<osm><node", Invalid, "damaged"),
        (b'<!DOCTYPE osm [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><osm>&c;</osm>', Invalid, "entities"),
        (b"<osm>" + b"<way>" * 50_000, TooLarge, "too much"),
        (b"<osm><node id='1' lat='nan' lon='1e999'/></osm>", Invalid, "no rooms"),
    ],
)
def test_a_hostile_map_gets_a_sentence(data: bytes, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        read_osm(data)
