"""One revision with its differences and approvals, the designation memo, and what a printed code stands for."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse
from wtforms import DateField, TextAreaField
from wtforms.validators import InputRequired, Length

from zonemap.drawing.floor import Look, floor_drawing
from zonemap.errors import Invalid, NotFound
from zonemap.web.forms import Form, TextField
from zonemap.web.guard import current_actor, current_store, may_here, needs, utc_now
from zonemap.work.memo import memo_pdf
from zonemap.work.permissions import Permission
from zonemap.work.record import TEXT_MOST, Found, approve, by_code
from zonemap.work.revisions import Revision, revision

blueprint = Blueprint("revisions", __name__)

Page = str | tuple[str, int] | BaseResponse


class ApprovalForm(Form):
    """That a named person has approved the revision."""

    name = TextField("Name", [InputRequired("Type the name of the person who approved it.")], most=80)
    role = TextField(
        "Role",
        [InputRequired("Type the role, such as Counsel or Privacy officer.")],
        most=80,
        description="Such as Counsel, or Privacy officer.",
    )
    approved_on = DateField("Date", [InputRequired("Choose the date of the approval.")])
    remark = TextAreaField(
        "Remark",
        [Length(max=TEXT_MOST, message=f"Use at most {TEXT_MOST} letters.")],
        description="Leave it empty if there is none.",
    )


@blueprint.get("/floors/<floor_id>/designations/<int:number>")
@needs(Permission.SEE_PLANS)
def show(floor_id: str, number: int) -> Page:
    """One revision."""
    return _page(revision(current_store(), current_actor(), floor_id, number), ApprovalForm())


@blueprint.post("/floors/<floor_id>/designations/<int:number>")
@needs(Permission.DESIGNATE)
def approve_it(floor_id: str, number: int) -> Page:
    """Enter an approval into the record."""
    found = revision(current_store(), current_actor(), floor_id, number)
    form = ApprovalForm.sent()
    if form.accepts() and form.approved_on.data is not None:
        try:
            approve(
                current_store(),
                current_actor(),
                found.designation.id,
                name=form.text("name"),
                role=form.text("role"),
                approved_on=form.approved_on.data.isoformat(),
                remark=" ".join(form.text("remark").split()),
                now=utc_now(),
            )
            return redirect(url_for(".show", floor_id=floor_id, number=number, _anchor="approvals"), 303)
        except Invalid as error:
            form.refuse(error)
    return _page(found, form), 400


@blueprint.get("/facilities/<facility_id>/memo.pdf")
@needs(Permission.SEE_PLANS)
def memo(facility_id: str) -> Response:
    """The designation memo of the revisions in force."""
    made = memo_pdf(current_store(), current_actor(), facility_id)
    headers = {"Content-Disposition": 'inline; filename="designation-memo.pdf"'}
    return Response(made, mimetype="application/pdf", headers=headers)


@blueprint.get("/codes/")
@needs(Permission.SEE_PLANS)
def codes() -> tuple[str, int]:
    """What the code on a print stands for, and whether it is still in force."""
    asked = request.args.get("code", "").strip()[:80]
    found: Found | None = None
    wrong, status = "", 200
    if asked:
        try:
            found = by_code(current_store(), current_actor(), asked)
        except (Invalid, NotFound) as error:
            wrong, status = error.message, 404 if isinstance(error, NotFound) else 400
    return render_template("zones/code.html", asked=asked, found=found, wrong=wrong), status


def _page(found: Revision, form: ApprovalForm) -> str:
    return render_template(
        "zones/revision.html",
        facility=found.designation.facility,
        tab="plans",
        found=found,
        form=form,
        plan=_plan(found),
        approves=may_here(Permission.DESIGNATE),
    )


def _plan(found: Revision) -> Markup:
    """The floor as it was designated; rooms that differ from the revision before are framed."""
    differs = {each.after.id for each in found.difference.rooms if each.after} if found.difference else set()
    floor = found.designation.floor
    drawn = floor_drawing(
        floor, look=Look.SCREEN, chosen=differs, waiting=floor.waiting_spot, title=f"Plan of {floor.name}"
    )
    return Markup(drawn.svg)  # noqa: S704 - our own drawing
