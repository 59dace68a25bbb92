"""The page fixture: every page that any test visits is checked, unasked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser, LexborNode
from werkzeug.test import TestResponse

from zonemap.web.headers import HEADERS

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_IN_SVG = frozenset(["path", "circle", "rect", "line", "polyline", "polygon", "ellipse", "stop", "use", "image"])
_COUNTED = re.compile(r"\s+")


@dataclass(frozen=True)
class Page:
    """An answer that is a page, already checked."""

    response: TestResponse
    tree: LexborHTMLParser

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def h1(self) -> str:
        return text_of(self.one("h1"))

    @property
    def text(self) -> str:
        return text_of(self.one("main"))

    def one(self, selector: str) -> LexborNode:
        found = self.tree.css(selector)
        assert len(found) == 1, f"{len(found)} of {selector}"
        return found[0]

    def all(self, selector: str) -> list[LexborNode]:
        return self.tree.css(selector)

    @property
    def wrong(self) -> list[str]:
        """The sentences beside fields, and above the form."""
        return [text_of(each) for each in self.all(".wrong, .errors li")]

    @property
    def token(self) -> str:
        return self.one("meta[name=csrf-token]").attributes["content"] or ""


def text_of(node: LexborNode) -> str:
    return _COUNTED.sub(" ", node.text()).strip()


class PageClient:
    """A browser without scripts. ``get`` and ``post`` check what they bring back."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self._token: str | None = None

    def get(self, url: str, expect: int = 200, **more: Any) -> Page:
        page = self._page(self.client.get(url, **more), expect)
        self._token = page.token if page.all("meta[name=csrf-token]") else self._token
        return page

    def post(self, url: str, data: dict[str, Any] | None = None, expect: int = 303, **more: Any) -> Any:
        """Send a form with the token of this session. Gives a Page, or where it leads to (for 303)."""
        response = self.client.post(url, data={"csrf_token": self.token, **(data or {})}, **more)
        if expect == 303:
            said = response.text[:2000]
            assert response.status_code == 303, f"POST {url} answered {response.status_code}: {said}"
            check_headers(response)
            self._token = None
            return response.headers["Location"]
        return self._page(response, expect)

    def send(self, url: str, data: Any, **more: Any) -> TestResponse:
        """Send JSON as the page's scripts do."""
        response = self.client.post(url, json=data, headers={"X-CSRF-Token": self.token}, **more)
        check_headers(response)
        return response

    @property
    def token(self) -> str:
        if self._token is None:
            # Any page carries it; the error page too, which needs no permission.
            tree = LexborHTMLParser(self.client.get("/no-such-page").text)
            self._token = tree.css("meta[name=csrf-token]")[0].attributes["content"]
        return self._token or ""

    def _page(self, response: TestResponse, expect: int) -> Page:
        said = f"{response.request.path} answered {response.status_code}: {response.text[:2000]}"
        assert response.status_code == expect, said
        check_headers(response)
        assert response.mimetype == "text/html", response.mimetype
        return Page(response, check_page(response.text))


def check_headers(response: TestResponse) -> None:
    """The header set, exactly, and nothing that stays in a cache."""
    for name, value in HEADERS.items():
        assert response.headers.getlist(name) == [value], name
    assert response.headers["Cache-Control"] == "no-store"
    for cookie in response.headers.getlist("Set-Cookie"):
        assert "HttpOnly" in cookie, cookie
        assert "SameSite=Lax" in cookie, cookie
        assert "Path=/" in cookie, cookie


def check_page(html: str) -> LexborHTMLParser:
    """Parse a page and hold it to what every page promises."""
    _Balance.check(html)
    tree = LexborHTMLParser(html)
    assert html.lstrip().lower().startswith("<!doctype html>")
    assert (tree.css("html")[0].attributes.get("lang") or "") != "", "lang"
    _check_heading(tree)
    _check_ids(tree)
    _check_inputs(tree)
    _check_nothing_inline(tree, html)
    for form in tree.css("form"):
        assert form.attributes.get("method", "").lower() in ("get", "post"), "a form without method"
        assert form.attributes.get("action"), "a form without action"
        if form.attributes["method"].lower() == "post":
            assert form.css("input[name=csrf_token]"), "a form without token"
    for image in tree.css("img"):
        assert "alt" in image.attributes, "an image without alt"
    for tag in tree.css("[src], link[href]"):
        address = tag.attributes.get("src") or tag.attributes.get("href") or ""
        assert re.match(r"/(?!/)", address), f"from elsewhere: {address}"
    return tree


def _check_heading(tree: LexborHTMLParser) -> None:
    headings = tree.css("h1")
    assert len(headings) == 1, f"{len(headings)} h1"
    titles = tree.css("head title")
    assert len(titles) == 1, "title"
    assert text_of(headings[0]), "an empty heading"
    assert text_of(headings[0]) in text_of(titles[0]), "the title lacks the heading"
    levels = [int(tag.tag[1]) for tag in tree.css("h1, h2, h3, h4, h5, h6")]
    assert all(after <= before + 1 for before, after in pairwise(levels)), f"headings {levels}"
    assert len(tree.css("main")) == 1, "main"


def _check_ids(tree: LexborHTMLParser) -> None:
    ids = [tag.attributes["id"] for tag in tree.css("[id]")]
    assert len(ids) == len(set(ids)), f"ids twice: {sorted(each for each in ids if ids.count(each) > 1)}"
    for tag in tree.css("[aria-describedby], [aria-labelledby], label[for]"):
        for name in ("aria-describedby", "aria-labelledby", "for"):
            for one in (tag.attributes.get(name) or "").split():
                assert one in ids, f"{name}={one} leads nowhere"
    for tag in tree.css('a[href^="#"]'):
        assert (tag.attributes["href"] or "")[1:] in ids, f"{tag.attributes['href']} leads nowhere"


def _check_inputs(tree: LexborHTMLParser) -> None:
    labelled = {label.attributes.get("for") for label in tree.css("label[for]")}
    for tag in tree.css("input, select, textarea"):
        if tag.attributes.get("type") in ("hidden", "submit"):
            continue
        named = "aria-label" in tag.attributes or "aria-labelledby" in tag.attributes
        assert named or tag.attributes.get("id") in labelled or _within_label(tag), f"no label: {tag.html}"
    for button in tree.css("button"):
        assert text_of(button) or button.attributes.get("aria-label"), f"no words: {button.html}"
        assert button.attributes.get("type") in ("submit", "button"), f"no type: {button.html}"


def _within_label(tag: LexborNode) -> bool:
    around = tag.parent
    while around is not None:
        if around.tag == "label":
            return bool(text_of(around))
        around = around.parent
    return False


def _check_nothing_inline(tree: LexborHTMLParser, html: str) -> None:
    assert not tree.css("[style], style, iframe, object, embed"), "inline style, or a frame"
    for script in tree.css("script"):
        kind = script.attributes.get("type")
        assert "src" in script.attributes or kind == "application/json", "inline script"
    assert not re.search(r"<[^>]+\son[a-z]+\s*=", html), "an on... attribute"
    assert "javascript:" not in html


class _Balance(HTMLParser):
    """Every tag that is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    @classmethod
    def check(cls, html: str) -> None:
        parser = cls()
        parser.feed(html)
        parser.close()
        assert not parser.open, f"not closed: {parser.open}"

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice: {self.get_starttag_text()}"
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, _attrs: Any) -> None:
        assert tag in _VOID or tag in _IN_SVG or "svg" in self.open, f"<{tag}/>"

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1:] == [tag], f"</{tag}> closes {self.open[-1:]}, line {self.getpos()}"
        self.open.pop()
