"""Observations to an answer: total and pure. It reports what a paper shows and never opens a door by itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from zonemap.model.assessment import (
    Access,
    AccessZone,
    Assessment,
    CallStep,
    Confidence,
    Outcome,
    PaperClass,
    Reason,
)
from zonemap.model.facility import ContactRole
from zonemap.model.paper import Heading, Observations, Shown, YesNo, observations_document
from zonemap.rules.access import access_for, rows
from zonemap.rules.classify import conflict, paper_class, read, search_mismatches, without_scene
from zonemap.rules.pack import Pack
from zonemap.rules.questions import UNSURE_MOST, questions

_DECIDING = ("top_heading", "title", "signer_label")
_OUTCOME_OF = {
    Access.HOLD_COUNSEL: Outcome.HOLD,
    Access.NOT_BY_THIS_PAPER: Outcome.NOT_BY_THIS_PAPER,
    Access.WITH_PRISONER_ONLY: Outcome.ESCORT,
}
_STRICTEST = (  # which answer leads when several papers lie on the counter
    Outcome.EMERGENCY,
    Outcome.HOLD,
    Outcome.RESPONDER_NOW,
    Outcome.ESCORT,
    Outcome.REGULATOR,
    Outcome.NOT_BY_THIS_PAPER,
    Outcome.NO_PAPER,
)


@cache
def words() -> Mapping[str, Any]:
    """The desk's texts (wording/desk.toml)."""
    return tomllib.loads((files("zonemap.rules") / "wording" / "desk.toml").read_text("utf-8"))


def assess(pack: Pack, observations: Observations, *, today: date) -> Assessment:
    """The answer for one paper (or none), by decision-facts sections 2, 3 and 5, as the pack changes it."""
    seen = read(observations)
    found = paper_class(seen)
    note = pack.note(today)
    row, texts = rows()[found], words()
    access = access_for(found, seen, pack, stale=note.stale)
    outcome = _outcome(Outcome(row["outcome"]), access)
    script = row["script"] if outcome is not Outcome.HOLD or row["outcome"] == "hold" else "S2"
    contested = Access.NOT_BY_THIS_PAPER_CONTESTED in access.values() or row["confidence"] == "contested"
    return Assessment(
        paper_class=found,
        overlays=_overlays(found, seen),
        access=access,
        outcome=outcome,
        headline=texts["headlines"][outcome],
        summary=(texts["classes"][found] + ".", texts["access"][access[AccessZone.PRIVATE]] + "."),
        script=script,
        say=(texts["first"], *texts["scripts"][script]),
        must_not=tuple(texts["lists"]["must_not"]),
        may=tuple(texts["lists"]["may"]),
        call=tuple(CallStep(ContactRole(role), texts["roles"][role]) for role in row["call"]),
        arrest_in_public=row["arrest"],
        notes=_notes(pack, seen, found, access, contested=contested, stale=note.stale),
        citations=tuple(dict.fromkeys((*row["citations"], *pack.citations))),
        decided_by=_decided_by(found, seen),
        would_change=tuple(row["change"]),
        confidence=Confidence(row["confidence"]),
        contested=contested,
        ask_responder_at_once=_unsure(seen) >= UNSURE_MOST,
        pack=note,
    )


def assess_all(pack: Pack, papers: Sequence[Observations], *, today: date) -> Assessment:
    """Several papers of one visit: each by itself, every class an overlay, the strictest duty leads.

    The strictest is a hold over the responder over a refusal; each paper applies only to what it covers.
    """
    answers = [assess(pack, paper, today=today) for paper in papers]
    lead = min(answers, key=lambda answer: _STRICTEST.index(answer.outcome))
    others = [answer.paper_class for answer in answers if answer is not lead]
    overlays = dict.fromkeys((*lead.overlays, *others, *(word for a in answers for word in a.overlays)))
    overlays.pop(lead.paper_class, None)
    notes = lead.notes if len(answers) == 1 else (*lead.notes, words()["notes"]["more_papers"])
    return replace(lead, overlays=tuple(overlays), notes=notes)


