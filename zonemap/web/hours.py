"""The hours of a floor: which rooms and doors are something else at other times."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs
from wtforms.validators import InputRequired, Regexp

from zonemap.errors import Conflict, Invalid
from zonemap.model.hours import spoken_spell
from zonemap.model.places import TIME_ZONES
from zonemap.model.plan import DoorControl, Floor
from zonemap.model.zone import ZoneClass
from zonemap.web.checks import CONTROL_NAMES
from zonemap.web.forms import RELOAD, ClockField, Form, days_field, refused
from zonemap.web.guard import current_actor, current_store, may_here, needs, utc_now
from zonemap.web.zone_forms import CLASS_NAMES
from zonemap.work.hours import add_hours, remove_hours
from zonemap.work.permissions import Permission
from zonemap.work.zones import DrawnFloor, drawn_floor

blueprint = Blueprint("hours", __name__, url_prefix="/floors/<floor_id>/hours")

_VERSION = [InputRequired(RELOAD), Regexp(r"[0-9]{1,9}\Z", message=RELOAD)]


class HoursForm(Form):
    """Some hours of the week in which a room or a door is something else."""

    version = HiddenField(validators=_VERSION)
    target = SelectField(
        "Room or door", choices=[], validate_choice=False, validators=[InputRequired("Choose a room or a door.")]
    )
    days = days_field()
    start = ClockField("From", "18:00")
    end = ClockField("To", "07:00", description="An earlier time means the next day.")
    what = SelectField(
        "It is then", choices=[], validate_choice=False, validators=[InputRequired("Choose what it is then.")]
    )


class RemoveHoursForm(Form):
    """Hours that are taken away."""

    version = HiddenField(validators=_VERSION)
    target = HiddenField(validators=[InputRequired(RELOAD)])
    place = HiddenField(validators=_VERSION)


@blueprint.get("")
@needs(Permission.SEE_PLANS)
def show(floor_id: str) -> str:
    """The hours of the floor, and the form that adds some; ``target`` is the room or door that somebody came from."""
    form = HoursForm()
    form.target.data = request.args.get("target")
    return _page(floor_id, form)


@blueprint.post("")
@needs(Permission.DRAW_PLANS)
def add(floor_id: str) -> Response | tuple[str, int]:
    """Add hours."""
    form = HoursForm.sent()
    if not form.accepts():
        return _page(floor_id, form), 400
    assert form.start.data is not None  # noqa: S101 - required
    assert form.end.data is not None  # noqa: S101
    start, end = (each.hour * 60 + each.minute for each in (form.start.data, form.end.data))
    try:
        add_hours(
            current_store(),
            current_actor(),
            floor_id,
            int(form.version.data or 0),
            form.text("target"),
            tuple(form.days.data or ()),
            start,
            end,
            _what(form.text("what")),
            now=utc_now(),
        )
    except (Invalid, Conflict) as error:
        form.form_errors.append(error.message)
        return _page(floor_id, form), 409 if isinstance(error, Conflict) else 400
    return redirect(url_for(".show", floor_id=floor_id), 303)


@blueprint.post("/remove")
@needs(Permission.DRAW_PLANS)
def remove(floor_id: str) -> Response | tuple[str, int]:
    """Take hours away."""
    form = RemoveHoursForm.sent()
    if not form.accepts():
        return _page(floor_id, refused(form)), 400
    try:
        version, place = int(form.version.data or 0), int(form.place.data or 0)
        store, actor = current_store(), current_actor()
        remove_hours(store, actor, floor_id, version, form.text("target"), place, now=utc_now())
    except (Invalid, Conflict) as error:
        form.form_errors.append(error.message)
        return _page(floor_id, form), 409 if isinstance(error, Conflict) else 400
    return redirect(url_for(".show", floor_id=floor_id), 303)


def _what(text: str) -> ZoneClass | DoorControl:
    kind, _, value = text.partition(":")
    try:
        return ZoneClass(value) if kind == "class" else DoorControl(value)
    except ValueError as error:
        raise Invalid("Choose what it is then.") from error


def _page(floor_id: str, form: Form) -> str:
    drawn = drawn_floor(current_store(), current_actor(), floor_id)
    asked = form if isinstance(form, HoursForm) else HoursForm()
    asked.version.data = str(drawn.saved.version)
    asked.target.choices = _targets(drawn.floor)
    asked.what.choices = [
        *(SelectChoice(f"class:{kind.value}", name, optgroup="Rooms") for kind, name in CLASS_NAMES.items()),
        *(SelectChoice(f"control:{kind.value}", name, optgroup="Doors") for kind, name in CONTROL_NAMES.items()),
    ]
    return render_template(
        "checks/hours.html",
        facility=drawn.facility,
        tab="plans",
        floor=drawn.floor,
        version=drawn.saved.version,
        rows=_rows(drawn),
        clock=TIME_ZONES.get(drawn.facility.clock, drawn.facility.clock),
        form=asked,
        shown=form,
        draws=may_here(Permission.DRAW_PLANS),
    )


def _targets(floor: Floor) -> list[SelectChoice]:
    labels = {room.id: room.label for room in floor.rooms}
    sides = {door.id: " – ".join(labels.get(room or "", "outdoors") for room in door.rooms) for door in floor.doors}
    return [
        *(SelectChoice(room.id, room.label, optgroup="Rooms") for room in floor.rooms),
        *(SelectChoice(door.id, f"Door {door.number}: {sides[door.id]}", optgroup="Doors") for door in floor.doors),
    ]


def _rows(drawn: DrawnFloor) -> list[dict[str, Any]]:
    """Each of the hours: of what, when, and what it is then."""
    rooms = [(room, room.label, CLASS_NAMES) for room in drawn.floor.rooms]
    doors = [(door, f"Door {door.number}", CONTROL_NAMES) for door in drawn.floor.doors]
    return [
        {"id": each.id, "place": place, "label": label, "when": spoken_spell(spell), "what": names[spell.what]}  # type: ignore[index, attr-defined]
        for each, label, names in (*rooms, *doors)
        for place, spell in enumerate(each.hours)  # type: ignore[attr-defined]
    ]
