"""Errors over HTTP: a page for people, JSON for scripts, the whole header set on each."""

from __future__ import annotations

import errno
import logging

import pytest

from tests.page import check_headers
from zonemap.errors import Busy, Conflict, Forbidden, Invalid, NoRoom, NotFound, TooLarge
from zonemap.web import facilities

CASES = [
    (Invalid("Type a number.", fields={"level": "Type a number."}), 400),
    (Forbidden("Not yours."), 403),
    (NotFound("Not here."), 404),
    (Conflict("Bo was faster."), 409),
    (TooLarge("Too many rooms."), 413),
    (Busy("Wait.", retry_after_s=7), 429),
    (Busy("Wait a little."), 503),
    (NoRoom("Make room."), 507),
]


@pytest.fixture
def broken(monkeypatch):
    """Make the first page fail."""

    def fail(error: Exception) -> None:
        def raising(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr(facilities.work, "facilities", raising)

    return fail


@pytest.mark.parametrize(("error", "status"), CASES)
def test_each_error_of_ours_has_a_page_with_its_sentence_and_all_headers(sign_in, broken, error, status):
    page = sign_in("desk")
    broken(error)

    shown = page.get("/", expect=status)

    assert error.message in shown.text
    assert ("Retry-After" in shown.response.headers) == (status in (429, 503, 507))


@pytest.mark.parametrize(("error", "status"), CASES)
def test_a_script_gets_the_same_sentence_as_json(sign_in, broken, error, status):
    page = sign_in("desk")
    broken(error)

    response = page.client.get("/", headers={"Accept": "application/json"})

    check_headers(response)
    assert (response.status_code, response.json["error"]) == (status, error.message)
    assert response.json.get("fields", {}) == getattr(error, "fields", {})


def test_a_full_disk_is_told_as_such_wherever_it_is_met(sign_in, broken):
    page = sign_in("desk")
    broken(OSError(errno.ENOSPC, "No space left on device"))

    assert "Make room on the disk" in page.get("/", expect=507).text


def test_an_error_of_which_nobody_thought_shows_a_number_and_no_secret(sign_in, broken, caplog):
    page = sign_in("desk")
    broken(ZeroDivisionError("secret detail"))

    with caplog.at_level(logging.ERROR):
        shown = page.get("/", expect=500)

    number = shown.text.partition("this number: ")[2][:8]
    assert len(number) == 8
    assert f"error {number}" in caplog.text
    assert "secret" not in shown.response.text
    assert "Traceback" not in shown.response.text


def test_pages_that_are_not_there_and_methods_that_do_not_fit(page):
    page.get("/nowhere", expect=404)
    shown = page.get("/signout", expect=405)
    assert shown.response.headers["Allow"] in ("OPTIONS, POST", "POST, OPTIONS")


def test_a_static_file_that_is_not_there_is_not_kept(page):
    response = page.client.get("/static/none.css?v=1")

    assert response.status_code == 404
    check_headers(response)


def test_static_files_are_kept_for_ever_when_named_by_their_content(page):
    address = page.get("/signin").one('link[href*="base.css"]').attributes["href"]

    assert "immutable" in page.client.get(address, buffered=True).headers["Cache-Control"]
    assert page.client.get(address.partition("?")[0], buffered=True).headers["Cache-Control"] == "no-cache"


def test_the_desk_is_told_when_the_database_does_not_answer(sign_in, store, settings):
    page = sign_in("desk")
    store.close()
    database = settings.data / "zonemap.db"
    database.rename(settings.data / "away")
    database.mkdir()

    shown = page.get("/", expect=503)

    assert "does not answer at the moment" in shown.text
