"""What the desk needs without a server, as one document: the rules' table, whom to call, the floors by the hour.

It holds what the desk's own pages show and nothing else: no account, no draft, no note, no address of a server.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import get_template_attribute

from zonemap.drawing.floor import Look, floor_drawing
from zonemap.geometry.shapes import room_at
from zonemap.model.assessment import AccessZone, Outcome
from zonemap.model.facility import ContactRole, Designation
from zonemap.model.plan import Floor
from zonemap.model.zone import ZoneClass
from zonemap.rules.desk_words import words
from zonemap.web.desk_drawings import look_here
from zonemap.web.desk_options import first_titles
from zonemap.web.desk_pages import ZONE_NAMES, date_words, outcome_sign, shell
from zonemap.web.shell import contact_role, tel
from zonemap.work.desk import FIRST_CALLED, DeskView, rooms_by_class
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
_HEADINGS = ("", "federal_court", "state_court", "dhs", "immigration_court")


def offline_document(view: DeskView, table: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """The document, as JSON values, by the clock ``now`` (UTC)."""
    around, texts = shell(view, today=now.date(), mark=spaced(table["hash"])), words()
    return {
        "table": table,
        "made": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "good_until": view.pack.trusted_until.isoformat(),
        "stale": now.date() > view.pack.trusted_until,
        "review_by": date_words(view.pack.trusted_until),
        "litigation": view.pack.litigation_note,
        "clock": view.facility.clock,
        "facility": {"name": view.facility.name, "address": view.facility.address},
        "in_force": around.in_force,
        "mark": around.mark,
        "wait": around.wait,
        "next": texts["next"],
        "rules": around.rules,
        "first_words": around.first_words,
        "pressed": around.pressed,
        "hold_words": around.hold_words,
        "must_not": around.must_not,
        "access_words": texts["access"],
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


def _contacts(view: DeskView) -> Iterator[dict[str, str]]:
    for each in sorted((*view.contacts, *view.off_duty), key=lambda contact: (contact.position, contact.id)):
        yield {
            "name": each.name,
            "role": each.role.value,
            "phone": each.phone,
            "tel": tel(each.phone),
            "hours": each.hours,
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
    title = f"Map of {floor.name}: the thick line parts what is open to the public from the rest. See the table."
    look = {"look": Look.SCREEN, "title": title, "waiting": floor.waiting_spot, "prefix": f"floor{at}"}
    room = room_at(floor, floor.waiting_spot) if floor.waiting_spot else None
    return {
        "map": floor_drawing(floor, **look).svg if floor.rooms else "",  # type: ignore[arg-type]
        "waiting": room.label if room and room.zone_class is ZoneClass.PUBLIC else "",
        "groups": [[kind.value, [each.label for each in rooms]] for kind, rooms in rooms_by_class(floor)],
        "hours": [[each.label, each.zone_class.word] for each in floor.rooms if each.hours],
    }


# --- pictures ----------------------------------------------------------------------------------------------------


def _drawings(table: Mapping[str, Any]) -> dict[str, Any]:
    """Where to look, for each question, heading and title: the drawings once, and which one is whose."""
    titles = ["", *table["words"]["title"]["answers"]]
    drawn: dict[str, int] = {}
    which: dict[str, int] = {}
    for key in {question["key"] for question in table["questions"].values()}:
        for heading in _HEADINGS:
            for title in titles:
                found = look_here(key, heading, title)
                if found is not None:
                    which[f"{key}|{heading}|{title}"] = drawn.setdefault(str(found), len(drawn))
    return {"drawn": list(drawn), "which": which, "headings": list(_HEADINGS)}


def _pieces() -> dict[str, Any]:
    """Small pictures, by the macros of the desk's own pages."""
    icon = get_template_attribute("_macros/icons.html", "icon")
    sign = get_template_attribute("desk/_pieces.html", "sign")
    zone = get_template_attribute("desk/_pieces.html", "zone")
    return {
        "icon": {name: str(icon(name)) for name in _ICONS},
        "sign": {name: str(sign(name)) for name in ("not", "go", "hold")},
        "zone": {kind.value: str(zone(kind)) for kind in ZONE_NAMES},
    }
