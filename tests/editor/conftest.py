"""The editor's modules that draw nothing, run in Chromium without a server: plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import browser

__all__ = ["browser"]

SOURCE = Path(__file__).resolve().parents[2] / "static" / "src" / "editor"
ORIGIN = "http://editor.test"


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
