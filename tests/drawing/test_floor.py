import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.geometry.floors import CLINIC, box, clinic_floor, door, floor, grid_floor, lobby_floor, room
from zonemap.drawing.doors import PlateKind
from zonemap.drawing.floor import Audience, Look, floor_drawing, floor_svg
from zonemap.drawing.lettering import plain
from zonemap.errors import Invalid
from zonemap.geometry.rings import turning
from zonemap.model.plan import DoorKind
from zonemap.model.zone import ZoneClass

SVG = "{http://www.w3.org/2000/svg}"
CSS = Path(__file__).resolve().parents[2] / "static" / "css"
NUMBERS = re.compile(r"-?\d+\.\d+")


def drawn(which, **options):
    return ElementTree.fromstring(floor_drawing(which, **options).svg)  # noqa: S314


def texts(picture):
    return [element.text for element in picture.iter(f"{SVG}text")]


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("audience", Audience)
def test_the_same_floor_gives_the_same_bytes_and_they_are_xml_of_a_stated_size(look, audience):
    first = floor_drawing(lobby_floor(), look=look, audience=audience, title="First floor")
    again = floor_drawing(lobby_floor(), look=look, audience=audience, title="First floor")
    picture = ElementTree.fromstring(first.svg)  # noqa: S314

    assert first == again
    assert picture.get("viewBox") == f"0 0 {first.width} {first.height}"
    assert picture.get("width") == (f"{first.width}mm" if look is Look.PAPER else f"{first.width}")


def test_on_a_screen_colours_come_from_classes_and_nothing_is_inline_that_the_csp_forbids():
    svg = floor_svg(lobby_floor(), title="First floor")

    assert not re.search(r"#[0-9a-f]{6}|style=|<style|<script|href=|\son\w+=", svg)
    assert 'class="plan"' in svg
    assert 'role="img"' in svg
    assert 'aria-label="First floor"' in svg


def test_every_class_a_drawing_uses_has_a_rule_in_the_style_sheets():
    rules = "".join((CSS / name).read_text(encoding="utf-8") for name in ("base.css", "plan.css"))
    everything = floor_drawing(
        replace(
            lobby_floor(),
            rooms=tuple(replace(r, zone_class=k) for r, k in zip(lobby_floor().rooms, ZoneClass, strict=False)),
        ),
        look=Look.SCREEN,
        chosen=["lobby"],
        waiting=(4, 2),
    )
    used = {name for names in re.findall(r'class="([^"]+)"', everything.svg) for name in names.split()}

    assert {name for name in used if not re.search(rf"\.{name}\b", rules)} == set()


def test_on_paper_there_are_no_words_no_patterns_and_no_classes():
    picture = floor_drawing(lobby_floor(), look=Look.PAPER).svg

    assert not re.search(r"<text|<pattern|class=|Room|EXAM", picture)


def test_on_paper_hatch_is_real_lines_and_public_has_none():
    stroke = {"#8fc0c4", "#50588d"}
    with_closed = floor_drawing(lobby_floor(), look=Look.PAPER).svg
    public_only = floor_drawing(lobby_floor(), look=Look.PAPER, audience=Audience.PUBLIC).svg

    assert {colour for colour in stroke if colour in with_closed} == stroke
    assert not any(colour in public_only for colour in stroke)


def test_paper_is_drawn_at_a_round_scale_that_fits_its_box():
    drawing = floor_drawing(lobby_floor(), look=Look.PAPER, width_mm=180, height_mm=120)

    assert drawing.denominator == 75
    assert (drawing.width, drawing.height) == (round(8000 / 75 + 22, 2), round(7000 / 75 + 22, 2))
    with pytest.raises(Invalid, match="larger paper"):
        floor_drawing(lobby_floor(), look=Look.PAPER, width_mm=10)


