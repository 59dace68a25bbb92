"""What all sites share reaches each of them, until it has its own; and nobody of one site can change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from zonemap.errors import Conflict, Forbidden, Invalid, NotFound
from zonemap.model.facility import Contact, ContactRole
from zonemap.model.law import CounselReview, OwnMustNot
from zonemap.model.readiness import Item
from zonemap.work import organization as work
from zonemap.work.contacts import add_contact, contacts, remove_contact, roster
from zonemap.work.desk import desk_view
from zonemap.work.law import law_view, record_review
from zonemap.work.readiness import readiness


@pytest.fixture
def boss(actor):
    return actor("administrator")


@pytest.fixture
def site(any_store, facility):
    with any_store.begin() as books:
        return books.facilities.add(facility)


def somebody(role: ContactRole, number: int, name: str = "Reyes and Holm") -> Contact:
    return Contact(f"{number:032x}", "", role, name, "312-555-0190", languages=("Spanish",))


def test_a_shared_lawyer_is_called_where_a_site_has_none_and_nowhere_else(any_store, boss, site, now):
    work.add_shared_contact(any_store, boss, somebody(ContactRole.COUNSEL, 1))

    (called,) = desk_view(any_store, boss, site.id, now).contacts
    assert (called.name, called.facility_id, called.languages) == ("Reyes and Holm", site.id, ("Spanish",))
    lines = {line.item: line.done for line in readiness(any_store, boss, site.id, now=now).lines}
    assert lines[Item.LAWYER]
    assert [each.name for each in roster(any_store, boss, site.id).shared] == ["Reyes and Holm"]
    assert contacts(any_store, boss, site.id)[1] == [], "the site's own list stays its own"

    own = add_contact(any_store, boss, replace(somebody(ContactRole.COUNSEL, 2, "Own counsel"), facility_id=site.id))
    assert [each.name for each in desk_view(any_store, boss, site.id, now).contacts] == ["Own counsel"]
    assert roster(any_store, boss, site.id).shared == ()
    remove_contact(any_store, boss, site.id, own.id)
    assert [each.name for each in desk_view(any_store, boss, site.id, now).contacts] == ["Reyes and Holm"]

    with pytest.raises(NotFound):
        remove_contact(any_store, boss, site.id, f"{1:032x}")
    work.remove_shared_contact(any_store, boss, f"{1:032x}")
    assert desk_view(any_store, boss, site.id, now).contacts == ()
    with pytest.raises(NotFound):
        work.remove_shared_contact(any_store, boss, f"{1:032x}")


def test_a_shared_line_stands_at_every_site_before_its_own(any_store, boss, site, now):
    line = OwnMustNot("1" * 32, "", "Do not hand out keys.", "Ana", now)
    work.add_shared_must_not(any_store, boss, line)

    assert law_view(any_store, boss, site.id).pack.own_must_not == ("Do not hand out keys.",)
    assert work.shared(any_store, boss).must_nots == (line,)
    with pytest.raises(Invalid):
        work.add_shared_must_not(any_store, boss, replace(line, id="2" * 32, text="Run to the door."))


def test_a_review_of_the_rules_counts_at_each_site_that_uses_them_after_the_site_s_own(
    any_store, boss, site, facility, now
):
    with any_store.begin() as books:
        elsewhere = books.facilities.add(replace(facility, id="e" * 32, name="Elsewhere", state="CA"))
    (rules,) = [each for each in work.shared(any_store, boss).rules if each.sites == (site.name,)]
    review = CounselReview("1" * 32, "", rules.pack.id, rules.seal, "Lee Park", "Ana", now)

    def line(of=site):
        return next(each for each in readiness(any_store, boss, of.id, now=now).lines if each.item is Item.RULES_READ)

    assert not line().done
    work.record_shared_review(any_store, boss, review)

    assert work.shared_rules(any_store, boss, rules.pack.id).review == review
    assert desk_view(any_store, boss, site.id, now).pack.note(now.date()).reviewed_by == "Lee Park"
    assert law_view(any_store, boss, site.id).review == review
    assert (line().done, line().fact) == (True, "Read by Lee Park, for all sites.")
    assert law_view(any_store, boss, elsewhere.id).pack.reviewed_by == "", "another pack"
    assert not line(elsewhere).done

    own = replace(review, id="2" * 32, facility_id=site.id, counsel="Own counsel")
    record_review(any_store, boss, own)
    assert law_view(any_store, boss, site.id).pack.reviewed_by == "Own counsel"
    assert line().fact == "Read by Own counsel."

    with any_store.begin() as books:
        books.organization.add_review(replace(review, id="3" * 32, seal="0" * 64, recorded_at=now + timedelta(1)))
    assert work.shared_rules(any_store, boss, rules.pack.id).lost
    assert law_view(any_store, boss, site.id).pack.reviewed_by == "Own counsel"
    for wrong, error in (
        (replace(review, seal="0" * 64), Conflict),
        (replace(review, counsel=" "), Invalid),
        (replace(review, pack_id="US-HI"), NotFound),
    ):
        with pytest.raises(error):
            work.record_shared_review(any_store, boss, wrong)


def test_who_belongs_to_one_site_cannot_touch_what_all_share(any_store, actor, site, now):
    local = actor("administrator", "responder", at=site.id)
    for deed in (
        lambda: work.shared(any_store, local),
        lambda: work.add_shared_contact(any_store, local, somebody(ContactRole.COUNSEL, 1)),
        lambda: work.remove_shared_contact(any_store, local, "1" * 32),
        lambda: work.add_shared_must_not(any_store, local, OwnMustNot("1" * 32, "", "Do not run.", "Ana", now)),
        lambda: work.shared_rules(any_store, local, "US-IL"),
        lambda: work.record_shared_review(
            any_store, local, CounselReview("1" * 32, "", "US-IL", "0" * 64, "Lee Park", "Ana", now)
        ),
    ):
        with pytest.raises(Forbidden):
            deed()
