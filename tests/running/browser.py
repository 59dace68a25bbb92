"""A browser without scripts that speaks TLS to the server under test, and keeps cookies as browsers do."""

from __future__ import annotations

import json
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser
from werkzeug.test import encode_multipart

from tests.running.server import NAME, ServerUnderTest


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.body.decode())

    @property
    def h1(self) -> str:
        found = self.tree.css_first("h1")
        return found.text(strip=True) if found else ""


class Browser:
    """``from_address``: which address of this computer it comes from."""

    def __init__(self, server: ServerUnderTest, from_address: str = "127.0.0.1") -> None:
        self._server, self._from = server, from_address
        self._trust = ssl.create_default_context(cafile=str(server.certificate))
        self.cookies: dict[str, str] = {}
        self.set_cookies: list[str] = []

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """One request over TLS, on a connection of its own."""
        plain = socket.create_connection(("127.0.0.1", self._server.tls), 60, (self._from, 0))
        with self._trust.wrap_socket(plain, server_hostname=NAME) as secure:
            connection = HTTPConnection(NAME, timeout=60)
            connection.sock = secure
            sent = {"Connection": "close", **{key.replace("_", "-"): value for key, value in headers.items()}}
            if self.cookies:
                sent["Cookie"] = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
            with suppress(BrokenPipeError, ConnectionResetError):  # refused before all was sent; the answer is there
                connection.request(method, path, body or None, sent)
            response = HTTPResponse(secure, method=method)
            response.begin()
            answer = Answer(response.status, response.headers, response.read())
        self._keep(answer)
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def send(self, page: Answer, path: str, **fields: str) -> Answer:
        """A form of that page."""
        body = urlencode({"csrf_token": self.token(page), **fields}).encode()
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", path, body, Content_Type=kind, Sec_Fetch_Site="same-origin")

    def upload(self, page: Answer, path: str, **fields: object) -> Answer:
        boundary, body = encode_multipart({"csrf_token": self.token(page), **fields})
        kind = f'multipart/form-data; boundary="{boundary}"'
        return self.ask("POST", path, body, Content_Type=kind, Sec_Fetch_Site="same-origin")

    def token(self, page: Answer) -> str:
        found = page.tree.css_first("meta[name=csrf-token]")
        assert found is not None, page.body[:2000]
        return found.attributes["content"] or ""

    def json(self, path: str) -> object:
        return json.loads(self.get(path, Accept="application/json").body)

    def _keep(self, answer: Answer) -> None:
        self.set_cookies += answer.headers.get_all("Set-Cookie") or []
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
