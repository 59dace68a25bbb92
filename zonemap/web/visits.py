"""Visits by officers: begun in one tap at the desk or blank, a timeline of buttons, one form, copies for counsel."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from zonemap.errors import Busy, Conflict, Invalid, NotFound, TooLarge
from zonemap.model.visit import Details, Happening, details_document
from zonemap.web.desk_form import sent
from zonemap.web.forms import RELOAD, Form, refused
from zonemap.web.guard import current_actor, current_store, may_here, needs, new_id, utc_now, wants_json
from zonemap.web.visit_forms import (
    HAPPENING_WORDS,
    LABELS,
    BeginForm,
    DetailsForm,
    MomentForm,
    RuleForm,
    asked_zones,
    instant,
    told,
)
from zonemap.web.visit_pages import ZONE_WORDS, floor_picks
from zonemap.web.workers import worker_script
from zonemap.work import visit_photos
from zonemap.work import visits as work
from zonemap.work.desk import desk_view
from zonemap.work.desk_turns import turned
from zonemap.work.permissions import Permission
from zonemap.work.visit_report import desk_words, visit_pdf, visit_rows

blueprint = Blueprint("visits", __name__, url_prefix="/facilities/<facility_id>/visits")

FILES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "json": "application/json"}


@blueprint.get("/")
@needs(Permission.RECORD_VISITS)
def index(facility_id: str) -> BaseResponse:
    """The visits, and how long they are kept."""
    return _list(facility_id)


@blueprint.post("/")
@needs(Permission.RECORD_VISITS)
def begin(facility_id: str) -> BaseResponse:
    """A blank record, or the one of this desk answer; the first line of its timeline is that they arrived.

    One begun on a device without a network comes with its ids and its time; sent again it counts once.
    """
    form = BeginForm.sent()
    if not form.accepts():
        raise Invalid(RELOAD)
    store, actor, now = current_store(), current_actor(), utc_now()
    desk: dict[str, Any] = {}
    if "paper" in request.form or "danger_now" in request.form or "entering_now" in request.form:
        view = desk_view(store, actor, facility_id, now)
        came = sent(request.form)
        desk = desk_words(view.pack, turned(view.pack, came.answers, came.deed, came.about), today=now.date())
    visit_id = form.text("visit") or new_id()
    at = instant(form.text("pressed")) if form.text("pressed") else now
    work.open_visit(store, actor, facility_id, visit_id, desk, now=now)
    arrived = (visit_id, form.text("entry") or new_id(), Happening.ARRIVED, at, "")
    work.add_moment(store, actor, facility_id, *arrived, now=now)
    return _kept() if wants_json() else _to(facility_id, visit_id)


@blueprint.get("/new")
@needs(Permission.RECORD_VISITS)
def blank(facility_id: str) -> BaseResponse:
    """A page to begin a record on where there is no network: kept on the device, its visit gets its id there."""
    return _page(facility_id, "")


@blueprint.get("/worker.js")
@needs(Permission.RECORD_VISITS)
def worker(facility_id: str) -> Response:  # noqa: ARG001 - a worker serves the pages below its own address
    """What keeps the pages of visits on the device."""
    return worker_script("visit_worker.js")


@blueprint.post("/rule")
@needs(Permission.KEEP_VISITS)
def rule(facility_id: str) -> BaseResponse:
    """How long visits are kept."""
    form = RuleForm.sent()
    if form.accepts():
        months = int(form.keep_months.data or 0)
        work.set_rule(current_store(), current_actor(), facility_id, months, form.text("hold_reason"))
        return redirect(url_for(".index", facility_id=facility_id), 303)
    return _list(facility_id, form, 400)


@blueprint.get("/<visit_id>")
@needs(Permission.RECORD_VISITS)
def show(facility_id: str, visit_id: str) -> BaseResponse:
    """One visit."""
    return _page(facility_id, visit_id)


@blueprint.post("/<visit_id>")
@needs(Permission.RECORD_VISITS)
def save(facility_id: str, visit_id: str) -> BaseResponse:
    """Write down what the form says."""
    form = DetailsForm.sent()
    if not form.accepts():
        return _refused(form) if wants_json() else _page(facility_id, visit_id, form, 400)
    store, actor, now = current_store(), current_actor(), utc_now()
    page = _read(facility_id, visit_id)
    view = desk_view(store, actor, facility_id, now)
    rooms = asked_zones(view.designations, page.visit.details.zones)
    try:
        _keep_photos(form, facility_id, visit_id)
        work.save_details(
            store,
            actor,
            facility_id,
            visit_id,
            form.text("entry"),
            form.details(rooms),
            seen=int(form.text("seen")),
            mine=form.text("mine").split(),
            doubts_known=bool(form.doubts_known.data),
            reason=form.text("reason"),
            now=now,
        )
    except (Invalid, Conflict, TooLarge, Busy) as error:
        if wants_json():
            raise
        if isinstance(error, Conflict) and "merged" in error.data:
            return _clashed(facility_id, visit_id, form, error)
        if isinstance(error, Invalid) and error.fields:
            form.refuse(error)
        form.form_errors.append(error.message)
        return _page(facility_id, visit_id, form, 409 if isinstance(error, Conflict) else 400)
    return _kept() if wants_json() else _to(facility_id, visit_id, "details")


@blueprint.post("/<visit_id>/moment")
@needs(Permission.RECORD_VISITS)
def moment(facility_id: str, visit_id: str) -> BaseResponse:
    """A line of the timeline."""
    form = MomentForm.sent()
    now = utc_now()
    if not form.accepts() and wants_json():
        return _refused(form)
    if not form.errors:
        clock = _read(facility_id, visit_id).facility.clock
        try:
            what = (form.text("entry"), Happening(form.text("happening")), form.moment(clock, now), form.text("note"))
            work.add_moment(current_store(), current_actor(), facility_id, visit_id, *what, now=now)
            return _kept() if wants_json() else _to(facility_id, visit_id, "times")
        except Invalid as error:
            if wants_json():
                raise
            form.refuse(error)
    return _page(facility_id, visit_id, status=400, moment_form=form)


@blueprint.post("/<visit_id>/close")
@needs(Permission.RECORD_VISITS)
def close(facility_id: str, visit_id: str) -> BaseResponse:
    """Close the record, after a look at what it lacks."""
    work.close_visit(current_store(), current_actor(), facility_id, visit_id, new_id(), now=utc_now())
    return _to(facility_id, visit_id)


@blueprint.get("/<visit_id>/photos/<photo_id>.jpg")
@needs(Permission.RECORD_VISITS)
def photo(facility_id: str, visit_id: str, photo_id: str) -> Response:
    """A photo of a paper."""
    store, actor, now = current_store(), current_actor(), utc_now()
    made = visit_photos.photo(store, actor, facility_id, visit_id, photo_id, read_id=new_id(), now=now)
    return Response(made, mimetype="image/jpeg")


@blueprint.get("/<visit_id>/record.<kind>")
@needs(Permission.READ_VISITS)
def record(facility_id: str, visit_id: str, kind: str) -> Response:
    """A copy: PDF for counsel, CSV, JSON."""
    if kind not in FILES:
        raise NotFound("There is no such copy. Choose PDF, CSV or JSON.")
    with_photos = kind == "pdf" and "photos" in request.args
    page = _read(facility_id, visit_id, f"{kind} with photos" if with_photos else kind)
    made: bytes | str
    if kind == "pdf":
        photos = visit_photos.photos(current_store(), current_actor(), facility_id, visit_id) if with_photos else {}
        made = visit_pdf(page, HAPPENING_WORDS, photos=photos)
    elif kind == "json":
        made = json.dumps(work.visit_document(page), indent=1, ensure_ascii=False) + "\n"
    else:
        lines = io.StringIO()
        csv.writer(lines).writerows(visit_rows(page, HAPPENING_WORDS))
        made = lines.getvalue()
    name = f'attachment; filename="visit-{page.visit.opened_at:%Y-%m-%d}-{visit_id[:8]}.{kind}"'
    return Response(made, mimetype=FILES[kind], headers={"Content-Disposition": name})


def _keep_photos(form: DetailsForm, facility_id: str, visit_id: str) -> None:
    """Keep what was chosen beside the papers, before the rest is saved: a form that is refused then loses no photo."""
    for row in form.papers:
        file = request.files.get(f"{row.name}-file")
        if file and file.filename and row.form.fresh.data:
            whose = (current_store(), current_actor(), facility_id, visit_id, row.form.fresh.data)
            visit_photos.add_photo(*whose, file.read(), reason=form.text("reason"), now=utc_now())
            row.form.photo.data = row.form.fresh.data


def _to(facility_id: str, visit_id: str, anchor: str | None = None) -> BaseResponse:
    return redirect(url_for(".show", facility_id=facility_id, visit_id=visit_id, _anchor=anchor), 303)


def _kept() -> Response:
    """For the script that sends what waited on a device."""
    return jsonify(kept=True)


def _refused(form: Form) -> Response:
    said = [str(sentence) for sentences in form.errors.values() for sentence in sentences]
    answer = jsonify(error=said[0] if said else RELOAD)
    answer.status_code = 400
    return answer


def _clashed(facility_id: str, visit_id: str, form: DetailsForm, error: Conflict) -> BaseResponse:
    """The form with what was typed, and beside it what somebody else wrote in the same fields meanwhile."""
    shown = DetailsForm(data=_as_data(error.data["merged"]))
    shown.entry.data, shown.reason.data = form.entry.data, form.reason.data
    shown.form_errors.append(error.message)
    there = [(LABELS[name], told(getattr(error.data["there"], name))) for name in error.data["clashes"]]
    return _page(facility_id, visit_id, shown, 409, there=there)


def _read(facility_id: str, visit_id: str, what: str = "page") -> work.VisitPage:
    actor, now = current_actor(), utc_now()
    if not visit_id:
        return work.blank(current_store(), actor, facility_id, now=now)
    return work.visit(current_store(), actor, facility_id, visit_id, what=what, read_id=new_id(), now=now)


def _list(facility_id: str, form: RuleForm | None = None, status: int = 200) -> BaseResponse:
    found = work.visits(current_store(), current_actor(), facility_id)
    usual = {"keep_months": found.rule.keep_months, "hold_reason": found.rule.hold_reason}
    page = render_template(
        "visits/index.html",
        facility=found.facility,
        tab="visits",
        found=found,
        form=form or RuleForm(data=usual),
        account=current_actor().account_id,
        may_keep=may_here(Permission.KEEP_VISITS),
    )
    return make_response(page, status)


def _page(
    facility_id: str,
    visit_id: str,
    form: DetailsForm | None = None,
    status: int = 200,
    *,
    moment_form: MomentForm | None = None,
    there: Sequence[tuple[str, str]] = (),
) -> BaseResponse:
    page = _read(facility_id, visit_id)
    found, store, actor = page.visit, current_store(), current_actor()
    view = desk_view(store, actor, facility_id, utc_now())
    rooms = asked_zones(view.designations, found.details.zones)
    shown = form or DetailsForm(data=_as_data(found.details))
    if form is None or not form.errors:
        shown.entry.data = new_id()
    if form is None or there or form.seen.errors:  # else what others wrote since it was opened still counts
        shown.seen.data, shown.mine.data = str(found.entries), ""
    shown.fill_up(new_id)
    times = moment_form or MomentForm()
    times.entry.data = times.entry.data or new_id()
    wrong: Form | None = refused(moment_form) if moment_form and moment_form.entry.errors else moment_form
    html = render_template(
        "visits/visit.html",
        facility=page.facility,
        tab="visits",
        page=page,
        visit=found,
        form=shown,
        blank=not visit_id,
        there=there,
        account=actor.account_id,
        floors=floor_picks(view.designations, rooms, shown.zones.data or ()),
        zone_words=ZONE_WORDS,
        moment_form=times,
        wrong=wrong,
        doubted=bool(form and form.form_errors and status == 400),
        buttons=[(each.value, words) for each, words in HAPPENING_WORDS.items() if each is not Happening.OTHER],
        happening_words=HAPPENING_WORDS,
        entry_ids=[new_id() for _ in HAPPENING_WORDS],
        copies=may_here(Permission.READ_VISITS),
    )
    return make_response(html, status)


def _as_data(details: Details) -> dict[str, Any]:
    values = details_document(details)
    return values | {"zones": [zone["room_id"] for zone in values["zones"]]}
