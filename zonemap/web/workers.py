"""Service workers: what keeps a page on the device. Each is served below the pages that it keeps, for its scope."""

from __future__ import annotations

from flask import Response, current_app

from zonemap.settings import Settings


def worker_script(name: str) -> Response:
    """The script ``static/js/NAME`` as it is, at the address of the view that returns it."""
    settings: Settings = current_app.extensions["zonemap_settings"]
    return Response((settings.static / "js" / name).read_bytes(), mimetype="text/javascript")
