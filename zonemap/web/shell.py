"""What stands around every page: the tabs that a person may open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from zonemap.model.facility import ContactRole, Facility
from zonemap.model.hours import spoken_spell
from zonemap.model.roster import spoken_hole
from zonemap.rules.desk_translation import screen_words
from zonemap.web.guard import find_actor, may_here, place
from zonemap.work.permissions import Permission, Place, Where, may


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the header."""

    key: str
    label: str
    href: str


_PEOPLE = Tab("people", "People", "/people/")


def tabs(facility: Facility | None) -> list[Tab]:
    """The tabs of a facility, those only that the person may open and that exist."""
    return [tab for tab in _of(facility) if opens(tab.href, place())] + _people()


def _people() -> list[Tab]:
    return [_PEOPLE] if opens(_PEOPLE.href, Place.ANYWHERE) else []


def _of(facility: Facility | None) -> list[Tab]:
    if facility is None:
        return []
    return [
        Tab(key, label, f"/facilities/{facility.id}/{key}/")
        for key, label in (
            ("plans", "Plans"),
            ("signs", "Signs"),
            ("desk", "Desk"),
            ("visits", "Visits"),
            ("training", "Training"),
        )
    ]


def opens(path: str, at: Where) -> bool:
    """Whether the person may open the page at a path, and there is one; ``at`` says of which facility it is."""
    actor = find_actor()
    endpoint = endpoint_of(path)
    if actor is None or endpoint is None:
        return False
    permission = current_app.extensions["zonemap_permissions"][endpoint]
    return permission is None or may(actor, permission, at=at)


def endpoint_of(path: str) -> str | None:
    """The endpoint that answers GET at a path, or None."""
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None  # noqa: S101 - there is always one in a request
    try:
        endpoint, _ = adapter.match(path, "GET")
    except (HTTPException, RequestRedirect):
        return None
    return str(endpoint)


def safe_next(path: str) -> str:
    """The path to go on to after signing in: a page of this app, or the first page. Never another site."""
    if len(path) > 500 or not re.fullmatch(r"/([^/\\\s][^\\\s]*)?", path):
        return "/"
    return path if endpoint_of(path.partition("?")[0]) else "/"


# --- words for templates -----------------------------------------------------------------------------------------


def contact_role(role: ContactRole) -> str:
    """A contact's role in words."""
    return str(screen_words()["contact_roles"][role])


def allowed(name: str) -> bool:
    """Whether the person may: in templates ``may('DRAW_PLANS')``, by the name in ``Permission``."""
    return may_here(Permission[name])


def day(moment: date) -> str:
    """A date as people here write it: November 24, 2026."""
    return f"{moment:%B} {moment.day}, {moment.year}"


def moment(when: datetime) -> str:
    """A date and time: November 24, 2026, 07:53 UTC."""
    return f"{day(when)}, {when:%H:%M} UTC"


def local(when: datetime, facility: Facility) -> str:
    """A date and time by the clock of a facility: Nov 24, 2026, 07:53."""
    there = when.astimezone(ZoneInfo(facility.clock))
    return f"{there:%b} {there.day}, {there.year}, {there:%H:%M}"


def tel(phone: str) -> str:
    """A phone number as a link that dials it; an extension is dialled after a pause."""
    number, _, extension = re.sub(r"(?i)\s*(ext\.?|x)\s*", "x", phone).partition("x")
    digits = re.sub(r"[^\d+]", "", number)
    return f"tel:{digits},{extension}" if extension else f"tel:{digits}"


WORDS = {
    "may": allowed,
    "day": day,
    "moment": moment,
    "local": local,
    "tel": tel,
    "role_label": contact_role,
    "tabs": tabs,
    "hours": spoken_spell,
    "hole": spoken_hole,
}
