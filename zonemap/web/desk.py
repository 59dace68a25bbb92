"""The desk: one question a page, then what to do. Nothing is written, and no answer stands in an address."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, make_response, render_template, request, url_for

from zonemap.model.assessment import Access
from zonemap.rules.desk_words import words
from zonemap.web.desk_form import Sent, carried, sent
from zonemap.web.desk_pages import answer_page, calls_page, question_page, shell
from zonemap.web.guard import current_actor, current_store, needs, utc_now
from zonemap.work.desk import DeskView, desk_view
from zonemap.work.desk_turns import Answers, Deed, turned, walk
from zonemap.work.permissions import Permission

blueprint = Blueprint("desk", __name__, url_prefix="/facilities/<facility_id>/desk")


@blueprint.get("/")
@needs(Permission.USE_DESK)
def first(facility_id: str) -> Response:
    """The first question."""
    view = desk_view(current_store(), current_actor(), facility_id)
    return _turn(view, Sent(Answers(), {}, Deed.SAY, None))


@blueprint.post("/")
@needs(Permission.USE_DESK)
def next_(facility_id: str) -> Response:
    """What follows from the answers, and from what was pressed."""
    view = desk_view(current_store(), current_actor(), facility_id)
    return _turn(view, sent(request.form))


def _turn(view: DeskView, came: Sent) -> Response:
    answers = turned(view.pack, came.answers, came.deed, came.about)
    if came.deed is Deed.CALLS:
        return _page(view, "desk/calls.html", calls_page(view, answers), answers)
    wrong = _first_wrong(view, answers, came)
    walked = walk(view.pack, answers)
    if walked.question and walked.asked:
        before = came.answers.given.get(walked.asked) if came.deed is Deed.CHANGE else None
        more = came.deed is Deed.MORE and came.about == walked.asked
        page = question_page(walked, answers, before=before, more=more, wrong=wrong)
        return _page(view, "desk/question.html", page, answers, 400 if wrong else 200)
    return _page(view, "desk/answer.html", answer_page(view, answers, today=_today()), answers)


def _first_wrong(view: DeskView, answers: Answers, came: Sent) -> str:
    """The sentence about the answer that could not be read; its question is asked again."""
    asked = walk(view.pack, answers).asked
    return came.wrong.get(asked, "") if asked else ""


def _page(view: DeskView, template: str, page: object, answers: Answers, status: int = 200) -> Response:
    home = url_for(".first", facility_id=view.facility.id)
    html = render_template(
        template,
        view=view,
        page=page,
        shell=shell(view, today=_today()),
        home=home,
        carry=carried(answers),
        words_of=_words_of,
    )
    return make_response(html, status)


def _words_of(access: Access) -> str:
    return str(words()["access"][access])


def _today() -> date:
    return utc_now().date()
