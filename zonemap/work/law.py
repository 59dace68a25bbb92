"""The rules of one facility: its pack, who of its counsel has read it, and what it adds of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zonemap.errors import Conflict, Invalid
from zonemap.model.facility import Facility
from zonemap.model.law import CounselReview, OwnMustNot
from zonemap.model.organization import standing_review
from zonemap.model.person import Actor
from zonemap.rules.pack import Pack, pack_for
from zonemap.rules.proof_words import claims, urges
from zonemap.rules.seal import seal
from zonemap.storage.store import Books, Store
from zonemap.work.permissions import Permission, require

NAME_MOST, LINE_MOST, LINES_MOST = 80, 160, 20  # letters of a name, of a line; lines
_BEGINNING = "Do not "


@dataclass(frozen=True, slots=True)
class LawView:
    """What the page of the rules shows. ``review`` is the one that stands; ``lost`` where the rules changed since."""

    facility: Facility
    pack: Pack
    seal: str
    review: CounselReview | None
    lost: bool
    own: tuple[OwnMustNot, ...]


def facility_pack(books: Books, facility: Facility) -> Pack:
    """The pack of a facility with what it says itself. A review counts only for the rules that were read."""
    pack = pack_for(facility.state, facility.site_kind)
    now = seal(pack)
    review = _review(books, facility, pack, now)
    return replace(
        pack,
        reviewed_by=review.counsel if review and review.seal == now else pack.reviewed_by,
        part2=books.law.is_sealed(facility.id),
        own_must_not=tuple(each.text for each in books.law.must_nots(facility.id)),
    )


def _review(books: Books, facility: Facility, pack: Pack, now: str) -> CounselReview | None:
    own, shared = books.law.latest_review(facility.id, pack.id), books.organization.reviews().get(pack.id)
    return standing_review(own, shared, now)


def law_view(store: Store, actor: Actor, facility_id: str) -> LawView:
    """The rules of a facility. Raises NotFound."""
    require(actor, Permission.SEE_PLANS, at=facility_id)
    with store.read() as books:
        facility = books.facilities.get(facility_id)
        pack = facility_pack(books, facility)
        now = seal(pack)
        review = _review(books, facility, pack, now)
        lost = review is not None and review.seal != now
        return LawView(facility, pack, now, review, lost, books.law.must_nots(facility_id))


def record_review(store: Store, actor: Actor, review: CounselReview) -> CounselReview:
    """Keep that counsel has read the rules as they are now. Raises NotFound, Invalid; Conflict where they changed."""
    require(actor, Permission.REVIEW_LAW, at=review.facility_id)
    with store.begin() as books:
        facility = books.facilities.get(review.facility_id)
        pack = pack_for(facility.state, facility.site_kind)
        check_review(review, pack)
        return books.law.add_review(replace(review, pack_id=pack.id))


def check_review(review: CounselReview, pack: Pack) -> None:
    """Raise Invalid for a review by nobody, Conflict where it is not of the rules as they are now."""
    if not review.counsel.strip() or len(review.counsel) > NAME_MOST:
        raise Invalid("Type the name of the lawyer.", fields={"counsel": "Type the name of the lawyer."})
    if review.seal != seal(pack):
        raise Conflict("The rules have changed since this page was opened. Let counsel read them again.")


def add_must_not(store: Store, actor: Actor, line: OwnMustNot) -> OwnMustNot:
    """Add a line to those of every class. Raises NotFound, and Invalid for a line that is none."""
    require(actor, Permission.REVIEW_LAW, at=line.facility_id)
    check_line(line)
    with store.begin() as books:
        books.facilities.get(line.facility_id)
        if len(books.law.own_must_nots(line.facility_id)) >= LINES_MOST:
            raise Invalid(f"A facility has at most {LINES_MOST} lines of its own.")
        return books.law.add_must_not(line)


def check_line(line: OwnMustNot) -> None:
    """Raise Invalid for a line that does not begin as it should, is too long, or urges or claims anything."""
    if not line.text.startswith(_BEGINNING) or len(line.text) > LINE_MOST:
        raise Invalid(_HOW, fields={"line": _HOW})
    if urges(line.text) or claims(line.text):
        raise Invalid(_CALM, fields={"line": _CALM})


_HOW = f"Begin with “Do not”, and use at most {LINE_MOST} letters."
_CALM = (
    "Say only what is not to be done. No line may tell anybody to block, hide, warn or open, or what a paper is worth."
)


def seal_records(store: Store, actor: Actor, facility_id: str, *, sealed: bool) -> None:
    """Say whether the facility has a substance-use program under 42 CFR Part 2. Raises NotFound."""
    require(actor, Permission.REVIEW_LAW, at=facility_id)
    with store.begin() as books:
        books.facilities.get(facility_id)
        books.law.seal(facility_id, sealed=sealed)
