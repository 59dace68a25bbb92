"""The pages of an alert: one press a place, what is known of each message, and the link."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from tests.conftest import add_account
from tests.page import PageClient
from tests.web.test_devices import make_code
from zonemap.model.facility import Contact, ContactRole, Designation, Facility
from zonemap.model.hours import Spell
from zonemap.settings import Settings
from zonemap.storage.store import Store
from zonemap.web.app import create_app
from zonemap.work.sessions import begin_session


def signed_in(settings: Settings, store: Store, *roles: str) -> PageClient:
    page = PageClient(create_app(settings, store))
    account = add_account(store, *roles)
    with store.begin() as books:
        begin_session(books, account.id, f"token-of-{account.id}", datetime.now(UTC))
    page.client.set_cookie("zonemap", f"token-of-{account.id}", domain="localhost")
    return page


def test_an_alert_is_raised_shown_honestly_and_answered(
    settings: Settings, store: Store, designated: Designation, stored_facility: Facility
) -> None:
    on = replace(settings, alert_webhook="https://hooks.example/1")
    clerk, responder = signed_in(on, store, "desk"), signed_in(on, store, "responder")
    home = f"/facilities/{stored_facility.id}/desk/alert"
    asked = clerk.get(home)
    assert [each.attributes["value"] for each in asked.all("button[name=place]")] == [
        "the front desk",
        "First floor: 101 Waiting",
    ]
    shown = clerk.post(home, {"place": "First floor: 101 Waiting"})
    page = clerk.get(shown)
    assert "Queued, not sent" in page.text
    assert "Nobody has answered yet" in page.text
    assert not page.all("form[action$=coming]")
    responder.post(shown.replace("/desk/alerts/", "/alerts/") + "/coming")
    assert "said so at" in clerk.get(shown).text
    assert clerk.client.get("/alerts/nothing").status_code == 404


def test_the_page_says_who_is_off_duty_and_what_became_of_their_message(
    settings: Settings, store: Store, stored_facility: Facility
) -> None:
    on = replace(settings, alert_smtp="smtp://127.0.0.1:9", alert_from="zonemap@clinic.example")
    clerk, responder = signed_in(on, store, "desk"), signed_in(on, store, "responder")
    off = add_account(store, "responder")
    never = (Spell((), 0, 60, None),)
    with store.begin() as books:
        absent = Contact("c1", stored_facility.id, ContactRole.RESPONDER, off.name, "555-0142", duty=never)
        books.contacts.replace(stored_facility.id, [absent])
    home = f"/facilities/{stored_facility.id}/desk/alert"
    assert "first to those who are on duty" in clerk.get(home).text

    shown = clerk.post(home, {"place": "the front desk"})
    assert "Off duty now by the call list. It goes out at" in clerk.get(shown).text
    responder.post(shown.replace("/desk/alerts/", "/alerts/") + "/coming")
    assert "Off duty by the call list, and not told:" in clerk.get(shown).text


def test_a_paired_desk_computer_raises_an_alert_and_offers_nobody_to_sign_out(
    settings: Settings, store: Store, stored_facility: Facility
) -> None:
    on = replace(settings, alert_webhook="https://hooks.example/1")
    app = create_app(on, store)
    code = make_code(signed_in(on, store, "manager"), stored_facility)
    computer = PageClient(app)
    computer.get("/pair")
    computer.post("/pair", {"code": code.lower()})
    home = f"/facilities/{stored_facility.id}/desk/alert"
    assert not computer.get(home).all("form[action='/signout']")
    shown = computer.get(computer.post(home, {"place": "the front desk"}))
    assert "Nobody has answered yet" in shown.text
    assert not shown.all("form")


def test_without_a_channel_the_page_says_so_and_the_desk_has_no_button(
    settings: Settings, store: Store, stored_facility: Facility
) -> None:
    clerk = signed_in(settings, store, "desk")
    home = f"/facilities/{stored_facility.id}/desk/alert"
    assert "Not set up" in clerk.get(home).text
    refused = clerk.post(home, {}, expect=400)
    assert "are not set up here" in refused.wrong[0]
    with store.read() as books:
        assert books.alerts.newest(stored_facility.id) is None


def test_the_link_of_a_message_answers_by_a_press_and_not_by_a_look(
    settings: Settings, store: Store, stored_facility: Facility
) -> None:
    import re

    on = replace(
        settings, alert_smtp="smtp://127.0.0.1:9", alert_from="z@clinic.example", public_address="https://z.example"
    )
    clerk, _ = signed_in(on, store, "desk"), add_account(store, "responder")
    clerk.post(f"/facilities/{stored_facility.id}/desk/alert", {"place": "the front desk"})
    with store.read() as books:
        alert = books.alerts.newest(stored_facility.id)
        assert alert is not None
        (message,) = books.alerts.messages(alert.id)
    found = re.search(r"https://z.example(/alerts/\S+)", message.text)
    assert found
    nobody = PageClient(create_app(on, store))
    page = nobody.get(found[1])
    assert f"{message.name} is coming" in page.text
    nobody.get(found[1])
    with store.read() as books:
        assert books.alerts.get(stored_facility.id, alert.id).acknowledged_at is None
    nobody.post(found[1])
    assert f"{message.name} said at" in nobody.get(found[1]).text
