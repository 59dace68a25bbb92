"""The server is killed while it saves: whatever it said was saved is there afterwards."""

from __future__ import annotations

import json
import random
import shutil
import threading
import time
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from tests.conftest import NOW, add_account
from tests.faults.serving import free_port, start_server
from tests.geometry.floors import box, lobby_floor
from zonemap.model.facility import Facility
from zonemap.settings import settings_from
from zonemap.storage.store import Store
from zonemap.work.sessions import begin_session

TIMES = 20
FLOOR = "f" * 32
SESSION = "token-of-the-one-who-draws"
SQUARE = {"ring": [list(point) for point in box(20, 0, 4, 4)], "class": "private"}


@pytest.fixture
def data(tmp_path: Path, facility: Facility) -> Path:
    """A data folder with a floor, and somebody who is signed in and may draw."""
    store = Store.open(settings_from({"ZONEMAP_DATA": str(tmp_path / "data")}))
    add_floor(store, facility)
    store.close()
    return tmp_path / "data"


def add_floor(store: Store, facility: Facility) -> None:
    """The floor, and who may draw on it."""
    account = add_account(store, "manager")
    with store.begin() as books:
        books.facilities.add(facility)
        floor = lobby_floor()
        books.floors.add(
            type(floor)(FLOOR, facility.id, floor.name, 0, None, floor.scale, floor.rooms, floor.doors),
            saved_at=NOW,
            saved_by="Bo",
        )
        begin_session(books, account.id, SESSION, datetime.now(UTC))


class Writer(threading.Thread):
    """Saves one room after another, as fast as the server answers, until the server is gone."""

    def __init__(self, port: int, round_number: int) -> None:
        super().__init__()
        self.acknowledged: list[str] = []
        self.port = port
        self._round = round_number

    def run(self) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            version, token = self.begin(connection)
            for number in range(10_000):
                room_id = f"kill-{self._round}-{number}"
                change = {"put": "room", "value": SQUARE | {"id": room_id, "name": room_id}}
                version = self.save(connection, version, token, change)
                self.acknowledged.append(room_id)
        except (OSError, HTTPException):
            pass  # the server was killed
        finally:
            connection.close()

    def begin(self, connection: HTTPConnection) -> tuple[int, str]:
        cookie = {"Cookie": f"zonemap={SESSION}"}
        connection.request("GET", f"/floors/{FLOOR}/", headers=cookie)
        page = connection.getresponse().read().decode()
        token = page.split('name="csrf-token" content="')[1].split('"')[0]
        connection.request("GET", f"/floors/{FLOOR}/draft", headers=cookie)
        return int(json.loads(connection.getresponse().read())["version"]), token

    def save(self, connection: HTTPConnection, version: int, token: str, change: object) -> int:
        headers = {"Cookie": f"zonemap={SESSION}", "X-CSRF-Token": token, "Content-Type": "application/json"}
        body = json.dumps({"version": version, "changes": [change]})
        connection.request("POST", f"/floors/{FLOOR}/draft", body, headers)
        answer = connection.getresponse()
        said = json.loads(answer.read())
        assert answer.status == 200, said
        return int(said["version"])


def test_killed_twenty_times_while_saving_the_server_loses_nothing_it_acknowledged(data: Path) -> None:
    chance = random.Random(8107)  # noqa: S311 - moments to kill at, the same in every run
    acknowledged: list[str] = []
    port = free_port()
    for round_number in range(TIMES):
        server = start_server(data, port)
        writer = Writer(port, round_number)
        writer.start()
        while not writer.acknowledged and writer.is_alive():
            time.sleep(0.005)
        time.sleep(chance.uniform(0.0, 0.15))
        server.kill()
        server.join()
        writer.join()
        assert writer.acknowledged
        acknowledged += writer.acknowledged
        there = rooms_in(data)
        assert there.issuperset(acknowledged), set(acknowledged) - there
    assert len(acknowledged) > TIMES


def rooms_in(data: Path) -> set[str]:
    """The ids of the rooms of the newest version, read by a store that opens the database as it was left."""
    copy = data.parent / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(data, copy)  # the files as the kill left them: opening them must not need the killed server
    store = Store.open(settings_from({"ZONEMAP_DATA": str(copy)}))
    with store.read() as books:
        found = {room.id for room in books.floors.get(FLOOR).floor.rooms}
    store.close()
    return found
