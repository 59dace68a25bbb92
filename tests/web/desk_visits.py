"""Visits for the tests of the desk: what a clerk says, and a clerk who presses the buttons."""

from __future__ import annotations

import re
from typing import Any

from selectolax.lexbor import LexborNode

from tests.page import Page, PageClient
from tests.visits import AO_93, I_200
from zonemap.model.facility import Facility

NO_PAPER = {"danger_now": "no", "paper": "none", "custody_escort": "no"}
ARREST = AO_93 | {"title": "arrest_warrant", "signer_label": "issuing_officer"}
SUBPOENA = AO_93 | {"title": "subpoena", "signer_label": "attorney"}
REMOVAL = I_200 | {"title": "warrant_of_removal"}
IMMIGRATION_COURT = I_200 | {"top_heading": "immigration_court", "title": "order", "signer_label": "immigration_judge"}
DANGER = {"danger_now": "yes"}
VISITS = {
    "i-200": I_200,
    "ao-93": AO_93,
    "no paper": NO_PAPER,
    "ao-442": ARREST,
    "subpoena": SUBPOENA,
    "i-205": REMOVAL,
    "immigration court": IMMIGRATION_COURT,
    "danger": DANGER,
    "cannot tell": {},
}


class Clerk:
    """Somebody at the desk whose browser has no scripts: presses buttons that the page shows."""

    def __init__(self, client: PageClient, facility: Facility) -> None:
        self.client = client
        self.url = f"/facilities/{facility.id}/desk/"
        self.page: Page = client.get(self.url)
        self.presses = 0

    @property
    def carried(self) -> dict[str, list[str]]:
        fields: dict[str, list[str]] = {}
        for hidden in self.page.all("#desk-form input[type=hidden]"):
            fields.setdefault(hidden.attributes["name"] or "", []).append(hidden.attributes["value"] or "")
        return fields

    def press(self, button: LexborNode, expect: int = 200, **more: Any) -> Page:
        name, value = button.attributes["name"] or "", button.attributes["value"] or ""
        return self.send({name: [value], **more}, expect)

    def send(self, more: dict[str, Any], expect: int = 200) -> Page:
        self.presses += 1
        fields = self.carried
        for name, values in more.items():
            fields[name] = fields.get(name, []) + values
        self.page = self.client.post(self.url, fields, expect=expect)
        return self.page

    def do(self, deed: str) -> Page:
        return self.press(self.button(deed))

    def button(self, deed: str) -> LexborNode:
        found = [each for each in self.page.all("button[name=do]") if each.attributes["value"] == deed]
        assert found, f"no button for {deed}"
        return found[0]

    def visit(self, values: dict[str, str]) -> Page:
        """Answer until there is an answer page; what is not in ``values`` is *I can't tell*."""
        while self.page.all(".choices"):
            self.press(self._answer(values))
        return self.page

    def _answer(self, values: dict[str, str]) -> LexborNode:
        buttons = self.page.all(".answer[name]")
        for button in buttons:
            name, value = button.attributes["name"] or "", button.attributes["value"]
            if values.get(re.sub(r"^paper\d-", "", name)) == value:
                return button
        return buttons[-1]


def unsure(page: Page) -> LexborNode:
    return page.one(".answer-unsure")
