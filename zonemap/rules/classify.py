"""The ordered tests of decision-facts section 2: the first that matches names the class; else it is a hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from zonemap.model.assessment import PaperClass
from zonemap.model.paper import (
    KINDS,
    Agency,
    Heading,
    Observations,
    Place,
    Signer,
    Stated,
    Title,
    Want,
    YesNo,
)

Test = Callable[[Observations], bool]

COURTS = (Heading.FEDERAL_COURT, Heading.STATE_COURT)
_SEARCH = (Title.SEARCH_WARRANT, Title.SEARCH_AND_SEIZURE_WARRANT)
_IMMIGRATION_WARRANTS = (Title.WARRANT_FOR_ARREST_OF_ALIEN, Title.WARRANT_OF_REMOVAL)
_WARRANTS_AND_ORDERS = (
    *_SEARCH,
    *_IMMIGRATION_WARRANTS,
    Title.ARREST_WARRANT,
    Title.ENTRY_OR_INSPECTION_WARRANT,
    Title.ORDER,
)
_SUBPOENAS = (Title.SUBPOENA, Title.GRAND_JURY_SUBPOENA)
_UNCLEAR_TITLES = (Title.UNSURE, Title.OTHER, Title.APPLICATION_OR_AFFIDAVIT)


def read(seen: Observations) -> Observations:
    """With a paper in sight, *none shown* cannot be true of its parts: it counts as unsure."""
    if not seen.paper_shown:
        return seen
    blank = {key: kind("unsure") for key, kind in KINDS.items() if getattr(seen, key) == "none_shown"}
    return replace(seen, **blank) if blank else seen  # type: ignore[arg-type]


def conflict(seen: Observations) -> str:
    """Which parts of the paper do not fit together (decision-facts 2.1), in words; empty where they do."""
    return next((words for words, matches in _CONFLICTS if matches(seen)), "")


def paper_class(seen: Observations) -> PaperClass:
    """The class of what was seen, danger and entry included. Total: always exactly one."""
    seen = read(seen)
    return next((found for found, matches in TESTS if matches(seen)), PaperClass.UNCLEAR_HOLD)


def without_scene(seen: Observations) -> Observations:
    """The paper alone: no danger, no entry, no escort, no regulator; to classify what lies under an overlay."""
    return replace(seen, danger_now=YesNo.NO, entering_now=YesNo.NO, custody_escort=YesNo.NO)


def _court(seen: Observations) -> bool:
    return seen.top_heading in COURTS


_CONFLICTS: tuple[tuple[str, Test], ...] = (
    (
        "A warrant or order without the heading of a court or an agency.",
        lambda s: s.top_heading is Heading.LAW_FIRM_OR_NONE and s.title in _WARRANTS_AND_ORDERS,
    ),
    (
        "The Department of Homeland Security at the top, and a judge as the signer.",
        lambda s: s.top_heading is Heading.DHS and s.signer_label is Signer.JUDGE,
    ),
    (
        "A court at the top, and an immigration signer.",
        lambda s: _court(s) and s.signer_label in (Signer.IMMIGRATION_OFFICER, Signer.IMMIGRATION_JUDGE),
    ),
    (
        "A court at the top, and the title of an immigration form.",
        lambda s: _court(s) and s.title in _IMMIGRATION_WARRANTS,
    ),
    (
        "A warrant to search or enter that no judge signed.",
        lambda s: (
            s.title in (*_SEARCH, Title.ENTRY_OR_INSPECTION_WARRANT)
            and s.signer_label in (Signer.CLERK, Signer.ATTORNEY, Signer.ISSUING_OFFICER, Signer.NONE)
        ),
    ),
    ("An arrest warrant without a signature.", lambda s: s.title is Title.ARREST_WARRANT and s.signed is YesNo.NO),
    (
        "An order that no judge signed.",
        lambda s: s.title is Title.ORDER and s.signer_label in (Signer.ATTORNEY, Signer.NONE),
    ),
)


def _emergency(seen: Observations) -> bool:
    return YesNo.YES in (seen.danger_now, seen.entering_now)


def _regulator(seen: Observations) -> bool:
    asks_for_a_person = seen.wants & {Want.ARREST_PERSON, Want.TALK_TO_PERSON}
    return seen.agency is Agency.REGULATOR and seen.top_heading is Heading.OTHER_AGENCY and not asks_for_a_person


def _unclear(seen: Observations) -> bool:
    return (
        seen.readable is not YesNo.YES
        or seen.top_heading in (Heading.UNSURE, Heading.FOREIGN_LANGUAGE)
        or seen.title in _UNCLEAR_TITLES
        or seen.signer_label is Signer.UNSURE
        or bool(conflict(seen))
    )


def search_mismatches(seen: Observations) -> tuple[str, ...]:
    """Which parts of a judge's search warrant are open, by key: signature, place, area, date, hours, pages."""
    kept = (Stated.YES, Stated.NONE_STATED)
    fits = {
        "signed": seen.signed is YesNo.YES,
        "names_this_place": seen.names_this_place is Place.YES,
        "covers_area_wanted": seen.covers_area_wanted is YesNo.YES,
        "execute_by": seen.execute_by in kept,
        "hours_ok": seen.hours_ok in kept,
        "all_pages": seen.all_pages is YesNo.YES,
    }
    return tuple(key for key, fitting in fits.items() if not fitting)


