"""Whom the desk calls: one list, changed without scripts."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, make_response, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectField, TelField
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from zonemap.drawing.cover_chart import cover_chart
from zonemap.errors import Invalid, NotFound
from zonemap.model.facility import Contact, ContactRole
from zonemap.model.places import TIME_ZONES
from zonemap.web.forms import RELOAD, ClockField, Form, TextField, cleaned, days_field, refused
from zonemap.web.guard import current_actor, current_store, needs, new_id
from zonemap.web.shell import contact_role
from zonemap.work import contacts as work
from zonemap.work.permissions import Permission

blueprint = Blueprint("contacts", __name__, url_prefix="/facilities/<facility_id>/contacts")


class ContactForm(Form):
    """Somebody to call."""

    role = SelectField(
        "Role",
        choices={role.value: contact_role(role) for role in ContactRole},
        description="The desk calls the roles in this order; the responder is first.",
    )
    name = TextField("Name", [DataRequired("Type a name, or a role such as Nurse on duty.")], most=80)
    phone = TelField(
        "Phone",
        [DataRequired("Type the phone number."), Length(max=40, message="Use at most 40 characters.")],
        filters=[cleaned],
        description="The number that is answered, such as 312-555-0142.",
    )
    languages = TextField(
        "Languages", most=80, description="Besides English, by comma: Spanish, Polish. This list shows them."
    )
    hours = TextField("Remark", most=60, description="For example: text first; knows the night entrance.")

    def contact(self, facility_id: str, contact_id: str) -> Contact:
        """What the form says, as a contact."""
        role, name, phone, hours = (self.text(each) for each in ("role", "name", "phone", "hours"))
        spoken = tuple(dict.fromkeys(word for each in self.text("languages").split(",") if (word := each.strip())))
        return Contact(contact_id, facility_id, ContactRole(role), name, phone, hours, languages=spoken)


class DutyForm(Form):
    """Hours in which somebody takes calls."""

    days = days_field()
    start = ClockField("From", "08:00")
    end = ClockField("To", "17:00", description="An earlier or equal time means the next day.")


class RemoveDutyForm(Form):
    """Hours that are taken away."""

    place = HiddenField(validators=[InputRequired(RELOAD), Regexp(r"[0-9]{1,3}\Z", message=RELOAD)])


@blueprint.get("")
@needs(Permission.SET_CONTACTS)
def index(facility_id: str) -> Response:
    """The list, and the form to add somebody."""
    return _list(facility_id, ContactForm())


@blueprint.post("")
@needs(Permission.SET_CONTACTS)
def add(facility_id: str) -> Response:
    """Add somebody."""
    form = ContactForm.sent()
    if form.accepts():
        try:
            work.add_contact(current_store(), current_actor(), form.contact(facility_id, new_id()))
            return _back(facility_id)
        except Invalid as error:
            form.refuse(error)
    return _list(facility_id, form, 400)


@blueprint.get("/<contact_id>")
@needs(Permission.SET_CONTACTS)
def one(facility_id: str, contact_id: str) -> Response:
    """The form for one person."""
    return _one(facility_id, contact_id)


@blueprint.post("/<contact_id>")
@needs(Permission.SET_CONTACTS)
def change(facility_id: str, contact_id: str) -> Response:
    """Change somebody."""
    form = ContactForm.sent()
    if form.accepts():
        try:
            work.change_contact(current_store(), current_actor(), form.contact(facility_id, contact_id))
            return _back(facility_id)
        except Invalid as error:
            form.refuse(error)
    return _one(facility_id, contact_id, form, 400)


@blueprint.post("/<contact_id>/hours")
@needs(Permission.SET_CONTACTS)
def add_hours(facility_id: str, contact_id: str) -> Response:
    """Hours in which they take calls."""
    form = DutyForm.sent()
    if form.accepts():
        start, end = (each.data.hour * 60 + each.data.minute for each in (form.start, form.end) if each.data)
        try:
            days = tuple(form.days.data or ())
            work.add_duty(current_store(), current_actor(), facility_id, contact_id, days, start, end)
            return redirect(url_for(".one", facility_id=facility_id, contact_id=contact_id), 303)
        except Invalid as error:
            form.refuse(error)
    return _one(facility_id, contact_id, duty_form=form, status=400)


@blueprint.post("/<contact_id>/hours/remove")
@needs(Permission.SET_CONTACTS)
def remove_hours(facility_id: str, contact_id: str) -> Response:
    """Hours away; with the last of them, they take calls at all hours."""
    form = RemoveDutyForm.sent()
    if form.accepts():
        try:
            place = int(form.text("place"))
            work.remove_duty(current_store(), current_actor(), facility_id, contact_id, place)
            return redirect(url_for(".one", facility_id=facility_id, contact_id=contact_id), 303)
        except Invalid as error:
            form.refuse(error)
    return _one(facility_id, contact_id, duty_form=refused(form), status=400)


@blueprint.post("/<contact_id>/earlier")
@needs(Permission.SET_CONTACTS)
def earlier(facility_id: str, contact_id: str) -> Response:
    """One place up."""
    work.call_earlier(current_store(), current_actor(), facility_id, contact_id)
    return _back(facility_id)


@blueprint.post("/<contact_id>/remove")
@needs(Permission.SET_CONTACTS)
def remove(facility_id: str, contact_id: str) -> Response:
    """Off the list."""
    work.remove_contact(current_store(), current_actor(), facility_id, contact_id)
    return _back(facility_id)


def _back(facility_id: str) -> Response:
    return redirect(url_for(".index", facility_id=facility_id), 303)


def _list(facility_id: str, form: ContactForm, status: int = 200) -> Response:
    roster = work.roster(current_store(), current_actor(), facility_id)
    title = "Hours of the week with a responder. The list beside it says the same."
    page = render_template(
        "facilities/contacts.html",
        facility=roster.facility,
        contacts=roster.contacts,
        roster=roster,
        chart=Markup(cover_chart(roster.grid, title)),  # noqa: S704 - our own drawing, without a name in it
        clock=TIME_ZONES.get(roster.facility.clock, roster.facility.clock),
        form=form,
    )
    return make_response(page, status)


def _one(
    facility_id: str,
    contact_id: str,
    form: ContactForm | None = None,
    status: int = 200,
    *,
    duty_form: Form | None = None,
) -> Response:
    facility, found = work.contacts(current_store(), current_actor(), facility_id)
    contact = next((each for each in found if each.id == contact_id), None)
    if contact is None:
        raise NotFound("This person is not on the list any more.")
    page = render_template(
        "facilities/contact.html",
        facility=facility,
        contact=contact,
        form=form or ContactForm(data={**asdict(contact), "languages": ", ".join(contact.languages)}),
        duty_form=duty_form if isinstance(duty_form, DutyForm) else DutyForm(),
        wrong=duty_form,
        clock=TIME_ZONES.get(facility.clock, facility.clock),
        action=url_for(".change", facility_id=facility_id, contact_id=contact_id),
    )
    return make_response(page, status)
