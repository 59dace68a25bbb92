"""What the server does: pages, saving, reading uploads."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from bench.core import I_200
from bench.measure import Row
from zonemap.intake.guard import read
from zonemap.model.person import Account, Role
from zonemap.settings import settings_from
from zonemap.storage.store import Store
from zonemap.web.app import create_app
from zonemap.work.sample import load_sample
from zonemap.work.sessions import begin_session

TOKEN = "a-token-of-the-benchmark"  # noqa: S105 - of a database that lives for a minute


def rows() -> Iterator[Row]:
    """Pages against a route that says nothing; the child that reads uploads against starting Python."""
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_from({"ZONEMAP_DATA": folder})
        store = Store.open(settings)
        facility = load_sample(store, settings.floorplans, now=datetime.now(UTC))
        sign_in(store)
        client = create_app(settings, store).test_client()
        client.set_cookie("zonemap", TOKEN, domain="localhost")
        empty = _empty_route()
        nothing = ("an empty route", _get(empty, "/"))
        home, desk = f"/facilities/{facility}/", f"/facilities/{facility}/desk/"
        yield Row("first page of a facility", _get(client, home), *nothing, repeats=20)
        yield Row("desk, a question", _get(client, desk), *nothing, repeats=20)
        yield Row("desk, the answer with its map", _answer(client, desk), *nothing, repeats=20)
        store.close()
    picture = _small_picture()
    python = [sys.executable, "-c", "pass"]
    yield Row("an upload of 200 x 200 pixels", lambda: read(picture), "python -c pass", lambda: subprocess.run(python))


def sign_in(store: Store) -> None:
    """Make an account for everything, signed in with the token."""
    account = Account("a" * 32, "Ana Ruiz", "ana@clinic.example", frozenset(Role))
    with store.begin() as books:
        books.accounts.add(account, None)
        begin_session(books, account.id, TOKEN, datetime.now(UTC))


def _empty_route() -> FlaskClient:
    app = Flask(__name__, root_path=str(Path(__file__).parent))
    app.add_url_rule("/", view_func=lambda: "")
    return app.test_client()


def _get(client: FlaskClient, path: str) -> Callable[[], object]:
    return lambda: client.get(path).get_data()


def _answer(client: FlaskClient, desk: str) -> Callable[[], object]:
    """The last step of a check: all answers sent, the whole answer back."""
    token = re.search(r'name="csrf_token" value="(\w+)"', client.get(desk).get_data(as_text=True))
    assert token
    answers = {**I_200, "csrf_token": token[1]}
    assert "verdict" in client.post(desk, data=answers).get_data(as_text=True)
    return lambda: client.post(desk, data=answers).get_data()


def _small_picture() -> bytes:
    written = io.BytesIO()
    Image.new("L", (200, 200), 255).save(written, "PNG")
    return written.getvalue()
