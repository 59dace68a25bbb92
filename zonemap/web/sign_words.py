"""A facility's own words on its signs: kind by kind and language by language, each through the wording guard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import DateField, HiddenField
from wtforms.validators import Optional

from zonemap.errors import Conflict, Invalid, NotFound
from zonemap.model.facility import Facility
from zonemap.model.sign import Language, OwnWords, SignKind, SignPlan
from zonemap.rules.sign_guard import HEADLINE_MOST, LINE_MOST
from zonemap.web.forms import Form, TextField
from zonemap.web.guard import current_actor, current_store, needs, utc_now
from zonemap.work import facilities, sign_plans
from zonemap.work.permissions import Permission
from zonemap.work.signs import OWN_KINDS, language, languages, usual_lines

blueprint = Blueprint("sign_words", __name__, url_prefix="/facilities/<facility_id>/signs/words")


class OwnWordsForm(Form):
    """Three lines, and who has checked them where somebody has."""

    version = HiddenField()
    headline = TextField("Headline, in capitals", most=HEADLINE_MOST)
    sentence = TextField("Who may come in, or what to do here", most=LINE_MOST)
    second = TextField("Second line", most=LINE_MOST, description="May stay empty.")
    checked_by = TextField(
        "Checked by",
        description="The qualified translator or the lawyer who has read these words. Leave it empty where nobody has.",
    )
    checked_on = DateField("Checked on", validators=[Optional()])


@dataclass(frozen=True, slots=True)
class Wording:
    """What a kind of sign says at this facility: its own words, or the usual."""

    kind: SignKind
    language: Language
    lines: dict[str, str]
    own: OwnWords | None


@blueprint.get("/")
@needs(Permission.PRINT_SIGNS)
def index(facility_id: str) -> str:
    """The words of every kind in English, and own words in other languages."""
    facility, plan = _found(facility_id)
    return render_template(
        "signs/words.html",
        facility=facility,
        tab="signs",
        wordings=list(_wordings(facility, plan)),
        languages=languages(),
        kinds=OWN_KINDS,
    )


@blueprint.get("/<kind>/<code>")
@needs(Permission.SET_FACILITY)
def one(facility_id: str, kind: str, code: str) -> str:
    """The words of one kind in one language, to change."""
    return _page(facility_id, *_which(kind, code), None)


@blueprint.post("/<kind>/<code>")
@needs(Permission.SET_FACILITY)
def change(facility_id: str, kind: str, code: str) -> Response | tuple[str, int]:
    """Keep the words, if they may hang."""
    named, beside = _which(kind, code)
    form = OwnWordsForm.sent()
    if not form.validate():
        return _page(facility_id, named, beside, form), 400
    own = OwnWords(
        named,
        beside.code,
        form.text("headline"),
        form.text("sentence"),
        form.text("second"),
        form.text("checked_by"),
        form.checked_on.data,
    )
    try:
        sign_plans.word_sign(current_store(), current_actor(), facility_id, own, version=_version(form), now=utc_now())
    except (Invalid, Conflict) as error:
        form.refuse(error if isinstance(error, Invalid) else Invalid(error.message))
        return _page(facility_id, named, beside, form), 409 if isinstance(error, Conflict) else 400
    return redirect(url_for(".index", facility_id=facility_id), 303)


@blueprint.post("/<kind>/<code>/usual")
@needs(Permission.SET_FACILITY)
def usual(facility_id: str, kind: str, code: str) -> Response:
    """Give up own words."""
    named, beside = _which(kind, code)
    version = _version(OwnWordsForm.sent())
    sign_plans.usual_words_again(
        current_store(), current_actor(), facility_id, named, beside.code, version=version, now=utc_now()
    )
    return redirect(url_for(".index", facility_id=facility_id), 303)


def _page(facility_id: str, kind: SignKind, beside: Language, form: Form | None) -> str:
    facility, plan = _found(facility_id)
    own = plan.own(kind, beside.code)
    lines = dict(usual_lines(kind, facility.site_kind, beside.code))
    return render_template(
        "signs/own_words.html",
        facility=facility,
        tab="signs",
        kind=kind,
        language=beside,
        own=own,
        usual=lines,
        form=form or _filled(plan, own, lines),
        plan=plan,
    )


def _filled(plan: SignPlan, own: OwnWords | None, lines: dict[str, str]) -> OwnWordsForm:
    shown: dict[str, Any] = {name: getattr(own, name) for name in lines} if own else lines
    checked: dict[str, Any] = {"checked_by": own.checked_by, "checked_on": own.checked_on} if own else {}
    return OwnWordsForm(None, **shown, **checked, version=str(plan.version))


def _wordings(facility: Facility, plan: SignPlan) -> Iterator[Wording]:
    for kind in OWN_KINDS:
        for each in languages():
            own = plan.own(kind, each.code)
            if own or each is languages()[0]:
                lines = dict(usual_lines(kind, facility.site_kind, each.code))
                yield Wording(kind, each, {name: getattr(own, name) for name in lines} if own else lines, own)


def _found(facility_id: str) -> tuple[Facility, SignPlan]:
    store, actor = current_store(), current_actor()
    return facilities.facility(store, actor, facility_id), sign_plans.sign_plan(store, actor, facility_id)


def _which(kind: str, code: str) -> tuple[SignKind, Language]:
    try:
        named = SignKind(kind)
        found = language(code)
    except (ValueError, Invalid) as error:
        raise NotFound("There is no such kind of sign, or no such language.") from error
    if named not in OWN_KINDS:
        raise NotFound("These words cannot be changed.")
    return named, found


def _version(form: Form) -> int:
    given = form.text("version")
    return int(given) if given.isdecimal() and len(given) < 10 else -1
