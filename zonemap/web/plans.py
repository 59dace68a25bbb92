"""Plans: the list of floors, uploading, choosing a page, setting the scale. And the pictures themselves."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from werkzeug.wrappers import Response as BaseResponse

from zonemap.errors import Busy, Invalid, TooLarge
from zonemap.intake.tiles import level_size
from zonemap.model.model_import import ModelImport
from zonemap.model.plan import Floor, FloorVersion, Picture, Scale
from zonemap.model.upload import Upload
from zonemap.web.errors import status_of
from zonemap.web.guard import current_actor, current_store, may_here, needs, new_id, utc_now
from zonemap.web.plan_forms import (
    POINTS,
    AddForm,
    NameForm,
    PageForm,
    RemoveForm,
    ReplaceForm,
    ScaleForm,
    blame,
    with_click,
)
from zonemap.work import model_floors, plans
from zonemap.work.permissions import Permission
from zonemap.work.scale import accept_claim, claimed, on_paper, set_scale

blueprint = Blueprint("plans", __name__)

Page = str | tuple[str, int] | BaseResponse
_REFUSED = (Invalid, TooLarge, Busy)


@blueprint.get("/facilities/<facility_id>/plans/")
@needs(Permission.SEE_PLANS)
def index(facility_id: str) -> Page:
    """The floors, and the form that adds one."""
    return _index(facility_id, AddForm())


@blueprint.post("/facilities/<facility_id>/plans/")
@needs(Permission.DRAW_PLANS)
def add(facility_id: str) -> Page:
    """Add a floor with its plan."""
    form = AddForm(_given())
    if not form.validate():
        return _index(facility_id, form), 400
    new = Floor(new_id(), facility_id, form.name.data or "", form.level.data or 0)
    try:
        data = form.plan.data.read()
        result = plans.add_floor(current_store(), current_actor(), new, data, new_id=new_id, **_upload())
    except _REFUSED as error:
        blame(form, error, "plan")
        return _index(facility_id, form), status_of(error)
    return _onward(result)


@blueprint.route("/floors/<floor_id>/plan", methods=["GET", "POST"])
@needs(Permission.DRAW_PLANS)
def replace(floor_id: str) -> Page:
    """Put another plan under a floor."""
    facility, state = plans.floor(current_store(), current_actor(), floor_id)
    form = ReplaceForm(_given())
    status = 200
    if form.accepts():
        try:
            data = form.plan.data.read()
            removing = {"remove_rooms": bool(form.remove_rooms.data), **_upload()}
            return _onward(plans.upload_plan(current_store(), current_actor(), floor_id, data, **removing))
        except _REFUSED as error:
            blame(form, error, "plan")
            status = status_of(error)
    return _page("replace", form, status, facility=facility, state=state, most_mb=_most_mb(), models_mb=_models_mb())


@blueprint.route("/floors/<floor_id>/page", methods=["GET", "POST"])
@needs(Permission.DRAW_PLANS)
def choose(floor_id: str) -> Page:
    """Choose the page of a PDF."""
    facility, state = plans.floor(current_store(), current_actor(), floor_id)
    if not state.waits_for_page:
        return redirect(url_for(".replace", floor_id=floor_id), 303)
    upload = plans.pages_to_choose(current_store(), current_actor(), floor_id, now=utc_now())
    form = PageForm(_given())
    form.page.choices = [(page.number, f"Page {page.number}") for page in upload.pages]
    status = 200
    if form.accepts():
        try:
            return _onward(_chosen(floor_id, form))
        except _REFUSED as error:
            blame(form, error, "page")
            status = status_of(error)
    return _page("page", form, status, facility=facility, state=state, upload=upload)


@blueprint.get("/floors/<floor_id>/page/<int:number>.png")
@needs(Permission.DRAW_PLANS)
def page_picture(floor_id: str, number: int) -> Response:
    """The small picture of a page."""
    return _png(plans.page_picture(current_store(), current_actor(), floor_id, number), "private, max-age=600")


@blueprint.route("/floors/<floor_id>/scale", methods=["GET", "POST"])
@needs(Permission.DRAW_PLANS)
def scale(floor_id: str) -> Page:
    """Set the scale: two points and a length, and a second length to check it."""
    facility, state = plans.floor(current_store(), current_actor(), floor_id)
    if state.floor.picture is None:
        return redirect(url_for(".replace", floor_id=floor_id), 303)
    if request.form.get("claim"):
        accept_claim(current_store(), current_actor(), floor_id, now=utc_now())
        return redirect(f"/floors/{floor_id}/", 303)
    clicked = "click.x" in request.form
    form = ScaleForm(MultiDict(with_click(request.form)) if clicked else _given())
    error, status = None, 200
    if not clicked and form.accepts():
        try:
            set_scale(
                current_store(),
                current_actor(),
                floor_id,
                form.line(),
                form.check(),
                keep=bool(form.keep.data),
                now=utc_now(),
            )
            return redirect(f"/floors/{floor_id}/", 303)
        except Invalid as refused:
            error = refused.data.get("check_error")
            blame(form, refused, "length" if error is None else "check_length")
            status = 400
    claim = claimed(current_store(), current_actor(), floor_id)
    facts = {"known": _facts(state.floor), "check_error": error, "points": POINTS, "claim": claim}
    return _page("scale", form, status, facility=facility, state=state, **facts)


@blueprint.route("/floors/<floor_id>/about", methods=["GET", "POST"])
@needs(Permission.DRAW_PLANS)
def about(floor_id: str) -> Page:
    """Name and level of a floor."""
    facility, state = plans.floor(current_store(), current_actor(), floor_id)
    form = NameForm(_given(), obj=state.floor)
    status = 200
    if form.accepts():
        try:
            name, level = form.name.data or "", form.level.data or 0
            plans.rename_floor(
                current_store(), current_actor(), floor_id, name=name, level=level, north=form.north.data, now=utc_now()
            )
            return redirect(url_for(".index", facility_id=facility.id), 303)
        except Invalid as error:
            blame(form, error, "name")
            status = 400
    return _page("about", form, status, facility=facility, state=state, remove=RemoveForm())


@blueprint.post("/floors/<floor_id>/remove")
@needs(Permission.DRAW_PLANS)
def remove(floor_id: str) -> Page:
    """Remove a floor that was never designated."""
    facility, state = plans.floor(current_store(), current_actor(), floor_id)
    form = RemoveForm(_given())
    if form.validate():
        plans.remove_floor(current_store(), current_actor(), floor_id)
        return redirect(url_for(".index", facility_id=facility.id), 303)
    return _page("about", NameForm(obj=state.floor), 400, facility=facility, state=state, remove=form)


@blueprint.get("/pictures/<picture_id>.png")
@needs(Permission.SEE_PLANS)
def picture(picture_id: str) -> Response:
    """A whole picture."""
    return _png(plans.picture(current_store(), current_actor(), picture_id))


@blueprint.get("/pictures/<picture_id>/<int:z>/<int:x>/<int:y>.png")
@needs(Permission.SEE_PLANS)
def tile(picture_id: str, z: int, x: int, y: int) -> Response:
    """One tile of a picture, as ``intake/tiles.py`` says."""
    return _png(plans.picture_tile(current_store(), current_actor(), picture_id, z, x, y))


def _given() -> MultiDict[str, Any] | CombinedMultiDict[str, Any] | None:
    """What a form was given: fields and files, or None where the page was only asked for."""
    return CombinedMultiDict([request.form, request.files]) if request.method == "POST" else None


def _most_mb() -> int:
    return int(current_app.extensions["zonemap_settings"].upload_most_mb)


def _models_mb() -> int:
    return int(current_app.extensions["zonemap_settings"].models_most_mb)


def _upload() -> dict[str, Any]:
    return {"picture_id": new_id(), "most_mb": _most_mb(), "now": utc_now()}


def _chosen(floor_id: str, form: PageForm) -> FloorVersion:
    return plans.choose_page(
        current_store(),
        current_actor(),
        floor_id,
        form.page.data,
        picture_id=new_id(),
        remove_rooms=bool(form.remove_rooms.data),
        now=utc_now(),
    )


def _onward(result: FloorVersion | Upload | ModelImport) -> BaseResponse:
    """To the next step: the floors of a model, the page, the scale, or the rooms."""
    if isinstance(result, ModelImport):
        return redirect(url_for("plan_models.choose", import_id=result.id), 303)
    if isinstance(result, Upload):
        return redirect(url_for(".choose", floor_id=result.floor_id), 303)
    floor = result.floor
    return redirect(url_for(".scale", floor_id=floor.id) if floor.scale is None else f"/floors/{floor.id}/", 303)


def _index(facility_id: str, form: AddForm) -> str:
    facility, floors = plans.floors(current_store(), current_actor(), facility_id)
    if form.level.data is None and not form.errors:
        form.level.data = max((state.floor.level for state in floors), default=-1) + 1
    draws = may_here(Permission.DRAW_PLANS)
    more = {
        "draws": draws,
        "most_mb": _most_mb(),
        "models_mb": _models_mb(),
        "shown": shown,
        "tab": "plans",
        "models": (),
    }
    if draws:
        more["models"] = model_floors.waiting_models(current_store(), current_actor(), facility_id, now=utc_now())
    return render_template("plans/index.html", facility=facility, floors=floors, form=form, **more)


def _page(name: str, form: Any, status: int, **values: Any) -> Page:
    invalid = request.method == "POST" and status == 200 and bool(form.errors)
    page = render_template(f"plans/{name}.html", form=form, tab="plans", shown=shown, **values)
    return page, 400 if invalid else status


def shown(sheet: Picture) -> tuple[int, int]:
    """Width and height of a picture within its coarsest tile."""
    return level_size(sheet.width_px, sheet.height_px, 0)


def _facts(floor: Floor) -> dict[str, str]:
    """What is known of a floor's scale, in words: empty where it is not set."""
    sheet, scale = floor.picture, floor.scale
    if sheet is None or scale is None:
        return {}
    width, height = sheet.width_px * scale.metres_per_pixel, sheet.height_px * scale.metres_per_pixel
    facts = {
        "The sheet shows": f"{_feet(width)} by {_feet(height)} ({width:.1f} by {height:.1f} m)",
        "One pixel is": f"{scale.metres_per_pixel * 1000:.2f} mm",
    }
    times = on_paper(floor)
    if times is not None:
        facts["On paper"] = f"1:{times:.0f}"
    facts["Checked"] = _checked(scale)
    return facts


def _checked(scale: Scale) -> str:
    if scale.check_error is None:
        return "not with a second length"
    return f"a second length agreed to {abs(scale.check_error):.1%}"


def _feet(metres: float) -> str:
    return f"{metres / 0.3048:,.0f} ft"


def _png(data: bytes, cache: str = "private, max-age=31536000, immutable") -> Response:
    """A PNG of ours. A picture's id names one picture for ever, so browsers may keep it; others may not."""
    return Response(data, mimetype="image/png", headers={"Cache-Control": cache})
