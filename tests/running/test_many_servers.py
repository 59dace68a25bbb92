"""Several servers on one PostgreSQL: gunicorn and nginx twice, each with an empty folder of its own, started at once.

What somebody does on one is there on the other at once, and nothing that is worth keeping lies in a folder.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage

from tests.conftest import database_url
from tests.running import server as running
from tests.running.browser import Answer, Browser
from tests.running.server import ROOT, ServerUnderTest, until
from zonemap.model.person import Account, Role
from zonemap.settings import settings_from
from zonemap.storage.migrations import newest, revision_in
from zonemap.storage.store import Store
from zonemap.work.desk_tables import FOLDER
from zonemap.work.passwords import hash_password
from zonemap.work.sample import load_sample
from zonemap.work.throttle import OF_ACCOUNT

pytest.importorskip("gunicorn", reason="pip install 'zonemap[server]' for the tests of a server")
pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="a server of this kind runs on Linux"),
    pytest.mark.skipif(bool(running.MISSING), reason=running.NEEDED),
]
PASSWORD, WRONG = "four words in one row", "wrong words in one row"
ANA, BO = "ana@clinic.example", "bo@clinic.example"
JSON = "application/json"


class Pair:
    """Two servers, and a maker of packs beside the second."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        given = {"ZONEMAP_DATABASE_URL": url}
        self.a = ServerUnderTest(folder / "a", **given)
        self.b = ServerUnderTest(folder / "b", **given)
        self.both = (self.a, self.b)

    def start(self, around: ExitStack) -> None:
        """Both at the same moment."""
        at_once, trouble = threading.Barrier(2), []

        def start(server: ServerUnderTest) -> None:
            at_once.wait()
            try:
                around.enter_context(server)
            except BaseException as error:
                trouble.append(error)

        starting = [threading.Thread(target=start, args=(each,)) for each in self.both]
        for each in starting:
            each.start()
        for each in starting:
            each.join()
        assert trouble == []
        self.links = [re.search(r"/first/[\w-]+", each.log.read_text()) for each in self.both]

    def store(self) -> Store:
        return Store.open(settings_from({"ZONEMAP_DATABASE_URL": self.url}))


