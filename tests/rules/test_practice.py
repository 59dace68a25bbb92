"""The scenarios of practice: all classes are there, texts are calm, and the drawn papers show what is said of them."""

from __future__ import annotations

import re

import pytest

from zonemap.drawing.practice_paper import practice_paper
from zonemap.errors import NotFound
from zonemap.model.assessment import PaperClass
from zonemap.model.practice import Block, DrawnPaper, Scenario
from zonemap.rules.practice import by_class, classes_of, clinic, scenario, scenarios, why
from zonemap.rules.practice_translation import practice_words
from zonemap.rules.proof_words import claims, urges
from zonemap.rules.questions import questions

ALL = list(scenarios("IL").values())
SHEETS = [
    pytest.param(each, drawn, seen, id=f"{each.id}-{at}")
    for each in ALL
    for at, (drawn, seen) in enumerate(zip(each.drawn, each.papers, strict=True), 1)
]
# What a reader of the drawing would say: written here by hand, apart from the files that make the drawings.
HEADINGS = {
    "federal_court": r"UNITED STATES DISTRICT COURT",
    "state_court": r"(SUPERIOR|CIRCUIT|DISTRICT) COURT State of",
    "dhs": r"DEPARTMENT OF HOMELAND SECURITY",
    "immigration_court": r"DEPARTMENT OF JUSTICE .*IMMIGRATION COURT",
    "other_agency": r"STATE (BOARD|DEPARTMENT) OF|FIRE MARSHAL|DEPARTMENT OF LABOR",
    "law_firm_or_none": r"ATTORNEYS",
    "foreign_language": r"JUZGADO",
}
TITLES = {
    "search_warrant": r"SEARCH WARRANT",
    "search_and_seizure_warrant": r"SEARCH AND SEIZURE WARRANT",
    "arrest_warrant": r"ARREST WARRANT",
    "warrant_for_arrest_of_alien": r"WARRANT FOR ARREST OF ALIEN",
    "warrant_of_removal": r"WARRANT OF REMOVAL",
    "entry_or_inspection_warrant": r"INSPECTION WARRANT|WARRANT TO ENTER AND INSPECT",
    "order": r"ORDER",
    "subpoena": r"SUBPOENA",
    "grand_jury_subpoena": r"SUBPOENA TO A GRAND JURY",
    "immigration_detainer": r"IMMIGRATION DETAINER",
    "notice_to_appear": r"NOTICE TO APPEAR",
    "notice_of_inspection": r"NOTICE OF INSPECTION",
    "application_or_affidavit": r"APPLICATION FOR A SEARCH WARRANT",
    "letter_or_request": r"LETTER( OF (REQUEST|SURVEY))?|NOTICE OF A ROUND",
}
SIGNERS = {
    "judge": r"(Magistrate |District |Circuit |United States District )?Judge( of the Superior Court|'s signature)?",
    "clerk": r"(Deputy )?Clerk",
    "issuing_officer": r"Issuing officer's signature",
    "immigration_officer": r".*(Immigration Officer|Deportation Officer|Field Office Director|officer \(immigration\))",
    "immigration_judge": r"Immigration Judge",
    "attorney": r"Attorney.*",
    "other": r"Executive Secretary.*|Director of Surveys|Fire Marshal|Area Director|Applicant's signature",
}
OF_RETURN = "Officer’s signature"


