"""The organization's own protocol: taken from a site, used wherever a site has none, words approved once."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from zonemap.errors import Conflict, Invalid
from zonemap.web.guard import current_actor, current_store, needs, utc_now
from zonemap.web.protocol_forms import ApproveForm, DeedForm
from zonemap.work import organization_protocol as work
from zonemap.work.permissions import Permission, Place, may

blueprint = Blueprint("organization_protocol", __name__, url_prefix="/organization/protocol/<scope>")


@blueprint.get("/")
@needs(Permission.EDIT_PROTOCOL, at=Place.ORGANIZATION)
def index(scope: str) -> Response:
    """What the organization has, and which sites use it."""
    return _page(scope)


@blueprint.post("/take")
@needs(Permission.EDIT_PROTOCOL, at=Place.ORGANIZATION)
def take(scope: str) -> Response:
    """Make what holds at a site the organization's next version."""
    form = DeedForm.sent()
    if not form.accepts():
        return _page(scope, status=400)
    try:
        site = request.form.get("site", "")
        work.take_protocol(current_store(), current_actor(), scope, site, seen=form.version, now=utc_now())
    except (Conflict, Invalid) as error:
        return _page(scope, status=409 if isinstance(error, Conflict) else 400, wrong=error.message)
    return redirect(url_for(".index", scope=scope), 303)


@blueprint.post("/approve")
@needs(Permission.APPROVE_PROTOCOL, at=Place.ORGANIZATION)
def approve(scope: str) -> Response:
    """Record that a named lawyer has approved the words to patients, for all sites that use them."""
    form = ApproveForm.sent()
    on = form.on.data
    if not form.accepts() or on is None:
        return _page(scope, form, 400)
    seal, counsel = form.text("seal"), form.text("counsel")
    try:
        work.approve_shared(current_store(), current_actor(), scope, seal=seal, counsel=counsel, on=on, now=utc_now())
    except Invalid as error:
        form.refuse(error)
        return _page(scope, form, 400)
    except Conflict as error:
        return _page(scope, form, 409, wrong=error.message)
    return redirect(url_for(".index", scope=scope), 303)


@blueprint.post("/withdraw")
@needs(Permission.APPROVE_PROTOCOL, at=Place.ORGANIZATION)
def withdraw(scope: str) -> Response:
    """Lock the words to patients again, wherever only this approval counted."""
    work.withdraw_shared(current_store(), current_actor(), scope, now=utc_now())
    return redirect(url_for(".index", scope=scope), 303)


def _page(scope: str, form: ApproveForm | None = None, status: int = 200, wrong: str = "") -> Response:
    found = work.shared_protocol(current_store(), current_actor(), scope)
    form = form or ApproveForm()
    form.seal.data = found.seal
    page = render_template(
        "organization/protocol.html",
        found=found,
        form=form,
        wrong=wrong,
        approves=may(current_actor(), Permission.APPROVE_PROTOCOL, at=Place.ORGANIZATION),
        tab="people",
    )
    return make_response(page, status)
