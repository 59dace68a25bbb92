"""What a clerk saw: the scene and one paper, as values. The keys and values are those of decision-facts section 1.

Every field left out is *unsure*: an honest answer, never a default that opens or refuses anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from operator import attrgetter
from reprlib import repr as short  # it tells the first letters of what came, which may be a book
from types import MappingProxyType
from typing import Any

from zonemap.errors import Invalid

FREE_TEXT_MOST = 200  # characters copied from a paper


class YesNo(StrEnum):
    """A plain question. ``none_shown`` stands where no paper was shown at all."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    NONE_SHOWN = "none_shown"


class Want(StrEnum):
    """What they ask for; several at once."""

    PUBLIC_ONLY = "public_only"
    ENTER_PRIVATE = "enter_private"
    ARREST_PERSON = "arrest_person"
    TALK_TO_PERSON = "talk_to_person"
    RECORDS = "records"
    SEARCH_PLACE = "search_place"
    INSPECT_BUSINESS = "inspect_business"
    VIDEO_OR_VISITOR_LOG = "video_or_visitor_log"
    OTHER = "other"
    UNSURE = "unsure"


class Agency(StrEnum):
    """Who they say they are."""

    ICE = "ice"
    CBP = "cbp"
    HSI = "hsi"
    US_MARSHAL = "us_marshal"
    FBI_DEA_OTHER_FEDERAL = "fbi_dea_other_federal"
    LOCAL_OR_STATE_POLICE = "local_or_state_police"
    REGULATOR = "regulator"
    PRIVATE_GUARD = "private_guard"
    OTHER = "other"
    UNSURE = "unsure"


class Shown(StrEnum):
    """In what form a paper was shown, if any."""

    PAPER = "paper"
    ON_PHONE = "on_phone"
    VERBAL_ONLY = "verbal_only"
    NONE = "none"
    UNSURE = "unsure"


class Heading(StrEnum):
    """The words at the top of the paper."""

    FEDERAL_COURT = "federal_court"
    STATE_COURT = "state_court"
    DHS = "dhs"
    IMMIGRATION_COURT = "immigration_court"
    OTHER_AGENCY = "other_agency"
    LAW_FIRM_OR_NONE = "law_firm_or_none"
    FOREIGN_LANGUAGE = "foreign_language"
    UNSURE = "unsure"
    NONE_SHOWN = "none_shown"


class Title(StrEnum):
    """The largest words on the paper."""

    SEARCH_WARRANT = "search_warrant"
    SEARCH_AND_SEIZURE_WARRANT = "search_and_seizure_warrant"
    ARREST_WARRANT = "arrest_warrant"
    WARRANT_FOR_ARREST_OF_ALIEN = "warrant_for_arrest_of_alien"
    WARRANT_OF_REMOVAL = "warrant_of_removal"
    ENTRY_OR_INSPECTION_WARRANT = "entry_or_inspection_warrant"
    ORDER = "order"
    SUBPOENA = "subpoena"
    GRAND_JURY_SUBPOENA = "grand_jury_subpoena"
    IMMIGRATION_DETAINER = "immigration_detainer"
    NOTICE_TO_APPEAR = "notice_to_appear"
    NOTICE_OF_INSPECTION = "notice_of_inspection"
    APPLICATION_OR_AFFIDAVIT = "application_or_affidavit"
    LETTER_OR_REQUEST = "letter_or_request"
    OTHER = "other"
    UNSURE = "unsure"
    NONE_SHOWN = "none_shown"


class Signer(StrEnum):
    """The words printed under the signature line beside the issue date, never those of the return."""

    JUDGE = "judge"
    CLERK = "clerk"
    ISSUING_OFFICER = "issuing_officer"
    IMMIGRATION_OFFICER = "immigration_officer"
    IMMIGRATION_JUDGE = "immigration_judge"
    ATTORNEY = "attorney"
    OTHER = "other"
    NONE = "none"
    UNSURE = "unsure"
    NONE_SHOWN = "none_shown"


class Place(StrEnum):
    """Whether our street address and suite stand in the description of the place."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    NO_PLACE_STATED = "no_place_stated"
    NONE_SHOWN = "none_shown"


class Stated(StrEnum):
    """A limit in time: kept, not kept, not stated on the paper."""

    YES = "yes"
    NO = "no"
    NONE_STATED = "none_stated"
    UNSURE = "unsure"
    NONE_SHOWN = "none_shown"


class Court(StrEnum):
    """Of which state a state's court is. *Not asked* where that does not matter."""

    THIS_STATE = "this_state"
    ANOTHER_STATE = "another_state"
    UNSURE = "unsure"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Observations:
    """One scene and one paper as a clerk sees them (decision-facts 1.1 and 1.2)."""

    danger_now: YesNo = YesNo.UNSURE
    entering_now: YesNo = YesNo.UNSURE
    custody_escort: YesNo = YesNo.UNSURE
    wants: frozenset[Want] = frozenset({Want.UNSURE})
    agency: Agency = Agency.UNSURE
    id_shown: YesNo = YesNo.UNSURE
    paper: Shown = Shown.UNSURE
    top_heading: Heading = Heading.UNSURE
    form_number: str = "unsure"
    title: Title = Title.UNSURE
    signer_label: Signer = Signer.UNSURE
    signed: YesNo = YesNo.UNSURE
    names_this_place: Place = Place.UNSURE
    covers_area_wanted: YesNo = YesNo.UNSURE
    names_person: YesNo = YesNo.UNSURE
    lists_records: YesNo = YesNo.UNSURE
    issue_date: str = "unsure"
    execute_by: Stated = Stated.UNSURE
    hours_ok: Stated = Stated.UNSURE
    all_pages: YesNo = YesNo.UNSURE
    readable: YesNo = YesNo.UNSURE
    more_papers: YesNo = YesNo.UNSURE
    court: Court = Court.NOT_ASKED
    answered: frozenset[str] = field(default=frozenset(), compare=False)  # which keys somebody was asked; no answer

    @property
    def paper_shown(self) -> bool:
        """Whether there is a paper to read, on a sheet or on a phone (unsure counts as shown: it must be read)."""
        return self.paper not in (Shown.NONE, Shown.VERBAL_ONLY)

    @property
    def asks_for_records(self) -> bool:
        """Whether they ask for what lies in a records zone: charts, screens, visitor logs, video."""
        return bool(self.wants & {Want.RECORDS, Want.VIDEO_OR_VISITOR_LOG})

    @property
    def wants_in_doubt(self) -> bool:
        """Whether the clerk could not tell all that they ask for."""
        return not self.wants or Want.UNSURE in self.wants

    @property
    def times_unsure(self) -> int:
        """How many of the questions that were asked got *I can't tell*.

        What nobody asked does not count, nor what no rule reads.
        """
        counted = (set(KINDS) - set(_NEVER_READ) | {"wants"}) & self.answered
        asked = [getattr(self, key) for key in counted]
        return sum(1 for value in asked if value == "unsure" or value == frozenset({Want.UNSURE}))


