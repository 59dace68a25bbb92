"""What one answer says beside itself, and when each question about a paper is asked: told case by case."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from tests.rules.space import CALM, FITTING, shown
from zonemap.model.assessment import Confidence, PaperClass
from zonemap.model.paper import Court, Heading, Observations, Shown, Signer, Title, YesNo, changed
from zonemap.rules.pack import FEDERAL, Pack, packs
from zonemap.rules.questions import SCENE_KEYS, next_question, observed, unsure_count

FEDERAL_LAW = packs()[FEDERAL]
KINDS_OF_PAPER = [
    kind for kind in product(Heading, Title, Signer) if not {"none_shown"}.intersection(map(str, kind))
]  # 1,152: every heading, title and signer


def asked(law: Pack = FEDERAL_LAW, /, **answers: Any) -> str:
    """What is asked next, under federal law where nothing else is said; empty where nothing is."""
    question = next_question(law, answers)
    return question.key if question else ""


def paper(heading: Heading, title: Title, signer: Signer, **more: str) -> dict[str, str]:
    """The answers about the kind of a paper."""
    return {"paper": "paper", "top_heading": heading, "title": title, "signer_label": signer} | more


# --- what an answer says without a question of its own ------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "danger", "entering", "custody"),
    [
        ({}, "unsure", "unsure", "unsure"),
        ({"danger_now": "yes"}, "yes", "unsure", "unsure"),
        ({"danger_now": "no"}, "no", "no", "no"),
        ({"danger_now": "unsure"}, "unsure", "unsure", "unsure"),
        ({"entering_now": "yes"}, "unsure", "yes", "unsure"),
        ({"custody_escort": "yes"}, "no", "no", "yes"),
        ({"custody_escort": "no"}, "unsure", "unsure", "no"),
        ({"custody_escort": "unsure"}, "unsure", "unsure", "unsure"),
        ({"paper": "none"}, "no", "no", "no"),
        ({"paper": "paper"}, "no", "no", "no"),
        ({"danger_now": "unsure", "paper": "paper"}, "unsure", "unsure", "unsure"),
        ({"custody_escort": "yes", "paper": "paper"}, "no", "no", "yes"),
        ({"top_heading": "dhs"}, "unsure", "unsure", "unsure"),
    ],
)
def test_the_first_true_answer_about_the_scene_says_that_those_before_it_are_not_true(
    answers: dict[str, str], danger: str, entering: str, custody: str
) -> None:
    seen = observed(answers)

    assert tuple(getattr(seen, key) for key in SCENE_KEYS) == (danger, entering, custody)


@pytest.mark.parametrize("court", Court)
def test_a_state_s_court_stands_at_the_top_of_its_paper_unless_the_heading_was_answered(court: Court) -> None:
    known = court in (Court.THIS_STATE, Court.ANOTHER_STATE)

    assert observed({"court": court}).top_heading == ("state_court" if known else "unsure")
    assert observed({"court": court, "top_heading": "dhs"}).top_heading == "dhs"


def test_a_paper_of_which_heading_title_and_signer_could_be_told_was_readable_a_judge_s_order_is_asked() -> None:
    for heading, title, signer in KINDS_OF_PAPER:
        told = heading not in ("unsure", "foreign_language") and title != "unsure" and signer != "unsure"
        order = heading in ("federal_court", "state_court") and title == "order" and signer == "judge"
        seen = observed(paper(heading, title, signer))

        assert (seen.readable == "yes") == (told and not order), (heading, title, signer)


@pytest.mark.parametrize("key", ["top_heading", "title", "signer_label"])
def test_a_paper_without_a_heading_title_or_signer_shown_is_not_said_to_be_readable(key: str) -> None:
    kind = paper(Heading.DHS, Title.SUBPOENA, Signer.OTHER)

    assert observed(kind).readable == "yes"
    assert observed({**kind, key: "none_shown"}).readable == "unsure"


# --- doubts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "count"),
    [
        ({}, 0),
        ({"danger_now": "yes", "signed": "yes", "agency": "us_marshal"}, 0),
        ({"danger_now": "unsure"}, 1),
        ({"wants": ["unsure"]}, 1),
        ({"wants": ["video_or_visitor_log"], "title": "warrant_of_removal"}, 0),
        ({"wants": ["records", "unsure"]}, 0),
        ({"danger_now": "".join(("un", "sure")), "wants": ["unsure"], "paper": "unsure"}, 3),
    ],
)
def test_each_answer_that_nobody_could_tell_counts_and_no_other(answers: dict[str, Any], count: int) -> None:
    assert unsure_count(answers) == count


def test_more_doubts_than_three_end_the_questions_as_three_do() -> None:
    doubts = dict.fromkeys((*SCENE_KEYS, "paper"), "unsure")

    assert not asked(**doubts, top_heading="federal_court")
    del doubts["entering_now"]
    assert not asked(**doubts, top_heading="federal_court")
    del doubts["custody_escort"]
    assert asked(**doubts, top_heading="federal_court") == "title"


# --- when a question is asked -------------------------------------------------------------------------------------


def test_the_heading_is_not_asked_again_where_the_court_and_the_heading_were_both_told() -> None:
    assert asked(paper="paper", court="this_state", top_heading="state_court") == "title"


@pytest.mark.parametrize("heading", [each for each in Heading if each is not Heading.NONE_SHOWN])
def test_what_an_inspector_wants_is_asked_first_under_another_agency_s_heading_alone(heading: Heading) -> None:
    of_agency, unclear = heading is Heading.OTHER_AGENCY, heading in (Heading.UNSURE, Heading.FOREIGN_LANGUAGE)

    wanted = "wants" if of_agency else "" if unclear else "title"
    assert asked(paper="paper", top_heading=heading, agency="regulator") == wanted


@pytest.mark.parametrize(
    ("wants", "then"),
    [
        (["inspect_business"], ""),
        (["records"], ""),
        (["unsure"], ""),
        (["arrest_person"], "title"),
        (["talk_to_person"], "title"),
        (["inspect_business", "talk_to_person"], "title"),
    ],
)
def test_an_inspector_s_paper_is_read_only_where_they_come_for_a_person(wants: list[str], then: str) -> None:
    assert asked(paper="paper", top_heading="other_agency", agency="regulator", wants=wants) == then
    assert asked(paper="paper", top_heading="other_agency", agency="ice", wants=wants) == "title"


@pytest.mark.parametrize("form", [Shown.PAPER, Shown.ON_PHONE, Shown.UNSURE])
def test_a_signature_is_asked_for_exactly_where_it_can_change_the_class_or_the_access(form: Shown) -> None:
    """Of every heading, title and signer; with the pages where those decide as well."""
    for heading, title, signer in KINDS_OF_PAPER:
        seen = Observations(**{**CALM, **FITTING, "paper": form}, top_heading=heading, title=title, signer_label=signer)
        matters = len({_outcome(changed(seen, {"signed": said})) for said in (YesNo.YES, YesNo.NO)}) > 1

        question = asked(**paper(heading, title, signer, agency="ice", paper=form), danger_now="no")
        assert (question in ("signed", "all_pages")) == matters, (heading, title, signer)


def _outcome(seen: Observations) -> tuple[Any, ...]:
    found, access = shown(seen, FEDERAL_LAW)
    return (found, *access.values())


def test_a_paper_of_which_the_kind_is_not_known_gets_no_question_but_those_that_tell_it() -> None:
    """Whatever else was answered before: somebody may go back and change an answer."""
    for title, signer in product(Title, Signer):
        assert not asked(**paper(Heading.UNSURE, title, signer))
        assert not asked(**paper(Heading.DHS, Title.OTHER, signer))
        assert not asked(**paper(Heading.DHS, title, Signer.UNSURE))
    assert not asked(paper="paper", top_heading="unsure", title="subpoena")
    assert not asked(paper="paper", top_heading="law_firm_or_none", title="arrest_warrant")
    assert not asked(**paper(Heading.LAW_FIRM_OR_NONE, Title.ARREST_WARRANT, Signer.IMMIGRATION_JUDGE))


@pytest.mark.parametrize("signer", ["judge", "clerk"])
@pytest.mark.parametrize("title", ["search_warrant", "entry_or_inspection_warrant", "order", "arrest_warrant"])
def test_officers_who_go_in_end_the_questions_whatever_was_answered_before(title: str, signer: str) -> None:
    assert not asked(paper="paper", top_heading="federal_court", title=title, signer_label=signer, entering_now="yes")


def test_a_question_is_asked_where_it_matters_only_together_with_another_that_is_still_open() -> None:
    """A state judge's order, where a federal judge's is asked for: who came matters for what the order permits."""
    federal_judges_only = replace(FEDERAL_LAW, federal_only_judge=True)
    order = paper(Heading.STATE_COURT, Title.ORDER, Signer.JUDGE, all_pages="yes")

    assert asked(federal_judges_only, **order) == "agency"


def test_a_class_that_is_fought_over_is_asked_about_like_any_other() -> None:
    """What comes of rules past their date is no reason to leave a question out: they may be reviewed tomorrow."""
    names_the_area = replace(FEDERAL_LAW, order_scope_required=True)
    fought_over = replace(names_the_area, confidence={PaperClass.COURT_ORDER: Confidence.CONTESTED})
    order = paper(Heading.FEDERAL_COURT, Title.ORDER, Signer.JUDGE, all_pages="yes")

    for law in (names_the_area, fought_over):
        assert asked(law, **order, wants=["enter_private"]) == "covers_area_wanted"