def test_plates_stand_at_thresholds_and_entrances_with_their_doors_numbers():
    drawing = floor_drawing(lobby_floor(), look=Look.SCREEN)

    assert [(p.number, p.kind) for p in drawing.plates] == [
        ("4", PlateKind.ENTRANCE),
        ("5", PlateKind.STAFF_ENTRANCE),
        ("1", PlateKind.THRESHOLD),
        ("3", PlateKind.THRESHOLD),
    ]
    assert {"1", "3", "4"} <= set(texts(drawn(lobby_floor(), look=Look.SCREEN)))
    assert drawing.plates[0].y > drawing.plates[1].y


def test_two_plates_of_neighbouring_doors_do_not_cover_each_other():
    close = replace(
        lobby_floor(),
        doors=tuple(door(f"d{i}", ((1 + i / 10, 4), (1.9 + i / 10, 4)), "lobby", "exam") for i in range(3)),
    )
    boxes = [plate.box for plate in floor_drawing(close, look=Look.SCREEN).plates]

    assert all(a[2] <= b[0] or b[2] <= a[0] for i, a in enumerate(boxes) for b in boxes[:i])


def test_labels_carry_number_letter_and_name_and_private_has_no_letter():
    labels = {label.room_id: label for label in floor_drawing(lobby_floor(), look=Look.PAPER).labels}

    assert labels["lobby"].head == "LOBBY O"
    assert labels["exam"].head == "EXAM"
    assert labels["chart"].head == "CHART R"
    assert " ".join(labels["exam"].lines) == "Room exam"


def test_a_room_too_small_for_its_name_keeps_its_number_and_a_smaller_one_is_named_as_unlabelled():
    long = replace(room("a", box(0, 0, 2.2, 1.2)), name="Incomprehensibilities")
    tiny = room("b", box(2.2, 0, 0.3, 0.3))
    wide = room("c", box(0, 1.2, 30, 30))
    drawing = floor_drawing(floor([long, tiny, wide]), look=Look.SCREEN)

    assert [(label.room_id, label.lines) for label in drawing.labels] == [("a", ()), ("c", ("Room c",))]
    assert drawing.unlabelled == ("b",)


def test_an_opening_has_no_leaf_and_a_door_has_one():
    plain_floor = lobby_floor()
    opened = replace(plain_floor, doors=tuple(replace(d, kind=DoorKind.OPENING) for d in plain_floor.doors))

    assert "leaf-line" in floor_svg(plain_floor)
    assert "leaf-line" not in floor_svg(opened)


def test_chosen_rooms_are_framed_and_the_waiting_spot_is_marked():
    drawing = floor_drawing(lobby_floor(), look=Look.SCREEN, chosen={"exam"}, waiting=(4.0, 2.0))

    assert 'class="sel"' in drawing.svg
    assert 'class="pin"' in drawing.svg
    assert drawing.pin is not None
    assert 0 < drawing.pin[0] < drawing.width


def test_two_drawings_on_one_page_have_different_ids():
    first = floor_drawing(lobby_floor(), look=Look.SCREEN, prefix="one").svg
    second = floor_drawing(lobby_floor(), look=Look.SCREEN, prefix="two").svg

    assert not set(re.findall(r'\bid="([^"]+)"', first)) & set(re.findall(r'\bid="([^"]+)"', second))


def test_a_floor_with_nothing_to_draw_is_refused_with_a_sentence():
    with pytest.raises(Invalid, match="no room to draw"):
        floor_svg(floor([]))
    with pytest.raises(Invalid, match="no room to draw"):
        floor_svg(floor([room("a", box(0, 0, 3, 3))]), audience=Audience.PUBLIC)


