"""What each line of readiness says: the fact beside it, in the words and numbers of the site."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.rules.test_readiness import ALL_ROLES, READY, TODAY, also, said, without
from zonemap.model.facility import ContactRole
from zonemap.model.readiness import Item, Said, SiteFacts
from zonemap.model.wall import WallState
from zonemap.rules.readiness import _count, readiness_of

HUNG, MISSING, OLD = WallState.POSTED, WallState.MISSING, WallState.OUTDATED
MANY = tuple("ABCDE")
FACTS: list[tuple[Item, dict[str, Any], str, str]] = [
    (Item.DRAWN, {"floors": ()}, "to do", "No floor is there yet."),
    (Item.DRAWN, {"undrawn": ("A",), "undecided": 2}, "to do", "Not yet: A."),
    (Item.DRAWN, {"undrawn": MANY[:3]}, "to do", "Not yet: A, B, C."),
    (Item.DRAWN, {"undrawn": MANY[:4]}, "to do", "Not yet: A, B, C and 1 more."),
    (Item.DRAWN, {"undrawn": MANY}, "to do", "Not yet: A, B, C and 2 more."),
    (Item.DRAWN, {"undrawn": (*MANY, "F")}, "to do", "Not yet: A, B, C and 3 more."),
    (Item.DRAWN, {"undecided": 1}, "to do", "1 room is undecided."),
    (Item.DRAWN, {"undecided": 2}, "to do", "2 rooms are undecided."),
    (Item.DRAWN, {}, "done", "2 floors."),
    (Item.DRAWN, {"floors": ("A",)}, "done", "1 floor."),
    (Item.CHECKED, {"open_checks": 1}, "to do", "1 thing is to be settled on the plans."),
    (Item.CHECKED, {"open_checks": 2}, "to do", "2 things are to be settled on the plans."),
    (Item.CHECKED, {}, "done", "Nothing is to be settled."),
    (Item.PRIVATE, {"private_share": None}, "to do", "No floor is designated, so nothing is private yet."),
    (Item.PRIVATE, {"private_share": 0.0}, "done", "0% of the area is private."),
    (Item.PRIVATE, {}, "done", "72% of the area is private."),
    (
        Item.PRIVATE,
        {"could_be_private": 1},
        "to do",
        "72% of the area is private. 1 public room is of a kind that is usually private.",
    ),
    (
        Item.PRIVATE,
        {"could_be_private": 2},
        "to do",
        "72% of the area is private. 2 public rooms are of a kind that is usually private.",
    ),
    (Item.DESIGNATED, {"floors": ()}, "to do", "No floor is there yet."),
    (Item.DESIGNATED, {"undesignated": ("A",), "changed": ("B",)}, "to do", "Not designated: A."),
    (Item.DESIGNATED, {"changed": ("B",)}, "to do", "Drawn on since: B."),
    (Item.DESIGNATED, {}, "done", "2 floors."),
    (Item.APPROVED, {"floors": ()}, "to do", "Nothing is designated yet."),
    (Item.APPROVED, {"undesignated": ("Ground", "First")}, "to do", "Nothing is designated yet."),
    (Item.APPROVED, {"undesignated": ("Ground",), "unapproved": ("First",)}, "to do", "Nobody has approved: First."),
    (Item.APPROVED, {"undesignated": ("Ground",)}, "done", "Each has an approval in the record."),
    (Item.POSTED, {"sheets": None}, "to do", "There is no sheet to hang yet."),
    (Item.POSTED, {"sheets": {HUNG: 1}}, "done", "On the wall: 1 of 1 sheet."),
    (Item.POSTED, {}, "done", "On the wall: 12 of 12 sheets."),
    (Item.POSTED, {"sheets": {HUNG: 1, MISSING: 1, OLD: 1}}, "to do", "On the wall: 1 of 3 sheets."),
    (Item.POSTED, {"sheets": {HUNG: int("300"), MISSING: 0}}, "done", "On the wall: 300 of 300 sheets."),
    (Item.POSTED, {"sheets": {MISSING: 2}}, "to do", "On the wall: 0 of 2 sheets."),
    (Item.POSTED, {"left_over": 1}, "to do", "On the wall: 12 of 12 sheets. 1 old sheet should come down."),
    (Item.POSTED, {"left_over": 2}, "to do", "On the wall: 12 of 12 sheets. 2 old sheets should come down."),
    (Item.ROSTER, {"roles": without(ContactRole.RESPONDER)}, "to do", "No responder is in the list."),
    (Item.ROSTER, {}, "done", "In 168 of the 168 hours of a week."),
    (Item.ROSTER, {"responder_hours": 167}, "to do", "In 167 of the 168 hours of a week."),
    (Item.ROSTER, {"responder_hours": 169}, "to do", "In 169 of the 168 hours of a week."),
    (Item.BACKUP_PERSON, {}, "done", "An administrator on call is in the list."),
    (
        Item.BACKUP_PERSON,
        {"roles": without(ContactRole.ADMINISTRATOR_ON_CALL)},
        "to do",
        "No administrator on call is in the list.",
    ),
    (Item.LAWYER, {"roles": without(ContactRole.COUNSEL)}, "to do", "No lawyer is in the list."),
    (Item.LAWYER, {"counsel_steps": 0}, "to do", "The protocol no longer says when to call a lawyer."),
    (Item.LAWYER, {}, "done", "A lawyer is in the list. When to call: 4 steps of the protocol."),
    (Item.LAWYER, {"counsel_steps": 1}, "done", "A lawyer is in the list. When to call: 1 step of the protocol."),
    (
        Item.CONFIDENTIALITY,
        {"roles": without(ContactRole.PRIVACY_OFFICER)},
        "to do",
        "No privacy officer is in the list.",
    ),
    (
        Item.CONFIDENTIALITY,
        {"closed_records": 0},
        "to do",
        "No room on a designated floor is marked as one for records.",
    ),
    (Item.CONFIDENTIALITY, {}, "done", "A privacy officer is in the list; 1 room for records."),
    (Item.CONFIDENTIALITY, {"closed_records": 2}, "done", "A privacy officer is in the list; 2 rooms for records."),
    (Item.EMERGENCY, {"roles": without(ContactRole.CHARGE_NURSE)}, "to do", "No nurse in charge is in the list."),
    (Item.EMERGENCY, {"care_steps": 0}, "to do", "The protocol no longer says that care goes on."),
    (Item.EMERGENCY, {}, "done", "A nurse in charge is in the list, and the protocol says that care goes on."),
    (Item.RULES_READ, {"review_lost": True}, "to do", "The rules have changed since your lawyer read them."),
    (Item.RULES_READ, {"read_by": ""}, "to do", "No lawyer has read them."),
    (Item.RULES_READ, {}, "done", "Read by Reyes."),
    (Item.RULES_FRESH, {"review_by": None}, "to do", "There are no rules for this place."),
    (Item.RULES_FRESH, {}, "done", "Illinois, good until November 24, 2026."),
    (Item.RULES_FRESH, {"review_by": TODAY + timedelta(days=8)}, "done", "Illinois, good until December 2, 2026."),
    (
        Item.RULES_FRESH,
        {"review_by": TODAY - timedelta(days=1)},
        "to do",
        "Illinois, past its date of November 23, 2026.",
    ),
    (Item.PROTOCOL, {"shared_protocol": 2, "protocol": 0}, "done", "The organization’s version 2."),
    (Item.PROTOCOL, {"protocol": 0}, "to do", "It is the one that came with zonemap."),
    (Item.PROTOCOL, {}, "done", "Version 3."),
    (
        Item.WORDS,
        {"words_approved_by": ""},
        "to do",
        "Locked: no lawyer has approved the words that stand there now.",
    ),
    (Item.WORDS, {}, "done", "Approved by Reyes."),
    (Item.TRAINED, {"people": 0, "trained": 0}, "to do", "Nobody is on the list of training."),
    (Item.TRAINED, {}, "done", "5 of 5 people."),
    (Item.TRAINED, {"trained": 0}, "to do", "0 of 5 people."),
    (Item.TRAINED, {"people": 1, "trained": 1}, "done", "1 of 1 person."),
    (Item.TRAINED, {"people": int("300"), "trained": int("300")}, "done", "300 of 300 people."),
    (Item.TRAINED, {"trained": 6}, "to do", "6 of 5 people."),
    (Item.REFERRALS, {"numbers": 0}, "to do", "The lists are empty."),
    (Item.REFERRALS, {"stale_numbers": 1}, "to do", "Not called in the last 90 days: 1 of 6 numbers."),
    (Item.REFERRALS, {"numbers": 1}, "done", "Called in the last 90 days: 1 number."),
    (Item.REFERRALS, {}, "done", "Called in the last 90 days: 6 numbers."),
    (Item.RIGHTS, {"said": None}, "not known", "Nobody has said so yet."),
    (
        Item.RIGHTS,
        {},
        "done",
        "Ana Ruiz said so on November 24, 2026; it counts until February 22, 2027.",
    ),
    (
        Item.RIGHTS,
        {"said": also(Said.RIGHTS, said(Said.RIGHTS, 90))},
        "not known",
        "Ana Ruiz said so on August 26, 2026, and that is too long ago.",
    ),
    (Item.TELEHEALTH, {"said": {}}, "not known", "Nobody has said so yet."),
    (Item.PAIRED, {"paired": 0}, "to do", "None is."),
    (Item.PAIRED, {}, "done", "1 computer paired."),
    (Item.PAIRED, {"paired": 2}, "done", "2 computers paired."),
    (Item.OFFLINE, {"opened_on": None}, "not known", "No paired computer has opened the desk yet."),
    (Item.OFFLINE, {}, "done", "Last opened on November 24, 2026."),
    (Item.OFFLINE, {"opened_on": TODAY - timedelta(days=14)}, "done", "Last opened on November 10, 2026."),
    (
        Item.OFFLINE,
        {"opened_on": TODAY - timedelta(days=15)},
        "to do",
        "Last opened on November 9, 2026: its copy may be old.",
    ),
    (
        Item.BACKUP,
        {"backup": None},
        "to do",
        "None is known. One that was made outside zonemap does not count here.",
    ),
    (
        Item.BACKUP,
        {"backup": replace(READY.backup, verified_at=None) if READY.backup else None},
        "to do",
        "None is known. One that was made outside zonemap does not count here.",
    ),
    (Item.BACKUP, {}, "done", "The newest whole one is of November 24, 2026."),
    (
        Item.BACKUP,
        {"backup_fresh": False},
        "to do",
        "The newest whole one is of November 24, 2026, too long ago.",
    ),
]


@pytest.mark.parametrize(("item", "change", "standing", "fact"), FACTS)
def test_a_line_says_where_it_stands_and_the_fact_behind_it(
    item: Item, change: dict[str, Any], standing: str, fact: str
) -> None:
    line = next(each for each in readiness_of(replace(READY, **change)).lines if each.item is item)

    assert (line.standing.value, line.fact) == (standing, fact)


def test_none_of_something_is_counted_as_several() -> None:
    assert [_count(each, "floor") for each in (0, 1, 2)] == ["0 floors", "1 floor", "2 floors"]


def test_what_was_looked_at_is_handed_on() -> None:
    found = readiness_of(replace(READY, open_checks=1, check_floor="f1"))

    assert (found.facility, found.check_floor, found.said) == (READY.facility, "f1", READY.said)
    assert readiness_of(SiteFacts(READY.facility, TODAY, roles=ALL_ROLES)).check_floor == ""
