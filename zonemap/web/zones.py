"""Zones: the editor and its drafts, the table of rooms for those without scripts, and designating a floor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from zonemap.errors import Conflict, Invalid
from zonemap.model.change import Change, Refusal, change_from
from zonemap.model.floor_document import floor_document
from zonemap.model.plan import FloorVersion
from zonemap.model.suggestion import Certainty, Reading
from zonemap.web.guard import current_actor, current_store, json_body, may_here, needs, new_id, utc_now
from zonemap.web.zone_forms import CLASS_NAMES, AcceptForm, DesignateForm, RoomsForm
from zonemap.work import designations, suggest, tracing, zones
from zonemap.work.permissions import Permission

blueprint = Blueprint("zones", __name__)

Page = str | tuple[str, int] | Response


@blueprint.get("/floors/<floor_id>/")
@needs(Permission.SEE_PLANS)
def editor(floor_id: str) -> Page:
    """The editor; without scripts a table of the rooms."""
    return _editor(zones.drawn_floor(current_store(), current_actor(), floor_id))


@blueprint.post("/floors/<floor_id>/")
@needs(Permission.DRAW_PLANS)
def save_rooms(floor_id: str) -> Page:
    """Save numbers, names and classes from the table."""
    drawn = zones.drawn_floor(current_store(), current_actor(), floor_id)
    form = RoomsForm.of(drawn.saved, _page_number(), request.form)
    if not form.validate():
        return _editor(drawn, form), 400
    try:
        _mark(floor_id, int(form.version.data or 0), form.changes())
    except Conflict as conflict:
        # What was typed stays in the fields, on top of the newest version: saving again is a choice then.
        form.form_errors.append(f"{conflict.message} What you typed is kept below.")
        form.version.data = str(drawn.saved.version)
        return _editor(drawn, form), 409
    except Invalid as error:
        form.form_errors.append(error.message)
        return _editor(drawn, form), 400
    return redirect(url_for(".editor", floor_id=floor_id, page=_page_number(), table=request.args.get("table")), 303)


@blueprint.get("/floors/<floor_id>/draft")
@needs(Permission.SEE_PLANS)
def draft(floor_id: str) -> Response:
    """The newest draft as JSON: the drawing alone, so that it is there at once; ``facts`` tells the rest."""
    saved = zones.drawn_floor(current_store(), current_actor(), floor_id).saved
    return jsonify({"floor": floor_document(saved.floor), **_version(saved)})


@blueprint.get("/floors/<floor_id>/facts")
@needs(Permission.SEE_PLANS)
def facts(floor_id: str) -> Response:
    """What follows from the newest draft, without the drawing."""
    return jsonify(_saved(zones.drawn_floor(current_store(), current_actor(), floor_id).saved))


@blueprint.get("/floors/<floor_id>/spaces")
@needs(Permission.SEE_PLANS)
def spaces(floor_id: str) -> Response:
    """What of the newest draft is in no room, as JSON for the editor."""
    saved, found = zones.open_spaces(current_store(), current_actor(), floor_id)
    parts = [
        {"area": each.area, "place": each.place, "rooms": each.room_ids, "ring": ring, "holes": holes}
        for each in found
        for ring, *holes in (each.shape,)
    ]
    return jsonify({"version": saved.version, "spaces": parts})


@blueprint.post("/floors/<floor_id>/draft")
@needs(Permission.DRAW_PLANS)
def save_draft(floor_id: str) -> Response:
    """Save changes on top of a version. Answers with what the editor shows beside the drawing."""
    base_version, changes = _asked()
    try:
        saved = _mark(floor_id, base_version, changes)
    except Conflict as conflict:
        return _refused(409, conflict.message, theirs=_draft(conflict.data["current"]))
    except Invalid as error:
        refused = [_refusal(each) for each in error.data.get("refused", ())]
        return _refused(400, error.message, refused=refused)
    return jsonify(_saved(saved))


@blueprint.get("/floors/<floor_id>/suggestions")
@needs(Permission.DRAW_PLANS)
def suggestions(floor_id: str) -> Response:
    """What the undecided rooms of the newest draft may be, as JSON for the editor."""
    saved, reading = suggest.suggested_classes(current_store(), current_actor(), floor_id)
    return jsonify({"version": saved.version, **_reading(reading)})


@blueprint.post("/floors/<floor_id>/suggestions")
@needs(Permission.DRAW_PLANS)
def accept_suggestions(floor_id: str) -> Page:
    """Mark the rooms of the kinds that were ticked in the table, for those without scripts."""
    form = AcceptForm.sent()
    try:
        if not form.validate():
            raise Invalid("The list could not be read. Load the page again.")
        version = int(form.version.data or 0)
        suggest.accept(current_store(), current_actor(), floor_id, version, form.accept.data or (), now=utc_now())
    except (Invalid, Conflict) as error:
        form.form_errors.append(error.message)
        drawn = zones.drawn_floor(current_store(), current_actor(), floor_id)
        status = 409 if isinstance(error, Conflict) else 400
        return _editor(drawn, accept=form), status
    return redirect(url_for(".editor", floor_id=floor_id, table=1, _anchor="suggested-h"), 303)


@blueprint.route("/floors/<floor_id>/designate", methods=["GET", "POST"])
@needs(Permission.DESIGNATE)
def designate(floor_id: str) -> Page:
    """What would be frozen, and the button that does it."""
    ready = designations.readiness(current_store(), current_actor(), floor_id)
    form = DesignateForm.sent(version=ready.saved.version)
    status = 200
    if form.accepts():
        try:
            version = int(form.version.data or 0)
            done = designations.designate(
                current_store(), current_actor(), floor_id, version, now=utc_now(), new_id=new_id()
            )
            return redirect(url_for(".revisions", floor_id=floor_id, _anchor=f"revision-{done.number}"), 303)
        except (Invalid, Conflict) as error:
            form.form_errors.append(error.message)
            form.version.data = str(ready.saved.version)
            status = 409 if isinstance(error, Conflict) else 400
    return _page("designate", ready.facility, ready=ready, form=form), status


@blueprint.get("/floors/<floor_id>/designations")
@needs(Permission.SEE_PLANS)
def revisions(floor_id: str) -> Page:
    """The designations of a floor, newest first."""
    ready = designations.readiness(current_store(), current_actor(), floor_id)
    return _page("revisions", ready.facility, ready=ready, prints=may_here(Permission.PRINT_SIGNS))


def _mark(floor_id: str, base_version: int, changes: Iterable[Change]) -> FloorVersion:
    return zones.mark(current_store(), current_actor(), floor_id, base_version, tuple(changes), now=utc_now())


def _asked() -> tuple[int, list[Change]]:
    given = json_body()
    if not isinstance(given, dict) or not isinstance(given.get("changes"), list):
        raise Invalid("The changes could not be read. Reload the page; what is not saved is kept on this computer.")
    version = given.get("version")
    if not isinstance(version, int) or isinstance(version, bool):
        raise Invalid("The changes do not say which version they were made on. Reload the page.")
    return version, [change_from(value) for value in given["changes"]]


def _draft(saved: FloorVersion) -> dict[str, Any]:
    """A saved version with its whole drawing."""
    return {"floor": floor_document(saved.floor), **_saved(saved)}


def _version(saved: FloorVersion) -> dict[str, Any]:
    return {"version": saved.version, "saved_at": saved.saved_at.isoformat(), "saved_by": saved.saved_by}


def _saved(saved: FloorVersion) -> dict[str, Any]:
    """What follows from a saved version: who and when, the numbers of the doors, the boundary, what is missing."""
    found = designations.facts(current_store(), saved.floor)
    return {
        **_version(saved),
        "doors": {door.id: door.number for door in saved.floor.doors},
        "boundary": found.boundary,
        "missing": [
            {"kind": each.kind, "message": each.message, "room": each.room_id, "door": each.door_id}
            for each in found.obstacles
        ],
    }


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {"kind": refusal.kind, "id": refusal.id, "message": refusal.message, "place": refusal.place}


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "suggestions": [
            {
                "key": each.key,
                "name": each.name,
                "class": each.zone_class.value,
                "reason": each.reason,
                "source": each.source,
                "sure": each.certainty is Certainty.SURE,
                "conflict": each.conflict,
                "rooms": each.room_ids,
            }
            for each in reading.suggestions
        ],
        "unclear": [{"name": each.name, "reason": each.reason, "rooms": each.room_ids} for each in reading.unclear],
        "unrecognised": reading.unrecognised,
    }


def _refused(status: int, sentence: str, **more: Any) -> Response:
    response = jsonify({"error": sentence, **more})
    response.status_code = status
    return response


def _page_number() -> int:
    return request.args.get("page", 1, type=int)


def _beside(drawn: zones.DrawnFloor) -> dict[str, Any]:
    """Where rooms of this floor can be copied to, and the stairs and lifts of the other floors."""
    others = zones.beside(current_store(), current_actor(), drawn.floor)
    copied = [{"name": name, "url": url_for(".editor", floor_id=each)} for each, name in zones.fit_to_copy(others)]
    return {"others": copied, "shafts": zones.shafts_of(others)}


def _editor(drawn: zones.DrawnFloor, form: RoomsForm | None = None, accept: AcceptForm | None = None) -> str:
    """The editor, with the forms in its place where they were asked for, or sent."""
    table = "table" in request.args or request.method == "POST"
    draws = may_here(Permission.DRAW_PLANS)
    values: dict[str, Any] = {"drawn": drawn, "floor": drawn.floor, "draws": draws, "table": table}
    if table:
        values["form"] = form or RoomsForm.of(drawn.saved, _page_number())
    if draws and not table:
        values |= _beside(drawn)
    values["ways"] = tracing.ways(current_store(), current_actor(), drawn.floor.id) if draws else None
    if table and draws:
        offered = accept or AcceptForm()
        offered.version.data = str(drawn.saved.version)
        labels = {room.id: room.label for room in drawn.floor.rooms}
        values |= {"suggested": suggest.reading_of(drawn), "accept": offered, "labels": labels}
    return _page("editor", drawn.facility, **values)


def _page(name: str, facility: Any, **values: Any) -> str:
    return render_template(f"zones/{name}.html", facility=facility, tab="plans", class_names=CLASS_NAMES, **values)
