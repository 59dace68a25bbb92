"""What a facility still needs, as a list to tick off, with a link to each place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zonemap.model.facility import ContactRole
from zonemap.model.plan import Floor
from zonemap.web.guard import may_here
from zonemap.work.facilities import FacilityHome
from zonemap.work.permissions import Permission


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. ``href`` is empty where the person's role cannot do it."""

    label: str
    more: str
    done: bool
    href: str


def steps(home: FacilityHome) -> list[Step]:
    """All steps, in the order of doing them."""
    base = f"/facilities/{home.facility.id}"
    plans, draws = f"{base}/plans/", may_here(Permission.DRAW_PLANS)
    sets_contacts = may_here(Permission.SET_CONTACTS)
    floors = [each.floor for each in home.floors]
    found = [
        Step("Add the plan of each floor", "A picture, PDF or SVG.", _all(floors, "picture"), plans if draws else ""),
        Step("Set the scale", "Two points and a length.", _all(floors, "scale"), plans if draws else ""),
        Step(
            "Draw the rooms and decide each",
            "Open to the public, or closed. Undecided rooms do not count.",
            bool(floors) and all(each.floor.rooms and not each.undecided for each in home.floors),
            plans if draws else "",
        ),
        Step(
            "Designate each floor",
            "A numbered, frozen revision. Signs and the desk use it.",
            bool(floors) and home.in_force == len(floors),
            plans if draws else "",
        ),
        Step(
            "Say whom the desk calls",
            "At least one responder, with a phone that is answered.",
            any(each.role is ContactRole.RESPONDER for each in home.contacts),
            f"{base}/contacts" if sets_contacts else "",
        ),
    ]
    prints = may_here(Permission.PRINT_SIGNS) and home.in_force
    # Nobody tells zonemap that a sheet hangs, so this step is never ticked.
    found.append(
        Step("Print the signs and the map", "And hang them up.", done=False, href=f"{base}/signs/" if prints else "")
    )
    return found


def _all(floors: Sequence[Floor], name: str) -> bool:
    return bool(floors) and all(getattr(floor, name) is not None for floor in floors)
