"""Law packs: read strictly, chosen by state and kind of site, and honest about who has looked at them."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import pytest

from zonemap.errors import Invalid
from zonemap.model.assessment import PaperClass
from zonemap.model.facility import SiteKind
from zonemap.rules.pack import FEDERAL, pack_by_id, pack_for, pack_from, packs

SOURCES = {
    item.name: item.read_text("utf-8")
    for item in (files("zonemap.rules") / "packs").iterdir()
    if item.name.endswith(".toml")
}
ILLINOIS = SOURCES["us-il.toml"]


def test_there_are_packs_for_federal_law_california_and_illinois() -> None:
    assert {pack.name for pack in packs().values()} >= {"California", "Illinois", "United States, federal law"}
    assert all(pack_from(text, name).id in packs() for name, text in SOURCES.items())


def test_no_pack_claims_a_review_that_nobody_did() -> None:
    assert {pack.reviewed_by for pack in packs().values()} == {""}


def test_each_pack_is_looked_at_again_within_ninety_days() -> None:
    for pack in packs().values():
        assert timedelta(0) < pack.review_by - pack.reviewed_on <= timedelta(days=90)
        assert not pack.note(pack.reviewed_on).stale
        assert not pack.note(pack.review_by).stale
        assert pack.note(pack.review_by + timedelta(days=1)).stale


def test_each_pack_says_what_is_open_and_what_is_being_fought_over() -> None:
    assert all(pack.open_questions and pack.litigation_note for pack in packs().values())


def test_federal_law_cites_something_for_every_class() -> None:
    assert all(packs()[FEDERAL].cited(found) for found in PaperClass)


def test_california_asks_for_the_area_and_illinois_has_no_rule_on_the_door() -> None:
    assert packs()["US-CA"].order_scope_required
    assert not packs()["US-IL"].order_scope_required
    assert not any("24251" in line for line in packs()["US-IL"].cited(PaperClass.NO_PAPER))


@pytest.mark.parametrize(
    ("state", "site", "pack_id", "stands_in_for"),
    [
        ("CA", SiteKind.CLINIC, "US-CA", ""),
        ("ca", SiteKind.SHELTER, "US-CA", ""),
        ("CA", SiteKind.OTHER, FEDERAL, "California, whose rules do not cover this kind of site"),
        ("IL", SiteKind.HOSPITAL, "US-IL", ""),
        ("IL", SiteKind.CLINIC, FEDERAL, "Illinois, whose rules do not cover this kind of site"),
        ("TX", SiteKind.HOSPITAL, "US-TX", ""),
        ("OH", SiteKind.HOSPITAL, FEDERAL, "Ohio"),
        ("", SiteKind.CLINIC, FEDERAL, ""),
    ],
)
def test_the_pack_follows_the_state_and_the_kind_of_site(
    state: str, site: SiteKind, pack_id: str, stands_in_for: str
) -> None:
    pack = pack_for(state, site)

    assert (pack.id, pack.stands_in_for) == (pack_id, stands_in_for)


@pytest.mark.parametrize(("given", "place"), [("US-OH", "Ohio"), ("US-XX", "US-XX"), ("Mars", "Mars")])
def test_a_place_without_a_pack_gets_federal_law_which_says_so(given: str, place: str) -> None:
    pack = pack_by_id(given)

    assert pack.id == FEDERAL
    assert pack.note(date(2026, 12, 1)).stands_in_for == place
    assert pack_by_id(FEDERAL).stands_in_for == ""


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('state = "IL"', 'state = "IL"\ncolour = 1', "mine.toml: 'colour' is not a key that belongs here"),
        ('state = "IL"', "", "mine.toml: 'state' is missing"),
        ("version = 1", 'version = "1"', "mine.toml: version must be a int"),
        ("version = 1", "version = true", "mine.toml: version must be a int"),
        ("order_scope_required = false", "order_scope_required = 0", "order_scope_required must be a bool"),
        ("reviewed_on = 2026-11-24", 'reviewed_on = "today"', "mine.toml: reviewed_on must be a date"),
        ("reviewed_on = 2026-11-24", "reviewed_on = 2026-11-24T10:00:00", "mine.toml: reviewed_on must be a date"),
        ('covers = ["hospital"]', 'covers = ["ship"]', "mine.toml: covers cannot be"),
        ('covers = ["hospital"]', "covers = 3", "mine.toml: covers cannot be"),
        ('reviewed_by = "nobody"', 'reviewed_by = " "', 'mine.toml: reviewed_by must be a name, or "nobody"'),
        ('basis = "statute"', 'basis = "rumour"', "mine.toml: basis cannot be"),
        ("must_not = []", "must_not = [1]", "mine.toml: must_not must be a str"),
        ("[confidence]", '[confidence]\nsiege = "settled"', "mine.toml: confidence cannot be"),
        ("[confidence]", '[confidence]\nno_paper = "sure"', "mine.toml: confidence cannot be"),
        ("[citations]", '[citations]\nsiege = ["x"]', "mine.toml: citations: 'siege' is not a key"),
        ("[citations]", "[citations]\nno_paper = [3]", "mine.toml: citations.no_paper must be a str"),
        ("classes = []", "classes = []\ncolour = 1", "mine.toml: duties: 'colour' is not a key"),
        ("classes = []", 'classes = ["siege"]', "mine.toml: duties cannot be"),
        ('id = "US-IL"', "id = ", "mine.toml is not TOML"),
    ],
)
def test_a_pack_that_is_not_exactly_a_pack_is_refused_by_file_and_key(old: str, new: str, sentence: str) -> None:
    assert old in ILLINOIS

    with pytest.raises(Invalid) as caught:
        pack_from(ILLINOIS.replace(old, new, 1), "mine.toml")

    assert sentence in caught.value.message


def test_duties_belong_to_every_class_or_to_those_they_name() -> None:
    duties: dict[str, Any] = {duty.citation: duty for duty in packs()["US-CA"].duties}

    witness = duties["Cal. Health & Safety Code 24251(c)"]
    assert witness.belongs_to(PaperClass.DHS_ARREST_WARRANT)
    assert not witness.belongs_to(PaperClass.JUDICIAL_SEARCH)
    assert duties["Cal. Health & Safety Code 24250(b)"].belongs_to(PaperClass.JUDICIAL_SEARCH)


def test_of_several_keys_that_are_wrong_the_first_that_is_unknown_is_named() -> None:
    wrong = ILLINOIS.replace("version =", "verse =").replace("state =", "stat =")

    with pytest.raises(Invalid, match=r"'(verse|stat)' is not a key that belongs here"):
        pack_from(wrong, "us-il.toml")
    less = "\n".join(line for line in ILLINOIS.splitlines() if not line.startswith(("version =", "id =")))
    with pytest.raises(Invalid, match="'id' is missing"):
        pack_from(less, "us-il.toml")


@pytest.mark.parametrize("key", ["part2 = true", 'stands_in_for = "Guam"', "own_must_not = []"])
def test_what_belongs_to_one_facility_stands_in_no_file(key: str) -> None:
    with pytest.raises(Invalid, match="is not a key that belongs here"):
        pack_from(f"{key}\n{ILLINOIS}", "us-il.toml")


@pytest.mark.parametrize("name", ["A. Abel", "Zoe Zimmer, esq.", "nobody else"])
def test_a_reviewer_is_whoever_is_named(name: str) -> None:
    assert pack_from(ILLINOIS.replace('reviewed_by = "nobody"', f'reviewed_by = "{name}"'), "x").reviewed_by == name
