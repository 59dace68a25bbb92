import base64
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.sheet import Sheet
from zonemap.intake.svg import read_svg
from zonemap.intake.svg_sieve import sieved


def svg(body: str, attributes: str = 'viewBox="0 0 400 300"') -> bytes:
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {spaces} {attributes}>{body}</svg>".encode()


def small(data: bytes) -> Sheet:
    return read_svg(data, long_side_px=800)


def through(body: str) -> str:
    return sieved(svg(body)).text(400, 300)


def ink(sheet: Sheet) -> tuple[int, int, int, int] | None:
    """Where there is anything but paper, in pixels."""
    image = Image.open(BytesIO(sheet.png)).convert("L")
    return image.point(lambda value: 255 - value).getbbox()


SQUARE = '<rect x="100" y="50" width="40" height="40"/>'


@pytest.mark.parametrize(
    ("attributes", "size", "dpi"),
    [
        ('viewBox="0 0 400 300"', (800, 600), None),
        ('viewBox="0 0 400 300" width="100%" height="100%"', (800, 600), None),
        ('width="400" height="300"', (800, 600), None),
        ('width="400px" height="300px" viewBox="0,0,400,300"', (800, 600), None),
        ('width="80mm" height="60mm" viewBox="0 0 400 300"', (800, 600), pytest.approx(254)),
        ('width="8cm" height="6cm" viewBox="0 0 400 300"', (800, 600), pytest.approx(254)),
        ('width="8in" height="6in" viewBox="0 0 400 300"', (1600, 1200), pytest.approx(200)),
    ],
)
def test_the_size_is_found_however_it_is_stated(attributes: str, size: tuple[int, int], dpi: object) -> None:
    sheet = small(svg(SQUARE, attributes))
    assert (sheet.width_px, sheet.height_px, sheet.dpi) == (*size, dpi)
    scale = size[0] / 400
    assert ink(sheet) == tuple(round(edge * scale) for edge in (100, 50, 140, 90))


def test_a_view_box_that_does_not_begin_at_nought_is_shown_whole() -> None:
    sheet = small(svg('<rect x="1100" y="-950" width="40" height="40"/>', 'viewBox="1000 -1000 400 300"'))
    assert ink(sheet) == (200, 100, 280, 180)


def test_words_are_drawn_with_our_own_letters() -> None:
    left, top, right, bottom = ink(small(svg('<text x="50" y="150" font-family="Arial" font-size="40">Lab</text>')))
    assert 80 < left < 120
    assert 200 < top < bottom <= 302
    assert right < 320


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)" onclick="alert(1)"/>',
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">alert(1)</body></foreignObject>',
        '<image xlink:href="file:///alert(1)"/>',
        '<image href="https://example.org/alert(1).png"/>',
        '<image href="data:image/svg+xml;base64,alert(1)"/>',
        '<use xlink:href="other.svg#alert(1)"/>',
        '<a xlink:href="javascript:alert(1)"><rect/></a>',
        '<rect fill="url(https://example.org/alert(1))"/>',
        "<style>@import 'alert(1)'; rect { fill: url(//example.org/alert(1)) }</style>",
        '<filter id="f"><feImage href="alert(1)"/></filter>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
        '<iframe xmlns="http://www.w3.org/1999/xhtml" src="alert(1)"/>',
        '<?xml-stylesheet href="alert(1)"?>',
        "<!-- alert(1) -->",
        "<metadata>alert(1)</metadata>",
    ],
)
def test_what_could_act_or_reach_out_is_left_out(body: str) -> None:
    assert "alert" not in through(body + SQUARE)
    assert "rect" in through(body + SQUARE)


def test_shapes_text_and_paint_come_through() -> None:
    body = (
        '<defs><pattern id="p" width="4" height="4"><path d="M0 0L4 4"/></pattern></defs>'
        '<style>.w{stroke:red}</style><g transform="scale(2)"><path class="w" d="M0 0L9 9" fill="url(#p)"/></g>'
        '<text>Room <tspan font-weight="bold">12</tspan> east</text><use xlink:href="#p"/>'
    )
    text = through(body)
    for part in (
        'fill="url(#p)"',
        ".w{stroke:red}",
        "Room <",
        ">12</",
        " east",
        'xlink:href="#p"',
        'transform="scale(2)"',
    ):
        assert part in text


def test_a_picture_on_this_machine_is_never_opened(tmp_path: Path, picture: Callable[..., bytes]) -> None:
    (tmp_path / "secret.png").write_bytes(picture())
    sheet = small(svg(f'<image width="300" height="200" xlink:href="{tmp_path}/secret.png"/>'))
    assert ink(sheet) is None


def test_a_picture_inside_the_drawing_is_shown(picture: Callable[..., bytes]) -> None:
    inside = base64.b64encode(picture()).decode()
    body = f'<image width="300" height="200" href="data:image/png;base64,{inside}"/>'
    left, top, right, bottom = ink(small(svg(body))) or (0, 0, 0, 0)
    assert (left / 2, top / 2, right / 2, bottom / 2) == pytest.approx((10, 20, 61, 71), abs=1)


def test_a_doctype_is_allowed_and_not_loaded() -> None:
    doctype = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:9/svg11.dtd">'
    assert read_svg(doctype + svg(SQUARE)).width_px == 4000  # and this is the usual size


@pytest.mark.parametrize("declared", ['<!ENTITY a "b">', '<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;'])
def test_entities_are_refused_with_what_to_do(declared: str) -> None:
    with pytest.raises(Invalid, match="declares entities"):
        read_svg(f"<!DOCTYPE svg [{declared}]>".encode() + svg(SQUARE))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (svg(SQUARE, ""), "how large"),
        (svg(SQUARE, 'viewBox="0 0 0 300"'), "how large"),
        (svg(SQUARE, 'viewBox="0 0 nan 300"'), "how large"),
        (svg(SQUARE, 'viewBox="0 0 1e30 300"'), "how large"),
        (svg(SQUARE, 'viewBox="0 0 100000 1"'), "too few"),
        (svg(SQUARE)[:-9], "not saved to its end"),
        (b"<?xml version='1.0' encoding='nonsense'?><svg/>", "not saved to its end"),
        (b"<html><svg/></html>", "no drawing"),
    ],
)
def test_a_drawing_that_makes_no_sense_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        read_svg(data)


def uses(levels: int) -> str:
    groups = "".join(f'<g id="g{i}">{f"<use href=XX#g{i - 1}XX/>" * 10}</g>' for i in range(1, levels))
    return '<g id="g0"><rect/></g>' + groups.replace("XX", '"')


@pytest.mark.parametrize("body", [uses(12), '<g id="a"><use href="#a"/></g>', "<g>" * 200 + "</g>" * 200])
def test_a_drawing_that_grows_without_end_is_refused(body: str) -> None:
    with pytest.raises(TooLarge, match="too many shapes"):
        sieved(svg(body))
