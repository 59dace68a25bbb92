"""Whom the desk calls: one list, changed without scripts."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import SelectField, TelField
from wtforms.validators import DataRequired, Length

from zonemap.errors import Invalid, NotFound
from zonemap.model.facility import Contact, ContactRole
from zonemap.web.forms import Form, TextField, cleaned
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
    hours = TextField("Hours", most=60, description="For example: Monday to Friday, 8 to 5. Empty means always.")

    def contact(self, facility_id: str, contact_id: str) -> Contact:
        """What the form says, as a contact."""
        role, name, phone, hours = (self.text(each) for each in ("role", "name", "phone", "hours"))
        return Contact(contact_id, facility_id, ContactRole(role), name, phone, hours)


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
    facility, found = work.contacts(current_store(), current_actor(), facility_id)
    page = render_template("facilities/contacts.html", facility=facility, contacts=found, form=form)
    return make_response(page, status)


def _one(facility_id: str, contact_id: str, form: ContactForm | None = None, status: int = 200) -> Response:
    facility, found = work.contacts(current_store(), current_actor(), facility_id)
    contact = next((each for each in found if each.id == contact_id), None)
    if contact is None:
        raise NotFound("This person is not on the list any more.")
    form = form or ContactForm(obj=contact)
    page = render_template(
        "facilities/contact.html", facility=facility, contact=contact, form=form, action=request.path
    )
    return make_response(page, status)
