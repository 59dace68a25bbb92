"""What all sites share: people to call, lines that nobody may cross, and the rules that counsel has read for all."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from zonemap.errors import Conflict, Invalid
from zonemap.model.law import CounselReview, OwnMustNot
from zonemap.model.organization import SHARED
from zonemap.web.contacts import ContactForm
from zonemap.web.guard import current_actor, current_store, needs, new_id, utc_now
from zonemap.web.law import MustNotForm, ReviewForm, rule_words
from zonemap.work import organization as work
from zonemap.work.organization_protocol import shared_protocols
from zonemap.work.permissions import Permission, Place, may

blueprint = Blueprint("organization", __name__, url_prefix="/organization")


@blueprint.get("/")
@needs(Permission.SET_CONTACTS, at=Place.ORGANIZATION)
def index() -> Response:
    """All of it, with the forms to add to it."""
    return _page()


@blueprint.post("/contacts")
@needs(Permission.SET_CONTACTS, at=Place.ORGANIZATION)
def add_contact() -> Response:
    """Somebody to call, wherever a site has nobody for that role."""
    form = ContactForm.sent()
    if form.accepts():
        try:
            work.add_shared_contact(current_store(), current_actor(), form.contact(SHARED, new_id()))
            return redirect(url_for(".index"), 303)
        except Invalid as error:
            form.refuse(error)
    return _page(form=form, status=400)


@blueprint.post("/contacts/<contact_id>/remove")
@needs(Permission.SET_CONTACTS, at=Place.ORGANIZATION)
def remove_contact(contact_id: str) -> Response:
    """Off the list of all sites."""
    work.remove_shared_contact(current_store(), current_actor(), contact_id)
    return redirect(url_for(".index"), 303)


@blueprint.post("/must-not")
@needs(Permission.REVIEW_LAW, at=Place.ORGANIZATION)
def add_must_not() -> Response:
    """A line for all sites."""
    form = MustNotForm.sent()
    if form.accepts():
        try:
            line = OwnMustNot(new_id(), SHARED, form.text("line"), current_actor().name, utc_now())
            work.add_shared_must_not(current_store(), current_actor(), line)
            return redirect(url_for(".index"), 303)
        except Invalid as error:
            form.refuse(error)
    return _page(line_form=form, status=400)


@blueprint.get("/rules/<pack_id>")
@needs(Permission.SET_CONTACTS, at=Place.ORGANIZATION)
def rules(pack_id: str) -> Response:
    """The rules of a pack, as counsel reads them for all sites."""
    return _rules(pack_id)


@blueprint.post("/rules/<pack_id>")
@needs(Permission.REVIEW_LAW, at=Place.ORGANIZATION)
def review(pack_id: str) -> Response:
    """Keep that counsel has read them for all sites."""
    form = ReviewForm.sent()
    if form.accepts():
        actor = current_actor()
        made = CounselReview(new_id(), SHARED, pack_id, form.text("seal"), form.text("counsel"), actor.name, utc_now())
        try:
            work.record_shared_review(current_store(), actor, made)
            return redirect(url_for(".rules", pack_id=pack_id), 303)
        except (Invalid, Conflict) as error:
            form.form_errors.append(error.message)
    return _rules(pack_id, form, 400)


def _rules(pack_id: str, form: ReviewForm | None = None, status: int = 200) -> Response:
    found = work.shared_rules(current_store(), current_actor(), pack_id)
    page = render_template(
        "organization/rules.html",
        rules=found,
        pack=found.pack,
        note=found.pack.note(utc_now().date()),
        own=work.shared(current_store(), current_actor()).must_nots,
        form=form or ReviewForm(data={"seal": found.seal}),
        records=may(current_actor(), Permission.REVIEW_LAW, at=Place.ORGANIZATION),
        tab="people",
        **rule_words(),
    )
    return make_response(page, status)


def _page(*, form: ContactForm | None = None, line_form: MustNotForm | None = None, status: int = 200) -> Response:
    page = render_template(
        "organization/index.html",
        shared=work.shared(current_store(), current_actor()),
        protocols=shared_protocols(current_store(), current_actor()),
        form=form or ContactForm(),
        line_form=line_form or MustNotForm(),
        adds_lines=may(current_actor(), Permission.REVIEW_LAW, at=Place.ORGANIZATION),
        tab="people",
    )
    return make_response(page, status)
