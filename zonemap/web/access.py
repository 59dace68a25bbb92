"""Signing in and out, one-time links, and one's own password."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import DataRequired, EqualTo, Length

from zonemap.errors import Busy, Invalid, ZonemapError
from zonemap.model.access import LinkPurpose
from zonemap.model.person import Account, Role
from zonemap.web import guard
from zonemap.web.errors import status_of
from zonemap.web.forms import Form, TextField, cleaned
from zonemap.web.guard import current_actor, current_store, needs, new_id, new_token, open_to_all, utc_now
from zonemap.web.second_factor import begin_half
from zonemap.web.shell import safe_next
from zonemap.work import accounts
from zonemap.work.passwords import LEAST
from zonemap.work.permissions import Permission
from zonemap.work.second_factor import is_half
from zonemap.work.sessions import actor_of, end_session, own_sessions

blueprint = Blueprint("access", __name__)

_HINT = f"At least {LEAST} characters. Four words in a row that only you would put together work well."
_LONG_ENOUGH = Length(min=LEAST, message=f"Use at least {LEAST} characters.")


class SignInForm(Form):
    """Email and password."""

    next = HiddenField()
    email = EmailField("Email", [DataRequired("Type your email.")], filters=[cleaned])
    password = PasswordField("Password", [DataRequired("Type your password.")])


class PasswordForm(Form):
    """A new password, twice."""

    password = PasswordField("Password", [DataRequired("Choose a password."), _LONG_ENOUGH], description=_HINT)
    again = PasswordField(
        "The same password again", [EqualTo("password", "The two passwords differ. Type them again.")]
    )


class FirstForm(PasswordForm):
    """The first administrator."""

    name = TextField("Your name", [DataRequired("Type your name.")], most=80)
    email = EmailField("Email", [DataRequired("Type your email.")], filters=[cleaned])


class OwnPasswordForm(Form):
    """The old password, and a new one twice."""

    old = PasswordField("Your password today", [DataRequired("Type your password of today.")])
    new = PasswordField("New password", [DataRequired("Choose a new password."), _LONG_ENOUGH], description=_HINT)
    again = PasswordField("The new password again", [EqualTo("new", "The two passwords differ. Type them again.")])


@blueprint.get("/signin")
@open_to_all
def signin() -> str | Response:
    """The sign-in page."""
    if guard.find_actor() is not None:
        return redirect("/", 303)
    return _page("signin", SignInForm(next=safe_next(request.args.get("next", "/"))))


@blueprint.post("/signin")
@open_to_all
def signin_sent() -> str | Response:
    """Sign in, and go on to the page that was asked for."""
    form = SignInForm.sent()
    token = new_token()
    if not form.accepts():
        return _page("signin", form, 400)
    try:
        accounts.sign_in(
            current_store(),
            form.text("email"),
            form.text("password"),
            address=request.remote_addr or "",
            token=token,
            now=utc_now(),
            only_administrators=_no_passwords(),
            device=guard.device_kind(),
        )
    except (Invalid, Busy) as error:
        form.form_errors.append(error.message)
        return _page("signin", form, 429 if isinstance(error, Busy) else 400, **_retry(error))
    return let_in(token, safe_next(form.text("next")))


@blueprint.post("/signout")
@open_to_all
def signout() -> Response:
    """Sign out, and let the browser forget what it saw."""
    token = guard.session_token()
    if token:
        end_session(current_store(), token)
    with_sso = current_app.extensions["zonemap_sso"] is not None
    response = redirect("/signin?out=yes" if with_sso else "/signin", 303)
    guard.remove_cookie(response, guard.cookie_name())
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.get("/first/<token>")
@open_to_all
def first(token: str) -> str | Response:
    """The page for the first administrator. Looking at it does not use the link up."""
    accounts.open_link(current_store(), token, LinkPurpose.FIRST, utc_now())
    return _page("first", FirstForm())


@blueprint.post("/first/<token>")
@open_to_all
def first_sent(token: str) -> str | Response:
    """Make the first administrator."""
    form = FirstForm.sent()
    accounts.open_link(current_store(), token, LinkPurpose.FIRST, utc_now())
    if not form.accepts():
        return _page("first", form, 400)
    account = Account(new_id(), form.text("name"), form.text("email"), frozenset({Role.ADMINISTRATOR}))
    session = new_token()
    try:
        accounts.make_first(
            current_store(),
            token,
            account,
            form.text("password"),
            session_token=session,
            now=utc_now(),
            device=guard.device_kind(),
        )
    except Invalid as error:
        form.refuse(error)
        return _page("first", form, 400)
    return _signed_in(session, "/")


@blueprint.get("/invitation/<token>")
@open_to_all
def invitation(token: str) -> str | Response:
    """The page for choosing a password. Looking at it does not use the link up."""
    account = accounts.open_link(current_store(), token, LinkPurpose.INVITATION, utc_now())
    return _page("invitation", PasswordForm(), account=account)


@blueprint.post("/invitation/<token>")
@open_to_all
def invitation_sent(token: str) -> str | Response:
    """Choose a password, and sign in."""
    account = accounts.open_link(current_store(), token, LinkPurpose.INVITATION, utc_now())
    form = PasswordForm.sent()
    if not form.accepts():
        return _page("invitation", form, 400, account=account)
    session = new_token()
    try:
        accounts.accept_invitation(
            current_store(),
            token,
            form.text("password"),
            session_token=session,
            now=utc_now(),
            only_administrators=_no_passwords(),
            device=guard.device_kind(),
        )
    except Invalid as error:
        form.refuse(error)
        return _page("invitation", form, 400, account=account)
    return let_in(session, "/")


@blueprint.get("/account")
@needs(Permission.OWN_ACCOUNT)
def account() -> str | Response:
    """One's own account."""
    return _own(OwnPasswordForm())


