"""Several papers at one counter: each counts for what it covers, and the strictest duty leads (decision-facts 2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from zonemap.model.assessment import Access, AccessZone, Assessment, CallStep, Outcome, PaperClass
from zonemap.model.facility import ContactRole
from zonemap.rules.desk_words import words

_Each = TypeVar("_Each")

# What is mixed is a hold; a judge's paper comes before what permits nothing by itself.
_STRICTEST: tuple[Access, ...] = (
    Access.DO_NOT_BLOCK,
    Access.HOLD_COUNSEL,
    Access.HOLD,
    Access.RESPONDER_SCOPE_CHECK,
    Access.AS_ORDERED,
    Access.LISTED_VIA_RESPONDER,
    Access.NOT_BY_THIS_PAPER_CONTESTED,
    Access.COUNSEL,
    Access.WITH_PRISONER_ONLY,
    Access.TREATING_TEAM_ONLY,
    Access.NOT_BY_THIS_PAPER,
    Access.NOT_WITHOUT_PAPER,
    Access.NO_PATIENT_DATA,
    Access.NONE,
    Access.PER_STATUTE,
    Access.OPEN,
)
_LEADING: tuple[Outcome, ...] = (
    Outcome.EMERGENCY,
    Outcome.HOLD,
    Outcome.RESPONDER_NOW,
    Outcome.ESCORT,
    Outcome.NOT_BY_THIS_PAPER,
    Outcome.REGULATOR,
    Outcome.NO_PAPER,
)


def strictest(answers: Sequence[Assessment]) -> Assessment:
    """One answer from several, at least one: the leading one's words, everybody's calls, every class an overlay."""
    lead = min(answers, key=_rank)
    ordered = [lead, *(answer for answer in answers if answer is not lead)]
    return replace(
        lead,
        overlays=_overlays(lead, ordered),
        access=MappingProxyType({zone: _access(zone, ordered) for zone in AccessZone}),
        must_not=_once(line for answer in ordered for line in answer.must_not),
        call=_calls(ordered),
        notes=_once((words()["notes"]["more_papers"], *(note for answer in ordered for note in answer.notes))),
        duties=_once(line for answer in ordered for line in answer.duties),
        citations=_once(line for answer in ordered for line in answer.citations),
        arrest_in_public=_arrest(ordered),
        contested=any(answer.contested for answer in ordered),
        ask_responder_at_once=any(answer.ask_responder_at_once for answer in ordered),
    )


def _rank(answer: Assessment) -> tuple[int, int]:
    strictest_access = min(_STRICTEST.index(access) for access in answer.access.values())
    return _LEADING.index(answer.outcome), strictest_access


def _access(zone: AccessZone, answers: Iterable[Assessment]) -> Access:
    return min((answer.access[zone] for answer in answers), key=_STRICTEST.index)


def _calls(answers: Iterable[Assessment]) -> tuple[CallStep, ...]:
    """Each role once, where the leading answer calls it; then those that only the others call."""
    steps: dict[ContactRole, CallStep] = {}
    for answer in answers:
        for step in answer.call:
            steps.setdefault(step.role, step)
    return tuple(steps.values())


def _overlays(lead: Assessment, answers: Iterable[Assessment]) -> tuple[PaperClass, ...]:
    found = [each for answer in answers for each in (answer.paper_class, *answer.overlays)]
    return tuple(each for each in dict.fromkeys(found) if each is not lead.paper_class)


def _arrest(answers: Sequence[Assessment]) -> str:
    """What each paper says of an arrest in a public area, each with the paper it belongs to."""
    said = {answer.paper_class: answer.arrest_in_public for answer in answers}
    text, *others = dict.fromkeys(said.values())
    return " ".join(f"{words()['classes'][found]}: {text}" for found, text in said.items()) if others else text


def _once(each: Iterable[_Each]) -> tuple[_Each, ...]:
    return tuple(dict.fromkeys(each))
