"""Running it for real on a server: gunicorn behind nginx, with the files of docs/server and nothing else."""

from __future__ import annotations

import re
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from tests.running import server as running
from tests.running.browser import Browser
from tests.running.server import NAME, ServerUnderTest, until
from zonemap.model.person import Account, Role
from zonemap.settings import settings_from
from zonemap.storage.engine import DATABASE_NAME
from zonemap.storage.store import Store
from zonemap.storage.tables import throttle
from zonemap.web.tally import PARTS
from zonemap.work.passwords import hash_password
from zonemap.work.sample import load_sample
from zonemap.work.throttle import OF_ADDRESS

pytest.importorskip("gunicorn", reason="pip install 'zonemap[server]' for the tests of a server")
pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="a server of this kind runs on Linux"),
    pytest.mark.skipif(bool(running.MISSING), reason=running.NEEDED),
]
PASSWORD = "four words in one row"  # noqa: S105
EMAIL = "ana@clinic.example"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Path:
    """The sample clinic, and Ana, who manages it."""
    folder = tmp_path_factory.mktemp("server") / "data"
    folder.mkdir(mode=0o700)
    shutil.copy(migrated_sqlite, folder / DATABASE_NAME)
    settings = settings_from({"ZONEMAP_DATA": str(folder)})
    with closing(Store.open(settings)) as store:
        load_sample(store, settings.floorplans, now=datetime.now(UTC))
        with store.begin() as books:
            ana = Account("a" * 32, "Ana Ruiz", EMAIL, frozenset({Role.ADMINISTRATOR}))
            books.accounts.add(ana, hash_password(PASSWORD))
    return folder


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[ServerUnderTest]:
    with ServerUnderTest(data) as started:
        yield started


@pytest.fixture(scope="module")
def ana(server: ServerUnderTest) -> Browser:
    browser = Browser(server, "127.0.0.2")
    answer = browser.send(browser.get("/signin"), "/signin", email=EMAIL, password=PASSWORD)
    assert (answer.status, answer.headers["Location"]) == (303, "/"), answer.body
    return browser


def clinic(browser: Browser) -> str:
    found = re.search(rb"/facilities/[0-9a-f]{32}/", browser.get(browser.get("/").headers["Location"] or "/").body)
    assert found
    return found[0].decode()


