"""Every page, looked at by axe and by its width: nobody is shut out, and nothing has to be pushed aside on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.journeys.every_page import pages
from tests.journeys.server import Server
from tests.journeys.test_record_pages import WCAG

pytestmark = pytest.mark.journey

# Of one's own account and of others': no other journey looks at them.
DAILY = ("/account", "/account/second-factor", "/account/password-again", "/people/", "/people/new", "/backups/")
_FILE = re.compile(r"\.[a-z0-9]{2,11}$|/export/|/file$")


def kind_of(path: str) -> str:
    """The same for pages that differ by what they are about alone."""
    return re.sub(r"/([0-9a-f]{32}|\d+|[a-z]{2,3})(?=/|$)", "/*", path)


def faults(page: Any, server: Server, paths: Iterable[str], *, follow: bool = False) -> tuple[list[Any], int]:
    """What axe and the width say of these pages, and of one of each kind that they lead to; and how many they were."""
    axe = pytest.importorskip("axe_core_python.sync_playwright").Axe()
    found, ahead, seen, looked = [], list(paths), set[str](), 0
    while ahead:
        path = ahead.pop(0)
        if kind_of(path) in seen or _FILE.search(path):
            continue
        seen.add(kind_of(path))
        answer = page.goto(server.url + path)
        if "html" not in (answer.headers.get("content-type") or ""):
            continue
        looked += 1
        said = axe.run(page, options=WCAG)["violations"]
        found += [(path, each["id"], [node["html"][:150] for node in each["nodes"]]) for each in said]
        if page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
            found.append((path, "wider than the window"))
        if follow:
            links = page.evaluate("() => [...document.links].filter((it) => !it.download).map((it) => it.href)")
            ahead += [urlsplit(each).path for each in links if each.startswith(server.url)]
    return found, looked


def looking(signed_in: Callable[..., Any], scheme: str, width: int) -> Any:
    size = {"width": width, "height": 900}
    page = signed_in(viewport=size, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    page.context.set_default_timeout(90_000)  # the first page of the desk waits until its table is made
    return page


def test_nobody_is_shut_out_of_the_pages_of_accounts(shared_server: Server, signed_in: Callable[..., Any]) -> None:
    assert faults(looking(signed_in, "dark", 360), shared_server, DAILY) == ([], len(DAILY))


@pytest.mark.long
@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("light", 360), ("dark", 820)])
def test_nobody_is_shut_out_of_any_page(
    shared_server: Server, signed_in: Callable[..., Any], scheme: str, width: int
) -> None:
    found, looked = faults(looking(signed_in, scheme, width), shared_server, pages(), follow=True)
    assert looked > 60
    assert found == []
