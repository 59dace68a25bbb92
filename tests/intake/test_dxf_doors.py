"""Doors that a drawing has as blocks: placed turned, mirrored, scaled and within others; leaves that slide and fold."""

import io
import math
from collections.abc import Callable

import pytest
from ezdxf import units
from ezdxf.document import Drawing
from ezdxf.filemanagement import new
from ezdxf.layouts.blocklayout import BlockLayout
from ezdxf.math import Matrix44

from zonemap.intake import dxf
from zonemap.intake.linework_pack import line_source, unpacked
from zonemap.model.draft import DraftDoor, TraceOptions
from zonemap.model.linework import Linework
from zonemap.model.plan import DoorKind
from zonemap.tracing.doors import find_in_linework
from zonemap.tracing.lines import trace_linework

# Two rooms of 4 by 3 m, the western one left of the wall from x = 4000 to 4200, in millimetres.
Box = tuple[float, float, float, float]
Draw = Callable[[BlockLayout], object]


def single(opened: float = 90, *, leaf: bool = True) -> Draw:
    """A leaf of 900 mm that hinges at the block's own place and shuts the way along x."""

    def draw(block: BlockLayout) -> None:
        block.add_arc((0, 0), 900, 0, opened)
        if leaf:
            turn = math.radians(opened)
            block.add_line((0, 0), (900 * math.cos(turn), 900 * math.sin(turn)))

    return draw


def double(block: BlockLayout) -> None:
    block.add_arc((0, 0), 800, 0, 90)
    block.add_line((0, 0), (0, 800))
    block.add_arc((1600, 0), 800, 90, 180)
    block.add_line((1600, 0), (1600, 800))


def unequal(block: BlockLayout) -> None:
    block.add_arc((0, 0), 900, 0, 90)
    block.add_line((0, 0), (0, 900))
    block.add_arc((1400, 0), 500, 90, 180)
    block.add_line((1400, 0), (1400, 500))


def sliding(block: BlockLayout) -> None:
    """Two leaves, one before the other, that run past each other in the opening."""
    for left, right, low in ((0, 520, 70), (480, 1000, 100)):
        block.add_lwpolyline([(left, low), (right, low), (right, low + 30), (left, low + 30)], close=True)


def barn(block: BlockLayout) -> None:
    """A leaf that hangs before the wall, pushed halfway aside."""
    block.add_lwpolyline([(-450, -60), (550, -60), (550, -20), (-450, -20)], close=True)


def folding(block: BlockLayout) -> None:
    block.add_lwpolyline([(0, 100), (220, 400), (450, 100), (680, 400), (900, 100)])


def through(block: BlockLayout) -> None:
    """A leaf that swings to both sides."""
    block.add_arc((0, 100), 900, -90, 90)
    block.add_line((0, 100), (900, 100))


def floor(width: float, *, solid: bool = False) -> Drawing:
    """The walls, with an opening in the inner one from y = 1000."""
    document = new()
    document.units = units.MM
    for name in ("A-WALL", "A-OBJECTS"):
        document.layers.add(name)
    boxes: list[Box] = [
        (-200, -200, 8400, 0),
        (-200, 3000, 8400, 3200),
        (-200, 0, 0, 3000),
        (8200, 0, 8400, 3000),
    ]
    boxes += [(8200, 0, 8400, 3000)]
    boxes += [(4000, 0, 4200, 3000)] if solid else [(4000, 0, 4200, 1000), (4000, 1000 + width, 4200, 3000)]
    for a, b, c, d in boxes:
        corners = [(a, b), (c, b), (c, d), (a, d)]
        document.modelspace().add_lwpolyline(corners, close=True, dxfattribs={"layer": "A-WALL"})
    return document


def read(document: Drawing) -> Linework:
    """As it is kept: packed, and unpacked again."""
    stream = io.StringIO()
    document.write(stream)
    return unpacked(line_source(dxf.read_linework(stream.getvalue().encode()), 1000, 400).packed)


def found_in(document: Drawing) -> tuple[DraftDoor, ...]:
    linework, options = read(document), TraceOptions(0.001)
    rooms = trace_linework(linework, options)
    assert len(rooms) == 2
    return find_in_linework(linework, rooms, options)


def the_door(document: Drawing) -> tuple[float, float, float]:
    """Middle and width of the only door, which joins both rooms."""
    (door,) = found_in(document)
    assert door.kind is DoorKind.DOOR
    assert set(door.rooms) == {"r1", "r2"}
    (ax, ay), (bx, by) = door.jambs
    return (ax + bx) / 2, (ay + by) / 2, math.dist(*door.jambs)


