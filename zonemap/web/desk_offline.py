"""What the desk needs without a server, as one document: the rules' table, whom to call, the floors by the hour.

It holds what the desk's own pages show and nothing else: no account, no draft, no note, no address of a server.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import get_template_attribute

from zonemap.drawing.floor import Look, floor_drawing
from zonemap.geometry.shapes import room_at
from zonemap.model.assessment import AccessZone, Outcome
from zonemap.model.facility import ContactRole, Designation
from zonemap.model.plan import Floor
from zonemap.model.zone import ZoneClass
from zonemap.rules.desk_translation import ENGLISH, LANGUAGES, known_in, screen_words, texts
from zonemap.rules.desk_words import words
from zonemap.web.desk_drawings import LABEL, Framed, compared, framed, is_drawn
from zonemap.web.desk_language import Speech, speech
from zonemap.web.desk_options import first_titles
from zonemap.web.desk_pages import ZONE_NAMES, outcome_sign, shell
from zonemap.web.shell import contact_role, tel
from zonemap.work.desk import FIRST_CALLED, OFF_DUTY, DeskView, rooms_by_class
from zonemap.work.desk_tables import spaced

_ICONS = (
    "phone",
    "plus",
    "cross",
    "check",
    "speech",
    "undo",
    "pin",
    "door",
    "flag",
    "paper",
    "eye",
    "room",
    "dash",
    "clock",
)
_MONDAY = datetime(2024, 1, 1, tzinfo=UTC)  # any Monday: hours repeat each week
_WEEK = 7 * 24 * 60
_SHOWN = ("litigation", "next", "past", "first_words", "pressed", "hold_words", "must_not", "access_words", "roles")
_HEADINGS = ("", "federal_court", "state_court", "dhs", "immigration_court")


def offline_document(view: DeskView, table: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """The document, as JSON values, by the clock ``now`` (UTC)."""
    mark, said = spaced(table["hash"]), words()
    around = shell(view, today=now.date(), mark=mark, t=speech())
    document = {
        "table": table,
        "made": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "good_until": view.pack.trusted_until.isoformat(),
        "stale": now.date() > view.pack.trusted_until,
        "litigation": view.pack.litigation_note,
        "clock": view.facility.clock,
        "facility": {"name": view.facility.name, "address": view.facility.address},
        "next": said["next"],
        "past": around.past,
        "first_words": around.first_words,
        "pressed": around.pressed,
        "hold_words": list(around.hold_words),
        "must_not": list(around.must_not),
        "access_words": said["access"],
        "zones": [zone.value for zone in AccessZone],
        "shown_zones": [zone.value for zone in ZONE_NAMES],
        "signs": {outcome.value: outcome_sign(outcome) for outcome in Outcome},
        "first_called": [role.value for role in FIRST_CALLED],
        "roles": {role.value: contact_role(role) for role in ContactRole},
        "contacts": list(_contacts(view)),
        "floors": [_floor(each, at) for at, each in enumerate(view.as_saved, 1)],
        "open_floors": view.open_floors,
        "first_titles": first_titles(),
        "drawings": _drawings(table),
        "pieces": _pieces(),
    }
    known = _texts(document)
    return document | {"languages": {code: _language(view, speech(code), mark, known, now) for code in LANGUAGES}}


# --- languages ---------------------------------------------------------------------------------------------------


def _language(view: DeskView, t: Speech, mark: str, shown: Iterable[str], now: datetime) -> dict[str, Any]:
    """The texts of the screens in a language, and what each text of the rules reads in it."""
    around, words_ = shell(view, today=now.date(), mark=mark, t=t), screen_words(t.language)
    known = known_in(t.language)
    return {
        **{part: words_[part] for part in ("screen", "zones", "zone_words", "faces", "spots")},
        "told": {} if t.language == ENGLISH else {each: said for each in shown if (said := known(each))},
        "in_force": around.in_force,
        "mark": around.mark,
        "wait": around.wait,
        "rules": around.rules,
        "review_by": t.day(view.pack.trusted_until),
        "compare": compared(t.language),
    }


def _texts(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Every text of the rules that the document may show."""
    table = document["table"]
    shown = (
        table["lines"],
        table["questions"],
        table["words"],
        table["several_papers"],
        *(document[key] for key in _SHOWN),
        OFF_DUTY,
        [contact["hours"] for contact in document["contacts"]],
    )
    return tuple(dict.fromkeys(text for part in shown for _, text in texts(part) if text))