KINDS: Mapping[str, type[StrEnum]] = MappingProxyType(
    {
        "danger_now": YesNo,
        "entering_now": YesNo,
        "custody_escort": YesNo,
        "agency": Agency,
        "id_shown": YesNo,
        "paper": Shown,
        "top_heading": Heading,
        "title": Title,
        "signer_label": Signer,
        "signed": YesNo,
        "names_this_place": Place,
        "covers_area_wanted": YesNo,
        "names_person": YesNo,
        "lists_records": YesNo,
        "execute_by": Stated,
        "hours_ok": Stated,
        "all_pages": YesNo,
        "readable": YesNo,
        "more_papers": YesNo,
        "court": Court,
    }
)
_NEVER_READ = ("names_person", "more_papers")  # of these a clerk's doubt means nothing
KEYS: tuple[str, ...] = tuple(each.name for each in fields(Observations) if each.name != "answered")
SCENE_KEYS: tuple[str, ...] = KEYS[: KEYS.index("paper") + 1]
PAPER_KEYS: tuple[str, ...] = KEYS[KEYS.index("paper") + 1 :]
_FIELDS = (*KEYS, "answered")
_all_of = attrgetter(*_FIELDS)
_WORDS: Mapping[str, Mapping[str, StrEnum]] = MappingProxyType(
    {  # of the scene nothing can be *none shown*: it is not on a paper
        key: {word.value: word for word in kind if key in PAPER_KEYS or word.value != "none_shown"}
        for key, kind in KINDS.items()
    }
)


def observations_from(values: Mapping[str, Any]) -> Observations:
    """Observations from JSON values. Raises Invalid naming the first unknown key or value; missing keys are unsure."""
    unknown = [key for key in values if key not in KEYS]
    if unknown:
        raise Invalid(f"{short(unknown[0])} is not something the desk asks. The keys are {', '.join(KEYS)}.")
    return Observations(**{key: _value(key, value) for key, value in values.items()}, answered=frozenset(values))


def observations_document(observations: Observations) -> dict[str, Any]:
    """The same as plain JSON values, keys in reading order, wants sorted."""
    return {key: plain_value(observations, key) for key in KEYS}


def plain_value(observations: Observations, key: str) -> Any:
    """One observation as a plain JSON value."""
    value = getattr(observations, key)
    return sorted(want.value for want in value) if key == "wants" else str(value)


def changed(observations: Observations, changes: Mapping[str, Any]) -> Observations:
    """The same with some observations otherwise: ``dataclasses.replace``, three times as fast, for what tries many."""
    return Observations(**(dict(zip(_FIELDS, _all_of(observations), strict=True)) | dict(changes)))


def _value(key: str, value: Any) -> Any:
    if key == "wants":
        return _wants(value)
    if not isinstance(value, str):
        raise Invalid(f"{key} must be a word, but is {short(value)}.")
    return _word(key, value) if key in KINDS else _copied(key, value)


def _word(key: str, value: str) -> StrEnum:
    """One word of the key's own list."""
    allowed = _WORDS[key]
    if value not in allowed:
        raise Invalid(f"{key} cannot be {short(value)}. It is one of {', '.join(allowed)}.")
    return allowed[value]


def _copied(key: str, value: str) -> str:
    """Free text from the paper: the form number, and the date of issue as 2026-11-24."""
    if len(value) > FREE_TEXT_MOST:
        raise Invalid(f"{key} must be at most {FREE_TEXT_MOST} characters, copied from the paper.")
    if key == "issue_date" and value not in ("none", "unsure", "none_shown") and not _is_date(value):
        raise Invalid(f"issue_date cannot be {short(value)}. Write it as 2026-11-24, or none, or unsure.")
    return value


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _wants(value: Any) -> frozenset[Want]:
    if not isinstance(value, list | tuple | set | frozenset):
        raise Invalid(f"wants must be a list of words, but is {short(value)}.")
    for word in value:
        if not isinstance(word, str) or word not in tuple(Want):
            raise Invalid(f"wants cannot hold {short(word)}. The words are {', '.join(Want)}.")
    return frozenset(Want(word) for word in value) or frozenset({Want.UNSURE})
