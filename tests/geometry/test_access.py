"""The access graph, and the advisor against brute force on small graphs."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.geometry.floors import CLINIC, clinic_floor
from zonemap.geometry.access import OUTDOORS, AccessGraph, access_graph
from zonemap.geometry.advisor import BALANCED, FEWEST_DOORS, MOST_PRIVATE, Wishes, advise, next_best, plans, price
from zonemap.model.plan import Door, DoorKind, Floor, Room
from zonemap.model.zone import ZoneClass


def _room(name: str, side: float = 4.0, shaft: str = "") -> Room:
    return Room(name, ((0.0, 0.0), (side, 0.0), (side, side), (0.0, side)), name=name, shaft=shaft)


def _door(number: int, here: str, there: str | None, kind: DoorKind = DoorKind.DOOR, wide: float = 0.9) -> Door:
    return Door(f"d{number}", ((0.0, 0.0), (wide, 0.0)), (here, there), str(number), kind)


def _floor(rooms: str, *pairs: tuple[str, str | None], floor_id: str = "f") -> Floor:
    doors = tuple(_door(number, *pair) for number, pair in enumerate(pairs, 1))
    return Floor(floor_id, "x", floor_id, rooms=tuple(_room(name) for name in rooms), doors=doors)


def _at(*names: str) -> frozenset[tuple[str, str]]:
    return frozenset(("f", name) for name in names)


def test_a_stair_joins_the_floors_that_name_it() -> None:
    lower = Floor("low", "x", "Ground", 0, rooms=(_room("s", shaft="Stair 1"),), doors=(_door(1, "s", None),))
    upper = Floor("up", "x", "First", 1, rooms=(_room("t", shaft="stair 1"),))
    graph = access_graph([upper, lower])

    assert graph.reachable([OUTDOORS], lambda _: True) == {OUTDOORS, ("low", "s"), ("up", "t")}


def test_doors_of_rooms_that_are_gone_are_no_passages() -> None:
    assert access_graph([_floor("a", ("a", "z"), ("q", None))]).passages == ()


def test_the_waiting_room_stays_public_and_one_door_parts_it_from_the_rest() -> None:
    graph = access_graph([_floor("wcxy", ("w", None), ("w", "c"), ("c", "x"), ("c", "y"))])
    plan = advise(graph, Wishes(_at("w"), _at("x", "y")))

    assert plan.public == _at("w")
    assert [passage.door.number for passage in plan.doors if passage.door] == ["2"]
    assert plan.private_share == 0.75
    assert plan.proven


def test_the_way_to_a_pinned_room_is_public_though_more_doors_have_to_be_controlled() -> None:
    graph = access_graph([_floor("wcxt", ("w", None), ("w", "c"), ("c", "x"), ("c", "t"))])
    plan = advise(graph, Wishes(_at("w", "t"), _at("x")))

    assert plan.public == _at("w", "c", "t")
    assert len(plan.doors) == 1


def test_a_pinned_room_behind_private_space_is_named() -> None:
    graph = access_graph([_floor("wxt", ("w", None), ("w", "x"), ("x", "t"))])
    plan = advise(graph, Wishes(_at("w", "t"), _at("x")))

    assert plan.cut_off == _at("t")
    assert plan.public == _at("w")


def test_an_opening_costs_more_than_a_wide_door_and_that_more_than_a_door() -> None:
    wide = Floor("f", "x", "f", rooms=(_room("a"),), doors=(_door(1, "a", None, wide=1.8),))
    opening = Floor("f", "x", "f", rooms=(_room("a"),), doors=(_door(1, "a", None, DoorKind.OPENING),))
    plain = _floor("a", ("a", None))
    one, two, three = (price(access_graph([floor]).passages[0]) for floor in (plain, wide, opening))

    assert one < two < three


def test_several_plans_go_from_few_doors_to_much_private_space() -> None:
    # A hall with five closets: closing each takes a door of its own.
    graph = access_graph([_floor("habcde", ("h", None), *(("h", each) for each in "abcde"))])
    found = plans(graph, Wishes(_at("h"), _at("a")))

    assert [len(plan.doors) for plan in found] == sorted(len(plan.doors) for plan in found)
    assert [plan.private_share for plan in found] == sorted(plan.private_share for plan in found)
    assert len(found) > 1


# --- against brute force -------------------------------------------------------------------------------------------

_NAMES = "abcdefg"


@st.composite
def _cases(draw: st.DrawFn) -> tuple[AccessGraph, Wishes, float]:
    names = _NAMES[: draw(st.integers(2, len(_NAMES)))]
    pairs = [*combinations(names, 2), *((name, None) for name in names)]
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=11, unique=True))
    kinds = [draw(st.sampled_from(list(DoorKind))) for _ in chosen]
    rooms = tuple(_room(name, draw(st.integers(2, 6))) for name in names)
    doors = tuple(_door(n, *pair, kind) for n, (pair, kind) in enumerate(zip(chosen, kinds, strict=True), 1))
    public = draw(st.frozensets(st.sampled_from(names), max_size=3))
    private = draw(st.frozensets(st.sampled_from(names), max_size=3)) - public
    graph = access_graph([Floor("f", "x", "f", rooms=rooms, doors=doors)])
    return (
        graph,
        Wishes(_at(*public), _at(*private)),
        draw(st.sampled_from((FEWEST_DOORS, BALANCED, MOST_PRIVATE, 7.0))),
    )


@settings(max_examples=150, deadline=None)
@given(_cases())
def test_no_plan_is_cheaper_than_the_advisor_s(case: tuple[AccessGraph, Wishes, float]) -> None:
    graph, wishes, worth = case
    plan = advise(graph, wishes, worth)

    assert plan.proven
    assert abs(plan.cost - _cheapest(graph, wishes, worth)) < 1e-6
    assert _is_allowed(graph, wishes, plan.public)


def _cheapest(graph: AccessGraph, wishes: Wishes, worth: float) -> float:
    rooms = sorted(graph.rooms)
    every = chain.from_iterable(combinations(rooms, size) for size in range(len(rooms) + 1))
    return min(
        _cost(graph, frozenset(public), worth) for public in every if _is_allowed(graph, wishes, frozenset(public))
    )


def _is_allowed(graph: AccessGraph, wishes: Wishes, public: frozenset[tuple[str, str]]) -> bool:
    can_be_reached = graph.reachable([OUTDOORS], lambda place: place not in wishes.private)
    joined = graph.reachable([OUTDOORS], public.__contains__) - {OUTDOORS}
    return not public & wishes.private and wishes.public & can_be_reached <= public and joined == public


def _cost(graph: AccessGraph, public: frozenset[tuple[str, str]], worth: float) -> float:
    inside = public | {OUTDOORS}
    doors = sum(price(each) * worth for each in graph.passages if (each.here in inside) != (each.there in inside))
    return doors + sum(_square(graph, place) for place in public)


def _square(graph: AccessGraph, place: tuple[str, str]) -> float:
    (_, _), (x, _), *_ = graph.rooms[place].ring
    return x * x


def test_the_next_best_plans_are_others_and_cost_no_less() -> None:
    graph = access_graph([_floor("wcxyz", ("w", None), ("w", "c"), ("c", "x"), ("c", "y"), ("w", "z"))])
    wishes = Wishes(_at("w"), _at("x"))
    best = advise(graph, wishes)
    others = next_best(graph, wishes, best, FEWEST_DOORS)

    assert others
    assert best.public not in {plan.public for plan in others}
    assert all(plan.cost >= best.cost for plan in others)


@pytest.mark.shared
def test_on_the_real_clinic_no_private_room_is_reached_once_the_doors_of_the_plan_are_shut() -> None:
    if not CLINIC.is_file():
        pytest.skip("the shared floor plans do not lie beside this checkout")
    floor = clinic_floor()
    graph = access_graph([floor])
    at = {room.id: (floor.id, room.id) for room in floor.rooms}
    wishes = Wishes(
        frozenset(at[room.id] for room in floor.rooms if room.zone_class is ZoneClass.PUBLIC),
        frozenset(at[room.id] for room in floor.rooms if room.name.startswith(("EXAM", "TRMT", "PEDIATRIC EXAM"))),
    )
    plan = advise(graph, wishes)
    shut = {passage.door.id for passage in plan.doors if passage.door}
    left = access_graph([replace(floor, doors=tuple(door for door in floor.doors if door.id not in shut))])
    reached = left.reachable([OUTDOORS], lambda _: True) - {OUTDOORS}

    assert plan.proven
    assert reached == plan.public
    assert reached.isdisjoint(wishes.private)
    assert wishes.public - plan.cut_off <= reached
