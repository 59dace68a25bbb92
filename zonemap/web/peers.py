"""Whose word counts about where a request comes from: a web server's in front, at an address that was named.

``X-Forwarded-For`` and ``-Proto`` of everybody else are thrown away, so that nobody who reaches zonemap by another way
can say that he is somebody else, or that he came by https.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any

from werkzeug.middleware.proxy_fix import ProxyFix

from zonemap.errors import Invalid

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

THIS_COMPUTER = "127.0.0.1"
FORWARDED = "zonemap.forwarded"  # in the environment of a request: whether it says that it was passed on
_SAID = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT")
_SAID_TOO = ("HTTP_X_FORWARDED_PREFIX", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def networks_from(text: str) -> tuple[Any, ...]:
    """The addresses and networks of a setting. Raises Invalid, naming what is none."""
    found = []
    for each in text.replace(",", " ").split():
        try:
            found.append(ip_network(each))
        except ValueError as error:
            raise Invalid(
                f"ZONEMAP_PROXIES: {each} is no address. Write one such as 10.0.0.5, or a network such as 10.0.0.0/24."
            ) from error
    return tuple(found)


class BelieveProxies:
    """Believes one web server in front, where it speaks from a named address; whoever else speaks is himself.

    Who comes through a socket of the file system has no address: he is on this computer.
    """

    def __init__(self, app: WSGIApplication, networks: tuple[Any, ...]) -> None:
        self._himself = app
        self._forwarded = ProxyFix(app, x_for=1, x_proto=1)  # Host is passed on as it came, and believed from nobody
        self._networks = networks

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        environ["REMOTE_ADDR"] = environ.get("REMOTE_ADDR") or THIS_COMPUTER
        environ[FORWARDED] = any(name in environ for name in (*_SAID, *_SAID_TOO))
        if self._believes(environ["REMOTE_ADDR"]):
            return self._forwarded(environ, start_response)
        for name in (*_SAID, *_SAID_TOO):
            environ.pop(name, None)
        return self._himself(environ, start_response)

    def _believes(self, peer: str) -> bool:
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        address = getattr(address, "ipv4_mapped", None) or address
        return any(address in network for network in self._networks)
