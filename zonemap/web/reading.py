"""Reading help beside the desk: a photo of the paper, and what it seems to say, to be confirmed one by one.

The answers given so far travel with each page, as at the desk. The photo does not: it is read and let go of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from markupsafe import Markup

from zonemap.drawing.crop import crop_drawing
from zonemap.errors import Busy, Invalid, TooLarge
from zonemap.model.reading import Suggestion
from zonemap.rules.questions import questions
from zonemap.web.desk import idle_minutes
from zonemap.web.desk_form import carried, sent
from zonemap.web.desk_language import Speech, chosen
from zonemap.web.desk_pages import shell
from zonemap.web.guard import current_actor, current_store, needs, utc_now
from zonemap.work import reading as work
from zonemap.work.desk import DeskView, desk_view
from zonemap.work.desk_turns import Asked
from zonemap.work.permissions import Permission

blueprint = Blueprint("reading", __name__, url_prefix="/facilities/<facility_id>/desk/photo")

_DATES = {"execute_by": "photo_execute_by", "issue_date": "photo_issue_date"}


@dataclass(frozen=True, slots=True)
class Seen:
    """One suggestion to look at. Without a ``field`` there is nothing to confirm: only words to compare."""

    field: str
    value: str
    asked: str
    label: str
    words: str
    crops: tuple[Markup, ...]


@blueprint.app_context_processor
def _offer() -> dict[str, Any]:
    """Whether a template may offer it at all."""
    return {"reading_help": work.is_installed}


@blueprint.post("/")
@needs(Permission.USE_DESK)
def take(facility_id: str) -> Response:
    """Where a photo is taken or chosen."""
    return _page(facility_id, "reading/take.html")


@blueprint.post("/seen")
@needs(Permission.USE_DESK)
def seen(facility_id: str) -> Response:
    """What the photo seems to say."""
    photo = request.files.get("photo")
    try:
        found = work.read_photo(current_actor(), facility_id, photo.read() if photo else b"")
    except (Invalid, TooLarge, Busy) as error:
        return _page(facility_id, "reading/take.html", wrong=error.message, status=400)
    return _page(facility_id, "reading/seen.html", found=found)


def _page(
    facility_id: str, template: str, *, found: tuple[Suggestion, ...] = (), wrong: str = "", status: int = 200
) -> Response:
    view = desk_view(current_store(), current_actor(), facility_id, utc_now())
    came = sent(request.form)
    paper, t = _paper(request.form.get("of_paper", ""), came.answers.further), chosen()
    html = render_template(
        template,
        t=t,
        view=view,
        shell=shell(view, today=utc_now().date(), mark="", t=t),
        home=url_for("desk.first", facility_id=facility_id),
        carry=carried(came.answers),
        idle_minutes=idle_minutes(),
        paper=paper,
        seen=[_seen(each, paper, view, t) for each in found],
        wrong=wrong,
    )
    return make_response(html, status)


def _paper(text: str, further: int) -> int:
    """Which paper the photo is of."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) == 1 else 1
    return number if 1 <= number <= further + 1 else 1


def _seen(each: Suggestion, paper: int, view: DeskView, t: Speech) -> Seen:
    crops = tuple(
        Markup(crop_drawing(crop, title=t.attr("photo_piece", words=each.words)))  # noqa: S704 - drawn by us, words escaped
        for crop in each.crops
    )
    if not each.value:
        return Seen("", "", t.attr(_DATES[each.key]), each.words, each.words, crops)
    question = questions()[each.key]
    # Where the law asks whose court it is, the desk asks that itself: nothing here may answer for it.
    whose_court = view.pack.own_courts_only and each.value == "state_court"
    field = "" if whose_court else Asked(each.key, paper).field
    return Seen(field, each.value, question.text, question.label(each.value), each.words, crops)
