"""A corridor that runs around a block of rooms: one room with a hole."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from tests.geometry.floors import block_floor, box, room
from zonemap.drawing.floor import Look, floor_svg
from zonemap.errors import Invalid, TooLarge
from zonemap.geometry.boundary import boundary
from zonemap.geometry.cover import outlines, overlaps
from zonemap.geometry.doors import door_at, door_problems, way_out
from zonemap.geometry.hatch import HatchFamily, hatch
from zonemap.geometry.labels import label_places
from zonemap.geometry.rings import check_size, room_area, valid_floor, valid_room
from zonemap.geometry.scale import rescaled
from zonemap.geometry.shapes import room_polygons, shape_of
from zonemap.geometry.thresholds import entrances, signed_doors
from zonemap.model.floor_document import floor_document, floor_from
from zonemap.model.plan import Scale


def test_the_block_is_no_part_of_the_corridor() -> None:
    floor = valid_floor(block_floor())
    assert room_area(floor.rooms[0]) == pytest.approx(14 * 10 - 10 * 6)
    assert overlaps(floor) == ()
    assert len(outlines(floor.rooms)) == 1
    assert [shape.area for shape in room_polygons(floor.rooms)] == [80, 24, 36]


@pytest.mark.parametrize(
    "hole",
    [box(12, 8, 6, 6), box(20, 20, 2, 2), box(3, 3, 2, 2), box(0, 0, 14, 10)],
    ids=["over the outline", "outside", "inside another hole", "all of the room"],
)
def test_a_hole_that_does_not_lie_inside_the_room_and_apart_is_refused_with_its_place(hole: object) -> None:
    corridor = block_floor().rooms[0]
    holes = (*corridor.holes, hole) if hole == box(3, 3, 2, 2) else (hole,)
    with pytest.raises(Invalid) as refused:
        valid_room(replace(corridor, holes=holes))
    assert "place" in refused.value.data


def test_corners_of_holes_count_and_are_put_on_the_grid() -> None:
    corridor = block_floor().rooms[0]
    hole = ((2.0004, 2), (12, 2), (12, 8), (2, 8))
    assert valid_room(replace(corridor, holes=(hole,))) == corridor
    with pytest.raises(TooLarge):
        check_size(replace(block_floor(), rooms=(replace(corridor, holes=(box(2, 2, 1, 1) * 20_000,)),)))


def test_doors_stand_on_the_walls_of_the_block_and_lead_into_it() -> None:
    floor = block_floor()
    assert door_problems(floor) == ()
    for point, rooms in {(8, 1.9): ("corridor", "east"), (2.1, 5): ("west", "corridor")}.items():
        place = door_at(floor, point)
        assert set(place.rooms) == set(rooms)
    assert way_out(floor.rooms[0], floor.doors[0]) == pytest.approx((0, 1))
    assert [each.door.id for each in signed_doors(floor)] == ["d2", "d1"]
    assert [each.door.id for each in entrances(floor)] == ["d3"]


def test_the_boundary_runs_around_the_block() -> None:
    lines = boundary(block_floor())
    assert sum(shapely.LineString(line).length for line in lines) == pytest.approx(32)


def test_the_corridors_name_and_hatch_keep_out_of_the_block() -> None:
    corridor = block_floor().rooms[0]
    (place,) = label_places([shape_of(corridor)])
    x, y = place.point
    assert shapely.Polygon(corridor.ring, corridor.holes).contains(
        shapely.box(x - place.width / 2.1, y - place.height / 2.1, x + place.width / 2.1, y + place.height / 2.1)
    )
    level = [segment for segment in hatch([shape_of(corridor)], [HatchFamily(0, 5)]) if segment[0][1] == 5]
    assert level == [((0, 5), (2, 5)), ((12, 5), (14, 5))]


def test_a_new_scale_and_a_document_keep_the_holes() -> None:
    floor = block_floor()
    assert rescaled(floor, Scale(0.02)).rooms[0].holes == (box(4, 4, 20, 12),)
    assert floor_from(floor_document(floor)) == floor


@pytest.mark.parametrize("look", list(Look))
def test_the_drawing_leaves_the_hole_empty(look: Look) -> None:
    """The hole runs against the ring, whichever way both were drawn, so that no filling rule is needed."""
    floor = block_floor()
    corridor = floor.rooms[0]
    turned = replace(floor, rooms=(replace(corridor, holes=(corridor.holes[0][::-1],)), *floor.rooms[1:]))
    alone = room("alone", corridor.ring)
    assert floor_svg(floor, look=look) != floor_svg(replace(floor, rooms=(alone, *floor.rooms[1:])), look=look)
    for drawn in (floor, turned):
        path = next(part for part in floor_svg(drawn, look=look).split('d="') if part.count("M") == 2)
        outer, inner = (
            [tuple(map(float, pair.split())) for pair in ring.rstrip("Z").split("L")]
            for ring in path.split('"')[0].split("M")[1:]
        )
        assert shapely.LinearRing(outer).is_ccw is not shapely.LinearRing(inner).is_ccw
