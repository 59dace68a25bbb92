"""Signing in by the organization's own account: the way to its provider, and the way back."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from zonemap.errors import Busy, NotFound
from zonemap.model.sso import SingleSignOn
from zonemap.web import guard
from zonemap.web.access import let_in, signin_page
from zonemap.web.guard import current_store, new_token, open_to_all, utc_now
from zonemap.web.shell import safe_next
from zonemap.work.sso import count_sign_in, sign_in_vouched
from zonemap.work.sso_provider import BACK, NotProved, vouched, way_out, way_there

blueprint = Blueprint("sso", __name__)

_COOKIE = "sso"  # of one sign-in: the secret that ties both ways together, and the page to go on to
_LIVES_S = 600


@blueprint.get("/signin/organization")
@open_to_all
def begin() -> Response:
    """Send the browser to the provider. Nothing is stored here."""
    sso, secret = _sso(), new_token()
    try:
        count_sign_in(current_store(), request.remote_addr or "", utc_now())
        response = redirect(way_there(sso, secret), 303)
    except (Busy, NotProved) as error:
        return signin_page(error)
    guard.set_cookie(response, guard.cookie_name(_COOKIE), f"{secret}:{_next(request.args.get('next'))}", _LIVES_S)
    return response


@blueprint.get(BACK)
@open_to_all
def back() -> Response:
    """Take in whom the provider vouches for. The browser's part is used up by it, whatever comes of it."""
    sso, token = _sso(), new_token()
    secret, _, path = request.cookies.get(guard.cookie_name(_COOKIE), "").partition(":")
    try:
        who = vouched(sso, secret, request.args, now=utc_now())
        sign_in_vouched(current_store(), sso, who, token=token, now=utc_now(), device=guard.device_kind())
    except (Busy, NotProved) as error:
        response = signin_page(error)
    else:
        response = let_in(token, _next(path))
    guard.remove_cookie(response, guard.cookie_name(_COOKIE))
    return response


@blueprint.get("/signin/organization/out")
@open_to_all
def out() -> Response:
    """Lead to where the provider signs people out, if it has such a page."""
    return redirect(way_out(_sso()) or url_for("access.signin"), 303)


def _sso() -> SingleSignOn:
    """What is set up. Raises NotFound where nothing is."""
    sso = current_app.extensions["zonemap_sso"]
    if sso is None:
        raise NotFound("There is no such page.")
    return cast(SingleSignOn, sso)


def _next(path: str | None) -> str:
    return safe_next(path or "/")
