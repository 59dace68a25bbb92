"""The advisor's page: as much as possible private behind the fewest doors, taken with one click and undone with one."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField
from wtforms.validators import InputRequired

from zonemap.errors import Conflict, Invalid
from zonemap.geometry.access import Place
from zonemap.web.forms import Form, refused
from zonemap.web.guard import current_actor, current_store, may_here, needs, utc_now
from zonemap.web.zone_forms import CLASS_NAMES
from zonemap.work import advise
from zonemap.work.permissions import Permission

blueprint = Blueprint("advisor", __name__, url_prefix="/facilities/<facility_id>/advisor")

_RELOAD = "Load the page again, and choose the plan there."


class TakeForm(Form):
    """A plan that is taken: what was pinned, which of the plans, and the versions that were looked at."""

    plan = HiddenField(validators=[InputRequired(_RELOAD)])
    versions = HiddenField(validators=[InputRequired(_RELOAD)])
    pinned = HiddenField()


class UndoForm(Form):
    """A plan that is taken back: each floor with its version before and after."""

    undo = HiddenField(validators=[InputRequired(_RELOAD)])


@blueprint.get("/")
@needs(Permission.SEE_PLANS)
def show(facility_id: str) -> str:
    """The proposals for the rooms that are pinned; without any pinned, for those that look public."""
    return _page(facility_id, _pinned(request.args.getlist("pin")) if "asked" in request.args else None)


@blueprint.post("/")
@needs(Permission.DRAW_PLANS)
def take(facility_id: str) -> Response | tuple[str, int]:
    """Give every room the class of a proposal."""
    form = TakeForm.sent()
    pinned = _pinned(form.text("pinned").split()) if form.text("pinned") else None
    if not form.accepts():
        return _page(facility_id, pinned, refused(form)), 400
    try:
        taken = advise.take(
            current_store(),
            current_actor(),
            facility_id,
            form.text("plan"),
            advise.versions_from(form.text("versions")),
            pinned,
            now=utc_now(),
        )
    except (Invalid, Conflict) as error:
        form.form_errors.append(error.message)
        return _page(facility_id, pinned, form), 409 if isinstance(error, Conflict) else 400
    return redirect(url_for(".show", facility_id=facility_id, taken=advise.steps_text(taken)), 303)


@blueprint.post("/undo")
@needs(Permission.DRAW_PLANS)
def undo(facility_id: str) -> Response | tuple[str, int]:
    """Take a plan back."""
    form = UndoForm.sent()
    if not form.accepts():
        return _page(facility_id, None, refused(form)), 400
    try:
        steps = advise.steps_from(form.text("undo"))
        advise.take_back(current_store(), current_actor(), facility_id, steps, now=utc_now())
    except (Invalid, Conflict) as error:
        form.form_errors.append(error.message)
        return _page(facility_id, None, form), 409 if isinstance(error, Conflict) else 400
    return redirect(url_for(".show", facility_id=facility_id), 303)


def _pinned(given: list[str]) -> frozenset[Place]:
    """Places as the form has them: floor id, a colon, room id."""
    parts = (each.partition(":") for each in given)
    return frozenset((floor_id, room_id) for floor_id, _, room_id in parts if room_id)


def _page(facility_id: str, pinned: frozenset[Place] | None, form: Form | None = None) -> str:
    found = advise.advice(current_store(), current_actor(), facility_id, pinned)
    return render_template(
        "checks/advisor.html",
        facility=found.facility,
        tab="plans",
        advice=found,
        pinned=" ".join(sorted(f"{floor}:{room}" for floor, room in pinned)) if pinned is not None else "",
        versions=advise.versions_text(found.versions),
        key_of=advise.plan_key,
        form=form or TakeForm(),
        taken=request.args.get("taken", "") if request.method == "GET" else "",
        draws=may_here(Permission.DRAW_PLANS),
        class_names=CLASS_NAMES,
    )
