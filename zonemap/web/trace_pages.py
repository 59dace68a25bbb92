"""Finding rooms without scripts: how to look, what was found, and a button that keeps it as the next draft."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from wtforms import BooleanField, HiddenField, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp

from zonemap.errors import Busy, Conflict, Invalid, TooLarge
from zonemap.intake.tiles import TILE_PX, deepest
from zonemap.model.change import Put
from zonemap.model.plan import Floor, Ring
from zonemap.model.print_job import PrintJob
from zonemap.web.forms import Form
from zonemap.web.guard import current_actor, current_store, needs, utc_now
from zonemap.web.plans import Page, shown
from zonemap.web.tracing import begun, see_to
from zonemap.work import room_search, tracing, zones
from zonemap.work.permissions import Permission

blueprint = Blueprint("trace_pages", __name__)

_PERCENT = "Give the darkness as a whole number from 5 to 95, or leave it empty."


class FindForm(Form):
    """How to look for rooms, on top of the version that was looked at."""

    version = HiddenField(validators=[InputRequired(), Regexp(r"[0-9]{1,9}\Z", message="Load the page again.")])
    look_at = RadioField("Look at", choices={"lines": "the lines of the file", "picture": "the picture"})
    darkness = IntegerField(
        "Only lines darker than (per cent)",
        [Optional(), NumberRange(5, 95, _PERCENT)],
        description="Only for the picture. Leave it empty to have it found out.",
    )
    deskew = BooleanField("Straighten a plan that was scanned askew")
    labels = BooleanField("Read the numbers and names, which takes longer on a picture")

    def wish(self) -> tracing.Wish:
        """What to ask for."""
        return tracing.Wish(
            darkness=None if self.darkness.data is None else self.darkness.data / 100,
            deskew=bool(self.deskew.data),
            from_picture=self.look_at.data == "picture",
        )


@blueprint.route("/floors/<floor_id>/find", methods=["GET", "POST"])
@needs(Permission.DRAW_PLANS)
def find(floor_id: str) -> Page:
    """Look for rooms; the same look again keeps what it finds, because it always finds the same."""
    drawn = zones.drawn_floor(current_store(), current_actor(), floor_id)
    ways = tracing.ways(current_store(), current_actor(), floor_id)
    source = "lines" if ways.has_lines else "picture"
    form = FindForm.sent(look_at=source, deskew=True, labels=ways.reads_labels, version=drawn.saved.version)
    found, job, status = None, None, 400 if request.method == "POST" else 200
    if form.accepts():
        try:
            found, job = _found(floor_id, form, reads=ways.reads_labels)
            status = 200
            if found is not None and request.form.get("keep"):
                return _kept(floor_id, int(form.version.data or 0), found)
        except (Invalid, TooLarge, Busy, Conflict) as error:
            status = 409 if isinstance(error, Conflict) else 400
            form.form_errors.append(error.message)
            form.version.data = str(drawn.saved.version)
    outlines = [] if found is None else [_points(drawn.floor, room.ring) for room in found.rooms]
    values: dict[str, Any] = {"floor": drawn.floor, "facility": drawn.facility, "form": form, "ways": ways}
    page = render_template(
        "tracing/find.html", found=found, job=job, outlines=outlines, shown=shown, tab="plans", **values
    )
    return page, status


def _found(floor_id: str, form: FindForm, *, reads: bool) -> tuple[tracing.Proposal | None, PrintJob]:
    """What was found, None while it is looked for; and who looks."""
    store, actor = current_store(), current_actor()
    if known := request.form.get("stop"):
        room_search.stop_search(store, actor, floor_id, known)
        job = room_search.search(store, actor, floor_id, known)
    elif known := request.form.get("job"):
        job = room_search.search(store, actor, floor_id, known)
        see_to(job)
    else:
        job = begun(floor_id, form.wish())
    told = room_search.found_by(store, actor, floor_id, job.id)
    if told is None:
        return None, job
    found = room_search.proposal_from(told)
    if found.texts or not found.rooms or not (reads and form.labels.data):
        return found, job
    return replace(found, rooms=tracing.read_labels(store, actor, floor_id, found.rooms), texts=True), job


def _kept(floor_id: str, version: int, found: tracing.Proposal) -> Page:
    changes = [*(Put(room) for room in found.rooms), *(Put(door) for door in found.doors)]
    zones.mark(current_store(), current_actor(), floor_id, version, changes, now=utc_now())
    return redirect(url_for("zones.editor", floor_id=floor_id, table=1), 303)


def _points(floor: Floor, ring: Ring) -> str:
    """An outline on the coarsest tile of the floor's picture, as SVG wants it."""
    if floor.picture is None or floor.scale is None:
        return ""
    high = floor.picture.height_px
    metres = floor.scale.metres_per_pixel
    coarse = 2 ** deepest(floor.picture.width_px, high)
    places = ((x / metres / coarse, (high - y / metres) / coarse) for x, y in ring)
    return " ".join(f"{min(x, TILE_PX):.1f},{min(y, TILE_PX):.1f}" for x, y in places)