def _judge_search(seen: Observations) -> bool:
    return _court(seen) and seen.title in _SEARCH and seen.signer_label is Signer.JUDGE


def _judge_order(seen: Observations) -> bool:
    return _court(seen) and seen.title is Title.ORDER and seen.signer_label is Signer.JUDGE and seen.signed is YesNo.YES


def _court_arrest(seen: Observations) -> bool:
    signers = (Signer.JUDGE, Signer.CLERK, Signer.ISSUING_OFFICER)
    return (
        _court(seen)
        and seen.title is Title.ARREST_WARRANT
        and seen.signer_label in signers
        and seen.signed is YesNo.YES
    )


def _dhs(*titles: Title) -> Test:
    return lambda seen: seen.top_heading is Heading.DHS and seen.title in titles


TESTS: tuple[tuple[PaperClass, Test], ...] = (
    (PaperClass.EMERGENCY, _emergency),
    (PaperClass.REGULATOR, _regulator),
    (PaperClass.CUSTODY_ESCORT, lambda s: s.custody_escort is YesNo.YES and not s.paper_shown),
    (PaperClass.NO_PAPER, lambda s: not s.paper_shown),
    (PaperClass.UNCLEAR_HOLD, _unclear),
    (PaperClass.JUDICIAL_SEARCH, lambda s: _judge_search(s) and not search_mismatches(s)),
    (PaperClass.JUDICIAL_SEARCH_QUERY, _judge_search),
    (
        PaperClass.JUDICIAL_CIVIL_ENTRY,
        lambda s: _court(s) and s.title is Title.ENTRY_OR_INSPECTION_WARRANT and s.signer_label is Signer.JUDGE,
    ),
    (PaperClass.JUDICIAL_ARREST, _court_arrest),
    (PaperClass.COURT_ORDER, _judge_order),
    (PaperClass.GRAND_JURY_SUBPOENA, lambda s: _court(s) and s.title is Title.GRAND_JURY_SUBPOENA),
    (PaperClass.COURT_SUBPOENA, lambda s: _court(s) and s.title is Title.SUBPOENA),
    (
        PaperClass.IMMIGRATION_COURT_PAPER,
        lambda s: s.top_heading is Heading.IMMIGRATION_COURT or s.signer_label is Signer.IMMIGRATION_JUDGE,
    ),
    (PaperClass.DHS_REMOVAL_WARRANT, _dhs(Title.WARRANT_OF_REMOVAL)),
    (PaperClass.DHS_ARREST_WARRANT, _dhs(Title.WARRANT_FOR_ARREST_OF_ALIEN)),
    (
        PaperClass.AGENCY_SUBPOENA,
        lambda s: s.top_heading in (Heading.DHS, Heading.OTHER_AGENCY) and s.title is Title.SUBPOENA,
    ),
    (
        PaperClass.DHS_OTHER,
        _dhs(Title.IMMIGRATION_DETAINER, Title.NOTICE_TO_APPEAR, Title.LETTER_OR_REQUEST),
    ),
    (PaperClass.EMPLOYER_NOTICE, lambda s: s.title is Title.NOTICE_OF_INSPECTION),
    (PaperClass.UNCLEAR_HOLD, lambda _: True),
)
