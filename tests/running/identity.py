"""A certified OpenID provider in node, started for the tests of single sign-on; and somebody with a browser."""

from __future__ import annotations

import hashlib
import json
import os
import select
import subprocess
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Self
from urllib.parse import urlencode, urlsplit

from tests.faults.serving import free_port

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "tests" / "running" / "provider"
FETCHED = ROOT / ".cache" / "openid-provider"
SECRET = "a secret with / and + and : in it"  # noqa: S105 - of a provider that lives for one test
BACK = "http://localhost/signin/organization/back"
_PATIENCE_S = 30


def node() -> list[str] | None:
    """How to call node, where the provider has been fetched."""
    ready = FETCHED / "ready.json"
    if not ready.is_file():
        return None
    said = json.loads(ready.read_text())
    fresh = said["lock"] == hashlib.sha256((SOURCE / "package-lock.json").read_bytes()).hexdigest()
    return list(said["node"]) if fresh else None


class IdentityProvider:
    """The provider. ``with`` starts and ends it."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        self.secret_file = folder / "secret"
        self.secret_file.write_text(f"{SECRET}\n")

    def __enter__(self) -> Self:
        command = node()
        assert command is not None
        environment = {"PROVIDER_HOME": str(FETCHED), "ISSUER": self.issuer, "PORT": str(self.port), "BACK": BACK}
        self._process = subprocess.Popen(
            [*command, "--no-warnings", str(SOURCE / "provider.mjs")],
            env={"PATH": os.environ["PATH"], "CLIENT_SECRET": SECRET, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdout is not None
        assert select.select([self._process.stdout], [], [], _PATIENCE_S)[0]
        assert self._process.stdout.readline() == b"ready\n"
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

    def lies(self, kind: str) -> None:
        """What it says falsely from now on; empty: nothing."""
        Person(self).ask(f"{self.issuer}/mode?{urlencode({'lie': kind})}")

    def signs_in(self, address: str, name: str, methods: str = "") -> str:
        """Take a new person through it, from the address that zonemap gave; where the browser is sent back to."""
        return Person(self).through(address, name, methods)


class Person:
    """A browser at the provider."""

    def __init__(self, provider: IdentityProvider) -> None:
        self._provider = provider
        self._cookies: dict[str, str] = {}

    def ask(self, address: str) -> str:
        """One page; where it leads."""
        parts = urlsplit(address)
        connection = HTTPConnection("127.0.0.1", self._provider.port, timeout=_PATIENCE_S)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        connection.request("GET", f"{parts.path}?{parts.query}", headers=sent if self._cookies else {})
        response = connection.getresponse()
        response.read()
        connection.close()
        for line in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value
        return response.headers["Location"] or ""

    def through(self, address: str, name: str, methods: str) -> str:
        while not address.startswith(BACK):
            path = urlsplit(address).path
            assert path, "the provider sent the browser nowhere"
            if path.startswith("/interaction/") and name:
                address = f"{path}?{urlencode({'as': name, 'amr': methods})}"
            address = self.ask(address)
        return address
