"""The second factor: turning it on and off, and being asked for it at sign-in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import segno
from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response
from wtforms import HiddenField, PasswordField
from wtforms.validators import DataRequired

from zonemap.errors import Busy, Invalid, NotFound
from zonemap.web import guard
from zonemap.web.forms import Form, TextField
from zonemap.web.guard import current_actor, current_store, needs, new_token, open_to_all, utc_now
from zonemap.web.shell import safe_next
from zonemap.work import accounts, second_factor
from zonemap.work.permissions import Permission

blueprint = Blueprint("second_factor", __name__)

HALF = "half"  # the cookie of who is half signed in


class CodeForm(Form):
    """Six figures of the app, or a recovery code."""

    next = HiddenField()
    code = TextField("Code", [DataRequired("Type the code that the app shows.")], most=40)


class RemoveForm(Form):
    """The password, to turn it off."""

    password = PasswordField("Your password", [DataRequired("Type your password.")])


@blueprint.get("/signin/code")
@open_to_all
def asked() -> str | Response:
    """The second step of signing in."""
    if not second_factor.is_half(current_store(), _half_token(), utc_now()):
        return redirect("/", 303)
    return _page("code", CodeForm(next=safe_next(request.args.get("next", "/"))))


@blueprint.post("/signin/code")
@open_to_all
def asked_sent() -> str | Response:
    """Sign in with the code."""
    form, token = CodeForm.sent(), new_token()
    if not form.accepts():
        return _page("code", form, 400)
    try:
        second_factor.finish_sign_in(current_store(), _half_token(), form.text("code"), token=token, now=utc_now())
    except NotFound:
        return redirect("/", 303)
    except (Invalid, Busy) as error:
        form.form_errors.append(error.message)
        return _page("code", form, 429 if isinstance(error, Busy) else 400)
    response = redirect(safe_next(form.text("next")), 303)
    guard.set_cookie(response, guard.cookie_name(), token)
    for name in (HALF, "form"):
        guard.remove_cookie(response, guard.cookie_name(name))
    return response


@blueprint.get("/account/second-factor")
@needs(Permission.OWN_ACCOUNT)
def own() -> str | Response:
    """One's own second factor: how to turn it on, or that it is on."""
    return _own()


@blueprint.get("/account/second-factor.svg")
@needs(Permission.OWN_ACCOUNT)
def picture() -> Response:
    """The picture that the app reads. Raises NotFound where nothing is being set up."""
    store, actor = current_store(), current_actor()
    secret = second_factor.own_factor(store, actor).secret
    if not secret:
        raise NotFound("There is no such picture.")
    out = BytesIO()
    address = second_factor.address_of(secret, accounts.own_account(store, actor).email)
    segno.make(address, error="m").save(out, kind="svg", scale=5, border=4, light="#fff", dark="#000", svgclass=None)
    return Response(out.getvalue(), mimetype="image/svg+xml")


@blueprint.post("/account/second-factor/begin")
@needs(Permission.OWN_ACCOUNT)
def begin() -> Response:
    """Begin to set it up: a new key for the app."""
    second_factor.begin_factor(current_store(), current_actor(), secret=second_factor.new_secret())
    return redirect("/account/second-factor", 303)


@blueprint.post("/account/second-factor")
@needs(Permission.OWN_ACCOUNT)
def confirm() -> str | Response:
    """Turn it on, and show the recovery codes this once."""
    form = CodeForm.sent()
    if not form.accepts():
        return _own(form, 400)
    try:
        codes = second_factor.confirm_factor(
            current_store(),
            current_actor(),
            form.text("code"),
            session_token=guard.session_token() or "",
            now=utc_now(),
        )
    except (Invalid, Busy) as error:
        form.form_errors.append(error.message)
        return _own(form, 429 if isinstance(error, Busy) else 400)
    return _page("recovery", form, codes=codes)


@blueprint.post("/account/second-factor/off")
@needs(Permission.OWN_ACCOUNT)
def remove() -> str | Response:
    """Turn it off."""
    form = RemoveForm.sent()
    if not form.accepts():
        return _own(off=form, status=400)
    try:
        second_factor.remove_factor(current_store(), current_actor(), form.text("password"), now=utc_now())
    except (Invalid, Busy) as error:
        form.form_errors.append(error.message)
        return _own(off=form, status=429 if isinstance(error, Busy) else 400)
    return redirect("/account/second-factor", 303)


def begin_half(response: Response, token: str) -> None:
    """Let the browser remember who is half signed in, for as long as that lasts."""
    guard.set_cookie(response, guard.cookie_name(HALF), token, int(second_factor.HALF_LIVES.total_seconds()))


def _half_token() -> str:
    return request.cookies.get(guard.cookie_name(HALF), "")


def _own(form: CodeForm | None = None, status: int = 200, *, off: RemoveForm | None = None) -> Response:
    store, actor = current_store(), current_actor()
    factor = second_factor.own_factor(store, actor)
    account = accounts.own_account(store, actor)
    forms = {"form": form or CodeForm(), "off": off or RemoveForm()}
    return _page("second_factor", status=status, factor=factor, account=account, **forms)


def _page(name: str, form: Form | None = None, status: int = 200, **more: Any) -> Response:
    values = {"form": form, **more} if form is not None else more
    return make_response(render_template(f"access/{name}.html", **values), status)
