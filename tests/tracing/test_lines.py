"""Rooms are found in line work whatever it is drawn like; candidates differ; the scale is told by what is written."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
import shapely

from tests.tracing.drawn import DEEP, ROOMS, STEP, TRUTH, likeness, plan, polygons
from zonemap.model.draft import TraceOptions
from zonemap.model.linework import Arc, Linework, Stroke, Text
from zonemap.tracing.lines import guess_metres_per_unit, nearest_usual, room_candidates, trace_linework, wall_layers

METRES = TraceOptions(1.0)


@pytest.mark.parametrize("doors", [True, False], ids=["swings", "gaps"])
@pytest.mark.parametrize("solid", [True, False], ids=["filled", "lines"])
@pytest.mark.parametrize(("layers", "pens"), [(True, True), (False, True), (False, False)])
def test_rooms_are_found_along_the_faces_of_their_walls(layers: bool, pens: bool, solid: bool, doors: bool) -> None:
    rooms = trace_linework(plan(layers=layers, pens=pens, solid=solid, doors=doors), METRES)

    assert len(rooms) == ROOMS
    assert min(likeness(rooms)) > 0.97
    assert len({room.id for room in rooms}) == ROOMS


def test_rooms_come_in_the_units_of_the_file_wherever_it_lies() -> None:
    here = plan(layers=True)
    moved = tuple(replace(one, points=tuple((x * 50 + 7e5, -y * 50) for x, y in one.points)) for one in here.strokes)
    linework = Linework((7e5 - 100, -500, 7e5 + 800, 200), moved, y_down=True)

    rooms = trace_linework(linework, TraceOptions(0.02))

    found = [shapely.transform(one, lambda points: (points - (7e5, 0)) * (0.02, -0.02)) for one in polygons(rooms)]
    assert all(max(one.intersection(room).area for one in found) / room.area > 0.97 for room in TRUTH)


def test_the_layers_that_somebody_ticked_are_walls_and_no_others() -> None:
    linework = plan(layers=True)
    assert wall_layers(linework) == {"WAND", "FENSTER"}
    assert trace_linework(linework, replace(METRES, layers=frozenset({"MOEBEL"}))) != trace_linework(linework, METRES)


def test_what_lies_outside_of_the_box_is_left_alone() -> None:
    assert len(trace_linework(plan(layers=True), replace(METRES, crop=(-1.0, -1.0, STEP - 0.1, DEEP + 1)))) == 1


def test_hatching_in_the_rooms_divides_nothing() -> None:
    drawn = plan(layers=False)
    hatch = [Stroke(((x, 0.0), (x + DEEP, DEEP)), "", 0.003, 0x2266CC) for x in (i * 0.5 for i in range(-8, 24))]
    rooms = trace_linework(replace(drawn, strokes=(*drawn.strokes, *hatch)), METRES)
    assert min(likeness(rooms)) > 0.95


def test_toilet_cubicles_are_part_of_their_room() -> None:
    screens = [((3.0, 3.5), (4.0, 3.5)), ((3.0, 3.52), (4.0, 3.52)), ((3.0, 3.5), (3.0, 3.52))]
    doors = [Stroke(((3.0, 4.3), (3.0, 5.0)), "WAND"), Stroke(((3.02, 4.3), (3.02, 5.0)), "WAND")]
    drawn = plan(layers=True)
    cubicle = [Stroke(line, "WAND") for line in screens] + doors + [Stroke(((3.0, 4.3), (3.02, 4.3)), "WAND")]
    rooms = trace_linework(replace(drawn, strokes=(*drawn.strokes, *cubicle)), METRES)
    assert len(rooms) == ROOMS


def test_a_flight_of_stairs_in_a_large_room_is_a_room_of_its_own() -> None:
    drawn = plan(layers=True)
    flight = Stroke(((0.2, 1.0), (1.2, 1.0), (1.2, 4.0), (0.2, 4.0)), "TREPPE", closed=True)
    rooms = trace_linework(replace(drawn, strokes=(*drawn.strokes, flight)), METRES)
    assert sorted(round(one.area, 1) for one in polygons(rooms)) == [3.0, 17.0, 20.0, 20.0]


def test_candidates_hold_the_point_the_usual_one_first_and_no_two_alike() -> None:
    drawn = plan(layers=True)
    carpet = Stroke(((STEP + 1, 1.0), (STEP + 3, 1.0), (STEP + 3, 3.0), (STEP + 1, 3.0)), "TEPPICH", closed=True)
    linework = replace(drawn, strokes=(*drawn.strokes, carpet))
    found = polygons(room_candidates(linework, (STEP + 2, 2.0), METRES))
    assert found[0].intersection(TRUTH[1]).area / found[0].union(TRUTH[1]).area > 0.97
    assert len(found) > 1
    assert all(one.intersects(shapely.Point(STEP + 2, 2.0)) for one in found)
    assert all(a.symmetric_difference(b).area > 0.01 for a, b in pairwise(found))


def test_nothing_is_found_where_there_is_nothing() -> None:
    empty = Linework((0, 0, 1, 1))
    assert trace_linework(empty, METRES) == ()
    assert room_candidates(empty, (0.5, 0.5), METRES) == ()
    assert guess_metres_per_unit(empty) is None
    assert room_candidates(plan(layers=True), (-1.5, -2.5), METRES) == ()


@pytest.mark.parametrize("name", ["A-WALL", "Innenwände", "MUR", "Pared", "x$0$A-WALL", "Стены", "A-COLS", "Fenêtres"])
def test_walls_and_panes_are_told_by_their_names(name: str) -> None:
    assert wall_layers(Linework((0, 0, 1, 1), (Stroke(((0, 0), (1, 1)), name),))) == {name}


@pytest.mark.parametrize("name", ["A-WALL-PATT", "S-STEM-WALL", "murphy bed", "A-DOOR", "Treppe", "color", "0", ""])
def test_other_names_are_not(name: str) -> None:
    assert wall_layers(Linework((0, 0, 1, 1), (Stroke(((0, 0), (1, 1)), name),))) == frozenset()


# --- the scale ---------------------------------------------------------------------------------------------------


def sheet(metres_per_unit: float, *texts: str, claim: float | None = None, doors: bool = True) -> Linework:
    """The plan on an A3 sheet in points, so many metres a unit, with what is written on it."""
    drawn = plan(doors=doors).strokes
    strokes = tuple(
        replace(one, points=tuple((x / metres_per_unit, y / metres_per_unit) for x, y in one.points)) for one in drawn
    )
    written = tuple(Text(words, (30.0, 30.0 + 20 * row), 8.0) for row, words in enumerate(texts))
    return Linework((0, 0, 1190.55, 841.89), strokes, texts=written, metres_per_unit=claim)


POINT = 0.0254 / 72


@pytest.mark.parametrize(("words", "ratio"), [("SCALE 1:75 @ A3", 75), ('1/4" = 1\'-0"', 48), ("3/16\"=1'", 64)])
def test_a_scale_that_is_written_holds_if_the_doors_bear_it_out(words: str, ratio: float) -> None:
    assert guess_metres_per_unit(sheet(ratio * POINT, words)) == pytest.approx(ratio * POINT)
    assert guess_metres_per_unit(sheet(ratio * POINT * 2.5, words)) != pytest.approx(ratio * POINT)


def test_a_scale_bar_holds_on_a_sheet_that_was_shrunk() -> None:
    marks = tuple(Text(words, (100.0 + 50 * at, 20.0), 6.0) for at, words in enumerate(("0", "5 m", "10 m")))
    drawn = sheet(0.1, "1:50")
    assert guess_metres_per_unit(replace(drawn, texts=(*drawn.texts, *marks))) == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("true", "claim", "guess"), [(0.0254, 0.001, 0.0254), (0.001, 0.001, 0.001), (0.01, 1.0, 0.01)]
)
def test_a_header_that_doors_deny_is_not_believed(true: float, claim: float, guess: float) -> None:
    assert guess_metres_per_unit(sheet(true, claim=claim)) == pytest.approx(guess)


def test_doors_alone_give_the_nearest_scale_that_plans_have() -> None:
    assert guess_metres_per_unit(sheet(100 * POINT)) == pytest.approx(100 * POINT)
    arcs = tuple(Arc((1.0, 1.0 + at), 0.9 / (100 * POINT), 0.0, 90.0) for at in range(3))
    drawn = replace(sheet(100 * POINT, doors=False), arcs=arcs)
    assert guess_metres_per_unit(drawn) == pytest.approx(100 * POINT)
    assert nearest_usual(0.0231, 0.0254 / 200, (2339, 3308)) == pytest.approx(0.0254)
