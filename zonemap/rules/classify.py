"""The ordered tests of decision-facts section 2: the first that matches names the class; else it is a hold.

Each test asks for definite answers, so *unsure* never makes one match, with two exceptions that are holds by
themselves: place 5, and an inspector of whom nobody can say what they ask for (place 2, in doubt).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from zonemap.model.assessment import PaperClass
from zonemap.model.paper import (
    KINDS,
    PAPER_KEYS,
    Agency,
    Heading,
    Observations,
    Place,
    Shown,
    Signer,
    Stated,
    Title,
    Want,
    YesNo,
    changed,
)

Predicate = Callable[[Observations], bool]

COURTS = (Heading.FEDERAL_COURT, Heading.STATE_COURT)
SEARCH_TITLES = (Title.SEARCH_WARRANT, Title.SEARCH_AND_SEIZURE_WARRANT)
IMMIGRATION_WARRANTS = (Title.WARRANT_FOR_ARREST_OF_ALIEN, Title.WARRANT_OF_REMOVAL)
SUBPOENAS = (Title.SUBPOENA, Title.GRAND_JURY_SUBPOENA)
UNCLEAR_HEADINGS = (Heading.UNSURE, Heading.FOREIGN_LANGUAGE)
UNCLEAR_TITLES = (Title.UNSURE, Title.OTHER, Title.APPLICATION_OR_AFFIDAVIT)
ARREST_SIGNERS = (Signer.JUDGE, Signer.CLERK, Signer.ISSUING_OFFICER)
_DHS_LETTERS = (Title.IMMIGRATION_DETAINER, Title.NOTICE_TO_APPEAR, Title.LETTER_OR_REQUEST)
_JUDGE_ONLY = (*SEARCH_TITLES, Title.ENTRY_OR_INSPECTION_WARRANT)
_WARRANTS_AND_ORDERS = (*_JUDGE_ONLY, *IMMIGRATION_WARRANTS, Title.ARREST_WARRANT, Title.ORDER)
_ON_PAPER = tuple(key for key in PAPER_KEYS if key in KINDS)
_on_paper = attrgetter(*_ON_PAPER)
_NO_SCENE = dict.fromkeys(("danger_now", "entering_now", "custody_escort"), YesNo.NO)
A_PERSON = frozenset({Want.ARREST_PERSON, Want.TALK_TO_PERSON})


@dataclass(frozen=True, slots=True)
class OrderedTest:
    """One line of the ordered table: its place in decision-facts section 2, the class it names, and when."""

    place: str
    paper_class: PaperClass
    matches: Predicate


def paper_class(observations: Observations) -> PaperClass:
    """The class of what was seen, danger and entry included. Total: always exactly one."""
    return deciding_test(observations).paper_class


def deciding_test(observations: Observations) -> OrderedTest:
    """The first test that matches. The last one always does."""
    seen = read(observations)
    return next(test for test in TESTS if test.matches(seen))


def read(observations: Observations) -> Observations:
    """With a paper in sight, *none shown* cannot be true of its parts: there it counts as unsure."""
    parts = _on_paper(observations)
    if not observations.paper_shown or "none_shown" not in parts:
        return observations
    blank = [key for key in _ON_PAPER if getattr(observations, key) == "none_shown"]
    return changed(observations, {key: KINDS[key]("unsure") for key in blank})


def without_scene(observations: Observations) -> Observations:
    """The paper alone, without danger, entry or escort: what lies under an emergency."""
    return changed(observations, _NO_SCENE)


# --- what the tests ask -------------------------------------------------------------------------------------------


def from_court(seen: Observations) -> bool:
    """Whether the heading is that of a court of judges, federal or state."""
    return seen.top_heading in COURTS


def is_emergency(seen: Observations) -> bool:
    """Danger, a chase, or officers going in."""
    return YesNo.YES in (seen.danger_now, seen.entering_now)


def _from_inspector(seen: Observations) -> bool:
    return seen.agency is Agency.REGULATOR and seen.top_heading is Heading.OTHER_AGENCY


def _is_regulator(seen: Observations) -> bool:
    return _from_inspector(seen) and not seen.wants & A_PERSON and not seen.wants_in_doubt


def _is_regulator_in_doubt(seen: Observations) -> bool:
    """Neither their statute nor a refusal may rest on a guess at what they ask for."""
    return _from_inspector(seen) and not seen.wants & A_PERSON and seen.wants_in_doubt


def _is_escort(seen: Observations) -> bool:
    return seen.custody_escort is YesNo.YES and not seen.paper_shown


def _has_no_paper(seen: Observations) -> bool:
    return not seen.paper_shown


def _is_unclear(seen: Observations) -> bool:
    return (
        seen.readable is not YesNo.YES
        or seen.top_heading in UNCLEAR_HEADINGS
        or seen.title in UNCLEAR_TITLES
        or seen.signer_label is Signer.UNSURE
        or bool(conflict(seen))
    )


def _is_judges_search(seen: Observations) -> bool:
    return from_court(seen) and seen.title in SEARCH_TITLES and seen.signer_label is Signer.JUDGE


_IN_TIME = (Stated.YES, Stated.NONE_STATED)
_FITS: dict[str, Predicate] = {
    "paper": lambda seen: seen.paper in (Shown.PAPER, Shown.ON_PHONE),
    "signed": lambda seen: seen.signed is YesNo.YES,
    "names_this_place": lambda seen: seen.names_this_place is Place.YES,
    "covers_area_wanted": lambda seen: seen.covers_area_wanted is YesNo.YES,
    "execute_by": lambda seen: seen.execute_by in _IN_TIME,
    "hours_ok": lambda seen: seen.hours_ok in _IN_TIME,
    "all_pages": lambda seen: seen.all_pages is YesNo.YES,
}


def search_mismatches(seen: Observations) -> tuple[str, ...]:
    """Which observations keep a judge's search warrant from being definite, by key, in reading order."""
    return tuple(key for key, fits in _FITS.items() if not fits(seen))


