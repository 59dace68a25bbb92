"""The state's points beside what stands in zonemap: what is shown where, and what is not yet there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zonemap.geometry.thresholds import signed_doors
from zonemap.model.facility import ContactRole
from zonemap.model.plan import DoorControl
from zonemap.model.report import Heading, Part, Points, Report, Rows, Words
from zonemap.printing.sheets import count
from zonemap.rules.checklists import Checklist, CheckPoint, checklist_for, checklist_words
from zonemap.work.binder_texts import Site, a_report, waiting_places


@dataclass(frozen=True, slots=True)
class Counted:
    """What a site's plans, signs and training come to, as the other parts of the binder tell it."""

    notices: int
    signs: int
    trained: int
    people: int
    protocol: bool
    referrals: bool


def checklist_report(site: Site, counted: Counted) -> Report:
    """The checklist of the facility's state."""
    found = checklist_for(site.facility.state, site.facility.site_kind, site.pack)
    return a_report(site, f"State checklist, {_state(found)}", tuple(_parts(site, counted, found)), site.rules)


def _state(found: Checklist) -> str:
    return found.name.partition(":")[0]


def _parts(site: Site, counted: Counted, found: Checklist) -> Iterator[Part]:
    told = checklist_words()
    yield Words(told["intro"])
    yield Heading(found.name)
    yield Words(f"{found.who} {found.due}".strip())
    if not found.in_full:
        yield Words(told["other_state"] if found.points else told["nothing"], strong=True)
    elif not found.binds:
        kind = site.facility.site_kind.value.replace("_", " ")
        bound = f"This facility is entered as: {kind}. The law does not bind it; its points stand here as practice."
        yield Words(bound, strong=True)
    if found.points:
        lines = tuple((each.text, each.citation, _here(site, counted, each)) for each in found.points)
        yield Rows(("What it asks", "Source", "Here"), lines, (3, 2, 2.4))
    if site.pack.open_questions:
        yield Heading(told["open_questions"])
        yield Points(site.pack.open_questions)


def _here(site: Site, counted: Counted, point: CheckPoint) -> str:
    told = checklist_words()
    if point.here == "people":
        return str(told["people"])
    value = here_values(site, counted)[point.here]
    if value:
        return str(told["here"][point.here]).format(value=value)
    return str(told["not_yet"][point.here])


def here_values(site: Site, counted: Counted) -> dict[str, str]:
    """What each thing comes to, in words; empty where it is not there yet."""
    floors = "; ".join(f"{each.floor.name}, revision {each.number}" for each in site.designations)

    def people(role: ContactRole) -> str:
        return ", ".join(each.name for each in site.contacts if each.role is role)

    return {
        "designated": floors,
        "mapped": floors,
        "signs": count(counted.signs, "door sign") if counted.signs else "",
        "notices": count(counted.notices, "entrance notice") if counted.notices else "",
        "controls": _controls(site),
        "protocol": "there" if counted.protocol else "",
        "scripts": "there",
        "custody": "there",
        "witness": "there",
        "names": "there",
        "policy": "there",
        "waiting": "; ".join(waiting_places(site)),
        "referrals": "there" if counted.referrals else "",
        "trained": f"{counted.trained} of {counted.people} people are trained" if counted.trained else "",
        **{role.value: people(role) for role in ContactRole},
    }


def _controls(site: Site) -> str:
    doors = [each.door for found in site.designations for each in signed_doors(found.floor)]
    held = [door for door in doors if door.control in (DoorControl.LOCK, DoorControl.STAFF)]
    return f"{len(held)} of {count(len(doors), 'door')} from public space are locked or staffed" if held else ""
