"""The page of the desk's papers, and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.server import share_tables
from tests.page import PageClient
from zonemap.model.facility import Contact, Facility
from zonemap.settings import Settings


@pytest.fixture
def url(stored_facility: Facility, settings: Settings) -> str:
    share_tables(settings.data)
    return f"/facilities/{stored_facility.id}/desk-papers/"


def test_the_page_offers_the_papers_and_says_what_is_missing(sign_in: Callable[..., PageClient], url: str) -> None:
    page = sign_in("manager").get(url)

    assert [each.text() for each in page.all("section h2")] == ["Wall chart", "Desk card", "Badge cards"]
    assert "No lawyer has reviewed these rules" in page.text
    assert "Nobody is on the call list yet" in page.text


def test_the_translation_is_marked_where_it_is_chosen(sign_in: Callable[..., PageClient], url: str) -> None:
    manager = sign_in("manager")

    assert "checked by nobody" not in manager.get(url).text
    assert "Drafted, checked by nobody" in manager.get(f"{url}?lang=es").text
    assert "checked by nobody" not in manager.get(f"{url}?lang=xx").text


def test_papers_come_as_pdf_and_as_pictures_and_no_others(
    sign_in: Callable[..., PageClient], url: str, roster: tuple[Contact, ...]
) -> None:
    manager = sign_in("manager")

    assert manager.client.get(f"{url}badge.pdf").data.startswith(b"%PDF")
    assert manager.client.get(f"{url}card.2.png").data.startswith(b"\x89PNG")
    assert manager.client.get(f"{url}card.3.png").status_code == 404
    assert manager.client.get(f"{url}poster.pdf").status_code == 404
