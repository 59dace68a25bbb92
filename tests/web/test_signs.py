"""The page of all sheets, and the sheets themselves over HTTP."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from flask.testing import FlaskClient
from lxml import etree
from PIL import Image
from pypdfium2 import PdfDocument
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import NOW
from tests.geometry.floors import lobby_floor
from tests.page import PageClient
from zonemap.model.facility import Designation, Facility, SiteKind
from zonemap.model.plan import DoorKind, Floor
from zonemap.model.sign import SeenLanguage, SignPlan
from zonemap.storage.store import Store

CLINIC = Facility("c" * 32, "Larkspur Clinic", "1 Elm St", "", "Salem", "IL", "62881", SiteKind.CLINIC)
FIRST = replace(lobby_floor(0.2), id="f" * 32, facility_id=CLINIC.id)
SEEN = SignPlan(seen=(SeenLanguage("es", "Ana", NOW.date()),))
PAGE = f"/facilities/{CLINIC.id}/signs/"


@pytest.fixture
def store(store: Store) -> Store:
    with store.begin() as books:
        books.facilities.add(CLINIC)
    return store


@pytest.fixture
def manager(sign_in: Callable[..., PageClient]) -> PageClient:
    return sign_in("manager")


@pytest.fixture
def client(manager: PageClient) -> FlaskClient:
    """For files; pages are visited through ``manager``, which checks them."""
    return manager.client


@pytest.fixture
def designated(store: Store) -> Designation:
    """A designated floor, of whose people somebody knows that nobody has checked the Spanish texts."""
    with store.begin() as books:
        books.sign_plans.save(CLINIC.id, SEEN, saved_at=NOW, saved_by="Ana")
    return designate(store, FIRST)


def designate(store: Store, floor: Floor) -> Designation:
    made = Designation("1" * 32, CLINIC, floor, 3, 1, NOW, "Ana")
    with store.begin() as books:
        books.floors.add(floor, saved_at=NOW, saved_by="Ana")
        books.designations.add(made)
    return made


def page(manager: PageClient, path: str = PAGE) -> LexborHTMLParser:
    return manager.get(path).tree


def titles(document: LexborHTMLParser) -> list[str]:
    return [each.text() for each in document.css(".sheet h3")]


def links(document: LexborHTMLParser, words: str) -> list[str]:
    return [each.attributes["href"] for each in document.css(".sheet-links a") if each.text() == words]


def words(pdf: bytes) -> str:
    document = PdfDocument(pdf)
    try:
        return " ".join(" ".join(each.get_textpage().get_text_bounded() for each in document).split())
    finally:
        document.close()


def test_the_page_lists_every_sheet_with_its_picture_and_files(manager, client, designated):
    document = page(manager)

    assert document.css_first("h1").text() == "3 door signs and 1 entrance notice"
    assert titles(document) == ["Schedule", "Staff map", "Entrance 4", "Door 1", "Door 3", "Door 5"]
    assert all(each.attributes["loading"] == "lazy" for each in document.css(".sheet img"))
    assert len(links(document, "PDF")) == len(links(document, "SVG")) == 6


def test_every_pdf_and_every_svg_of_the_page_can_be_had_and_names_itself(manager, client, designated):
    document = page(manager)

    for path in links(document, "PDF"):
        answer = client.get(path)
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF")
        assert 'inline; filename="first-floor-' in answer.headers["Content-Disposition"]
    for path in links(document, "SVG"):
        answer = client.get(path)
        assert answer.mimetype == "image/svg+xml"
        assert etree.fromstring(answer.data).tag.endswith("svg")
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="first-floor-')
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_pack_holds_every_page_that_the_button_promises(manager, client, designated):
    button = page(manager).css_first(".head .btn-main")
    answer = client.get(button.attributes["href"])

    assert "6 pages" in button.text()
    assert 'filename="larkspur-clinic-all-sheets.pdf"' in answer.headers["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.data)) as document:
        assert len(document.pages) == 6


def test_a_sheet_is_kept_by_the_reader_alone_and_not_set_again_while_nothing_changed(manager, client, designated):
    path = links(page(manager), "PDF")[3]
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    other = client.get(f"{path}&policy_number=9", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "private, no-cache"
    assert (again.status_code, again.data) == (304, b"")
    assert other.status_code == 200


def test_choices_travel_to_every_sheet(manager, client, designated):
    document = page(manager, f"{PAGE}?chosen=1&paper=letter&officers_line=y&policy_number=12-B")
    text = words(client.get(links(document, "PDF")[3]).data)

    assert "policy no. 12-B" in text
    assert "Law enforcement: staff cannot consent to entry." in text
    assert "PRIVADA" not in text  # no other language was ticked
    assert "checked" in document.css_first("#officers_line").attributes


def test_spanish_is_ticked_at_first_and_marked_as_not_yet_checked(manager, client, designated):
    document = page(manager)
    choice = document.css_first('input[name="languages"][value="es"]')

    assert "checked" in choice.attributes
    assert "not yet checked by a qualified translator" in choice.parent.text()
    assert "not yet checked" not in words(client.get(links(document, "PDF")[3]).data)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("paper=napkin", "We do not print on this paper."),
        ("paper=letter&languages=xx", "We have no texts in one of these languages."),
        ("paper=letter&policy_number=" + "9" * 41, "Use at most 40 characters."),
        ("paper=letter&orientation=slanted", "A sign stands or lies."),
        ("paper=letter&per_sheet=3", "Choose 1, 2 or 4 signs on a sheet."),
        ("paper=badge&poster=2", "A poster takes whole sheets."),
        ("paper=letter&read_from_feet=7", "Choose one of these distances."),
    ],
)
def test_a_choice_that_we_do_not_have_is_said_at_the_field_and_the_usual_sheets_are_shown(
    manager, client, designated, query, sentence
):
    document = page(manager, f"{PAGE}?chosen=1&{query}")

    assert any(sentence in each.text() for each in document.css(".bad .wrong"))
    assert len(titles(document)) == 6
    sheet = links(document, "PDF")[0].partition("?")[0]
    assert client.get(f"{sheet}?chosen=1&{query}").status_code == 400


def test_a_refused_choice_keeps_the_others(manager, client, designated):
    document = page(manager, f"{PAGE}?chosen=1&paper=a3&orientation=landscape&per_sheet=2&poster=2&policy_number=7-B")

    assert document.css("#paper input[value=a3][checked]")
    assert document.css("#orientation input[value=landscape][checked]")
    assert document.css_first("[name=per_sheet] option[selected]").attributes["value"] == "2"
    assert document.css_first("[name=policy_number]").attributes["value"] == "7-B"


def test_a_paper_says_what_it_is_good_for(manager, client, designated):
    papers = [each.text().split() for each in page(manager, PAGE).css("#paper label")]

    assert " ".join(papers[0]) == "Letter, 8.5 x 11 in read from up to 10 ft"
    assert "worn, not hung" in " ".join(papers[6])
    assert not any("0" in words for words in papers)


def test_a_picture_for_a_sign_shop_has_the_paper_s_size_at_300_dots_an_inch(manager, client, designated):
    response = client.get(f"{PAGE}{FIRST.id}/d1.1.png?chosen=1&paper=half&orientation=landscape")

    assert response.mimetype == "image/png"
    with Image.open(io.BytesIO(response.data)) as picture:
        assert picture.size == (2550, 1650)
        assert [round(each) for each in picture.info["dpi"]] == [300, 300]
    assert client.get(f"{PAGE}{FIRST.id}/d1.2.png?chosen=1&paper=half").status_code == 404


def test_a_policy_number_is_shown_as_text_and_not_as_markup(manager, client, designated):
    found = manager.get(f"{PAGE}?chosen=1&paper=letter&policy_number=%3Ci%3E%22x")

    assert "<i>" not in found.response.text
    assert "&lt;i&gt;" in found.response.text
    assert client.get(links(found.tree, "PDF")[0]).status_code == 200


def test_before_a_designation_the_page_says_what_comes_first(manager, client, store):
    assert "Upload a plan" in page(manager).css_first(".empty").text()

    with store.begin() as books:
        books.floors.add(FIRST, saved_at=NOW, saved_by="Ana")
    document = page(manager)
    assert "designate it" in document.css_first(".empty").text()
    assert document.css_first(".empty a").attributes["href"] == f"/facilities/{CLINIC.id}/plans/"
    assert client.get(f"{PAGE}pack.pdf").status_code == 400


def test_a_floor_without_doors_into_closed_areas_says_what_that_means(manager, client, store):
    designate(store, replace(FIRST, doors=()))
    document = page(manager)

    assert "No door on this floor needs a sign" in document.css_first(".note").text()
    assert titles(document) == ["Schedule", "Staff map"]


def test_a_door_that_cannot_be_shut_and_a_door_without_rooms_are_pointed_out(manager, client, store):
    opening = replace(FIRST.doors[0], kind=DoorKind.OPENING)
    lost = replace(FIRST.doors[1], rooms=("lobby", "gone"))
    designate(store, replace(FIRST, doors=(opening, lost, *FIRST.doors[2:])))
    document = page(manager)

    assert "cannot be shut" in document.css_first(".sheet-warning").text()
    assert "Door 2: A room of this door is no longer there" in document.css_first(".note").text()
    assert "2 doors to look at" in document.css_first(".chip-wait").text()


def test_a_floor_that_is_not_designated_yet_is_named(manager, client, store, designated):
    with store.begin() as books:
        books.floors.add(replace(FIRST, id="e" * 32, name="Roof"), saved_at=NOW, saved_by="Ana")

    assert "Roof" in page(manager).css_first("[aria-labelledby=undesignated]").text()


def test_the_desk_may_not_see_the_page_and_nobody_gets_a_sheet_unasked(app, manager, sign_in, designated):
    sheet = links(page(manager), "PDF")[0]

    desk = sign_in("desk")
    desk.get(PAGE, expect=403)
    assert desk.client.get(sheet).status_code == 403
    assert app.test_client().get(sheet).status_code == 303


@pytest.mark.parametrize(
    "rest", ["nothing/map.pdf", f"{FIRST.id}/nothing.pdf", f"{FIRST.id}/map.2.svg", f"{FIRST.id}/x.1.svg"]
)
def test_a_sheet_that_is_not_there_is_not_found(manager, client, designated, rest):
    assert client.get(PAGE + rest).status_code == 404
    assert client.get(f"/facilities/{'0' * 32}/signs/").status_code == 404
