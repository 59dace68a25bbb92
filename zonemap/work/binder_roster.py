"""The roster on paper: the call sheet, and the list with hours, languages and holes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from zonemap.model.binder import CallSheet, CallStep
from zonemap.model.facility import Contact, ContactRole
from zonemap.model.hours import spoken_spell
from zonemap.model.person import Actor
from zonemap.model.report import Heading, Part, Points, Report, Rows, Words
from zonemap.model.roster import spoken_hole
from zonemap.printing.binder_book import call_sheet_pdf
from zonemap.printing.sheets import day
from zonemap.rules.desk_paper_words import paper_words
from zonemap.storage.store import Store
from zonemap.work.binder_texts import ROLE_NAMES, Site, a_report, site_of
from zonemap.work.contacts import roster_of
from zonemap.work.desk_papers import spoken_wait
from zonemap.work.devices import answer_wait
from zonemap.work.permissions import Permission, require

_NEEDED = (ContactRole.RESPONDER, ContactRole.ADMINISTRATOR_ON_CALL, ContactRole.COUNSEL)
_HOLES_MOST = 6


def roster_pdf(store: Store, actor: Actor, facility_id: str, *, now: datetime) -> bytes:
    """The call sheet of a facility as tagged PDF. Raises NotFound."""
    require(actor, Permission.PRINT_SIGNS, at=facility_id)
    with store.read() as books:
        facility = books.facilities.get(facility_id)
        local = now.astimezone(ZoneInfo(facility.clock))
        site, wait_s = site_of(books, facility, today=local.date()), answer_wait(books, facility_id)
    return call_sheet_pdf(call_sheet(site, wait_s), f"As of {day(local)}")


def call_sheet(site: Site, wait_s: int) -> CallSheet:
    """Whom to call, in order; a role that the desk needs and nobody has stands as a step to be passed over."""
    present = {each.role for each in site.contacts}
    steps: list[CallStep] = []
    for role in ContactRole:
        name = ROLE_NAMES[role]
        if role in _NEEDED and role not in present:
            steps.append(CallStep(0, name))
        for each in (contact for contact in site.contacts if contact.role is role):
            number = 1 + sum(bool(step.name) for step in steps)
            hours = hours_of(each) if each.duty or not each.hours else ""
            told = (hours, f"Speaks {', '.join(each.languages)}" if each.languages else "", each.hours)
            steps.append(CallStep(number, name, each.name, each.phone, *told))
    holes = tuple(_holes(site))[:_HOLES_MOST]
    return CallSheet(
        site.facility.name, site.facility.address, tuple(steps), holes, spoken_wait(paper_words()["print"], wait_s)
    )


def hours_of(contact: Contact) -> str:
    """When somebody takes calls; without hours that are set, they count as always there."""
    return "; ".join(map(spoken_spell, contact.duty)) if contact.duty else "At all hours"


def roster_report(site: Site) -> Report:
    """Everybody on the roster with hours and languages, the hours that each role reaches, and the holes."""
    return a_report(site, "Roster", tuple(_parts(site)))


def _parts(site: Site) -> Iterator[Part]:
    found = roster_of(site.facility, site.contacts)
    lines = tuple(
        (
            ROLE_NAMES[each.role],
            each.name,
            each.phone,
            hours_of(each) if each.duty else "No hours are set: always",
            ", ".join(each.languages) or "English",
            each.hours,
        )
        for each in site.contacts
    )
    yield Rows(("Role", "Name", "Phone", "Takes calls", "Languages", "Remark"), lines, (1.5, 1.7, 1.5, 1.9, 1.2, 1.5))
    yield Heading("The week, hour by hour")
    yield Words(f"A responder takes calls in {found.covered} of the 168 hours of a week ({site.facility.clock}).")
    if found.roles:
        yield Points(tuple(f"{ROLE_NAMES[role]}: {hours} of 168 hours" for role, hours in found.roles))
    if holes := tuple(_holes(site)):
        yield Heading("Hours without a responder", 3)
        yield Points(holes)


def _holes(site: Site) -> Iterator[str]:
    for hole in roster_of(site.facility, site.contacts).gaps:
        who = f"{hole.instead.name} ({ROLE_NAMES[hole.instead.role]})" if hole.instead else "nobody"
        yield f"No responder {spoken_hole(hole)}. First called then: {who}"
