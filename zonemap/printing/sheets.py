"""Sheets as the values that the templates read: one small document a sheet, all words in it, sizes in millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from zonemap.model.plan import Door, Room
from zonemap.model.sign import DoorSign, DoorWords, EntranceNotice, FloorSigns, NoticeWords, PlaceSign, SignKind
from zonemap.model.zone import ZoneClass
from zonemap.printing.paper import SENTENCE_MM, Paper

Sheet = dict[str, Any]

LANGUAGES_FIRST = 3  # on a sheet: English large, two beside each other under it
LANGUAGES_WITH_LINE = 2  # the line to officers in every language is long: with it one language stands under English
SIGN_LANGUAGES_MORE, NOTICE_LANGUAGES_MORE = 8, 4  # on each further sheet

CLASS_NAMES = {
    ZoneClass.PUBLIC: "Public",
    ZoneClass.PRIVATE: "Private",
    ZoneClass.RESIDENTIAL: "Residential",
    ZoneClass.RECORDS: "Records",
    ZoneClass.OUTDOOR_PRIVATE: "Outdoor private",
    ZoneClass.UNDECIDED: "Undecided",
}
SHUT_DOOR, OPEN_DOOR = "shut-door", "open-door"
_PICTURES = {
    SignKind.PUBLIC: (OPEN_DOOR, "An open door"),
    SignKind.WAITING: ("", ""),  # four words leave no room for a picture
    SignKind.EMERGENCY: ("", ""),  # a cross belongs to the Red Cross, and a heart to somebody's trade
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(moment: date) -> str:
    """A date as Americans write it, the same on every machine."""
    return f"{_MONTHS[moment.month - 1]} {moment.day}, {moment.year}"


def door_name(door: Door) -> str:
    """A door by its plate."""
    return f"Door {door.number}" if door.number else "Door without a number"


def designation_words(signs: FloorSigns) -> str:
    """The designation that a sheet was drawn from: the wall and the plan can be compared by it."""
    designation = signs.designation
    words = f"Designation {designation.number} of {day(designation.designated_at)}"
    return f"{words}, {designation.code}" if designation.code else words


def facility_words(signs: FloorSigns) -> str:
    """The facility, and its policy's number where one was given."""
    name = signs.designation.facility.name
    return f"{name}, policy no. {signs.policy_number}" if signs.policy_number else name


def _foot(signs: FloorSigns, first: str) -> list[list[str]]:
    return [[first, designation_words(signs)], [facility_words(signs), signs.floor.name]]


def _page(kind: str, title: str, paper: Paper) -> Sheet:
    return {
        "kind": kind,
        "title": title,
        "width": paper.width_mm,
        "height": paper.height_mm,
        "margin": paper.margin_mm,
    }


def sign_sheets(signs: FloorSigns, sign: DoorSign | PlaceSign, paper: Paper) -> list[Sheet]:
    """A sign on a door or in a place: one sheet with up to three languages, the others on further ones.

    The foot names the door or the place, the zone, the facility, the floor and the designation.
    """
    name = f"{_where(sign)}: {sign.zone}"
    picture, alt = _PICTURES.get(sign.kind, (SHUT_DOOR, "A shut door"))
    first = _page("sign", name, paper) | {
        "headline_mm": paper.headline_mm,
        "sentence_mm": SENTENCE_MM,
        "picture": picture,
        "alt": alt,
        "words": [asdict(words) for words in sign.words],
        "citation": sign.citation if isinstance(sign, DoorSign) else "",
        "foot": _foot(signs, name),
    }
    most = LANGUAGES_WITH_LINE if sign.words[0].officers else LANGUAGES_FIRST
    return _with_more(first, sign.words[0].headline, most, SIGN_LANGUAGES_MORE)


def sign_sheet(signs: FloorSigns, sign: DoorSign | PlaceSign, paper: Paper) -> Sheet:
    """The first sheet of a sign."""
    return sign_sheets(signs, sign, paper)[0]


