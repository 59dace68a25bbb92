"""What signs and notices say, by kind, site and language. The texts lie in ``wording``.

Sources: the wording is that of the project's law notes on signs (neutral, true in every state). A state's law is cited
only where its pack covers the site's kind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.facility import Contact, ContactRole, Facility, SiteKind
from zonemap.model.hours import Spell, spoken_time
from zonemap.model.plan import Room
from zonemap.model.sign import Choice, DoorWords, Language, NoticeWords, OwnWords, SignKind, SignPlan, Text, Whom
from zonemap.model.zone import ZoneClass
from zonemap.rules.pack import FEDERAL, pack_for
from zonemap.rules.sign_guard import guard, never_printed, tells_too_much
from zonemap.rules.sign_texts import (
    OPERATIVE,
    chosen_languages,
    comma,
    language,
    languages,
    say,
    sign_document,
    suggested_languages,
    text_from,
    texts,
)

__all__ = [
    "OPERATIVE",
    "OWN_KINDS",
    "bears_line",
    "chosen_languages",
    "door_citation",
    "door_kind",
    "door_words",
    "hours_words",
    "language",
    "languages",
    "never_printed",
    "notice_citation",
    "notice_words",
    "sign_words",
    "suggested_languages",
    "tells_too_much",
    "text_from",
    "usual_lines",
    "whom_officers_ask",
    "wordings",
    "zone_on_sheet",
]

_ASKED_FIRST = (
    ContactRole.ADMINISTRATOR_ON_CALL,
    ContactRole.RESPONDER,
    ContactRole.PRIVACY_OFFICER,
    ContactRole.COUNSEL,
)
_ROUND_THE_CLOCK = re.compile(r"24\s*(h|hours?|hrs?)?(\s*/\s*7|\s*(a|per)\s*day)?|day and night|always|any ?time", re.I)
_INTERPRETER_AT = (SiteKind.HOSPITAL, SiteKind.CLINIC)  # who owes one free of charge: 45 CFR 92.201

# The kinds that a facility may word itself. The notice and the line to officers follow the law notes alone.
OWN_KINDS = (
    SignKind.PRIVATE,
    SignKind.RECORDS,
    SignKind.RESIDENTIAL,
    SignKind.OUTDOOR_PRIVATE,
    SignKind.PUBLIC,
    SignKind.WAITING,
    SignKind.EMERGENCY,
)
_WORDED_AS_PRIVATE = (ZoneClass.RECORDS, ZoneClass.RESIDENTIAL)  # where it was chosen; a yard is no room
_NOTHING_CHOSEN = SignPlan()


@cache
def wordings() -> Mapping[tuple[str, str, str], Text]:
    """Every text by ("text", key, language). Raises Invalid where one says what a sign must not say."""
    return MappingProxyType(
        {("text", key, each.code): text for each in languages() for key, text in texts(each.code).items()}
    )


def usual_lines(kind: SignKind, site_kind: SiteKind, code: str) -> Mapping[str, str]:
    """The headline, the sentence and the second line of a kind, as they are where nobody chose others.

    Raises Invalid for the notice, which is made of paragraphs.
    """
    table = sign_document()["kinds"].get(_worded_as(kind).value)
    if table is None:
        raise Invalid("The notice to authorities has words of its own. Choose another kind of sign.")
    return {
        line: say(table.get(f"{line}_{site_kind.value}", table[line]), code)
        for line in ("headline", "sentence", "second")
    }


def _worded_as(kind: SignKind) -> SignKind:
    return SignKind.PRIVATE if kind is SignKind.PRIVATE_OFFICERS else kind


def sign_words(
    kind: SignKind,
    site_kind: SiteKind,
    language: Language,
    *,
    plan: SignPlan = _NOTHING_CHOSEN,
    officers: Whom | None = None,
    hours: Spell[Any] | None = None,
) -> DoorWords:
    """What a sign of that kind says in a language: the facility's own words where it has some, else the usual.

    ``officers`` adds the line to law enforcement, ``hours`` when the sign applies.
    """
    own = plan.own(_worded_as(kind), language.code)
    lines = usual_lines(kind, site_kind, language.code) if own is None else _guarded(own)
    return DoorWords(
        language=language.code,
        direction=language.direction,
        **lines,
        hours=hours_words(hours, language) if hours else "",
        officers=officers_line(officers, language) if officers else "",
    )


@lru_cache(maxsize=256)
def _guarded(own: OwnWords) -> Mapping[str, str]:
    """A facility's own lines. Raises Invalid where one is not to be printed, were it kept before the rule was made."""
    lines = {"headline": own.headline, "sentence": own.sentence, "second": own.second}
    guard(own.kind, lines)
    return MappingProxyType(lines)


def officers_line(whom: Whom, language: Language) -> str:
    """The line to law enforcement that a private door may bear."""
    return say("officers", language.code).replace("{role}", say(f"role_{whom.role}", language.code))


