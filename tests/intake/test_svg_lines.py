"""SVG drawings of our own, read as line work."""

from __future__ import annotations

import pytest

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.svg_lines import read_linework
from zonemap.model.linework import Linework


def svg(inside: str, attributes: str = 'viewBox="0 0 200 100"') -> Linework:
    spaces = (
        'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
    )
    return read_linework(f"<svg {spaces} {attributes}>{inside}</svg>".encode())


def test_shapes_are_led_through_all_transforms() -> None:
    found = svg(
        '<g transform="translate(10 20)"><g transform="scale(2)"><line x1="1" y1="2" x2="6" y2="2" stroke="red" '
        'stroke-width="0.5"/></g></g><rect x="5" y="5" width="10" height="4" stroke="#0f0" fill="none"/>'
        '<path d="M0 0h4v3z" fill="blue"/>'
    )
    assert [(stroke.points, stroke.colour, stroke.fill, stroke.closed) for stroke in found.strokes] == [
        (((12, 24), (22, 24)), 0xFF0000, None, False),
        (((5, 5), (15, 5), (15, 9), (5, 9)), 0x00FF00, None, True),
        (((0, 0), (4, 0), (4, 3)), None, 0x0000FF, True),
    ]
    assert found.strokes[0].width == 1
    assert found.y_down


def test_coordinates_are_those_of_the_view_box_wherever_it_lies() -> None:
    found = svg('<path d="M30 50L80 50" stroke="#000"/>', 'viewBox="20 40 100 50"')
    assert found.box == (20, 40, 120, 90)
    assert found.strokes[0].points == ((30, 50), (80, 50))
    assert found.to_picture == pytest.approx((40, 0, -800, 0, 40, -1600))  # 4000 pixels wide


def test_layers_are_the_groups_that_a_person_has_named() -> None:
    line = '<path d="M0 0L9 0" stroke="#000"/>'
    found = svg(
        f'<g id="g12">{line}</g><g id="Interior_x20_Walls_1_"><g id="XMLID_3_">{line}</g></g>'
        f'<g inkscape:groupmode="layer" inkscape:label="Türen" id="layer1"><g id="leaf">{line}</g></g>'
        f'<g id="all"><g id="A-GLAZ">{line}</g></g>'
    )
    assert [stroke.layer for stroke in found.strokes] == ["", "Interior Walls", "Türen", "A-GLAZ"]


def test_what_is_not_shown_is_left_out() -> None:
    line = '<path d="M0 0L9 0" stroke="#000"/>'
    found = svg(
        f'<style>.gone{{display:none}} .ink{{stroke:#123456 !important}}</style><g display="none">{line}</g>'
        f'<g class="gone">{line}</g><g style="visibility:hidden">{line}</g><defs>{line}</defs>'
        f'<clipPath id="c">{line}</clipPath><path class="ink" d="M0 0L5 5"/>'
    )
    assert [(stroke.points, stroke.colour) for stroke in found.strokes] == [(((0, 0), (5, 5)), 0x123456)]


def test_a_door_placed_by_use_is_a_block_with_an_arc() -> None:
    found = svg(
        '<defs><g id="door"><path d="M0 0V9 A9 9 0 0 0 9 0" fill="none" stroke="#000"/></g></defs>'
        '<use xlink:href="#door" x="50" y="40"/>'
    )
    (block,) = found.blocks
    assert (block.name, block.place, block.box) == ("door", (50, 40), (50, 40, 59, 49))
    (arc,) = found.arcs
    assert (*arc.centre, arc.radius, abs(arc.sweep)) == pytest.approx((50, 40, 9, 90), abs=0.2)


def test_texts_are_read_line_by_line_in_their_place_and_script() -> None:
    found = svg(
        '<text x="50" y="20" font-size="10" text-anchor="middle">ПРИЁМНАЯ<tspan x="50" dy="12">חדר 7</tspan></text>'
        '<text transform="translate(100 50) rotate(90)" font-size="10">101</text>'
        '<text x="5" y="5">B-<tspan font-weight="bold">104</tspan></text>'
    )
    assert [text.text for text in found.texts] == ["ПРИЁМНАЯ", "חדר 7", "101", "B-104"]
    assert found.texts[0].place == pytest.approx((50, 16.4))
    assert found.texts[1].place == pytest.approx((50, 28.4))
    assert found.texts[2].angle == 90


def test_too_many_lines_end_the_reading() -> None:
    many = "1 2 3 4 " * 250_001
    with pytest.raises(TooLarge, match="too many lines"):
        svg(f'<polyline points="{many}" stroke="#000" fill="none"/>')


def test_coordinates_that_no_drawing_holds_are_left_out() -> None:
    found = svg('<path d="M0 0L1e300 5" stroke="#000"/><path d="M0 0L1 1" stroke="#000"/>')
    assert len(found.strokes) == 1


@pytest.mark.parametrize("inside", ["", "<path d='nonsense' stroke='#000'/>"])
def test_a_drawing_without_lines_is_refused_with_what_to_do(inside: str) -> None:
    with pytest.raises(Invalid, match="upload the picture itself"):
        svg(inside)