def notice_sheets(signs: FloorSigns, notice: EntranceNotice, paper: Paper) -> list[Sheet]:
    """The notice to authorities at an entrance: one sheet with up to three languages, the others on further ones."""
    name = f"{door_name(notice.door)}: entrance into {notice.zone}"
    first = _page("notice", f"Entrance notice, {name[0].lower()}{name[1:]}", paper) | {
        "title_mm": SENTENCE_MM,
        "facility": signs.designation.facility.name,
        "place": f"Entrance, {door_name(notice.door).lower()}",
        "words": [asdict(words) for words in notice.words],
        "citation": notice.citation,
        "foot": _foot(signs, name),
    }
    return _with_more(first, "Notice to authorities", LANGUAGES_FIRST, NOTICE_LANGUAGES_MORE)


def notice_sheet(signs: FloorSigns, notice: EntranceNotice, paper: Paper) -> Sheet:
    """The first sheet of a notice."""
    return notice_sheets(signs, notice, paper)[0]


def sheets_of(words: Sequence[DoorWords | NoticeWords]) -> int:
    """How many sheets these words take: one for each language, English first."""
    first = words[0]
    if isinstance(first, NoticeWords):
        most, each = LANGUAGES_FIRST, NOTICE_LANGUAGES_MORE
    else:
        most, each = LANGUAGES_WITH_LINE if first.officers else LANGUAGES_FIRST, SIGN_LANGUAGES_MORE
    return 1 + -(-max(0, len(words) - most) // each)


def _with_more(first: Sheet, headline: str, most: int, each: int) -> list[Sheet]:
    """The sheet, and behind it those with the languages that it has no room for."""
    words = first["words"]
    rest = [words[start : start + each] for start in range(most, len(words), each)]
    shared = {name: first[name] for name in ("width", "height", "margin", "foot")}
    more = [
        {"kind": "more-languages", "title": f"{first['title']}, sheet {number}", "headline": headline, "words": some}
        | shared
        for number, some in enumerate(rest, 2)
    ]
    return [first | {"words": words[:most]}, *more]


def _where(sign: DoorSign | PlaceSign) -> str:
    if isinstance(sign, DoorSign):
        return door_name(sign.door)
    return f"{sign.kind.label}, {door_name(sign.door).lower()}" if sign.door else sign.kind.label


def schedule_sheet(signs: FloorSigns, paper: Paper) -> Sheet:
    """The list of all sheets of a floor, with boxes to tick; as many pages as it takes."""
    facility, floor = signs.designation.facility, signs.floor
    return _page("schedule", f"Schedule, {floor.name}", paper) | {
        "heading": f"Signs and notices, {floor.name}",
        "place": ", ".join(part for part in (facility.name, facility.address) if part),
        "notices": [
            {"number": each.door.number, "to": each.inside.label, "sheet": "Entrance notice"} for each in signs.notices
        ],
        "places": [
            {"number": each.door.number if each.door else "", "to": each.room.label, "sheet": each.kind.label}
            for each in signs.places
        ],
        "signs": [_row(sign) for sign in signs.signs],
        "foot": _foot(signs, f"Schedule, {count(len(signs.signs), 'door sign')}"),
    }


def _row(sign: DoorSign) -> dict[str, str]:
    return {
        "number": sign.door.number,
        "to": sign.inside.label,
        "from": _outside(sign.outside),
        "class": " ".join((sign.zone_class.letter, CLASS_NAMES[sign.zone_class], *_hours(sign))),
    }


def _hours(sign: DoorSign) -> list[str]:
    """When the sign applies, in English, which stands first on every sheet; nothing where it always does."""
    return [f"({each.hours.rstrip('.')})" for each in sign.words[:1] if each.hours]


def _outside(room: Room | None) -> str:
    return room.label if room else "Outdoors"


def count(number: int, noun: str) -> str:
    """So many of them: "1 room", "2 rooms"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