def door_kind(zone_class: ZoneClass, choice: Choice = Choice.USUAL, *, officers_line: bool = False) -> SignKind:
    """The kind of sign on a door into that class: never one that claims more than the zone is.

    Raises Invalid for a class that no door sign belongs on (public, undecided).
    """
    if not zone_class.is_closed:
        raise Invalid("Only a door into a closed area gets a sign. Choose a class for the room behind it.")
    if zone_class is ZoneClass.PRIVATE:
        with_line = bears_line(zone_class, choice, usual=officers_line)
        return SignKind.PRIVATE_OFFICERS if with_line else SignKind.PRIVATE
    as_private = choice is Choice.PRIVATE and zone_class in _WORDED_AS_PRIVATE
    return SignKind.PRIVATE if as_private else SignKind(zone_class.value)


def bears_line(zone_class: ZoneClass, choice: Choice, *, usual: bool) -> bool:
    """Whether the sign on a door into that class bears the line to officers; ``usual`` is what holds for all doors."""
    if zone_class is ZoneClass.OUTDOOR_PRIVATE:
        return False
    return choice is Choice.OFFICERS or (usual and choice is not Choice.PLAIN)


def door_words(
    zone_class: ZoneClass,
    site_kind: SiteKind,
    language: Language,
    *,
    officers: Whom | None = None,
    hours: Spell[Any] | None = None,
) -> DoorWords:
    """What the usual sign on a door into that class says. ``officers`` adds the line to them, ``hours`` theirs.

    Raises Invalid for a class that no sign belongs on (public, undecided).
    """
    kind = door_kind(zone_class)
    whom = None if zone_class is ZoneClass.OUTDOOR_PRIVATE else officers
    return sign_words(kind, site_kind, language, officers=whom, hours=hours)


def hours_words(hours: Spell[Any], language: Language) -> str:
    """The line that says at which hours a sign applies: days in the language, times by the clock it uses."""
    names = say("days", language.code).split()
    start, end = (_clock(minutes, language.code) for minutes in (hours.start, hours.end))
    line = say("hours", language.code)
    return (
        line.replace("{days}", _days(sorted(set(hours.days)), names, comma(language.code)))
        .replace("{start}", start)
        .replace("{end}", end)
    )


def _days(days: Sequence[int], names: Sequence[str], between: str) -> str:
    """Three days in a row or more as a range, others one by one. Each once, in the order of the week."""
    unbroken = all(day in days for day in range(days[0], days[-1]))
    if unbroken and len(days) > 2:
        return f"{names[days[0]]}–{names[days[-1]]}"
    return between.join(names[day] for day in days)


def _clock(minutes: int, code: str) -> str:
    return spoken_time(minutes) if code == OPERATIVE else f"{minutes // 60 % 24}:{minutes % 60:02}"


def notice_words(site_kind: SiteKind, language: Language, whom: Whom) -> NoticeWords:
    """What the notice to authorities at an entrance says (California H&S 24250(a) encourages one; true everywhere)."""
    code = language.code
    parts = [say(f"role_{whom.role}", code), whom.phone, say("always", code) if whom.always else ""]
    return NoticeWords(
        language=code,
        direction=language.direction,
        title=say("notice_title", code),
        paragraphs=tuple(say(f"notice_{item}", code) for item in ("lobby", "requests", "consent")),
        whom=comma(code).join(part for part in parts if part),
        interpreter=say("interpreter", code) if site_kind in _INTERPRETER_AT else "",
    )


def notice_citation(facility: Facility, whom: Whom, policy_number: str = "") -> str:
    """The line of law under an entrance notice, and the policy it rests on; a state's law only where it covers."""
    law = _law(facility, "notice").replace("{role}", say(f"role_{whom.role}", OPERATIVE))
    return f"Facility policy no. {policy_number}. {law}" if policy_number else law


def door_citation(facility: Facility) -> str:
    """The line of law under the line to officers on a door."""
    return _law(facility, "door")


def _law(facility: Facility, sheet: str) -> str:
    pack, lines = pack_for(facility.state, facility.site_kind), sign_document()["citation"]
    own = pack.id if pack.id in lines else FEDERAL
    law = text_from(f"citation.{own}.{sheet}", lines[own][sheet], law=True).text
    return f"{law} Law as read on {pack.reviewed_on:%B} {pack.reviewed_on.day}, {pack.reviewed_on.year}."


def whom_officers_ask(contacts: Sequence[Contact]) -> Whom:
    """The role and telephone that a sheet may name: never a person. Nobody listed: the administrator on duty."""
    for role in _ASKED_FIRST:
        for contact in sorted(contacts, key=lambda each: each.position):
            if contact.role is role:
                always = bool(_ROUND_THE_CLOCK.fullmatch(contact.hours.strip()))
                return Whom(role.value, contact.phone.strip(), always)
    return Whom("reception")


def zone_on_sheet(room: Room) -> str:
    """The zone as a sheet in a public place names it: number and name, or the number alone where the name tells."""
    if not tells_too_much(room.label):
        return room.label
    return room.number if room.number and not tells_too_much(room.number) else "Room behind this door"
