"""Each gap moves its own line of readiness and no other; without a gap all lines are done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zonemap.model.backup import BackupMade
from zonemap.model.facility import ContactRole, Facility, SiteKind
from zonemap.model.readiness import SAID_FOR, Item, Said, SiteFacts, Standing, Statement
from zonemap.model.wall import WallState
from zonemap.rules.readiness import line_text, readiness_of, readiness_texts

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SITE = Facility("f" * 32, "Larkspur Clinic", "1420 Larkspur Avenue", "", "Salem", "IL", "62881", SiteKind.CLINIC)
ALL_ROLES = frozenset(ContactRole)


def said(what: Said, days_ago: int = 0) -> Statement:
    return Statement("a" * 32, SITE.id, what, "Ana Ruiz", NOW - timedelta(days=days_ago))


READY = SiteFacts(
    facility=SITE,
    today=TODAY,
    floors=("Ground", "First"),
    private_share=0.72,
    sheets={WallState.POSTED: 12},
    responder_hours=168,
    roles=ALL_ROLES,
    closed_records=1,
    pack="Illinois",
    read_by="Reyes",
    review_by=TODAY,
    protocol=3,
    care_steps=2,
    counsel_steps=4,
    words_approved_by="Reyes",
    people=5,
    trained=5,
    numbers=6,
    paired=1,
    opened_on=TODAY,
    backup=BackupMade("b" * 32, NOW, "one", NOW),
    backup_fresh=True,
    said={what: said(what) for what in Said},
)


def without(role: ContactRole) -> frozenset[ContactRole]:
    return ALL_ROLES - {role}


def also(what: Said, statement: Statement | None) -> dict[Said, Statement]:
    others = {each: said(each) for each in Said if each is not what}
    return others if statement is None else {**others, what: statement}


GAPS: list[tuple[Item, dict[str, object]]] = [
    (Item.DRAWN, {"undrawn": ("First",)}),
    (Item.DRAWN, {"undecided": 2}),
    (Item.CHECKED, {"open_checks": 1, "check_floor": "f1"}),
    (Item.PRIVATE, {"could_be_private": 1}),
    (Item.PRIVATE, {"private_share": None}),
    (Item.DESIGNATED, {"undesignated": ("First",)}),
    (Item.DESIGNATED, {"changed": ("First",)}),
    (Item.APPROVED, {"unapproved": ("First",)}),
    (Item.POSTED, {"sheets": {WallState.POSTED: 11, WallState.MISSING: 1}}),
    (Item.POSTED, {"sheets": {WallState.OUTDATED: 12}}),
    (Item.POSTED, {"sheets": {}}),
    (Item.POSTED, {"left_over": 1}),
    (Item.ROSTER, {"responder_hours": 167}),
    (Item.ROSTER, {"roles": without(ContactRole.RESPONDER)}),
    (Item.BACKUP_PERSON, {"roles": without(ContactRole.ADMINISTRATOR_ON_CALL)}),
    (Item.LAWYER, {"roles": without(ContactRole.COUNSEL)}),
    (Item.LAWYER, {"counsel_steps": 0}),
    (Item.CONFIDENTIALITY, {"roles": without(ContactRole.PRIVACY_OFFICER)}),
    (Item.CONFIDENTIALITY, {"closed_records": 0}),
    (Item.EMERGENCY, {"roles": without(ContactRole.CHARGE_NURSE)}),
    (Item.EMERGENCY, {"care_steps": 0}),
    (Item.RULES_READ, {"read_by": ""}),
    (Item.RULES_READ, {"review_lost": True}),
    (Item.RULES_FRESH, {"review_by": TODAY - timedelta(days=1)}),
    (Item.PROTOCOL, {"protocol": 0}),
    (Item.WORDS, {"words_approved_by": ""}),
    (Item.TRAINED, {"trained": 4}),
    (Item.TRAINED, {"people": 0, "trained": 0}),
    (Item.REFERRALS, {"stale_numbers": 1}),
    (Item.REFERRALS, {"numbers": 0}),
    (Item.RIGHTS, {"said": also(Said.RIGHTS, None)}),
    (Item.RIGHTS, {"said": also(Said.RIGHTS, said(Said.RIGHTS, 90))}),
    (Item.TELEHEALTH, {"said": also(Said.TELEHEALTH, None)}),
    (Item.TELEHEALTH, {"said": also(Said.TELEHEALTH, said(Said.TELEHEALTH, 180))}),
    (Item.PAIRED, {"paired": 0}),
    (Item.OFFLINE, {"opened_on": None}),
    (Item.OFFLINE, {"opened_on": TODAY - timedelta(days=15)}),
    (Item.BACKUP, {"backup": None, "backup_fresh": False}),
    (Item.BACKUP, {"backup_fresh": False}),
]


def test_without_a_gap_every_line_is_done():
    found = readiness_of(READY)

    assert [line.item for line in found.lines] == list(Item)
    assert [line.fact for line in found.lines if not line.done] == []
    assert (found.percent, found.next) == (100, None)


@pytest.mark.parametrize(("item", "gap"), GAPS)
def test_a_gap_moves_its_own_line_and_no_other(item, gap):
    before, after = readiness_of(READY), readiness_of(replace(READY, **gap))

    changed = {old.item for old, new in zip(before.lines, after.lines, strict=True) if old.standing is not new.standing}
    assert changed == {item}
    assert after.percent < 100
    assert after.next is not None
    assert after.next.item is item


def test_every_line_has_a_gap_and_its_texts():
    assert {item for item, _ in GAPS} == set(Item)
    assert set(readiness_texts()["lines"]) == {item.value for item in Item}
    assert {line_text(item).advice for item in Item} == set(readiness_texts()["advice"])
    assert set(readiness_texts()["said"]) == {each.value for each in Said}


@settings(max_examples=150, deadline=None)
@given(st.sets(st.integers(0, len(GAPS) - 1)))
def test_any_gaps_together_move_just_their_lines(chosen):
    """Gaps of one line may hide one another; no line moves without a gap of its own."""
    facts, roles, words = READY, ALL_ROLES, dict(READY.said or {})
    for index in sorted(chosen):
        gap = dict(GAPS[index][1])
        roles &= gap.pop("roles", ALL_ROLES)
        for what in Said:
            if "said" in gap and gap["said"].get(what) != said(what):
                words = {key: value for key, value in words.items() if key is not what}
        gap.pop("said", None)
        facts = replace(facts, **gap)
    facts = replace(facts, roles=roles, said=words)

    assert {line.item for line in readiness_of(facts).lines if not line.done} == {GAPS[index][0] for index in chosen}


def test_what_only_people_know_is_not_known_until_they_say_it_and_ends_on_its_day():
    def standing(days_ago: int | None) -> Standing:
        last = None if days_ago is None else said(Said.RIGHTS, days_ago)
        lines = readiness_of(replace(READY, said=also(Said.RIGHTS, last))).lines
        return next(line.standing for line in lines if line.item is Item.RIGHTS)

    ends = SAID_FOR[Said.RIGHTS].days
    assert [standing(each) for each in (None, 0, ends - 1, ends)] == [
        Standing.UNKNOWN,
        Standing.DONE,
        Standing.DONE,
        Standing.UNKNOWN,
    ]


def test_an_empty_site_has_nothing_done_but_what_nobody_can_have_left_open():
    done = {line.item for line in readiness_of(SiteFacts(SITE, TODAY)).lines if line.done}

    assert done == {Item.CHECKED}, "there is nothing yet that could contradict itself"
