"""Makes the pictures of the guide and the README from the real pages: ``make screenshots``.

Starts zonemap with the sample clinic on a free port and an empty data folder, drives Chromium through it, and writes
``docs/guide/*.png``. They are kept with a palette, because the pages have few colours: a third of the bytes.
Names of pictures as arguments: only those are made.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from browser import chromium
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "guide"
PORT = int(os.environ.get("PORT", "8108"))
ADDRESS = f"http://127.0.0.1:{PORT}"
PASSWORD = "seven quiet herons at noon"  # noqa: S105 - of a database that lives for a minute
WIDE, TALL, PHONE = ({"width": w, "height": h} for w, h in ((1280, 860), (1440, 1240), (390, 844)))
COLOURS = 255
QUESTIONS_MOST = 25
# An immigration officer's warrant for an arrest (I-200), and an officer who wants to go in with it.
PAPER = {
    "danger_now": "no",
    "entering_now": "no",
    "custody_escort": "no",
    "wants": "enter_private",
    "agency": "ice",
    "id_shown": "yes",
    "paper": "paper",
    "top_heading": "dhs",
    "title": "warrant_for_arrest_of_alien",
    "signer_label": "immigration_officer",
    "signed": "yes",
    "names_this_place": "no_place_stated",
}


@dataclass(frozen=True)
class Shot:
    """One picture: what to do on which page, and how large the window is."""

    name: str
    path: str
    act: Callable[[Any], None] | None = None
    window: dict[str, int] = field(default_factory=lambda: WIDE)


def main() -> None:
    """Make them all."""
    GUIDE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, serving(data) as link, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport=WIDE)
        page.goto(link)
        sign_in(page)
        page.get_by_role("link", name="Juniper Street").first.click()
        facility = page.url.removeprefix(ADDRESS)
        page.get_by_role("link", name="First floor").first.click()
        floor = page.url.removeprefix(ADDRESS)
        wanted = set(sys.argv[1:])
        for shot in shots(facility, floor):
            if not wanted or shot.name in wanted:
                take(page, shot)
        browser.close()


def shots(facility: str, floor: str) -> Iterator[Shot]:
    """What the guide shows, in its order."""
    yield Shot("facility", facility)
    yield Shot("plans", f"{facility}plans/")
    yield Shot("scale", f"{floor}scale")
    yield Shot("editor", floor, open_a_room)
    yield Shot("finding", f"{facility}plans/", find_rooms)
    yield Shot("checks", f"{floor}checks")
    yield Shot("advisor", f"{facility}advisor/")
    yield Shot("signs", f"{facility}signs/")
    yield Shot("wall", f"{facility}wall/")
    yield Shot("people", "/people/")
    yield Shot("desk-question", f"{facility}desk/", lambda page: answer(page, until="signer_label"))
    yield Shot("desk-answer", f"{facility}desk/", answer, TALL)
    yield Shot("desk-phone", f"{facility}desk/", answer, PHONE)
    yield Shot("desk-computers", f"{facility}devices/")
    yield Shot("desk-photo", f"{facility}desk/", offer_a_photo)
    yield Shot("desk-papers", f"{facility}desk-papers/")
    yield Shot("practice", f"{facility}practice/", practice)
    yield Shot("visit-areas", f"{facility}visits/", areas_asked)
    yield Shot("desk-spanish", f"{facility}desk/", in_spanish)  # last: the browser keeps the language


def answer(page: Any, *, until: str = "") -> None:
    """Answer the desk's questions about PAPER, to the result or to the question that is wanted."""
    for _ in range(QUESTIONS_MOST):
        if page.locator(".verdict").count():
            return
        asked = next(key for key in (*PAPER, "") if not key or page.locator(f".choices {said(key)}").count())
        if until and asked == until:
            return
        with page.expect_response(lambda response: response.request.method == "POST"):
            press(page, asked)
        page.wait_for_timeout(200)  # the script puts the new page in place of the old one


def in_spanish(page: Any) -> None:
    """The same answer in Spanish."""
    page.locator("button[name=language][value=es]").click()
    page.wait_for_selector("html[lang=es]")
    answer(page)


def offer_a_photo(page: Any) -> None:
    """The page on which a photo of the paper is taken."""
    answer(page, until="title")
    page.get_by_role("button", name=re.compile("^Take a photo")).click()


def areas_asked(page: Any) -> None:
    """A record in which two areas are picked on the map."""
    page.get_by_role("button", name="Begin a record now").click()
    page.get_by_role("heading", name=re.compile("^Visit of")).wait_for()
    for label in ("110 Hall", "127 Laboratory"):
        page.get_by_label(re.compile(f"^{label}")).check()
    page.locator("#asked-zones").evaluate("each => each.scrollIntoView()")


def practice(page: Any) -> None:
    """A made-up visit, after its first answer."""
    page.locator("button[name=choice][value=warrant-with-a-seal]").click()
    page.locator(".choices .answer").nth(3).click()
    page.wait_for_load_state()


def press(page: Any, asked: str) -> None:
    """Give the answer of PAPER; where it has none, say that one can't tell."""
    box = page.locator(f".choices input{said(asked)}")
    button = page.locator(f".choices button{said(asked)}")
    if box.count():
        box.check()
        page.locator("[data-continue]").click()
    else:
        (button if button.count() else page.locator(".answer-unsure").last).click()


def said(key: str) -> str:
    """Where the answer of PAPER stands among those to choose from."""
    return f"[name={key or 'none'}][value={PAPER.get(key)}]"


def open_a_room(page: Any) -> None:
    """Wait until the editor stands."""
    page.wait_for_selector("[data-editor][data-ready]")
    page.wait_for_timeout(1_000)


def find_rooms(page: Any) -> None:
    """Bring the sample's drawing once more, as somebody does who starts, and have its rooms found."""
    page.get_by_label("Name of the floor").fill("Second floor")
    page.get_by_label("Level").fill("1")
    page.locator("input[type=file]").set_input_files(ROOT / "floorplans" / "sample-clinic.svg")
    page.get_by_role("button", name="Add the floor").click()
    page.wait_for_url(re.compile(r"/scale$"))
    page.get_by_role("button", name="Yes, use this scale").click()
    open_a_room(page)
    page.locator("[data-tool]").filter(has_text="Find").click()
    page.get_by_role("button", name="Find all rooms").click()
    page.get_by_role("button", name=re.compile("^Keep all")).wait_for()


def take(page: Any, shot: Shot) -> None:
    """Make one picture."""
    page.set_viewport_size(shot.window)
    page.goto(ADDRESS + shot.path)
    if shot.act:
        shot.act(page)
    page.wait_for_load_state("networkidle")
    write(shot.name, page.screenshot())


def write(name: str, png: bytes) -> None:
    """Keep a picture with few colours."""
    few = (
        Image.open(io.BytesIO(png))
        .convert("RGB")
        .quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    )
    few.save(GUIDE / f"{name}.png", optimize=True)
    print(f"docs/guide/{name}.png")


def sign_in(page: Any) -> None:
    """Make the first administrator on the page that the link opened."""
    page.get_by_label("Your name").fill("Ana Ortiz")
    page.get_by_label("Email").fill("ana@clinic.example")
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url(f"{ADDRESS}/")


@contextmanager
def serving(data: str) -> Iterator[str]:
    """zonemap on PORT, with the sample; the link that it prints."""
    environment = os.environ | {"ZONEMAP_DATA": data, "ZONEMAP_PORT": str(PORT)}
    command = [sys.executable, "-m", "zonemap", "serve", "--sample"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            yield re.search(r"http\S+", server.stdout.readline())[0]  # type: ignore[index]
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
