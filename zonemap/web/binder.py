"""The binder: what it holds, one press that makes it, and the call sheet alone."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, current_app, render_template

from zonemap.model.record import code
from zonemap.settings import Settings
from zonemap.web.guard import current_actor, current_store, needs, utc_now
from zonemap.work import binder as work
from zonemap.work.binder_roster import roster_pdf
from zonemap.work.permissions import Permission

blueprint = Blueprint("binder", __name__, url_prefix="/facilities/<facility_id>/binder")


@blueprint.get("/")
@needs(Permission.PRINT_SIGNS)
def index(facility_id: str) -> str:
    """What the binder would hold now, and its revisions."""
    data = cast(Settings, current_app.extensions["zonemap_settings"]).data
    facility, parts, revisions = work.binder_notes(current_store(), current_actor(), facility_id, data, now=utc_now())
    return render_template("binder/index.html", facility=facility, parts=parts, revisions=revisions, code=code)


@blueprint.post("/")
@needs(Permission.PRINT_SIGNS)
def make(facility_id: str) -> Response:
    """The binder as PDF. It may number a revision, so it is no mere look."""
    data = cast(Settings, current_app.extensions["zonemap_settings"]).data
    revision, made = work.make_binder(current_store(), current_actor(), facility_id, data, now=utc_now())
    return _pdf(made, f"binder-revision-{revision.number}")


@blueprint.get("/call-sheet.pdf")
@needs(Permission.PRINT_SIGNS)
def call_sheet(facility_id: str) -> Response:
    """Whom to call, in order, on one page."""
    return _pdf(roster_pdf(current_store(), current_actor(), facility_id, now=utc_now()), "call-sheet")


def _pdf(made: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(made, mimetype="application/pdf", headers=headers)
