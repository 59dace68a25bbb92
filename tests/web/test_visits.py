"""The pages of a visit: from the desk in one press, without scripts, with nothing lost and nothing said of patients."""

from __future__ import annotations

import csv
import io
import json
import re

import pypdfium2
import pytest
from PIL import Image

from tests.web.desk_visits import NO_PAPER


@pytest.fixture
def url(stored_facility):
    return f"/facilities/{stored_facility.id}/visits/"


@pytest.fixture
def responder(sign_in):
    return sign_in("responder")


def begun(client, url, **answers):
    return client.post(url, answers)


def form_of(client, place, **more):
    page = client.get(place)
    hidden = {name: page.one(f'#details input[name="{name}"]').attributes["value"] for name in ("entry", "seen")}
    return {**hidden, **more}


def test_an_empty_list_says_how_a_record_begins(responder, url):
    assert "Record this visit" in responder.get(url).text


def test_a_blank_record_begins_with_the_time_of_arrival_and_says_what_is_missing(responder, url):
    page = responder.get(begun(responder, url))

    assert "Officers arrived" in page.text
    assert "Who came? Write at least the agency" in page.text


def test_a_desk_answer_becomes_a_record_in_one_press(sign_in, designated, clerk, url):
    clerk.visit(NO_PAPER)
    button = clerk.page.one('button[formaction$="/visits/"]')
    assert button.attributes["formaction"] == url
    answers = {name: value for name, value in clerk.carried.items() if name != "csrf_token"}

    page = clerk.client.get(begun(clerk.client, url, **answers))

    assert "The desk said:" in page.text


def test_what_is_typed_is_kept_and_shown_again(responder, url):
    place = begun(responder, url)
    typed = form_of(
        responder, place, **{"officers-0-agency": "ICE", "papers-0-title": "Warrant of Removal", "witness": "Bo"}
    )

    responder.post(place, typed, expect=303)

    page = responder.get(place)
    assert page.one("#officers-0-agency").attributes["value"] == "ICE"
    assert page.one("#papers-0-title").attributes["value"] == "Warrant of Removal"
    assert "Who came?" not in page.text


def test_what_looks_like_a_patient_is_told_nothing_is_lost_and_who_knows_may_save(responder, url):
    place = begun(responder, url)
    typed = form_of(responder, place, asked_words="They asked for patient Maria Lopez")

    refused = responder.post(place, typed, expect=400)

    assert any("looks like the name of a patient" in each for each in refused.wrong)
    assert "They asked for patient Maria Lopez" in refused.one("#asked_words").text()
    responder.post(place, {**typed, "doubts_known": "y"}, expect=303)


def test_the_same_form_sent_twice_is_one_entry(responder, url):
    place = begun(responder, url)
    typed = form_of(responder, place, entrance="Main door")

    responder.post(place, typed, expect=303)
    responder.post(place, typed, expect=303)

    assert "3 entries" in responder.get(place).text


def test_a_time_button_enters_a_line_and_a_typed_time_is_that_of_the_facility(responder, url):
    place = begun(responder, url)
    button = responder.get(place).all('form[action$="/moment"] input[name="entry"]')[1].attributes["value"]

    responder.post(f"{place}/moment", {"entry": button, "happening": "responder_called"}, expect=303)
    refused = responder.post(
        f"{place}/moment", {"entry": "1" * 32, "happening": "left", "at": "2001-01-01T10:00"}, expect=400
    )

    assert "Responder called" in responder.get(place).text
    assert refused.wrong


def test_a_closed_record_is_amended_with_a_reason_and_the_page_says_so(responder, url):
    place = begun(responder, url)
    responder.post(f"{place}/close", {}, expect=303)
    typed = form_of(responder, place, witness="Bo Adams")

    refused = responder.post(place, typed, expect=400)
    assert any("Say why it is amended" in each for each in refused.wrong)
    responder.post(place, {**typed, "reason": "left out"}, expect=303)

    assert "left out" in responder.get(place).text


