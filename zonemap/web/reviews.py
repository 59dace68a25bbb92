"""The review of a draft: sending it to somebody, looking at it, and the answer."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp

from zonemap.drawing.floor import Look, floor_drawing
from zonemap.errors import Conflict, Invalid
from zonemap.geometry.thresholds import entrances, signed_doors
from zonemap.model.plan import Floor
from zonemap.web.forms import Form, TextField, refused
from zonemap.web.guard import current_actor, current_store, may_here, needs, new_id, utc_now
from zonemap.web.zone_forms import CLASS_NAMES
from zonemap.work import reviews
from zonemap.work.designations import readiness
from zonemap.work.permissions import Permission

blueprint = Blueprint("reviews", __name__)

_RELOAD = "Load the page again."
_TEXT = Length(max=reviews.TEXT_MOST, message=f"Use at most {reviews.TEXT_MOST} letters.")
Page = str | tuple[str, int] | Response


class SendForm(Form):
    """Who is asked to look, and what they should know."""

    version = HiddenField(validators=[InputRequired(_RELOAD), Regexp(r"[0-9]{1,9}\Z", message=_RELOAD)])
    reviewer = SelectField(
        "Who should look at it?",
        choices=[],
        validate_choice=False,
        validators=[InputRequired("Choose a person.")],
        description="Such as your lawyer or your privacy officer. Only this person can answer.",
    )
    note = TextAreaField("What should they know?", [_TEXT], description="Leave it empty if there is nothing.")


class AnswerForm(Form):
    """The answer of the person who was asked."""

    content = HiddenField(validators=[InputRequired(_RELOAD), Regexp(r"[0-9a-f]{64}\Z", message=_RELOAD)])
    answer = RadioField(
        "Your answer",
        [InputRequired("Choose one of the two.")],
        choices={"approve": "I approve it as it is", "return": "Something should be changed first"},
    )
    role = TextField(
        "Your role",
        [InputRequired("Say what you are, such as Counsel or Privacy officer.")],
        most=reviews.ROLE_MOST,
        description="Such as Counsel, or Privacy officer. The memo names it.",
    )
    remark = TextAreaField(
        "Remark", [_TEXT], description="What should be changed; or anything the memo should say of your approval."
    )


@blueprint.get("/floors/<floor_id>/review")
@needs(Permission.SEE_PLANS)
def show(floor_id: str) -> Page:
    """Who was asked, what they look at, and the answer."""
    return _page(floor_id)


@blueprint.post("/floors/<floor_id>/review")
@needs(Permission.DESIGNATE)
def send(floor_id: str) -> Page:
    """Ask somebody to look at the draft as it is."""
    form = SendForm.sent()
    if not form.accepts():
        return _page(floor_id, sending=form), 400
    try:
        reviews.send(
            current_store(),
            current_actor(),
            floor_id,
            int(form.version.data or 0),
            form.text("reviewer"),
            form.text("note"),
            now=utc_now(),
            new_id=new_id(),
        )
    except (Invalid, Conflict) as error:
        return _refused(floor_id, error, sending=form)
    return redirect(url_for(".show", floor_id=floor_id), 303)


@blueprint.post("/floors/<floor_id>/review/answer")
@needs(Permission.REVIEW)
def answer(floor_id: str) -> Page:
    """Approve it, or send it back."""
    form = AnswerForm.sent()
    if not form.accepts():
        return _page(floor_id, answering=form), 400
    try:
        reviews.answer(
            current_store(),
            current_actor(),
            floor_id,
            form.text("content"),
            approves=form.answer.data == "approve",
            role=form.text("role"),
            remark=form.text("remark"),
            now=utc_now(),
        )
    except (Invalid, Conflict) as error:
        return _refused(floor_id, error, answering=form)
    return redirect(url_for(".show", floor_id=floor_id), 303)


@blueprint.post("/floors/<floor_id>/review/withdraw")
@needs(Permission.DESIGNATE)
def withdraw(floor_id: str) -> Page:
    """Take it back."""
    try:
        reviews.withdraw(current_store(), current_actor(), floor_id)
    except Conflict as error:
        return _refused(floor_id, error, sending=SendForm())
    return redirect(url_for(".show", floor_id=floor_id), 303)


@blueprint.post("/facilities/<facility_id>/review-rule")
@needs(Permission.SET_FACILITY)
def rule(facility_id: str) -> Page:
    """Ask for a review before each designation, or not any more."""
    required = request.form.get("required") == "yes"
    reviews.set_rule(current_store(), current_actor(), facility_id, required=required)
    return redirect(url_for("facilities.home", facility_id=facility_id, _anchor="review-rule"), 303)


def _refused(floor_id: str, error: Invalid | Conflict, **forms: Form) -> tuple[str, int]:
    (form,) = forms.values()
    if isinstance(error, Invalid):
        form.refuse(error)
        return _page(floor_id, **forms), 400  # type: ignore[arg-type]
    refused(form).form_errors.append(error.message)
    return _page(floor_id, **forms), 409  # type: ignore[arg-type]


def _page(floor_id: str, sending: SendForm | None = None, answering: AnswerForm | None = None) -> str:
    found = reviews.review_page(current_store(), current_actor(), floor_id)
    ready = readiness(current_store(), current_actor(), floor_id)
    send_form, answer_form = sending or SendForm(), answering or AnswerForm()
    send_form.version.data = str(found.saved.version)
    send_form.reviewer.choices = [("", "Choose a person"), *((each.id, each.name) for each in found.people)]
    answer_form.content.data = found.content
    return render_template(
        "zones/review.html",
        facility=found.facility,
        tab="plans",
        found=found,
        floor=found.floor,
        ready=ready,
        plan=_plan(found.floor),
        signed=signed_doors(found.floor),
        public_entrances=[each for each in entrances(found.floor) if each.is_public],
        form=answering or send_form,
        send_form=send_form,
        answer_form=answer_form,
        asks=may_here(Permission.DESIGNATE),
        class_names=CLASS_NAMES,
    )


def _plan(floor: Floor) -> Markup | None:
    if not floor.rooms:
        return None
    drawn = floor_drawing(floor, look=Look.SCREEN, waiting=floor.waiting_spot, title=f"Plan of {floor.name}")
    return Markup(drawn.svg)  # noqa: S704 - our own drawing
