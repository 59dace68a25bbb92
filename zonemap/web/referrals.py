"""The three referral lists: looked at by everybody, changed and checked by calling, without scripts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, DateField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired

from zonemap.errors import Invalid, NotFound
from zonemap.model.referral import FRESH_DAYS, Purpose, Referral, ReferralList, ShowTo, StaleRule
from zonemap.web.forms import Form, TextField
from zonemap.web.guard import current_actor, current_store, needs, new_id, utc_now
from zonemap.work import referrals as work
from zonemap.work.permissions import Permission

blueprint = Blueprint("referrals", __name__, url_prefix="/facilities/<facility_id>/referrals")

PURPOSES = {
    Purpose.FACILITY_COUNSEL: "A lawyer of the facility",
    Purpose.LEGAL_HELP: "Legal help for people",
    Purpose.FAMILY_SUPPORT: "Help for families",
    Purpose.WELL_BEING: "Well-being",
    Purpose.GOVERNMENT: "A government office",
}
LISTS = {
    ReferralList.FACILITY_COUNSEL: ("Lawyers of the facility", "For staff alone. Never on a sheet for patients."),
    ReferralList.LEGAL_HELP: ("Community legal help", "For patients and families. None of these is your own lawyer."),
    ReferralList.WELL_BEING: ("Well-being support", "Someone to talk to. Not immigration, not legal help."),
}
_M = work.MOST


class ReferralForm(Form):
    """One number."""

    org = TextField("Organization", [DataRequired("Type the name of the organization.")], most=_M["org"])
    purpose = SelectField("What it is for", choices={each.value: words for each, words in PURPOSES.items()})
    phone = TextField(
        "Phone", [DataRequired("Type the phone number.")], most=_M["phone"], description="Such as 312-555-0142."
    )
    text_ok = BooleanField("Takes text messages")
    hours = TextField("Hours", most=_M["hours"], description="Such as: Mon to Fri 9 to 5.")
    timezone = TextField("Time zone of these hours", most=_M["timezone"])
    languages = TextField("Languages", most=200, description="By comma: English, Spanish.")
    area = TextField("Area", most=_M["area"], description="Whom it serves: a city, a state.")
    source_url = TextField("Where the number was found", most=_M["source_url"], description="An address of the web.")
    note = TextField("Note", most=_M["note"], description="One sentence on what it does. It is printed.")
    show_to = RadioField(
        "Who sees it",
        default=ShowTo.PUBLIC.value,
        choices={ShowTo.PUBLIC.value: "Patients and staff", ShowTo.STAFF.value: "Staff alone"},
    )

    def referral(self, facility_id: str, number_id: str) -> Referral:
        """What the form says."""
        spoken = tuple(dict.fromkeys(word for each in self.text("languages").split(",") if (word := each.strip())))
        texts: dict[str, Any] = {name: self.text(name) for name in _M}
        return Referral(
            id=number_id,
            facility_id=facility_id,
            purpose=Purpose(self.text("purpose")),
            text_ok=bool(self.text_ok.data),
            languages=spoken,
            show_to=ShowTo(self.text("show_to")),
            **texts,
        )


class CalledForm(Form):
    """Somebody has called a number."""

    by = TextField("Who called", [DataRequired("Type who called.")], most=work.NAME_MOST)
    on = DateField("When", [DataRequired("Give the day of the call.")])


class StaleForm(Form):
    """What is printed of a number that nobody has called for a while."""

    stale = RadioField(
        f"A number that nobody has called for {FRESH_DAYS} days",
        [InputRequired("Choose one of the two.")],
        choices={
            StaleRule.LEAVE_OUT.value: "is left out of what is printed",
            StaleRule.STAMP.value: "is printed with “Not checked since …”",
        },
    )


@blueprint.get("/")
@needs(Permission.SEE_HOME)
def index(facility_id: str) -> Response:
    """The lists."""
    return _lists(facility_id)


@blueprint.post("/")
@needs(Permission.SET_CONTACTS)
def add(facility_id: str) -> Response:
    """Add a number."""
    form = ReferralForm.sent()
    if form.accepts():
        try:
            work.add_referral(current_store(), current_actor(), form.referral(facility_id, new_id()))
            return _back(facility_id)
        except Invalid as error:
            form.refuse(error)
    return _lists(facility_id, 400, form=form)


@blueprint.post("/rule")
@needs(Permission.SET_CONTACTS)
def rule(facility_id: str) -> Response:
    """What is printed of old numbers."""
    form = StaleForm.sent()
    if form.accepts():
        work.set_stale_rule(current_store(), current_actor(), facility_id, StaleRule(form.text("stale")))
        return _back(facility_id)
    return _lists(facility_id, 400, stale_form=form)


@blueprint.get("/<number_id>")
@needs(Permission.SET_CONTACTS)
def one(facility_id: str, number_id: str) -> Response:
    """One number, to change or to check."""
    return _one(facility_id, number_id)


@blueprint.post("/<number_id>")
@needs(Permission.SET_CONTACTS)
def change(facility_id: str, number_id: str) -> Response:
    """Change a number."""
    form = ReferralForm.sent()
    if form.accepts():
        try:
            work.change_referral(current_store(), current_actor(), form.referral(facility_id, number_id))
            return _back(facility_id)
        except Invalid as error:
            form.refuse(error)
    return _one(facility_id, number_id, 400, form=form)


@blueprint.post("/<number_id>/called")
@needs(Permission.SET_CONTACTS)
def called(facility_id: str, number_id: str) -> Response:
    """Somebody has called it, and it is what it says."""
    form = CalledForm.sent()
    if form.accepts() and form.on.data is not None:
        try:
            by, on, now = form.text("by"), form.on.data, utc_now()
            work.verify_referral(current_store(), current_actor(), facility_id, number_id, on=on, by=by, now=now)
            return _back(facility_id)
        except Invalid as error:
            form.refuse(error)
    return _one(facility_id, number_id, 400, called_form=form)


@blueprint.post("/<number_id>/remove")
@needs(Permission.SET_CONTACTS)
def remove(facility_id: str, number_id: str) -> Response:
    """Off the list."""
    work.remove_referral(current_store(), current_actor(), facility_id, number_id)
    return _back(facility_id)


def _back(facility_id: str) -> Response:
    return redirect(url_for(".index", facility_id=facility_id), 303)


def _lists(facility_id: str, status: int = 200, **forms: Any) -> Response:
    view = work.referrals(current_store(), current_actor(), facility_id)
    today = utc_now().date()
    page = render_template(
        "handouts/referrals.html",
        facility=view.facility,
        view=view,
        lists=LISTS,
        today=today,
        stale=len(view.stale(today)),
        days=FRESH_DAYS,
        form=forms.get("form") or ReferralForm(),
        stale_form=forms.get("stale_form") or StaleForm(data={"stale": view.setting.stale.value}),
    )
    return make_response(page, status)


def _one(facility_id: str, number_id: str, status: int = 200, **forms: Any) -> Response:
    view = work.referrals(current_store(), current_actor(), facility_id)
    number = next((each for each in view.numbers if each.id == number_id), None)
    if number is None:
        raise NotFound("This number is not on the lists any more.")
    usual = asdict(number) | {
        "languages": ", ".join(number.languages),
        "purpose": number.purpose.value,
        "show_to": number.show_to.value,
    }
    called_by = {"by": current_actor().name, "on": utc_now().date()}
    page = render_template(
        "handouts/referral.html",
        facility=view.facility,
        number=number,
        today=utc_now().date(),
        form=forms.get("form") or ReferralForm(data=usual),
        called_form=forms.get("called_form") or CalledForm(data=called_by),
    )
    return make_response(page, status)
