"""What the desk answers: the class of the paper, the access it shows per zone, what to say, whom to call, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zonemap.model.facility import ContactRole


class PaperClass(StrEnum):
    """The classes of decision-facts section 2."""

    EMERGENCY = "emergency"
    REGULATOR = "regulator"
    CUSTODY_ESCORT = "custody_escort"
    NO_PAPER = "no_paper"
    JUDICIAL_SEARCH = "judicial_search"
    JUDICIAL_SEARCH_QUERY = "judicial_search_query"
    JUDICIAL_CIVIL_ENTRY = "judicial_civil_entry"
    JUDICIAL_ARREST = "judicial_arrest"
    COURT_ORDER = "court_order"
    GRAND_JURY_SUBPOENA = "grand_jury_subpoena"
    COURT_SUBPOENA = "court_subpoena"
    IMMIGRATION_COURT_PAPER = "immigration_court_paper"
    DHS_REMOVAL_WARRANT = "dhs_removal_warrant"
    DHS_ARREST_WARRANT = "dhs_arrest_warrant"
    AGENCY_SUBPOENA = "agency_subpoena"
    DHS_OTHER = "dhs_other"
    EMPLOYER_NOTICE = "employer_notice"
    UNCLEAR_HOLD = "unclear_hold"


class AccessZone(StrEnum):
    """The zones that an answer speaks of. Undecided rooms never reach the desk; they would be private."""

    PUBLIC = "public"
    PRIVATE = "private"
    RECORDS = "records"
    RESIDENTIAL = "residential"
    OUTDOOR_PRIVATE = "outdoor_private"


class Access(StrEnum):
    """What a paper shows for a zone (decision-facts section 8)."""

    OPEN = "open"
    RESPONDER_SCOPE_CHECK = "responder_scope_check"
    HOLD_COUNSEL = "hold_counsel"
    NOT_BY_THIS_PAPER = "not_by_this_paper"
    NOT_BY_THIS_PAPER_CONTESTED = "not_by_this_paper_contested_counsel_now"
    NOT_WITHOUT_PAPER = "not_without_paper"
    WITH_PRISONER_ONLY = "with_prisoner_only"
    DO_NOT_BLOCK = "do_not_block"
    PER_STATUTE = "per_statute"
    NONE = "none"
    COUNSEL = "counsel"
    HOLD = "hold"
    LISTED_VIA_RESPONDER = "listed_via_responder"
    AS_ORDERED = "as_ordered"
    TREATING_TEAM_ONLY = "treating_team_only"
    NO_PATIENT_DATA = "no_patient_data"


class Outcome(StrEnum):
    """The word at the head of an answer page, and its sign."""

    NOT_BY_THIS_PAPER = "not_by_this_paper"
    NO_PAPER = "no_paper"
    RESPONDER_NOW = "responder_now"
    HOLD = "hold"
    EMERGENCY = "emergency"
    REGULATOR = "regulator"
    ESCORT = "escort"


class Confidence(StrEnum):
    """How far those who wrote on it agree."""

    SETTLED = "settled"
    MAINSTREAM = "mainstream"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class CallStep:
    """Whom to call, in which order, and what for."""

    role: ContactRole
    reason: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One observation that decided the answer, in words."""

    key: str
    value: str
    words: str  # what was seen, in words
    so: str = ""  # what follows from it


@dataclass(frozen=True, slots=True)
class PackNote:
    """The rules an answer rests on: who reviewed them, when, and until when they may be trusted."""

    id: str
    name: str
    version: int
    reviewed_on: date
    review_by: date
    reviewed_by: str  # empty: not reviewed by counsel
    stale: bool
    litigation_note: str = ""
    stands_in_for: str = ""  # the state whose own rules are missing, or do not cover this kind of site


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole answer for one visit. Reproducible from the observations and the pack's version."""

    paper_class: PaperClass
    overlays: tuple[PaperClass, ...]
    access: Mapping[AccessZone, Access]
    outcome: Outcome
    headline: str
    summary: tuple[str, ...]
    script: str
    say: tuple[str, ...]
    must_not: tuple[str, ...]
    may: tuple[str, ...]
    call: tuple[CallStep, ...]
    arrest_in_public: str
    notes: tuple[str, ...]  # doubts, overlays, what is contested or past its date; the most urgent first
    duties: tuple[str, ...]  # what the law asks of the staff, with its citation, and how long a search warrant runs
    citations: tuple[str, ...]
    decided_by: tuple[Reason, ...]
    would_change: tuple[str, ...]
    confidence: Confidence
    contested: bool
    ask_responder_at_once: bool  # three or more "can't tell": stop asking
    pack: PackNote
