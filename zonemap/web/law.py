"""The rules of a facility: what the pack says, who has read it, and the facility's own must-nots."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField
from wtforms.validators import DataRequired, InputRequired, Regexp

from zonemap.errors import Conflict, Invalid
from zonemap.model.law import CounselReview, OwnMustNot
from zonemap.rules.desk_words import must_nots, words
from zonemap.web.forms import Form, TextField
from zonemap.web.guard import current_actor, current_store, needs, new_id, utc_now
from zonemap.work import law as work
from zonemap.work.permissions import Permission

blueprint = Blueprint("law", __name__, url_prefix="/facilities/<facility_id>/rules")


class ReviewForm(Form):
    """Counsel has read the rules."""

    seal = HiddenField(validators=[Regexp(r"[0-9a-f]{64}\Z", message="Load the page again.")])
    counsel = TextField("Name of the lawyer", [DataRequired("Type the name of the lawyer.")], most=work.NAME_MOST)
    has_read = BooleanField(
        "This lawyer has read all of the rules on this page",
        [InputRequired("Tick this only when the lawyer has read them.")],
    )


class MustNotForm(Form):
    """A line of the facility's own."""

    line = TextField(
        "Another line",
        [DataRequired("Type what nobody is to do.")],
        most=work.LINE_MOST,
        description="Begin with “Do not”. A line can be added, never removed.",
    )


@blueprint.get("")
@needs(Permission.SEE_PLANS)
def index(facility_id: str) -> Response:
    """The rules of the facility."""
    return _page(facility_id)


@blueprint.post("/review")
@needs(Permission.REVIEW_LAW)
def review(facility_id: str) -> Response:
    """Keep that counsel has read them."""
    form = ReviewForm.sent()
    if form.accepts():
        actor = current_actor()
        made = CounselReview(new_id(), facility_id, "", form.text("seal"), form.text("counsel"), actor.name, utc_now())
        try:
            work.record_review(current_store(), actor, made)
            return _back(facility_id)
        except (Invalid, Conflict) as error:
            form.form_errors.append(error.message)
    return _page(facility_id, review_form=form, status=400)


@blueprint.post("/must-not")
@needs(Permission.REVIEW_LAW)
def must_not(facility_id: str) -> Response:
    """Add a line."""
    form = MustNotForm.sent()
    if form.accepts():
        actor = current_actor()
        try:
            line = OwnMustNot(new_id(), facility_id, form.text("line"), actor.name, utc_now())
            work.add_must_not(current_store(), actor, line)
            return _back(facility_id)
        except Invalid as error:
            form.refuse(error)
    return _page(facility_id, line_form=form, status=400)


@blueprint.post("/sealed")
@needs(Permission.REVIEW_LAW)
def sealed(facility_id: str) -> Response:
    """Say whether there is a program under 42 CFR Part 2."""
    work.seal_records(current_store(), current_actor(), facility_id, sealed=request.form.get("sealed") == "yes")
    return _back(facility_id)


def rule_words() -> dict[str, Any]:
    """What stands beside the rules on every page of them: the lines of every class, and the papers' names."""
    return {"must_nots": must_nots(), "paper_names": words()["classes"]}


def _back(facility_id: str) -> Response:
    return redirect(url_for(".index", facility_id=facility_id), 303)


def _page(facility_id: str, status: int = 200, **forms: Any) -> Response:
    found = work.law_view(current_store(), current_actor(), facility_id)
    page = render_template(
        "law/index.html",
        facility=found.facility,
        law=found,
        pack=found.pack,
        note=found.pack.note(utc_now().date()),
        review_form=forms.get("review_form") or ReviewForm(data={"seal": found.seal}),
        line_form=forms.get("line_form") or MustNotForm(),
        **rule_words(),
    )
    return make_response(page, status)
