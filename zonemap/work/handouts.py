"""Handouts: rights sheet, wallet cards, posters, referral list, notice of other ways to be seen; looked at and printed.

Nothing is stored but a facility's setting. The words come from ``rules/handout_texts``; a language without texts is
not offered, and one that nobody has checked is printed only after somebody has acknowledged it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from zonemap.errors import Forbidden, Invalid, NotFound
from zonemap.model.facility import Facility
from zonemap.model.handout import CARDS, HandoutKind, HandoutOptions
from zonemap.model.person import Actor
from zonemap.model.sign import Language
from zonemap.printing import typst_page
from zonemap.printing.handout_sheet import handout_book
from zonemap.printing.paper import list_paper
from zonemap.rules.handout_texts import OPERATIVE, handout_language, handout_languages, unchecked
from zonemap.storage.store import Store
from zonemap.work.handout_pages import handout_pages
from zonemap.work.permissions import Permission, require
from zonemap.work.referrals import ReferralView, change_setting, facility_referrals

PAPERS = ("letter", "a4", "tabloid")
PHONE_MOST, LANGUAGES_MOST = 40, 12


@dataclass(frozen=True, slots=True)
class HandoutView:
    """What the page of handouts shows. ``unseen`` are the languages that wait for an acknowledgement."""

    facility: Facility
    lists: ReferralView
    languages: tuple[Language, ...]
    unseen: tuple[Language, ...]


def handouts(store: Store, actor: Actor, facility_id: str, options: HandoutOptions) -> HandoutView:
    """What can be printed, and what stands in the way. Raises NotFound, Invalid."""
    require(actor, Permission.PRINT_SIGNS, at=facility_id)
    check_options(options)
    with store.read() as books:
        lists = facility_referrals(books, facility_id)
    return HandoutView(lists.facility, lists, handout_languages(), _unseen(lists, options.languages))


def check_options(options: HandoutOptions) -> None:
    """Let options pass, or raise Invalid by field."""
    if not options.languages or len(options.languages) > LANGUAGES_MOST:
        sentence = f"Choose 1 to {LANGUAGES_MOST} languages."
        raise Invalid(sentence, fields={"languages": sentence})
    for code in options.languages:
        handout_language(code)
    if options.paper not in PAPERS:
        raise Invalid("Choose Letter, A4 or Tabloid.", fields={"paper": "Choose Letter, A4 or Tabloid."})
    if options.cards not in CARDS:
        raise Invalid("Choose 10 or 4 cards on a sheet.", fields={"cards": "Choose 10 or 4."})


def handout_pdf(
    store: Store, actor: Actor, facility_id: str, kind: HandoutKind, options: HandoutOptions, *, today: date
) -> bytes:
    """A handout as tagged PDF, each language on sheets of its own. Raises NotFound, Invalid.

    Raises Forbidden where a language is unchecked and nobody has acknowledged it.
    """
    view = handouts(store, actor, facility_id, options)
    if view.unseen and kind is not HandoutKind.STAFF_REFERRALS:
        names = ", ".join(each.name for each in view.unseen)
        raise Forbidden(f"Nobody has checked these texts yet: {names}. Say first that you know, on the handouts page.")
    return facility_handout_pdf(view.lists, kind, options, today=today)


def facility_handout_pdf(lists: ReferralView, kind: HandoutKind, options: HandoutOptions, *, today: date) -> bytes:
    """The same, from lists that are known."""
    return typst_page.pdf(_book(lists, kind, options, today))


def handout_png(
    store: Store,
    actor: Actor,
    facility_id: str,
    kind: HandoutKind,
    options: HandoutOptions,
    page: int,
    *,
    today: date,
    ppi: float = 50,
) -> bytes:
    """A page of it as a small picture, to look at. Raises NotFound where there is no such page, Invalid."""
    view = handouts(store, actor, facility_id, options)
    pages = typst_page.png(_book(view.lists, kind, options, today), ppi=ppi)
    if not 1 <= page <= len(pages):
        raise NotFound("There is no such page.")
    return pages[page - 1]


def acknowledge(store: Store, actor: Actor, facility_id: str, codes: Sequence[str]) -> None:
    """Keep that somebody knows that nobody has checked the texts of these languages. Raises NotFound, Invalid."""
    require(actor, Permission.PRINT_SIGNS, at=facility_id)
    known = tuple(each.code for each in unchecked(codes))
    change_setting(
        store,
        facility_id,
        lambda setting: replace(setting, seen=tuple(sorted({*setting.seen, *known})), set_by=actor.name),
    )


def set_phone(store: Store, actor: Actor, facility_id: str, phone: str) -> None:
    """The number for appointments on the notice of other ways to be seen; empty: a line to write on."""
    require(actor, Permission.SET_CONTACTS, at=facility_id)
    phone = phone.strip()
    if len(phone) > PHONE_MOST or (phone and not any(map(str.isdigit, phone))):
        sentence = "Type a phone number in figures, or leave it empty."
        raise Invalid(sentence, fields={"phone": sentence})
    change_setting(store, facility_id, lambda setting: replace(setting, phone=phone, set_by=actor.name))


def _book(lists: ReferralView, kind: HandoutKind, options: HandoutOptions, today: date) -> dict[str, object]:
    check_options(options)
    pages = handout_pages(lists, kind, options, today)
    return handout_book(pages, list_paper(options.paper), large=options.large, cards=options.cards)


def _unseen(lists: ReferralView, codes: Sequence[str]) -> tuple[Language, ...]:
    return tuple(each for each in unchecked(codes) if each.code not in lists.setting.seen and each.code != OPERATIVE)
