"""Door by door: which sheet hangs at each door, public room and entrance. What is chosen is kept for the facility."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import Field, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs

from zonemap.errors import Conflict, Invalid
from zonemap.model.sign import Choice, FacilitySigns, SignPlan
from zonemap.web.forms import Form
from zonemap.web.guard import current_actor, current_store, needs, utc_now
from zonemap.work import sign_plans, signs
from zonemap.work.permissions import Permission
from zonemap.work.sign_choices import Place, places_to_choose

blueprint = Blueprint("sign_choices", __name__, url_prefix="/facilities/<facility_id>/signs")

_LABELS = {
    Choice.USUAL: "As usual",
    Choice.NONE: "No sheet",
    Choice.OFFICERS: "With the line to officers",
    Choice.PLAIN: "Without the line to officers",
    Choice.PRIVATE: "The words of a private door",
    Choice.SIGN: "Print it",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One place and the fields in which its sheet, and from how far that is read, are chosen."""

    place: Place
    field: Field
    distance: Field | None


@blueprint.get("/choices")
@needs(Permission.PRINT_SIGNS)
def choices(facility_id: str) -> str:
    """Every place that may bear a sheet, and what is chosen for it."""
    return _page(facility_id, None)


@blueprint.post("/choices")
@needs(Permission.SET_FACILITY)
def choose(facility_id: str) -> Response | tuple[str, int]:
    """Keep what was chosen."""
    _, plan, places = _found(facility_id)
    form = _form(places, plan, request.form)
    if not form.validate():
        return _page(facility_id, form), 400
    chosen = {place.sheet: Choice(form[_name(place)].data) for place in places}
    try:
        sign_plans.choose_sheets(
            current_store(),
            current_actor(),
            facility_id,
            chosen,
            version=_version(form),
            now=utc_now(),
            distances={place.sheet: _feet(form[_distance_name(place)].data) for place in places if place.has_headline},
        )
    except (Conflict, Invalid) as error:
        form.form_errors.append(error.message)
        return _page(facility_id, form), 409 if isinstance(error, Conflict) else 400
    return redirect(url_for("signs.index", facility_id=facility_id), 303)


def _page(facility_id: str, form: Form | None) -> str:
    found, plan, places = _found(facility_id)
    shown = form or _form(places, plan, None)
    floors: dict[str, list[Row]] = {}
    for place in places:
        floors.setdefault(place.floor, []).append(
            Row(place, shown[_name(place)], shown[_distance_name(place)] if place.has_headline else None)
        )
    return render_template(
        "signs/choices.html", facility=found.facility, tab="signs", form=shown, floors=floors, plan=plan
    )


def _found(facility_id: str) -> tuple[FacilitySigns, SignPlan, list[Place]]:
    store, actor = current_store(), current_actor()
    found = signs.sign_list(store, actor, facility_id, signs.PLAIN_OPTIONS)
    plan = sign_plans.sign_plan(store, actor, facility_id)
    return found, plan, list(places_to_choose(found))


def _form(places: list[Place], plan: SignPlan, given: Any) -> Form:
    """A form with one field a place; a name that it does not have is not read."""
    fields: Mapping[str, Any] = {"version": HiddenField(default=str(plan.version)), **dict(_fields(places, plan))}
    made: Form = type("ChoicesForm", (Form,), dict(fields))(given)
    return made


def _fields(places: list[Place], plan: SignPlan) -> Iterator[tuple[str, SelectField]]:
    for place in places:
        shown = [
            SelectChoice(each.value, _usual(place) if each is Choice.USUAL else _LABELS[each]) for each in place.choices
        ]
        yield (
            _name(place),
            SelectField(
                place.title,
                choices=shown,
                default=plan.choice(place.sheet).value,
                render_kw={"aria-label": f"{place.title}, {place.where}, {place.floor}"},
            ),
        )
        if place.has_headline:
            yield _distance_name(place), _distance_field(place, plan)


def _distance_field(place: Place, plan: SignPlan) -> SelectField:
    feet = [SelectChoice(str(each), f"{each} ft") for each in sign_plans.READING_FEET]
    known = dict(plan.distances).get(place.sheet)
    return SelectField(
        f"{place.title}, read from",
        choices=[SelectChoice("", "As the others"), *feet],
        default=str(known or ""),
        render_kw={"aria-label": f"{place.title}, {place.where}, {place.floor}: read from"},
    )


def _usual(place: Place) -> str:
    return f"As usual: {place.usual}"


def _name(place: Place) -> str:
    return f"sheet-{place.sheet}"


def _distance_name(place: Place) -> str:
    return f"far-{place.sheet}"


def _feet(given: str) -> int | None:
    return int(given) if given else None


def _version(form: Form) -> int:
    given = form.text("version")
    return int(given) if given.isdecimal() and len(given) < 10 else -1
