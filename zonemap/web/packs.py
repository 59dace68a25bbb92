"""Packs: choosing the sheets, watching one being made, stopping it, and fetching it, also piece by piece."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, send_file, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse
from wtforms import BooleanField, IntegerField, RadioField, SelectMultipleField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from zonemap.errors import Invalid
from zonemap.model.pack import PackChoice
from zonemap.model.print_job import JobState
from zonemap.model.sign import FacilitySigns, SignKind, SignOptions
from zonemap.web.guard import current_actor, current_store, needs, new_id, utc_now, wants_json
from zonemap.web.makers import makers
from zonemap.web.sign_options import SignOptionsForm, options_from, unchecked
from zonemap.work import packs as work
from zonemap.work import print_jobs
from zonemap.work.permissions import Permission
from zonemap.work.signs import languages, sign_list, suggested_languages

blueprint = Blueprint("packs", __name__, url_prefix="/facilities/<facility_id>/packs")

Page = str | tuple[str, int] | BaseResponse
_FORMS = [
    ("pdf", "One PDF, to print"),
    ("zip", "A ZIP with a PDF for each sheet, for a sign shop"),
    ("csv", "Only the list, as a table (CSV)"),
]


class _Many(SelectMultipleField):
    """Boxes to tick; none ticked means all."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PackForm(SignOptionsForm):
    """Which sheets, in which form. The options of the sheets come along from the page of signs."""

    floors = _Many("Floors")
    departments = _Many("Departments")
    kinds = _Many("Kinds of sheets")
    needed = BooleanField("Only sheets that the wall needs: not printed yet, missing, or out of date")
    since = IntegerField(
        "Only what has changed since revision",
        [Optional(), NumberRange(0, 1_000_000, "Give the number of a designation, such as 3.")],
        description="Leave it empty for all.",
    )
    no_maps = BooleanField("Leave out the maps of the floors")
    form = RadioField("What you get", default="pdf")

    def __init__(self, given: MultiDict[str, str], signs: FacilitySigns) -> None:
        super().__init__(given)
        rooms = [room for floor in signs.floors for room in floor.floor.rooms]
        departments = sorted({room.department for room in rooms if room.department})
        self.form.choices = _FORMS
        self.floors.choices = [(floor.floor.id, floor.floor.name) for floor in signs.floors]
        self.departments.choices = [(name, name) for name in departments]
        self.kinds.choices = [(kind.value, kind.label) for kind in SignKind]

    @property
    def choice(self) -> PackChoice:
        """What a valid form chooses."""
        return PackChoice(
            floors=tuple(self.floors.data or ()),
            departments=tuple(self.departments.data or ()),
            kinds=tuple(SignKind(kind) for kind in self.kinds.data or ()),
            since=self.since.data,
            needed=self.needed.data,
            maps=not self.no_maps.data,
        )


@blueprint.get("/")
@needs(Permission.PRINT_SIGNS)
def index(facility_id: str) -> Page:
    """What can be chosen, and how many sheets that makes."""
    signs = sign_list(current_store(), current_actor(), facility_id, SignOptions())
    return _page(signs, PackForm(request.args, signs))


@blueprint.post("/")
@needs(Permission.PRINT_SIGNS)
def make(facility_id: str) -> Page:
    """Begin to make the pack."""
    signs = sign_list(current_store(), current_actor(), facility_id, SignOptions())
    form = PackForm(request.form, signs)
    if not form.validate():
        return _page(signs, form), 400
    options, ending = options_from(form), str(form.form.data)
    try:
        pack = work.choose_pack(current_store(), current_actor(), facility_id, options, form.choice)
        if ending != "csv":  # the list alone shows no text
            work.require_printable(pack)
        job = print_jobs.ask_for_pack(
            current_store(), current_actor(), pack, options, form.choice, ending, job_id=new_id(), now=utc_now()
        )
    except Invalid as error:
        form.form_errors.append(error.message)
        return _page(signs, form), 400
    makers().see_to(job)
    return redirect(url_for(".job", facility_id=facility_id, job_id=job.id), 303)


@blueprint.get("/<job_id>")
@needs(Permission.PRINT_SIGNS)
def job(facility_id: str, job_id: str) -> Page:
    """How far a pack is. Where its maker is gone, because the server was started again, it is made again."""
    found, now = print_jobs.pack_job(current_store(), current_actor(), facility_id, job_id), utc_now()
    makers().see_to(found)
    left = found.seconds_left(now)
    if wants_json():
        return jsonify(
            state="running" if found.state.is_open else found.state,
            done=found.done,
            total=found.total,
            seconds_left=left,
            again=found.is_again,
        )
    signs = sign_list(current_store(), current_actor(), facility_id, SignOptions())
    return render_template(
        "packs/job.html", facility=signs.facility, tab="signs", job=found, left=left, states=JobState
    )


@blueprint.post("/<job_id>/stop")
@needs(Permission.PRINT_SIGNS)
def stop(facility_id: str, job_id: str) -> BaseResponse:
    """Stop making it."""
    print_jobs.stop_pack(current_store(), current_actor(), facility_id, job_id)
    return redirect(url_for(".job", facility_id=facility_id, job_id=job_id), 303)


@blueprint.get("/<job_id>/file")
@needs(Permission.PRINT_SIGNS)
def file(facility_id: str, job_id: str) -> Response:
    """The file; a part of it where the browser asks for one, so that a download goes on where it stopped."""
    found, made = print_jobs.made_pack(current_store(), current_actor(), facility_id, job_id)
    kind = print_jobs.MAKERS[found.form][0]
    response = send_file(
        io.BytesIO(made),
        mimetype=kind,
        as_attachment=True,
        download_name=found.name,
        etag=found.mark,
        conditional=True,
    )
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _page(signs: FacilitySigns, form: PackForm) -> str:
    suggested = suggested_languages(signs.facility.state)
    return render_template(
        "packs/index.html",
        facility=signs.facility,
        tab="signs",
        form=form,
        suggested=[choice for choice in form.languages if choice.data in suggested],
        more=[choice for choice in form.languages if choice.data not in suggested],
        unchecked=unchecked(list(languages())),
        **_counts(signs, form),
    )


def _counts(signs: FacilitySigns, form: PackForm) -> dict[str, Any]:
    """How many sheets and pages the choice makes; why it makes none."""
    counted: dict[str, Any] = {"sheets": 0, "pages": 0, "why": ""}
    if form.validate():
        try:
            found = work.choose_pack(
                current_store(), current_actor(), signs.facility.id, options_from(form), form.choice
            )
            counted |= {"sheets": len(found.lines), "pages": sum(line.pages for line in found.lines)}
        except Invalid as error:
            counted["why"] = error.message
    return counted
