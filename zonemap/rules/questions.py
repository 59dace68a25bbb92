"""Which question comes next: only one that can still change the class or the access; the scene, then the paper.

Some questions answer several things at once, to save taps at the counter. The scene is one question, whose answers fill
different keys; what they show is among them, and says that none of the rest is true. *Yes* to the area says that our
address is named, a last day that is kept says so of the hours, all pages say that it is signed and readable, and a
paper whose heading, title and signer could be told was readable. ``observed`` is the one place that draws these
conclusions; an answer of its own always wins over them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import Any

from zonemap.model.paper import (
    KINDS,
    Agency,
    Court,
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
    observations_from,
)
from zonemap.rules.access import access_for
from zonemap.rules.classify import (
    A_PERSON,
    ARREST_SIGNERS,
    SEARCH_TITLES,
    UNCLEAR_HEADINGS,
    UNCLEAR_TITLES,
    Predicate,
    conflict,
    from_court,
    is_emergency,
    paper_class,
    read,
    search_mismatches,
)
from zonemap.rules.pack import Pack
from zonemap.rules.question_texts import (
    SCENE_KEYS,
    UNSURE,
    Option,
    Question,
    heading_by_state,
    questions,
    scene_question,
)

__all__ = ["SCENE_KEYS", "UNSURE", "UNSURE_MOST", "Option", "Question", "next_question", "observed", "questions"]
__all__ += ["scene_question", "unsure_count"]

UNSURE_MOST = 3  # decision-facts 5, rule 3: then the responder, not another question

_SPEAKS_FOR: Mapping[str, str] = MappingProxyType({"court": "top_heading"})
_SEARCH_PARTS = frozenset({"all_pages", "covers_area_wanted", "execute_by"})
_ASKED_LAST = ("agency", "wants", "covers_area_wanted", "lists_records")
_TO_TRY: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        "agency": (Agency.ICE, Agency.OTHER),
        "wants": (frozenset({Want.RECORDS}), frozenset({Want.OTHER}), frozenset({Want.RECORDS, Want.OTHER})),
        "covers_area_wanted": (YesNo.YES, YesNo.NO),
        "lists_records": (YesNo.YES, YesNo.NO),
    }
)


def observed(answers: Mapping[str, Any]) -> Observations:
    """What was seen, from the answers and what they say without a question of their own. Raises Invalid."""
    seen = observations_from(answers)
    if seen.court in (Court.THIS_STATE, Court.ANOTHER_STATE) and "top_heading" not in answers:
        seen = changed(seen, {"top_heading": Heading.STATE_COURT})
    implied = {key: said for key, said in _implied(seen).items() if key not in answers}
    return changed(seen, implied) if implied else seen


def _implied(seen: Observations) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if "paper" in seen.answered and not seen.answered & set(SCENE_KEYS):  # the first that is true was what they show
        said |= dict.fromkeys(SCENE_KEYS, YesNo.NO)
    if seen.danger_now is YesNo.NO:  # none of these
        said |= {"entering_now": YesNo.NO, "custody_escort": YesNo.NO}
    if seen.custody_escort is YesNo.YES:
        said |= {"danger_now": YesNo.NO, "entering_now": YesNo.NO}
    if seen.covers_area_wanted is YesNo.YES:
        said["names_this_place"] = "yes"
    if seen.execute_by in (Stated.YES, Stated.NONE_STATED):
        said["hours_ok"] = seen.execute_by
    if seen.all_pages is YesNo.YES:
        said |= {"signed": YesNo.YES, "readable": YesNo.YES}
    if _could_be_told(seen) and not _judges(seen, Title.ORDER):
        said["readable"] = YesNo.YES
    return {key: KINDS[key](value) for key, value in said.items()}


def _could_be_told(seen: Observations) -> bool:
    return (
        seen.top_heading not in (*UNCLEAR_HEADINGS, Heading.NONE_SHOWN)
        and seen.title not in (Title.UNSURE, Title.NONE_SHOWN)
        and seen.signer_label not in (Signer.UNSURE, Signer.NONE_SHOWN)
    )


def unsure_count(answers: Mapping[str, Any]) -> int:
    """How many questions were answered with *I can't tell*."""
    return sum(1 for value in answers.values() if value == UNSURE or list(value) == [UNSURE])


def next_question(pack: Pack, answers: Mapping[str, Any]) -> Question | None:
    """The next question; None where nothing that could be asked changes the answer, or three are unsure.

    ``answers`` maps observation keys to values, ``wants`` to a list. Raises Invalid for a key or value of neither.
    """
    if unsure_count(answers) >= UNSURE_MOST:
        return None
    if not answers.keys() & {*SCENE_KEYS, "paper"}:
        return scene_question()
    asked = frozenset(answers) | ({"top_heading"} & {_SPEAKS_FOR.get(key) for key in answers})
    visit = _Visit(pack, read(observed(answers)), asked, {})
    key = next((key for key, needed in _FLOW if key not in asked and needed(visit)), None)
    if key == "top_heading" and pack.own_courts_only:
        return heading_by_state()
    return None if key is None else questions()[key]


