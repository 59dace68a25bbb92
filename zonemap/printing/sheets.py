"""Sheets as the values that the templates read: one small document a sheet, all words in it, sizes in millimetres."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from zonemap.model.plan import Door, Room
from zonemap.model.sign import DoorSign, EntranceNotice, FloorSigns
from zonemap.model.zone import ZoneClass
from zonemap.printing.paper import SENTENCE_MM, Paper

Sheet = dict[str, Any]

CLASS_NAMES = {
    ZoneClass.PUBLIC: "Public",
    ZoneClass.PRIVATE: "Private",
    ZoneClass.RESIDENTIAL: "Residential",
    ZoneClass.RECORDS: "Records",
    ZoneClass.OUTDOOR_PRIVATE: "Outdoor private",
    ZoneClass.UNDECIDED: "Undecided",
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


def sign_sheet(signs: FloorSigns, sign: DoorSign, paper: Paper) -> Sheet:
    """A door sign. Its foot names the door, the zone, the facility, the floor and the designation."""
    name = f"{door_name(sign.door)}: {sign.zone}"
    return _page("sign", name, paper) | {
        "headline_mm": paper.headline_mm,
        "sentence_mm": SENTENCE_MM,
        "words": [asdict(words) for words in sign.words],
        "citation": sign.citation,
        "foot": _foot(signs, name),
    }


def notice_sheet(signs: FloorSigns, notice: EntranceNotice, paper: Paper) -> Sheet:
    """The notice to authorities at an entrance."""
    name = f"{door_name(notice.door)}: entrance into {notice.zone}"
    return _page("notice", f"Entrance notice, {name[0].lower()}{name[1:]}", paper) | {
        "title_mm": SENTENCE_MM,
        "facility": signs.designation.facility.name,
        "place": f"Entrance, {door_name(notice.door).lower()}",
        "words": [asdict(words) for words in notice.words],
        "citation": notice.citation,
        "foot": _foot(signs, name),
    }


def schedule_sheet(signs: FloorSigns, paper: Paper) -> Sheet:
    """The list of all sheets of a floor, with boxes to tick; as many pages as it takes."""
    facility, floor = signs.designation.facility, signs.floor
    return _page("schedule", f"Schedule, {floor.name}", paper) | {
        "heading": f"Signs and notices, {floor.name}",
        "place": ", ".join(part for part in (facility.name, facility.address) if part),
        "notices": [{"number": each.door.number, "to": each.inside.label} for each in signs.notices],
        "signs": [_row(sign) for sign in signs.signs],
        "foot": _foot(signs, f"Schedule, {count(len(signs.signs), 'door sign')}"),
    }


def _row(sign: DoorSign) -> dict[str, str]:
    return {
        "number": sign.door.number,
        "to": sign.inside.label,
        "from": _outside(sign.outside),
        "class": f"{sign.zone_class.letter} {CLASS_NAMES[sign.zone_class]}",
    }


def _outside(room: Room | None) -> str:
    return room.label if room else "Outdoors"


def count(number: int, noun: str) -> str:
    """So many of them: "1 room", "2 rooms"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
