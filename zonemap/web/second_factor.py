"""The second factor: one's own page of it, the app and the recovery codes, and being asked for it at sign-in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import segno
from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from zonemap.errors import Busy, Invalid, NotFound
from zonemap.web import guard
from zonemap.web.forms import Form
from zonemap.web.guard import current_actor, current_store, needs, new_token, open_to_all, utc_now
from zonemap.web.parties import party_here, where_instead
from zonemap.web.proof import fresh, recent
from zonemap.web.second_factor_forms import CodeForm, CodesForm, PasskeyForm, RemoveForm
from zonemap.web.shell import safe_next
from zonemap.work import accounts, second_factor, totp
from zonemap.work.permissions import Permission

blueprint = Blueprint("second_factor", __name__)

HALF = "half"  # the cookie of who is half signed in


@blueprint.get("/signin/code")
@open_to_all
def asked() -> str | Response:
    """The second step of signing in."""
    return _asked(CodeForm(next=safe_next(request.args.get("next", "/"))))


@blueprint.post("/signin/code")
@open_to_all
def asked_sent() -> str | Response:
    """Sign in with the code."""
    form, token = CodeForm.sent(), new_token()
    if not form.accepts():
        return _asked(form, 400)
    try:
        second_factor.finish_sign_in(
            current_store(),
            half_token(),
            form.text("code"),
            token=token,
            now=utc_now(),
            device=guard.device_kind(),
        )
    except NotFound:
        return redirect("/", 303)
    except (Invalid, Busy) as error:
        form.form_errors.append(error.message)
        return _asked(form, 429 if isinstance(error, Busy) else 400)
    return in_full(token, form.text("next"))


def step_page(following: str, sentence: str) -> Response:
    """The second step again, with what is wrong."""
    form = CodeForm(next=safe_next(following))
    form.form_errors.append(sentence)
    return _asked(form, 400)


def in_full(token: str, following: str) -> Response:
    """Signed in: on to the page that was asked for."""
    response = redirect(safe_next(following), 303)
    guard.set_cookie(response, guard.cookie_name(), token)
    for name in (HALF, "form"):
        guard.remove_cookie(response, guard.cookie_name(name))
    return response


def _asked(form: CodeForm, status: int = 200) -> Response:
    waits = second_factor.asked(current_store(), half_token(), utc_now())
    if waits is None:
        return redirect("/", 303)
    return _page("code", form, status, waits=waits, **_passkeys_here())


@blueprint.get("/account/second-factor")
@needs(Permission.OWN_ACCOUNT)
def own() -> str | Response:
    """One's own second factor: how to turn it on, or that it is on."""
    return own_page()


@blueprint.get("/account/second-factor.svg")
@needs(Permission.OWN_ACCOUNT)
def picture() -> Response:
    """The picture that the app reads. Raises NotFound where nothing is being set up."""
    store, actor = current_store(), current_actor()
    secret = second_factor.own_factor(store, actor).secret
    if not secret:
        raise NotFound("There is no such picture.")
    out = BytesIO()
    address = totp.address_of(secret, accounts.own_account(store, actor).email)
    segno.make(address, error="m").save(out, kind="svg", scale=5, border=4, light="#fff", dark="#000", svgclass=None)
    return Response(out.getvalue(), mimetype="image/svg+xml")


@blueprint.post("/account/second-factor/begin")
@needs(Permission.OWN_ACCOUNT)
@fresh("second_factor.own")
def begin() -> Response:
    """Begin to set it up: a new key for the app."""
    second_factor.begin_factor(current_store(), current_actor(), secret=totp.new_secret())
    return redirect("/account/second-factor", 303)


@blueprint.post("/account/second-factor")
@needs(Permission.OWN_ACCOUNT)
def confirm() -> str | Response:
    """Turn it on, and show the recovery codes this once."""
    form = CodeForm.sent()
    if not form.accepts():
        return own_page(form, 400)
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
        return own_page(form, 429 if isinstance(error, Busy) else 400)
    return _page("recovery", form, codes=codes, fresh=True)


@blueprint.post("/account/second-factor/off")
@needs(Permission.OWN_ACCOUNT)
def remove() -> str | Response:
    """Turn it off."""
    form = RemoveForm.sent()
    if not form.accepts():
        return own_page(off=form, status=400)
    try:
        second_factor.remove_factor(current_store(), current_actor(), form.text("password"), now=utc_now())
    except (Invalid, Busy) as error:
        form.form_errors.append(error.message)
        return own_page(off=form, status=429 if isinstance(error, Busy) else 400)
    return redirect("/account/second-factor", 303)


@blueprint.post("/account/recovery-codes")
@needs(Permission.OWN_ACCOUNT)
def codes() -> Response:
    """New recovery codes, shown this once."""
    form = CodesForm.sent(prefix="codes-")
    if not form.accepts():
        return own_page(codes_form=form, status=400)
    try:
        made = second_factor.new_codes(current_store(), current_actor(), form.text("password"), now=utc_now())
    except (Invalid, Busy) as error:
        form.form_errors.append(error.message)
        return own_page(codes_form=form, status=429 if isinstance(error, Busy) else 400)
    return _page("recovery", form, codes=made, fresh=False)


def begin_half(response: Response, token: str) -> None:
    """Let the browser remember who is half signed in, for as long as that lasts."""
    guard.set_cookie(response, guard.cookie_name(HALF), token, int(second_factor.HALF_LIVES.total_seconds()))


def half_token() -> str:
    """The token of who is half signed in, empty where nobody is; whether it is any good is another question."""
    return request.cookies.get(guard.cookie_name(HALF), "")


def own_page(
    form: CodeForm | None = None,
    status: int = 200,
    *,
    off: RemoveForm | None = None,
    codes_form: CodesForm | None = None,
    passkey: Form | None = None,
) -> Response:
    """One's own second factors, with the form that was refused."""
    store, actor = current_store(), current_actor()
    factor = second_factor.own_factor(store, actor)
    forms = {
        "form": form or CodeForm(),
        "off": off or RemoveForm(),
        "codes_form": codes_form or CodesForm(prefix="codes-"),
        "passkey_form": passkey or PasskeyForm(),
    }
    account = accounts.own_account(store, actor)
    return _page(
        "second_factor", status=status, factor=factor, account=account, recent=recent(), **forms, **_passkeys_here()
    )


def _passkeys_here() -> dict[str, Any]:
    return {"party": party_here(), "elsewhere": where_instead()}


def _page(name: str, form: Form | None = None, status: int = 200, **more: Any) -> Response:
    values = {"form": form, **more} if form is not None else more
    return make_response(render_template(f"access/{name}.html", **values), status)
