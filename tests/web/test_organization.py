"""The page of what all sites share."""

from __future__ import annotations


def test_somebody_is_added_for_all_sites_shown_at_each_and_removed(sign_in, stored_facility):
    page = sign_in("administrator")
    assert "Nobody yet" in page.get("/organization/").text

    page.post("/organization/contacts", {"role": "counsel", "name": "Reyes and Holm", "phone": "312-555-0190"})

    assert "Reyes and Holm" in page.get("/organization/").text
    own = page.get(f"/facilities/{stored_facility.id}/contacts")
    assert "Shared by all sites" in own.text
    assert "Reyes and Holm" in page.get(f"/facilities/{stored_facility.id}/").text
    remove = page.get("/organization/").one("form[action$='/remove']").attributes["action"]
    page.post(remove)
    assert "Nobody yet" in page.get("/organization/").text


def test_what_is_wrong_stands_beside_its_field(sign_in):
    page = sign_in("administrator")

    refused = page.post("/organization/contacts", {"role": "counsel", "name": "", "phone": "no"}, expect=400)

    assert any("Type a name" in each for each in refused.wrong)


def test_a_line_is_added_for_all_sites_and_a_responder_adds_none(sign_in, stored_facility):
    page = sign_in("administrator")

    page.post("/organization/must-not", {"line": "Do not hand out keys."})

    assert "Do not hand out keys." in page.get(f"/facilities/{stored_facility.id}/rules").text
    page.post("/organization/must-not", {"line": "Run"}, expect=400)
    assert sign_in("responder").get("/organization/").all("[name=line]") == []


def test_who_belongs_to_one_site_does_not_see_the_page(sign_in, stored_facility):
    page = sign_in("administrator", at=stored_facility.id)

    page.get("/organization/", expect=403)
    assert "What all sites share" not in page.get("/").text


def test_counsel_reads_the_rules_once_for_all_sites(sign_in, stored_facility):
    page = sign_in("administrator")
    there = page.get("/organization/").one("a[href^='/organization/rules/']").attributes["href"]
    seal = page.get(there).one("[name=seal]").attributes["value"]

    page.post(there, {"seal": seal, "counsel": "Lee Park"}, expect=400)
    page.post(there, {"seal": "0" * 64, "counsel": "Lee Park", "has_read": "y"}, expect=400)
    page.post(there, {"seal": seal, "counsel": "Lee Park", "has_read": "y"})

    assert "Read by Lee Park" in page.get("/organization/").text
    assert "for all sites that use these rules" in page.get(f"/facilities/{stored_facility.id}/rules").text
    assert sign_in("responder").get(there).all("[name=counsel]") == []
    page.get("/organization/rules/US-HI", expect=404)
