"""The pages of the protocol: read by everybody, changed without scripts, told what to write instead, undone."""

from __future__ import annotations

import pypdfium2
import pytest

from tests.page import text_of


@pytest.fixture
def url(stored_facility):
    return f"/facilities/{stored_facility.id}/protocol/"


@pytest.fixture
def responder(sign_in):
    return sign_in("responder")


def seen(page) -> str:
    return page.all('input[name="seen"]')[0].attributes["value"]


def steps(page) -> list[str]:
    return [text_of(each) for each in page.all(".edit-steps > li > div:first-child > p:first-child")]


def words_of(client, url: str) -> str:
    answer = client.client.get(url)
    assert answer.mimetype == "application/pdf"
    return " ".join(
        " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.data)).split()
    )


def test_the_desk_reads_the_protocol_and_changes_nothing(sign_in, url, stored_facility):
    clerk = sign_in("desk")
    assert url in {each.attributes.get("href") for each in clerk.get(f"/facilities/{stored_facility.id}/").all("a")}

    page = clerk.get(url)

    assert "Call the responder at once" in page.text
    assert "Nobody warns a named person" in page.text
    assert "Locked." in page.text
    assert "Your visit goes on as planned" not in page.text, "words to patients that nobody has approved"
    assert not page.all('a[href*="/edit/"]')
    assert "The alert is for responders" in words_of(clerk, f"{url}protocol.pdf")


def test_a_step_is_added_worded_anew_moved_and_removed_without_scripts(responder, url):
    place = f"{url}edit/security.during"
    page = responder.get(place)
    before = steps(page)
    responder.post(place, {"seen": seen(page), "line": "Ring the silver bell.", "source": "House rule 4"})
    page = responder.get(place)
    assert steps(page) == [*before, "Ring the silver bell."]
    change = page.all('.edit-steps a[href*="/steps/"]')[-1].attributes["href"]
    form = responder.get(change)
    assert form.one("#line").attributes["value"] == "Ring the silver bell."
    responder.post(change, {"seen": seen(form), "line": "Ring the golden bell.", "source": ""})
    responder.post(f"{change}/move", {"seen": seen(responder.get(place)), "to": "up"})
    assert steps(responder.get(place))[-2:] == ["Ring the golden bell.", before[-1]]
    responder.post(f"{change}/remove", {"seen": seen(responder.get(place))})

    assert steps(responder.get(place)) == before
    assert "Removed: Ring the golden bell." in responder.get(f"{url}history").text


def test_a_line_that_nobody_may_write_is_refused_what_was_typed_stays_and_the_way_out_is_named(responder, url):
    place = f"{url}edit/front_desk.during"
    refused = responder.post(
        place, {"seen": seen(responder.get(place)), "line": "Warn the family.", "source": ""}, expect=400
    )

    assert any("Take out “Warn”" in each and "Call the responder" in each for each in refused.wrong)
    assert refused.one("#line").attributes["value"] == "Warn the family."


def test_who_saw_an_older_version_is_told_and_nothing_is_overwritten(responder, url):
    place = f"{url}edit/front_desk.during"
    old = seen(responder.get(place))
    responder.post(place, {"seen": old, "line": "First.", "source": ""})

    refused = responder.post(place, {"seen": old, "line": "Second.", "source": ""}, expect=409)

    assert any("Somebody else has changed the protocol" in each for each in refused.wrong)
    assert refused.one("#line").attributes["value"] == "Second."
    responder.post(place, {"seen": seen(refused), "line": "Second.", "source": ""})


def test_an_earlier_version_is_looked_at_and_taken_back(responder, url):
    assert "No version yet" in responder.get(f"{url}history").text
    place = f"{url}edit/care"
    responder.post(place, {"seen": seen(responder.get(place)), "line": "Offer tea.", "source": ""})
    earlier = responder.get(f"{url}history/1")
    assert "Offer tea." not in earlier.text

    responder.post(f"{url}history/1", {"seen": seen(earlier)})

    assert "Offer tea." not in responder.get(url).text
    assert "Back to version 1" in responder.get(f"{url}history").text
    responder.get(f"{url}history/99", expect=404)
    responder.get(f"{url}history/0")


def test_counsel_unlocks_the_words_and_a_change_locks_them(sign_in, url):
    admin, clerk = sign_in("administrator"), sign_in("desk")
    page = admin.get(url)
    assert "Only who may change the protocol sees the draft" in page.text
    seal = page.one('input[name="seal"]').attributes["value"]
    refused = admin.post(f"{url}approve", {"seal": seal, "counsel": "", "on": "2026-01-02"}, expect=400)
    assert any("Type the name of the lawyer" in each for each in refused.wrong)
    admin.post(f"{url}approve", {"seal": seal, "counsel": "Reyes and Holm", "on": "2026-01-02", "has_read": "y"})

    assert "Your visit goes on as planned" in clerk.get(url).text
    assert "Reyes and Holm, Jan 2, 2026" in words_of(clerk, f"{url}protocol.pdf")

    form = admin.get(f"{url}words/en")
    said = admin.post(f"{url}words/en", {"seen": seen(form), "lines": "Hello.\nOfficers are here."}, expect=400)
    assert any("Line 2: Take out “Officers are here”" in each for each in said.wrong)
    admin.post(f"{url}words/en", {"seen": seen(form), "lines": "Hello.\nWe go on with your care."})

    assert "approved another wording" in clerk.get(url).text
    assert "We go on with your care" not in clerk.get(url).text
    stale = admin.post(
        f"{url}approve", {"seal": seal, "counsel": "Reyes", "on": "2026-01-02", "has_read": "y"}, expect=409
    )
    assert any("have changed since" in each for each in stale.wrong)


def test_an_approval_is_taken_back_and_a_language_comes_and_goes(sign_in, url):
    admin = sign_in("administrator")
    seal = admin.get(url).one('input[name="seal"]').attributes["value"]
    admin.post(f"{url}approve", {"seal": seal, "counsel": "Reyes", "on": "2026-01-02", "has_read": "y"})
    admin.post(f"{url}withdraw", {})
    assert "Nobody has approved the wording as it is now" in admin.get(url).text

    form = admin.get(f"{url}words/es")
    admin.post(f"{url}words/es/remove", {"seen": seen(form)})
    assert "Spanish" in text_of(admin.get(url).one("details.more"))
    form = admin.get(f"{url}words/es")
    admin.post(
        f"{url}words/es",
        {"seen": seen(form), "lines": form.one("#lines").text(), "checked_by": "Iris Vega", "checked_on": "2026-01-03"},
    )
    assert "checked by Iris Vega" in admin.get(url).text
    admin.get(f"{url}words/xx", expect=404)


def test_one_role_s_sheet_is_printed_large(responder, url):
    told = words_of(responder, f"{url}protocol.pdf?role=security&large=1")

    assert "Response protocol: Security" in told
    assert "Finish the visit record" not in told


def test_what_is_not_there_is_said(responder, url):
    responder.get(f"{url}edit/kitchen.during", expect=404)
    responder.get(f"{url}steps/{'0' * 32}", expect=404)
    assert responder.post(f"{url}edit/care", {"seen": "x", "line": ""}, expect=400).wrong
