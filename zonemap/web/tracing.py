"""Finding rooms: proposals for the editor as JSON. Nothing is stored here; the editor saves what somebody keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from zonemap.errors import Invalid
from zonemap.geometry.affine import Box
from zonemap.model.floor_document import room_document, room_from
from zonemap.model.plan import FLOOR_ROOMS_MOST, Point, Room
from zonemap.model.print_job import PrintJob
from zonemap.web.guard import current_actor, current_store, json_body, needs, new_id, utc_now
from zonemap.work import print_jobs, room_lists, room_search, tracing
from zonemap.work.permissions import Permission

blueprint = Blueprint("tracing", __name__)

Reply = Response | tuple[Response, int]
_QUICK_S = 1.0  # most searches are done by then
_UNREADABLE = "What was asked could not be read. Reload the page, and try again."


@blueprint.post("/floors/<floor_id>/trace")
@needs(Permission.DRAW_PLANS)
def trace(floor_id: str) -> Reply:
    """All rooms and doors of the floor's plan, as proposals; where that takes longer, where to ask for them."""
    return _told_of(floor_id, begun(floor_id, _wish(_asked())))


@blueprint.get("/floors/<floor_id>/trace/<job_id>")
@needs(Permission.DRAW_PLANS)
def traced(floor_id: str, job_id: str) -> Reply:
    """The same, of a search that was begun before. Where its maker is gone, it is made again."""
    job = room_search.search(current_store(), current_actor(), floor_id, job_id)
    see_to(job)
    return _told_of(floor_id, job)


@blueprint.post("/floors/<floor_id>/trace/<job_id>/stop")
@needs(Permission.DRAW_PLANS)
def stop(floor_id: str, job_id: str) -> Reply:
    """Nobody waits for it any more."""
    room_search.stop_search(current_store(), current_actor(), floor_id, job_id)
    return jsonify({"stopped": True})


def begun(floor_id: str, wish: tracing.Wish) -> PrintJob:
    """A search on the queue, and somebody at it. A short one is done when this returns."""
    store, actor = current_store(), current_actor()
    job = room_search.ask_for_rooms(store, actor, floor_id, wish, job_id=new_id(), now=utc_now())
    see_to(job)
    return job


def see_to(job: PrintJob) -> None:
    """Take it in a thread here where nobody is at it, and wait a moment: the work itself is in a child of its own."""
    thread = print_jobs.see_to(current_store(), job, maker=new_id(), clock=utc_now)
    if thread is not None:
        thread.join(_QUICK_S)


def _told_of(floor_id: str, job: PrintJob) -> Reply:
    found = room_search.found_by(current_store(), current_actor(), floor_id, job.id)
    if found is not None:
        return jsonify(found)
    where = url_for(".traced", floor_id=floor_id, job_id=job.id)
    return jsonify({"later": where, "stop": url_for(".stop", floor_id=floor_id, job_id=job.id)}), 202


@blueprint.post("/floors/<floor_id>/trace/at")
@needs(Permission.DRAW_PLANS)
def trace_at(floor_id: str) -> Response:
    """What the room around a point may be, the best first."""
    asked = _asked()
    point, wish = _point(asked.get("point")), _wish(asked)
    found = tracing.rooms_at(current_store(), current_actor(), floor_id, point, wish, new_id=new_id)
    return jsonify({"rooms": [room_document(room) for room in found]})


@blueprint.post("/floors/<floor_id>/trace/labels")
@needs(Permission.DRAW_PLANS)
def labels(floor_id: str) -> Response:
    """The numbers and names that stand in these rooms on the plan."""
    rooms = _rooms(_asked().get("rooms"))
    read = tracing.read_labels(current_store(), current_actor(), floor_id, rooms)
    found = {room.id: {"number": room.number, "name": room.name} for room in read if room.number or room.name}
    return jsonify({"labels": found})


@blueprint.post("/floors/<floor_id>/room-list")
@needs(Permission.DRAW_PLANS)
def room_list(floor_id: str) -> Response:
    """What a list of rooms (CSV, XLSX) would change on the floor."""
    file = request.files.get("list")
    if file is None or not file.filename:
        raise Invalid("Choose the file with the list of rooms: CSV or Excel (.xlsx).")
    found = room_lists.compare(current_store(), current_actor(), floor_id, file.read())
    return jsonify(
        {
            "listed": found.listed,
            "fills": [_told(room) for room in found.fills],
            "suggested": [_told(room) for room in found.suggested],
            "agree": found.agree,
            "unmatched": [" ".join((row.number, row.name)).strip() for row in found.unmatched],
        }
    )


def _told(room: Room) -> dict[str, str]:
    """What a list says of a room, without its outline."""
    words = {"number": room.number, "name": room.name, "department": room.department, "category": room.category}
    return {"id": room.id, **{key: value for key, value in words.items() if value}}


def _asked() -> Mapping[str, Any]:
    given = json_body()
    if not isinstance(given, dict):
        raise Invalid(_UNREADABLE)
    return given


def _wish(given: Mapping[str, Any]) -> tracing.Wish:
    crop, darkness, layers = given.get("crop"), given.get("darkness"), given.get("layers")
    return tracing.Wish(
        crop=None if crop is None else _box(crop),
        darkness=None if darkness is None else _number(darkness, 0.0, 1.0),
        deskew=given.get("deskew") is not False,
        layers=None if layers is None else _names(layers),
        from_picture=given.get("from_picture") is True,
    )


def _number(value: Any, least: float = -1e6, most: float = 1e6) -> float:
    fits = isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
    if not fits:  # nor does NaN, which is neither more nor less than anything
        raise Invalid(_UNREADABLE)
    return float(value)


def _point(value: Any) -> Point:
    if not isinstance(value, list) or len(value) != 2:
        raise Invalid(_UNREADABLE)
    return _number(value[0]), _number(value[1])


def _box(value: Any) -> Box:
    if not isinstance(value, list) or len(value) != 4:
        raise Invalid(_UNREADABLE)
    x0, y0, x1, y1 = (_number(part) for part in value)
    if not (x0 < x1 and y0 < y1):
        raise Invalid("The box has no size. Drag it from one corner to the opposite one.")
    return x0, y0, x1, y1


def _names(value: Any) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise Invalid(_UNREADABLE)
    if not value:
        raise Invalid("No wall layer is ticked. Tick those that hold walls.")
    return frozenset(value)


def _rooms(value: Any) -> tuple[Room, ...]:
    if not isinstance(value, list) or not 0 < len(value) <= FLOOR_ROOMS_MOST:
        raise Invalid(_UNREADABLE)
    if not all(isinstance(each, dict) for each in value):
        raise Invalid(_UNREADABLE)
    return tuple(room_from(each) for each in value)
