"""A passkey in a real browser, with an authenticator that Chromium plays."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.conftest import PASSWORD
from tests.journeys.server import Server

pytestmark = pytest.mark.journey


def address(server: Server) -> str:
    """Passkeys need a name: a bare number is none."""
    return f"http://localhost:{server.port}"


def type_password(page: Any, server: Server) -> None:
    page.goto(f"{address(server)}/signin")
    page.get_by_label("Email").fill("ana@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_passkey_is_added_used_refused_without_its_owner_and_not_needed_without_script(
    sample_server: Server, open_page: Callable[..., Any]
) -> None:
    page = open_page()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    key = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": options | {"isUserVerified": True, "automaticPresenceSimulation": True}},
    )["authenticatorId"]
    type_password(page, sample_server)
    page.wait_for_url(f"{address(sample_server)}/")

    page.goto(f"{address(sample_server)}/account/second-factor")
    page.get_by_label("Name of the passkey").fill("This computer")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    code = page.locator("ul.mono li").first.inner_text()
    page.get_by_role("link", name="I have them").click()
    page.get_by_role("button", name="Sign out").first.click()

    type_password(page, sample_server)
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url(f"{address(sample_server)}/")
    page.goto(f"{address(sample_server)}/account/second-factor")
    assert "Last used on" in page.get_by_role("listitem").filter(has_text="This computer").inner_text()
    page.get_by_label("Name of the passkey").fill("Again")
    page.get_by_role("button", name="Add another passkey").click()
    page.get_by_text("This passkey is here already").wait_for()
    page.get_by_role("button", name="Sign out").first.click()

    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    type_password(page, sample_server)
    page.get_by_role("button", name="Use your passkey").click()
    page.get_by_text("Nothing was done").wait_for()

    plain = open_page(java_script_enabled=False)
    type_password(plain, sample_server)
    assert plain.get_by_text("Your passkey needs a browser that runs this page’s script").is_visible()
    assert plain.get_by_role("button", name="Use your passkey").count() == 0
    plain.get_by_label("Code").fill(code)
    plain.get_by_role("button", name="Sign in with a code").click()
    plain.wait_for_url(re.compile(rf"{address(sample_server)}/$"))
