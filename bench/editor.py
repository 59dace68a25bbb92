"""The editor in a real Chromium: a floor of 2,000 rooms against the same editor with the same picture and no room."""

from __future__ import annotations

import gzip
import io
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from waitress import create_server

from bench.measure import Row, Skipped
from bench.server import TOKEN, sign_in
from zonemap.intake.guard import read
from zonemap.intake.sheet import Sheet
from zonemap.model.plan import Door, Floor, Picture, Room, Scale
from zonemap.model.zone import ZoneClass
from zonemap.settings import settings_from
from zonemap.storage.store import Store
from zonemap.web.app import create_app
from zonemap.work.sample import load_sample

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ACROSS, UP = 50, 40  # rooms
SIZE = 4.0  # metres
PX = 30  # of the picture, a metre: 6,000 x 4,800 in all
FRAMES = 30  # one frame lasts 16.7 ms where nothing holds it up
LARGE, EMPTY = "2" * 32, "0" * 32
CORNER = {"room": f"r{ACROSS // 2}-{UP // 2}", "corner": [ACROSS // 2 * SIZE, UP // 2 * SIZE]}

# Moves of the pointer, one a frame: from the middle of the plan, or from a corner that four rooms share.
_DRAG = """async ([from, frames]) => {
    const editor = document.querySelector("[data-editor]").editor;
    const viewport = editor.map.getViewport();
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const box = viewport.getBoundingClientRect();
    const send = (type, [x, y], target) => target.dispatchEvent(new PointerEvent(type, {
        bubbles: true, cancelable: true, pointerId: 1, isPrimary: true, pointerType: "mouse", button: 0,
        buttons: type === "pointerup" ? 0 : 1, clientX: box.left + x, clientY: box.top + y,
    }));
    let [x, y] = [box.width / 2, box.height / 2];
    if (from) {
        editor.selection.select("room", from.room);
        [x, y] = editor.map.getPixelFromCoordinate(from.corner);
    }
    await frame();
    send("pointerdown", [x, y], viewport);
    for (let i = 1; i <= frames; i++) {
        send("pointermove", [x + (i % 9), y + ((2 * i) % 14)], document);
        await frame();
    }
    send("pointerup", [x, y], document);
}"""

# The same with the time between one frame and the next, in milliseconds.
_TIMED = f"""async (given) => {{
    const times = [];
    let running = true;
    const note = (now) => {{
        times.push(now);
        if (running) requestAnimationFrame(note);
    }};
    requestAnimationFrame(note);
    await ({_DRAG})(given);
    running = false;
    return times.slice(1).map((time, place) => time - times[place]);
}}"""


def scores() -> Iterator[str]:
    """What a person sees: ready after how long, each frame of a pan and of a corner's drag, and the bundle's size."""
    bundle = Path(__file__).parents[1] / "static" / "dist" / "editor.js"
    if bundle.is_file():
        yield f"the editor's bundle, gzipped: {len(gzip.compress(bundle.read_bytes(), mtime=0)) / 1000:.0f} kB"
    with _opened() as (browser, address):
        if browser is None:
            return
        large, empty = ((_page(browser, address), f"{address}floors/{floor}/") for floor in (LARGE, EMPTY))
        times = [(_until_ready(*large), _until_ready(*empty)) for _ in range(8)][1:]  # the first fills the caches
        yield f"2,000 rooms and their doors, until ready: {_spread([first for first, _ in times])}"
        yield f"the same picture, empty, until ready: {_spread([second for _, second in times])}"
        for deed, (page, _), corner in (
            ("panning, 2,000 rooms and their doors", large, None),
            ("dragging a corner shared by four", large, CORNER),
            ("panning, the same picture, empty", empty, None),
        ):
            yield f"a frame of {deed}: {_frames(browser, page, corner)}"


def _until_ready(page: Any, address: str) -> float:
    """Milliseconds from going to the editor until it can be worked with. Then waits until all is loaded."""
    began = time.perf_counter()
    page.goto(address)
    page.wait_for_selector("[data-editor][data-ready]")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    took = time.perf_counter() - began
    page.wait_for_load_state("networkidle")
    return took * 1000


def _frames(browser: Any, page: Any, from_: Mapping[str, object] | None) -> str:
    """How far frames lie apart, and how much of the processor each takes: a busy computer tells only in the first."""
    devtools = browser.new_browser_cdp_session()

    def worked() -> float:
        processes = devtools.send("SystemInfo.getProcessInfo")["processInfo"]
        return sum(float(each["cpuTime"]) for each in processes if each["type"] == "renderer") * 1000

    page.evaluate(_TIMED, [from_, FRAMES])
    before = worked()
    times = [each for _ in range(5) for each in page.evaluate(_TIMED, [from_, FRAMES])]
    return f"{_spread(times)}; {(worked() - before) / len(times):.1f} ms of the page's processor"


def _spread(milliseconds: list[float]) -> str:
    ordered = sorted(milliseconds)
    late = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"{statistics.median(ordered):.1f} ms in the median, {late:.1f} ms at the 95th of a hundred"


def rows() -> Iterator[Row | Skipped]:
    """Each frame of panning and of dragging a corner. What opening takes is told in ``scores``."""
    with _opened() as (browser, address):
        if browser is None:
            yield Skipped("the editor with 2,000 rooms", address)
            return
        large, empty = (_page(browser, address) for _ in range(2))
        for page, floor in ((large, LARGE), (empty, EMPTY)):
            _until_ready(page, f"{address}floors/{floor}/")
        frame = _drags(empty, None)
        yield Row("a frame of panning, 2,000 rooms", _drags(large, None), "a frame, empty", frame, parts=FRAMES)
        yield Row("a frame of dragging a corner", _drags(large, CORNER), "a frame, empty", frame, parts=FRAMES)


@contextmanager
def _opened() -> Iterator[tuple[Any, str]]:
    """A browser and the address of a server with both floors; None and what is missing where there is no browser."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        yield None, "playwright"
        return
    chromium = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if chromium is None:
        yield None, "Chromium"
        return
    with _served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser, address
        browser.close()


def _page(browser: Any, address: str) -> Any:
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    context.add_cookies([{"name": "zonemap", "value": TOKEN, "url": address}])
    page = context.new_page()
    # What is dragged stays in the page: each run begins on the same floor, and no save is measured along.
    page.route("**/draft", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def _drags(page: Any, corner: Mapping[str, object] | None) -> Callable[[], object]:
    return lambda: page.evaluate(_DRAG, [corner, FRAMES])


@contextmanager
def _served() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_from({"ZONEMAP_DATA": folder})
        store = Store.open(settings)
        facility = load_sample(store, settings.floorplans, now=datetime.now(UTC))
        sign_in(store)
        sheet = _sheet()
        with store.begin() as books:
            for floor_id, rooms, doors in ((LARGE, tuple(_rooms()), tuple(_doors())), (EMPTY, (), ())):
                picture = Picture(f"picture-{floor_id[0]}", sheet.width_px, sheet.height_px)
                books.pictures.add(picture.id, facility, sheet.png, sheet.tiles)
                floor = Floor(floor_id, facility, "Bench", 0, picture, Scale(1 / PX), rooms, doors)
                books.floors.add(floor, saved_at=datetime.now(UTC), saved_by="Ana Ruiz")
        store.close()
        # In a process of its own, as a server is: it must not share the interpreter with who looks at the clock.
        command = [sys.executable, "-c", "from bench.editor import serve; serve()", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1], text=True) as process:
            assert process.stdout
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}/"
            process.terminate()


def serve() -> None:
    """Serve the data in the folder that the command names, on a port that is told in the first line."""
    settings = settings_from({"ZONEMAP_DATA": sys.argv[1]})
    server = create_server(create_app(settings, Store.open(settings)), host="127.0.0.1", port=0, threads=16)
    print(server.effective_port, flush=True)
    server.run()


def _sheet() -> Sheet:
    """A plan with the walls of all rooms, read as an upload is read."""
    wide, high = round(ACROSS * SIZE * PX), round(UP * SIZE * PX)
    picture = Image.new("L", (wide, high), 255)
    pen = ImageDraw.Draw(picture)
    for x in range(0, wide + 1, round(SIZE * PX)):
        pen.line((x, 0, x, high), 0, 5)
    for y in range(0, high + 1, round(SIZE * PX)):
        pen.line((0, y, wide, y), 0, 5)
    written = io.BytesIO()
    picture.save(written, "PNG")
    found = read(written.getvalue())
    assert isinstance(found, Sheet)
    return found


def _rooms() -> Iterator[Room]:
    """Squares of eight corners, side by side; a column in eight is public."""
    half = SIZE / 2
    steps = ((0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1))
    for column in range(ACROSS):
        zone = ZoneClass.PUBLIC if column % 8 == 0 else ZoneClass.PRIVATE
        for row in range(UP):
            ring = tuple((column * SIZE + x * half, row * SIZE + y * half) for x, y in steps)
            yield Room(f"r{column}-{row}", ring, f"{column}{row:02}", "Exam", zone)


def _doors() -> Iterator[Door]:
    """From each room a door to the one on its right."""
    for column in range(ACROSS - 1):
        for row in range(UP):
            x, y = (column + 1) * SIZE, (row + 0.5) * SIZE
            rooms = (f"r{column}-{row}", f"r{column + 1}-{row}")
            yield Door(f"d{column}-{row}", ((x, y - 0.45), (x, y + 0.45)), rooms, str(column * UP + row + 1))
