"""Alerts and their messages, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import NOW
from zonemap.errors import NotFound
from zonemap.model.alert import Alert, AlertMessage, MessageState
from zonemap.model.facility import Facility
from zonemap.storage.store import Store


def test_alerts_and_messages_come_out_as_they_went_in_and_a_due_one_is_handed_out_once(
    any_store: Store, facility: Facility
) -> None:
    alert = Alert("1" * 32, facility.id, "the front desk", NOW, "Cleo")
    first = AlertMessage("2" * 32, alert.id, "Dana", "d@c.example", "Text", "a" * 64, MessageState.QUEUED, 0, NOW)
    later = replace(first, id="3" * 32, name="Eli", token_hash="b" * 64, next_at=NOW + timedelta(minutes=1))
    with any_store.begin() as books:
        books.facilities.add(facility)
        books.alerts.wait(facility.id)
        books.alerts.add(alert, (later, first))

    with any_store.begin() as books:
        assert books.alerts.due(NOW, until=NOW + timedelta(seconds=45)) == (first,)
        assert books.alerts.due(NOW, until=NOW + timedelta(seconds=45)) == ()
        sent = replace(first, state=MessageState.SENT, tries=1, sent_at=NOW)
        books.alerts.save(sent)
        assert books.alerts.acknowledge(alert.id, at=NOW, by="Dana")
        assert not books.alerts.acknowledge(alert.id, at=NOW, by="Eli")

    with any_store.read() as books:
        known = replace(alert, acknowledged_at=NOW, acknowledged_by="Dana")
        assert books.alerts.newest(facility.id) == books.alerts.get(facility.id, alert.id) == known
        assert books.alerts.messages(alert.id) == (sent, later)
        assert books.alerts.by_token("b" * 64) == (known, later)
        for missing in (lambda: books.alerts.get("0" * 32, alert.id), lambda: books.alerts.by_token("c" * 64)):
            with pytest.raises(NotFound):
                missing()
