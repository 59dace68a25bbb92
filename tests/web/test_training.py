"""Pages of training: put on the list, assign, practice, read, note a session, print; each their own."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest

from tests.page import PageClient, text_of
from zonemap.model.facility import Facility

DUE = str(datetime.now(UTC).date() + timedelta(days=40))
PAST = str(datetime.now(UTC).date() - timedelta(days=2))


def words_of(made: bytes) -> str:
    document = pypdfium2.PdfDocument(made)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.fixture
def home(stored_facility: Facility) -> str:
    return f"/facilities/{stored_facility.id}/training/"


def test_from_an_empty_list_to_a_trained_volunteer_with_certificate_report_and_table(
    sign_in: Callable[..., PageClient], home: str
) -> None:
    page = sign_in("manager")
    assert "Nobody yet" in page.get(f"{home}board").text
    refused = page.post(f"{home}people", {"name": "", "kind": "volunteer"}, expect=400)
    assert refused.wrong[0] == "Type the name."
    page.post(f"{home}people", {"name": "Vera Lindqvist", "duty": "At the door", "kind": "volunteer"})
    board = page.get(f"{home}board")
    assert "0 of 1 people are trained" in board.text
    (who,) = [each.attributes["value"] for each in board.all("input[name=who]")][:1]

    wrong = page.post(f"{home}tasks", {"what": "drill:nowhere", "due_on": "soon", "who": who}, expect=400)
    assert "Give a day, such as 2027-01-31." in wrong.wrong
    task = {"what": "reading:own", "title": "Visitor policy", "version": "3", "due_on": DUE, "everybody": "y"}
    page.post(f"{home}tasks", task)
    one = page.get(f"{home}people/{who}")
    assert "Read: Visitor policy, 3" in one.text
    action = next(f.attributes["action"] for f in one.all("form") if (f.attributes["action"] or "").endswith("/done"))
    late = page.post(action, {"person": who, "done_on": "2999-01-01"}, expect=400)
    assert "Give a day up to today." in " ".join(late.wrong)
    page.post(action, {"person": who, "done_on": PAST})
    session = {"held_on": PAST, "topic": "Walk of the floor", "leader": "Bo Reyes"}
    page.post(f"{home}sessions", session, expect=400)
    page.post(f"{home}sessions", session | {"there": who})
    assert "1 of 1 people are trained" in page.get(f"{home}board").text

    told = words_of(page.client.get(f"{home}people/{who}/certificate.pdf").data)
    assert "Vera Lindqvist, At the door (volunteer)" in told
    assert "Walk of the floor" in told
    assert told.startswith("Certificate of training")
    assert "It is no certificate of any law" in told
    report = words_of(page.client.get(f"{home}report.pdf").data)
    assert "1 of 1 people" in report
    rows = list(csv.DictReader(io.StringIO(page.client.get(f"{home}report.csv").data.decode("utf-8-sig"))))
    assert [row["stands"] for row in rows] == ["Trained", "Trained"]
    assert page.client.get(f"{home}report.doc").status_code == 404

    page.post(f"{home}people/{who}", {"do": "left"})
    assert "1 who has left" in page.get(f"{home}board").text


def test_somebody_who_signs_in_practices_and_reads_what_is_assigned_and_sees_it_on_the_first_page(
    sign_in: Callable[..., PageClient], home: str, stored_facility: Facility
) -> None:
    clerk, leads = sign_in("desk"), sign_in("responder")
    assert "not on the list" in clerk.get(home).text
    assert clerk.client.get(f"{home}certificate.pdf").status_code == 404
    board = leads.get(f"{home}board")
    offered = [each.attributes["value"] for each in board.all("select[name=account] option")]
    account = min(filter(None, offered))  # the clerk came first
    leads.post(f"{home}people", {"account": account, "duty": "Front desk", "kind": "staff"})
    for what in ("drill:words-at-the-counter", "reading:scripts"):
        leads.post(f"{home}tasks", {"what": what, "count": "1", "due_on": DUE, "everybody": "y"})

    assert "2 for you to do" in clerk.get(f"/facilities/{stored_facility.id}/").text
    own = clerk.get(home)
    assert "Practice: Two officers and a claim" in own.text
    drill = clerk.post(f"/facilities/{stored_facility.id}/practice/", {"choice": "words-at-the-counter"})
    assert "/practice/" in drill
    text = clerk.get(f"{home}texts/scripts")
    assert "I do not consent" in text.text
    values = {name: text.one(f"input[name={name}]").attributes["value"] for name in ("task", "text", "version")}
    assert "has changed" in " ".join(clerk.post(f"{home}read", values | {"version": "1"}, expect=409).wrong)
    clerk.post(f"{home}read", values)
    chips = [text_of(each) for each in clerk.get(home).all(".ready-list .chip")]
    assert chips == ["To do", "Done"]
    assert "Training so far" in words_of(clerk.client.get(f"{home}certificate.pdf").data)


def test_a_tabletop_sheet_has_the_story_questions_lines_and_a_page_for_the_leader(
    sign_in: Callable[..., PageClient], home: str
) -> None:
    page = sign_in("manager")
    assert page.client.get(f"{home}tabletop.pdf?scene=no-such").status_code == 404
    made = page.client.get(f"{home}tabletop.pdf?scene=warrant-with-a-seal").data
    told = words_of(made)
    assert "For the leader: cover this page" in told
    assert "Whom do you call first?" in told
    assert "Not by this paper" in told
    assert len(pypdfium2.PdfDocument(made)) >= 3


def test_sessions_are_taken_back_and_rules_are_kept(sign_in: Callable[..., PageClient], home: str) -> None:
    page = sign_in("administrator")
    page.post(f"{home}people", {"name": "Vera", "kind": "staff"})
    (who,) = [each.attributes["value"] for each in page.get(f"{home}board").all("input[name=who]")][:1]
    held = {"held_on": PAST, "topic": "Walk", "leader": "Bo", "there": who}
    page.post(f"{home}sessions", held)
    board = page.get(f"{home}board")
    (gone,) = [f.attributes["action"] for f in board.all("form") if "/remove" in (f.attributes["action"] or "")]
    page.post(gone)
    assert "No session is noted yet" in page.get(f"{home}board").text
    assert page.post(f"{home}rule", {"months": "0", "least_right": "80"}, expect=400).wrong
    page.post(f"{home}rule", {"months": "6", "least_right": "90"})
    assert "counts 6 months" in page.get(f"{home}board").text
    assert page.client.get(f"{home}people/{'0' * 32}").status_code == 404
