"""Who may sign in, and as what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import EmailField, SelectMultipleField, SubmitField
from wtforms.validators import DataRequired
from wtforms.widgets import CheckboxInput, ListWidget

from zonemap.errors import Invalid
from zonemap.model.person import Account, Role, SiteRole
from zonemap.web.forms import Form, TextField, asked_page, asked_search, cleaned
from zonemap.web.guard import current_actor, current_store, needs, new_id, new_token, utc_now
from zonemap.work import accounts, people_list
from zonemap.work import factor_rule as work_rule
from zonemap.work.permissions import Permission, Place, may

blueprint = Blueprint("people", __name__, url_prefix="/people")

ROLES = {
    Role.ADMINISTRATOR: "Administrator: everything, and who may sign in",
    Role.MANAGER: "Manager: facilities, plans, zones and signs",
    Role.RESPONDER: "Responder: comes when officers are there; keeps the phone list",
    Role.DESK: "Desk: the questions at the front desk, nothing else",
}


class PersonForm(Form):
    """A person with their roles: at all facilities, and at one only."""

    name = TextField("Name", [DataRequired("Type a name, or a role such as Front desk.")], most=80)
    roles = SelectMultipleField(
        "Roles at every facility",
        choices={role.value: label for role, label in ROLES.items()},
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    sites = SelectMultipleField("Roles at one facility only", validate_choice=False)
    looked_for = TextField("Find a facility", most=100)
    find = SubmitField("Find")  # shows facilities; nothing is saved

    def changed(self, account: Account) -> Account:
        """The account with what the form says. Raises Invalid for a role that is none."""
        return replace(
            account,
            name=self.text("name"),
            roles=frozenset(Role(each) for each in self.roles.data or ()),
            site_roles=frozenset(_site_role(each) for each in self.sites.data or ()),
        )


def _site_role(text: str) -> SiteRole:
    site, _, role = text.partition(":")
    if role not in tuple(Role):
        raise Invalid("Load the page again.", fields={"sites": "Load the page again."})
    return site, Role(role)


def _filled(account: Account) -> PersonForm:
    return PersonForm(
        data={
            "name": account.name,
            "roles": [role.value for role in account.roles],
            "sites": [f"{site}:{role.value}" for site, role in account.site_roles],
        }
    )


class FactorRuleForm(Form):
    """Of which roles a second factor is asked."""

    roles = SelectMultipleField(
        "Ask it of every",
        choices={role.value: ROLES[role].partition(":")[0] for role in work_rule.ASKABLE},
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description="Nobody at the desk is ever asked for one.",
    )


class NewPersonForm(PersonForm):
    """A new person."""

    email = EmailField(
        "Email",
        [DataRequired("Type an email address.")],
        filters=[cleaned],
        description="For signing in. Nothing is sent.",
    )


@blueprint.get("/")
@needs(Permission.MANAGE_PEOPLE)
def index() -> str:
    """Everybody."""
    search, number = asked_search(), asked_page()
    found = people_list.people(current_store(), current_actor(), utc_now(), search=search, page=number)
    names = people_list.facilities_of(current_store(), current_actor(), found)
    everywhere = may(current_actor(), Permission.MANAGE_PEOPLE, at=Place.ORGANIZATION)
    return render_template(
        "people/index.html",
        people=found,
        search=search,
        tab="people",
        roles=ROLES,
        names=names,
        everywhere=everywhere,
    )


@blueprint.get("/new")
@needs(Permission.MANAGE_PEOPLE)
def new() -> Response:
    """The form for a new person."""
    return _page("new", NewPersonForm())


@blueprint.post("/new")
@needs(Permission.MANAGE_PEOPLE)
def new_sent() -> Response:
    """Add a person, and show their link, once."""
    form = NewPersonForm.sent()
    if form.find.data:
        return _page("new", form)
    if form.accepts():
        try:
            account = form.changed(Account(new_id(), "", form.text("email"), frozenset()))
            token = accounts.invite(current_store(), current_actor(), account, new_token=new_token(), now=utc_now())
            return _invited(account, token)
        except Invalid as error:
            form.refuse(error)
    return _page("new", form, 400)


@blueprint.get("/second-factor")
@needs(Permission.MANAGE_PEOPLE, at=Place.ORGANIZATION)
def factor_rule() -> Response:
    """Of which roles a second factor is asked, and who has none."""
    rule = work_rule.rule(current_store(), current_actor())
    return _rule_page(rule, FactorRuleForm(data={"roles": [role.value for role in rule.roles]}))


@blueprint.post("/second-factor")
@needs(Permission.MANAGE_PEOPLE, at=Place.ORGANIZATION)
def set_factor_rule() -> Response:
    """Ask it of these roles."""
    form = FactorRuleForm.sent()
    if not form.accepts():
        return _rule_page(work_rule.rule(current_store(), current_actor()), form, 400)
    work_rule.set_rule(current_store(), current_actor(), frozenset(Role(each) for each in form.roles.data or ()))
    return redirect(url_for(".factor_rule"), 303)


@blueprint.get("/<account_id>")
@needs(Permission.MANAGE_PEOPLE)
def one(account_id: str) -> Response:
    """One person."""
    account = accounts.person(current_store(), current_actor(), account_id)
    form = _filled(account)
    return _page("person", form, account=account)


@blueprint.post("/<account_id>")
@needs(Permission.MANAGE_PEOPLE)
def change(account_id: str) -> Response:
    """Change name and roles."""
    account = accounts.person(current_store(), current_actor(), account_id)
    form = PersonForm.sent()
    if form.find.data:
        return _page("person", form, account=account)
    if form.accepts():
        try:
            accounts.change_person(current_store(), current_actor(), form.changed(account))
            return redirect(url_for(".index"), 303)
        except Invalid as error:
            form.refuse(error)
    return _page("person", form, 400, account=account)


@blueprint.post("/<account_id>/active")
@needs(Permission.MANAGE_PEOPLE)
def set_active(account_id: str) -> Response:
    """Let somebody sign in, or not any more."""
    account = accounts.person(current_store(), current_actor(), account_id)
    form = _filled(account)
    try:
        active = request.form.get("active") == "yes"
        accounts.change_person(current_store(), current_actor(), replace(account, active=active))
    except Invalid as error:
        form.refuse(error)
        return _page("person", form, 400, account=account)
    return redirect(url_for(".index"), 303)


@blueprint.post("/<account_id>/invitation")
@needs(Permission.MANAGE_PEOPLE)
def renew(account_id: str) -> Response:
    """Make a new link for choosing a password, and show it, once."""
    account = accounts.person(current_store(), current_actor(), account_id)
    token = accounts.renew_invitation(
        current_store(), current_actor(), account_id, new_token=new_token(), now=utc_now()
    )
    return _invited(account, token)


@blueprint.post("/<account_id>/second-factor/off")
@needs(Permission.MANAGE_PEOPLE)
def remove_factor(account_id: str) -> Response:
    """Turn off the second factor of somebody who has lost it."""
    accounts.remove_second_factor(current_store(), current_actor(), account_id)
    return redirect(url_for(".one", account_id=account_id), 303)


def _invited(account: Account, token: str) -> Response:
    link = url_for("access.invitation", token=token, _external=True)
    return _page("invited", None, account=account, link=link)


def _rule_page(rule: work_rule.Rule, form: FactorRuleForm, status: int = 200) -> Response:
    page = render_template("people/second_factor.html", rule=rule, form=form, tab="people", roles=ROLES)
    return make_response(page, status)


def _page(name: str, form: Form | None, status: int = 200, **more: Any) -> Response:
    if name == "person":
        more["has_factor"] = accounts.has_second_factor(current_store(), current_actor(), more["account"].id)
    if form is not None:
        chosen, search = {each.partition(":")[0] for each in form["sites"].data or ()}, form["looked_for"].data or ""
        more["facilities"] = people_list.managed_facilities(
            current_store(), current_actor(), chosen=chosen, search=search[:100]
        )
        more["for_all"] = may(current_actor(), Permission.MANAGE_PEOPLE, at=Place.ORGANIZATION)
        more["short"] = {role: label.partition(":")[0] for role, label in ROLES.items()}
    return make_response(render_template(f"people/{name}.html", form=form, tab="people", **more), status)