@pytest.fixture(scope="module")
def pair(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """On a database in which nothing is yet; then the sample clinic, and Bo, who may draw."""
    url = database_url(postgresql_server, "zonemap_many_servers", make=True)
    servers = Pair(url, tmp_path_factory.mktemp("many"))
    with ExitStack() as around:
        servers.start(around)
        with closing(servers.store()) as store:
            load_sample(store, settings_from({}).floorplans, now=datetime.now(UTC))
        yield servers


@pytest.fixture(scope="module")
def ana(pair: Pair) -> Browser:
    """The first administrator, made with the link; signed in on A."""
    working = []
    for link in pair.links:
        assert link is not None
        browser = Browser(pair.a)
        page = browser.get(link[0])
        if page.status == 200:
            working.append((browser, page, link[0]))
    ((browser, page, link),) = working
    made = browser.send(page, link, name="Ana Ruiz", email=ANA, password=PASSWORD, again=PASSWORD)
    assert made.status == 303, made.body
    with closing(pair.store()) as store, store.begin() as books:
        bo = Account("b" * 32, "Bo Lee", BO, frozenset({Role.MANAGER}))
        books.accounts.add(bo, hash_password(PASSWORD))
    return browser


def on(server: ServerUnderTest, browser: Browser) -> Browser:
    """The same browser, whose requests are now led to another server."""
    moved = Browser(server)
    moved.cookies = browser.cookies
    return moved


def signed_in(server: ServerUnderTest, email: str) -> Browser:
    browser = Browser(server, "127.0.0.2")
    answer = browser.send(browser.get("/signin"), "/signin", email=email, password=PASSWORD)
    assert answer.status == 303, answer.body
    return browser


def clinic(browser: Browser) -> str:
    found = re.search(rb"/facilities/[0-9a-f]{32}/", browser.get(browser.get("/").headers["Location"] or "/").body)
    assert found
    return found[0].decode()


def floor(browser: Browser) -> str:
    found = re.search(rb"/floors/[0-9a-f]{32}/", browser.get(f"{clinic(browser)}plans/").body)
    assert found
    return found[0].decode()


def draft(browser: Browser) -> dict[str, object]:
    found = browser.json(f"{floor(browser)}draft")
    assert isinstance(found, dict)
    return found


def save(browser: Browser, version: object, name: str, room_id: str) -> Answer:
    """Put a room onto the floor, far away from all others."""
    at = 500.0 + 5 * int(room_id[1:])
    ring = [[at, 500.0], [at + 4, 500.0], [at + 4, 504.0], [at, 504.0]]
    change = {"put": "room", "value": {"id": room_id, "name": name, "class": "private", "ring": ring}}
    body = json.dumps({"version": version, "changes": [change]}).encode()
    token = browser.token(browser.get("/account"))
    where = f"{floor(browser)}draft"
    return browser.ask("POST", where, body, Content_Type=JSON, X_CSRF_Token=token, Sec_Fetch_Site="same-origin")


def rooms(browser: Browser) -> set[str]:
    return set(re.findall(r"Room r\d+", json.dumps(draft(browser))))


def test_servers_that_start_at_once_on_an_empty_database_bring_it_up_to_date_without_an_error(pair: Pair) -> None:
    with closing(pair.store()) as store:
        assert revision_in(store.engine) == newest()
    for server in pair.both:
        assert not re.search(r"Traceback|rror|WARNING", server.log.read_text()), server.log.read_text()


def test_who_signs_in_on_one_is_signed_in_on_the_other_until_they_sign_out_anywhere(pair: Pair, ana: Browser) -> None:
    there, other = on(pair.b, ana), signed_in(pair.b, ANA)
    assert [each.get("/account").status for each in (ana, there, other)] == [200, 200, 200]

    assert ana.send(ana.get("/account"), "/account/sessions/end-others").status == 303
    assert [each.get("/account").status for each in (ana, there, other)] == [200, 200, 303]

    leaves = signed_in(pair.b, ANA)
    kept = on(pair.a, leaves)
    kept.cookies = dict(leaves.cookies)
    assert kept.get("/account").status == 200
    assert leaves.send(leaves.get("/account"), "/signout").status == 303
    assert kept.get("/account").status == 303


def test_what_one_saves_the_other_shows_at_once_and_of_two_editors_one_is_told(pair: Pair, ana: Browser) -> None:
    bo = signed_in(pair.b, BO)
    for number in range(5):
        before = draft(ana)["version"]
        assert draft(bo)["version"] == before
        assert save(ana, before, f"Room r{number}", f"r{number}").status == 200
        assert f"Room r{number}" in rooms(bo)

        late = save(bo, before, "Room r90", "r90")

        assert late.status == 409
        assert "Ana Ruiz" in late.body.decode()
    assert "Room r90" not in rooms(ana)


def test_what_is_uploaded_to_one_is_served_by_the_other(pair: Pair, ana: Browser) -> None:
    here, there = clinic(ana), on(pair.b, ana)
    out = BytesIO()
    Image.effect_noise((700, 500), 90).save(out, "PNG")
    page = ana.get(f"{here}plans/")
    plan = FileStorage(BytesIO(out.getvalue()), "plan.png")
    done = ana.upload(page, f"{here}plans/", name="Second floor", level="1", plan=plan)
    assert done.status == 303, done.body.decode()[:3000]

    shown = there.get(done.headers["Location"])
    picture = re.search(rb"/pictures/[0-9a-f]{32}", shown.body)
    assert picture
    for path in (f"{picture[0].decode()}.png", f"{picture[0].decode()}/0/0/0.png"):
        a, b = ana.get(path), there.get(path)
        assert (a.status, b.status) == (200, 200), path
        assert a.body == b.body


def test_a_computer_paired_on_one_has_its_desk_on_the_other_and_both_name_the_same_table(
    pair: Pair, ana: Browser
) -> None:
    here = clinic(ana)
    shown = ana.send(ana.get(f"{here}devices/"), f"{here}devices/", name="Front desk")
    code = shown.tree.css_first(".pair-code").text(strip=True)
    computer = Browser(pair.b)
    assert computer.send(computer.get("/pair"), "/pair", code=code).status == 303
    on_a = on(pair.a, computer)

    hashes = [set(re.findall(rb'"hash":"(\w+)"', each.get(f"{here}desk/data.js").body)) for each in (computer, on_a)]

    assert hashes[0]
    assert hashes[0] == hashes[1]
    (removal,) = re.findall(rf"{here}devices/\w+/remove", ana.get(f"{here}devices/").body.decode())
    assert ana.send(ana.get("/account"), removal).status == 303
    assert [each.get(f"{here}desk/").status for each in (computer, on_a)] == [303, 303]


def test_tries_of_a_password_are_counted_for_both_together(pair: Pair, ana: Browser) -> None:
    said = []
    for number in range(OF_ACCOUNT.tries + 2):
        guesser = Browser(pair.both[number % 2], "127.0.0.3")
        page = guesser.get("/signin")
        said.append(guesser.send(page, "/signin", email=BO, password=WRONG).status)

    assert said == [400] * OF_ACCOUNT.tries + [429] * 2


class Drawing(threading.Thread):
    """Saves one room after another until told to leave off; notes which were acknowledged, and what else was said."""

    def __init__(self, browser: Browser) -> None:
        super().__init__()
        self.saved: list[str] = []
        self.said: set[int] = set()
        self.over = threading.Event()
        self._browser = browser

    def run(self) -> None:
        for number in range(100, 1000):
            if self.over.is_set():
                return
            name = f"Room r{number}"
            try:
                status = save(self._browser, draft(self._browser)["version"], name, f"r{number}").status
            except (OSError, AssertionError, ValueError):  # a page that nginx makes: nobody is behind it
                continue
            self.said.add(status)
            if status == 200:
                self.saved.append(name)


@contextmanager
def maker_of_packs(pair: Pair, folder: Path) -> Iterator[None]:
    """``zonemap jobs``, as it would run beside B."""
    environment = os.environ | {"ZONEMAP_DATABASE_URL": pair.url, "ZONEMAP_DATA": str(folder)}
    command = [sys.executable, "-m", "zonemap", "jobs"]
    with subprocess.Popen(command, env=environment | {"PYTHONPATH": str(ROOT)}, cwd=ROOT) as maker:
        try:
            yield
        finally:
            maker.terminate()


def test_one_is_killed_in_the_middle_and_the_other_goes_on_with_all_that_was_said_to_be_saved(
    pair: Pair, ana: Browser, tmp_path: Path
) -> None:
    here, there, drawing = clinic(ana), on(pair.b, ana), Drawing(ana)
    drawing.start()
    try:
        until(lambda: len(drawing.saved) >= 3)
        page = ana.get(f"{here}packs/")
        asked = ana.send(page, f"{here}packs/", chosen="1", paper="letter", form="csv")
        assert asked.status == 303, asked.body
        job = asked.headers["Location"]
        pair.a.kill()  # and with it the maker of packs that it has just started
        before = list(drawing.saved)

        assert set(before) <= rooms(there)
        with maker_of_packs(pair, tmp_path):
            until(lambda: state_of(there, job) == "done")

        pair.a.start()
        until(lambda: len(drawing.saved) > len(before))
    finally:
        drawing.over.set()
        drawing.join()
    assert set(drawing.saved) <= rooms(there)
    made = [each.get(f"{job}/file") for each in (ana, there)]
    assert [each.status for each in made] == [200, 200]
    assert made[0].body == made[1].body
    assert made[0].body.count(b"\n") > 5


def state_of(browser: Browser, job: str) -> object:
    found = browser.json(job)
    assert isinstance(found, dict)
    return found["state"]


def test_nothing_but_the_tables_of_the_desk_lies_in_the_folder_of_a_server(pair: Pair, ana: Browser) -> None:
    """Those are made again where they are missing: of all else there is one copy, in the database."""
    left = {path.relative_to(each.data).parts[0] for each in pair.both for path in each.data.rglob("*")}
    assert left == {FOLDER}