def _contacts(view: DeskView) -> Iterator[dict[str, Any]]:
    for each in sorted(view.everybody, key=lambda contact: (contact.position, contact.id)):
        yield {
            "name": each.name,
            "role": each.role.value,
            "phone": each.phone,
            "tel": tel(each.phone),
            "hours": each.hours,
            "duty": [[list(spell.days), spell.start, spell.end] for spell in each.duty],
        }


# --- floors, which may be something else at another hour ---------------------------------------------------------


def _floor(designation: Designation, at: int) -> dict[str, Any]:
    floor = designation.floor
    states: list[dict[str, Any]] = []
    week: list[list[int]] = []
    for minute in _turns(floor):
        state = _state(floor.at(_MONDAY + timedelta(minutes=minute)), at)
        if state not in states:
            states.append(state)
        week.append([minute, states.index(state)])
    return {
        "name": floor.name,
        "number": designation.number,
        "week": week,
        "states": states,
    }


def _turns(floor: Floor) -> list[int]:
    """The minutes of the week at which something of the floor may turn into something else; always the first."""
    turns = {0}
    at_rooms = [(spell.start, spell.end) for room in floor.rooms for spell in room.hours]
    at_doors = [(spell.start, spell.end) for door in floor.doors for spell in door.hours]
    for minutes in (*at_rooms, *at_doors):
        turns |= {(day * 1440 + minute) % _WEEK for day in range(7) for minute in minutes}
    return sorted(turns)


def _state(floor: Floor, at: int) -> dict[str, Any]:
    look = {"look": Look.SCREEN, "title": LABEL, "waiting": floor.waiting_spot, "prefix": f"floor{at}"}
    room = room_at(floor, floor.waiting_spot) if floor.waiting_spot else None
    return {
        "map": floor_drawing(floor, **look).svg if floor.rooms else "",  # type: ignore[arg-type]
        "waiting": room.label if room and room.zone_class is ZoneClass.PUBLIC else "",
        "groups": [[kind.value, [each.label for each in rooms]] for kind, rooms in rooms_by_class(floor)],
        "hours": [[each.label, each.zone_class.value] for each in floor.rooms if each.hours],
    }


# --- pictures ----------------------------------------------------------------------------------------------------


def _drawings(table: Mapping[str, Any]) -> dict[str, Any]:
    """Where to look, for each question, heading and title: the drawings once, and which one is whose."""
    titles = ["", *table["words"]["title"]["answers"]]
    drawn: dict[Framed, int] = {}
    which: dict[str, int] = {}
    for key in filter(is_drawn, {question["key"] for question in table["questions"].values()}):
        for heading in _HEADINGS:
            for title in titles:
                which[f"{key}|{heading}|{title}"] = drawn.setdefault(framed(key, heading, title), len(drawn))
    shown = [{"face": each.name, "spot": each.spot, "svg": each.svg} for each in drawn]
    return {"drawn": shown, "which": which, "headings": list(_HEADINGS)}


def _pieces() -> dict[str, Any]:
    """Small pictures, by the macros of the desk's own pages."""
    icon = get_template_attribute("_macros/icons.html", "icon")
    sign = get_template_attribute("desk/_pieces.html", "sign")
    zone = get_template_attribute("desk/_pieces.html", "zone_mark")
    return {
        "icon": {name: str(icon(name)) for name in _ICONS},
        "sign": {name: str(sign(name)) for name in ("not", "go", "hold")},
        "zone": {kind.value: str(zone(kind)) for kind in ZONE_NAMES},
    }
