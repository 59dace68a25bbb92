"""What a floor still lacks, with its remedies; and the advisor of a facility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from zonemap.drawing.floor import Look, floor_drawing
from zonemap.drawing.view import View, screen_view
from zonemap.errors import Conflict, Invalid
from zonemap.model.plan import DoorControl, Floor, Point
from zonemap.model.zone import ZoneClass
from zonemap.web.check_forms import FixForm
from zonemap.web.forms import refused
from zonemap.web.guard import current_actor, current_store, may_here, needs, utc_now
from zonemap.web.zone_forms import CLASS_NAMES
from zonemap.work.checks import Lack, facility_lacks, in_order
from zonemap.work.fixes import control_door, cut_room, mark_room, name_waiting_spot
from zonemap.work.permissions import Permission
from zonemap.work.zones import drawn_floor

blueprint = Blueprint("checks", __name__)

_AROUND = 9.0  # metres shown on each side of what is missing
_PICTURES_MOST = 40  # on one page
_ABOVE = 14.0  # units of the drawing: the mark of a room stands above its label
_MARK = 20.0  # units of the drawing: two marks never lie on one another


@dataclass(frozen=True, slots=True)
class Shown:
    """A lack with its number on the plan, and where it stands there; None and "" where it has no place.

    ``box`` is the viewBox of its small picture, for narrow screens.
    """

    lack: Lack
    number: int
    at: Point | None
    box: str


@blueprint.get("/floors/<floor_id>/checks")
@needs(Permission.SEE_PLANS)
def floor(floor_id: str) -> str:
    """What the floor lacks, what is in order, and the remedies."""
    return _page(floor_id, FixForm())


@blueprint.post("/floors/<floor_id>/checks")
@needs(Permission.DRAW_PLANS)
def fix(floor_id: str) -> Response | tuple[str, int]:
    """One remedy; then the list again."""
    form = FixForm.sent()
    if not form.accepts():
        refused(form)
        return _page(floor_id, form), 400
    try:
        _fix(floor_id, form)
    except (Invalid, Conflict) as error:
        form.form_errors.append(error.message)
        return _page(floor_id, form), 409 if isinstance(error, Conflict) else 400
    return redirect(url_for(".floor", floor_id=floor_id), 303)


def _fix(floor_id: str, form: FixForm) -> None:
    store, actor, version = current_store(), current_actor(), int(form.version.data or 0)
    target = form.text("target")
    if form.fix.data == "class":
        mark_room(store, actor, floor_id, version, target, ZoneClass(form.text("value")), now=utc_now())
    elif form.fix.data == "control":
        control_door(store, actor, floor_id, version, target, DoorControl(form.text("value")), now=utc_now())
    elif form.fix.data == "cut":
        cut_room(store, actor, floor_id, version, target, form.text("value"), now=utc_now())
    else:
        name_waiting_spot(store, actor, floor_id, version, target, now=utc_now())


def _page(floor_id: str, form: FixForm) -> str:
    drawn = drawn_floor(current_store(), current_actor(), floor_id)
    facility, _, found = facility_lacks(current_store(), current_actor(), drawn.facility.id)
    mine = [lack for lack in found if lack.floor_id == floor_id]
    chosen = {lack.room_id for lack in mine if lack.room_id}
    return render_template(
        "checks/floor.html",
        facility=facility,
        tab="plans",
        drawn=drawn,
        floor=drawn.floor,
        plan=_plan(drawn.floor, chosen),
        groups=(groups := _groups(drawn.floor, mine)),
        marks=[each for found in groups.values() for each in found if each.at],
        size=_size(drawn.floor),
        in_order=in_order(drawn.floor, mine),
        form=form,
        draws=may_here(Permission.DRAW_PLANS),
        class_names=CLASS_NAMES,
        controls=CONTROL_NAMES,
    )


_USUAL_FIRST = (DoorControl.SIGN, DoorControl.LOCK, DoorControl.STAFF, DoorControl.NONE)
CONTROL_NAMES = {kind: kind.word.capitalize() for kind in _USUAL_FIRST}


def _groups(plan: Floor, found: Sequence[Lack]) -> dict[str, list[Shown]]:
    """What must be settled, then what is worth a look; numbered in that order."""
    shown: list[Shown] = []
    view = screen_view(plan) if plan.rooms else None
    taken: list[Point] = []
    for number, lack in enumerate(found, 1):
        if lack.place is None or view is None:
            shown.append(Shown(lack, number, None, ""))
            continue
        x, y = view.point(lack.place)
        at = _beside((x, y if lack.door_id else y - _ABOVE), taken)
        taken.append(at)
        shown.append(Shown(lack, number, at, _box(view, lack.place) if number <= _PICTURES_MOST else ""))
    return {"must": [each for each in shown if each.lack.must], "look": [each for each in shown if not each.lack.must]}


def _beside(at: Point, taken: Sequence[Point]) -> Point:
    """The place, or the next one to the right of the marks that stand there already."""
    x, y = at
    while any(abs(x - other) < _MARK and abs(y - above) < _MARK for other, above in taken):
        x += _MARK
    return round(x, 1), round(y, 1)


def _size(plan: Floor) -> tuple[float, float] | None:
    if not plan.rooms:
        return None
    view = screen_view(plan)
    return view.width, view.height


def _plan(plan: Floor, chosen: set[str]) -> Markup | None:
    """The whole floor once; the small pictures show parts of it."""
    if not plan.rooms:
        return None
    drawn = floor_drawing(plan, look=Look.SCREEN, chosen=chosen, waiting=plan.waiting_spot)
    return Markup(drawn.svg.replace("<svg ", '<svg id="plan" ', 1))  # noqa: S704 - our own drawing


def _box(view: View, place: Point) -> str:
    x, y = view.point(place)
    half = _AROUND * view.unit
    return f"{x - half:.1f} {y - half * 0.7:.1f} {2 * half:.1f} {1.4 * half:.1f}"
