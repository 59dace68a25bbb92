"""For whoever runs it: is it up, can it work, and how is it doing. Nothing here tells of people, places or papers."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import cast

from flask import Blueprint, Flask, Response, current_app, g, request

from zonemap.errors import NotFound
from zonemap.web.guard import current_store, is_loopback, open_to_all

blueprint = Blueprint("health", __name__)

BOUNDS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass
class Counts:
    """How many answers there were in this process, by route and status, and how long they took (seconds)."""

    answers: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    slower: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS_S) + 1))  # by bound, the last is all beyond
    seconds: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        with self._lock:
            self.answers[(method, route, status)] += 1
            self.slower[bisect_left(BOUNDS_S, seconds)] += 1
            self.seconds += seconds

    def lines(self) -> Iterator[str]:
        """The counts as Prometheus reads them (text format 0.0.4)."""
        with self._lock:
            answers, slower, seconds = dict(self.answers), list(self.slower), self.seconds
        yield "# TYPE zonemap_answers_total counter"
        for (method, route, status), count in sorted(answers.items()):
            yield f'zonemap_answers_total{{method="{method}",route="{route}",status="{status}"}} {count}'
        yield "# TYPE zonemap_answer_seconds histogram"
        so_far = 0
        for bound, count in zip((*map(str, BOUNDS_S), "+Inf"), slower, strict=True):
            so_far += count
            yield f'zonemap_answer_seconds_bucket{{le="{bound}"}} {so_far}'
        yield f"zonemap_answer_seconds_sum {seconds:.6f}"
        yield f"zonemap_answer_seconds_count {so_far}"


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
    """The counts of this process, for a program on this computer alone. Raises NotFound for everybody else."""
    if not is_loopback(request.remote_addr or "") or "X-Forwarded-For" in request.headers:
        raise NotFound("There is no such page.")
    return Response("\n".join([*_counts().lines(), ""]), mimetype="text/plain")


def count_answers(app: Flask) -> None:
    """Count every answer of the app."""
    app.extensions["zonemap_counts"] = Counts()
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
