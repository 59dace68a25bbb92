"""What the form of a visit reminds of: what a state asks to be written down, and what must not stand in it.

Sources: Cal. Health & Safety Code 24251(c) (a refusal is witnessed and documented by at least one member of the staff,
to the extent possible); 210 ILCS 85/6.14h(c)(2) (hospitals: names, agency and badge by best efforts). Not reviewed by a
lawyer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zonemap.model.facility import Facility, SiteKind
from zonemap.model.visit import Details, Happening, Visit, texts_of


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is not in the record yet: the field, a sentence, and the source where a law asks for it."""

    field: str
    sentence: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A text that looks like what must not stand in a visit record."""

    found: str
    sentence: str


_NAMED = re.compile(  # a large letter makes the name, so only the words before it may be of either case
    r"\b(?i:patients?),?\s+(?i:named\s+|called\s+|is\s+)?(?:Mr\.?|Mrs\.?|Ms\.?|Dr\.?)?\s*"
    r"(?!(?:Access|Advocate|Care|Experience|Financial|Portal|Registration|Relations|Rights|Safety|Services)\b)"
    r"[A-ZÀ-ÞĀ-Ɏ][^\W\d_A-Z][^\W\d_]*(?:\s+[A-ZÀ-ÞĀ-Ɏ][^\W\d_A-Z][^\W\d_]*)?"
)
_DOUBTS = (
    (_NAMED, "This looks like the name of a patient. Write “a patient” instead."),
    (
        re.compile(
            r"(?i)\b(?:undocumented|illegal alien|immigration status|no papers|visa (?:expired|overstay)|green card"
            r"|asylum)\b"
        ),
        "This looks like somebody's immigration status. The record does not need it.",
    ),
    (
        re.compile(
            r"(?i)\b(?:diagnos\w+|HIV|pregnan\w+|cancer|dialysis|chemo\w*|psychiatr\w+|overdose|methadone|suboxone)\b"
        ),
        "This looks like somebody's health. Write what was interrupted, such as “a visit”, not why.",
    ),
    (
        re.compile(
            r"(?i)\b(?:MRN|DOB|date of birth|medical record number|SSN|A-?number)\b|\bA\d{8,9}\b"
            r"|\b\d{3}-\d{2}-\d{4}\b"
        ),
        "This looks like a number that belongs to one person. Leave it out.",
    ),
)


def doubtful(values: object) -> tuple[Doubtful, ...]:
    """What in the texts of some JSON values looks like a patient's name, status, health or number."""
    return tuple(found for text in texts_of(values) for found in _doubts_in(text))


def missing(facility: Facility, visit: Visit) -> tuple[Missing, ...]:
    """What the record of a visit still lacks: what the state asks for first."""
    return (*_asked_by_state(facility, visit), *_always(visit.details, {each.happening for each in visit.timeline}))


def _asked_by_state(facility: Facility, visit: Visit) -> Iterator[Missing]:
    details = visit.details
    refused = bool(details.refusal_said_by) or any(
        each.happening is Happening.NO_CONSENT_SAID for each in visit.timeline
    )
    if facility.state == "CA" and refused and not details.witness:
        yield Missing("witness", "Who of the staff heard the refusal? Name one witness.", "Cal. H&S Code 24251(c)")
    if facility.state == "IL" and facility.site_kind is SiteKind.HOSPITAL:
        yield from _best_efforts(details)


def _best_efforts(details: Details) -> Iterator[Missing]:
    source = "210 ILCS 85/6.14h(c)(2)"
    if not details.names_asked:
        yield Missing("names_asked", "Ask the officers for name, agency and badge, and tick that you did.", source)
    elif not any(each.name and each.agency and each.badge for each in details.officers) and not details.names_answer:
        yield Missing("names_answer", "Write their name, agency and badge, or what they answered.", source)


def _always(details: Details, happened: Iterable[Happening]) -> Iterator[Missing]:
    happened = set(happened)
    if not any(each.known for each in details.officers):
        yield Missing("officers", "Who came? Write at least the agency, or what you saw.")
    if Happening.ARRIVED not in happened:
        yield Missing("timeline", "When did they arrive?")
    if Happening.NO_CONSENT_SAID in happened and not details.refusal_said_by:
        yield Missing("refusal_said_by", "Who said that the facility does not consent?")
    if details.refusal_said_by and not details.witness:
        yield Missing("witness", "Who heard it? A second person is worth more than a long text.")
    if not details.follow_up_owner:
        yield Missing("follow_up_owner", "Who looks after this visit from here on?")


def _doubts_in(text: str) -> Iterator[Doubtful]:
    for pattern, sentence in _DOUBTS:
        if match := pattern.search(text):
            yield Doubtful(match[0], sentence)
