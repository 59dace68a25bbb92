"""Practice at the desk: one question a page, about a visit that nobody made. Its pages never look like the desk's."""

from __future__ import annotations

import secrets

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import SelectField

from zonemap.errors import Invalid, NotFound
from zonemap.model.practice import Attempt
from zonemap.rules.desk_words import words
from zonemap.rules.practice import clinic
from zonemap.web.desk_language import keep_pressed, pressed
from zonemap.web.forms import Form
from zonemap.web.guard import current_actor, current_store, needs, new_id, utc_now
from zonemap.web.practice_language import chosen_for_practice
from zonemap.web.practice_pages import question_page, result_page
from zonemap.work import practice as work
from zonemap.work.permissions import Permission

blueprint = Blueprint("practice", __name__, url_prefix="/facilities/<facility_id>/practice")

_MORE = "more"


class ChoiceForm(Form):
    """What to practice."""

    choice = SelectField("Kind of paper", validate_choice=False)


@blueprint.get("/")
@needs(Permission.USE_DESK)
def index(facility_id: str) -> Response:
    """What one can practice, and how it went."""
    return _home(facility_id)


@blueprint.post("/")
@needs(Permission.USE_DESK)
def begin(facility_id: str) -> Response:
    """Begin a set, or change the language."""
    if pressed():
        return keep_pressed(make_response(redirect(url_for(".index", facility_id=facility_id), 303)))
    store, actor = current_store(), current_actor()
    try:
        found = work.choices(store, actor, facility_id, request.form.get("choice", ""))
        order = tuple(secrets.SystemRandom().sample(found, min(len(found), work.ROUND)))
        first = work.begin(store, actor, _first(facility_id, order))
    except Invalid as error:
        return _home(facility_id, wrong=error.message)
    return _to(first)


def _first(facility_id: str, order: tuple[str, ...]) -> Attempt:
    return Attempt(new_id(), facility_id, "", "", new_id(), order, 0, utc_now())


@blueprint.get("/<attempt_id>")
@needs(Permission.USE_DESK)
def show(facility_id: str, attempt_id: str) -> Response:
    """The open question, or how it went."""
    return _page(facility_id, attempt_id, more=request.args.get("titles") == _MORE)


@blueprint.post("/<attempt_id>")
@needs(Permission.USE_DESK)
def answer(facility_id: str, attempt_id: str) -> Response:
    """Take an answer, or change the language."""
    _own(facility_id, attempt_id)
    if pressed():
        return keep_pressed(
            make_response(redirect(url_for(".show", facility_id=facility_id, attempt_id=attempt_id), 303))
        )
    if request.form.get("do") in (_MORE, "first"):
        titles = _MORE if request.form["do"] == _MORE else None
        return redirect(url_for(".show", facility_id=facility_id, attempt_id=attempt_id, titles=titles), 303)
    said = request.form.getlist("said")
    try:
        step = request.form.get("step", "")
        work.give(current_store(), current_actor(), attempt_id, step=step, said=said, now=utc_now())
    except Invalid as error:
        return _page(facility_id, attempt_id, wrong=error.message)
    return redirect(url_for(".show", facility_id=facility_id, attempt_id=attempt_id), 303)


@blueprint.post("/<attempt_id>/next")
@needs(Permission.USE_DESK)
def next_(facility_id: str, attempt_id: str) -> Response:
    """The next of the set; after the last, back to the first page."""
    _own(facility_id, attempt_id)
    found = work.go_on(current_store(), current_actor(), attempt_id, new_id=new_id(), now=utc_now())
    return redirect(url_for(".index", facility_id=facility_id), 303) if found is None else _to(found)


def _to(attempt: Attempt) -> Response:
    return redirect(url_for(".show", facility_id=attempt.facility_id, attempt_id=attempt.id), 303)


def _own(facility_id: str, attempt_id: str) -> work.Drill:
    language = chosen_for_practice().language
    found = work.drill(current_store(), current_actor(), attempt_id, today=utc_now().date(), language=language)
    if found.facility.id != facility_id:
        raise NotFound("There is no such practice any more.")
    return found


def _page(facility_id: str, attempt_id: str, *, more: bool = False, wrong: str = "") -> Response:
    found = _own(facility_id, attempt_id)
    t = chosen_for_practice()
    about = {"drill": found, "clinic": clinic(t.language), "t": t}
    if found.now is not None:
        asked = question_page(found, more=more, t=t)
        return make_response(
            render_template("practice/question.html", page=asked, wrong=wrong, **about), _status(wrong)
        )
    attempts = work.round_so_far(current_store(), current_actor(), found.attempt)
    return make_response(render_template("practice/result.html", page=result_page(found, t), set=attempts, **about))


def _home(facility_id: str, wrong: str = "") -> Response:
    t = chosen_for_practice()
    found = work.practice_home(current_store(), current_actor(), facility_id, t.language)
    names = words()["classes"]
    form = ChoiceForm()
    form.choice.label.text = t.attr("kind")
    form.choice.choices = [(kind.value, f"{t.plain(names[kind])} ({count})") for kind, count in found.classes]
    page = render_template(
        "practice/index.html",
        facility=found.facility,
        home=found,
        form=form,
        names=dict(found.names),
        wrong=wrong,
        round=work.ROUND,
        t=t,
    )
    return make_response(page, _status(wrong))


def _status(wrong: str) -> int:
    return 400 if wrong else 200
