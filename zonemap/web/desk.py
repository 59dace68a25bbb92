"""The desk: one question a page, then what to do. Nothing is written, and no answer stands in an address."""

from __future__ import annotations

from datetime import date
from typing import cast

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for

from zonemap.rules.paper_pairs import papers
from zonemap.settings import Settings
from zonemap.web.desk_drawings import whole_paper
from zonemap.web.desk_form import Sent, carried, sent
from zonemap.web.desk_language import chosen, keep_pressed
from zonemap.web.desk_pages import answer_page, calls_page, question_page, shell, unreachable
from zonemap.web.guard import current_actor, current_store, needs, utc_now
from zonemap.work.desk import DeskView, desk_view
from zonemap.work.desk_tables import known_mark
from zonemap.work.desk_turns import Answers, Deed, Given, Walk, turned, walk
from zonemap.work.permissions import Permission

blueprint = Blueprint("desk", __name__, url_prefix="/facilities/<facility_id>/desk")
blueprint.add_app_template_global(unreachable)


@blueprint.get("/")
@needs(Permission.USE_DESK)
def first(facility_id: str) -> Response:
    """The first question."""
    view = desk_view(current_store(), current_actor(), facility_id, utc_now())
    return _turn(view, Sent(Answers(), {}, Deed.SAY, None))


@blueprint.post("/")
@needs(Permission.USE_DESK)
def next_(facility_id: str) -> Response:
    """What follows from the answers, and from what was pressed."""
    view = desk_view(current_store(), current_actor(), facility_id, utc_now())
    return _turn(view, sent(request.form))


@blueprint.get("/papers")
@needs(Permission.USE_DESK)
def which_paper(facility_id: str) -> Response:
    """The papers that are confused most, side by side, and every paper drawn: help for the first words of a paper."""
    view = desk_view(current_store(), current_actor(), facility_id, utc_now())
    t = chosen()
    page = {"words": papers(), "drawn": lambda name: whole_paper(name, t.language)}
    return _page(view, "desk/papers.html", page, Answers())


def _turn(view: DeskView, came: Sent) -> Response:
    answers = turned(view.pack, came.answers, came.deed, came.about)
    if came.deed is Deed.CALLS:
        return _page(view, "desk/calls.html", calls_page(view, answers), answers)
    walked = walk(view.pack, answers)
    wrong = _first_wrong(walked, came)
    if walked.question and walked.asked:
        before = _before(came) if came.deed is Deed.CHANGE else None
        more = came.deed is Deed.MORE and came.about == walked.asked
        page = question_page(walked, answers, before=before, more=more, wrong=wrong, t=chosen())
        return _page(view, "desk/question.html", page, answers, 400 if wrong else 200)
    return _page(view, "desk/answer.html", answer_page(view, answers, today=_today(), t=chosen()), answers)


def _before(came: Sent) -> tuple[str, Given] | None:
    """The answer that is being changed, to be marked among the others."""
    said = came.answers.given.get(came.about) if came.about else None
    return (came.about.key, said) if came.about and said is not None else None


def _first_wrong(walked: Walk, came: Sent) -> str:
    """The sentence about the answer that could not be read; its question is asked again."""
    keys = walked.question.keys if walked.question else ()
    return next((sentence for asked, sentence in came.wrong.items() if asked.key in keys), "")


def _page(view: DeskView, template: str, page: object, answers: Answers, status: int = 200) -> Response:
    home = url_for(".first", facility_id=view.facility.id)
    t = chosen()
    html = render_template(
        template,
        t=t,
        view=view,
        page=page,
        shell=shell(view, today=_today(), mark=known_mark(_settings().data, view.pack, today=_today()), t=t),
        home=home,
        carry=carried(answers),
        idle_minutes=idle_minutes(),
    )
    return keep_pressed(make_response(html, status))


def idle_minutes() -> int:
    """After how many minutes without a touch the desk goes back to its first question."""
    return max(_settings().desk_idle_minutes, 2)  # a minute of them is the warning


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["zonemap_settings"])


def _today() -> date:
    return utc_now().date()
