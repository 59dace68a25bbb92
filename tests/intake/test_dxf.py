"""DXF drawings of our own, made by ezdxf, read as line work and drawn as a picture."""

from __future__ import annotations

from io import BytesIO, StringIO
from pathlib import Path

import ezdxf
import numpy as np
import pytest
from ezdxf.document import Drawing

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.dxf import read_linework
from zonemap.intake.dxf_sheet import picture_of
from zonemap.intake.guard import read
from zonemap.intake.sheet import Sheet
from zonemap.model.linework import Linework


def drawing(version: str = "R2010") -> Drawing:
    document = ezdxf.new(version)
    for name in ("A-WALL", "A-DOOR", "xref-house$0$A-GLAZ", "NOT-SHOWN", "COLD"):
        document.layers.add(name)
    return document


def saved(document: Drawing) -> bytes:
    out = StringIO()
    document.write(out)
    return out.getvalue().encode(document.output_encoding)


def drawn(document: Drawing) -> Linework:
    return read_linework(saved(document))


@pytest.mark.parametrize("version", ["R12", "R2000", "R2010", "R2018"])
def test_lines_polylines_and_texts_are_read_from_every_version(version: str) -> None:
    document = drawing(version)
    space = document.modelspace()
    space.add_line((0, 0), (4000, 0), dxfattribs={"layer": "A-WALL"})
    corners = [(0, 0), (0, 3000), (4000, 3000)]
    add = space.add_polyline2d if version == "R12" else space.add_lwpolyline
    add(corners, dxfattribs={"layer": "xref-house$0$A-GLAZ"})
    space.add_text("EXAM 1", height=200, dxfattribs={"layer": "A-WALL"}).set_placement((1000, 1000))
    found = drawn(document)
    assert {(stroke.layer, stroke.points) for stroke in found.strokes} == {
        ("A-WALL", ((0, 0), (4000, 0))),
        ("xref-house$0$A-GLAZ", ((0, 0), (0, 3000), (4000, 3000))),
    }
    (text,) = found.texts
    assert (text.text, text.height) == ("EXAM 1", 200)
    assert text.place == pytest.approx((1372, 1100))


def test_a_binary_drawing_is_read(tmp_path: Path) -> None:
    document = drawing()
    document.modelspace().add_line((0, 0), (5, 5))
    document.saveas(tmp_path / "plan.dxf", fmt="bin")
    assert len(read_linework((tmp_path / "plan.dxf").read_bytes()).strokes) == 1


def test_doors_are_found_as_blocks_and_as_arcs_in_their_place() -> None:
    document = drawing()
    door = document.blocks.new("DOOR-90")
    door.add_line((0, 0), (0, 900))
    door.add_arc((0, 0), 900, 0, 90, dxfattribs={"layer": "A-DOOR"})
    document.modelspace().add_blockref("DOOR-90", (5000, 2000), dxfattribs={"layer": "A-WALL", "rotation": 90})
    found = drawn(document)
    (block,) = found.blocks
    assert (block.name, block.rotation, block.layer) == ("DOOR-90", 90, "A-WALL")
    assert block.box == pytest.approx((4100, 2000, 5000, 2900), abs=1)
    (arc,) = found.arcs
    assert (*arc.centre, arc.radius) == pytest.approx((5000, 2000, 900), abs=1)
    assert (arc.start, arc.sweep, arc.layer) == (pytest.approx(90, abs=0.2), pytest.approx(90, abs=0.2), "A-DOOR")
    assert {stroke.layer for stroke in found.strokes} == {"A-WALL", "A-DOOR"}  # layer 0 counts as the block's


def test_a_bulge_and_a_mirrored_block_are_arcs_too() -> None:
    document = drawing()
    leaf = document.blocks.new("LEAF")
    leaf.add_lwpolyline([(0, 0, 0), (900, 0, 0.41421356), (0, 900, 0)], format="xyb")
    document.modelspace().add_blockref("LEAF", (0, 0), dxfattribs={"xscale": -1})
    (arc,) = drawn(document).arcs
    assert (*arc.centre, arc.radius) == pytest.approx((0, 0, 900), abs=2)
    assert arc.sweep == pytest.approx(-90, abs=0.5)