def _outcome(given: Outcome, access: Mapping[AccessZone, Access]) -> Outcome:
    """The row's headline, unless a refinement changed what the private zone shows."""
    if given in (Outcome.NOT_BY_THIS_PAPER, Outcome.RESPONDER_NOW, Outcome.HOLD):
        return _OUTCOME_OF.get(access[AccessZone.PRIVATE], given)
    return given


def _overlays(found: PaperClass, seen: Observations) -> tuple[PaperClass, ...]:
    overlays: list[PaperClass] = []
    if found is PaperClass.EMERGENCY and seen.paper in (Shown.PAPER, Shown.ON_PHONE):
        overlays.append(paper_class(without_scene(seen)))
    if seen.custody_escort is YesNo.YES and seen.paper_shown:
        overlays.append(PaperClass.CUSTODY_ESCORT)
    return tuple(overlays)


def _unsure(seen: Observations) -> int:
    """How many of the five deciding observations of a shown paper could not be told."""
    if not seen.paper_shown:
        return 0
    five = ("top_heading", "title", "signer_label", "signed", "names_this_place")
    return sum(getattr(seen, key) == "unsure" for key in five)


def _notes(
    pack: Pack,
    seen: Observations,
    found: PaperClass,
    access: Mapping[AccessZone, Access],
    *,
    contested: bool,
    stale: bool,
) -> tuple[str, ...]:
    texts = words()["notes"]
    calm = found is not PaperClass.EMERGENCY
    state_judge = pack.federal_only_judge and seen.top_heading is Heading.STATE_COURT
    subpoena = found in (PaperClass.COURT_SUBPOENA, PaperClass.GRAND_JURY_SUBPOENA)
    told = {
        "stale": stale,
        "emergency_line": calm and YesNo.UNSURE in (seen.danger_now, seen.entering_now),
        "many_unsure": _unsure(seen) >= UNSURE_MOST,
        "contested": contested,
        "escort": seen.custody_escort is YesNo.YES and seen.paper_shown,
        "federal_only": state_judge and access[AccessZone.PRIVATE] is Access.HOLD_COUNSEL,
        "order_scope": pack.order_scope_required and access[AccessZone.PRIVATE] is not Access.OPEN,
        "judge_subpoena": subpoena and seen.signer_label == "judge",
        "employer": found is PaperClass.EMPLOYER_NOTICE,
    }
    return tuple(texts[key].format(date=pack.reviewed_on.isoformat()) for key, say in told.items() if say)


def _decided_by(found: PaperClass, seen: Observations) -> tuple[Reason, ...]:
    if found is PaperClass.EMERGENCY:
        return _reasons(seen, *(key for key in ("danger_now", "entering_now") if getattr(seen, key) == "yes"))
    if found is PaperClass.REGULATOR:
        return _reasons(seen, "agency", "top_heading")
    if found in (PaperClass.NO_PAPER, PaperClass.CUSTODY_ESCORT):
        return _reasons(seen, "paper", *(("custody_escort",) if found is PaperClass.CUSTODY_ESCORT else ()))
    clash = conflict(seen)
    if clash:
        return (Reason("conflict", "yes", clash),)
    if found is PaperClass.JUDICIAL_SEARCH_QUERY:
        return _reasons(seen, *_DECIDING, *search_mismatches(seen))
    return _reasons(seen, *_DECIDING)


def _reasons(seen: Observations, *keys: str) -> tuple[Reason, ...]:
    document = observations_document(seen)
    return tuple(Reason(key, document[key], f"{questions()[key].text} {_label(key, document[key])}.") for key in keys)


def _label(key: str, value: str) -> str:
    return next((option.label for option in questions()[key].options if option.value == value), "Not shown")
