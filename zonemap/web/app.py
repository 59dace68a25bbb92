"""The app: settings and a store in, a Flask app out."""

from __future__ import annotations

from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined

from zonemap.settings import Settings
from zonemap.storage.store import Store
from zonemap.web.errors import errors
from zonemap.web.forms import csrf_input
from zonemap.web.guard import find_actor, form_token, guard
from zonemap.web.headers import headers
from zonemap.web.health import count_answers
from zonemap.web.journal import journal
from zonemap.web.makers import Makers, Threads
from zonemap.web.peers import BelieveProxies, networks_from
from zonemap.web.shell import WORDS
from zonemap.web.tally import Counts
from zonemap.work.alert_channels import channels_of
from zonemap.work.sso_provider import sso_of

BLUEPRINTS = (
    "access",
    "second_factor",
    "passkeys",
    "sso",
    "proof",
    "own_sessions",
    "people",
    "backups",
    "health",
    "facilities",
    "contacts",
    "plans",
    "plan_models",
    "tracing",
    "trace_pages",
    "zones",
    "checks",
    "advisor",
    "hours",
    "revisions",
    "reviews",
    "law",
    "exports",
    "signs",
    "wall",
    "packs",
    "maps",
    "sign_choices",
    "sign_words",
    "specimens",
    "devices",
    "organization",
    "organization_protocol",
    "readiness",
    "visits",
    "protocol",
    "handouts",
    "referrals",
    "desk",
    "alerts",
    "desk_papers",
    "practice",
    "training",
    "binder",
    "training_prints",
    "reading",
    "desk_kept",
)
_FORM_PARTS_MOST = 400  # the record of a visit sends its photos with its fields, some 150 of them


def create_app(
    settings: Settings, store: Store | None = None, counts: Counts | None = None, makers: Makers | None = None
) -> Flask:
    """The app over a store (opened from the settings if None). Raises RuntimeError for an unguarded view.

    ``counts`` where several processes count together; ``makers`` of packs: threads of this process if None.
    """
    app = Flask(
        "zonemap",
        root_path=str(settings.share),
        template_folder=str(settings.templates),
        static_folder=str(settings.static),
        static_url_path="/static",
    )
    _configure(app, settings)
    app.extensions["zonemap_settings"] = settings
    app.extensions["zonemap_sso"] = sso_of(settings)
    store = app.extensions["zonemap_store"] = store or Store.open(settings)
    app.extensions["zonemap_makers"] = makers or Threads(store)
    for blueprint in blueprints():
        app.register_blueprint(blueprint)
    _fill_templates(app)
    count_answers(app, counts)
    if settings.log_answers:
        journal(app)
    headers(app)
    errors(app)
    guard(app)
    networks = networks_from(settings.proxies) if settings.behind_proxy else ()
    app.wsgi_app = BelieveProxies(app.wsgi_app, networks)  # type: ignore[method-assign]
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config["MAX_CONTENT_LENGTH"] = (settings.models_most_mb + 1) * 1_000_000  # the file, and the rest of its form
    app.config["MAX_FORM_PARTS"] = _FORM_PARTS_MOST
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}


def blueprints() -> list[Any]:
    """The pages, feature by feature."""
    names = [f"zonemap.web.{name}" for name in BLUEPRINTS]
    return [import_module(name).blueprint for name in names if find_spec(name) is not None]


def _fill_templates(app: Flask) -> None:
    versions = _Versions(Path(app.static_folder or ""))
    app.url_defaults(versions.add)
    alerts_on = channels_of(app.extensions["zonemap_settings"]).on
    app.jinja_env.globals.update(alerts_on=alerts_on, sso=app.extensions["zonemap_sso"])
    app.jinja_env.globals.update(read_only=app.extensions["zonemap_settings"].read_only)
    app.jinja_env.globals.update(csrf_input=csrf_input, form_token=form_token, **WORDS)

    @app.context_processor
    def _always() -> dict[str, Any]:
        return {"person": find_actor(), "facility": None, "tab": None}


class _Versions:
    """Adds a hash of its content to the address of each static file, so that browsers may keep it for ever."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[int, str]] = {}

    def add(self, endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values:
            values["v"] = self._version(values["filename"])

    def _version(self, name: str) -> str | None:
        path = self._folder / name
        if not path.is_file():
            return None
        changed = path.stat().st_mtime_ns
        known = self._known.get(name)
        if known is None or known[0] != changed:
            known = self._known[name] = (changed, sha256(path.read_bytes()).hexdigest()[:12])
        return known[1]
