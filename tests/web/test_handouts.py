"""The pages of handouts and referral lists: three lists apart, honest about age, unchecked texts acknowledged once."""

from __future__ import annotations

from datetime import UTC, datetime

import pypdfium2
import pytest

from tests.page import text_of


@pytest.fixture
def url(stored_facility):
    return f"/facilities/{stored_facility.id}"


@pytest.fixture
def responder(sign_in):
    return sign_in("responder")


def numbers(page, which: str) -> list[str]:
    (section,) = page.all(f'section[aria-labelledby="{which}"]')
    return [text_of(each) for each in section.css("a.num")]


def test_the_page_shows_every_handout_and_each_opens(responder, url):
    page = responder.get(f"{url}/handouts/")
    assert len(page.all(".handouts > li")) == 8
    assert "No lawyer has reviewed these texts" in page.text
    for link in page.all('.handouts p a[href*=".pdf"]'):
        answer = responder.client.get(link.attributes["href"])
        assert answer.data.startswith(b"%PDF"), link.attributes["href"]
    assert len(page.all(".handouts img")) == 9, "both sides of a card"
    for image in page.all(".handouts img"):
        assert responder.client.get(image.attributes["src"]).mimetype == "image/png"
    responder.get(f"{url}/handouts/menu.pdf", expect=404)


def test_an_unchecked_language_is_marked_and_acknowledged_once(responder, url):
    asked = f"{url}/handouts/?chosen=1&languages=en&languages=es&paper=a4&cards=4&large=y"
    page = responder.get(asked)
    assert "not checked by a qualified translator" in text_of(page.one("#languages"))
    assert "Nobody has checked these texts yet" in page.text
    hidden = page.all("#unseen form input[type=hidden]")
    given = {each.attributes["name"]: [] for each in hidden}
    for each in hidden:
        given[each.attributes["name"]].append(each.attributes["value"])
    pdf = f"{url}/handouts/rights.pdf?chosen=1&languages=es&paper=letter&cards=10"
    assert responder.client.get(pdf).status_code == 403

    there = responder.post(f"{url}/handouts/seen", given)

    assert "Nobody has checked these texts yet" not in responder.get(there).text
    assert "large=y" in there
    told = pypdfium2.PdfDocument(responder.client.get(pdf).data)[0].get_textpage().get_text_range()
    assert "Sus derechos" in told


def test_what_cannot_be_chosen_is_said_and_the_usual_sheets_are_shown(responder, url):
    page = responder.get(f"{url}/handouts/?chosen=1&languages=xx&paper=letter&cards=10")
    assert any("We have no texts in one of these languages" in each for each in page.wrong)
    assert page.all(".handouts > li")


def test_the_phone_for_appointments_is_set_and_a_wrong_one_told(responder, url):
    responder.post(f"{url}/handouts/phone", {"phone": "312-555-0111"})
    assert responder.get(f"{url}/handouts/").one("#phone").attributes["value"] == "312-555-0111"
    assert responder.post(f"{url}/handouts/phone", {"phone": "call us"}, expect=400).wrong


def test_the_six_hotlines_stand_in_their_lists_and_the_lawyers_list_says_what_belongs_there(sign_in, url):
    page = sign_in("desk").get(f"{url}/referrals/")

    assert numbers(page, "facility_counsel") == []
    assert "855-435-7693" in numbers(page, "legal_help")
    assert "833-626-4244" in numbers(page, "well_being")
    assert "833-626-4244" not in numbers(page, "legal_help")
    assert "7 of 7 numbers have not been called" in page.text
    assert "Never called" in page.text
    assert not page.all("form[action*='/referrals/']")


def test_a_number_is_added_called_changed_and_removed(responder, url):
    new = {"org": "Prairie Legal", "purpose": "legal_help", "phone": "312-555-0100", "show_to": "public_poster"}
    responder.post(f"{url}/referrals/", new)
    page = responder.get(f"{url}/referrals/")
    one = page.all('.referral a[href*="/referrals/"]')[-2].attributes["href"]
    one = next(
        each.attributes["href"] for each in page.all('.referral a[href*="/referrals/"]') if "Prairie" in text_of(each)
    )
    today = datetime.now(UTC).date().isoformat()
    responder.post(f"{one}/called", {"by": "Bo Adams", "on": today})
    assert "Bo Adams called on" in responder.get(f"{url}/referrals/").text
    assert responder.post(f"{one}/called", {"by": "", "on": "2999-01-01"}, expect=400).wrong
    assert responder.post(one, {**new, "phone": "none"}, expect=400).wrong
    responder.post(one, {**new, "phone": "312-555-0101"})
    assert "Nobody has called this number yet" in responder.get(one).text
    responder.post(f"{one}/remove", {})

    assert "312-555-0101" not in numbers(responder.get(f"{url}/referrals/"), "legal_help")
    responder.get(one, expect=404)
    assert responder.post(f"{url}/referrals/", {**new, "org": ""}, expect=400).wrong


def test_old_numbers_are_left_out_or_stamped_as_is_set(responder, url):
    sheet = f"{url}/handouts/referrals.pdf"

    def told() -> str:
        return pypdfium2.PdfDocument(responder.client.get(sheet).data)[0].get_textpage().get_text_range()

    assert "855-435-7693" not in told()
    responder.post(f"{url}/referrals/rule", {"stale": "stamp"})
    assert "855-435-7693" in told()
    assert "Nobody has called this number yet" in told()
    assert responder.post(f"{url}/referrals/rule", {"stale": "never"}, expect=400).wrong
