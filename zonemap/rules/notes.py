"""What is said beside an answer: doubts, overlays, how old the rules are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zonemap.model.assessment import Access, AccessZone, PackNote, PaperClass
from zonemap.model.paper import Agency, Heading, Observations, Shown, Signer, YesNo
from zonemap.rules.classify import paper_class, without_scene
from zonemap.rules.desk_words import words
from zonemap.rules.pack import FEDERAL, Basis, Pack, packs
from zonemap.rules.questions import UNSURE_MOST
from zonemap.rules.state_law import AccessTable, from_another_state, held_for_federal_judge

_SEARCHES = (PaperClass.JUDICIAL_SEARCH, PaperClass.JUDICIAL_SEARCH_QUERY)
_SUBPOENAS = (PaperClass.COURT_SUBPOENA, PaperClass.GRAND_JURY_SUBPOENA)


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer rests on, for the notes to read."""

    pack: Pack
    note: PackNote
    seen: Observations
    found: PaperClass
    access: AccessTable
    contested: bool

    @property
    def calm(self) -> bool:
        """Whether the class is not an emergency."""
        return self.found is not PaperClass.EMERGENCY


def notes(told: Told) -> tuple[str, ...]:
    """The sentences to show, the most urgent first."""
    values = {
        "date": f"{told.note.reviewed_on:%B} {told.note.reviewed_on.day}, {told.note.reviewed_on.year}",
        "place": told.note.stands_in_for,
        "state": told.pack.name,
        "exigency": told.pack.exigency,
        "paper": words()["classes"][paper_class(without_scene(told.seen))],
    }
    return tuple(words()["notes"][key].format(**values) for key, applies in _WHEN.items() if applies(told))


def duties(pack: Pack, found: PaperClass) -> tuple[str, ...]:
    """What the law of the place asks of the staff for such a paper, each with its citation."""
    return tuple(f"{duty.text} ({duty.citation})" for duty in pack.duties if duty.belongs_to(found))


def clock(told: Told) -> str:
    """How long a search warrant runs, and at what hours: by the court at its top, never by the place alone.

    Empty for another paper, and where it is not known.
    """
    if told.found not in _SEARCHES:
        return ""
    if told.seen.top_heading is Heading.FEDERAL_COURT:
        return packs()[FEDERAL].warrant_clock
    return told.pack.warrant_clock if told.pack.state else ""


def _in_doubt(told: Told) -> bool:
    return told.calm and YesNo.UNSURE in (told.seen.danger_now, told.seen.entering_now)


def _may_inspect(told: Told) -> bool:
    agencies = (Agency.REGULATOR, Agency.UNSURE)
    return told.seen.agency in agencies and told.seen.top_heading is Heading.OTHER_AGENCY and told.calm


def _asks_for_scope(told: Told) -> bool:
    held = told.found is PaperClass.COURT_ORDER and told.access[AccessZone.PRIVATE] is Access.HOLD_COUNSEL
    return told.pack.order_scope_required and (held or told.found is PaperClass.JUDICIAL_ARREST)


def _orders_records_alone(told: Told) -> bool:
    return told.found is PaperClass.COURT_ORDER and told.access[AccessZone.PRIVATE] is Access.NOT_BY_THIS_PAPER


_WHEN: dict[str, Callable[[Told], bool]] = {
    "stale": lambda told: told.note.stale,
    "emergency_line": _in_doubt,
    "many_unsure": lambda told: told.calm and told.seen.times_unsure >= UNSURE_MOST,
    "contested": lambda told: told.contested,
    "federal_only": lambda told: held_for_federal_judge(told.found, told.seen, told.pack),
    "order_scope": _asks_for_scope,
    "another_state": lambda told: from_another_state(told.found, told.seen, told.pack),
    "sealed_records": lambda told: told.pack.part2 and told.seen.asks_for_records,
    "exigency": lambda told: bool(told.pack.exigency) and not told.calm,
    "paper_under_emergency": lambda told: (
        not told.calm
        and told.seen.paper in (Shown.PAPER, Shown.ON_PHONE)
        and told.seen.top_heading is not Heading.UNSURE
    ),
    "records_only": _orders_records_alone,
    "escort": lambda told: told.seen.custody_escort is YesNo.YES and told.seen.paper_shown,
    "escort_in_doubt": lambda told: (
        told.seen.custody_escort is YesNo.UNSURE and "custody_escort" in told.seen.answered and told.calm
    ),
    "inspector_in_doubt": lambda told: told.found is not PaperClass.REGULATOR and _may_inspect(told),
    "judge_subpoena": lambda told: told.found in _SUBPOENAS and told.seen.signer_label is Signer.JUDGE,
    "no_id": lambda told: told.seen.id_shown is YesNo.NO,
    "stands_in": lambda told: bool(told.note.stands_in_for),
    "guidance": lambda told: told.pack.basis is Basis.GUIDANCE,
    "pending": lambda told: told.pack.basis is Basis.PENDING,
    "nothing_found": lambda told: told.pack.basis is Basis.NOTHING_FOUND,
}
