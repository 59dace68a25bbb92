from xml.etree import ElementTree

import pytest

from zonemap.drawing.lettering import broken, plain, text_width
from zonemap.drawing.marks import shut_door, waiting_spot, zone_plate
from zonemap.drawing.swatch import swatch
from zonemap.model.zone import ZoneClass

SHAPES = {ZoneClass.PUBLIC: "circle", ZoneClass.UNDECIDED: "path"}


@pytest.mark.parametrize("kind", ZoneClass)
def test_round_is_open_square_is_shut_and_a_diamond_waits(kind):
    plate = ElementTree.fromstring(zone_plate(kind))  # noqa: S314
    shape, letter = (child for child in plate if not child.tag.endswith("defs"))

    assert shape.tag.endswith(SHAPES.get(kind, "rect"))
    assert letter.text == kind.letter


@pytest.mark.parametrize("kind", ZoneClass)
def test_a_swatch_shows_the_hatch_of_its_class_and_public_has_none(kind):
    assert ("<path" in swatch(kind)) is (kind is not ZoneClass.PUBLIC)


@pytest.mark.parametrize("picture", [shut_door(), shut_door("#15202b"), waiting_spot()])
def test_marks_are_xml_without_words(picture):
    assert not list(ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}text"))  # noqa: S314


def test_text_is_cleaned_of_what_nobody_can_see_and_keeps_joiners():
    assert plain("Exam\x00\x0b room\u202e\n 1\ud800") == "Exam room 1"
    assert plain("می\u200cخواهم") == "می\u200cخواهم"


def test_words_are_broken_between_words_or_not_at_all():
    assert broken("Blood draw", 100, 10, 3) == ("Blood draw",)
    assert broken("Blood draw", 40, 10, 3) == ("Blood", "draw")
    assert broken("Blood draw", 40, 10, 1) is None
    assert broken("Incomprehensibilities", 40, 10, 3) is None


def test_wide_letters_are_wider_than_narrow_ones_and_bold_is_wider_still():
    assert text_width("MMM", 10) > text_width("iii", 10)
    assert text_width("abc", 10, bold=True) > text_width("abc", 10)
    assert text_width("診察室", 10) == 30
