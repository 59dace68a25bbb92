"""Sites by the thousand: each with 2 floors of 150 rooms, designated, approved, hung, with its people; in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import JSON, Connection, Table, TableClause, column, insert, select, table

from tests.geometry.floors import grid_floor
from zonemap.model.facility import Contact, ContactRole, Designation, Facility, SiteKind
from zonemap.model.floor_document import floor_document
from zonemap.model.plan import Floor
from zonemap.model.record import RecordKind, canonical, digest, next_entry
from zonemap.model.wall import WallEvent, sheet_facts
from zonemap.storage import tables
from zonemap.storage.designations import record_body
from zonemap.storage.facilities import facility_document, frozen_document
from zonemap.storage.readiness_tables import site_readiness
from zonemap.storage.store import Store
from zonemap.storage.words import words_of
from zonemap.work.floor_signs import floor_signs
from zonemap.work.roll_up import count_due, made_with
from zonemap.work.wall import WALL_OPTIONS

ROOMS, FLOORS, ACCOUNTS = 150, 2, 4
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
AT_ONCE = 100
STATES = ("IL", "CA", "NY", "TX", "WA", "MA", "OH", "GA")
WORDS = ("Larkspur", "Juniper", "Alder", "Cedar", "Willow", "Aspen", "Linden", "Maple", "Laurel", "Rowan", "Sorrel")
CITIES = ("Salem", "Fresno", "Albany", "Waco", "Yakima", "Lowell", "Dayton", "Macon")
_SITE, _FLOOR = "@site", "@floor"  # in what is written once for all sites
Rows = dict[str, list[dict[str, Any]]]


def site_id(number: int) -> str:
    """The id of a site."""
    return f"a{number:031x}"


def site(number: int) -> Facility:
    """The site of that number."""
    at = number % len(STATES)
    name = f"{WORDS[number * 7 % len(WORDS)]} Health Center {number:05d}"
    postcode = f"{10000 + number:05d}"
    return Facility(
        site_id(number), name, f"{number} Main Street", "", CITIES[at], STATES[at], postcode, SiteKind.CLINIC
    )


@cache
def _drawn(rooms: int, level: int) -> Floor:
    """The floor that all sites have at that level."""
    return replace(grid_floor(rooms), id=_FLOOR, facility_id=_SITE, level=level, name=f"Floor {level + 1}")


@cache
def _document(rooms: int, level: int) -> str:
    """The same as JSON: written once, because writing it is most of what a site takes."""
    return canonical(floor_document(_drawn(rooms, level)))


def load(store: Store, first: int, last: int) -> None:
    """Add the sites from ``first`` up to ``last``."""
    for begin in range(first, last, AT_ONCE):
        rows: Rows = {}
        for number in range(begin, min(last, begin + AT_ONCE)):
            for name, row in _rows(number):
                rows.setdefault(name, []).append(row)
        with store.engine.begin() as connection:
            _insert(connection, rows)


def _insert(connection: Connection, rows: Rows) -> None:
    for each in tables.metadata.sorted_tables:
        if each.name not in rows:
            continue
        # Of a hundred sheets that hang the database would note a change each; of the site it has noted some already.
        quiet = each.name == "wall_mark" and connection.dialect.name == "postgresql"
        if quiet:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.execute(insert(_as_text(each)), rows[each.name])
        if quiet:
            connection.exec_driver_sql("SET LOCAL session_replication_role = origin")


@cache
def _as_text(of: Table) -> TableClause:
    """The table, to which JSON is given as it is written."""
    return table(of.name, *(column(c.name, None if isinstance(c.type, JSON) else c.type) for c in of.columns))


_FACTS: dict[tuple[str, int], dict[str, str]] = {}


def _rows(number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    there = site(number)
    yield "facility", facility_document(there)
    for word in words_of(there.name, there.city, there.street, there.postcode):
        yield "facility_word", {"facility_id": there.id, "word": word}
    contacts = [
        Contact(f"c{at}{number:030x}", there.id, role, f"Person {number}", "555-0142")
        for at, role in enumerate(ContactRole)
    ]
    for each in contacts:
        named = {name: getattr(each, name) for name in Contact.__slots__}
        yield "contact", named | {"role": each.role.value, "languages": "[]", "duty": "[]"}
    yield from _people(number, there)
    head = None
    for level in range(FLOORS):
        floor_id = f"b{level}{number:030x}"
        document = _document(ROOMS, level).replace(_FLOOR, floor_id).replace(_SITE, there.id)
        frozen = f'{{"facility":{canonical(frozen_document(there))},"floor":{document}}}'
        drawn = replace(_drawn(ROOMS, level), id=floor_id, facility_id=there.id)
        made = Designation(f"d{level}{number:030x}", there, drawn, 1, 1, NOW, "Ana Ruiz")
        at = {"floor_id": drawn.id, "facility_id": there.id}
        yield "floor", {"id": drawn.id, "facility_id": there.id, "name": drawn.name, "level": level, "version": 1}
        saved = {"floor_id": drawn.id, "version": 1, "saved_at": NOW, "saved_by": "Ana Ruiz"}
        yield "floor_version", saved | {"document": document}
        facts = {"number": 1, "version": 1, "designated_at": NOW, "designated_by": "Ana Ruiz", "document": frozen}
        yield "designation", at | facts | {"id": made.id}
        approval = {"designation": made.id, "name": "R. Holm", "role": "Counsel", "approved_on": "2026-11-24"}
        for kind, body in (
            (RecordKind.DESIGNATION, record_body(made, {}) | {"document": digest(frozen)}),
            (RecordKind.APPROVAL, approval | {"remark": ""}),
        ):
            head = next_entry(head, there.id, kind, body, recorded_at=NOW, recorded_by="Ana Ruiz")
            values = {name: getattr(head, name) for name in type(head).__slots__}
            yield "record", values | {"kind": kind.value, "designation_id": made.id}
        key = (there.state, level)
        if key not in _FACTS:
            _FACTS[key] = dict(sheet_facts(floor_signs(made, tuple(contacts), WALL_OPTIONS)))
        for place, (sheet, said) in enumerate(_FACTS[key].items()):
            mark = {"id": f"e{level}{place:03x}{number:027x}", "sheet": sheet, "event": WallEvent.POSTED.value}
            mark |= {"facts": said, "number": 1, "marked_at": NOW, "recorded_at": NOW, "recorded_by": "Bo"}
            yield "wall_mark", at | mark


def _people(number: int, there: Facility) -> Iterator[tuple[str, dict[str, Any]]]:
    for at, role in enumerate(("manager", "responder", "desk", "desk")):
        account = f"f{at}{number:030x}"
        email = f"{role}{at}.{number}@clinic.example"
        name = f"{role.title()} {number:05d}-{at}"
        yield "account", {"id": account, "name": name, "email": email, "active": True}
        for word in words_of(name, email):
            yield "account_word", {"account_id": account, "word": word}
        yield "account_site_role", {"account_id": account, "facility_id": there.id, "role": role}
    device = {"id": f"9{number:031x}", "facility_id": there.id, "name": "Front desk", "added_by": "Ana Ruiz"}
    yield "desk_device", device | {"added_at": NOW, "token_hash": f"{number:064x}", "used_on": NOW.date()}


def count_all(store: Store, now: datetime, last: int, *, for_real: int) -> int:
    """Count the sites: so many for real, the others as copies of these, whose plans are the same. Gives the first."""
    counted = 0
    while counted < for_real and (done := count_due(store, now, most=25)):
        counted += done
    with store.engine.begin() as connection:
        there = select(site_readiness)
        known = {row["facility_id"]: dict(row) for row in connection.execute(there).mappings()}
        if not known or len(known) >= last:
            return counted
        alike = next(row for row in known.values() if row["facility_id"].startswith("a"))
        turns = now + timedelta(30)
        rows = [
            alike
            | {"facility_id": site_id(number), "name": site(number).name, "turns_at": turns, "made_with": made_with()}
            for number in range(last)
            if site_id(number) not in known
        ]
        connection.execute(insert(site_readiness), rows)
        connection.execute(tables.site_change.delete())
    return counted
