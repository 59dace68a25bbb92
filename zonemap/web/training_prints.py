"""Training on paper and as files: tabletop, certificate, report, CSV."""

from __future__ import annotations

from flask import Blueprint, Response, request

from zonemap.errors import NotFound
from zonemap.web.guard import current_actor, current_store, needs, utc_now
from zonemap.work import training_papers as work
from zonemap.work.permissions import Permission

blueprint = Blueprint("training_prints", __name__, url_prefix="/facilities/<facility_id>/training")


@blueprint.get("/tabletop.pdf")
@needs(Permission.MANAGE_TRAINING)
def tabletop(facility_id: str) -> Response:
    """The sheet for a team."""
    scene = request.args.get("scene", "")
    made = work.tabletop_pdf(current_store(), current_actor(), facility_id, scene, now=utc_now())
    return _pdf(made, f"tabletop-{scene}")


@blueprint.get("/certificate.pdf")
@needs(Permission.OWN_TRAINING)
def own_certificate(facility_id: str) -> Response:
    """One's own certificate."""
    made = work.certificate_pdf(current_store(), current_actor(), facility_id, "", now=utc_now())
    return _pdf(made, "certificate")


@blueprint.get("/people/<trainee_id>/certificate.pdf")
@needs(Permission.MANAGE_TRAINING)
def certificate(facility_id: str, trainee_id: str) -> Response:
    """Somebody's certificate."""
    made = work.certificate_pdf(current_store(), current_actor(), facility_id, trainee_id, now=utc_now())
    return _pdf(made, "certificate")


@blueprint.get("/report.<kind>")
@needs(Permission.MANAGE_TRAINING)
def report(facility_id: str, kind: str) -> Response:
    """The facility's report: PDF, CSV."""
    if kind == "pdf":
        return _pdf(work.training_pdf(current_store(), current_actor(), facility_id, now=utc_now()), "training")
    if kind == "csv":
        rows = work.training_csv(current_store(), current_actor(), facility_id, now=utc_now())
        headers = {"Content-Disposition": 'attachment; filename="training.csv"'}
        return Response("\ufeff" + rows, mimetype="text/csv; charset=utf-8", headers=headers)
    raise NotFound("There is no such report. Choose PDF or CSV.")


def _pdf(made: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(made, mimetype="application/pdf", headers=headers)
