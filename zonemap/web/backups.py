"""When backups were made, and how they are."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from zonemap.settings import Settings
from zonemap.web.guard import current_actor, current_store, needs, utc_now
from zonemap.work import backup
from zonemap.work.permissions import Permission

blueprint = Blueprint("backups", __name__, url_prefix="/backups")


@blueprint.get("/")
@needs(Permission.SEE_BACKUPS)
def index() -> str:
    """The last backups, and what is to be done."""
    settings: Settings = current_app.extensions["zonemap_settings"]
    made = backup.backups(current_store(), current_actor())
    whole = [each for each in made if each.verified_at]
    newest = next((each for each in whole if each.is_fresh(utc_now())), whole[0] if whole else None)
    fresh = newest is not None and newest.is_fresh(utc_now())
    nightly = settings.backup_folder is not None
    return render_template("backups/list.html", made=made, newest=newest, fresh=fresh, nightly=nightly)
