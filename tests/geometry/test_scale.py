import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.geometry.floors import lobby_floor
from zonemap.errors import Invalid
from zonemap.geometry.scale import check_error, metres_per_pixel, parse_length, rescaled, sheet_point
from zonemap.model.plan import Picture, Scale


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("12' 6\"", 3.81),
        ("12'6\"", 3.81),
        ("12'-6\"", 3.81),
        ("12′ 6″", 3.81),
        ("12’ 6”", 3.81),
        ("12 ft 6 in", 3.81),
        ("12ft 6in.", 3.81),
        ("12 feet 6 inches", 3.81),
        ("12.5 ft", 3.81),
        ("12.5'", 3.81),
        ("150 in", 3.81),
        ('150"', 3.81),
        ("12' 5 1/2\"", 12 * 0.3048 + 5.5 * 0.0254),
        ("12 ft 1/2 in", 12 * 0.3048 + 0.5 * 0.0254),
        ("3.8 m", 3.8),
        ("3,8 m", 3.8),
        ("3.8m", 3.8),
        ("380 cm", 3.8),
        ("3800 mm", 3.8),
        (" 3.8   metres ", 3.8),
        ("4 METERS", 4),
        ("40 ft", 12.192),
    ],
)
def test_a_length_is_read_as_people_write_it(text, metres):
    assert parse_length(text) == pytest.approx(metres)


@pytest.mark.parametrize(
    "text",
    ["", " ", "12", "twelve feet", "-3 m", "3 m 2", "1e3 m", "6 in 12 ft", "12 1/0 in", "0 m", "9000 m", "nan m"],
)
def test_what_is_no_length_is_refused_with_an_example(text):
    with pytest.raises(Invalid, match="12 ft 6 in"):
        parse_length(text)


def test_a_bare_number_is_asked_for_its_unit():
    with pytest.raises(Invalid, match="Say feet or metres"):
        parse_length("12.5")


@given(st.text(max_size=20))
def test_any_text_is_a_length_or_refused(text):
    with contextlib.suppress(Invalid):
        assert 0.1 <= parse_length(text) <= 2000


@given(st.integers(0, 200), st.integers(0, 11))
def test_feet_and_inches_come_back(feet, inches):
    metres = feet * 0.3048 + inches * 0.0254
    if metres >= 0.1:
        assert parse_length(f"{feet}' {inches}\"") == pytest.approx(metres)


def test_a_pixel_is_as_long_as_the_known_length_says():
    assert metres_per_pixel((100, 100), (400, 500), 10) == pytest.approx(0.02)


def test_two_points_close_together_and_no_length_are_refused():
    with pytest.raises(Invalid, match="too close together"):
        metres_per_pixel((100, 100), (110, 100), 10)
    with pytest.raises(Invalid, match="between 10 cm and 2 km"):
        metres_per_pixel((100, 100), (400, 500), float("nan"))


def test_a_second_length_tells_how_far_the_first_was_off():
    assert check_error(0.0202, (0, 0), (0, 500), 10) == pytest.approx(0.01)
    assert check_error(0.0198, (0, 0), (0, 500), 10) == pytest.approx(-0.01)
    with pytest.raises(Invalid, match="second length"):
        check_error(0.02, (0, 0), (0, 500), 0)


def test_a_new_scale_moves_every_corner_and_jamb():
    twice = rescaled(lobby_floor(), Scale(0.02, 0.001))

    assert twice.scale == Scale(0.02, 0.001)
    assert twice.rooms[0].ring == ((0, 0), (16, 0), (16, 8), (0, 8))
    assert twice.doors[0].jambs == ((2, 8), (3.8, 8))
    assert rescaled(twice, Scale(0.01)) == lobby_floor()


def test_a_scale_that_makes_no_building_is_refused():
    with pytest.raises(Invalid, match="larger than any building"):
        rescaled(lobby_floor(), Scale(100.0))
    with pytest.raises(Invalid, match="longer than nothing"):
        rescaled(lobby_floor(), Scale(0.0))


def test_a_pixel_lies_on_the_sheet_with_y_up():
    assert sheet_point(Picture("p", 400, 300), Scale(0.01), 100, 50) == (1.0, 2.5)