def _is_definite_search(seen: Observations) -> bool:
    return _is_judges_search(seen) and all(fits(seen) for fits in _FITS.values())


def _is_judges_entry(seen: Observations) -> bool:
    return from_court(seen) and seen.title is Title.ENTRY_OR_INSPECTION_WARRANT and seen.signer_label is Signer.JUDGE


def _is_court_arrest(seen: Observations) -> bool:
    """A clerk must sign on an indictment, Fed. R. Crim. P. 9(b)(1); the form's label reads "Issuing officer"."""
    return (
        from_court(seen)
        and seen.title is Title.ARREST_WARRANT
        and seen.signer_label in ARREST_SIGNERS
        and seen.signed is YesNo.YES
    )


def _is_judges_order(seen: Observations) -> bool:
    return (
        from_court(seen)
        and seen.title is Title.ORDER
        and seen.signer_label is Signer.JUDGE
        and seen.signed is YesNo.YES
        and seen.paper is not Shown.UNSURE
    )


def _is_court_paper(title: Title) -> Predicate:
    return lambda seen: from_court(seen) and seen.title is title


def _is_immigration_court(seen: Observations) -> bool:
    """An immigration judge is an administrative judge of the Department of Justice, 8 U.S.C. 1101(b)(4).

    An arrest warrant that is not signed is a hold (2.1), so one that may not be signed is no refusal either.
    """
    in_doubt = seen.title is Title.ARREST_WARRANT and seen.signed is not YesNo.YES
    from_one = seen.top_heading is Heading.IMMIGRATION_COURT or seen.signer_label is Signer.IMMIGRATION_JUDGE
    return from_one and not in_doubt


def _is_dhs(*titles: Title) -> Predicate:
    return lambda seen: seen.top_heading is Heading.DHS and seen.title in titles


def _is_agency_subpoena(seen: Observations) -> bool:
    return seen.top_heading in (Heading.DHS, Heading.OTHER_AGENCY) and seen.title is Title.SUBPOENA


