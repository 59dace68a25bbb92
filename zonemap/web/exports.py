"""Downloads of a facility's drafts, or of one revision, for other programs and for another zonemap."""

from __future__ import annotations

from flask import Blueprint, Response

from zonemap.errors import NotFound
from zonemap.web.guard import current_actor, current_store, needs
from zonemap.work.export import FORMATS, Export, export_drafts, export_revision
from zonemap.work.permissions import Permission

blueprint = Blueprint("exports", __name__)


@blueprint.get("/facilities/<facility_id>/export/<file_format>")
@needs(Permission.SEE_PLANS)
def drafts(facility_id: str, file_format: str) -> Response:
    """The newest drafts of all floors."""
    _check(file_format)
    return _file(export_drafts(current_store(), current_actor(), facility_id, file_format))


@blueprint.get("/floors/<floor_id>/designations/<int:number>/export/<file_format>")
@needs(Permission.SEE_PLANS)
def revision(floor_id: str, number: int, file_format: str) -> Response:
    """One designated revision."""
    _check(file_format)
    return _file(export_revision(current_store(), current_actor(), floor_id, number, file_format))


def _check(file_format: str) -> None:
    if file_format not in FORMATS:
        raise NotFound("There is no such download.")


def _file(made: Export) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"', "Cache-Control": "no-store"}
    return Response(made.data, mimetype=made.media_type, headers=headers)
