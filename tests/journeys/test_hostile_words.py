"""Two hundred words and drawings that would run in a browser, shown by every page that shows them: nothing runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from hostile import payloads, seeds
from tests.journeys.conftest import SAMPLE_FLOOR, stored
from tests.journeys.every_page import CLINIC, pages
from zonemap.model.facility import Contact, ContactRole, Designation
from zonemap.model.plan import Door, Room
from zonemap.model.sign import OwnWords, SignKind, SignPlan
from zonemap.model.zone import ZoneClass

pytestmark = pytest.mark.journey

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ACROSS = 12  # rooms side by side
# Where what was uploaded or typed is shown the most; with -m long every page is opened.
DAILY = ("/floors/{}/", "/floors/{}/?table", "/floors/{}/designations/2", "/facilities/{}/", "/facilities/{}/plans/")
# Nothing of a page may be able to run: no handler, no address of a script, no script but those that come as files.
ARMED = """() => [...document.querySelectorAll("*")].filter((each) =>
    [...each.attributes].some((said) => /^on/i.test(said.name)
        || (/^(href|src|action|formaction|data|xlink:href|srcdoc)$/i.test(said.name)
            && /^[\\s\\0-\\x20]*(javascript|vbscript|data:text)/i.test(said.value)))
    || (each.localName === "script" && !each.src && !/json/.test(each.type))
    || ["iframe", "object", "embed", "base"].includes(each.localName)
).map((each) => each.outerHTML.slice(0, 200))"""


class Watched:
    """A page that notes whatever ran or tried to."""

    def __init__(self, page: Any) -> None:
        self.page, self.fired = page, list[str]()
        page.on("dialog", lambda dialog: (self.fired.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.context.on("page", lambda other: self.fired.append(f"window: {other.url}"))

    def opened(self, url: str) -> None:
        answer = self.page.goto(url)
        assert answer.status in (200, 400, 409), f"{url} answered {answer.status}"  # or a sentence: no sheet holds it
        self.look(url)

    def look(self, where: str) -> None:
        ran = self.page.evaluate("() => window.zonemapFired instanceof Element ? [] : window.zonemapFired || []")
        armed = self.page.evaluate(ARMED)
        self.fired += [f"{where}: {each}" for each in (*ran, *armed)]


def rooms_called(words: list[str]) -> tuple[tuple[Room, ...], tuple[Door, ...]]:
    """Rooms in a grid, each called by one of these words, every other one private, with a door to its neighbour."""
    rooms, doors = [], []
    for number, said in enumerate(words):
        x, y = 2.0 * (number % ACROSS), 2.0 * (number // ACROSS)
        ring = ((x, y), (x + 2, y), (x + 2, y + 2), (x, y + 2))
        kind = (ZoneClass.PUBLIC, ZoneClass.PRIVATE)[number % 2]
        rooms.append(Room(f"r{number}", ring, said[:24], said, kind, (), said, said, said if number % 9 == 0 else ""))
        if number % 2:
            doors.append(Door(f"d{number}", ((x, y + 0.5), (x, y + 1.4)), (f"r{number - 1}", f"r{number}"), said[:8]))
    return tuple(rooms), tuple(doors)


def written(data: Path, words: list[str]) -> None:
    """Put the words wherever the database has room for words, past everything that would refuse them."""
    said = iter(words * 3)
    rooms, doors = rooms_called(words)
    with stored(data) as books:
        facility = replace(
            books.facilities.get(CLINIC), name=next(said), street=next(said), suite=next(said), city=next(said)
        )
        books.facilities.save(facility)
        now = books.floors.get(SAMPLE_FLOOR)
        floor = replace(now.floor, name=next(said), rooms=rooms, doors=doors, waiting_spot=(1.0, 1.0))
        saved = books.floors.save(floor, now.version, saved_at=NOW, saved_by=next(said))
        books.designations.add(Designation("d0" * 16, facility, floor, saved.version, 2, NOW, next(said)))
        people = [
            Contact(f"c{n}", CLINIC, role, next(said), next(said), next(said), n) for n, role in enumerate(ContactRole)
        ]
        books.contacts.replace(CLINIC, tuple(people))
        own = OwnWords(SignKind.RECORDS, "en", next(said), next(said), next(said), next(said), date(2026, 1, 2))
        plan = books.sign_plans.of(CLINIC)
        books.sign_plans.save(
            CLINIC, SignPlan(own_words=(own,), version=plan.version), saved_at=NOW, saved_by=next(said)
        )


def addressed(pattern: str) -> str:
    return pattern.format(SAMPLE_FLOOR if pattern.startswith("/floors") else CLINIC)


def upload(watched: Watched, url: str, name: str, data: bytes, said: str) -> None:
    """Send a plan as a person does, and look at whatever page comes of it."""
    page = watched.page
    page.goto(f"{url}/facilities/{CLINIC}/plans/")
    form = page.locator("form", has=page.locator("input[type=file]")).first
    form.locator("input[name=name]").fill(said)
    form.locator("input[type=file]").set_input_files({"name": name or "x", "mimeType": "image/svg+xml", "buffer": data})
    with page.expect_navigation():
        form.evaluate("(form) => form.submit()")
    watched.look(f"{name} uploaded")


def test_words_that_would_run_are_only_shown(sample_server: Any, signed_in: Any) -> None:
    written(sample_server.data, payloads.words()[:: len(payloads.words()) // 24])
    watched = Watched(signed_in())
    for pattern in DAILY:
        watched.opened(sample_server.url + addressed(pattern))
    watched.opened(f"{sample_server.url}/facilities/{CLINIC}/signs/{SAMPLE_FLOOR}/d1.1.svg")
    shapes = b"".join(payloads.drawings())
    upload(watched, sample_server.url, "<img src=x onerror=alert(1)>.svg", seeds.svg(shapes.decode()), "Upstairs")
    assert watched.page.url.endswith("/scale")
    assert watched.fired == []


@pytest.mark.long
def test_two_hundred_words_and_drawings_run_on_no_page(sample_server: Any, signed_in: Any) -> None:
    assert len(list(payloads.every())) >= payloads.ENOUGH
    written(sample_server.data, payloads.words())
    watched, url = Watched(signed_in()), sample_server.url
    every = [*map(addressed, DAILY), *pages()]
    for path in every:
        watched.opened(url + path)
    sheets = [f"/facilities/{CLINIC}/signs/{SAMPLE_FLOOR}/d{number}.1.svg" for number in range(1, 60, 2)]
    for path in sheets:
        watched.opened(url + path)
    for number, drawing in enumerate(payloads.drawings()):
        upload(watched, url, f"plan {number}.svg", seeds.svg(drawing.decode()), f"Floor {number}")
    for name, said in zip(payloads.names(), payloads.words()[-20:], strict=True):
        upload(watched, url, name, b"<html><script>window.zonemapFired=[9]</script>", said[:60])
    assert watched.fired == []
    print(f"{len(list(payloads.every()))} payloads, {len(every)} pages, {len(sheets)} sheets, nothing ran")  # noqa: T201
