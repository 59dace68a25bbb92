"""What stands on each handout, language by language, as values for printing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from zonemap.model.facility import Facility, SiteKind
from zonemap.model.handout import LARGE_POINTS, POINTS, HandoutKind, HandoutOptions, Poster, WalletCard
from zonemap.model.referral import ListedReferral, ReferralList
from zonemap.model.report import Facts, Heading, Part, Points, Report, Words
from zonemap.model.sign import Language
from zonemap.printing.sheets import day
from zonemap.rules.handout_texts import OPERATIVE, handout_language, handout_texts
from zonemap.work.referrals import ReferralView

NOTICE_LARGER = 1.4  # it hangs at reception: the same words in larger letters
LIST_POINTS = 11.0  # a list is looked up, not read
HandoutPage = Report | Poster | WalletCard
LIST_NAMES = {
    ReferralList.FACILITY_COUNSEL: "Lawyers of the facility. Not for patients",
    ReferralList.LEGAL_HELP: "Community legal help",
    ReferralList.WELL_BEING: "Well-being support",
}


def handout_pages(
    lists: ReferralView, kind: HandoutKind, options: HandoutOptions, today: date
) -> tuple[HandoutPage, ...]:
    """The handout in each of the languages, in their order."""
    if kind is HandoutKind.STAFF_REFERRALS:
        return (_staff_list(lists, options, today),)
    return tuple(_page(lists, kind, options, handout_language(code), today) for code in options.languages)


def _page(
    lists: ReferralView, kind: HandoutKind, options: HandoutOptions, language: Language, today: date
) -> HandoutPage:
    texts, facility = handout_texts(language.code), lists.facility
    if kind.is_poster:
        return _poster(kind, texts, facility, language)
    if kind is HandoutKind.WALLET:
        return _card(texts, facility, language)
    if kind is HandoutKind.RIGHTS:
        parts, title = tuple(_rights(texts, facility)), texts["rights_title"]
    elif kind is HandoutKind.NOTICE:
        parts, title = tuple(_notice(texts, lists.setting.phone)), texts["notice_title"]
    else:
        parts, title = tuple(_referral_list(lists, texts, today)), texts["referrals_title"]
    made = _report(str(title), parts, facility, options, language, str(texts["information"]))
    if kind is HandoutKind.NOTICE:
        return replace(made, points=made.points * NOTICE_LARGER)
    return replace(made, points=LIST_POINTS) if kind is HandoutKind.REFERRALS and not options.large else made


def _report(
    title: str, parts: tuple[Part, ...], facility: Facility, options: HandoutOptions, language: Language, foot: str
) -> Report:
    return Report(
        title=title if language.code == OPERATIVE else f"{title} ({language.name})",
        heading=title,
        facility=facility.name,
        place="",
        parts=(*parts, Words(foot, small=True)),
        left=facility.name,
        right=language.name,
        points=LARGE_POINTS if options.large else POINTS,
        language=language.code,
        direction=language.direction,
    )


def _rights(texts: Mapping[str, Any], facility: Facility) -> Iterator[Part]:
    yield Words(texts["rights_intro"], strong=True)
    yield Heading(texts["here_title"])
    yield Points((*_emergency(texts, facility), *texts["here"], texts["interpreter"]))
    yield Heading(texts["officers_title"])
    yield Points(tuple(texts["officers"]))
    yield Heading(texts["never_title"])
    yield Points(tuple(texts["never"]))
    yield Words(texts["own_case"], strong=True)


def _emergency(texts: Mapping[str, Any], facility: Facility) -> tuple[str, ...]:
    """Emergency care is owed by hospitals (42 U.S.C. 1395dd); any other site calls for help."""
    if facility.site_kind is SiteKind.HOSPITAL:
        return (str(texts["everyone"]), str(texts["emergency_first"]))
    return (str(texts["call_911"]),)


def _notice(texts: Mapping[str, Any], phone: str) -> Iterator[Part]:
    yield Points(tuple(texts["notice"]))
    yield Words(texts["notice_phone"].format(phone=phone or "_" * 24), strong=True)
    yield Words(texts["interpreter"])


def _referral_list(lists: ReferralView, texts: Mapping[str, Any], today: date) -> Iterator[Part]:
    found = {
        "legal_title": lists.printed(ReferralList.LEGAL_HELP, today, public=True),
        "well_being_title": lists.printed(ReferralList.WELL_BEING, today, public=True),
    }
    if not any(found.values()):
        yield Words(texts["referrals_none"], strong=True)
        return
    yield Words(texts["referrals_note"])
    for name, numbers in found.items():
        if numbers:
            yield Heading(texts[name])
            yield from _numbers(numbers, texts)


def _numbers(numbers: Iterable[ListedReferral], texts: Mapping[str, Any]) -> Iterator[Part]:
    """Name, number, what it is (as it was published, in English), then in the reader's language what we know of it."""
    for each in numbers:
        number = each.referral
        yield Heading(number.org, 3)
        yield Words(number.phone, strong=True)
        about = " · ".join(part for part in (number.area, number.hours, number.note) if part)
        if about:
            yield Words(about)
        told = " · ".join(part for part in (_spoken(each, texts), _stamp(each, texts)) if part)
        if told:
            yield Words(told)


