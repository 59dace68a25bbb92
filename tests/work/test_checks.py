"""What a plan still lacks: seeded faults are all found, and a floor without fault has none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from zonemap.geometry.uncovered import uncovered
from zonemap.model.facility import Facility, SiteKind
from zonemap.model.plan import Door, DoorControl, DoorKind, Floor, Room
from zonemap.model.zone import ZoneClass
from zonemap.rules.lacks import lack_kinds
from zonemap.work.checks import lacks

_CLINIC = Facility("x", "Larkspur", "1 Larkspur Ave", "", "Los Angeles", "CA", "90001", SiteKind.CLINIC)
_HOSPITAL = replace(_CLINIC, state="IL", site_kind=SiteKind.HOSPITAL)


def _box(name: str, left: float, low: float, right: float, high: float, kind: ZoneClass, title: str = "") -> Room:
    return Room(name, ((left, low), (right, low), (right, high), (left, high)), name=title or name, zone_class=kind)


def _door(number: int, here: str, there: str | None, middle: tuple[float, float], across: bool = False) -> Door:
    x, y = middle
    jambs = ((x, y - 0.45), (x, y + 0.45)) if across else ((x - 0.45, y), (x + 0.45, y))
    return Door(f"d{number}", jambs, (here, there), str(number))


@pytest.fixture
def sound() -> Floor:
    """Entrance and waiting room along the street, a corridor behind them, and rooms off the corridor.

    ```
    exam | office | records
    --------corridor-------
    entrance  |  waiting
    ```
    """
    public, private = ZoneClass.PUBLIC, ZoneClass.PRIVATE
    rooms = (
        _box("e", 0, 0, 4, 5, public, "Entrance"),
        _box("w", 4, 0, 12, 5, public, "Waiting room"),
        _box("c", 0, 5, 12, 7, private, "Corridor"),
        _box("x", 0, 7, 4, 11, private, "Exam room"),
        _box("o", 4, 7, 8, 11, private, "Office"),
        _box("r", 8, 7, 12, 11, ZoneClass.RECORDS, "Records"),
    )
    doors = (
        _door(1, "e", None, (2, 0)),
        _door(2, "e", "w", (4, 2), across=True),
        _door(3, "w", "c", (8, 5)),
        _door(4, "c", "x", (2, 7)),
        _door(5, "c", "o", (6, 7)),
        _door(6, "c", "r", (10, 7)),
    )
    return Floor("f", "x", "Ground", rooms=rooms, doors=doors, waiting_spot=(8.0, 2.0))


def _with_room(floor: Floor, room_id: str, **changes: object) -> Floor:
    return replace(floor, rooms=tuple(replace(r, **changes) if r.id == room_id else r for r in floor.rooms))  # type: ignore[arg-type]


def _with_door(floor: Floor, number: str, **changes: object) -> Floor:
    return replace(floor, doors=tuple(replace(d, **changes) if d.number == number else d for d in floor.doors))  # type: ignore[arg-type]


def _without_door(floor: Floor, number: str) -> Floor:
    return replace(floor, doors=tuple(door for door in floor.doors if door.number != number))


def test_a_sound_floor_lacks_nothing(sound: Floor) -> None:
    assert lacks(_CLINIC, [sound]) == ()
    assert lacks(_HOSPITAL, [sound]) == ()


SEEDED: dict[str, tuple[Callable[[Floor], Floor], str | None, str | None]] = {
    "undecided": (lambda f: _with_room(f, "o", zone_class=ZoneClass.UNDECIDED), "o", None),
    "overlap": (lambda f: _with_room(f, "o", ring=((3.5, 7), (8, 7), (8, 11), (3.5, 11))), "x", None),
    "door": (lambda f: _with_door(f, "5", jambs=((5.5, 9), (6.4, 9))), None, "d5"),
    "public_pocket": (lambda f: _with_room(f, "o", zone_class=ZoneClass.PUBLIC, name="Meeting"), "o", None),
    "threshold_opening": (lambda f: _with_door(f, "3", kind=DoorKind.OPENING), "w", "d3"),
    "threshold_unsigned": (lambda f: _with_door(f, "3", control=DoorControl.NONE), "w", "d3"),
    "private_through_unmarked": (lambda f: _with_room(f, "c", zone_class=ZoneClass.UNDECIDED), "c", None),
    "no_entrance": (lambda f: _without_door(f, "1"), None, None),
    "waiting_spot": (lambda f: replace(f, waiting_spot=None), None, None),
    "care_left_public": (lambda f: _with_room(f, "w", name="Exam room"), "w", None),
    "waiting_uncontrolled": (lambda f: _with_room(f, "w", zone_class=ZoneClass.PRIVATE), "w", "d2"),
    "records_in_sight": (
        lambda f: _with_door(_with_room(f, "c", zone_class=ZoneClass.RECORDS), "3", kind=DoorKind.OPENING),
        "c",
        "d3",
    ),
    "private_without_door": (lambda f: _without_door(f, "4"), "x", None),
    "uncovered": (
        lambda f: _with_room(_without_door(f, "5"), "o", ring=((4, 9), (8, 9), (8, 11), (4, 11))),
        None,
        None,
    ),
}


def test_every_kind_of_lack_is_seeded_here() -> None:
    assert set(SEEDED) == set(lack_kinds())


@pytest.mark.parametrize("kind", SEEDED)
def test_a_seeded_fault_is_found_and_located(sound: Floor, kind: str) -> None:
    seed, room_id, door_id = SEEDED[kind]
    found = [lack for lack in lacks(_CLINIC, [seed(sound)]) if lack.kind == kind]

    assert len(found) == 1
    assert room_id in (None, found[0].room_id)
    assert door_id in (None, found[0].door_id)
    assert "{" not in found[0].text.message + found[0].text.why
    assert found[0].place or kind in ("waiting_spot", "no_entrance")


def test_nothing_else_is_invented_beside_an_opening(sound: Floor) -> None:
    found = lacks(_CLINIC, [_with_door(sound, "3", kind=DoorKind.OPENING)])

    assert [lack.kind for lack in found] == ["threshold_opening"]


def test_a_door_with_a_lock_or_staff_by_it_needs_no_sign(sound: Floor) -> None:
    for control in (DoorControl.LOCK, DoorControl.STAFF):
        assert lacks(_CLINIC, [_with_door(sound, "3", control=control, kind=DoorKind.OPENING)]) == ()


def test_a_law_is_named_only_where_the_pack_of_the_facility_knows_one(sound: Floor) -> None:
    without = replace(sound, waiting_spot=None)
    (illinois,) = lacks(_HOSPITAL, [without])
    (california,) = lacks(_CLINIC, [without])

    assert illinois.text.source == "210 ILCS 85/6.14h(c)(3)"
    assert california.text.source == ""


def test_an_upper_floor_without_stairs_drawn_is_no_pocket(sound: Floor) -> None:
    upper = Floor("u", "x", "Upper", 1, rooms=(_box("p", 0, 0, 5, 5, ZoneClass.PUBLIC, "Waiting room"),), doors=())

    assert [lack.kind for lack in lacks(_CLINIC, [sound, upper])] == []


def test_a_public_room_upstairs_behind_a_private_stair_is_a_pocket(sound: Floor) -> None:
    lower = _with_room(sound, "o", shaft="Stair", name="Stair")
    stair = replace(_box("s", 0, 0, 3, 3, ZoneClass.PRIVATE, "Stair"), shaft="Stair")
    upper = Floor("u", "x", "Upper", 1, rooms=(stair, _box("p", 3, 0, 9, 3, ZoneClass.PUBLIC, "Waiting room")))
    upper = replace(upper, doors=(_door(1, "s", "p", (3, 1.5), across=True),))

    assert [(lack.kind, lack.room_id) for lack in lacks(_CLINIC, [lower, upper])] == [("public_pocket", "p")]


# --- on random floors --------------------------------------------------------------------------------------------


@st.composite
def _floors(draw: st.DrawFn) -> Floor:
    """Rooms of a grid, some left out, some grown over their neighbours; doors between any two, also absurd ones."""
    cells = draw(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=14, unique=True))
    names = ("Exam room", "Waiting room", "Office", "Corridor", "Records", "", "Zimmer 4", "受付")
    rooms = []
    for place, (x, y) in enumerate(cells):
        wide, kind = draw(st.sampled_from((3.0, 4.0, 4.5))), draw(st.sampled_from(list(ZoneClass)))
        room = _box(f"r{place}", x * 4, y * 4, x * 4 + wide, y * 4 + 4, kind, draw(st.sampled_from(names)))
        rooms.append(replace(room, shaft=draw(st.sampled_from(("", "", "", "S")))))
    ends = [*(room.id for room in rooms), None]
    doors = []
    for number in range(draw(st.integers(0, 12))):
        here, there = draw(st.sampled_from(rooms)).id, draw(st.sampled_from(ends))
        door = _door(number, here, there, (draw(st.integers(0, 20)), draw(st.integers(0, 20))), draw(st.booleans()))
        kind, control = draw(st.sampled_from(list(DoorKind))), draw(st.sampled_from(list(DoorControl)))
        doors.append(replace(door, kind=kind, control=control))
    return Floor("f", "x", "Ground", draw(st.integers(-1, 2)), rooms=tuple(rooms), doors=tuple(doors))


@settings(max_examples=120, deadline=None)
@given(st.lists(_floors(), min_size=1, max_size=2))
def test_the_checks_never_raise_and_each_lack_leads_to_something_that_is_there(floors: list[Floor]) -> None:
    named = [replace(floor, id=f"f{place}") for place, floor in enumerate(floors)]
    there = {floor.id: {each.id for each in (*floor.rooms, *floor.doors)} for floor in named}

    for lack in lacks(_CLINIC, named):
        assert {lack.room_id, lack.door_id} - {None} <= there[lack.floor_id]
        assert "{" not in lack.text.message


@settings(max_examples=120, deadline=None)
@given(_floors())
def test_rooms_and_what_is_in_no_room_never_take_more_than_the_floor(floor: Floor) -> None:
    shapes = shapely.polygons([list(room.ring) for room in floor.rooms])
    covered = shapely.union_all(shapes).area
    gaps = sum(part.area for part in uncovered(floor))
    hull = shapely.convex_hull(shapely.union_all(shapes)).area

    assert covered + gaps <= hull + 0.01
    for part in uncovered(floor):
        assert not shapely.union_all(shapes).contains(shapely.Point(part.place))