@blueprint.post("/account")
@needs(Permission.OWN_ACCOUNT)
def account_sent() -> str | Response:
    """Change one's own password."""
    form = OwnPasswordForm.sent()
    if not form.accepts():
        return _own(form, 400)
    try:
        accounts.change_own_password(
            current_store(),
            current_actor(),
            form.text("old"),
            form.text("new"),
            session_token=guard.session_token() or "",
            now=utc_now(),
        )
    except Invalid as error:
        form.refuse(error)
        return _own(form, 400)
    return _own(OwnPasswordForm(), changed=True)


def _own(form: OwnPasswordForm, status: int = 200, *, changed: bool = False) -> str | Response:
    store, actor = current_store(), current_actor()
    own = accounts.own_account(store, actor)
    token, limits = guard.session_token() or "", guard.session_limits()
    sessions = own_sessions(store, actor, token, utc_now(), limits)
    return _page("account", form, status, account=own, changed=changed, sessions=sessions, limits=limits)


def _page(name: str, form: Form, status: int = 200, **more: Any) -> Response:
    headers = more.pop("headers", {})
    desk = guard.find_desk_computer() if name == "signin" else None
    response = make_response(render_template(f"access/{name}.html", form=form, desk=desk, **more), status)
    response.headers.update(headers)
    return response


def _retry(error: ZonemapError) -> dict[str, Any]:
    return {"headers": {"Retry-After": str(error.data.get("retry_after_s", 60))}} if isinstance(error, Busy) else {}


def signin_page(error: ZonemapError) -> Response:
    """The sign-in page with a sentence that says why somebody was not let in."""
    form = SignInForm(next="/")
    form.form_errors.append(error.message)
    return _page("signin", form, status_of(error), **_retry(error))


def _no_passwords() -> bool:
    """Whether passwords are for administrators alone."""
    sso = current_app.extensions["zonemap_sso"]
    return sso is not None and bool(sso.only)


def let_in(token: str, path: str) -> Response:
    """Signed in; or half, where the account has a second factor: then the code is asked for."""
    if not is_half(current_store(), token, utc_now()):
        return _signed_in(token, path)
    response = redirect(url_for("second_factor.asked", next=None if path == "/" else path), 303)
    begin_half(response, token)
    return response


def _signed_in(token: str, path: str) -> Response:
    actor = actor_of(current_store(), token, utc_now(), guard.session_limits())
    if actor is not None and actor.sets_up:
        path = url_for("second_factor.own")
    response = redirect(path, 303)
    guard.set_cookie(response, guard.cookie_name(), token)
    guard.remove_cookie(response, guard.cookie_name("form"))  # a new session, new tokens in the forms
    return response
