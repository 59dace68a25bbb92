"""The alert to responders: one press at the desk, its page with what is known of each message, and the link in it."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from zonemap.errors import Invalid
from zonemap.model.alert import MessageState
from zonemap.settings import Settings
from zonemap.web.guard import current_actor, current_store, needs, new_id, new_token, open_to_all, utc_now
from zonemap.work import alerts as work
from zonemap.work.alert_channels import Channels, channels_of
from zonemap.work.permissions import Permission

blueprint = Blueprint("alerts", __name__)


def channels() -> Channels:
    """The channels that are set."""
    return channels_of(cast(Settings, current_app.extensions["zonemap_settings"]))


@blueprint.get("/facilities/<facility_id>/desk/alert")
@needs(Permission.USE_DESK)
def ask(facility_id: str) -> Response:
    """Where the officer is: one press a place."""
    return _ask(facility_id)


@blueprint.post("/facilities/<facility_id>/desk/alert")
@needs(Permission.USE_DESK)
def begin(facility_id: str) -> Response:
    """Queue the alert."""
    store, actor = current_store(), current_actor()
    place = request.form.get("place", "")
    try:
        alert = work.raise_alert(
            store, actor, facility_id, place, channels(), new_id=new_id, new_token=new_token, now=utc_now()
        )
    except Invalid as error:
        return _ask(facility_id, error.message)
    return redirect(url_for(".show", facility_id=facility_id, alert_id=alert.id), 303)


@blueprint.get("/facilities/<facility_id>/desk/alerts/<alert_id>")
@needs(Permission.USE_DESK)
def show(facility_id: str, alert_id: str) -> str:
    """What is known of each message, and who comes."""
    found = work.alert_view(current_store(), current_actor(), facility_id, alert_id)
    values = {"facility": found.facility, "tab": "desk", "found": found, "states": MessageState}
    return render_template("alerts/show.html", **values, **_around())


@blueprint.post("/facilities/<facility_id>/alerts/<alert_id>/coming")
@needs(Permission.ANSWER_ALERT)
def coming(facility_id: str, alert_id: str) -> Response:
    """A responder who is signed in says that they come."""
    work.acknowledge(current_store(), current_actor(), facility_id, alert_id, now=utc_now())
    return redirect(url_for(".show", facility_id=facility_id, alert_id=alert_id), 303)


@blueprint.get("/alerts/<token>")
@open_to_all
def link(token: str) -> str:
    """The page of a message's link: looking at it acknowledges nothing."""
    facility, alert, message = work.linked(current_store(), token)
    return render_template("alerts/link.html", at=facility, alert=alert, message=message, token=token)


@blueprint.post("/alerts/<token>")
@open_to_all
def link_sent(token: str) -> Response:
    """Its responder says that they come."""
    work.acknowledge_link(current_store(), token, now=utc_now())
    return redirect(url_for(".link", token=token), 303)


def _ask(facility_id: str, wrong: str = "") -> Response:
    facility, found = work.places(current_store(), current_actor(), facility_id)
    values = {"facility": facility, "tab": "desk", "places": found, "wrong": wrong, "on": channels().on}
    page = render_template("alerts/ask.html", **values, **_around())
    return make_response(page, 400 if wrong else 200)


def _around() -> dict[str, Any]:
    """On a desk's own computer nobody is signed in, so nobody can sign out."""
    return {"person": None} if current_actor().desk_of is not None else {}
