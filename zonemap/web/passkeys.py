"""Passkeys: added, named and removed on the pages of one's own account, and used at sign-in.

The browser's script asks for what is to be signed and sends the answer back in a form, so that all else is as ever.
"""

from __future__ import annotations

from flask import Blueprint, jsonify, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from zonemap.errors import Busy, Invalid, NotFound
from zonemap.model.passkey import Party
from zonemap.web import guard
from zonemap.web.guard import current_actor, current_store, needs, new_id, new_token, open_to_all, utc_now
from zonemap.web.parties import party_here
from zonemap.web.proof import fresh
from zonemap.web.second_factor import half_token, in_full, own_page, step_page
from zonemap.web.second_factor_forms import AnswerForm, NameForm, PasskeyForm, RemovePasskeyForm
from zonemap.work import passkeys
from zonemap.work.permissions import Permission

blueprint = Blueprint("passkeys", __name__)

NOT_HERE = "Passkeys do not work at this address. Load the page again: it says where they do."


# --- one's own ---------------------------------------------------------------------------------------------------


@blueprint.post("/account/passkeys/options")
@needs(Permission.OWN_ACCOUNT)
@fresh("second_factor.own")
def options() -> Response:
    """What the browser is told in order to make a passkey."""
    asked = passkeys.ask_for_new(
        current_store(), current_actor(), _party(), session_token=guard.session_token() or "", now=utc_now()
    )
    return jsonify(asked)


@blueprint.post("/account/passkeys")
@needs(Permission.OWN_ACCOUNT)
def add() -> Response:
    """Keep a new passkey; show recovery codes, this once, where there were none."""
    form = PasskeyForm.sent()
    if not form.accepts():
        return own_page(passkey=form, status=400)
    new = passkeys.NewPasskey(new_id(), form.text("name"), form.text("answer"))
    try:
        codes = passkeys.add(
            current_store(),
            current_actor(),
            _party(),
            new,
            session_token=guard.session_token() or "",
            now=utc_now(),
        )
    except Invalid as error:
        form.refuse(error)
        return own_page(passkey=form, status=400)
    if codes:
        return make_response(render_template("access/recovery.html", codes=codes, fresh=True))
    return redirect(url_for("second_factor.own"), 303)


@blueprint.get("/account/passkeys/<passkey_id>")
@needs(Permission.OWN_ACCOUNT)
def one(passkey_id: str) -> Response:
    """One of one's own."""
    return _one(passkey_id)


@blueprint.post("/account/passkeys/<passkey_id>")
@needs(Permission.OWN_ACCOUNT)
def rename(passkey_id: str) -> Response:
    """Call one's own otherwise."""
    form = NameForm.sent()
    if not form.accepts():
        return _one(passkey_id, form, status=400)
    passkeys.rename(current_store(), current_actor(), passkey_id, form.text("name"))
    return redirect(url_for("second_factor.own"), 303)


@blueprint.post("/account/passkeys/<passkey_id>/remove")
@needs(Permission.OWN_ACCOUNT)
def remove(passkey_id: str) -> Response:
    """Remove one's own."""
    form = RemovePasskeyForm.sent()
    if not form.accepts():
        return _one(passkey_id, off=form, status=400)
    try:
        passkeys.remove(current_store(), current_actor(), passkey_id, form.text("password"), now=utc_now())
    except (Invalid, Busy) as error:
        form.form_errors.append(error.message)
        return _one(passkey_id, off=form, status=429 if isinstance(error, Busy) else 400)
    return redirect(url_for("second_factor.own"), 303)


def _one(
    passkey_id: str, form: NameForm | None = None, *, off: RemovePasskeyForm | None = None, status: int = 200
) -> Response:
    passkey, last = passkeys.own_passkey(current_store(), current_actor(), passkey_id)
    form = form or NameForm(name=passkey.name)
    page = render_template("access/passkey.html", passkey=passkey, last=last, form=form, off=off or RemovePasskeyForm())
    return make_response(page, status)


# --- at sign-in --------------------------------------------------------------------------------------------------


@blueprint.post("/signin/passkey/options")
@open_to_all
def sign_in_options() -> Response:
    """What the browser is told in order to use a passkey."""
    return jsonify(passkeys.ask_to_sign_in(current_store(), half_token(), _party(), now=utc_now()))


@blueprint.post("/signin/passkey")
@open_to_all
def signed() -> Response:
    """Sign in with a passkey."""
    form, token = AnswerForm.sent(), new_token()
    try:
        passkeys.finish_sign_in(
            current_store(),
            half_token(),
            _party(),
            form.text("answer"),
            token=token,
            now=utc_now(),
            device=guard.device_kind(),
        )
    except NotFound:
        return redirect("/", 303)
    except Invalid as error:
        return step_page(form.text("next"), error.message)
    return in_full(token, form.text("next"))


def _party() -> Party:
    party = party_here()
    if party is None:
        raise Invalid(NOT_HERE)
    return party
