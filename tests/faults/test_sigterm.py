"""SIGTERM while people save, upload and print: what was begun is answered whole, and what was acknowledged is there."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, IncompleteRead
from pathlib import Path

import pytest
from PIL import Image
from werkzeug.test import EnvironBuilder

from tests.faults.paths import ANA, prepare
from tests.faults.serving import free_port, start_server
from tests.work.clinic import CLINIC, FIRST
from zonemap.settings import settings_from
from zonemap.storage.store import Store
from zonemap.work.sessions import begin_session
from zonemap.work.sign_plans import acknowledge

TOKEN = "token-of-ana"  # noqa: S105 - a session of the test
PATIENCE_S = 60


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    with closing(Store.open(settings_from({"ZONEMAP_DATA": str(folder)}))) as store:
        prepare(store)
        acknowledge(store, ANA, CLINIC.id, ["es"], now=datetime.now(UTC))
        with store.begin() as books:
            begin_session(books, ANA.account_id, TOKEN, datetime.now(UTC))
    return folder


class Client(threading.Thread):
    """Does one thing again and again until the server is gone; keeps what was acknowledged, and what was cut."""

    def __init__(self, port: int, ask: Callable[[int], tuple[str, bytes, str]]) -> None:
        super().__init__(daemon=True)
        self.acknowledged: list[int] = []
        self.cut: list[str] = []
        self.other: list[str] = []
        self._port, self._ask = port, ask

    def run(self) -> None:
        for number in range(1000):
            path, body, kind = self._ask(number)
            with closing(HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_S)) as connection:
                try:
                    headers = {"Cookie": f"zonemap={TOKEN}", "X-CSRF-Token": csrf(self._port), "Content-Type": kind}
                    connection.request("POST" if body else "GET", path, body or None, headers)
                    answer = connection.getresponse()
                    said = answer.read().decode(errors="replace")
                except IncompleteRead as error:
                    self.cut.append(f"{path}: {error}")
                    return
                except (OSError, HTTPException):
                    return  # it took no more
            if answer.status in (200, 303):
                self.acknowledged.append(number)
            else:
                self.other.append(f"{answer.status} {said[-600:]}")
                return


_TOKENS: dict[int, str] = {}


def csrf(port: int) -> str:
    if port not in _TOKENS:
        with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)) as connection:
            connection.request("GET", f"/floors/{FIRST.id}/", headers={"Cookie": f"zonemap={TOKEN}"})
            page = connection.getresponse().read().decode()
        _TOKENS[port] = page.split('name="csrf-token" content="')[1].split('"')[0]
    return _TOKENS[port]


def a_save(number: int) -> tuple[str, bytes, str]:
    return f"/floors/{FIRST.id}/about", f"name=Name+{number}&level=0".encode(), "application/x-www-form-urlencoded"


def an_upload(number: int) -> tuple[str, bytes, str]:
    picture = io.BytesIO()
    Image.new("L", (600, 600), number % 200).save(picture, "PNG")
    given = {"name": f"Upload {number}", "level": str(number % 90), "plan": (io.BytesIO(picture.getvalue()), "p.png")}
    with closing(EnvironBuilder(method="POST", data=given)) as form:
        environ = form.get_environ()
        return f"/facilities/{CLINIC.id}/plans/", environ["wsgi.input"].read(), str(environ["CONTENT_TYPE"])


def a_print(_: int) -> tuple[str, bytes, str]:
    return f"/facilities/{CLINIC.id}/signs/pack.pdf", b"", ""


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_begun_is_answered_and_what_was_acknowledged_is_there(data: Path, workers: int) -> None:
    port = free_port()
    server = start_server(data, port, workers)
    clients = [Client(port, ask) for ask in (a_save, an_upload, a_print)]
    for client in clients:
        client.start()
    for client in clients:
        while not client.acknowledged and client.is_alive():
            client.join(0.02)
    server.terminate()
    server.join(PATIENCE_S)
    for client in clients:
        client.join(PATIENCE_S)

    assert server.exitcode == 0
    assert [client.cut for client in clients] == [[], [], []]
    assert [client.other for client in clients] == [[], [], []]
    assert all(client.acknowledged for client in clients)
    with closing(Store.open(replace(settings_from({}), data=data))) as store, store.read() as books:
        floors = {each.floor.name for each in books.floors.list(CLINIC.id)}
        name = books.floors.get(FIRST.id).floor.name
    assert int(name.rpartition(" ")[2]) >= clients[0].acknowledged[-1]
    assert floors >= {f"Upload {number}" for number in clients[1].acknowledged}