def test_copies_hold_the_same_and_their_taking_is_kept(responder, sign_in, url):
    clerk = sign_in("desk")
    place = begun(clerk, url)
    clerk.post(place, form_of(clerk, place, asked_words="=1+1 they said", entrance="Main door"), expect=303)

    document = json.loads(responder.client.get(f"{place}/record.json").text)
    rows = list(csv.reader(io.StringIO(responder.client.get(f"{place}/record.csv").text)))
    pdf = pypdfium2.PdfDocument(responder.client.get(f"{place}/record.pdf").data)
    words = " ".join(page.get_textpage().get_text_range() for page in pdf)

    assert document["details"]["entrance"] == "Main door"
    assert ["details", "What they said", "'=1+1 they said"] in rows
    assert "Main door" in words
    assert re.search(r"Page 1 of \d", words)
    read = responder.get(place).text
    assert "a copy as PDF" in read
    assert "a copy as CSV" in read


def test_another_clerk_does_not_find_it(sign_in, url):
    place = begun(sign_in("desk"), url)

    sign_in("desk").get(place, expect=404)


def test_how_long_records_are_kept_is_set_by_an_administrator(sign_in, url):
    admin = sign_in("administrator")
    admin.post(f"{url}rule", {"keep_months": "36", "hold_reason": "Letter of Nov 3"}, expect=303)

    assert "Letter of Nov 3" in admin.get(url).text
    assert admin.post(f"{url}rule", {"keep_months": "x"}, expect=400).wrong


def test_areas_are_ticked_in_a_list_beside_the_map_and_stand_in_every_copy(sign_in, designated, url):
    responder = sign_in("responder")
    place = begun(responder, url)
    page = responder.get(place)
    room = designated.floor.rooms[0]
    (box,) = [each for each in page.all("input[name=zones]") if each.attributes["value"] == room.id]
    assert box.attributes["type"] == "checkbox"
    assert page.one(f'.zone-map [data-room="{room.id}"]')

    responder.post(place, form_of(responder, place, zones=[room.id, "f" * 32]), expect=303)

    document = json.loads(responder.client.get(f"{place}/record.json").text)
    rows = list(csv.reader(io.StringIO(responder.client.get(f"{place}/record.csv").text)))
    pdf = pypdfium2.PdfDocument(responder.client.get(f"{place}/record.pdf").data)
    (kept,) = document["details"]["zones"]
    assert (kept["room_id"], kept["number"], kept["name"], kept["revision"]) == (room.id, room.number, room.name, 4)
    assert any(row[:2] == ["area", room.label] and "designation 4" in row[2] for row in rows)
    assert room.label in " ".join(each.get_textpage().get_text_range() for each in pdf)
    assert f"In the record: {room.label}" in responder.get(place).text


def test_a_photo_of_a_paper_is_shown_and_is_in_the_pdf_by_choice_and_a_refused_form_keeps_it(responder, url):
    place = begun(responder, url)
    picture = io.BytesIO()
    Image.new("RGB", (340, 440), "white").save(picture, "PNG")
    fresh = responder.get(place).one("input[name=papers-0-fresh]").attributes["value"]
    typed = form_of(responder, place, asked_words="They asked for patient Maria Lopez", **{"papers-0-fresh": fresh})
    sent = typed | {"papers-0-file": (io.BytesIO(picture.getvalue()), "paper.png")}

    refused = responder.post(place, sent, expect=400)

    assert refused.one("input[name=papers-0-photo]").attributes["value"] == fresh, "the photo need not be chosen again"
    responder.post(place, {**typed, "asked_words": "", "papers-0-photo": fresh}, expect=303)
    link = responder.get(place).one('main a[href*="/photos/"]').attributes["href"]
    assert responder.client.get(link).mimetype == "image/jpeg"
    plain, whole = (responder.client.get(f"{place}/record.pdf{more}").data for more in ("", "?photos=1"))
    assert [len(list(_pictures(each))) for each in (plain, whole)] == [0, 1]
    assert "not in this copy" in " ".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(plain))
    broken = form_of(responder, place, **{"papers-0-fresh": "4" * 32, "papers-0-file": (io.BytesIO(b"x"), "x.jpg")})
    assert any("could not be read" in each for each in responder.post(place, broken, expect=400).wrong)


def _pictures(pdf):
    for page in pypdfium2.PdfDocument(pdf):
        yield from page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=9)