@given(
    kinds=st.lists(st.sampled_from(ZoneClass), min_size=9, max_size=9),
    look=st.sampled_from(Look),
)
@settings(max_examples=40, deadline=None)
def test_the_public_drawing_holds_nothing_of_a_room_that_is_not_public(kinds, look):
    rooms = []
    for place, kind in enumerate(kinds):
        x, y = 10.0 * (place % 3), 10.0 * (place // 3)
        canary = f"canary{place}"
        rooms.append(
            replace(room(canary, box(x, y, 10, 10), kind), number=f"CANARY-N{place}", name=f"Canary{place} name")
        )
    doors = [
        door(f"canary-d{a}-{b}", ((x, y), (x + (a + 1 != b), y + (a + 1 == b))), f"canary{a}", f"canary{b}")
        for a, b, x, y in (
            (0, 1, 10.0, 4.0),
            (1, 2, 20.0, 4.0),
            (0, 3, 4.0, 10.0),
            (4, 5, 20.0, 14.0),
            (3, 6, 4.0, 20.0),
        )
    ]
    public = {i for i, kind in enumerate(kinds) if kind is ZoneClass.PUBLIC}
    if not public:
        return
    drawing = floor_drawing(floor(rooms, doors), look=look, audience=Audience.PUBLIC, title="Public map")
    everything = repr(drawing)

    for place in set(range(9)) - public:
        assert f"canary{place}" not in everything
        assert f"CANARY-N{place}" not in everything
        assert f"Canary{place}" not in everything
    alone = floor_drawing(
        floor([rooms[i] for i in sorted(public)], [d for d in doors if {int(r[6:]) for r in d.rooms} <= public]),
        look=look,
        audience=Audience.STAFF,
        title="Public map",
    )
    assert drawing == alone


@given(st.text(), st.text(), st.text())
@settings(deadline=None)
def test_any_text_makes_xml_that_can_be_read_and_carries_no_control_characters(number, name, title):
    odd = replace(lobby_floor(), rooms=tuple(replace(r, number=number, name=name) for r in lobby_floor().rooms))
    picture = drawn(odd, look=Look.SCREEN, title=title)

    assert picture.tag == f"{SVG}svg"
    assert all(text == plain(text) for text in texts(picture))


def test_a_script_in_a_name_is_only_text():
    evil = replace(lobby_floor(), rooms=(replace(lobby_floor().rooms[0], name="<script>alert(1)</script>", id='"><x'),))

    assert "<script" not in floor_svg(evil)


@given(st.sampled_from([Look.SCREEN, Look.PAPER]), st.integers(1, 30))
@settings(max_examples=15, deadline=None)
def test_all_that_is_drawn_lies_on_the_sheet(look, count):
    drawing = floor_drawing(grid_floor(count), look=look)
    for plate in drawing.plates:
        left, top, right, bottom = plate.box
        assert left >= 0
        assert top >= 0
        assert right <= drawing.width
        assert bottom <= drawing.height
    paths = re.findall(r'\bd="(M[^"]+)"', drawing.svg)
    values = [float(value) for path in paths for value in NUMBERS.findall(path)]
    assert min(values) >= -1
    assert max(values) <= max(drawing.width, drawing.height) + 1


@pytest.mark.shared
@pytest.mark.skipif(not CLINIC.exists(), reason="the clinic's truth file is not beside this checkout")
@pytest.mark.parametrize("look", Look)
def test_the_real_clinic_is_drawn_with_nearly_all_its_labels(look):
    drawing = floor_drawing(clinic_floor(), look=look, width_mm=250)

    assert len(drawing.unlabelled) <= 20
    assert sum(plate.kind is PlateKind.THRESHOLD for plate in drawing.plates) == 26


def test_on_paper_the_rooms_of_a_class_are_one_path_in_which_rooms_that_lie_on_one_another_are_both_filled():
    ring = box(1, 1, 4, 4)
    picture = drawn(
        floor([room("one", box(0, 0, 4, 4)), room("other", ring[::-1]), room("third", box(6, 0, 2, 4))]),
        look=Look.PAPER,
    )
    fills = [path.get("d") for path in picture.iter(f"{SVG}path") if path.get("fill") not in (None, "none", "#ffffff")]
    (rooms,) = [path for path in fills if path.count("M") == 3]
    corners = [
        [tuple(map(float, point.split())) for point in part.removeprefix("M").split("L")]
        for part in rooms.split("Z")[:-1]
    ]

    assert len({turning(ring) > 0 for ring in corners}) == 1  # wound alike: none takes another's fill away
