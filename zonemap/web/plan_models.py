"""Models of buildings: the floors that were found in a file, and which of them are added."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for

from zonemap.errors import Invalid
from zonemap.model.plan import Floor
from zonemap.web.guard import current_actor, current_store, needs, utc_now
from zonemap.web.plan_forms import FloorsForm, blame
from zonemap.web.plans import Page, shown
from zonemap.work import facilities, model_floors
from zonemap.work.permissions import Permission

blueprint = Blueprint("plan_models", __name__)


@blueprint.route("/models/<import_id>", methods=["GET", "POST"])
@needs(Permission.DRAW_PLANS)
def choose(import_id: str) -> Page:
    """The floors of a model, all ticked; adds those that stay so, or forgets the model."""
    waiting = model_floors.waiting(current_store(), current_actor(), import_id, now=utc_now())
    facility = facilities.facility(current_store(), current_actor(), waiting.facility_id)
    form = FloorsForm.sent(floors=[floor.id for floor in waiting.floors])
    form.floors.choices = [(floor.id, floor.name) for floor in waiting.floors]
    status = 200
    if "none" in request.form:
        model_floors.drop_model(current_store(), current_actor(), import_id, now=utc_now())
        return redirect(url_for("plans.index", facility_id=facility.id), 303)
    if form.accepts():
        try:
            chosen = frozenset(form.floors.data or ())
            model_floors.add_floors(current_store(), current_actor(), import_id, chosen, now=utc_now())
            return redirect(url_for("plans.index", facility_id=facility.id), 303)
        except Invalid as error:
            blame(form, error, "floors")
    if form.errors:
        status = 400
    others = model_floors.waiting_models(current_store(), current_actor(), facility.id, now=utc_now())
    more_wait = any(each.id != import_id for each in others)
    values = {
        "more_wait": more_wait,
        "model": waiting,
        "facility": facility,
        "form": form,
        "shown": shown,
        "outlines": _outlines,
        "tab": "plans",
    }
    ticked = set(request.form.getlist("floors")) if request.method == "POST" else {f.id for f in waiting.floors}
    return render_template("plans/model.html", ticked=ticked, **values), status


def _outlines(floor: Floor) -> str:
    """The rooms of a floor as the path of an SVG, in the pixels of the picture's coarsest tile."""
    if floor.picture is None or floor.scale is None:
        return ""
    wide, high = shown(floor.picture)
    pixels = wide / (floor.picture.width_px * floor.scale.metres_per_pixel)
    rings = (ring for room in floor.rooms for ring in (room.ring, *room.holes))
    return "".join(f"M{'L'.join(f'{x * pixels:.1f} {high - y * pixels:.1f}' for x, y in ring)}Z" for ring in rings)