def placed(document: Drawing, name: str, draw: Draw, place: tuple[float, float] = (4200, 1000), **how: float) -> None:
    draw(document.blocks.new(name))
    attributes = {"layer": "A-OBJECTS", "rotation": 90, **how}
    document.modelspace().add_blockref(name, place, dxfattribs=attributes)


@pytest.mark.parametrize(
    ("name", "draw", "width"),
    [
        ("DOOR-90", single(), 900),
        ("dr36", single(30), 900),
        ("Tür 1-flg", single(45), 900),
        ("PUERTA_DOBLE", double, 1600),
        ("Porte tiercée", unequal, 1400),
        ("Sliding Door", sliding, 1000),
        ("SLIDING GLASS DOOR 1000", sliding, 1000),
        ("puerta corredera", barn, 1000),
        ("Falttür", folding, 900),
        ("drzwi 90", through, 900),
        ("xref-Floor-1$0$DOOR", single(60, leaf=False), 900),
    ],
)
def test_a_block_that_is_called_after_doors_is_a_door_of_its_two_rooms(name: str, draw: Draw, width: float) -> None:
    document = floor(width)
    placed(document, name, draw)

    x, y, found = the_door(document)

    assert (x, y) == pytest.approx((4100, 1000 + width / 2), abs=60)
    assert found == pytest.approx(width, abs=100)


@pytest.mark.parametrize("opened", [35, 45, 120, 150, 180])
def test_a_leaf_drawn_hardly_or_widely_open_is_a_door_without_a_name(opened: float) -> None:
    document = floor(900)
    placed(document, "M_Single-Flush", single(opened))

    assert the_door(document) == pytest.approx((4100, 1450, 900), abs=60)


def test_an_arc_hardly_bent_without_a_leaf_and_without_a_name_is_no_door() -> None:
    document = floor(900)
    placed(document, "BASIN", single(40, leaf=False))

    (opening,) = found_in(document)

    assert opening.kind is DoorKind.OPENING


@pytest.mark.parametrize(
    ("place", "how"),
    [
        ((4200, 1900), {"rotation": 270, "xscale": 1.0}),
        ((4200, 1900), {"rotation": 90, "xscale": -1.0}),
        ((4200, 1000), {"rotation": 90, "yscale": -1.0}),
        ((4000, 1900), {"rotation": 270, "yscale": -1.0}),
    ],
)
def test_a_door_may_be_placed_turned_and_mirrored(place: tuple[float, float], how: dict[str, float]) -> None:
    document = floor(900)
    placed(document, "DOOR", single(), place, **how)

    assert the_door(document) == pytest.approx((4100, 1450, 900), abs=60)


@pytest.mark.parametrize("draw", [single(), sliding, folding])
def test_a_door_within_a_block_within_a_block_is_scaled_and_mirrored_with_them(draw: Draw) -> None:
    document = floor(900 if draw is not sliding else 1000)
    draw(document.blocks.new("DOOR IN METRES"))
    inner = document.blocks.new("Unit B")
    inner.add_blockref("DOOR IN METRES", (0, 0), dxfattribs={"xscale": 0.5, "yscale": 0.5, "rotation": 30})
    outer = document.blocks.new("Unit B mirrored")
    outer.add_blockref("Unit B", (0, 0), dxfattribs={"xscale": -1, "rotation": 10})
    # What the two do is undone by the third, so that the door stands where it should.
    turned = Matrix44.chain(
        Matrix44.scale(0.5, 0.5, 0.5), Matrix44.z_rotate(math.radians(30)), Matrix44.scale(-1, 1, 1)
    ) @ Matrix44.z_rotate(math.radians(10))
    along = turned.transform_direction((1, 0, 0))
    document.modelspace().add_blockref(
        "Unit B mirrored",
        (4200, 1000),
        dxfattribs={"layer": "A-OBJECTS", "xscale": 2, "yscale": 2, "rotation": 90 - along.angle_deg},
    )

    assert the_door(document)[:2] == pytest.approx((4100, 1470), abs=80)


def test_a_door_drawn_over_a_wall_that_goes_on_is_known_by_its_block_alone() -> None:
    document = floor(900, solid=True)
    placed(document, "DOOR-SLIDING", sliding)

    assert the_door(document) == pytest.approx((4100, 1500, 1000), abs=60)


@pytest.mark.parametrize("name", ["DOOR TAG", "Door Schedule", "OUTDOOR UNIT", "Portable X-ray", "INDOOR PLANT"])
def test_a_label_or_a_thing_that_only_sounds_like_a_door_is_none(name: str) -> None:
    document = floor(900, solid=True)
    placed(document, name, sliding)

    assert found_in(document) == ()


def test_a_wardrobe_s_doors_within_one_room_lead_nowhere() -> None:
    document = floor(900, solid=True)
    placed(document, "DOOR-WARDROBE", sliding, (2500, 1200))

    assert found_in(document) == ()
