"""Handouts for patients and visitors: looked at, chosen by language and paper, printed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from zonemap.errors import Invalid, NotFound
from zonemap.model.handout import HandoutKind, HandoutOptions
from zonemap.model.sign import WordingStatus
from zonemap.rules.handout_texts import OPERATIVE
from zonemap.rules.sign_texts import suggested_languages
from zonemap.web.forms import Form, TextField
from zonemap.web.guard import current_actor, current_store, needs, utc_now
from zonemap.web.handout_options import HandoutForm, options_from, query_of
from zonemap.work import handouts as work
from zonemap.work.permissions import Permission

blueprint = Blueprint("handouts", __name__, url_prefix="/facilities/<facility_id>/handouts")

NAMES = {
    HandoutKind.RIGHTS: ("Rights sheet", "To lie out for everybody, every day."),
    HandoutKind.WALLET: ("Wallet cards", "Print both sides of the sheet, then cut. The back is for showing."),
    HandoutKind.POSTER_RIGHTS: ("Poster: rights", "Few words, large."),
    HandoutKind.POSTER_EMERGENCY: ("Poster: emergencies", "What you do in an emergency."),
    HandoutKind.POSTER_PRIVACY: ("Poster: privacy", "Where people give their names and tell what they have."),
    HandoutKind.REFERRALS: ("Referral list", "Legal help and someone to talk to. Never the facility’s own lawyer."),
    HandoutKind.NOTICE: ("Notice: phone, video, several visits on one day", "At reception, and with letters."),
    HandoutKind.STAFF_REFERRALS: ("Referral lists for staff", "All three lists, in English. Not for patients."),
}
PREVIEWS_MOST = 3  # pictures of a handout on the page
UNCHECKED = "not checked by a qualified translator"


class PhoneForm(Form):
    """The number for appointments."""

    phone = TextField(
        "Phone for appointments", most=work.PHONE_MOST, description="Stands on the notice. Empty: a line to write on."
    )


@blueprint.get("/")
@needs(Permission.PRINT_SIGNS)
def index(facility_id: str) -> BaseResponse:
    """Every handout with a picture, and what can be chosen."""
    return _page(facility_id, request.args)


@blueprint.post("/seen")
@needs(Permission.PRINT_SIGNS)
def seen(facility_id: str) -> BaseResponse:
    """Somebody knows that nobody has checked the texts of the languages that they chose."""
    options = _options(request.form)
    work.acknowledge(current_store(), current_actor(), facility_id, options.languages)
    return redirect(url_for(".index", facility_id=facility_id, **query_of(options)), 303)


@blueprint.post("/phone")
@needs(Permission.SET_CONTACTS)
def phone(facility_id: str) -> BaseResponse:
    """The number for appointments."""
    form = PhoneForm.sent()
    if form.accepts():
        try:
            work.set_phone(current_store(), current_actor(), facility_id, form.text("phone"))
            return redirect(url_for(".index", facility_id=facility_id), 303)
        except Invalid as error:
            form.refuse(error)
    return _page(facility_id, MultiDict(), form, 400)


@blueprint.get("/<kind>.pdf")
@needs(Permission.PRINT_SIGNS)
def pdf(facility_id: str, kind: str) -> Response:
    """One of them as PDF."""
    options, which = _options(request.args), _kind(kind)
    made = work.handout_pdf(current_store(), current_actor(), facility_id, which, options, today=utc_now().date())
    headers = {"Content-Disposition": f'inline; filename="{kind}.pdf"'}
    return Response(made, mimetype="application/pdf", headers=headers)


@blueprint.get("/<kind>.<int:page>.png")
@needs(Permission.PRINT_SIGNS)
def picture(facility_id: str, kind: str, page: int) -> Response:
    """A page of one as a picture to look at."""
    options, which = _options(request.args), _kind(kind)
    made = work.handout_png(current_store(), current_actor(), facility_id, which, options, page, today=utc_now().date())
    return Response(made, mimetype="image/png")


def _kind(name: str) -> HandoutKind:
    try:
        return HandoutKind(name)
    except ValueError:
        raise NotFound("There is no such handout. Choose one from the page of handouts.") from None


def _previews(facility_id: str, kind: HandoutKind, options: HandoutOptions) -> list[str]:
    """Where the pictures of a handout are: one a language, both sides of a card."""
    if kind is HandoutKind.STAFF_REFERRALS:
        shown = [(OPERATIVE, 1)]
    elif kind is HandoutKind.WALLET:
        shown = [(options.languages[0], 1), (options.languages[0], 2)]
    else:
        shown = [(code, 1) for code in options.languages[:PREVIEWS_MOST]]
    return [
        url_for(".picture", facility_id=facility_id, kind=kind.value, page=page, **query_of(_only(options, code)))
        for code, page in shown
    ]


def _only(options: HandoutOptions, code: str) -> HandoutOptions:
    return replace(options, languages=(code,))


def _options(given: MultiDict[str, str]) -> HandoutOptions:
    form = HandoutForm(given)
    return options_from(form) if form.validate() else HandoutOptions()


def _page(
    facility_id: str, given: MultiDict[str, str], phone_form: PhoneForm | None = None, status: int = 200
) -> BaseResponse:
    form = HandoutForm(given)
    options = options_from(form) if form.validate() else HandoutOptions()
    view = work.handouts(current_store(), current_actor(), facility_id, options)
    suggested = {OPERATIVE, *suggested_languages(view.facility.state)}
    page: dict[str, Any] = {
        "facility": view.facility,
        "tab": "signs",
        "view": view,
        "form": form,
        "names": NAMES,
        "previews": {kind: _previews(facility_id, kind, options) for kind in NAMES},
        "query": query_of(options),
        "suggested": [each for each in form.languages if each.data in suggested],
        "more": [each for each in form.languages if each.data not in suggested],
        "unchecked": {
            each.code: UNCHECKED
            for each in view.languages
            if each.status is WordingStatus.DRAFTED and each.code != OPERATIVE
        },
        "waits": {kind for kind in HandoutKind if view.unseen and kind is not HandoutKind.STAFF_REFERRALS},
        "stale": len(view.lists.stale(utc_now().date())),
        "phone_form": phone_form or PhoneForm(data={"phone": view.lists.setting.phone}),
    }
    return make_response(render_template("handouts/index.html", **page), status)