def _is_employer_notice(seen: Observations) -> bool:
    """No court writes one: under a court's heading it is a court paper in doubt, and those are never refused."""
    return seen.title is Title.NOTICE_OF_INSPECTION and not from_court(seen)


def _always(_: Observations) -> bool:
    return True


TESTS: tuple[OrderedTest, ...] = (
    OrderedTest("1", PaperClass.EMERGENCY, is_emergency),
    OrderedTest("2", PaperClass.REGULATOR, _is_regulator),
    OrderedTest("2, in doubt", PaperClass.UNCLEAR_HOLD, _is_regulator_in_doubt),
    OrderedTest("3", PaperClass.CUSTODY_ESCORT, _is_escort),
    OrderedTest("4", PaperClass.NO_PAPER, _has_no_paper),
    OrderedTest("5", PaperClass.UNCLEAR_HOLD, _is_unclear),
    OrderedTest("6", PaperClass.JUDICIAL_SEARCH, _is_definite_search),
    OrderedTest("7", PaperClass.JUDICIAL_SEARCH_QUERY, _is_judges_search),
    OrderedTest("8", PaperClass.JUDICIAL_CIVIL_ENTRY, _is_judges_entry),
    OrderedTest("9", PaperClass.JUDICIAL_ARREST, _is_court_arrest),
    OrderedTest("10", PaperClass.COURT_ORDER, _is_judges_order),
    OrderedTest("11", PaperClass.GRAND_JURY_SUBPOENA, _is_court_paper(Title.GRAND_JURY_SUBPOENA)),
    OrderedTest("11", PaperClass.COURT_SUBPOENA, _is_court_paper(Title.SUBPOENA)),
    OrderedTest("12", PaperClass.IMMIGRATION_COURT_PAPER, _is_immigration_court),
    OrderedTest("13", PaperClass.DHS_REMOVAL_WARRANT, _is_dhs(Title.WARRANT_OF_REMOVAL)),
    OrderedTest("14", PaperClass.DHS_ARREST_WARRANT, _is_dhs(Title.WARRANT_FOR_ARREST_OF_ALIEN)),
    OrderedTest("15", PaperClass.AGENCY_SUBPOENA, _is_agency_subpoena),
    OrderedTest("16", PaperClass.DHS_OTHER, _is_dhs(*_DHS_LETTERS)),
    OrderedTest("17", PaperClass.EMPLOYER_NOTICE, _is_employer_notice),
    OrderedTest("18", PaperClass.UNCLEAR_HOLD, _always),
)


# --- what does not fit together (2.1) -----------------------------------------------------------------------------


def conflict(seen: Observations) -> str:
    """Which parts of the paper do not fit together: a name of ``CONFLICTS``, or empty where they do."""
    return next((name for name, matches in CONFLICTS.items() if matches(seen)), "")


CONFLICTS: dict[str, Predicate] = {
    "no_heading": lambda seen: seen.top_heading is Heading.LAW_FIRM_OR_NONE and seen.title in _WARRANTS_AND_ORDERS,
    "dhs_and_judge": lambda seen: seen.top_heading is Heading.DHS and seen.signer_label is Signer.JUDGE,
    "court_and_immigration_signer": lambda seen: (
        from_court(seen) and seen.signer_label in (Signer.IMMIGRATION_OFFICER, Signer.IMMIGRATION_JUDGE)
    ),
    "court_and_immigration_title": lambda seen: from_court(seen) and seen.title in IMMIGRATION_WARRANTS,
    "search_without_judge": lambda seen: (
        seen.title in _JUDGE_ONLY
        and seen.signer_label in (Signer.CLERK, Signer.ATTORNEY, Signer.ISSUING_OFFICER, Signer.NONE)
    ),
    "arrest_without_signature": lambda seen: seen.title is Title.ARREST_WARRANT and seen.signed is YesNo.NO,
    "order_without_judge": lambda seen: (
        seen.title is Title.ORDER and seen.signer_label in (Signer.ATTORNEY, Signer.NONE)
    ),
}
