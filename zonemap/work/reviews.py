"""Sending a draft for review, and the answer. Optional, unless the facility asks for it before a floor is designated.

What is reviewed is fixed by its fingerprint: once the draft or the facility is another, the review says so and counts
for nothing. Only the person who was asked can answer; nobody is asked to look at what they send themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from zonemap.errors import Conflict, Forbidden, Invalid, NotFound
from zonemap.model.facility import Designation, Facility
from zonemap.model.person import Account, Actor, Role
from zonemap.model.plan import Floor, FloorVersion
from zonemap.model.record import RecordKind
from zonemap.model.review import Review, ReviewNow, ReviewState
from zonemap.storage.designations import content_of
from zonemap.storage.store import Books, Store
from zonemap.work.permissions import ROLES, Permission, require, require_floor

TEXT_MOST, ROLE_MOST = 400, 80
_NOT_OPEN = "This review is not open any more. Look at the page again."


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What there is to know about the review of a floor's draft. ``people`` are those who can be asked by the actor."""

    facility: Facility
    saved: FloorVersion
    designation: Designation | None
    now: ReviewNow | None
    content: str
    people: tuple[Account, ...]
    is_required: bool
    is_mine: bool  # the actor is the one who was asked

    @property
    def floor(self) -> Floor:
        """The draft."""
        return self.saved.floor


def review_page(store: Store, actor: Actor, floor_id: str) -> ReviewPage:
    """The review of a floor. Raises NotFound."""
    with store.read() as books:
        saved = require_floor(books, actor, Permission.SEE_PLANS, floor_id)
        facility = books.facilities.get(saved.floor.facility_id)
        latest = books.designations.latest(floor_id)
        now = review_now(books, facility, saved.floor, latest)
        return ReviewPage(
            facility,
            saved,
            latest,
            now,
            content_of(facility, saved.floor),
            tuple(_who_can_be_asked(books.accounts.at(facility.id), actor, facility.id)),
            books.reviews.is_required(facility.id),
            now is not None and now.review.reviewer_id == actor.account_id,
        )


def review_now(books: Books, facility: Facility, floor: Floor, latest: Designation | None) -> ReviewNow | None:
    """The review of a floor that counts now: the newest, unless it was withdrawn, or the floor was designated since."""
    review = books.reviews.latest(floor.id)
    if review is None or review.state is ReviewState.WITHDRAWN:
        return None
    if latest is not None and latest.designated_at >= review.asked_at:
        return None
    return ReviewNow(review, review.content != content_of(facility, floor))


def send(
    store: Store,
    actor: Actor,
    floor_id: str,
    version: int,
    reviewer_id: str,
    note: str = "",
    *,
    now: datetime,
    new_id: str,
) -> Review:
    """Ask somebody to look at draft ``version`` as it is. A review that was still open is withdrawn.

    Raises Conflict when somebody saved after ``version``, Invalid by field, NotFound.
    """
    with store.begin() as books:
        saved = require_floor(books, actor, Permission.DESIGNATE, floor_id)
        if saved.version != version:
            raise Conflict(f"{saved.saved_by} changed this floor in the meantime. Look at it again, then send it.")
        asked = {
            each.id: each
            for each in _who_can_be_asked(books.accounts.at(saved.floor.facility_id), actor, saved.floor.facility_id)
        }.get(reviewer_id)
        if asked is None:
            sentence = "Choose somebody else than yourself, who may see plans."
            raise Invalid(sentence, fields={"reviewer": sentence})
        facility = books.facilities.get(saved.floor.facility_id)
        review = Review(
            id=new_id,
            floor_id=floor_id,
            version=version,
            content=content_of(facility, saved.floor),
            asked_at=now,
            asked_by=actor.name,
            reviewer_id=asked.id,
            reviewer=asked.name,
            note=_short(note, "note"),
        )
        return books.reviews.add(review)


