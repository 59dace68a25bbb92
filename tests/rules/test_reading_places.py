"""Where lines stand on the photo, at the edges that decide whether anything is suggested."""

from __future__ import annotations

import pytest

from zonemap.model.reading import Crop, ReadLine
from zonemap.rules.reading import suggestions

CROP = Crop(1, 1, b"\x00")
Line = tuple[str, float, float, float, float]  # words, left, top, width, height
PAGE: tuple[Line, ...] = (("QUILL", 0.1, 0.1, 0.2, 0.02), ("Page 1", 0.7, 0.88, 0.2, 0.02))  # 0.1 to 0.9 each way


def said(*lines: Line) -> dict[str, tuple[str, str]]:
    """Value and words of each suggestion, on a page whose text reaches from 0.1 to 0.9 each way."""
    return said_on(PAGE + lines)


def said_on(lines: tuple[Line, ...]) -> dict[str, tuple[str, str]]:
    read = [ReadLine(words, left, top, width, height, 0.99, CROP) for words, left, top, width, height in lines]
    return {each.key: (each.value, each.words) for each in suggestions(read)}


@pytest.mark.parametrize(("top", "is_one"), [(0.291, True), (0.293, False)])
def test_a_heading_stands_in_the_upper_quarter_of_the_text(top: float, is_one: bool) -> None:
    assert ("top_heading" in said(("HOMELAND SECURITY", 0.3, top, 0.4, 0.03))) is is_one


@pytest.mark.parametrize(("top", "is_one"), [(0.539, True), (0.541, False)])
def test_a_title_stands_in_the_upper_half_of_the_text_or_just_below(top: float, is_one: bool) -> None:
    assert ("title" in said(("SUBPOENA", 0.3, top, 0.4, 0.03))) is is_one


def test_a_heading_shows_its_first_two_lines_and_no_third() -> None:
    names = ("HOMELAND SECURITY", "CUSTOMS AND BORDER PROTECTION", "HOMELAND SECURITY AGAIN")
    lines = [(words, 0.3, 0.14 + 0.04 * at, 0.4, 0.03) for at, words in enumerate(names)]
    assert said(*lines)["top_heading"] == ("dhs", "HOMELAND SECURITY CUSTOMS AND BORDER PROTECTION")


@pytest.mark.parametrize(
    ("words", "court"),
    [
        ("SUPERIOR COURT", "state_court"),
        ("COUNTY COURT", "state_court"),
        ("UNITED STATES DISTRICT COURT", "federal_court"),
        ("UNTED STATS DISTRICT COURT", "federal_court"),
        ("UNITED STATES CIRCUIT COURT", None),
        ("UNITED STATES CUSTOMS AND BORDER PROTECTION", "dhs"),
    ],
)
def test_a_court_of_the_united_states_is_no_court_of_a_state(words: str, court: str | None) -> None:
    assert said((words, 0.3, 0.14, 0.4, 0.03)).get("top_heading", (None,))[0] == court


@pytest.mark.parametrize(
    ("gap", "left", "width", "first", "second", "is_one"),
    [
        (0.017, 0.2, 0.4, 0.04, 0.04, True),  # close under one another
        (0.019, 0.2, 0.4, 0.04, 0.04, False),
        (0.017, 0.2, 0.4, 0.04, 0.035, True),  # the larger line says what is close
        (0.017, 0.2, 0.4, 0.035, 0.04, True),
        (0.01, 0.2, 0.4, 0.04, 0.031, True),  # of much the same size
        (0.01, 0.2, 0.4, 0.04, 0.029, False),
        (0.01, 0.2, 0.4, 0.031, 0.04, True),
        (0.01, 0.2, 0.4, 0.029, 0.04, False),
        (0.01, 0.29, 0.4, 0.04, 0.04, True),  # about the same middle
        (0.01, 0.31, 0.4, 0.04, 0.04, False),
        (0.01, 0.11, 0.4, 0.04, 0.04, True),
        (0.01, 0.09, 0.4, 0.04, 0.04, False),
        (0.01, 0.39, 0.2, 0.04, 0.04, True),  # the wider line says what is about the same
        (0.01, 0.41, 0.2, 0.04, 0.04, False),
        (0.01, 0.21, 0.2, 0.04, 0.04, True),
        (0.01, 0.19, 0.2, 0.04, 0.04, False),
        (-0.01, 0.2, 0.4, 0.04, 0.04, True),  # letters that hang down reach into the next line
        (0.01, 0.2, 0.4, 0.045, 0.045, True),
        (0.01, 0.2, 0.4, 0.045, 0.032, False),
    ],
)
def test_two_lines_are_one_title_where_they_stand_together(
    gap: float, left: float, width: float, first: float, second: float, is_one: bool
) -> None:
    found = said(("SEARCH AND", 0.2, 0.2, 0.4, first), ("SEIZURE WARRANT", left, 0.2 + first + gap, width, second))
    assert ("title" in found) is is_one


