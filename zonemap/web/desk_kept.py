"""The desk on a device that has no server at the moment: the page it keeps, its document, the worker that keeps them.

``write_desk`` writes the same page for a USB stick or any web server.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify, make_response, render_template, url_for

from zonemap.rules.desk_translation import LANGUAGES
from zonemap.settings import Settings
from zonemap.storage.store import Store
from zonemap.web.app import create_app
from zonemap.web.desk import idle_minutes
from zonemap.web.desk_language import speech
from zonemap.web.desk_offline import offline_document
from zonemap.web.guard import current_actor, current_store, needs, utc_now
from zonemap.web.workers import worker_script
from zonemap.work.desk import DeskView, desk_view, named_desk
from zonemap.work.desk_tables import kept_table
from zonemap.work.files import write_bytes
from zonemap.work.permissions import Permission

blueprint = Blueprint("desk_offline", __name__, url_prefix="/facilities/<facility_id>/desk")

# A page from a stick has no origin of its own: 'self' means the files beside it. It may fetch nothing and send nothing.
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'"
_SPEECHES = tuple(speech(code) for code in LANGUAGES)  # the page holds all of them, English first
_STATIC = (
    "mark.svg",
    "css/tokens.css",
    "css/tokens-dark.css",
    "css/base.css",
    "css/plan.css",
    "css/desk.css",
    "dist/desk.js",
)


@blueprint.get("/offline")
@needs(Permission.USE_DESK)
def page(facility_id: str) -> str:
    """The page that the device keeps."""
    view = desk_view(current_store(), current_actor(), facility_id, utc_now())
    return render_template(
        "desk/offline.html",
        facility=view.facility,
        policy="",
        idle_minutes=idle_minutes(),
        answer_wait_s=view.answer_wait_s,
        speeches=_SPEECHES,
        data=url_for(".document", facility_id=facility_id),
        static=lambda name: url_for("static", filename=name),
    )


@blueprint.get("/data.js")
@needs(Permission.USE_DESK)
def document(facility_id: str) -> Response:
    """Its document, as a script, because a page from a stick can read no other file."""
    now = utc_now()
    view = desk_view(current_store(), current_actor(), facility_id, now)
    settings: Settings = current_app.extensions["zonemap_settings"]
    return Response(_script(view, settings, now), mimetype="text/javascript")


@blueprint.get("/worker.js")
@needs(Permission.USE_DESK)
def worker(facility_id: str) -> Response:  # noqa: ARG001 - a worker serves the pages below its own address
    """What keeps them on the device."""
    return worker_script("desk-worker.js")


@blueprint.get("/desk.webmanifest")
@needs(Permission.USE_DESK)
def manifest(facility_id: str) -> Response:
    """How the desk is installed as an app."""
    view = desk_view(current_store(), current_actor(), facility_id, utc_now())
    home = url_for("desk.first", facility_id=facility_id)
    answer = jsonify(
        id=home,
        name=f"Desk: {view.facility.name}",
        short_name="Desk",
        start_url=home,
        scope=home,
        display="standalone",
        icons=[{"src": url_for("static", filename="mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
    )
    answer.mimetype = "application/manifest+json"
    return make_response(answer)


def write_desk(store: Store, settings: Settings, facility_ref: str, out: Path, *, now: datetime) -> tuple[Path, ...]:
    """Write the desk of a facility (by id or name) as static files into a folder. Raises NotFound, Invalid."""
    view = named_desk(store, facility_ref, now)
    app = create_app(settings, store)
    with app.test_request_context():
        html = render_template(
            "desk/offline.html",
            facility=view.facility,
            policy=_POLICY,
            idle_minutes=idle_minutes(),
            answer_wait_s=view.answer_wait_s,
            speeches=_SPEECHES,
            data="desk-data.js",
            static=lambda name: name,
        )
        files = {"index.html": html.encode(), "desk-data.js": _script(view, settings, now)}
    files |= {name: (settings.static / name).read_bytes() for name in _STATIC}
    for name, content in files.items():
        write_bytes(out / name, content, make_folder=True)
    return tuple(out / name for name in files)


def _script(view: DeskView, settings: Settings, now: datetime) -> bytes:
    table = kept_table(settings.data, view.pack, today=now.date())
    text = json.dumps(offline_document(view, table, now=now), ensure_ascii=False, separators=(",", ":"))
    return f"window.zonemapDesk={text};\n".encode()
