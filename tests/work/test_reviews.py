"""A draft is sent for review, approved or sent back; once it changes the review counts for nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import NOW, add_account
from tests.geometry.floors import decided_floor
from zonemap.errors import Conflict, Forbidden, Invalid, NotFound
from zonemap.model.person import Actor
from zonemap.model.review import ReviewState
from zonemap.work import reviews
from zonemap.work.designations import designate, readiness
from zonemap.work.facilities import facility_home
from zonemap.work.memo import memo
from zonemap.work.record import approvals, prove

FLOOR = "f" * 32


@pytest.fixture
def floor(store, facility):
    ready = replace(decided_floor(), id=FLOOR, facility_id=facility.id)
    with store.begin() as books:
        books.facilities.add(facility)
        books.floors.add(ready, saved_at=NOW, saved_by="Bo")
    return ready


def person(store, name, *roles):
    account = add_account(store, *roles)
    with store.begin() as books:
        account = books.accounts.save(replace(account, name=name))
    return Actor(account.id, account.name, account.roles)


@pytest.fixture
def manager(store, floor):
    return person(store, "Ana Ruiz", "manager")


@pytest.fixture
def counsel(store, floor):
    return person(store, "Dr. Lee", "responder")


@pytest.fixture
def sent(store, manager, counsel):
    return reviews.send(store, manager, FLOOR, 1, counsel.account_id, "Please look.", now=NOW, new_id="r" * 32)


def answer(store, who, sent, **more):
    values = {"approves": True, "role": "Counsel", "remark": "Seen on site.", "now": NOW} | more
    return reviews.answer(store, who, FLOOR, sent.content, **values)


def change(store):
    with store.begin() as books:
        current = books.floors.get(FLOOR)
        changed = replace(current.floor, name="Ground")
        books.floors.save(changed, current.version, saved_at=NOW, saved_by="Bo")


def page(store, who):
    return reviews.review_page(store, who, FLOOR)


def test_what_is_sent_is_fixed_by_its_fingerprint_and_waits_for_the_one_who_was_asked(store, sent, manager, counsel):
    found = page(store, counsel)

    assert found.is_mine
    assert not page(store, manager).is_mine
    assert found.now.is_open
    assert found.now.review == sent
    assert sent.content == found.content
    assert len(sent.code) == 9


def test_an_approval_is_entered_into_the_record_when_the_floor_is_designated(store, sent, manager, counsel):
    answer(store, counsel, sent)
    made = designate(store, manager, FLOOR, 1, now=NOW, new_id="d" * 32)

    (approval,) = approvals(store, manager, made.id)
    assert (approval.name, approval.role, approval.remark) == ("Dr. Lee", "Counsel", "Seen on site.")
    proof = prove(store, made.facility.id)
    assert (proof.entries, proof.faults) == (2, ())
    assert memo(store, manager, made.facility.id).floors[0].approvals[0].name == "Dr. Lee"
    with store.read() as books:
        designated, approved = books.records.list(made.facility.id)
    assert designated.values["document"] == approved.values["document"] == sent.content
    assert page(store, manager).now is None  # it is designated: nothing is under review any more


def test_a_review_of_another_draft_counts_for_nothing_and_says_so(store, sent, manager, counsel):
    answer(store, counsel, sent)
    change(store)

    assert page(store, manager).now.is_stale
    assert not page(store, manager).now.is_approved
    made = designate(store, manager, FLOOR, 2, now=NOW, new_id="d" * 32)
    assert approvals(store, manager, made.id) == ()


def test_what_has_changed_since_it_was_sent_can_not_be_approved(store, sent, counsel):
    change(store)
    with pytest.raises(Conflict, match="sent again"):
        answer(store, counsel, sent)


def test_a_change_of_the_facility_makes_a_review_stale_too(store, sent, manager, facility):
    with store.begin() as books:
        books.facilities.save(replace(facility, name="Larkspur West"))

    assert page(store, manager).now.is_stale


def test_only_the_one_who_was_asked_can_answer(store, sent, manager):
    with pytest.raises(Forbidden, match="only they can answer"):
        answer(store, manager, sent)


def test_a_floor_is_sent_back_with_a_remark_and_designated_all_the_same(store, sent, manager, counsel):
    with pytest.raises(Invalid, match="what should be changed"):
        answer(store, counsel, sent, approves=False, remark=" ")
    assert answer(store, counsel, sent, approves=False, remark="The store is public.").state is ReviewState.RETURNED

    made = designate(store, manager, FLOOR, 1, now=NOW, new_id="d" * 32)
    assert approvals(store, manager, made.id) == ()


def test_it_is_answered_once(store, sent, counsel):
    answer(store, counsel, sent)
    with pytest.raises(Conflict, match="not open any more"):
        answer(store, counsel, sent)


def test_whoever_answers_says_what_they_are(store, sent, counsel):
    with pytest.raises(Invalid) as refused:
        answer(store, counsel, sent, role="")
    assert "role" in refused.value.fields


def test_a_review_that_is_taken_back_or_sent_anew_is_not_open_any_more(store, sent, manager, counsel):
    again = reviews.send(store, manager, FLOOR, 1, counsel.account_id, now=NOW.replace(second=59), new_id="s" * 32)
    assert page(store, counsel).now.review == again
    reviews.withdraw(store, manager, FLOOR)

    assert page(store, counsel).now is None
    with pytest.raises(NotFound, match="Nobody was asked"):
        answer(store, counsel, again)


def test_nobody_is_asked_to_look_at_what_they_send_nor_who_may_not_see_plans(store, manager, counsel):
    desk = person(store, "Kim", "desk")
    assert [each.name for each in page(store, manager).people] == ["Dr. Lee"]
    for reviewer in (manager, desk):
        with pytest.raises(Invalid, match="somebody else"):
            reviews.send(store, manager, FLOOR, 1, reviewer.account_id, now=NOW, new_id="r" * 32)


def test_a_draft_that_somebody_saved_meanwhile_is_not_sent(store, manager, counsel):
    change(store)
    with pytest.raises(Conflict, match="Look at it again"):
        reviews.send(store, manager, FLOOR, 1, counsel.account_id, now=NOW, new_id="r" * 32)


def test_a_facility_can_ask_for_a_review_before_a_floor_is_designated(store, facility, manager, counsel):
    reviews.set_rule(store, manager, facility.id, required=True)
    assert readiness(store, manager, FLOOR).waits_for_review
    with pytest.raises(Invalid, match="asks for an approved review"):
        designate(store, manager, FLOOR, 1, now=NOW, new_id="d" * 32)

    sent = reviews.send(store, manager, FLOOR, 1, counsel.account_id, now=NOW, new_id="r" * 32)
    with pytest.raises(Invalid, match="asks for an approved review"):
        designate(store, manager, FLOOR, 1, now=NOW, new_id="d" * 32)
    answer(store, counsel, sent)
    assert not readiness(store, manager, FLOOR).waits_for_review
    assert designate(store, manager, FLOOR, 1, now=NOW, new_id="d" * 32).number == 1


def test_the_facility_page_knows_what_is_under_review(store, sent, manager, facility):
    (progress,) = facility_home(store, manager, facility.id).floors

    assert progress.review.is_open


def test_the_rule_can_be_taken_back(store, facility, manager):
    for required in (True, True, False):
        reviews.set_rule(store, manager, facility.id, required=required)
        assert readiness(store, manager, FLOOR).review_required is required
