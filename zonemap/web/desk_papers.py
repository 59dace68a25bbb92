"""The desk's papers: wall chart, desk card and badge cards, to look at and to print."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, current_app, render_template, request

from zonemap.settings import Settings
from zonemap.web.guard import current_actor, current_store, needs, utc_now
from zonemap.work import desk_papers as work
from zonemap.work.desk import desk_view
from zonemap.work.permissions import Permission

blueprint = Blueprint("desk_papers", __name__, url_prefix="/facilities/<facility_id>/desk-papers")


@blueprint.get("/")
@needs(Permission.PRINT_SIGNS)
def index(facility_id: str) -> str:
    """The three papers, with a picture of each side."""
    view = desk_view(current_store(), current_actor(), facility_id, utc_now())
    return render_template(
        "desk_papers/index.html",
        facility=view.facility,
        tab="signs",
        note=view.pack.note(utc_now().date()),
        contacts=view.contacts,
        papers=work.PAGES,
        languages=work.LANGUAGES,
        language=_language(),
    )


@blueprint.get("/<kind>.pdf")
@needs(Permission.PRINT_SIGNS)
def pdf(facility_id: str, kind: str) -> Response:
    """One of them as PDF."""
    made = work.desk_pdf(_paper(facility_id), kind)
    headers = {"Content-Disposition": f'inline; filename="desk-{kind}.pdf"'}
    return Response(made, mimetype="application/pdf", headers=headers)


@blueprint.get("/<kind>.<int:page>.png")
@needs(Permission.PRINT_SIGNS)
def picture(facility_id: str, kind: str, page: int) -> Response:
    """A side of it as a picture."""
    return Response(work.desk_png(_paper(facility_id), kind, page), mimetype="image/png")


def _paper(facility_id: str) -> work.DeskPaper:
    settings = cast(Settings, current_app.extensions["zonemap_settings"])
    return work.facility_paper(
        current_store(), current_actor(), facility_id, settings.data, now=utc_now(), language=_language()
    )


def _language() -> str:
    asked = request.args.get("lang", "en")
    return asked if asked in work.LANGUAGES else "en"
