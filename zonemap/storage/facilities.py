"""Facilities and the people their desk calls."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, func, insert, select, update

from zonemap.errors import NotFound
from zonemap.model.facility import Contact, ContactRole, Facility, SiteKind
from zonemap.model.hours import Spell
from zonemap.model.organization import own_else_shared
from zonemap.storage import tables
from zonemap.storage.organization import Organization
from zonemap.storage.protocol_tables import protocol_entry
from zonemap.storage.words import Words


def facility_document(facility: Facility) -> dict[str, Any]:
    """A facility as plain JSON values."""
    return {**asdict(facility), "site_kind": facility.site_kind.value}


def frozen_document(facility: Facility) -> dict[str, Any]:
    """The same for a designation; a time zone only where one was set, as designations before it had none."""
    values = facility_document(facility)
    return {name: value for name, value in values.items() if value or name != "time_zone"}


def facility_from(values: Mapping[str, Any]) -> Facility:
    """A facility from a row or from JSON values."""
    return Facility(**{**values, "site_kind": SiteKind(values["site_kind"])})


class Facilities:
    """The sites."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._words = Words(connection, tables.facility_word)

    def add(self, facility: Facility) -> Facility:
        """Keep a new facility."""
        self._connection.execute(insert(tables.facility).values(facility_document(facility)))
        self._keep_words(facility)
        return facility

    def find(self, facility_id: str) -> Facility | None:
        """The facility, or None."""
        query = select(tables.facility).where(tables.facility.c.id == facility_id)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else facility_from(dict(row))

    def get(self, facility_id: str) -> Facility:
        """The facility. Raises NotFound."""
        facility = self.find(facility_id)
        if facility is None:
            raise NotFound("There is no such facility.")
        return facility

    def some(self, ids: Collection[str]) -> list[Facility]:
        """Those of the ids that are there, by name."""
        query = select(tables.facility).where(tables.facility.c.id.in_(ids))
        rows = self._connection.execute(query.order_by(tables.facility.c.name, tables.facility.c.id)).mappings()
        return [facility_from(dict(row)) for row in rows]

    def page(self, own: Collection[str] | None, search: str, *, first: int, most: int) -> list[Facility]:
        """A part of the list by name: of all, or of those ids; with ``search`` only what is called or lies so."""
        query = self._found(select(tables.facility), own, search)
        query = query.order_by(tables.facility.c.name, tables.facility.c.id)
        rows = self._connection.execute(query.offset(first).limit(most)).mappings()
        return [facility_from(dict(row)) for row in rows]

    def count(self, own: Collection[str] | None, search: str = "") -> int:
        """How many there are in that list; of a search ``FOUND_MOST`` at most."""
        return self._words.count(self._found(select(tables.facility.c.id), own, search), search)

    def of_kind(self, state: str, kind: SiteKind, *, most: int) -> list[Facility]:
        """Those of a state and kind by name; where they are more, those first that have saved a protocol."""
        saved = exists().where(protocol_entry.c.facility_id == tables.facility.c.id)
        query = select(tables.facility).where(
            tables.facility.c.state == state, tables.facility.c.site_kind == kind.value
        )
        query = query.order_by(saved.desc(), tables.facility.c.name, tables.facility.c.id).limit(most)
        found = [facility_from(dict(row)) for row in self._connection.execute(query).mappings()]
        return sorted(found, key=lambda each: (each.name, each.id))

    def kinds(self) -> list[tuple[str, SiteKind, int]]:
        """Each state and kind of site that there is, and how many are of it."""
        by = (tables.facility.c.state, tables.facility.c.site_kind)
        rows = self._connection.execute(select(*by, func.count().label("sites")).group_by(*by).order_by(*by))
        return [(row.state, SiteKind(row.site_kind), row.sites) for row in rows]

    def save(self, facility: Facility) -> Facility:
        """Change a facility. Raises NotFound."""
        values = facility_document(facility)
        change = update(tables.facility).where(tables.facility.c.id == values.pop("id")).values(values)
        if self._connection.execute(change).rowcount == 0:
            raise NotFound("There is no such facility.")
        self._keep_words(facility)
        return facility

    def list(self) -> list[Facility]:
        """All of them, by name."""
        query = select(tables.facility).order_by(tables.facility.c.name, tables.facility.c.id)
        return [facility_from(dict(row)) for row in self._connection.execute(query).mappings()]

    def _keep_words(self, facility: Facility) -> None:
        self._words.keep(facility.id, facility.name, facility.city, facility.street, facility.postcode)

    def _found(self, query: Select[Any], own: Collection[str] | None, search: str) -> Select[Any]:
        if own is not None:
            query = query.where(tables.facility.c.id.in_(own))
        return self._words.found(query, tables.facility.c.id, search)


class Contacts:
    """Whom the desk calls."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def own(self, facility_id: str) -> list[Contact]:
        """The facility's own: the roles as ``ContactRole`` lists them, then by position."""
        query = select(tables.contact).where(tables.contact.c.facility_id == facility_id)
        return in_order_of_calling(contact_from(dict(row)) for row in self._connection.execute(query).mappings())

    def list(self, facility_id: str) -> list[Contact]:
        """In the order of calling: the facility's own, and the organization's where it has nobody for a role."""
        shared = Organization(self._connection).contacts()
        return in_order_of_calling(own_else_shared(facility_id, self.own(facility_id), shared))

    def replace(self, facility_id: str, contacts: tuple[Contact, ...]) -> None:
        """Put these in the place of all before. Raises ValueError for a contact of another facility."""
        if any(contact.facility_id != facility_id for contact in contacts):
            raise ValueError("A contact belongs to another facility.")
        self._connection.execute(delete(tables.contact).where(tables.contact.c.facility_id == facility_id))
        rows = [{**asdict(contact), "role": contact.role.value} for contact in contacts]
        if rows:
            self._connection.execute(insert(tables.contact), rows)


def in_order_of_calling(contacts: Iterable[Contact]) -> list[Contact]:
    """By role as ``ContactRole`` lists them, then by position."""
    order = list(ContactRole)
    return sorted(contacts, key=lambda contact: (order.index(contact.role), contact.position, contact.id))


def contact_from(row: dict[str, Any]) -> Contact:
    """A contact from a row."""
    duty = tuple(Spell(tuple(each["days"]), each["start"], each["end"], None) for each in row["duty"])
    return Contact(**{**row, "role": ContactRole(row["role"]), "languages": tuple(row["languages"]), "duty": duty})
