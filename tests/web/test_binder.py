"""The page of the binder, one press, and the call sheet."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2

from tests.journeys.server import share_tables
from tests.page import PageClient
from zonemap.model.facility import Contact, Designation, Facility
from zonemap.settings import Settings


def test_one_press_makes_the_binder_and_the_page_says_what_it_holds(
    sign_in: Callable[..., PageClient],
    designated: Designation,
    roster: tuple[Contact, ...],
    stored_facility: Facility,
    settings: Settings,
) -> None:
    share_tables(settings.data)
    page = sign_in("manager")
    home = f"/facilities/{stored_facility.id}/binder/"
    before = page.get(home)
    assert "1. Designation memo" in before.text
    assert "None yet. The first one you make is revision 1." in before.text
    assert "Nobody is on the list of training yet" in before.text

    made = page.client.post(home, data={"csrf_token": page.token})
    assert made.mimetype == "application/pdf"
    assert "binder-revision-1.pdf" in made.headers["Content-Disposition"]
    assert len(pypdfium2.PdfDocument(made.data)) > 12
    assert "Revision 1" in page.get(home).text
    assert 'href="/facilities/' in page.client.get(f"/facilities/{stored_facility.id}/").text

    sheet = page.client.get(f"{home}call-sheet.pdf")
    assert "Dana Whitfield" in pypdfium2.PdfDocument(sheet.data)[0].get_textpage().get_text_range()
