"""How ready a site is, and all sites with the one that has most to do first."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from zonemap.errors import NotFound
from zonemap.model.readiness import Item, Line, Readiness, Said, Standing
from zonemap.rules.readiness import LineText, line_text, readiness_texts
from zonemap.web.forms import asked_page
from zonemap.web.guard import current_actor, current_store, needs, new_id, utc_now
from zonemap.web.shell import opens
from zonemap.work import readiness as work
from zonemap.work.permissions import Permission
from zonemap.work.roll_up import roll_up

blueprint = Blueprint("readiness", __name__)

# The page that mends each line, below the facility's own address where it does not begin with a slash.
PAGES = {
    Item.DRAWN: "plans/",
    Item.CHECKED: "/floors/{check_floor}/checks",
    Item.PRIVATE: "advisor/",
    Item.DESIGNATED: "plans/",
    Item.APPROVED: "plans/",
    Item.POSTED: "wall/",
    Item.ROSTER: "contacts",
    Item.BACKUP_PERSON: "contacts",
    Item.LAWYER: "contacts",
    Item.CONFIDENTIALITY: "contacts",
    Item.EMERGENCY: "contacts",
    Item.RULES_READ: "rules",
    Item.RULES_FRESH: "rules",
    Item.PROTOCOL: "protocol/",
    Item.WORDS: "protocol/",
    Item.TRAINED: "training/board",
    Item.REFERRALS: "referrals/",
    Item.RIGHTS: "handouts/",
    Item.TELEHEALTH: "handouts/",
    Item.PAIRED: "devices/",
    Item.OFFLINE: "devices/",
    Item.BACKUP: "/backups/",
}
_SAID = {Item.RIGHTS: Said.RIGHTS, Item.TELEHEALTH: Said.TELEHEALTH}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as the page shows it. ``href`` is empty where the person may not open the page that mends it."""

    line: Line
    text: LineText
    advice: str
    href: str
    said: Said | None


@blueprint.get("/readiness/")
@needs(Permission.SEE_READINESS)
def all_sites() -> str:
    """All sites of the person, the one with most to do first."""
    found = roll_up(current_store(), current_actor(), now=utc_now(), page=asked_page())
    return render_template("readiness/all.html", found=found, text=line_text)


@blueprint.get("/facilities/<facility_id>/readiness/")
@needs(Permission.SEE_READINESS)
def one(facility_id: str) -> str:
    """One site."""
    found = work.readiness(current_store(), current_actor(), facility_id, now=utc_now())
    shown = [_shown(found, line) for line in found.lines]
    groups = [(standing, [each for each in shown if each.line.standing is standing]) for standing in _ORDER]
    return render_template(
        "readiness/one.html",
        facility=found.facility,
        readiness=found,
        groups=[group for group in groups if group[1]],
        said=readiness_texts()["said"],
    )


@blueprint.post("/facilities/<facility_id>/readiness/<what>")
@needs(Permission.SEE_READINESS)
def say(facility_id: str, what: str) -> Response:
    """Say what only people can know."""
    if what not in tuple(Said):
        raise NotFound("There is no such line.")
    work.say(current_store(), current_actor(), facility_id, Said(what), now=utc_now(), new_id=new_id())
    return redirect(url_for(".one", facility_id=facility_id, _anchor=what), 303)


_ORDER = (Standing.TODO, Standing.UNKNOWN, Standing.DONE)


def _shown(found: Readiness, line: Line) -> ShownLine:
    text = line_text(line.item)
    return ShownLine(
        line, text, readiness_texts()["advice"][text.advice], page_of(found, line.item), _SAID.get(line.item)
    )


def page_of(found: Readiness, item: Item) -> str:
    """The address of the page that mends a line, empty where the person may not open it."""
    page = PAGES[item].format(check_floor=found.check_floor) if found.check_floor else PAGES[item]
    if "{" in page:
        page = PAGES[Item.DRAWN]  # no check is open: its floors
    path = page if page.startswith("/") else f"/facilities/{found.facility.id}/{page}"
    return path if opens(path, found.facility.id) else ""