def answer(
    store: Store,
    actor: Actor,
    floor_id: str,
    content: str,
    *,
    approves: bool,
    role: str,
    remark: str,
    now: datetime,
) -> Review:
    """Approve what was sent, or send it back with a remark. ``content`` is the fingerprint that was looked at.

    Raises Forbidden for anybody else than the person who was asked; Conflict where it is not open any more, or the
    draft has changed; Invalid by field.
    """
    role, remark = _short(role, "role", ROLE_MOST), _short(remark, "remark")
    if not role:
        raise _wrong("role", "Say what you are, such as Counsel or Privacy officer.")
    if not approves and not remark:
        raise _wrong("remark", "Say what should be changed.")
    with store.begin() as books:
        require_floor(books, actor, Permission.REVIEW, floor_id)
        found = _open(books, floor_id)
        if found.review.reviewer_id != actor.account_id:
            raise Forbidden(f"{found.review.reviewer} was asked to look at this, and only they can answer.")
        if found.is_stale or found.review.content != content:
            raise Conflict("The floor was changed after it was sent to you. It has to be sent again.")
        state = ReviewState.APPROVED if approves else ReviewState.RETURNED
        answered = replace(found.review, state=state, answered_at=now, role=role, remark=remark)
        if not books.reviews.answer(answered):
            raise Conflict(_NOT_OPEN)
    return answered


def withdraw(store: Store, actor: Actor, floor_id: str) -> None:
    """Take a review back that nobody has answered yet. Raises Conflict, NotFound."""
    with store.begin() as books:
        require_floor(books, actor, Permission.DESIGNATE, floor_id)
        if not books.reviews.answer(replace(_open(books, floor_id).review, state=ReviewState.WITHDRAWN)):
            raise Conflict(_NOT_OPEN)


def set_rule(store: Store, actor: Actor, facility_id: str, *, required: bool) -> None:
    """Let a facility ask for an approved review before a floor is designated, or not. Raises NotFound."""
    require(actor, Permission.SET_FACILITY, at=facility_id)
    with store.begin() as books:
        books.facilities.get(facility_id)
        books.reviews.require(facility_id, required=required)


def check_rule(books: Books, facility: Facility, found: ReviewNow | None) -> None:
    """Raise Invalid where the facility asks for a review, and just this draft was not approved."""
    if books.reviews.is_required(facility.id) and not (found and found.is_approved):
        raise Invalid("This facility asks for an approved review first. Send the floor for review.", obstacles=())


def enter_approval(books: Books, designation: Designation, review: Review, actor: Actor) -> None:
    """Enter into the record that the reviewer approved what is designated now."""
    assert review.answered_at is not None  # noqa: S101 - it is approved
    body = {
        "designation": designation.id,
        "name": review.reviewer,
        "role": review.role,
        "approved_on": review.answered_at.date().isoformat(),
        "remark": review.remark,
        "document": review.content,
    }
    books.records.append(
        designation.facility.id,
        RecordKind.APPROVAL,
        body,
        recorded_at=designation.designated_at,
        recorded_by=actor.name,
        designation_id=designation.id,
    )


def _open(books: Books, floor_id: str) -> ReviewNow:
    floor = books.floors.get(floor_id).floor
    facility = books.facilities.get(floor.facility_id)
    found = review_now(books, facility, floor, books.designations.latest(floor_id))
    if found is None:
        raise NotFound("Nobody was asked to look at this floor.")
    if found.review.state is not ReviewState.OPEN:
        raise Conflict(_NOT_OPEN)
    return found


def _who_can_be_asked(accounts: Sequence[Account], actor: Actor, facility_id: str) -> list[Account]:
    roles: frozenset[Role] = ROLES[Permission.REVIEW]
    return [
        each for each in accounts if each.active and each.roles_at(facility_id) & roles and each.id != actor.account_id
    ]


def _short(text: str, field: str, most: int = TEXT_MOST) -> str:
    plain = " ".join(text.split())
    if len(plain) > most:
        raise _wrong(field, f"At most {most} letters fit.")
    return plain


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={field: sentence})
