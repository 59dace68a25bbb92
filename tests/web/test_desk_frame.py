"""What every page of the desk holds for a server that does not answer is remembered, and never that of another page."""

from __future__ import annotations

from tests.web.desk_visits import Clerk
from zonemap.model.facility import Contact, ContactRole, Facility
from zonemap.storage.store import Store


def fall_back(clerk: Clerk, language: str) -> tuple[str, bool, bool]:
    """Its title in a language, and whether Dana and whether Bea stand on the page to be called."""
    page = clerk.send({"language": [language]})
    title = str(page.one("#unreachable").attributes["data-title"])
    return title, "Dana Whitfield" in page.response.text, "Bea Holm" in page.response.text


def test_the_fall_back_is_in_the_language_of_the_page_and_calls_who_is_to_be_called_now(
    clerk: Clerk, store: Store, stored_facility: Facility
) -> None:
    english, spanish = fall_back(clerk, "en"), fall_back(clerk, "es")
    assert english[0].startswith("Hold.")
    assert not spanish[0].startswith("Hold.")
    assert (fall_back(clerk, "en"), fall_back(clerk, "es")) == (english, spanish)

    with store.begin() as books:
        now = Contact("c9", stored_facility.id, ContactRole.RESPONDER, "Bea Holm", "555-0199")
        books.contacts.replace(stored_facility.id, (now,))

    assert [fall_back(clerk, language)[1:] for language in ("en", "es")] == [(False, True)] * 2
