"""What practice says of a drawn paper: why an answer was to be seen, the paper as text, and how its files are read."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from zonemap.errors import Invalid
from zonemap.model.paper import Shown
from zonemap.model.practice import Block, DrawnPaper, Part, Scenario
from zonemap.rules.practice import clinic, paper_lines, scenarios_from, why

RETURNED = "The part called Return at the foot is signed by the officer afterwards. It does not count."
WHOLE = DrawnPaper(
    heading=("DISTRICT COURT", "OF EXAMPLE"),
    title="SEARCH WARRANT",
    signer="Judge",
    under="State of Ohio",
    form="AO 93",
    form_at_foot=True,
    parts=(
        Part(Block.PLACE, "Place", "100 Example Street: file room"),
        Part(Block.THINGS, "", "One laptop"),
        Part(Block.TIME, "Serve by", "November 30"),
    ),
    ticks=(("any time", False), ("daytime", True), ("at night", True)),
    date="November 23, 2026",
    returned=True,
    pages="Page 1 of 2",
    attachment="Attachment B",
)
BARE = DrawnPaper(heading=("A LAW OFFICE",), title="LETTER", signer="", signed=False, pages="Page 1 of 1")
VISIT = Scenario(
    id="v",
    name="A visit",
    story="",
    clock="10:20 in the morning",
    scene=MappingProxyType({}),
    heard=MappingProxyType({"scene": "two officers", "agency": "the vest says ICE", "wants": "the file room"}),
    papers=({}, {}),
    drawn=(WHOLE, BARE),
)
WORDS = replace(VISIT, papers=(), drawn=())


# --- why an answer was to be seen ---------------------------------------------------------------------------------


@pytest.mark.parametrize("visit", [VISIT, WORDS], ids=["with papers", "without"])
@pytest.mark.parametrize(
    ("key", "value", "quoted"),
    [
        ("danger_now", "yes", "two officers"),
        ("entering_now", "yes", "two officers"),
        ("custody_escort", "yes", "two officers"),
        ("paper", "none", "two officers"),
        ("agency", "ice", "the vest says ICE"),
        ("wants", "records", "the file room"),
    ],
)
def test_what_is_answered_outside_of_a_paper_quotes_the_words_of_the_story(
    visit: Scenario, key: str, value: str, quoted: str
) -> None:
    assert f"“{quoted}”" in why(visit, 1, key, value)


def test_where_the_story_does_not_say_it_nothing_is_quoted_and_what_needs_no_reason_has_none() -> None:
    assert why(VISIT, 1, "agency", "unsure") == "The story does not say who they are."
    assert not why(VISIT, 1, "danger_now", "no")
    assert not why(VISIT, 1, "id_shown", "yes")


@pytest.mark.parametrize(
    ("key", "value", "of_the_first", "of_the_second"),
    [
        ("top_heading", "state_court", "At the top it says “DISTRICT COURT OF EXAMPLE”.", "“A LAW OFFICE”."),
        ("title", "order", "The largest words are “SEARCH WARRANT”.", "“LETTER”."),
        ("all_pages", "yes", "and the foot says “Page 1 of 2”", "“Page 1 of 1”"),
        ("all_pages", "no", "it says “Page 1 of 2”, and only the first", "the line beside the date is empty"),
        ("execute_by", "yes", f"“November 30”, and ticked is “daytime”. It is {clinic().today}, 10:20", "It says “”."),
        ("lists_records", "yes", "It lists: “One laptop”.", "“”."),
        ("court", "another_state", "it says “State of Ohio”", "“”"),
        (
            "covers_area_wanted",
            "no",
            f"It says “100 Example Street: file room”. Our address is {clinic().address}, and the story says: "
            "“the file room”.",
            "No place is described on it.",
        ),
        ("covers_area_wanted", "yes", "It says “100 Example Street: file room”: our", "It says “”: our address"),
        ("covers_area_wanted", "unsure", "The lines about the place cannot be read.", "cannot be read."),
        ("execute_by", "no", "It says “November 30”", "It says “”"),
        ("signed", "no", "The line beside the date is empty.", "The line beside the date is empty."),
    ],
)
def test_a_reason_quotes_the_paper_that_was_asked_about(
    key: str, value: str, of_the_first: str, of_the_second: str
) -> None:
    three = replace(VISIT, drawn=(WHOLE, BARE, WHOLE))

    assert of_the_first in why(three, 1, key, value)
    assert of_the_second in why(three, 2, key, value)
    assert of_the_first in why(three, 3, key, value)


def test_the_officer_s_part_at_the_foot_is_told_apart_where_the_signature_is_asked_for_and_it_is_there() -> None:
    for key, value in (("signer_label", "judge"), ("signed", "yes")):
        assert why(VISIT, 1, key, value).endswith(f" {RETURNED}")
        assert RETURNED not in why(VISIT, 2, key, value)
    for key, value in (("title", "order"), ("top_heading", "dhs"), ("lists_records", "yes")):
        assert RETURNED not in why(VISIT, 1, key, value)


def test_where_several_boxes_are_ticked_the_first_is_told_and_without_a_tick_none() -> None:
    unticked = replace(VISIT, drawn=(replace(WHOLE, ticks=(("daytime", False),)),))

    assert "and ticked is “daytime”" in why(VISIT, 1, "execute_by", "yes")
    assert "ticked" not in why(unticked, 1, "execute_by", "yes")


# --- the paper as text --------------------------------------------------------------------------------------------


def test_a_paper_is_told_line_by_line_in_reading_order() -> None:
    assert paper_lines(WHOLE) == (
        "At the top: DISTRICT COURT / OF EXAMPLE / State of Ohio",
        "Largest words: SEARCH WARRANT",
        "Place: 100 Example Street: file room",
        "Text: One laptop",
        "Serve by: November 30",
        "Box not ticked: any time",
        "Box ticked: daytime",
        "Box ticked: at night",
        "Date: November 23, 2026",
        "Signature line: signed",
        "Under the line: Judge",
        "Below it a part called Return, with an officer’s signature",
        "Foot: Page 1 of 2, AO 93",
        "A second sheet: Attachment B",
    )


def test_what_is_not_on_a_paper_has_no_line_and_an_empty_signature_line_is_told() -> None:
    assert paper_lines(replace(BARE, date="May 2")) == (
        "At the top: A LAW OFFICE",
        "Largest words: LETTER",
        "Date: May 2",
        "Signature line: empty",
        "Under the line: nothing",
        "Foot: Page 1 of 1",
    )


@pytest.mark.parametrize(
    ("form", "at_foot", "first", "foot"),
    [
        ("AO 93", False, "Small print: AO 93", "Foot: Page 1 of 1"),
        ("AO 93", True, "At the top: A LAW OFFICE", "Foot: Page 1 of 1, AO 93"),
        ("", False, "At the top: A LAW OFFICE", "Foot: Page 1 of 1"),
        ("", True, "At the top: A LAW OFFICE", "Foot: Page 1 of 1"),
    ],
)
def test_the_number_of_a_form_stands_first_or_at_the_foot_where_it_is_printed(
    form: str, at_foot: bool, first: str, foot: str
) -> None:
    lines = paper_lines(replace(BARE, form=form, form_at_foot=at_foot))

    assert (lines[0], lines[-1]) == (first, foot)
    assert sum("AO 93" in line for line in lines) == (1 if form else 0)


def test_what_nobody_can_read_on_a_paper_is_not_told() -> None:
    blurred = frozenset({Block.HEADING, Block.TITLE, Block.PLACE, Block.SIGNER})
    lines = paper_lines(replace(WHOLE, blurred=blurred))

    assert [line for line in lines if "(cannot be read)" in line] == [
        "At the top: (cannot be read)",
        "Largest words: (cannot be read)",
        "Place: (cannot be read)",
        "Under the line: (cannot be read)",
    ]
    assert "Text: One laptop" in lines


# --- reading the files --------------------------------------------------------------------------------------------

VALUE: dict[str, Any] = {
    "id": "one",
    "name": "A visit",
    "story": "They show a paper.",
    "heard": {},
    "scene": {"paper": "paper"},
    "papers": [{"face": "search_state", "twists": []}],
}


@pytest.mark.parametrize("shown", Shown)
def test_a_paper_is_drawn_on_a_phone_exactly_where_the_scene_says_so(shown: Shown) -> None:
    (drawn,) = scenarios_from({"scenario": [VALUE | {"scene": {"paper": str(shown)}}]})["one"].drawn

    assert drawn.on_phone == (shown is Shown.ON_PHONE)


def test_a_court_of_another_state_is_never_of_the_state_that_the_clinic_is_in() -> None:
    elsewhere = {"papers": [{"face": "search_state", "paper": {"under": "{state} and {other_state}"}}]}
    for state, under in (("OH", "Ohio and Iowa"), ("IL", "Illinois and Ohio"), ("", "this state and Ohio")):
        typed = "".join(list(state))  # another text of the same letters: as it comes from a database
        found = scenarios_from({"scenario": [VALUE | elsewhere]}, typed)

        assert found["one"].drawn[0].under == under


def test_two_scenarios_with_one_id_are_refused() -> None:
    assert list(scenarios_from({"scenario": [VALUE, VALUE | {"id": "two"}]})) == ["one", "two"]
    with pytest.raises(Invalid, match="same id: one"):
        scenarios_from({"scenario": [VALUE, VALUE | {"name": "Another"}]})


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"zz": 1, "mood": "calm"}, "scenario one"),
        ({"papers": [{"face": "search_state", "zz": 1, "mood": "calm"}]}, "scenario search_state"),
        ({"papers": [{"face": "search_state", "paper": {"zz": 1, "mood": "calm"}}]}, "scenario SEARCH WARRANT"),
    ],
)
def test_a_key_that_is_unknown_is_refused_with_the_place_and_the_first_by_name(
    more: dict[str, Any], where: str
) -> None:
    with pytest.raises(Invalid, match=f"{where} has a key that is unknown: mood."):
        scenarios_from({"scenario": [VALUE | more]})