def texts_of(drawn: DrawnPaper) -> list[str]:
    """The texts of the picture, in the order in which they are drawn."""
    svg = practice_paper(drawn, title="A paper")
    return [each.replace("&#x27;", "'").replace("&amp;", "&") for each in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def test_there_are_sixty_scenarios_and_every_class_has_three() -> None:
    assert len(ALL) >= 60
    assert {kind: len(ids) for kind, ids in by_class().items() if len(ids) < 3} == {}
    assert set(by_class()) == set(PaperClass)


def test_phones_several_papers_custody_with_a_paper_and_papers_under_an_emergency_are_among_them() -> None:
    assert sum(each.scene["paper"] == "on_phone" for each in ALL) >= 5
    assert sum(len(each.papers) > 1 for each in ALL) >= 3
    assert [each for each in ALL if each.scene["custody_escort"] == "yes" and each.papers]
    assert [each for each in ALL if PaperClass.EMERGENCY in classes_of(each) and each.papers]


@pytest.mark.parametrize(("each", "drawn", "seen"), SHEETS)
def test_the_top_the_title_and_the_words_under_the_line_are_on_the_drawing(
    each: Scenario, drawn: DrawnPaper, seen: dict[str, str]
) -> None:
    texts = texts_of(drawn)
    whole = " ".join(texts)
    if seen["top_heading"] == "unsure":
        assert not re.search("|".join(HEADINGS.values()), whole)
        assert not drawn.form
    else:
        assert re.search(HEADINGS[seen["top_heading"]], whole)
        others = [each for each in HEADINGS if each != seen["top_heading"]]
        assert not [other for other in others if re.search(HEADINGS[other], " ".join((*drawn.heading, drawn.under)))]
    if seen["title"] != "unsure":
        assert re.fullmatch(
            TITLES[seen["title"]], drawn.title.removesuffix(" / DEPORTATION").replace("ADMINISTRATIVE ", "")
        )
        assert drawn.title in whole
    elif seen["top_heading"] != "foreign_language":
        assert drawn.title not in whole
    if seen["signer_label"] in SIGNERS:
        assert re.fullmatch(SIGNERS[seen["signer_label"]], drawn.signer)
        assert drawn.signer in texts
    elif seen["top_heading"] != "foreign_language":
        assert drawn.signer not in texts


@pytest.mark.parametrize(("each", "drawn", "seen"), SHEETS)
def test_signature_pages_place_time_and_things_are_on_the_drawing(
    each: Scenario, drawn: DrawnPaper, seen: dict[str, str]
) -> None:
    whole = " ".join(texts_of(drawn))
    scrawls = practice_paper(drawn, title="A paper").count('stroke="#1d2f6f"')
    assert scrawls - (OF_RETURN in whole) == (seen["signed"] == "yes")
    sheets = int(re.findall(r"(?:of|de) (\d)", drawn.pages)[0])
    if seen["all_pages"] in ("yes", "no"):
        whole_paper = sheets == 1 and ("Attachment" not in drawn.pages or "Attachment" in drawn.attachment)
        assert (whole_paper and drawn.signed) == (seen["all_pages"] == "yes")
    ours = clinic().address in whole
    if seen["covers_area_wanted"] == "yes":
        assert ours
    if seen["names_this_place"] == "no":
        assert not ours
    if seen["covers_area_wanted"] == "unsure" and Block.PLACE in drawn.blurred:
        assert not ours
    day = re.search(r"(November|December) (\d+), 2026", drawn.text_of(Block.TIME))
    if seen["execute_by"] == "none_stated":
        assert day is None
    elif seen["execute_by"] in ("yes", "no") and day:
        past = day[1] == "November" and int(day[2]) < 24
        at_night = "at night" in each.clock and ("daytime, 6 in the morning to 10 at night", True) in drawn.ticks
        assert (past or at_night) == (seen["execute_by"] == "no")
    if seen["lists_records"] == "no":
        assert not drawn.text_of(Block.THINGS)
    elif seen["lists_records"] == "yes":
        assert drawn.text_of(Block.THINGS)[:20] in whole


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.id)
def test_what_is_answered_outside_of_a_paper_is_told_by_the_story(each: Scenario) -> None:
    assert [quote for quote in each.heard.values() if quote not in each.story] == []
    for key in ("agency", "wants"):
        assert (key in each.heard) or each.scene[key] in ("unsure", ["unsure"]) or "emergency" in classes_of(each)


def test_no_text_urges_claims_or_names_what_nobody_may_say() -> None:
    told = [text for each in ALL for text in (each.name, each.story)]
    reasons = [
        why(each, paper, key, str(seen.get(key)))
        for each in ALL
        for paper, seen in enumerate(each.papers, 1)
        for key in questions()
        if key in seen
    ]
    finals = [*practice_words()["finals"].values(), *practice_words()["verdict"].values()]
    texts = [*told, *reasons, *finals]
    assert not [text for text in texts if urges(text)]
    assert not [text for text in texts if claims(text)]
    assert not [
        text for text in told if re.search(r"\b(undocumented|illegal|alien|status|raid)\b", text, re.IGNORECASE)
    ]


def test_every_paper_says_that_it_is_for_practice_and_holds_no_name() -> None:
    for each in ALL:
        for drawn in each.drawn:
            whole = " ".join(texts_of(drawn))
            assert "PRACTICE" in whole
            assert "Not a real paper" in whole
            assert not re.search(r"\bA-?\d{6,9}\b", whole)


def test_the_courts_of_a_paper_are_those_of_the_facility_s_state_and_another_one() -> None:
    assert "State of Ohio" in scenario("order-from-elsewhere", "IL").drawn[0].under
    assert "State of Iowa" in scenario("order-from-elsewhere", "OH").drawn[0].under
    assert "State of Ohio" in scenario("grey-laptop", "OH").drawn[0].under


def test_a_scenario_that_is_gone_is_not_found() -> None:
    with pytest.raises(NotFound):
        scenario("no-such-visit")