def test_what_is_off_or_frozen_is_left_out() -> None:
    document = drawing()
    document.layers.get("NOT-SHOWN").off()
    document.layers.get("COLD").freeze()
    block = document.blocks.new("SINK")
    block.add_line((0, 0), (1, 0), dxfattribs={"layer": "A-WALL"})
    block.add_line((0, 0), (0, 1))
    space = document.modelspace()
    space.add_line((0, 0), (9, 9), dxfattribs={"layer": "NOT-SHOWN"})
    space.add_line((0, 0), (9, 8), dxfattribs={"layer": "Defpoints"})
    space.add_blockref("SINK", (0, 0), dxfattribs={"layer": "COLD"})
    space.add_blockref("SINK", (20, 0), dxfattribs={"layer": "NOT-SHOWN"})
    assert [stroke.points for stroke in drawn(document).strokes] == [((20, 0), (21, 0))]


def test_paper_space_is_read_only_where_model_space_is_empty() -> None:
    document = drawing()
    document.paperspace().add_line((0, 0), (7, 0))
    assert [stroke.points for stroke in drawn(document).strokes] == [((0, 0), (7, 0))]
    document.modelspace().add_line((0, 0), (3, 0))
    assert [stroke.points for stroke in drawn(document).strokes] == [((0, 0), (3, 0))]


def test_codes_are_taken_out_of_texts_and_letters_of_all_scripts_survive() -> None:
    document = drawing()
    space = document.modelspace()
    space.add_text("%%uОФИС", height=2)
    space.add_mtext(r"{\fArial|b1;\H2x;חדר} 7\PSecond", dxfattribs={"char_height": 2, "insert": (0, 50)})
    block = document.blocks.new("TAG")
    block.add_attdef("NO", (0, 0), height=2)
    space.add_blockref("TAG", (90, 0)).add_auto_attribs({"NO": "B-104"})
    assert [text.text for text in drawn(document).texts] == ["ОФИС", "חדר 7", "Second", "B-104"]


def test_what_the_header_says_of_units_is_a_claim() -> None:
    document = drawing()
    document.header["$INSUNITS"] = 1
    document.modelspace().add_line((0, 0), (100, 0))
    assert drawn(document).metres_per_unit == pytest.approx(0.0254)
    document.header["$INSUNITS"] = 0
    assert drawn(document).metres_per_unit is None


def test_a_solid_hatch_is_filled_and_its_hole_is_not() -> None:
    document = drawing()
    hatch = document.modelspace().add_hatch(color=7)
    hatch.paths.add_polyline_path([(0, 0), (40, 0), (40, 40), (0, 40)])
    hatch.paths.add_polyline_path([(10, 10), (30, 10), (30, 30), (10, 30)])
    found = drawn(document)
    assert [stroke.fill for stroke in found.strokes] == [0, 0xFFFFFF]
    picture = np.asarray(picture_of(found))
    assert picture[picture.shape[0] // 2, picture.shape[1] // 2] == 255
    assert picture[picture.shape[0] // 2, 300] == 0


def test_blocks_in_blocks_without_end_are_refused() -> None:
    document = drawing()
    document.blocks.new("B0").add_line((0, 0), (1, 1))
    for level in range(1, 7):
        block = document.blocks.new(f"B{level}")
        for copy in range(12):
            block.add_blockref(f"B{level - 1}", (copy, level))
    document.modelspace().add_blockref("B6", (0, 0))
    with pytest.raises(TooLarge, match="Explode or purge"):
        drawn(document)


@pytest.mark.parametrize(
    "data",
    [
        b"AutoCAD Binary DXF\r\n\x1a\0nonsense",
        b"  0\nSECTION\n  2\nENTITIES\n",
        b"  0\nSECTION\n 2\n\xff\xfe",
        b"0\nSECTION",
    ],
)
def test_a_damaged_drawing_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(Invalid, match="upload"):
        read_linework(data)


def test_an_upload_becomes_a_picture_to_which_its_lines_lead() -> None:
    document = drawing()
    document.header["$INSUNITS"] = 6
    document.modelspace().add_lwpolyline([(0, 0), (20, 0), (20, 10), (0, 10)], close=True)
    sheet = read(saved(document))
    assert isinstance(sheet, Sheet)
    assert (sheet.width_px, sheet.height_px) == (4000, 2040)
    assert sheet.lines is not None
    a, _, c, _, e, f = sheet.lines.to_picture
    corner = (20 * a + c, 10 * e + f)
    assert corner == pytest.approx((3960, 40))
    from PIL import Image

    with Image.open(BytesIO(sheet.png)) as image:
        assert image.convert("L").getpixel((3959, 1000)) == 0
