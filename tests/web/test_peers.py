"""Who is believed about where a request comes from: the web server in front, at an address that was named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zonemap.errors import Invalid
from zonemap.web.app import create_app

FORWARDED = {"X-Forwarded-For": "10.9.8.7", "X-Forwarded-Proto": "https"}
SECURE = "__Host-zonemap-form"


@pytest.mark.parametrize(
    ("proxies", "peer", "believed"),
    [
        (None, "127.0.0.1", True),
        (None, "::1", True),
        (None, "::ffff:127.0.0.1", True),
        (None, "", True),  # through a socket of the file system
        (None, "10.0.0.5", False),
        ("10.0.0.5", "10.0.0.5", True),
        ("10.0.0.0/24, 10.1.0.1", "10.1.0.1", True),
        ("10.0.0.5", "10.0.0.6", False),
        ("10.0.0.5", "127.0.0.1", False),
    ],
)
def test_a_web_server_is_believed_at_its_own_address_alone(settings, store, proxies, peer, believed):
    given = {"behind_proxy": True} | ({} if proxies is None else {"proxies": proxies})
    client = create_app(replace(settings, **given), store).test_client()

    answer = client.get("/signin", headers=FORWARDED, environ_overrides={"REMOTE_ADDR": peer})

    assert (SECURE in (answer.headers.get("Set-Cookie") or "")) is believed


def test_who_is_not_believed_is_himself_and_does_not_get_in_by_saying_https(settings, store):
    client = create_app(replace(settings, behind_proxy=True), store).test_client()
    assert client.get("/signin", headers=FORWARDED, environ_overrides={"REMOTE_ADDR": "10.0.0.5"}).status_code == 403


@pytest.mark.parametrize("wrong", ["proxy.example", "10.0.0.5/24", "10.0.0"])
def test_what_is_no_address_stops_the_start_and_is_named(settings, store, wrong):
    with pytest.raises(Invalid, match=f"ZONEMAP_PROXIES: {wrong} is no address"):
        create_app(replace(settings, behind_proxy=True, proxies=wrong), store)
