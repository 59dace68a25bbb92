"""What signs and notices say, by zone class, kind of site and language. The texts lie in ``wording/signs.toml``.

Sources: the wording is that of the project's law notes on signs (neutral, true in every state). The citations follow
45 CFR 92.201(c)(3) for translations: a text that no qualified translator has read carries the status "drafted".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.facility import Contact, ContactRole, Facility, SiteKind
from zonemap.model.hours import Spell, spoken_time
from zonemap.model.plan import Room
from zonemap.model.sign import DoorWords, Language, NoticeWords, Text, Whom, WordingStatus
from zonemap.model.zone import ZoneClass
from zonemap.rules.pack import FEDERAL, pack_for

OPERATIVE = "en"  # the English text is the operative one and stands first

_ASKED_FIRST = (
    ContactRole.ADMINISTRATOR_ON_CALL,
    ContactRole.RESPONDER,
    ContactRole.PRIVACY_OFFICER,
    ContactRole.COUNSEL,
)
_ROUND_THE_CLOCK = re.compile(r"24\s*(h|hours?|hrs?)?(\s*/\s*7|\s*(a|per)\s*day)?|day and night|always|any ?time", re.I)
_INTERPRETER_AT = (SiteKind.HOSPITAL, SiteKind.CLINIC)  # who owes one free of charge: 45 CFR 92.201
_NO_TEXT = frozenset({"languages", "never", "citation"})


@cache
def _document() -> Mapping[str, Any]:
    source = resources.files("zonemap.rules") / "wording" / "signs.toml"
    return MappingProxyType(tomllib.loads(source.read_text(encoding="utf-8")))


def text_from(where: str, value: Mapping[str, Any]) -> Text:
    """One text from its TOML table. Raises Invalid, naming the place, for a status that nobody signed."""
    text = Text(
        text=str(value["text"]),
        status=WordingStatus(value.get("status", "drafted")),
        checked_by=str(value.get("checked_by", "")),
        checked_on=value.get("checked_on"),
    )
    if text.status is WordingStatus.CHECKED and not (text.checked_by and isinstance(text.checked_on, date)):
        raise Invalid(f"The text {where} is marked as checked, but does not say by whom and when.")
    phrase = never_printed(text.text)
    if phrase:
        raise Invalid(f"The text {where} says {phrase!r}, which a sign must not say. Word it another way.")
    return text


def _entries() -> Iterator[tuple[str, str, str, Mapping[str, Any]]]:
    """Section, item, language and table of every text in the file."""
    for section, items in _document().items():
        if section in _NO_TEXT:
            continue
        for item, by_language in items.items():
            for code, value in by_language.items():
                yield section, item, code, value


@cache
def wordings() -> Mapping[tuple[str, str, str], Text]:
    """Every text by (section, item, language). Raises Invalid where one says what a sign must not say."""
    return MappingProxyType(
        {
            (section, item, code): text_from(f"{section}.{item}.{code}", value)
            for section, item, code, value in _entries()
        }
    )


@cache
def languages() -> tuple[Language, ...]:
    """The languages that signs can be printed in, English first, each with the status of its weakest text."""
    return tuple(_language(code, value) for code, value in _document()["languages"].items())


def _language(code: str, value: Mapping[str, str]) -> Language:
    statuses = {text.status for (_, _, language), text in wordings().items() if language == code}
    weakest = WordingStatus.DRAFTED if WordingStatus.DRAFTED in statuses else WordingStatus.CHECKED
    return Language(code, value["name"], value["own_name"], value["direction"], weakest)


def chosen_languages(codes: Sequence[str]) -> tuple[Language, ...]:
    """The languages of a sheet, each once, English first. Raises Invalid for one that we have no texts for."""
    known = {language.code: language for language in languages()}
    unknown = [code for code in codes if code not in known]
    if unknown:
        names = ", ".join(f"{language.code} ({language.name})" for language in known.values())
        raise Invalid(f"There are no sign texts for the language {unknown[0]!r}. Choose from {names}.")
    return tuple(known[code] for code in dict.fromkeys((OPERATIVE, *codes)))


def _say(section: str, item: str, code: str) -> str:
    return wordings()[section, item, code].text


def _sentence(zone_class: ZoneClass, site_kind: SiteKind, code: str) -> str:
    own = wordings().get((zone_class.value, f"sentence_{site_kind.value}", code))
    return own.text if own else _say(zone_class.value, "sentence", code)


def door_words(
    zone_class: ZoneClass,
    site_kind: SiteKind,
    language: Language,
    *,
    officers: Whom | None = None,
    hours: Spell[Any] | None = None,
) -> DoorWords:
    """What the sign on a door into that class says. ``officers`` adds the line to law enforcement, ``hours`` theirs.

    Raises Invalid for a class that no sign belongs on (public, undecided).
    """
    if not zone_class.is_closed:
        raise Invalid("Only a door into a closed area gets a sign. Choose a class for the room behind it.")
    code, section = language.code, zone_class.value
    return DoorWords(
        language=code,
        direction=language.direction,
        headline=_say(section, "headline", code),
        sentence=_sentence(zone_class, site_kind, code),
        second=_say(section, "second", code),
        hours=hours_words(hours, language) if hours else "",
        officers=_say("officers", "line", code).replace("{role}", _say("role", officers.role, code))
        if officers and zone_class is not ZoneClass.OUTDOOR_PRIVATE
        else "",
    )


def hours_words(hours: Spell[Any], language: Language) -> str:
    """The line that says at which hours a sign applies: days in the language, times by the clock it uses."""
    names = _say("hours", "days", language.code).split()
    start, end = (_clock(minutes, language.code) for minutes in (hours.start, hours.end))
    line = _say("hours", "line", language.code)
    return line.replace("{days}", _days(sorted(hours.days), names)).replace("{start}", start).replace("{end}", end)


def _days(days: Sequence[int], names: Sequence[str]) -> str:
    """Days in a row as a range, others one by one."""
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{names[days[0]]}–{names[days[-1]]}"
    return ", ".join(names[day] for day in days)


def _clock(minutes: int, code: str) -> str:
    return spoken_time(minutes) if code == OPERATIVE else f"{minutes // 60 % 24}:{minutes % 60:02}"


def notice_words(site_kind: SiteKind, language: Language, whom: Whom) -> NoticeWords:
    """What the notice to authorities at an entrance says (California H&S 24250(a) encourages one; true everywhere)."""
    code = language.code
    parts = [_say("role", whom.role, code), whom.phone, _say("notice", "always", code) if whom.always else ""]
    return NoticeWords(
        language=code,
        direction=language.direction,
        title=_say("notice", "title", code),
        paragraphs=tuple(_say("notice", item, code) for item in ("lobby", "requests", "consent")),
        whom=", ".join(part for part in parts if part),
        interpreter=_say("notice", "interpreter", code) if site_kind in _INTERPRETER_AT else "",
    )


def notice_citation(facility: Facility, whom: Whom, policy_number: str = "") -> str:
    """The line of law under an entrance notice, and the policy it rests on; a state's law only where it covers."""
    law = _law(facility, "notice").replace("{role}", _say("role", whom.role, OPERATIVE))
    return f"Facility policy no. {policy_number}. {law}" if policy_number else law


