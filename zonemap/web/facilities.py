"""The list of facilities, one facility's first page, and its name, address and kind."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired

from zonemap.errors import Invalid
from zonemap.model.facility import Facility, SiteKind
from zonemap.model.places import STATES, TIME_ZONES
from zonemap.web.forms import Form, TextField, asked_page, asked_search
from zonemap.web.guard import current_actor, current_store, needs, new_id, utc_now
from zonemap.web.steps import steps
from zonemap.work import facilities as work
from zonemap.work.permissions import Permission, Place, may
from zonemap.work.training import reminder
from zonemap.work.training_texts import Versions

blueprint = Blueprint("facilities", __name__)

KINDS = {
    SiteKind.HOSPITAL: "Hospital",
    SiteKind.CLINIC: "Clinic or doctor’s office",
    SiteKind.SOCIAL_SERVICE: "Social service: counselling, food, legal aid, day care",
    SiteKind.SHELTER: "Shelter: people stay overnight",
    SiteKind.OTHER: "Something else",
}


class FacilityForm(Form):
    """Name, address, state and kind."""

    name = TextField("Name", [DataRequired("Type the name that stands at the door.")], most=100)
    street = TextField(
        "Street and number",
        [DataRequired("Type the street and number. The desk compares them with the paper.")],
        description="The desk shows it in large letters, because officers’ papers name an address.",
    )
    suite = TextField("Suite or floor", most=60, description="Leave it empty where there is none.")
    city = TextField("City", [DataRequired("Type the city.")], most=80)
    state = SelectField(
        "State",
        [DataRequired("Choose the state.")],
        choices={"": "Choose a state", **STATES},
        description="The state and the kind of site decide which law pack covers this facility.",
    )
    postcode = TextField("ZIP code", [DataRequired("Type the ZIP code in 5 figures, such as 60601.")], most=10)
    time_zone = SelectField(
        "Time zone",
        default="",
        choices={"": "That of most people in the state", **TIME_ZONES},
        description="Rooms and doors that are something else at other hours follow this clock.",
    )
    site_kind = RadioField(
        "What kind of site is it?",
        [InputRequired("Choose what kind of site it is.")],
        choices={kind.value: label for kind, label in KINDS.items()},
        description="Some states have rules for hospitals and clinics alone, others for shelters, too.",
    )

    def facility(self, facility_id: str) -> Facility:
        """What the form says, as a facility."""
        values = {
            name: self.text(name) for name in ("name", "street", "suite", "city", "state", "postcode", "time_zone")
        }
        return Facility(id=facility_id, site_kind=SiteKind(self.site_kind.data), **values)


@blueprint.get("/")
@needs(Permission.SEE_HOME)
def index() -> str:
    """All facilities."""
    search, number = asked_search(), asked_page()
    found = work.facilities(current_store(), current_actor(), search=search, page=number)
    return render_template(
        "facilities/index.html", facilities=found, search=search, states=STATES, adds=_adds(), shares=_shares()
    )


def _shares() -> bool:
    return may(current_actor(), Permission.SET_CONTACTS, at=Place.ORGANIZATION)


def _adds() -> bool:
    """Whether the person may add a facility: with a role for all of them."""
    return may(current_actor(), Permission.SET_FACILITY, at=Place.ORGANIZATION)


@blueprint.get("/facilities/new")
@needs(Permission.SET_FACILITY, at=Place.ORGANIZATION)
def new() -> Response:
    """The form for a new facility."""
    return _form(FacilityForm())


@blueprint.post("/facilities/new")
@needs(Permission.SET_FACILITY, at=Place.ORGANIZATION)
def new_sent() -> Response:
    """Add a facility."""
    form = FacilityForm.sent()
    if form.accepts():
        try:
            added = work.add_facility(current_store(), current_actor(), form.facility(new_id()))
            return redirect(url_for(".home", facility_id=added.id), 303)
        except Invalid as error:
            form.refuse(error)
    return _form(form, status=400)


@blueprint.get("/facilities/<facility_id>/")
@needs(Permission.SEE_HOME)
def home(facility_id: str) -> str:
    """One facility: its floors, and what to do next."""
    found = work.facility_home(current_store(), current_actor(), facility_id)
    return render_template(
        "facilities/home.html",
        home=found,
        facility=found.facility,
        kind=KINDS[found.facility.site_kind],
        state=STATES[found.facility.state],
        steps=steps(found),
        law=found.pack.note(utc_now().date()),
        training=reminder(
            current_store(),
            current_actor(),
            facility_id,
            Versions(current_store(), facility_id, utc_now()),
            now=utc_now(),
        ),
    )


@blueprint.get("/facilities/<facility_id>/about")
@needs(Permission.SET_FACILITY)
def about(facility_id: str) -> Response:
    """The form for a facility's name, address and kind."""
    facility = work.facility(current_store(), current_actor(), facility_id)
    return _form(FacilityForm(obj=facility), facility)


@blueprint.post("/facilities/<facility_id>/about")
@needs(Permission.SET_FACILITY)
def about_sent(facility_id: str) -> Response:
    """Change a facility."""
    facility = work.facility(current_store(), current_actor(), facility_id)
    form = FacilityForm.sent()
    if form.accepts():
        try:
            work.change_facility(current_store(), current_actor(), form.facility(facility_id))
            return redirect(url_for(".home", facility_id=facility_id), 303)
        except Invalid as error:
            form.refuse(error)
    return _form(form, facility, status=400)


def _form(form: FacilityForm, facility: Facility | None = None, *, status: int = 200) -> Response:
    return make_response(render_template("facilities/form.html", form=form, facility=facility), status)
