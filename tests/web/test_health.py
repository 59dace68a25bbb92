"""What whoever runs zonemap sees: up, able to work, how it is doing; and no word of people, places or papers."""

from __future__ import annotations

import json

import pytest

from zonemap.web.app import create_app


def test_it_says_that_it_is_up_and_able_to_work(page):
    assert [page.client.get(f"/health/{name}").get_data(as_text=True) for name in ("live", "ready")] == ["ok\n"] * 2


def test_with_the_database_gone_it_is_up_and_not_able_to_work(page, settings):
    (settings.data / "zonemap.db").write_bytes(b"no database " * 100)

    assert page.client.get("/health/live").status_code == 200
    assert page.client.get("/health/ready").status_code >= 500


def test_answers_are_counted_by_route_and_status_and_no_id_is_told(sign_in, stored_facility):
    browser = sign_in("manager")
    for _ in range(2):
        browser.client.get(f"/facilities/{stored_facility.id}/")
    browser.client.get("/nothing/here?name=Ana")

    said = browser.client.get("/metrics").get_data(as_text=True)

    assert 'zonemap_answers_total{method="GET",route="/facilities/<facility_id>/",status="200"} 2' in said
    assert 'route="none",status="404"' in said
    assert 'zonemap_answer_seconds_bucket{le="+Inf"} 3' in said
    assert stored_facility.id not in said
    assert "Ana" not in said


@pytest.mark.parametrize("seen_from", [{"REMOTE_ADDR": "10.0.0.7"}, {"HTTP_X_FORWARDED_FOR": "10.0.0.7"}])
def test_counts_are_for_this_computer_alone(page, seen_from):
    assert page.client.get("/metrics", environ_overrides=seen_from).status_code in (403, 404)


def test_a_line_is_written_for_each_answer_without_names_addresses_or_queries(settings, store, sign_in, capsys):
    from dataclasses import replace

    from tests.conftest import PageClient

    app = create_app(replace(settings, log_answers=True), store)
    PageClient(app).client.get("/signin?next=/people/&who=Ana", environ_overrides={"REMOTE_ADDR": "127.0.0.9"})

    (line,) = [json.loads(each) for each in capsys.readouterr().err.splitlines() if "route" in each]
    assert line.pop("ms") >= 0
    assert line.pop("at").startswith("20")
    assert line == {"level": "info", "method": "GET", "route": "/signin", "status": 200, "roles": ""}
