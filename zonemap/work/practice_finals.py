"""The last steps of practice: what the paper is, what the desk tells one to do, whom to call first."""

from __future__ import annotations

from collections.abc import Collection

from zonemap.model.assessment import Assessment, Outcome, PaperClass
from zonemap.model.facility import ContactRole
from zonemap.model.practice import Scenario
from zonemap.rules.desk_translation import ENGLISH
from zonemap.rules.desk_words import words
from zonemap.rules.practice_translation import practice_words, told
from zonemap.rules.question_texts import UNSURE, UNSURE_HINT, UNSURE_LABEL, Option, Question

_MOST = 6  # classes to choose from
# Those that are taken for one another, together. A question offers the others of its group first.
_GROUPS: tuple[tuple[PaperClass, ...], ...] = (
    (
        PaperClass.JUDICIAL_SEARCH,
        PaperClass.JUDICIAL_SEARCH_QUERY,
        PaperClass.JUDICIAL_CIVIL_ENTRY,
        PaperClass.JUDICIAL_ARREST,
        PaperClass.COURT_ORDER,
        PaperClass.UNCLEAR_HOLD,
    ),
    (
        PaperClass.DHS_ARREST_WARRANT,
        PaperClass.DHS_REMOVAL_WARRANT,
        PaperClass.IMMIGRATION_COURT_PAPER,
        PaperClass.JUDICIAL_ARREST,
        PaperClass.DHS_OTHER,
        PaperClass.UNCLEAR_HOLD,
    ),
    (
        PaperClass.COURT_SUBPOENA,
        PaperClass.GRAND_JURY_SUBPOENA,
        PaperClass.AGENCY_SUBPOENA,
        PaperClass.COURT_ORDER,
        PaperClass.EMPLOYER_NOTICE,
        PaperClass.UNCLEAR_HOLD,
    ),
    (
        PaperClass.EMERGENCY,
        PaperClass.CUSTODY_ESCORT,
        PaperClass.NO_PAPER,
        PaperClass.REGULATOR,
        PaperClass.DHS_OTHER,
        PaperClass.UNCLEAR_HOLD,
    ),
)
_ROLES = tuple(ContactRole)


def final_question(name: str, each: Scenario, whole: Assessment) -> Question:
    """The question of a last step."""
    texts = practice_words()["finals"]
    two = name == "paper_class" and len(each.papers) > 1
    options = {"paper_class": _classes, "outcome": _outcomes, "call": _roles}[name](whole)
    unsure = Option(name, UNSURE, UNSURE_LABEL, UNSURE_HINT)
    return Question(name, texts["paper_class_two" if two else name], texts[f"{name}_look"], (*options, unsure))


def chosen(name: str, whole: Assessment, asked: Collection[str], language: str = ENGLISH) -> tuple[str, str]:
    """What is right, and why in a language. ``asked`` are the keys of what was asked: nobody's doubt decided about the
    others.
    """
    if name == "paper_class":
        seen = [each for each in whole.decided_by if each.value != UNSURE or each.key in asked]
        decided = "; ".join(told(each.words, language) for each in seen or whole.decided_by)
        return whole.paper_class.value, f"{told(words()['classes'][whole.paper_class], language)}. {decided}."
    if name == "outcome":
        return whole.outcome.value, " ".join(told(each, language) for each in whole.summary[1:] or whole.summary)
    return whole.call[0].role.value, told(whole.call[0].reason, language)


def _classes(whole: Assessment) -> tuple[Option, ...]:
    group = next(each for each in _GROUPS if whole.paper_class in each)
    names = words()["classes"]
    return tuple(Option("paper_class", kind.value, names[kind]) for kind in group[:_MOST])


def _outcomes(_: Assessment) -> tuple[Option, ...]:
    return tuple(Option("outcome", each.value, words()["headlines"][each]) for each in Outcome)


def _roles(_: Assessment) -> tuple[Option, ...]:
    names = practice_words()["roles"]
    return tuple(Option("call", role.value, names[role]) for role in _ROLES)
