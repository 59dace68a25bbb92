"""The only place that turns errors into HTTP: a page for people, JSON for scripts, the same sentence for both."""

from __future__ import annotations

import errno
import logging
import secrets
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template
from werkzeug.exceptions import HTTPException

from zonemap.errors import Busy, Conflict, Forbidden, Invalid, NoRoom, NotFound, TooLarge, ZonemapError
from zonemap.storage.store import DISK_FULL
from zonemap.web.guard import wants_json

_log = logging.getLogger("zonemap.web")

_STATUS: dict[type[ZonemapError], int] = {
    Invalid: 400,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    TooLarge: 413,
    NoRoom: 507,
    Busy: 503,
}
_TITLES = {
    400: "That did not work",
    403: "This is not for you to do",
    404: "Nothing is here",
    405: "That is not how this page works",
    409: "Somebody was faster",
    413: "That is too large",
    414: "That address is too long",
    429: "Too many tries",
    500: "Something broke on our side",
    503: "Not at the moment",
    507: "There is no room",
}
_SENTENCES = {
    400: "The browser sent something that zonemap cannot read. Go back and try again.",
    404: "There is no page at this address, or it is not yours to see. Start from the first page.",
    405: "Go back and use the button on the page.",
    413: "The file or the text is larger than zonemap takes. Send a smaller one.",
    414: "Start again from the first page.",
    500: "Nothing of what you sent was kept. Try once more. If it happens again, tell an administrator this number: ",
}


def errors(app: Flask) -> None:
    """Answer every error of the app in plain words."""
    app.register_error_handler(ZonemapError, _ours)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _broken)


def status_of(error: ZonemapError) -> int:
    """The HTTP status of an error."""
    if isinstance(error, Busy) and "retry_after_s" in error.data:
        return 429
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)


def _ours(error: ZonemapError) -> Response:
    status = status_of(error)
    fields = error.fields if isinstance(error, Invalid) else {}
    response = _answer(status, error.message, fields=fields)
    if status in (429, 503, 507):
        response.headers["Retry-After"] = str(error.data.get("retry_after_s", 5))
    return response


def _of_http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    response = _answer(status, _SENTENCES.get(status, "Go back and try again."))
    allowed = error.get_response().headers.get("Allow")
    if allowed:
        response.headers["Allow"] = allowed
    return response


def _broken(error: Exception) -> Response:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _ours(NoRoom(DISK_FULL))  # such as an upload that waits in a file until all of it is here
    number = secrets.token_hex(4)
    _log.error("error %s", number, exc_info=error)
    return _answer(500, f"{_SENTENCES[500]}{number}.")


def _answer(status: int, sentence: str, **more: Any) -> Response:
    if wants_json():
        response = jsonify({"error": sentence, **{key: value for key, value in more.items() if value}})
    else:
        title = _TITLES.get(status, _TITLES[400] if status < 500 else _TITLES[500])
        fields = more.get("fields") or {}
        response = make_response(render_template("errors/error.html", heading=title, sentence=sentence, fields=fields))
    response.status_code = status
    return response
