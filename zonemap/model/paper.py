"""What a clerk saw: the scene and one paper, as values. The keys and values are those of decision-facts section 1.

Every field left out is *unsure*: an honest answer, never a default that opens or refuses anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
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

    @property
    def paper_shown(self) -> bool:
        """Whether there is a paper to read, on a sheet or on a phone (unsure counts as shown: it must be read)."""
        return self.paper not in (Shown.NONE, Shown.VERBAL_ONLY)


KINDS: dict[str, type[StrEnum]] = {
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
}
KEYS: tuple[str, ...] = tuple(field.name for field in fields(Observations))
SCENE_KEYS: tuple[str, ...] = KEYS[: KEYS.index("paper") + 1]
PAPER_KEYS: tuple[str, ...] = KEYS[KEYS.index("paper") + 1 :]


def observations_from(values: Mapping[str, Any]) -> Observations:
    """Observations from JSON values. Raises Invalid naming the first unknown key or value; missing keys are unsure."""
    unknown = [key for key in values if key not in KEYS]
    if unknown:
        raise Invalid(f"{unknown[0]!r} is not something the desk asks. The keys are {', '.join(KEYS)}.")
    return Observations(**{key: _value(key, value) for key, value in values.items()})


def observations_document(observations: Observations) -> dict[str, Any]:
    """The same as plain JSON values, keys in reading order, wants sorted."""
    document: dict[str, Any] = {}
    for key in KEYS:
        value = getattr(observations, key)
        document[key] = sorted(want.value for want in value) if key == "wants" else str(value)
    return document


def _value(key: str, value: Any) -> Any:
    if key == "wants":
        return _wants(value)
    if not isinstance(value, str):
        raise Invalid(f"{key} must be a word, but is {value!r}.")
    if key not in KINDS:
        if len(value) > FREE_TEXT_MOST:
            raise Invalid(f"{key} must be at most {FREE_TEXT_MOST} characters, copied from the paper.")
        return value
    try:
        return KINDS[key](value)
    except ValueError:
        allowed = ", ".join(KINDS[key])
        raise Invalid(f"{key} cannot be {value!r}. It is one of {allowed}.") from None


def _wants(value: Any) -> frozenset[Want]:
    if isinstance(value, str) or not isinstance(value, list | tuple | set | frozenset):
        raise Invalid(f"wants must be a list of words, but is {value!r}.")
    try:
        return frozenset(Want(word) for word in value) or frozenset({Want.UNSURE})
    except ValueError:
        raise Invalid(f"wants cannot hold {sorted(map(str, value))}. The words are {', '.join(Want)}.") from None
