"""Observations to an answer: total and pure. It reports what a paper shows and never opens a door by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from zonemap.model.assessment import (
    Access,
    AccessZone,
    Assessment,
    CallStep,
    Outcome,
    PaperClass,
)
from zonemap.model.facility import ContactRole
from zonemap.model.paper import Agency, Heading, Observations, Shown, YesNo
from zonemap.rules.access import access_for, is_contested, rows
from zonemap.rules.classify import conflict, paper_class, read, search_mismatches, without_scene
from zonemap.rules.desk_words import listed, must_not_texts, why_call, words
from zonemap.rules.notes import Told, clock, duties, notes
from zonemap.rules.pack import FEDERAL, Pack, packs
from zonemap.rules.questions import UNSURE_MOST
from zonemap.rules.reasons import decided_by
from zonemap.rules.state_law import AccessTable
from zonemap.rules.strictest import strictest

__all__ = ["assess", "assess_all", "together", "words"]

_ASKED_TOGETHER = {
    "all_pages": ("signed",),
    "covers_area_wanted": ("names_this_place",),
    "execute_by": ("hours_ok",),
}
_NEVER_HEADED_ANEW = (Outcome.EMERGENCY, Outcome.REGULATOR, Outcome.NO_PAPER)


def assess(pack: Pack, observations: Observations, *, today: date) -> Assessment:
    """The answer for one paper (or none), by decision-facts sections 2, 3 and 5, as the pack changes it."""
    seen = read(observations)
    found = paper_class(seen)
    note = pack.note(today)
    access = access_for(found, seen, pack, stale=note.stale)
    outcome = _outcome(found, access)
    script = _script(found, outcome)
    told = Told(pack, note, seen, found, access, _is_contested(found, access, pack))
    return Assessment(
        paper_class=found,
        overlays=_overlays(found, seen),
        access=access,
        outcome=outcome,
        headline=words()["headlines"][outcome],
        summary=_summary(found, seen),
        script=script,
        say=_say(found, script, seen),
        must_not=(*must_not_texts(found), *pack.must_not, *pack.own_must_not),
        may=tuple(words()["lists"]["may"]),
        call=tuple(CallStep(role, why_call(found, role)) for role in _roles(found, seen)),
        arrest_in_public=words()["arrest"][found],
        notes=notes(told),
        duties=(*duties(pack, found), *filter(None, (clock(told),))),
        citations=_citations(found, pack),
        decided_by=decided_by(found, seen, access, pack),
        would_change=tuple(words()["change"][found]),
        confidence=pack.confidence.get(found, rows()[found].confidence),
        contested=told.contested,
        ask_responder_at_once=seen.times_unsure >= UNSURE_MOST,
        pack=note,
    )


def assess_all(pack: Pack, papers: Sequence[Observations], *, today: date) -> Assessment:
    """Several papers of one visit: each by itself, every class an overlay, the strictest duty leads.

    Each paper counts only for what it covers, so a zone gets the strictest access that one of them shows: a hold before
    the responder before a refusal. ``papers`` holds at least one, the scene is the same in all.
    """
    return together([assess(pack, paper, today=today) for paper in papers])


def together(answers: Sequence[Assessment]) -> Assessment:
    """The answer of a visit from those of its papers, at least one."""
    return strictest(answers) if answers[1:] else answers[0]


def _outcome(found: PaperClass, access: AccessTable) -> Outcome:
    """The word at the head: the row's own, but a hold where the private zone is held, and the escort where it is so."""
    own = rows()[found].outcome
    if own in _NEVER_HEADED_ANEW:
        return own
    if access[AccessZone.PRIVATE] is Access.HOLD_COUNSEL:
        return Outcome.HOLD
    return Outcome.ESCORT if access[AccessZone.PRIVATE] is Access.WITH_PRISONER_ONLY else own


def _script(found: PaperClass, outcome: Outcome) -> str:
    """The row's script; the words of a hold where something else than the class holds it."""
    row = rows()[found]
    return "S2" if outcome is Outcome.HOLD and row.outcome is not Outcome.HOLD else row.script


def _say(found: PaperClass, script: str, seen: Observations) -> tuple[str, ...]:
    texts, more = words(), words()["say_more"]
    lines = [texts["first"], *texts["scripts"][script]]
    if found is PaperClass.JUDICIAL_SEARCH_QUERY:
        parts = tuple(texts["mismatch"][key] for key in _said_to_be_open(seen))
        lines.append(more["mismatch"].format(parts=listed(parts)))
    if _escorted(seen):
        lines += texts["scripts"]["S7"]
    if seen.paper in (Shown.ON_PHONE, Shown.VERBAL_ONLY) and found is not PaperClass.EMERGENCY:
        lines.append(more[seen.paper])
    return tuple(lines)


def _said_to_be_open(seen: Observations) -> tuple[str, ...]:
    """The parts that somebody looked for and did not find; all that are open where nobody looked for one."""
    found = search_mismatches(seen)
    asked = {*seen.answered, *(part for key in seen.answered for part in _ASKED_TOGETHER.get(key, ()))}
    return tuple(key for key in found if key in asked) or found


def _summary(found: PaperClass, seen: Observations) -> tuple[str, ...]:
    first = f"{words()['classes'][found]}."
    clash = conflict(seen) if found is PaperClass.UNCLEAR_HOLD and seen.paper_shown else ""
    named = (f"{words()['conflicts'][clash]}.",) if clash else ()
    return (first, *named, *words()["summary"][found][1 if clash else 0 :])


def _escorted(seen: Observations) -> bool:
    return seen.custody_escort is YesNo.YES and seen.paper_shown


def _overlays(found: PaperClass, seen: Observations) -> tuple[PaperClass, ...]:
    """What stands beside the class: the paper under an emergency, the escort beside a paper (2.3)."""
    shown = seen.paper in (Shown.PAPER, Shown.ON_PHONE)
    under = (paper_class(without_scene(seen)),) if found is PaperClass.EMERGENCY and shown else ()
    return (*under, *((PaperClass.CUSTODY_ESCORT,) if _escorted(seen) else ()))


def _roles(found: PaperClass, seen: Observations) -> Iterable[ContactRole]:
    """Whom to call, in order: the row's roles, then those whom something else about the visit asks for."""
    may_inspect = seen.agency in (Agency.REGULATOR, Agency.UNSURE) and seen.top_heading is Heading.OTHER_AGENCY
    asked_of_escort = "custody_escort" in seen.answered and found is not PaperClass.EMERGENCY
    in_custody = asked_of_escort and seen.custody_escort is not YesNo.NO
    wanted = {
        ContactRole.CHARGE_NURSE: in_custody,
        ContactRole.COMPLIANCE_OFFICER: may_inspect,
        ContactRole.PRIVACY_OFFICER: seen.asks_for_records,
    }
    return dict.fromkeys((*rows()[found].call, *(role for role, asked in wanted.items() if asked)))


def _citations(found: PaperClass, pack: Pack) -> tuple[str, ...]:
    """The federal lines of the class, then those of the state's own pack; each once."""
    return tuple(dict.fromkeys((*packs()[FEDERAL].cited(found), *pack.cited(found))))


def _is_contested(found: PaperClass, access: Mapping[AccessZone, Access], pack: Pack) -> bool:
    return is_contested(found, pack) or Access.NOT_BY_THIS_PAPER_CONTESTED in access.values()
