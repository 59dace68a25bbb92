"""Which question comes next: only one that can still change the class or the access; the scene, then the paper."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from zonemap.model.assessment import Access, AccessZone, PaperClass
from zonemap.model.paper import Agency, Heading, Observations, Title, Want, YesNo, observations_from
from zonemap.rules.access import access_for
from zonemap.rules.classify import conflict, paper_class, read, search_mismatches
from zonemap.rules.pack import Pack

UNSURE_LABEL = "I can't tell"
UNSURE_MOST = 3  # decision-facts 5.3: then the responder, not another question
_SEARCH_KEYS = ("signed", "names_this_place", "covers_area_wanted", "all_pages", "execute_by", "hours_ok")
_REFUSALS = (Access.NOT_BY_THIS_PAPER, Access.NOT_BY_THIS_PAPER_CONTESTED)

Asked = Callable[[Pack, Observations, frozenset[str]], bool]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer. ``unsure`` is always among them and is never chosen beforehand."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the desk. ``specimen`` names the spot to frame on a drawing of a paper."""

    key: str
    text: str
    look: str
    options: tuple[Option, ...]
    several: bool = False
    specimen: str = ""


@cache
def questions() -> Mapping[str, Question]:
    """Every question by key, *I can't tell* last."""
    text = (files("zonemap.rules") / "wording" / "questions.toml").read_text("utf-8")
    return {key: _question(key, value) for key, value in tomllib.loads(text).items()}


def next_question(pack: Pack, answers: Mapping[str, Any]) -> Question | None:
    """The next question, or None where nothing that could be asked changes the answer, or three are unsure."""
    if unsure_count(answers) >= UNSURE_MOST:
        return None
    seen = read(observations_from(answers))
    given = frozenset(answers)
    key = next((key for key, asked in _FLOW if key not in given and asked(pack, seen, given)), None)
    return None if key is None else questions()[key]


def unsure_count(answers: Mapping[str, Any]) -> int:
    """How many questions were answered with *I can't tell*."""
    return sum(1 for value in answers.values() if value == "unsure" or value == ["unsure"])


def _question(key: str, value: Mapping[str, Any]) -> Question:
    options = tuple(Option(name, label) for name, label in value["options"].items())
    return Question(
        key,
        value["text"],
        value["look"],
        (*options, Option("unsure", UNSURE_LABEL)),
        key == "wants",
        value.get("specimen", ""),
    )


def _calm(_pack: Pack, seen: Observations, _given: frozenset[str]) -> bool:
    return YesNo.YES not in (seen.danger_now, seen.entering_now)


def _paper(pack: Pack, seen: Observations, given: frozenset[str]) -> bool:
    return _calm(pack, seen, given) and seen.paper_shown and not _inspector(seen)


def _inspector(seen: Observations) -> bool:
    return paper_class(seen) is PaperClass.REGULATOR


def _headed(pack: Pack, seen: Observations, given: frozenset[str]) -> bool:
    return _paper(pack, seen, given) and seen.top_heading not in (Heading.UNSURE, Heading.FOREIGN_LANGUAGE)


def _titled(pack: Pack, seen: Observations, given: frozenset[str]) -> bool:
    unclear = (Title.UNSURE, Title.OTHER, Title.APPLICATION_OR_AFFIDAVIT)
    return _headed(pack, seen, given) and seen.readable is YesNo.YES and seen.title not in unclear


def _classed(pack: Pack, seen: Observations, given: frozenset[str]) -> bool:
    return _titled(pack, seen, given) and "signer_label" in given and not conflict(seen)


def _in_court(seen: Observations, *titles: Title) -> bool:
    return seen.top_heading in (Heading.FEDERAL_COURT, Heading.STATE_COURT) and seen.title in titles


def _needs_signature(pack: Pack, seen: Observations, given: frozenset[str]) -> bool:
    signed_titles = (
        Title.SEARCH_WARRANT,
        Title.SEARCH_AND_SEIZURE_WARRANT,
        Title.ARREST_WARRANT,
        Title.ORDER,
    )
    could_arrest = seen.title is Title.ARREST_WARRANT
    return _classed(pack, seen, given) and (_in_court(seen, *signed_titles) or could_arrest)


def _search_part(key: str) -> Asked:
    def asked(pack: Pack, seen: Observations, given: frozenset[str]) -> bool:
        if not _classed(pack, seen, given):
            return False
        if paper_class(seen) not in (PaperClass.JUDICIAL_SEARCH, PaperClass.JUDICIAL_SEARCH_QUERY):
            return False
        return key in search_mismatches(seen) and not any(part in given for part in search_mismatches(seen))

    return asked


def _scope_of_order(pack: Pack, seen: Observations, given: frozenset[str]) -> bool:
    return pack.order_scope_required and _is(seen, PaperClass.COURT_ORDER) and _paper(pack, seen, given)


def _is(seen: Observations, *classes: PaperClass) -> bool:
    return paper_class(seen) in classes


def _wants(pack: Pack, seen: Observations, given: frozenset[str]) -> bool:
    if not _calm(pack, seen, given):
        return False
    if seen.agency is Agency.REGULATOR and seen.top_heading is Heading.OTHER_AGENCY:
        return True
    return _paper(pack, seen, given) and _is(
        seen, PaperClass.COURT_ORDER, PaperClass.IMMIGRATION_COURT_PAPER, PaperClass.DHS_OTHER
    )


def _agency(pack: Pack, seen: Observations, given: frozenset[str]) -> bool:
    if not _paper(pack, seen, given):
        return False
    return seen.top_heading is Heading.OTHER_AGENCY or (
        pack.federal_only_judge and seen.top_heading is Heading.STATE_COURT
    )


def _lists_records(pack: Pack, seen: Observations, given: frozenset[str]) -> bool:
    if not _paper(pack, seen, given):
        return False
    if _is(seen, PaperClass.COURT_ORDER):
        return Want.RECORDS in seen.wants
    return _is(seen, PaperClass.JUDICIAL_SEARCH)


def _escort(pack: Pack, seen: Observations, given: frozenset[str]) -> bool:
    if not _calm(pack, seen, given) or _inspector(seen):
        return False
    if not seen.paper_shown:
        return True
    table = access_for(paper_class(seen), seen, pack, stale=False)
    return "signer_label" in given and table[AccessZone.PRIVATE] in (*_REFUSALS, Access.WITH_PRISONER_ONLY)


_FLOW: tuple[tuple[str, Asked], ...] = (
    ("danger_now", _calm),
    ("entering_now", _calm),
    ("paper", _calm),
    ("top_heading", _paper),
    ("agency", _agency),
    ("readable", _headed),
    ("title", lambda pack, seen, given: _headed(pack, seen, given) and seen.readable is YesNo.YES),
    ("signer_label", _titled),
    ("signed", _needs_signature),
    *((key, _search_part(key)) for key in _SEARCH_KEYS[1:]),
    ("wants", _wants),
    ("covers_area_wanted", _scope_of_order),
    ("lists_records", _lists_records),
    ("custody_escort", _escort),
)


def flow_keys() -> Iterable[str]:
    """The keys that the desk may ask, in order."""
    return dict.fromkeys(key for key, _ in _FLOW)
