"""The drawings of papers: every spot is inside the sheet and inside the strip a phone shows."""

import re
import xml.etree.ElementTree as ET

import pytest

from zonemap.drawing.specimen_sheet import HEIGHT, WIDTH, WINDOW
from zonemap.drawing.specimens import Face, Spot, specimen, spots

PAIRS = [(face, spot) for face in Face for spot in spots(face)]
STARTS = {"xMidYMin": 0.0, "xMidYMid": (HEIGHT - WINDOW) / 2, "xMidYMax": float(HEIGHT - WINDOW)}


def classes(svg: str) -> set[str]:
    return {element.get("class", "") for element in ET.fromstring(svg).iter()}  # noqa: S314 - our own drawing


@pytest.mark.parametrize("face", Face)
def test_every_paper_has_the_five_spots_that_decide_most(face: Face) -> None:
    asked = {Spot.HEADING, Spot.TITLE, Spot.SIGNER, Spot.SIGNATURE, Spot.WHOLE}

    assert asked <= spots(face).keys()


@pytest.mark.parametrize(("face", "spot"), PAIRS)
def test_the_frame_lies_on_the_sheet(face: Face, spot: Spot) -> None:
    left, top, width, height = spots(face)[spot]

    assert left >= 0
    assert top >= 0
    assert left + width <= WIDTH
    assert top + height <= HEIGHT


@pytest.mark.parametrize(("face", "spot"), [pair for pair in PAIRS if pair[1] is not Spot.WHOLE])
def test_a_phone_sees_the_whole_frame_in_its_strip(face: Face, spot: Spot) -> None:
    found = re.search(r'preserveAspectRatio="(\w+) slice"', specimen(face, spot))
    _, top, _, height = spots(face)[spot]

    assert found
    start = STARTS[found[1]]
    assert start <= top
    assert top + height <= start + WINDOW


@pytest.mark.parametrize("face", Face)
def test_one_spot_is_framed_and_the_sentence_names_it(face: Face) -> None:
    svg = specimen(face, Spot.SIGNER, label="Drawing of a paper. A frame marks the signer.")

    assert svg.count('class="look"') == 1
    assert 'aria-label="Drawing of a paper. A frame marks the signer."' in svg


def test_a_paper_without_the_spot_is_drawn_without_a_frame() -> None:
    assert "look" not in classes(specimen(Face.IMMIGRATION_COURT, Spot.HOURS))


ANSWERS = {
    Spot.HEADING: ("COURT", "HOMELAND", "JUSTICE"),
    Spot.TITLE: ("WARRANT", "SUBPOENA", "NOTICE", ">ORDER"),
    Spot.SIGNER: ("JUDGE", "CLERK", "ISSUING", "IMMIGRATION OFFICER", "ATTORNEY"),
}


@pytest.mark.parametrize("spot", ANSWERS)
@pytest.mark.parametrize("face", Face)
def test_no_drawing_says_the_answer_to_the_question_it_stands_beside(face: Face, spot: Spot) -> None:
    words = specimen(face, spot).upper().replace("TO ANY IMMIGRATION OFFICER", "")

    assert not [word for word in ANSWERS[spot] if word in words]


def test_the_paper_of_an_unread_heading_has_no_large_words_at_all() -> None:
    assert 'class="w"' not in specimen(Face.UNKNOWN, Spot.HEADING)


def test_a_state_courts_paper_bears_no_federal_name_or_form_number() -> None:
    drawn = specimen(Face.SEARCH, Spot.PLACE, state_court=True)

    assert "A COURT OF THE STATE" in drawn
    assert "UNITED STATES" not in drawn
    assert "AO 93" not in drawn


@pytest.mark.parametrize("face", Face)
def test_no_style_stands_inline_and_colours_come_from_classes(face: Face) -> None:
    svg = specimen(face, Spot.TITLE)

    assert "style=" not in svg
    assert "#" not in svg
    assert "rgb(" not in svg
    assert "fill=" not in svg


@pytest.mark.parametrize("face", Face)
def test_every_paper_says_that_it_is_a_drawing(face: Face) -> None:
    assert "A drawing" in specimen(face, Spot.TITLE)