def _spoken(each: ListedReferral, texts: Mapping[str, Any]) -> str:
    names = ", ".join(each.referral.languages)
    return str(texts["languages"]).format(languages=names) if names else ""


def _stamp(each: ListedReferral, texts: Mapping[str, Any]) -> str:
    """Since when nobody has called a number: nothing where it is fresh."""
    if each.fresh:
        return ""
    checked = each.referral.verified_on
    if checked is None:
        return str(texts["never_checked"])
    return str(texts["not_checked"]).format(day=checked.isoformat())


def _staff_list(lists: ReferralView, options: HandoutOptions, today: date) -> Report:
    language, texts = handout_language(OPERATIVE), handout_texts(OPERATIVE)
    return _report(
        "Referral lists for staff",
        tuple(staff_list_parts(lists, today)),
        lists.facility,
        options,
        language,
        str(texts["information"]),
    )


def staff_list_parts(lists: ReferralView, today: date) -> Iterator[Part]:
    """All three lists, each number with who has called it and when: also a part of the binder."""
    yield Words("None of these numbers is for reporting anybody. The first list is for the facility alone.")
    for which, name in LIST_NAMES.items():
        yield Heading(name)
        numbers = lists.printed(which, today, public=False)
        if not numbers:
            yield Words("Nobody is listed, or nobody has called the numbers in the last 90 days.")
        for each in numbers:
            yield Heading(each.referral.org, 3)
            yield Facts(tuple(_facts(each)))


def _facts(each: ListedReferral) -> Iterator[tuple[str, str]]:
    number = each.referral
    yield ("Phone", number.phone + (", text messages too" if number.text_ok else ""))
    for name, value in (("Hours", number.hours), ("Languages", ", ".join(number.languages)), ("Area", number.area)):
        if value:
            yield (name, value)
    if number.note:
        yield ("For", number.note)
    if number.verified_on:
        since = "" if each.fresh else ". Not checked since"
        yield ("Called", f"{day(number.verified_on)}, by {number.verified_by}{since}")
    else:
        yield ("Called", "Nobody has called this number yet")


def _poster(kind: HandoutKind, texts: Mapping[str, Any], facility: Facility, language: Language) -> Poster:
    if kind is HandoutKind.POSTER_RIGHTS:
        title, lines = texts["rights_title"], tuple(texts["poster_rights"])
    elif kind is HandoutKind.POSTER_PRIVACY:
        title, lines = texts["privacy_title"], tuple(texts["privacy"])
    elif facility.site_kind is SiteKind.HOSPITAL:
        title, lines = texts["emergency"], (texts["everyone"], texts["emergency_first"], texts["tell_staff"])
    else:
        title, lines = texts["in_emergency"], (texts["call_911"], texts["tell_staff"])
    return Poster(
        title=str(title),
        lines=(*map(str, lines), str(texts["interpreter"])),
        facility=facility.name,
        information=str(texts["information"]),
        language=language.code,
        direction=language.direction,
    )


def _card(texts: Mapping[str, Any], facility: Facility, language: Language) -> WalletCard:
    english = handout_texts(OPERATIVE)
    return WalletCard(
        title=str(texts["wallet_title"]),
        lines=tuple(texts["wallet"]),
        hand=str(texts["wallet_hand"]),
        show=str(english["wallet_show"]),
        show_own="" if language.code == OPERATIVE else str(texts["wallet_show"]),
        facility=facility.name,
        information=str(texts["information"]),
        language=language.code,
        direction=language.direction,
    )
