"""For whoever runs it: is it up, can it work, and how is it doing. Nothing here tells of people, places or papers."""

from __future__ import annotations

from time import perf_counter
from typing import cast

from flask import Blueprint, Flask, Response, current_app, g, request

from zonemap.errors import NotFound
from zonemap.web.guard import current_store, is_loopback, open_to_all
from zonemap.web.peers import FORWARDED
from zonemap.web.tally import Counts, Shared

blueprint = Blueprint("health", __name__)


@blueprint.get("/health/live")
@open_to_all
def live() -> Response:
    """Whether the process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/health/ready")
@open_to_all
def ready() -> Response:
    """Whether the database answers, too. Raises Busy, which is a 503, where it does not."""
    with current_store().read() as books:
        books.backups.newest_whole()
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/metrics")
@open_to_all
def metrics() -> Response:
    """The counts of all processes together, for a program on this computer. Raises NotFound for everybody else."""
    if not is_loopback(request.remote_addr or "") or request.environ.get(FORWARDED):
        raise NotFound("There is no such page.")
    return Response("\n".join([*_counts().shared.lines(), ""]), mimetype="text/plain")


def count_answers(app: Flask, counts: Counts | None) -> None:
    """Count every answer of the app; where it answers together with other processes, beside theirs."""
    app.extensions["zonemap_counts"] = counts or Shared(1).counts()
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.begun = perf_counter()


def _end(response: Response) -> Response:
    begun = g.get("begun")
    if begun is not None and request.endpoint != "static":
        _counts().add(request.method, route(), response.status_code, perf_counter() - begun)
    return response


def route() -> str:
    """The pattern that the address fits, which holds no id and no name; or that it fits none."""
    return request.url_rule.rule if request.url_rule is not None else "none"


def _counts() -> Counts:
    return cast(Counts, current_app.extensions["zonemap_counts"])
