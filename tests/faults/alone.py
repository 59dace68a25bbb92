"""A whole pass over zonemap where there is no network but loopback. Run by test_alone.py inside a network namespace.

One process is both: the administrator with browser and command line, and (forked from it) the server. What Python is
asked to reach is written down by an audit hook; what the system is asked, by strace, which test_alone.py puts around.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import socket
import struct
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from tests.faults.serving import free_port
from tests.journeys.server import share_tables
from zonemap.cli import main as zonemap

ROOT = Path(__file__).resolve().parents[2]
CLINIC = "Juniper Street Community Health Center"
PASSWORD = "a long sentence nobody guesses"  # noqa: S105 - of a server that lives for one test
WATCHED = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname")
PAGES_MOST = 30
_PATIENCE_S = 60
_NO_PAGES = re.compile(r"\.(pdf|svg|png|zip|csv|json|md|js|css|webmanifest|geojson)$|signout|offline|/static/|/first/")


def raise_loopback() -> None:
    """Switch loopback on, as a new namespace has it off; and be sure that it is all there is."""
    with socket.socket() as any_one:
        asked = struct.pack("16sh", b"lo", 0)
        flags = struct.unpack("16sh", fcntl.ioctl(any_one, 0x8913, asked))[1]  # SIOCGIFFLAGS
        fcntl.ioctl(any_one, 0x8914, struct.pack("16sh", b"lo", flags | 0x1))  # SIOCSIFFLAGS, IFF_UP
    routes = Path("/proc/net/route").read_text(encoding="ascii").splitlines()[1:]
    assert routes == [], "this is no namespace of its own: there is a way out"


def note_what_is_tried(file: Path) -> None:
    """Write down every address that Python is asked for, here and in whatever is forked from here."""
    notes = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(event: str, asked: tuple[object, ...]) -> None:
        if event in WATCHED:
            asked = tuple(each for each in asked if not isinstance(each, socket.socket))
            os.write(notes, (json.dumps([event, [str(each) for each in asked]]) + "\n").encode())

    sys.addaudithook(note)


class Browser:
    """Without scripts: follows links, fills in forms, keeps its cookies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.token = ""

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str, str]:
        """The status, where it leads to, and the text."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE_S)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        connection.request(method, path, body, sent | ({"Content-Type": kind} if kind else {}))
        answer = connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        if found := re.search(r'name="csrf-token" content="([^"]+)"', text):
            self.token = found[1]
        return answer.status, answer.headers.get("Location") or "", text

    def get(self, path: str) -> str:
        """A page. Follows where it leads to."""
        status, leads_to, text = self.ask("GET", path)
        if status in (302, 303):
            return self.get(leads_to)
        assert status == 200, f"GET {path} answered {status}: {text[:1000]}"
        return text

    def send(self, path: str, *fields: tuple[str, str], expect: int = 303) -> str:
        """Send a form. Gives where it leads to, or the page."""
        body = urlencode([("csrf_token", self.token), *fields]).encode()
        status, leads_to, text = self.ask("POST", path, body, "application/x-www-form-urlencoded")
        assert status == expect, f"POST {path} answered {status}: {text[:2000]}"
        return leads_to or text

    def upload(self, path: str, file: str, data: bytes, **fields: str) -> str:
        """Send a form with a file. Gives where it leads to."""
        parts = [f'form-data; name="{key}"\r\n\r\n{value}'.encode() for key, value in fields.items()]
        parts += [f'form-data; name="csrf_token"\r\n\r\n{self.token}'.encode()]
        parts += [f'form-data; name="plan"; filename="{file}"\r\n\r\n'.encode() + data]
        body = b"".join(b"--part\r\nContent-Disposition: " + part + b"\r\n" for part in parts) + b"--part--\r\n"
        status, leads_to, text = self.ask("POST", path, body, "multipart/form-data; boundary=part")
        assert status == 303, f"POST {path} answered {status}: {text[:2000]}"
        return leads_to


def start(data: Path, port: int) -> tuple[int, str]:
    """The server, forked, and the link that it printed."""
    log = data.parent / "serve.log"
    log.touch()
    server = os.fork()
    if server == 0:
        os.dup2(os.open(log, os.O_WRONLY), 1)
        os.dup2(1, 2)
        os._exit(zonemap(["serve", "--sample", "--port", str(port)]))
    until = time.monotonic() + _PATIENCE_S
    while not (found := re.search(r"http://\S*(/first/\S+)", log.read_text())):
        assert time.monotonic() < until and os.waitpid(server, os.WNOHANG) == (0, 0), log.read_text()  # noqa: PT018
        time.sleep(0.02)
    return server, found[1]


def in_the_browser(browser: Browser, link: str) -> Iterator[str]:
    """What an administrator and the desk do on the pages."""
    browser.get(link)
    who = (("name", "Ana Ortiz"), ("email", "ana@example.org"), ("password", PASSWORD), ("again", PASSWORD))
    browser.send(link, *who)
    yield "first administrator"
    seen, waiting = set(), ["/"]
    while waiting and len(seen) < PAGES_MOST:
        path = waiting.pop(0)
        if path not in seen and not _NO_PAGES.search(path.partition("?")[0]):
            seen.add(path)
            waiting += re.findall(r'href="(/[^"#]*)"', browser.get(path.replace("&amp;", "&")))
    yield f"{len(seen)} pages"
    plans = next(path for path in seen if re.fullmatch(r"/facilities/\w+/plans/", path))
    drawing = (ROOT / "floorplans" / "sample-clinic.svg").read_bytes()
    browser.get(plans)
    assert browser.upload(plans, "clinic.svg", drawing, name="Annex", level="3").endswith("/scale")
    yield "an upload"
    desk = plans.replace("plans/", "desk/")
    page = browser.get(desk)
    for _ in range(3):
        form = page[page.index('id="desk-form"') :]
        carried = re.findall(r'<input type="hidden" name="(?!csrf)(\w+)" value="([^"]*)"', form)
        button = re.search(r'<button[^>]* name="(\w+)" value="(\w+)"', form)
        assert button is not None
        page = browser.send(desk, *carried, (button[1], button[2]), expect=200)
    yield "three answers at the desk"
    said = browser.send(f"{desk}alert", ("place", ""), expect=400)
    assert "not set up here" in said
    yield "an alert that is not set up"


def on_the_command_line(folder: Path) -> Iterator[str]:
    """What the commands do, on the same data."""
    for command in (
        ["trace", str(ROOT / "floorplans" / "sample-clinic.svg"), "--out", str(folder / "rooms.geojson")],
        ["export", CLINIC, "--out", str(folder / "clinic.json")],
        ["print", CLINIC, "--out", str(folder / "signs"), "--kind", "notice"],
        ["backup-key", "--out", str(folder / "key")],
        ["backup", "--out", str(folder / "backup.age"), "--to", ""],
        ["import", str(folder / "clinic.json")],
        ["doctor"],
    ):
        if "--to" in command:
            command[-1] = re.findall(r"age1\w+", (folder / "key").read_text())[0]
        assert zonemap(command) == 0, command
        yield command[0]


def main(folder: Path) -> None:
    """Do all of it; write down what was done."""
    raise_loopback()
    note_what_is_tried(folder / "asked.jsonl")
    data, port = folder / "data", free_port()
    os.environ["ZONEMAP_DATA"] = str(data)
    share_tables(data)
    server, link = start(data, port)
    try:
        done = [*in_the_browser(Browser(port), link), *on_the_command_line(folder)]
    finally:
        os.kill(server, signal.SIGTERM)
        ended = os.waitpid(server, 0)[1]
    assert ended == 0
    (folder / "done.json").write_text(json.dumps(done))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