# --- when a question can still change the answer ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Visit:
    """What is known so far: the observations, and which of them somebody was asked."""

    pack: Pack
    seen: Observations
    asked: frozenset[str]
    tried: dict[tuple[Any, ...], tuple[Any, ...]]  # by the answers tried, class and access: the questions try the same

    @property
    def calm(self) -> bool:
        return not is_emergency(self.seen)

    @property
    def inspector(self) -> bool:
        """Whether what they ask for decides between an inspection and a paper like any other."""
        return self.seen.agency is Agency.REGULATOR and self.seen.top_heading is Heading.OTHER_AGENCY

    @property
    def paper(self) -> bool:
        """Whether there is a paper that still has to be read: not an inspector's, who comes for no person."""
        by_statute = self.inspector and not self.seen.wants & A_PERSON
        return self.calm and self.seen.paper_shown and not by_statute

    @property
    def headed(self) -> bool:
        return self.paper and self.seen.top_heading not in UNCLEAR_HEADINGS

    @property
    def titled(self) -> bool:
        return self.headed and self.seen.title not in UNCLEAR_TITLES and not conflict(self.seen)

    @property
    def read(self) -> bool:
        """Whether heading, title and signer are known and fit together, so that the paper has its kind."""
        return self.titled and self.seen.signer_label is not Signer.UNSURE


Needed = Callable[[_Visit], bool]


def _agency(visit: _Visit) -> bool:
    return visit.paper and visit.seen.top_heading is Heading.OTHER_AGENCY


def _whole(visit: _Visit) -> bool:
    """Signed, all pages, readable: of a search warrant, and of an order, whose body may reach further."""
    return _part_of_search(visit) or (visit.read and _judges(visit.seen, Title.ORDER))


def _signed(visit: _Visit) -> bool:
    """The signature alone, of the two kinds of warrant where it matters."""
    if visit.seen.title not in _SIGNATURE_MATTERS or not visit.read:
        return False
    return _SIGNATURE_MATTERS[visit.seen.title](visit.seen)


def _of_arrest(seen: Observations) -> bool:
    """Whether an arrest warrant's class hangs on the signature: where it is no court's at all, it is a hold anyway."""
    if from_court(seen):
        return seen.signer_label in ARREST_SIGNERS
    return seen.top_heading is Heading.IMMIGRATION_COURT or seen.signer_label is Signer.IMMIGRATION_JUDGE


_SIGNATURE_MATTERS: Mapping[Title, Predicate] = MappingProxyType(
    {
        Title.ARREST_WARRANT: _of_arrest,
        Title.ENTRY_OR_INSPECTION_WARRANT: lambda seen: _judges(seen, Title.ENTRY_OR_INSPECTION_WARRANT),
    }
)


def _judges(seen: Observations, *titles: Title) -> bool:
    """Whether it could be a judge's paper that opens something; not so where nobody can say that there is one."""
    there = seen.paper in (Shown.PAPER, Shown.ON_PHONE)
    return there and from_court(seen) and seen.title in titles and seen.signer_label is Signer.JUDGE


def _part_of_search(visit: _Visit) -> bool:
    """The next part of a search warrant, as long as every part that was asked fits."""
    if not visit.read or not _judges(visit.seen, *SEARCH_TITLES):
        return False
    return not visit.asked & _SEARCH_PARTS & set(search_mismatches(visit.seen))


def _last(key: str) -> Needed:
    """A question about what is asked for or listed: whether it can change the table, whatever the others are."""

    def needed(visit: _Visit) -> bool:
        if not visit.read:
            return False
        open_ones = [[(each, value) for value in _TO_TRY[each]] for each in _ASKED_LAST if each not in visit.asked]
        return any(_changes(visit, dict(answers), key) for answers in product(*open_ones))

    return needed


def _changes(visit: _Visit, answers: dict[str, Any], key: str) -> bool:
    """Whether the class or the access differs between two answers to one question, the others being as given."""
    return len({_tried(visit, {**answers, key: value}) for value in _TO_TRY[key]}) > 1


def _tried(visit: _Visit, answers: dict[str, Any]) -> tuple[Any, ...]:
    """The class and the access with those answers among the last questions."""
    name = tuple(answers.get(each) for each in _ASKED_LAST)
    if name not in visit.tried:
        seen = changed(visit.seen, {**_address(answers), **answers})
        found = paper_class(seen)
        visit.tried[name] = (found, *access_for(found, seen, visit.pack, stale=False).values())
    return visit.tried[name]


def _address(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Who says that the area is named says so of our address as well (``observed``): the two are one question."""
    return {"names_this_place": Place.YES} if answers.get("covers_area_wanted") is YesNo.YES else {}


_FLOW: tuple[tuple[str, Needed], ...] = (
    ("paper", lambda visit: visit.calm),
    ("top_heading", lambda visit: visit.paper),
    ("agency", _agency),
    ("wants", lambda visit: visit.calm and visit.inspector),
    ("title", lambda visit: visit.headed),
    ("signer_label", lambda visit: visit.titled),
    ("signed", _signed),
    ("all_pages", _whole),
    ("covers_area_wanted", _part_of_search),
    ("execute_by", _part_of_search),
    ("agency", _last("agency")),
    ("wants", _last("wants")),
    ("covers_area_wanted", _last("covers_area_wanted")),
    ("lists_records", _last("lists_records")),
)
