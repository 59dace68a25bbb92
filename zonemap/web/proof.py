"""The password, asked for again: before somebody changes how they sign in, or signs other computers out.

A screen that was left alone for a while must not be enough for that. ``fresh`` guards such a view.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, PasswordField
from wtforms.validators import DataRequired

from zonemap.errors import Busy, Invalid
from zonemap.web import guard
from zonemap.web.forms import Form
from zonemap.web.guard import current_actor, current_store, needs, utc_now
from zonemap.web.shell import safe_next
from zonemap.work.permissions import Permission
from zonemap.work.second_factor import check_password
from zonemap.work.sessions import is_recent, prove

blueprint = Blueprint("proof", __name__)

View = Callable[..., Any]


class ProofForm(Form):
    """The password, once more."""

    next = HiddenField()
    password = PasswordField("Your password", [DataRequired("Type your password.")])


def fresh(page: str) -> Callable[[View], View]:
    """Ask for the password first, where it was not typed a short while ago; then lead to that page."""

    def guarded(view: View) -> View:
        @wraps(view)
        def asked_first(*args: Any, **more: Any) -> Any:
            if recent():
                return view(*args, **more)
            if guard.wants_json():
                return make_response(jsonify(error="Load the page again: it asks for your password first."), 403)
            return redirect(url_for("proof.asked", next=url_for(page)), 303)

        return asked_first

    return guarded


def recent() -> bool:
    """Whether the password was typed a short while ago."""
    return is_recent(current_store(), guard.session_token() or "", utc_now())


@blueprint.get("/account/password-again")
@needs(Permission.OWN_ACCOUNT)
def asked() -> Response:
    """Ask for the password."""
    return _page(ProofForm(next=safe_next(request.args.get("next", "/account"))))


@blueprint.post("/account/password-again")
@needs(Permission.OWN_ACCOUNT)
def sent() -> Response:
    """Go on with the right one."""
    form = ProofForm.sent()
    if not form.accepts():
        return _page(form, 400)
    try:
        check_password(current_store(), current_actor(), form.text("password"), now=utc_now())
    except (Invalid, Busy) as error:
        form.form_errors.append(error.message)
        return _page(form, 429 if isinstance(error, Busy) else 400)
    prove(current_store(), guard.session_token() or "", utc_now())
    return redirect(safe_next(form.text("next")), 303)


def _page(form: ProofForm, status: int = 200) -> Response:
    return make_response(render_template("access/password_again.html", form=form), status)
