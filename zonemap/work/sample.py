"""The sample facility, so that the first page of a new installation shows the whole thing at work."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from zonemap.errors import Invalid
from zonemap.intake.guard import read
from zonemap.intake.sheet import Sheet
from zonemap.model.facility import Contact, ContactRole, Designation, Facility, SiteKind
from zonemap.model.floor_document import floor_from
from zonemap.model.plan import Floor
from zonemap.storage.store import Store

NAME = "sample-clinic.json"


def load_sample(store: Store, floorplans: Path, *, now: datetime) -> str:
    """Load the sample clinic: facility, roster, its floor with picture and tiles, designated as revision 1 by "Sample".

    For the command line, whose user owns the database. Gives the facility's id. A second call changes nothing, also
    where people have worked on the sample since. Raises Invalid where the files are not there or not whole.
    """
    values = _values(floorplans)
    facility = _facility(values["facility"])
    with store.read() as books:
        if books.facilities.find(facility.id) is not None:
            return facility.id
    floor, sheet = floor_from(values["floor"]), _sheet(floorplans, values["picture"])
    with store.begin() as books:
        if books.facilities.find(facility.id) is None:  # two could start at once
            books.facilities.add(facility)
            books.contacts.replace(facility.id, _contacts(values["contacts"], facility))
            books.pictures.add(values["picture"]["id"], facility.id, sheet.png, sheet.tiles)
            by = str(values["designation"]["by"])
            saved = books.floors.add(floor, saved_at=now, saved_by=by)
            books.designations.add(_designation(values, facility, floor, saved.version, now))
    return facility.id


def _values(floorplans: Path) -> dict[str, Any]:
    try:
        values = json.loads((floorplans / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Invalid(f"The sample clinic cannot be read from {floorplans / NAME}. Install zonemap again.") from error
    if not isinstance(values, dict):
        raise Invalid(f"{floorplans / NAME} is not a sample facility. Install zonemap again.")
    return values


def _sheet(floorplans: Path, picture: Mapping[str, Any]) -> Sheet:
    """The scan, through the same door as any upload."""
    path = floorplans / str(picture["file"])
    try:
        sheet = read(path.read_bytes())
    except OSError as error:
        raise Invalid(f"The sample clinic's picture is not at {path}. Install zonemap again.") from error
    if not isinstance(sheet, Sheet):
        raise Invalid(f"{path} has several pages. Install zonemap again.")
    return sheet


def _facility(values: Mapping[str, Any]) -> Facility:
    return Facility(**{**values, "site_kind": SiteKind(values["site_kind"])})


def _contacts(values: list[Mapping[str, Any]], facility: Facility) -> tuple[Contact, ...]:
    return tuple(
        Contact(each["id"], facility.id, ContactRole(each["role"]), each["name"], each["phone"], each["hours"], place)
        for place, each in enumerate(values)
    )


def _designation(
    values: Mapping[str, Any], facility: Facility, floor: Floor, version: int, now: datetime
) -> Designation:
    made = values["designation"]
    return Designation(made["id"], facility, floor, 1, version, designated_at=now, designated_by=str(made["by"]))
