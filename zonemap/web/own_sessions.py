"""Where one is signed in: ended one by one, or everywhere but here. The list stands on the page of one's account."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from zonemap.web import guard
from zonemap.web.guard import current_actor, current_store, needs
from zonemap.web.proof import fresh
from zonemap.work.permissions import Permission
from zonemap.work.sessions import end_others, end_own

blueprint = Blueprint("own_sessions", __name__)


@blueprint.post("/account/sessions/<session_id>/end")
@needs(Permission.OWN_ACCOUNT)
@fresh("access.account")
def end(session_id: str) -> Response:
    """Sign out one of one's own."""
    end_own(current_store(), current_actor(), session_id)
    return redirect(url_for("access.account"), 303)


@blueprint.post("/account/sessions/end-others")
@needs(Permission.OWN_ACCOUNT)
@fresh("access.account")
def others() -> Response:
    """Sign out everywhere but here."""
    end_others(current_store(), current_actor(), guard.session_token() or "")
    return redirect(url_for("access.account"), 303)
