"""What follows from the facts of a site: each line of readiness, with where it stands and why. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from zonemap.model.backup import BackupMade
from zonemap.model.facility import ContactRole
from zonemap.model.readiness import OPENED_LATELY, Item, Line, Readiness, Said, SiteFacts, Standing
from zonemap.model.roster import WEEK
from zonemap.model.wall import WallState

_HOURS = WEEK // 60
Told = tuple[bool | None, str]  # done, to do, or (None) not known; and the fact


@dataclass(frozen=True, slots=True)
class LineText:
    """What a line is called, why it is there, and which advice it serves."""

    title: str
    why: str
    advice: str


@cache
def readiness_texts() -> Mapping[str, Any]:
    """Every text, as the file has them."""
    source = resources.files("zonemap.rules") / "wording" / "readiness.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def line_text(item: Item) -> LineText:
    """The texts of a line."""
    return LineText(**readiness_texts()["lines"][item.value])


def readiness_of(facts: SiteFacts) -> Readiness:
    """All lines of a site."""
    return Readiness(facts.facility, tuple(_line(item, facts) for item in Item), facts.check_floor, facts.said)


def backup_line(backup: BackupMade | None, fresh: bool) -> Line:
    """The line of the backup, which is the same for all sites of a database."""
    return _as_line(Item.BACKUP, _backup_told(backup, fresh))


def _line(item: Item, facts: SiteFacts) -> Line:
    return _as_line(item, _LINES[item](facts))


def _as_line(item: Item, told: Told) -> Line:
    done, fact = told
    standing = Standing.UNKNOWN if done is None else Standing.DONE if done else Standing.TODO
    return Line(item, standing, fact)


def _drawn(facts: SiteFacts) -> Told:
    if not facts.floors:
        return False, "No floor is there yet."
    if facts.undrawn:
        return False, f"Not yet: {_list(facts.undrawn)}."
    if facts.undecided:
        return False, f"{_count(facts.undecided, 'room is', 'rooms are')} undecided."
    return True, f"{_count(len(facts.floors), 'floor')}."


def _checked(facts: SiteFacts) -> Told:
    if facts.open_checks:
        return False, f"{_count(facts.open_checks, 'thing is', 'things are')} to be settled on the plans."
    return True, "Nothing is to be settled."


def _private(facts: SiteFacts) -> Told:
    if facts.private_share is None:
        return False, "No floor is designated, so nothing is private yet."
    share = f"{facts.private_share:.0%} of the area is private."
    if facts.could_be_private:
        rooms = _count(facts.could_be_private, "public room is", "public rooms are")
        return False, f"{share} {rooms} of a kind that is usually private."
    return True, share


def _designated(facts: SiteFacts) -> Told:
    if not facts.floors:
        return False, "No floor is there yet."
    if facts.undesignated:
        return False, f"Not designated: {_list(facts.undesignated)}."
    if facts.changed:
        return False, f"Drawn on since: {_list(facts.changed)}."
    return True, f"{_count(len(facts.floors), 'floor')}."


def _approved(facts: SiteFacts) -> Told:
    designated = facts.floors[len(facts.undesignated) :]  # as many; which of them they are does not matter
    if not designated:
        return False, "Nothing is designated yet."
    if facts.unapproved:
        return False, f"Nobody has approved: {_list(facts.unapproved)}."
    return True, "Each has an approval in the record."


def _posted(facts: SiteFacts) -> Told:
    sheets = facts.sheets or {}
    whole, hangs = sum(sheets.values()), sheets.get(WallState.POSTED, 0)
    if not whole:
        return False, "There is no sheet to hang yet."
    left = f" {_count(facts.left_over, 'old sheet')} should come down." if facts.left_over else ""
    return hangs == whole and not left, f"On the wall: {hangs} of {_count(whole, 'sheet')}.{left}"


def _roster(facts: SiteFacts) -> Told:
    if ContactRole.RESPONDER not in facts.roles:
        return False, "No responder is in the list."
    return facts.responder_hours == _HOURS, f"In {facts.responder_hours} of the {_HOURS} hours of a week."


def _backup_person(facts: SiteFacts) -> Told:
    there = ContactRole.ADMINISTRATOR_ON_CALL in facts.roles
    return there, f"{'An' if there else 'No'} administrator on call is in the list."


def _lawyer(facts: SiteFacts) -> Told:
    if ContactRole.COUNSEL not in facts.roles:
        return False, "No lawyer is in the list."
    if not facts.counsel_steps:
        return False, "The protocol no longer says when to call a lawyer."
    steps = _count(facts.counsel_steps, "step")
    return True, f"A lawyer is in the list. When to call: {steps} of the protocol."


def _confidentiality(facts: SiteFacts) -> Told:
    if ContactRole.PRIVACY_OFFICER not in facts.roles:
        return False, "No privacy officer is in the list."
    if not facts.closed_records:
        return False, "No room on a designated floor is marked as one for records."
    return True, f"A privacy officer is in the list; {_count(facts.closed_records, 'room')} for records."


def _emergency(facts: SiteFacts) -> Told:
    if ContactRole.CHARGE_NURSE not in facts.roles:
        return False, "No nurse in charge is in the list."
    if not facts.care_steps:
        return False, "The protocol no longer says that care goes on."
    return True, "A nurse in charge is in the list, and the protocol says that care goes on."


def _rules_read(facts: SiteFacts) -> Told:
    if facts.review_lost:
        return False, "The rules have changed since your lawyer read them."
    return bool(facts.read_by), f"Read by {facts.read_by}." if facts.read_by else "No lawyer has read them."


def _rules_fresh(facts: SiteFacts) -> Told:
    if facts.review_by is None:
        return False, "There are no rules for this place."
    fresh = facts.today <= facts.review_by
    return fresh, f"{facts.pack}, {'good until' if fresh else 'past its date of'} {_day(facts.review_by)}."


def _protocol(facts: SiteFacts) -> Told:
    if facts.shared_protocol:
        return True, f"The organization’s version {facts.shared_protocol}."
    if not facts.protocol:
        return False, "It is the one that came with zonemap."
    return True, f"Version {facts.protocol}."


def _words(facts: SiteFacts) -> Told:
    if not facts.words_approved_by:
        return False, "Locked: no lawyer has approved the words that stand there now."
    return True, f"Approved by {facts.words_approved_by}."


def _trained(facts: SiteFacts) -> Told:
    if not facts.people:
        return False, "Nobody is on the list of training."
    return facts.trained == facts.people, f"{facts.trained} of {_count(facts.people, 'person', 'people')}."


def _referrals(facts: SiteFacts) -> Told:
    if not facts.numbers:
        return False, "The lists are empty."
    if facts.stale_numbers:
        numbers = _count(facts.numbers, "number")
        return False, f"Not called in the last 90 days: {facts.stale_numbers} of {numbers}."
    return True, f"Called in the last 90 days: {_count(facts.numbers, 'number')}."


def _said(what: Said) -> Callable[[SiteFacts], Told]:
    def told(facts: SiteFacts) -> Told:
        last = (facts.said or {}).get(what)
        if last is None:
            return None, "Nobody has said so yet."
        who = f"{last.said_by} said so on {_day(last.said_at.date())}"
        if last.holds(facts.today):
            return True, f"{who}; it counts until {_day(last.ends())}."
        return None, f"{who}, and that is too long ago."

    return told


def _paired(facts: SiteFacts) -> Told:
    return bool(facts.paired), f"{_count(facts.paired, 'computer')} paired." if facts.paired else "None is."


def _offline(facts: SiteFacts) -> Told:
    if facts.opened_on is None:
        return None, "No paired computer has opened the desk yet."
    lately = facts.today - facts.opened_on <= OPENED_LATELY
    return lately, f"Last opened on {_day(facts.opened_on)}{'' if lately else ': its copy may be old'}."


def _backup(facts: SiteFacts) -> Told:
    return _backup_told(facts.backup, facts.backup_fresh)


def _backup_told(backup: BackupMade | None, fresh: bool) -> Told:
    if backup is None or backup.verified_at is None:
        return False, "None is known. One that was made outside zonemap does not count here."
    return fresh, f"The newest whole one is of {_day(backup.verified_at.date())}{'' if fresh else ', too long ago'}."


_LINES: Mapping[Item, Callable[[SiteFacts], Told]] = {
    Item.DRAWN: _drawn,
    Item.CHECKED: _checked,
    Item.PRIVATE: _private,
    Item.DESIGNATED: _designated,
    Item.APPROVED: _approved,
    Item.POSTED: _posted,
    Item.ROSTER: _roster,
    Item.BACKUP_PERSON: _backup_person,
    Item.LAWYER: _lawyer,
    Item.CONFIDENTIALITY: _confidentiality,
    Item.EMERGENCY: _emergency,
    Item.RULES_READ: _rules_read,
    Item.RULES_FRESH: _rules_fresh,
    Item.PROTOCOL: _protocol,
    Item.WORDS: _words,
    Item.TRAINED: _trained,
    Item.REFERRALS: _referrals,
    Item.RIGHTS: _said(Said.RIGHTS),
    Item.TELEHEALTH: _said(Said.TELEHEALTH),
    Item.PAIRED: _paired,
    Item.OFFLINE: _offline,
    Item.BACKUP: _backup,
}


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _list(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