def door_citation(facility: Facility) -> str:
    """The line of law under the line to officers on a door."""
    return _law(facility, "door")


def _law(facility: Facility, sheet: str) -> str:
    pack, texts = pack_for(facility.state, facility.site_kind), _document()["citation"]
    own = pack.id if pack.id in texts else FEDERAL
    law = text_from(f"citation.{own}.{sheet}", texts[own][sheet]).text
    return f"{law} Law as read on {pack.reviewed_on:%B} {pack.reviewed_on.day}, {pack.reviewed_on.year}."


def whom_officers_ask(contacts: Sequence[Contact]) -> Whom:
    """The role and telephone that a sheet may name: never a person. Nobody listed: the administrator on duty."""
    for role in _ASKED_FIRST:
        for contact in sorted(contacts, key=lambda each: each.position):
            if contact.role is role:
                always = bool(_ROUND_THE_CLOCK.fullmatch(contact.hours.strip()))
                return Whom(role.value, contact.phone.strip(), always)
    return Whom("reception")


@cache
def _never() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in _document()["never"]["phrases"])
    return re.compile(rf"(?<!\w)(?:{phrases})(?!\w)", re.IGNORECASE)


def never_printed(text: str) -> str | None:
    """The first phrase in the text that a sign must never say, as it stands there, or None."""
    found = _never().search(" ".join(text.split()))
    return found.group() if found else None


@cache
def _reveals() -> re.Pattern[str]:
    words = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in _document()["never"]["reveals"])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def tells_too_much(name: str) -> bool:
    """Whether a room's name would tell a passer-by what care is given there, or what papers somebody has."""
    return bool(_reveals().search(name))


def zone_on_sheet(room: Room) -> str:
    """The zone as a sheet in a public place names it: number and name, or the number alone where the name tells."""
    if not tells_too_much(room.label):
        return room.label
    return room.number if room.number and not tells_too_much(room.number) else "Room behind this door"
