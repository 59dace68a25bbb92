"""PDF pages of our own, read as line work."""

from __future__ import annotations

import math
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from zonemap.errors import Invalid
from zonemap.intake.pdf_lines import read_linework
from zonemap.model.linework import Linework

QUARTER = 0.5522847498


def pdf_of(content: str, *, media: tuple[float, ...] = (0, 0, 200, 100), **page: object) -> bytes:
    """A page with this content; ``BT /F 10 Tf ... ET`` writes in Helvetica, ``/L1`` is a layer, ``/X`` a form."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("A-WALL")))
    form = pdf.make_stream(
        b"0 0 m 10 0 l S",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 50, 50],
        Matrix=[2, 0, 0, 2, 5, 5],
    )
    pdf.pages.append(
        pikepdf.Page(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=list(media),
                Contents=pdf.make_stream(content.encode("latin-1")),
                Resources=pikepdf.Dictionary(
                    Font=pikepdf.Dictionary(F=font),
                    Properties=pikepdf.Dictionary(L1=layer),
                    XObject=pikepdf.Dictionary(X=form),
                ),
                **page,
            )
        )
    )
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def points_of(found: Linework) -> list[tuple[tuple[float, float], ...]]:
    return [stroke.points for stroke in found.strokes]


def test_a_line_keeps_its_place_width_and_colour() -> None:
    (stroke,) = read_linework(pdf_of("q 2 0 0 2 10 10 cm 1 0 0 RG 1.5 w 0 0 m 20 0 l S Q")).strokes
    assert (stroke.points, stroke.width, stroke.colour, stroke.fill) == (((10, 10), (50, 10)), 3, 0xFF0000, None)


@pytest.mark.parametrize(
    ("turned", "box", "expected"),
    [
        (0, (0, 0, 200, 100), ((10, 20), (60, 20))),
        (90, (0, 0, 100, 200), ((20, 190), (20, 140))),
        (180, (0, 0, 200, 100), ((190, 80), (140, 80))),
        (270, (0, 0, 100, 200), ((80, 10), (80, 60))),
    ],
)
def test_lines_and_texts_lie_on_the_page_as_it_is_shown(
    turned: int, box: tuple[float, ...], expected: tuple[tuple[float, float], ...]
) -> None:
    words = "BT /F 10 Tf 1 0 0 1 10 20 Tm (B-104) Tj ET"
    found = read_linework(pdf_of(f"10 20 m 60 20 l S {words}", Rotate=turned))
    assert found.box == box
    (line,) = points_of(found)
    assert list(line) == [pytest.approx(corner, abs=0.01) for corner in expected]
    (text,) = found.texts
    assert text.text == "B-104"
    assert text.angle == pytest.approx(-turned % 360)
    assert text.place == pytest.approx(
        tuple((a + b) / 2 for a, b in zip(*expected, strict=True)), abs=16
    )  # on the line


def test_the_crop_box_is_the_page_and_a_pixel_of_its_picture_is_found() -> None:
    found = read_linework(pdf_of("30 40 m 50 40 l S", CropBox=[20, 30, 120, 80]))
    assert points_of(found) == [((10, 10), (30, 10))]
    assert found.to_picture is not None
    a, _, c, _, e, f = found.to_picture
    assert (10 * a + c, 10 * e + f) == pytest.approx((10 * 300 / 72, 40 * 300 / 72))


def test_forms_and_layers_are_opened() -> None:
    found = read_linework(pdf_of("/X Do /OC /L1 BDC 1 1 m 9 1 l S EMC"))
    assert [(stroke.points, stroke.layer) for stroke in found.strokes] == [
        (((5, 5), (25, 5)), ""),
        (((1, 1), (9, 1)), "A-WALL"),
    ]


def test_a_door_drawn_with_a_bezier_or_with_many_short_lines_is_an_arc() -> None:
    bow = f"60 20 m 60 {20 + 30 * QUARTER} {30 + 30 * QUARTER} 50 30 50 c S"
    chain = [(130 + 30 * math.cos(t * math.pi / 24), 20 + 30 * math.sin(t * math.pi / 24)) for t in range(13)]
    chords = " ".join(f"{ax:.3f} {ay:.3f} m {bx:.3f} {by:.3f} l S" for (ax, ay), (bx, by) in pairwise(chain))
    found = read_linework(pdf_of(f"{bow} {chords}"))
    assert [(*arc.centre, arc.radius, arc.sweep) for arc in found.arcs] == [
        pytest.approx((30, 20, 30, 90), abs=0.5),
        pytest.approx((130, 20, 30, 90), abs=0.5),
    ]


def test_labels_far_apart_on_one_line_are_two_and_words_keep_their_blanks() -> None:
    found = read_linework(pdf_of("BT /F 10 Tf 10 20 Td (EXAM ROOM) Tj 90 0 Td (101) Tj 0 -12 Td (102) Tj ET"))
    assert [text.text for text in found.texts] == ["EXAM ROOM", "101", "102"]
    assert found.texts[1].height == pytest.approx(7)


def test_a_filled_wall_with_a_hole_is_filled_around_it() -> None:
    found = read_linework(pdf_of("0.5 g 10 10 80 80 re 20 20 60 60 re f*"))
    assert [(stroke.fill, stroke.colour) for stroke in found.strokes] == [(0x808080, None), (0xFFFFFF, None)]


@pytest.mark.parametrize("page", [0, 2])
def test_a_page_that_is_not_there_is_named(page: int) -> None:
    if page == 0:
        with pytest.raises(Invalid, match="no lines"):
            read_linework(pdf_of(""))
    else:
        with pytest.raises(Invalid, match="there is no page 2"):
            read_linework(pdf_of("0 0 m 9 9 l S"), page)


def test_a_damaged_file_is_refused_with_what_to_do() -> None:
    with pytest.raises(Invalid, match="print it to a new PDF"):
        read_linework(b"%PDF-1.7 nothing")


def test_lines_end_where_the_page_clips_them() -> None:
    found = read_linework(pdf_of("q 20 20 m 80 20 l 50 60 l h W n 0 30 m 200 30 l S 0 90 m 9 99 l S Q 5 5 m 95 5 l S"))
    first, last = points_of(found)
    assert first == (pytest.approx((27.5, 30)), pytest.approx((72.5, 30)))
    assert last == ((5, 5), (95, 5))
