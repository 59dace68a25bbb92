"""The wall: what has to be printed, hung or taken down; the walk with a phone, that works without a network, too."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from zonemap.errors import Invalid
from zonemap.model.wall import Wall, WallEvent, WallSheet, WallState
from zonemap.web.guard import current_actor, current_store, may_here, needs, new_id, utc_now, wants_json
from zonemap.web.workers import worker_script
from zonemap.work import wall as work
from zonemap.work.permissions import Permission

blueprint = Blueprint("wall", __name__, url_prefix="/facilities/<facility_id>/wall")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WORDS = {
    WallState.PLANNED: "To print",
    WallState.PRINTED: "Printed, to hang",
    WallState.POSTED: "On the wall",
    WallState.MISSING: "Missing from the wall",
    WallState.OUTDATED: "On the wall, out of date",
}


@blueprint.get("/")
@needs(Permission.PRINT_SIGNS)
def index(facility_id: str) -> str:
    """Map, schedule and wall side by side."""
    found = work.wall(current_store(), current_actor(), facility_id)
    return _page("wall/index.html", found)


@blueprint.get("/walk")
@needs(Permission.CHECK_WALL)
def walk(facility_id: str) -> str:
    """Door by door, for the phone of whoever walks past them."""
    found = work.wall(current_store(), current_actor(), facility_id)
    return _page("wall/walk.html", found)


@blueprint.get("/worker.js")
@needs(Permission.CHECK_WALL)
def worker(facility_id: str) -> Response:  # noqa: ARG001 - a worker serves the pages below its own address
    """What keeps the page of the walk on the phone."""
    return worker_script("wall_worker.js")


@blueprint.post("/ticks")
@needs(Permission.CHECK_WALL)
def tick(facility_id: str) -> BaseResponse:
    """One tick, with or without a photo; sent again it counts once."""
    made = _tick()
    new = work.tick(current_store(), current_actor(), facility_id, [made], now=utc_now())
    photo = request.files.get("photo")
    if photo is not None and photo.filename:
        work.add_photo(current_store(), current_actor(), facility_id, made.id, photo.read())
    if wants_json():
        return jsonify(new=new)
    back = ".walk" if request.form.get("back") != "index" else ".index"
    return redirect(url_for(back, facility_id=facility_id, _anchor=f"sheet-{made.sheet}"), 303)


@blueprint.post("/printed")
@needs(Permission.CHECK_WALL)
def printed(facility_id: str) -> BaseResponse:
    """Sheets of which a new one has been printed."""
    keys = [_key(each) for each in request.form.getlist("sheet")]
    ids = iter(new_id, None)
    work.mark_printed(current_store(), current_actor(), facility_id, keys, new_ids=ids, now=utc_now())
    return redirect(url_for(".index", facility_id=facility_id), 303)


@blueprint.get("/photos/<mark_id>.jpg")
@needs(Permission.PRINT_SIGNS)
def photo(facility_id: str, mark_id: str) -> Response:
    """The photo of a tick."""
    made = work.photo(current_store(), current_actor(), facility_id, mark_id)
    return Response(made, mimetype="image/jpeg")


@blueprint.get("/report.csv")
@needs(Permission.PRINT_SIGNS)
def report(facility_id: str) -> Response:
    """The same as a table for other programs."""
    found = work.wall(current_store(), current_actor(), facility_id)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in _rows(found):
        writer.writerow([_harmless(cell) for cell in row])
    headers = {"Content-Disposition": 'attachment; filename="wall.csv"'}
    return Response("\ufeff" + out.getvalue(), mimetype="text/csv", headers=headers)


def _page(template: str, found: Wall) -> str:
    return render_template(
        template,
        facility=found.facility,
        tab="signs",
        found=found,
        words=_WORDS,
        states=WallState,
        new_id=new_id,
        ticks=may_here(Permission.CHECK_WALL),
        now=utc_now(),
    )


def _tick() -> work.Tick:
    form = request.form
    try:
        at = datetime.fromisoformat(form["at"]) if form.get("at") else utc_now()
        event, number = WallEvent(form.get("event", "")), int(form.get("number", ""))
    except ValueError as error:
        raise Invalid(
            "This tick is not whole. Load the page of the walk again, and tick the door once more."
        ) from error
    at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return work.Tick(form.get("id", ""), form.get("floor", ""), form.get("sheet", ""), event, number, at)


def _key(value: str) -> tuple[str, str]:
    floor, _, sheet = value.partition("/")
    return floor, sheet


def _rows(found: Wall) -> Iterator[tuple[Any, ...]]:
    yield "Step", "Floor", "Door", "Place", "Sheet", "Department", "Designation", "State", "Last seen", "By"
    for step, sheet in enumerate(found.sheets, 1):
        yield step, sheet.floor.name, *_cells(sheet)
    for left in found.left_over:
        seen = left.mark
        yield "", left.floor_name, left.door, "", "", "", seen.number, "To take down", seen.marked_at, seen.recorded_by


def _cells(sheet: WallSheet) -> tuple[Any, ...]:
    seen = sheet.mark
    return (
        sheet.door,
        sheet.place,
        sheet.kind.label,
        sheet.department,
        sheet.number,
        _WORDS[sheet.state],
        seen.marked_at.isoformat(timespec="minutes") if seen else "",
        seen.recorded_by if seen else "",
    )


def _harmless(cell: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