def test_a_title_of_three_lines_goes_on_from_its_last_line() -> None:
    found = said(
        ("WARRANT TO", 0.3, 0.2, 0.4, 0.04), ("ENTER AND", 0.3, 0.25, 0.4, 0.04), ("INSPECT", 0.3, 0.3, 0.4, 0.04)
    )
    assert found["title"] == ("entry_or_inspection_warrant", "WARRANT TO ENTER AND INSPECT")


@pytest.mark.parametrize(("second", "is_one"), [("ARREST WARRANT", False), ("SEARCH WARRANT", True)])
def test_two_different_titles_are_none_and_one_read_twice_is_one(second: str, is_one: bool) -> None:
    found = said(("SEARCH WARRANT", 0.3, 0.2, 0.4, 0.03), (second, 0.3, 0.4, 0.4, 0.03))
    assert found.get("title") == (("search_warrant", "SEARCH WARRANT") if is_one else None)


def test_a_title_close_under_a_heading_is_not_a_part_of_it() -> None:
    found = said(("SUPERIOR COURT", 0.3, 0.2, 0.4, 0.04), ("ORDER", 0.3, 0.25, 0.4, 0.04))
    assert found["title"] == ("order", "ORDER")


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("ARREST WARRAMT", True),
        ("ARREXT WARRAMT", False),
        ("ARREST WARXNT", True),  # 11 of 12 letters
        ("SUBPOENAS", False),  # short titles are read letter by letter
        ("ADMINISTRATIVE INSPECTION WARRANT zzzz", True),
        ("ADMINISTRATIVE INSPECTION WARRANT zzzzz", False),
        ("ADMINISTRATIVE INSPECTION WARRANT zzzzzz", False),
        ("NISTRATIVE INSPECTION WARRANT", True),
        ("ISTRATIVE INSPECTION WARRANT", False),
    ],
)
def test_a_few_letters_of_a_long_title_may_be_misread(words: str, is_one: bool) -> None:
    assert ("title" in said((words, 0.3, 0.2, 0.4, 0.04))) is is_one


DAY = "November 5, 2026"
BESIDE = [(0.421, True), (0.419, False), (0.559, True), (0.561, False)]


@pytest.mark.parametrize(("top", "is_beside"), BESIDE)
@pytest.mark.parametrize("words", [DAY, "11/5/26", "Date", "Date issued"])
def test_a_signer_s_words_stand_beside_a_date(words: str, top: float, is_beside: bool) -> None:
    assert ("signer_label" in said((words, 0.1, top, 0.2, 0.02), ("Clerk", 0.5, 0.5, 0.2, 0.02))) is is_beside


@pytest.mark.parametrize(("top", "is_beside"), BESIDE)
def test_the_date_of_issue_stands_beside_the_signer_s_words(top: float, is_beside: bool) -> None:
    found = said(("Date", 0.3, 0.5, 0.1, 0.02), (DAY, 0.1, top, 0.2, 0.02), ("Clerk", 0.5, 0.5, 0.2, 0.02))
    assert found["signer_label"] == ("clerk", "Clerk")
    assert found.get("issue_date") == (("", DAY) if is_beside else None)


@pytest.mark.parametrize(("left", "is_one"), [(0.301, True), (0.299, False)])
def test_a_signer_s_words_do_not_stand_in_the_left_quarter(left: float, is_one: bool) -> None:
    assert ("signer_label" in said((DAY, 0.1, 0.5, 0.1, 0.02), ("Clerk", left, 0.5, 0.2, 0.02))) is is_one


@pytest.mark.parametrize(("dates", "is_one"), [((0.1,), True), ((0.5,), False), ((0.7,), False), ((0.1, 0.3), False)])
def test_the_date_of_issue_is_the_only_one_on_the_left(dates: tuple[float, ...], is_one: bool) -> None:
    days = [(DAY, left, 0.48, 0.15, 0.02) for left in dates]
    found = said(*days, ("Clerk", 0.5, 0.5, 0.2, 0.02))
    assert "signer_label" in found
    assert ("issue_date" in found) is is_one


def test_two_signers_beside_dates_are_none() -> None:
    found = said((DAY, 0.1, 0.5, 0.2, 0.02), ("Clerk", 0.5, 0.5, 0.2, 0.02), ("Clerk", 0.5, 0.53, 0.2, 0.02))
    assert "signer_label" not in found
    assert "issue_date" not in found


