"""The three referral lists of a facility: numbers, who called each and when, and what is printed of the others."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from zonemap.errors import Invalid, NotFound
from zonemap.model.facility import Facility
from zonemap.model.person import Actor
from zonemap.model.referral import HandoutSetting, ListedReferral, Referral, ReferralList, ShowTo, StaleRule, listed
from zonemap.rules.referrals import first_referrals
from zonemap.storage.store import Books, Store
from zonemap.work.permissions import Permission, require

NUMBERS_MOST, LANGUAGES_MOST = 60, 20
MOST = {"org": 100, "phone": 40, "hours": 120, "timezone": 40, "area": 80, "source_url": 300, "note": 200}
NAME_MOST = 80
_PHONE = re.compile(r"\+?[\d(][\d ().\-]*(\s*(ext\.?|x)\s*\d{1,6})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReferralView:
    """The numbers of a facility in their order, and what is set for them."""

    facility: Facility
    numbers: tuple[Referral, ...]
    setting: HandoutSetting

    def of(self, which: ReferralList) -> tuple[Referral, ...]:
        """One of the three lists."""
        return tuple(each for each in self.numbers if each.purpose.list is which)

    def printed(self, which: ReferralList, today: date, *, public: bool) -> tuple[ListedReferral, ...]:
        """What of a list is printed: for patients those alone that may be shown to them."""
        return listed(tuple(each for each in self.of(which) if each.public or not public), self.setting.stale, today)

    def stale(self, today: date) -> tuple[Referral, ...]:
        """Those that nobody has called in the last 90 days."""
        return tuple(each for each in self.numbers if not each.fresh(today))


def referrals(store: Store, actor: Actor, facility_id: str) -> ReferralView:
    """The lists as they are now. Raises NotFound."""
    require(actor, Permission.SEE_HOME, at=facility_id)
    with store.read() as books:
        return facility_referrals(books, facility_id)


def facility_referrals(books: Books, facility_id: str) -> ReferralView:
    """The same, for a look that is under way: what comes with zonemap, until somebody changes it."""
    facility = books.facilities.get(facility_id)
    setting = books.referrals.setting(facility_id)
    if setting is None:
        return ReferralView(facility, first_referrals(facility), HandoutSetting(facility_id))
    return ReferralView(facility, books.referrals.list(facility_id), setting)


def add_referral(store: Store, actor: Actor, number: Referral) -> None:
    """Put a number at the end. Raises NotFound, Invalid by field."""
    checked = _checked(number)

    def added(numbers: tuple[Referral, ...]) -> tuple[Referral, ...]:
        if len(numbers) >= NUMBERS_MOST:
            raise Invalid(f"The lists hold at most {NUMBERS_MOST} numbers. Remove one first.")
        return (*numbers, checked)

    _change(store, actor, number.facility_id, added)


def change_referral(store: Store, actor: Actor, number: Referral) -> None:
    """Change a number. Another phone number has to be called anew. Raises NotFound, Invalid by field."""
    checked = _checked(number)

    def changed(numbers: tuple[Referral, ...]) -> tuple[Referral, ...]:
        before = _one(numbers, number.id)
        same = before.phone == checked.phone
        verified = (before.verified_on, before.verified_by) if same else (None, "")
        kept = replace(checked, verified_on=verified[0], verified_by=verified[1])
        return tuple(kept if each.id == number.id else each for each in numbers)

    _change(store, actor, number.facility_id, changed)


def verify_referral(
    store: Store, actor: Actor, facility_id: str, number_id: str, *, on: date, by: str, now: datetime
) -> None:
    """Record that somebody has called a number, and that it is what it says. Raises NotFound, Invalid by field."""
    by = by.strip()
    wrong = {}
    if not by or len(by) > NAME_MOST:
        wrong["by"] = "Type who called."
    if on > now.date():
        wrong["on"] = "That day is still to come."
    if wrong:
        raise Invalid("Not recorded yet.", fields=wrong)

    def verified(numbers: tuple[Referral, ...]) -> tuple[Referral, ...]:
        called = replace(_one(numbers, number_id), verified_on=on, verified_by=by)
        return tuple(called if each.id == number_id else each for each in numbers)

    _change(store, actor, facility_id, verified)


def remove_referral(store: Store, actor: Actor, facility_id: str, number_id: str) -> None:
    """Take a number away. Raises NotFound."""

    def removed(numbers: tuple[Referral, ...]) -> tuple[Referral, ...]:
        gone = _one(numbers, number_id)
        return tuple(each for each in numbers if each is not gone)

    _change(store, actor, facility_id, removed)


def set_stale_rule(store: Store, actor: Actor, facility_id: str, stale: StaleRule) -> None:
    """Say what is printed of a number that nobody has called for 90 days. Raises NotFound."""
    require(actor, Permission.SET_CONTACTS, at=facility_id)
    change_setting(store, facility_id, lambda setting: replace(setting, stale=stale, set_by=actor.name))


def change_setting(store: Store, facility_id: str, change: Callable[[HandoutSetting], HandoutSetting]) -> None:
    """Change what is set for the handouts; with the first change the lists become the facility's own."""
    with store.begin() as books:
        books.protocols.hold(facility_id)  # two who change the same facility wait for one another
        view = facility_referrals(books, facility_id)
        _own(books, view)
        books.referrals.set(change(view.setting))


def _change(
    store: Store, actor: Actor, facility_id: str, change: Callable[[tuple[Referral, ...]], tuple[Referral, ...]]
) -> None:
    require(actor, Permission.SET_CONTACTS, at=facility_id)
    with store.begin() as books:
        books.protocols.hold(facility_id)
        view = facility_referrals(books, facility_id)
        books.referrals.set(replace(view.setting, set_by=actor.name))
        books.referrals.replace(facility_id, change(view.numbers))


def _own(books: Books, view: ReferralView) -> None:
    if books.referrals.setting(view.facility.id) is None:
        books.referrals.replace(view.facility.id, view.numbers)


def _one(numbers: tuple[Referral, ...], number_id: str) -> Referral:
    for each in numbers:
        if each.id == number_id:
            return each
    raise NotFound("This number is not on the lists any more.")


def _checked(number: Referral) -> Referral:
    wrong = {
        name: f"Use at most {most} letters." for name, most in MOST.items() if len(str(getattr(number, name))) > most
    }
    if not number.org:
        wrong["org"] = "Type the name of the organization."
    if not _PHONE.fullmatch(number.phone) or not 3 <= sum(map(str.isdigit, number.phone)) <= 20:
        wrong["phone"] = "Type a phone number in figures, such as 312-555-0142."
    if number.source_url and not number.source_url.startswith(("https://", "http://")):
        wrong["source_url"] = "Begin with https://, or leave it empty."
    if len(number.languages) > LANGUAGES_MOST:
        wrong["languages"] = f"Name at most {LANGUAGES_MOST} languages."
    if number.purpose.list is ReferralList.FACILITY_COUNSEL and number.show_to is ShowTo.PUBLIC:
        number = replace(number, show_to=ShowTo.STAFF)  # the facility's own lawyer is not a number for patients
    if wrong:
        raise Invalid("The number is not on the list yet.", fields=wrong)
    return number