def test_plain_http_leads_to_https_and_another_name_gets_no_answer(server: ServerUnderTest) -> None:
    with socket.create_connection(("127.0.0.1", server.plain), 30) as asking:
        asking.sendall(f"GET /signin HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
        said = b"".join(iter(lambda: asking.recv(65536), b"")).decode()
    assert said.startswith("HTTP/1.1 301")
    assert f"Location: https://{NAME}/signin" in said

    stranger = Browser(server)
    stranger._trust.check_hostname = False
    with (
        pytest.raises(OSError, match=r"(?i)alert|unrecognized|handshake"),
        socket.create_connection(("127.0.0.1", server.tls), 30) as plain,
    ):
        stranger._trust.wrap_socket(plain, server_hostname="elsewhere.example")


def test_cookies_are_for_https_and_this_host_alone_and_browsers_stay_with_https(ana: Browser) -> None:
    assert {line.partition("=")[0] for line in ana.set_cookies} == {"__Host-zonemap", "__Host-zonemap-form"}
    assert all({"Secure", "HttpOnly", "Path=/"} <= set(line.split("; ")) for line in ana.set_cookies)
    for path in ("/signin", "/", "/static/mark.svg", "/no/such/page", "/metrics"):
        answer = ana.get(path)
        if path != "/metrics":
            assert answer.headers.get_all("Strict-Transport-Security") == ["max-age=31536000"], path
        assert "nginx/" not in str(answer.headers)
        assert "gunicorn" not in str(answer.headers)


def test_tries_are_counted_for_the_address_that_knocked_not_for_one_that_it_names(
    server: ServerUnderTest, ana: Browser, data: Path
) -> None:
    page = ana.get("/account")
    assert page.status == 200
    guesser = Browser(server, "127.0.0.3")
    page = guesser.get("/signin", X_Forwarded_For="10.9.8.7")
    body = f"csrf_token={guesser.token(page)}&email=bo%40clinic.example&password=wrong-wrong-wrong".encode()
    answer = guesser.ask(
        "POST",
        "/signin",
        body,
        Content_Type="application/x-www-form-urlencoded",
        Sec_Fetch_Site="same-origin",
        X_Forwarded_For="10.9.8.7",
        Forwarded="for=10.9.8.7",
        X_Real_IP="10.9.8.7",
    )
    assert answer.status == 400

    with closing(Store.open(settings_from({"ZONEMAP_DATA": str(data)}))) as store, store.engine.connect() as connection:
        counted = set(connection.scalars(select(throttle.c.key_hash)))
    asked = ("127.0.0.1", "127.0.0.2", "127.0.0.3", "10.9.8.7")
    assert [OF_ADDRESS.key(each) in counted for each in asked] == [False, True, True, False]


def test_a_plan_is_uploaded_and_a_paper_is_taken_through_the_desk(ana: Browser) -> None:
    here = clinic(ana)
    out = BytesIO()
    Image.effect_noise((1200, 900), 90).save(out, "PNG")  # some 900 kB: it does not fit into one piece
    plan = FileStorage(BytesIO(out.getvalue()), "plan.png")
    page = ana.get(f"{here}plans/")
    answer = ana.upload(page, f"{here}plans/", name="Second floor", level="1", plan=plan)
    assert answer.status == 303, answer.body.decode()[:3000]
    assert answer.headers["Location"].endswith("/scale")

    desk = ana.get(f"{here}desk/")
    assert desk.status == 200
    said = ana.send(desk, f"{here}desk/", danger_now="yes")
    assert said.status == 200
    assert "911" in said.body.decode()


def test_what_is_too_large_gets_a_page_with_a_sentence(ana: Browser) -> None:
    here = clinic(ana)
    page = ana.get(f"{here}plans/")
    for path, megabytes in (("/signin", 6), (f"{here}plans/", 70)):
        token = ana.token(page)
        length = megabytes * 1_000_000
        answer = ana.ask(
            "POST", path, Content_Length=str(length), Content_Type="multipart/form-data; boundary=b", X_CSRF_Token=token
        )
        assert answer.status == 413
        assert answer.h1 == "That is too large"
        assert answer.headers["Strict-Transport-Security"]


def test_who_is_not_signed_in_is_refused_before_a_large_file_is_read(server: ServerUnderTest, ana: Browser) -> None:
    nobody = Browser(server)
    answer = nobody.ask(
        "POST",
        f"{clinic(ana)}plans/",
        Content_Length="50000000",  # of which not one byte is sent
        Content_Type="multipart/form-data; boundary=b",
        Sec_Fetch_Site="same-origin",
    )
    assert (answer.status, answer.headers["Location"]) == (303, "/signin")


def test_the_counts_of_all_processes_are_added_up_and_are_for_this_computer_alone(
    server: ServerUnderTest, ana: Browser
) -> None:
    def counted() -> int:
        with socket.socket(socket.AF_UNIX) as asking:
            asking.connect(server.path)
            asking.sendall(b"GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n")
            said = b"".join(iter(lambda: asking.recv(65536), b"")).decode()
        found = re.search(r'route="/health/live",status="200"\} (\d+)', said)
        return int(found[1]) if found else 0

    before = counted()
    assert all(ana.get("/health/live").status == 200 for _ in range(12))
    assert [counted() - before for _ in range(6)] == [12] * 6
    assert ana.get("/metrics").status == 404
    assert PARTS >= 2 * 32


def test_a_reload_and_a_restart_fail_no_request(server: ServerUnderTest, ana: Browser) -> None:
    over, seen, trouble = threading.Event(), [0], []

    def ask() -> None:
        browser = Browser(server, "127.0.0.4")
        browser.cookies = dict(ana.cookies)
        while not over.is_set():
            try:
                status = browser.get("/account").status
                seen[0] += 1
                if status != 200:
                    trouble.append(str(status))
            except Exception as error:
                trouble.append(repr(error))

    def asked(more: int) -> None:
        goal = seen[0] + more
        until(lambda: seen[0] >= goal or trouble)

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for each in asking:
        each.start()
    try:
        asked(10)
        before = set(server.workers())
        server.reload()
        until(lambda: len(now := set(server.workers())) == 2 and not now & before)
        asked(10)
        server.stop()
        server.start()
        asked(10)
    finally:
        over.set()
        for each in asking:
            each.join()
    assert trouble == []


def test_with_zonemap_gone_there_is_a_page_that_says_what_the_desk_does(server: ServerUnderTest) -> None:
    server._held.close()
    server.stop()

    answer = Browser(server).get("/signin")

    assert answer.status in (502, 503)
    assert answer.h1 == "Not at the moment"
    assert "ask them to wait in the public area" in " ".join(answer.tree.text().split())
    assert answer.headers["Cache-Control"] == "no-store"


def test_no_log_holds_an_address_a_name_or_what_was_asked(server: ServerUnderTest) -> None:
    said = server.log.read_text()
    assert '"route": "/account"' in said  # ZONEMAP_LOG_ANSWERS
    for file in (server.log, server.folder / "zonemap.log", server.folder / "nginx.log", server.folder / "nginx.said"):
        text = file.read_text() if file.exists() else ""
        assert not re.search(r"127\.0\.0\.[234]|10\.9\.8\.7|@clinic|Ana|[0-9a-f]{32}", text), text