@pytest.mark.parametrize(("top", "is_one"), [(0.49, False), (0.5, True), (0.51, True)])
def test_only_what_stands_below_the_word_return_is_of_the_return(top: float, is_one: bool) -> None:
    found = said(("Return", 0.3, top, 0.2, 0.02), (DAY, 0.1, 0.5, 0.2, 0.02), ("Clerk", 0.5, 0.5, 0.2, 0.02))
    assert ("signer_label" in found) is is_one


@pytest.mark.parametrize("lines_before", [0, 1, 2, 3])
@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("on or before November 5, 2026", "December 9, 2026"), "on or before November 5, 2026"),
        (("execute by", DAY), f"execute by {DAY}"),
        (("serve by", "the words", DAY), None),
        (("serve by", "the words", "more", "serve by 12/9/26"), "serve by 12/9/26"),
    ],
)
def test_the_last_day_stands_on_the_line_or_on_the_next(
    words: tuple[str, ...], shown: str | None, lines_before: int
) -> None:
    every = (*["some words"] * lines_before, *words)
    found = said(*[(each, 0.1, 0.3 + 0.04 * at, 0.4, 0.02) for at, each in enumerate(every)])
    assert found.get("execute_by") == (("", shown) if shown else None)


# Places, widths and heights that a computer adds and takes away without rounding: these lines stand on the edge itself.
WHOLE: tuple[Line, ...] = (("QUILL", 0.0, 0.0, 0.25, 0.03125), ("Page 1", 0.75, 0.75, 0.25, 0.25))  # 0 to 1 each way
HAIR = 2**-20


@pytest.mark.parametrize(
    ("words", "top", "key"), [("HOMELAND SECURITY", 0.24, "top_heading"), ("ORDER", 0.55, "title")]
)
def test_a_line_on_the_edge_of_the_upper_part_is_of_it(words: str, top: float, key: str) -> None:
    assert key in said_on((*WHOLE, (words, 0.25, top, 0.5, 0.03125)))
    assert key not in said_on((*WHOLE, (words, 0.25, top + HAIR, 0.5, 0.03125)))


CLOSE = 0.03125 / 0.45  # so high that the next line is close where it stands less than 0.03125 below


@pytest.mark.parametrize(
    ("second", "nearer"),
    [
        (("SEIZURE WARRANT", 0.25, 0.28125, 0.5, CLOSE), (0.0, -HAIR, 0.0, 0.0)),  # close under one another
        (("SEIZURE WARRANT", 0.25, 0.25, 0.5, 0.046875), (0.0, 0.0, 0.0, HAIR)),  # of much the same size
        (("SEIZURE WARRANT", 0.375, 0.25, 0.5, 0.0625), (-HAIR, 0.0, 0.0, 0.0)),  # about the same middle
        (("SEIZURE WARRANT", 0.125, 0.25, 0.5, 0.0625), (HAIR, 0.0, 0.0, 0.0)),
    ],
)
def test_a_line_on_the_edge_of_what_stands_together_is_another(second: Line, nearer: tuple[float, ...]) -> None:
    first: Line = ("SEARCH AND", 0.25, 0.1875, 0.5, 0.0625)
    words, left, top, width, height = second
    inside = (words, left + nearer[0], top + nearer[1], width + nearer[2], height + nearer[3])
    assert "title" not in said_on((*WHOLE, first, second))
    assert "title" in said_on((*WHOLE, first, inside))


@pytest.mark.parametrize(("edge", "inside"), [(0.375, 0.375 + HAIR), (0.59375, 0.59375 - HAIR)])
def test_a_date_on_the_edge_is_not_beside_a_signer_s_words(edge: float, inside: float) -> None:
    clerk: Line = ("Clerk", 0.5, 0.5, 0.25, 0.03125)
    assert "signer_label" not in said_on((*WHOLE, clerk, (DAY, 0.0, edge, 0.25, 0.03125)))
    assert "signer_label" in said_on((*WHOLE, clerk, (DAY, 0.0, inside, 0.25, 0.03125)))


@pytest.mark.parametrize(("left", "is_one"), [(0.25, False), (0.25 + HAIR, True)])
def test_a_signer_s_words_on_the_edge_of_the_left_quarter_are_in_it(left: float, is_one: bool) -> None:
    found = said_on((*WHOLE, ("Clerk", left, 0.5, 0.25, 0.03125), (DAY, 0.0, 0.5, 0.125, 0.03125)))
    assert ("signer_label" in found) is is_one
