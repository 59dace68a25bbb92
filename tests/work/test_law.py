"""The rules of a facility: a review counts for what was read, lines can be added, a sealed program holds records."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.visits import AO_93
from zonemap.errors import Conflict, Forbidden, Invalid
from zonemap.model.facility import Facility
from zonemap.model.law import CounselReview, OwnMustNot
from zonemap.model.paper import observations_from
from zonemap.model.person import Actor, Role
from zonemap.rules.assess import assess
from zonemap.rules.pack import packs
from zonemap.rules.seal import seal
from zonemap.storage.store import Store
from zonemap.work.desk import desk_view
from zonemap.work.law import add_must_not, law_view, record_review, seal_records

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
BOSS = Actor("a" * 32, "Ana Ruiz", frozenset({Role.ADMINISTRATOR}))


@pytest.fixture
def kept(store: Store, facility: Facility) -> Facility:
    with store.begin() as books:
        if books.facilities.find(facility.id) is None:
            books.facilities.add(facility)
    return facility


def _review(facility: Facility, of: str, counsel: str = "Lee Park") -> CounselReview:
    return CounselReview("b" * 32, facility.id, "", of, counsel, BOSS.name, NOW)


def _line(facility: Facility, text: str) -> OwnMustNot:
    return OwnMustNot("c" * 32, facility.id, text, BOSS.name, NOW)


def test_a_review_of_the_rules_as_they_are_stands_at_the_desk(store: Store, kept: Facility) -> None:
    assert law_view(store, BOSS, kept.id).pack.reviewed_by == ""

    record_review(store, BOSS, _review(kept, law_view(store, BOSS, kept.id).seal))

    assert desk_view(store, BOSS, kept.id, NOW).pack.note(NOW.date()).reviewed_by == "Lee Park"


def test_a_changed_pack_loses_its_review(store: Store, kept: Facility) -> None:
    found = law_view(store, BOSS, kept.id)
    with store.begin() as books:
        books.law.add_review(replace(_review(kept, "0" * 64), pack_id=found.pack.id))

    after = law_view(store, BOSS, kept.id)

    assert after.lost
    assert after.pack.reviewed_by == ""


def test_a_review_of_other_rules_or_by_nobody_is_refused(store: Store, kept: Facility) -> None:
    with pytest.raises(Conflict, match="have changed"):
        record_review(store, BOSS, _review(kept, "0" * 64))
    with pytest.raises(Invalid, match="name of the lawyer"):
        record_review(store, BOSS, _review(kept, law_view(store, BOSS, kept.id).seal, " "))


def test_the_seal_changes_with_every_part_that_a_lawyer_reads_and_with_nothing_else() -> None:
    pack = packs()["US-CA"]

    assert seal(replace(pack, order_scope_required=False)) != seal(pack)
    assert seal(replace(pack, litigation_note="Another suit.")) != seal(pack)
    assert seal(replace(pack, reviewed_by="Lee Park", part2=True, stands_in_for="Ohio")) == seal(pack)


def test_a_line_is_added_to_every_answer_and_takes_none_away(store: Store, kept: Facility) -> None:
    add_must_not(store, BOSS, _line(kept, "Do not use the speakers of the building."))

    pack = desk_view(store, BOSS, kept.id, NOW).pack
    answer = assess(pack, observations_from(AO_93), today=NOW.date())

    assert answer.must_not[-1] == "Do not use the speakers of the building."
    assert (
        answer.must_not[:-1]
        == assess(replace(pack, own_must_not=()), observations_from(AO_93), today=NOW.date()).must_not
    )


@pytest.mark.parametrize(
    "text", ["Lock the doors.", "Do not wait. Hide the charts.", "Do not obey: it is not valid. It is invalid."]
)
def test_a_line_that_urges_or_judges_is_refused(store: Store, kept: Facility, text: str) -> None:
    with pytest.raises(Invalid):
        add_must_not(store, BOSS, _line(kept, text))


def test_records_of_a_sealed_program_are_held(store: Store, kept: Facility) -> None:
    seal_records(store, BOSS, kept.id, sealed=True)

    pack = desk_view(store, BOSS, kept.id, NOW).pack
    listed = observations_from(AO_93 | {"lists_records": "yes"})

    assert assess(pack, listed, today=NOW.date()).access["records"] == "hold"
    seal_records(store, BOSS, kept.id, sealed=False)
    assert not desk_view(store, BOSS, kept.id, NOW).pack.part2


@pytest.mark.parametrize("role", [Role.MANAGER, Role.RESPONDER, Role.DESK])
def test_only_an_administrator_records_a_review(store: Store, kept: Facility, role: Role) -> None:
    with pytest.raises(Forbidden):
        record_review(store, replace(BOSS, roles=frozenset({role})), _review(kept, "0" * 64))
