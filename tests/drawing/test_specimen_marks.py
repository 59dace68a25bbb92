"""The numbered marks on the drawings, and that the one the question asks for is the one that is filled and framed."""

from __future__ import annotations

import random
import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

import pytest

from zonemap.drawing.specimen_sheet import HEIGHT, WIDTH
from zonemap.drawing.specimens import MARKS, Face, Spot, marked, marks, numbered, specimen, spots
from zonemap.model.paper import PAPER_KEYS
from zonemap.rules.pack import FEDERAL, packs
from zonemap.rules.paper_pairs import papers
from zonemap.rules.question_texts import questions
from zonemap.rules.questions import next_question
from zonemap.web.desk_drawings import framed, whole_paper

DESCRIBES_A_PLACE = {Face.UNKNOWN, Face.SEARCH, Face.SEARCH_BY_PHONE, Face.ENTRY, Face.ORDER}


def _elements(svg: str, kind: str) -> list[ET.Element]:
    return [each for each in ET.fromstring(svg).iter() if each.get("class") == kind]  # noqa: S314 - our own drawing


@pytest.mark.parametrize("face", Face)
def test_every_paper_has_numbered_marks_at_what_the_desk_asks_first(face: Face) -> None:
    found = marks(face)

    assert {Spot.HEADING, Spot.TITLE, Spot.SIGNATURE, Spot.SIGNER, Spot.ISSUED} <= found.keys() <= MARKS.keys()
    assert (Spot.PLACE in found) is (face in DESCRIBES_A_PLACE)
    assert all(8 <= x <= WIDTH - 8 and 8 <= y <= HEIGHT - 8 for x, y in found.values())
    places = sorted(found.values(), key=lambda at: (at[1], at[0]))
    assert all(abs(x - v) + abs(y - w) > 15 for (x, y), (v, w) in pairwise(places))


@pytest.mark.parametrize("face", Face)
@pytest.mark.parametrize("spot", MARKS)
def test_the_mark_that_is_asked_for_is_filled_and_no_other(face: Face, spot: Spot) -> None:
    drawn = specimen(face, spot)

    asked = [str(MARKS[spot])] if spot in marks(face) else []
    assert [each.text for each in _elements(drawn, "mark-nr mark-nr-asked")] == asked
    assert len(_elements(drawn, "mark-nr")) == len(marks(face)) - len(asked)


@pytest.mark.parametrize("face", Face)
def test_the_whole_paper_shows_every_mark_and_says_that_it_is_a_specimen(face: Face) -> None:
    drawn = marked(face)

    assert [each.text for each in _elements(drawn, "mark-nr mark-nr-asked")] == [
        str(MARKS[each]) for each in marks(face)
    ]
    assert "SPECIMEN" in drawn
    assert [number for number, _ in numbered(face)] == [MARKS[each] for each in marks(face)]
    assert "A drawing" in drawn


def _asked_on_the_way(pack_id: str) -> set[tuple[str, str, str]]:
    """Question, heading and title of many ways through the questions, by chance."""
    chance, found = random.Random(pack_id), set()  # noqa: S311 - a spread of visits, no secret
    for _ in range(700):
        said: dict[str, Any] = {}
        while (question := next_question(packs()[pack_id], said)) is not None:
            heading = str(said.get("top_heading", "state_court" if "court" in said else ""))
            found.add((question.key, heading, str(said.get("title", ""))))
            option = chance.choice([each for each in question.options if each.value != "unsure"])
            said[option.key] = [option.value] if question.several else option.value
    return found


@pytest.mark.parametrize("pack_id", [FEDERAL, "US-CA", "US-CO", "US-MD"])
def test_for_every_question_and_heading_the_frame_is_there_and_at_the_place_of_the_question(pack_id: str) -> None:
    asked = _asked_on_the_way(pack_id)
    of_paper = {each for each in asked if questions()[each[0]].specimen}

    assert {key for key, _, _ in asked if key in PAPER_KEYS or key == "court"} <= {key for key, _, _ in of_paper}
    assert {heading for _, heading, _ in of_paper} > {"federal_court", "state_court", "dhs", "immigration_court"}
    for key, heading, title in sorted(of_paper):
        drawn = framed(key, heading, title)
        face, spot, svg = drawn.face, drawn.spot, drawn.svg
        box = spots(face)[spot]

        assert spot == questions()[key].specimen, (key, heading, title)
        (frame,) = _elements(svg, "look")
        assert tuple(float(frame.get(side, "0")) for side in ("x", "y", "width", "height")) == box
        filled = _elements(svg, "mark-nr mark-nr-asked")
        assert [each.text for each in filled] == ([str(MARKS[spot])] if spot in MARKS else []), (key, heading, title)


def test_every_paper_that_the_issue_names_is_drawn_by_its_name() -> None:
    names = " ".join(name for _, name in papers().papers)

    for named in ("(AO 93)", "(AO 93C)", "state’s court", "(AO 442)", "(I-200)", "(I-205)", "(I-138)", "(I-247A)"):
        assert named in names
    for named in ("(I-862)", "(AO 88)", "(AO 110)", "immigration court"):
        assert named in names
    for face, _ in papers().papers:
        number = re.search(r"(AO \d+C?|I-\d+A?)\)", dict(papers().papers)[face])
        assert number is None or number[1] in str(whole_paper(face))
    assert "A COURT OF THE STATE" in whole_paper("state_search")


def test_the_pairs_name_only_marks_that_one_of_the_two_papers_has() -> None:
    numbers = {number for number, _ in papers().legend}

    assert numbers == set(MARKS.values())
    for pair in papers().pairs:
        either = {MARKS[each] for side in (pair.left, pair.right) for each in marks(Face(side))}
        assert {row.mark for row in pair.rows} - {0, 3} <= either
        assert all(row.left and row.right and row.where for row in pair.rows)
