from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.server import Server
from zonemap.settings import settings_from
from zonemap.storage.store import Books, Store

SOURCE = Path(__file__).resolve().parents[2] / "static" / "src" / "editor"
ORIGIN = "http://editor.test"
sync_api = pytest.importorskip("playwright.sync_api")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in BROWSERS if (path := shutil.which(name))), None)
SAMPLE_FLOOR = "c2e6b8a04f1d4a53938e7d60f5a1b9c4"
PASSWORD = "a long sentence nobody guesses"  # noqa: S105 - of a server that lives for one test


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium, or a skip that names the one command which adds it."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here; this adds it: sudo apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path / "data") as started:
        yield started


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> tuple[Path, Any]:
    """A data folder with the sample clinic and an administrator, to copy; and the cookies of that administrator."""
    data = tmp_path_factory.mktemp("sample") / "data"
    context = browser.new_context()
    with Server(data, "--sample") as started:
        become_administrator(context.new_page(), started)
    state = context.storage_state()
    context.close()
    return data, state


@pytest.fixture
def sample_server(tmp_path: Path, sample_data: tuple[Path, Any]) -> Iterator[Server]:
    """A server with the sample clinic; ``signed_in`` opens pages of its administrator."""
    shutil.copytree(sample_data[0], tmp_path / "data", symlinks=True)
    with Server(tmp_path / "data") as started:
        yield started


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory, sample_data: tuple[Path, Any]) -> Iterator[Server]:
    """One server with the sample clinic for all tests of a file: what one of them saves, the next one finds."""
    data = tmp_path_factory.mktemp("shared") / "data"
    shutil.copytree(sample_data[0], data, symlinks=True)
    with Server(data) as started:
        yield started


@pytest.fixture
def signed_in(open_page: Callable[..., Any], sample_data: tuple[Path, Any]) -> Callable[..., Any]:
    """Opens a page that is signed in at the sample server."""
    return lambda **options: open_page(storage_state=sample_data[1], **options)


@pytest.fixture
def floor_url(shared_server: Server, sample_data: tuple[Path, Any], signed_in: Callable[..., Any]) -> tuple[Any, str]:
    """A signed-in page, and the address of the sample clinic's floor: as it was at first, whatever was drawn before."""
    with stored(sample_data[0]) as at_first:
        drawn = at_first.floors.get(SAMPLE_FLOOR).floor
    with stored(shared_server.data) as books:
        now = books.floors.get(SAMPLE_FLOOR)
        if now.floor != drawn:
            books.floors.save(drawn, now.version, saved_at=now.saved_at, saved_by=now.saved_by)
    return signed_in(), f"{shared_server.url}/floors/{SAMPLE_FLOOR}/"


@contextmanager
def stored(data: Path) -> Iterator[Books]:
    """What a server has in its folder."""
    store = Store.open(settings_from({"ZONEMAP_DATA": str(data)}))
    with store.begin() as books:
        yield books
    store.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens a page in a browser profile of its own; an error of a script, or a request to elsewhere, fails the test.

    A picture of each page as it was at the end is left in the test's temporary folder.
    """
    contexts, problems = [], []

    def new_page(**options: Any) -> Any:
        context = browser.new_context(**({"viewport": {"width": 1440, "height": 1000}} | options))
        context.set_default_timeout(15_000)
        contexts.append(context)
        context.on("request", lambda request: note_request(request.url, problems))
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: _note(message, problems))
        return page

    yield new_page
    for number, context in enumerate(contexts):
        for page in context.pages:
            page.screenshot(path=tmp_path / f"last-{number}.png")
        context.close()
    assert problems == []


def note_request(url: str, problems: list[str]) -> None:
    """No page asks anybody but the server that it came from, or the folder."""
    if not url.startswith(("http://127.0.0.1:", "http://localhost:", "file:", "data:", "blob:", "about:")):
        problems.append(f"asked from elsewhere: {url}")


def _note(message: Any, problems: list[str]) -> None:
    """What breaks the content policy is told in the console."""
    if message.type == "error" and "Content Security Policy" in message.text:
        problems.append(message.text)


def become_administrator(page: Any, server: Server) -> Any:
    """Make the first administrator through the link that the server printed; the page is then signed in."""
    page.goto(server.link)
    page.get_by_label("Name").fill("Ana Ortiz")
    page.get_by_label("Email").fill("ana@example.org")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url(f"{server.url}/")
    return page


@pytest.fixture
def first_administrator(server: Server, open_page: Callable[..., Any]) -> Any:
    """A page, signed in as the first administrator of an empty server."""
    return become_administrator(open_page(), server)


# --- the editor's modules that draw nothing, without a server: plain values in, plain values out -------------------


@pytest.fixture(scope="session")
def run(browser: Any) -> Iterator[Callable[..., Any]]:
    """``run(script, argument)``: the body of an async function, which may ``import("/plan.js")``, gives its value."""
    page = browser.new_page()
    page.route(f"{ORIGIN}/**", _answer)
    page.goto(f"{ORIGIN}/")
    yield lambda script, argument=None: page.evaluate(f"async (given) => {{ {script} }}", argument)
    page.close()


def _answer(route: Any) -> None:
    name = route.request.url.removeprefix(ORIGIN).lstrip("/")
    if name.endswith(".js") and (SOURCE / name).is_file():
        route.fulfill(body=(SOURCE / name).read_bytes(), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>editor</title>", content_type="text/html")
