import math
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zonemap.errors import Forbidden, Invalid
from zonemap.model.facility import Facility, SiteKind
from zonemap.model.person import Actor, Role
from zonemap.model.plan import Floor, Picture, Room, Scale
from zonemap.storage.store import Store
from zonemap.work.scale import Line, measured, on_paper, set_scale

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ANA = Actor("a" * 32, "Ana", frozenset({Role.MANAGER}))
RAY = Actor("b" * 32, "Ray", frozenset({Role.RESPONDER}))
CLINIC = Facility("c" * 32, "Clinic", "1 Elm St", "", "Salem", "IL", "62881", SiteKind.CLINIC)
SHEET = Picture("1" * 32, 2000, 3000, 200.0)
ROOM = Room("r", ((1.0, 1.0), (4.0, 1.0), (4.0, 3.0)))
FLOOR = Floor("f" * 32, CLINIC.id, "First floor", 0, SHEET)
TEN_METRES = Line((100.0, 200.0), (500.0, 200.0), 10.0)  # 2.5 cm a pixel


@pytest.fixture
def store(store: Store) -> Store:
    with store.begin() as books:
        books.facilities.add(CLINIC)
        books.floors.add(FLOOR, saved_at=NOW, saved_by="Ana")
    return store


def test_the_scale_is_kept_as_the_next_version(store: Store) -> None:
    saved = set_scale(store, ANA, FLOOR.id, TEN_METRES, now=NOW)
    assert (saved.version, saved.floor.scale) == (2, Scale(0.025, None))


def test_a_second_line_that_agrees_is_noted(store: Store) -> None:
    check = Line((0.0, 0.0), (0.0, 1010.0), 25.0)
    saved = set_scale(store, ANA, FLOOR.id, TEN_METRES, check, now=NOW)
    assert saved.floor.scale == Scale(0.025, 0.01)


@pytest.mark.parametrize(("pixels", "says"), [(1030.0, "3.0% longer"), (970.0, "3.0% shorter")])
def test_a_second_line_that_disagrees_has_to_be_meant(store: Store, pixels: float, says: str) -> None:
    check = Line((0.0, 0.0), (0.0, pixels), 25.0)
    with pytest.raises(Invalid, match=says) as caught:
        set_scale(store, ANA, FLOOR.id, TEN_METRES, check, now=NOW)
    assert abs(caught.value.data["check_error"]) == pytest.approx(0.03)
    with store.read() as books:
        assert books.floors.get(FLOOR.id).floor.scale is None

    saved = set_scale(store, ANA, FLOOR.id, TEN_METRES, check, keep=True, now=NOW)
    assert saved.floor.scale is not None
    assert saved.floor.scale.check_error == pytest.approx(pixels / 1000 - 1)


def test_rooms_stay_on_their_lines_when_the_scale_changes(store: Store) -> None:
    with store.begin() as books:
        drawn = Floor(FLOOR.id, CLINIC.id, "First floor", 0, SHEET, Scale(0.05), (ROOM,))
        books.floors.save(drawn, 1, saved_at=NOW, saved_by="Ana")
    saved = set_scale(store, ANA, FLOOR.id, TEN_METRES, now=NOW)
    assert saved.floor.rooms[0].ring == ((0.5, 0.5), (2.0, 0.5), (2.0, 1.5))


@pytest.mark.parametrize(
    ("line", "check", "field"),
    [
        (Line((0, 0), (1, 1), 10.0), None, "length"),
        (Line((0, 0), (2001, 0), 10.0), None, "length"),
        (Line((0, -1), (200, 0), 10.0), None, "length"),
        (Line((0, 0), (200, 0), 0.0), None, "length"),
        (TEN_METRES, Line((0, 0), (0, 3001), 10.0), "check_length"),
        (TEN_METRES, Line((5, 5), (6, 6), 10.0), "check_length"),
    ],
)
def test_a_line_that_gives_no_scale_is_told_at_its_field(line: Line, check: Line | None, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        measured(FLOOR, line, check)
    assert list(caught.value.fields) == [field]


def test_a_floor_without_a_plan_has_no_scale() -> None:
    with pytest.raises(Invalid, match="Upload one first"):
        measured(Floor("f", "c", "First floor"), TEN_METRES, None)


def test_the_scale_of_the_paper_is_told_where_the_paper_is_known() -> None:
    assert on_paper(Floor("f", "c", "x", 0, SHEET, Scale(0.0254))) == pytest.approx(200)
    assert on_paper(Floor("f", "c", "x", 0, Picture("p", 9, 9), Scale(0.0254))) is None
    assert on_paper(FLOOR) is None


def test_a_responder_sees_plans_but_does_not_measure(store: Store) -> None:
    with pytest.raises(Forbidden):
        set_scale(store, RAY, FLOOR.id, TEN_METRES, now=NOW)


@given(st.floats(0, 2000), st.floats(0, 3000), st.floats(0, 2000), st.floats(0, 3000), st.floats(0.1, 2000))
def test_a_line_measured_with_its_own_scale_agrees_with_itself(
    x: float, y: float, u: float, v: float, length: float
) -> None:
    line = Line((x, y), (u, v), length)
    assume(math.dist(line.first, line.second) >= 20)
    scale = measured(FLOOR, line, line)
    assert scale.check_error == pytest.approx(0, abs=1e-6)
