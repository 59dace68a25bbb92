"""Why an answer is as it is: the two or three observations that decided it, in words."""

from __future__ import annotations

from zonemap.model.assessment import Access, AccessZone, PaperClass, Reason
from zonemap.model.paper import Observations, Signer, YesNo, plain_value
from zonemap.rules.classify import UNCLEAR_HEADINGS, UNCLEAR_TITLES, conflict, search_mismatches
from zonemap.rules.desk_words import words
from zonemap.rules.pack import Pack
from zonemap.rules.question_texts import meaning, questions
from zonemap.rules.state_law import ELSEWHERE, AccessTable

REASONS_MOST = 3
_PAPER = ("top_heading", "title", "signer_label")
_BY_CLASS: dict[PaperClass, tuple[str, ...]] = {
    PaperClass.REGULATOR: ("agency", "top_heading", "wants"),
    PaperClass.CUSTODY_ESCORT: ("custody_escort", "paper"),
    PaperClass.NO_PAPER: ("paper",),
    PaperClass.JUDICIAL_SEARCH: ("title", "signer_label", "covers_area_wanted"),
}


def decided_by(found: PaperClass, seen: Observations, access: AccessTable, pack: Pack) -> tuple[Reason, ...]:
    """At most three observations, the strongest first, as key, value and words."""
    clash = conflict(seen)
    if found is PaperClass.UNCLEAR_HOLD and clash and seen.paper_shown:
        return (Reason("conflict", clash, words()["conflicts"][clash], words()["so"]["conflict"]),)
    held = found is PaperClass.COURT_ORDER and access[AccessZone.PRIVATE] is Access.HOLD_COUNSEL
    keys = _held_order(seen, pack) if held else _keys(found, seen)
    return tuple(reason(key, seen) for key in keys[:REASONS_MOST])


def _keys(found: PaperClass, seen: Observations) -> tuple[str, ...]:
    if found is PaperClass.EMERGENCY:
        return tuple(key for key in ("danger_now", "entering_now") if getattr(seen, key) is YesNo.YES)
    if found is PaperClass.JUDICIAL_SEARCH_QUERY:
        return ("title", *search_mismatches(seen))
    if found is PaperClass.UNCLEAR_HOLD:
        return _unclear(seen)
    return _BY_CLASS.get(found, _PAPER)


def _held_order(seen: Observations, pack: Pack) -> tuple[str, ...]:
    """A judge's order that is held: nobody can say what they ask for, or the law of the state asks for more."""
    if seen.wants_in_doubt:
        return ("title", "signer_label", "wants")
    if pack.order_scope_required and seen.covers_area_wanted is not YesNo.YES:
        return ("title", "covers_area_wanted")
    if pack.order_scope_required and seen.names_this_place in ELSEWHERE:
        return ("title", "names_this_place")
    return ("title", "top_heading", "agency")


def _unclear(seen: Observations) -> tuple[str, ...]:
    """What could not be told; where everything could, the paper itself, which no rule knows."""
    if not seen.paper_shown:
        return ("agency", "wants")
    doubtful = {
        "top_heading": seen.top_heading in UNCLEAR_HEADINGS,
        "title": seen.title in UNCLEAR_TITLES,
        "signer_label": seen.signer_label is Signer.UNSURE,
        "readable": seen.readable is not YesNo.YES,
    }
    return tuple(key for key, doubt in doubtful.items() if doubt) or _PAPER


def reason(key: str, seen: Observations) -> Reason:
    """One observation in words, and what follows from it."""
    value = plain_value(seen, key)
    values = value if isinstance(value, list) else [value]
    question = questions()[key]
    said = ", ".join(question.label(each) for each in values)
    so = next((text for text in (meaning(key, each) for each in values) if text), "")
    return Reason(key, ", ".join(values), f"{question.short}: {said}", so)
