"""The log: one line of JSON for each answer, where it is asked for. No name, address, id, query or answer is in it."""

from __future__ import annotations

import json
import logging
import sys
from time import perf_counter

from flask import Flask, Response, g, request

from zonemap.web.guard import find_actor, utc_now
from zonemap.web.health import route

_log = logging.getLogger("zonemap.answers")


def journal(app: Flask) -> None:
    """Write a line for each answer of the app to standard error, warnings and faults of zonemap in the same form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    ours = logging.getLogger("zonemap")
    ours.handlers, ours.propagate = [handler], False
    _log.setLevel(logging.INFO)
    app.after_request(_write)


class _Lines(logging.Formatter):
    """Each record as one line of JSON. Of a fault it tells where it happened, and not with which values."""

    def format(self, record: logging.LogRecord) -> str:
        values = {"at": utc_now().isoformat(timespec="milliseconds"), "level": record.levelname.lower()}
        if isinstance(record.args, dict):
            values |= record.args
        else:
            values["says"] = record.getMessage()
        if record.exc_info and record.exc_info[0] is not None:
            values["fault"] = record.exc_info[0].__name__
            values["place"] = _place(record.exc_info[2])
        return json.dumps(values, ensure_ascii=False)


def without_people(record: logging.LogRecord) -> bool:
    """For the log of the server around the app: keep a record, but of a request neither its address nor whose it is."""
    if record.args and record.levelno >= logging.WARNING and "request" in str(record.msg):
        record.msg, record.args = str(record.msg).partition("%")[0].rstrip(" :=("), ()
    if record.exc_info and record.exc_info[0] is not None:
        record.msg = f"{record.getMessage()} {record.exc_info[0].__name__} at {_place(record.exc_info[2])}"
        record.args, record.exc_info, record.exc_text = (), None, None
    return True


def _place(trace: object) -> str:
    """Where the fault came up: file and line, the innermost last."""
    steps = []
    while trace is not None:
        frame = trace.tb_frame  # type: ignore[attr-defined]
        steps.append(f"{frame.f_code.co_name}:{trace.tb_lineno}")  # type: ignore[attr-defined]
        trace = trace.tb_next  # type: ignore[attr-defined]
    return " > ".join(steps)


def _write(response: Response) -> Response:
    if request.endpoint == "static":
        return response
    actor = find_actor()
    roles = "desk computer" if actor and actor.desk_of else ",".join(sorted(actor.any_roles)) if actor else ""
    took = round((perf_counter() - g.begun) * 1000, 1) if "begun" in g else None
    facts = {"method": request.method, "route": route(), "status": response.status_code, "roles": roles, "ms": took}
    _log.info("answer", facts)
    return response
