"""When more ask than can be answered: the surplus is told at once, the desk comes first, and all is well after it."""

from __future__ import annotations

import threading
import time
from http.client import HTTPConnection, HTTPResponse

import pytest
import waitress

from zonemap.web import queue
from zonemap.web.headers import HEADERS

DESK, OTHER = "/facilities/x/desk/", "/facilities/x/plans/"


class Slow:
    """An app that answers when it is let, and tells what it answered in which order."""

    def __init__(self) -> None:
        self.go, self.answered, self.busy = threading.Event(), [], threading.Semaphore(0)

    def __call__(self, environ, start_response):
        self.busy.release()
        assert self.go.wait(30)
        self.answered.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]


@pytest.fixture
def slow(monkeypatch):
    """A server of one thread whose lines hold two each; the port, and the app."""
    monkeypatch.setattr(queue, "OTHERS_MOST", 2)
    monkeypatch.setattr(queue, "DESK_MOST", 2)
    app = Slow()
    made = queue.dispatcher(1)
    server = waitress.create_server(app, host="127.0.0.1", port=0, _dispatcher=made)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield app, server.effective_port, made.queue
    app.go.set()
    server.close()
    thread.join(10)


def until(true) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.002)


def ask(port: int, path: str) -> HTTPConnection:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    return connection


def answer(connection: HTTPConnection) -> HTTPResponse:
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def test_whoever_would_wait_too_long_is_told_at_once_and_the_desk_is_answered_before_the_others(slow):
    app, port, lines = slow
    first = ask(port, OTHER)
    assert app.busy.acquire(timeout=30)
    waiting = [ask(port, OTHER), ask(port, OTHER)]
    surplus = [ask(port, OTHER), ask(port, OTHER)]
    desk = ask(port, DESK)
    until(lambda: (len(lines.away), len(lines.desk), len(lines.others)) == (2, 1, 2))
    app.go.set()

    assert sorted(answer(each).status for each in (*waiting, *surplus)) == [200, 200, 503, 503]
    assert answer(desk).status == 200
    assert answer(first).status == 200
    assert app.answered[1] == DESK
    assert answer(ask(port, OTHER)).status == 200, "right after"


def test_the_answer_says_when_to_come_again_and_bears_the_headers(slow):
    app, port, lines = slow
    asked = [ask(port, OTHER)]
    assert app.busy.acquire(timeout=30)
    asked += [ask(port, OTHER) for _ in range(5)]
    until(lambda: len(lines.away) == 3)
    app.go.set()

    found = [answer(each) for each in asked]
    away = next(each for each in found if each.status == 503)

    assert away.headers["Retry-After"] == "5"
    assert away.headers["Cache-Control"] == "no-store"
    assert all(away.headers[name] == value for name, value in HEADERS.items())


def test_no_request_can_name_a_line_that_is_not_there():
    lines = queue.Lines()
    for path in ("", "/", "*", "desk", "/facilities", "/facilities/x/desk", "//desk/desk/"):
        lines.append(type("Channel", (), {"requests": [type("Request", (), {"path": path, "error": None})]}))

    assert len(lines.desk) == 1
    assert len(lines) == 7
