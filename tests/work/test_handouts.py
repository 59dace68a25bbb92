"""Handouts and referral lists: the right lists, honest stamps, nothing unchecked in silence, nothing cut off."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pypdfium2
import pytest

from zonemap.errors import Forbidden, Invalid, NotFound
from zonemap.model.facility import SiteKind
from zonemap.model.handout import HandoutKind, HandoutOptions
from zonemap.model.referral import Purpose, Referral, ReferralList, ShowTo, StaleRule
from zonemap.rules.handout_texts import handout_languages
from zonemap.work import handouts as work
from zonemap.work import referrals as lists

NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
TODAY = NOW.date()
EN = HandoutOptions()
HOTLINES = {
    "855-435-7693": ReferralList.LEGAL_HELP,
    "312-666-3062": ReferralList.LEGAL_HELP,
    "773-672-6599": ReferralList.LEGAL_HELP,
    "773-542-7077": ReferralList.LEGAL_HELP,
    "773-784-2900": ReferralList.LEGAL_HELP,
    "833-626-4244": ReferralList.WELL_BEING,
}


@pytest.fixture
def place(any_store, facility):
    with any_store.begin() as books:
        return books.facilities.add(facility)


@pytest.fixture
def clinic(store, facility):
    with store.begin() as books:
        return books.facilities.add(facility)


@pytest.fixture
def responder(actor):
    return actor("responder")


def words_of(pdf: bytes) -> str:
    told = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join(told.split())


def test_the_six_hotlines_stand_in_the_right_lists_and_nobody_has_called_them_yet(any_store, place, responder):
    view = lists.referrals(any_store, responder, place.id)
    found = {each.phone: each.purpose.list for each in view.numbers}

    assert HOTLINES.items() <= found.items()
    assert {each.verified_on for each in view.numbers} == {None}
    assert view.of(ReferralList.FACILITY_COUNSEL) == ()
    assert {each.phone for each in view.of(ReferralList.WELL_BEING)} == {"833-626-4244", "988"}


def test_elsewhere_the_numbers_of_illinois_are_for_staff_alone_and_a_state_has_its_own(any_store, place, responder):
    with any_store.begin() as books:
        other = books.facilities.add(replace(place, id="f" * 32, state="CA"))

    found = lists.referrals(any_store, responder, other.id).numbers

    assert HOTLINES.keys() == {each.phone for each in found if not each.public}
    assert {each.phone for each in found if each.public} == {"988", "888-624-4752"}


def test_numbers_are_added_changed_called_and_removed_and_all_others_stay(any_store, place, responder):
    new = Referral("1" * 32, place.id, "Prairie Legal", Purpose.LEGAL_HELP, "312-555-0100", languages=("English",))
    lists.add_referral(any_store, responder, new)
    lists.verify_referral(any_store, responder, place.id, new.id, on=TODAY, by="Bo Adams", now=NOW)
    lists.change_referral(any_store, responder, replace(new, hours="Mon to Fri"))
    kept = lists.referrals(any_store, responder, place.id).numbers
    assert (kept[-1].hours, kept[-1].verified_on, kept[-1].verified_by) == ("Mon to Fri", TODAY, "Bo Adams")
    lists.change_referral(any_store, responder, replace(new, phone="312-555-0101"))
    assert lists.referrals(any_store, responder, place.id).numbers[-1].verified_on is None, "another number"
    lists.remove_referral(any_store, responder, place.id, new.id)

    assert HOTLINES.keys() <= {each.phone for each in lists.referrals(any_store, responder, place.id).numbers}
    with pytest.raises(NotFound):
        lists.remove_referral(any_store, responder, place.id, new.id)


def test_what_is_wrong_is_named_by_field(any_store, place, responder, actor):
    bad = Referral("1" * 32, place.id, "", Purpose.LEGAL_HELP, "call us", source_url="javascript:x")
    with pytest.raises(Invalid) as refused:
        lists.add_referral(any_store, responder, bad)
    assert set(refused.value.fields) == {"org", "phone", "source_url"}
    number = lists.referrals(any_store, responder, place.id).numbers[0]
    with pytest.raises(Invalid):
        lists.verify_referral(any_store, responder, place.id, number.id, on=TODAY + timedelta(days=1), by="Bo", now=NOW)
    with pytest.raises(Forbidden):
        lists.remove_referral(any_store, actor("manager"), place.id, number.id)


def test_the_facility_s_lawyer_never_stands_on_a_sheet_for_patients(any_store, place, responder):
    lawyer = Referral("1" * 32, place.id, "Reyes and Holm", Purpose.FACILITY_COUNSEL, "312-555-0190")
    lists.add_referral(any_store, responder, replace(lawyer, show_to=ShowTo.PUBLIC))
    lists.set_stale_rule(any_store, responder, place.id, StaleRule.STAMP)
    view = lists.referrals(any_store, responder, place.id)

    patients = words_of(work.facility_handout_pdf(view, HandoutKind.REFERRALS, EN, today=TODAY))
    staff = words_of(work.facility_handout_pdf(view, HandoutKind.STAFF_REFERRALS, EN, today=TODAY))

    assert "Reyes and Holm" not in patients
    assert "Reyes and Holm" in staff
    assert "NAMI" in patients


def test_an_old_number_is_left_out_or_stamped_as_the_facility_has_set(any_store, place, responder):
    def printed() -> str:
        view = lists.referrals(any_store, responder, place.id)
        return words_of(work.facility_handout_pdf(view, HandoutKind.REFERRALS, EN, today=TODAY))

    icirr, trp, *_ = lists.referrals(any_store, responder, place.id).numbers
    assert "Ask us for places that help" in printed(), "nobody has called any number"
    for number, days in ((icirr, 90), (trp, 91)):
        on = TODAY - timedelta(days=days)
        lists.verify_referral(any_store, responder, place.id, number.id, on=on, by="Bo", now=NOW)
    left = printed()
    assert icirr.phone in left
    assert trp.phone not in left
    assert "Not checked since" not in left
    lists.set_stale_rule(any_store, responder, place.id, StaleRule.STAMP)
    stamped = printed()
    assert f"Not checked since {TODAY - timedelta(days=91)}" in stamped
    assert "Nobody has called this number yet" in stamped


def test_an_unchecked_language_is_printed_only_after_somebody_says_that_they_know(any_store, place, responder):
    spanish = HandoutOptions(languages=("en", "es"))
    assert [each.code for each in work.handouts(any_store, responder, place.id, spanish).unseen] == ["es"]
    with pytest.raises(Forbidden, match="Spanish"):
        work.handout_pdf(any_store, responder, place.id, HandoutKind.RIGHTS, spanish, today=TODAY)
    work.acknowledge(any_store, responder, place.id, ["en", "es"])

    made = words_of(work.handout_pdf(any_store, responder, place.id, HandoutKind.RIGHTS, spanish, today=TODAY))

    assert "Your rights" in made
    assert "Sus derechos" in made
    assert lists.referrals(any_store, responder, place.id).setting.seen == ("es",)
    assert HOTLINES.keys() <= {each.phone for each in lists.referrals(any_store, responder, place.id).numbers}


def test_options_that_cannot_be_are_refused(store, clinic, responder):
    for options in (EN.__class__(languages=()), replace(EN, languages=("xx",)), replace(EN, paper="badge")):
        with pytest.raises(Invalid):
            work.handouts(store, responder, clinic.id, options)
    with pytest.raises(Invalid):
        work.handouts(store, responder, clinic.id, replace(EN, cards=7))
    with pytest.raises(NotFound):
        work.handout_png(store, responder, clinic.id, HandoutKind.RIGHTS, EN, 9, today=TODAY)


def test_the_notice_bears_the_number_for_appointments(store, clinic, responder):
    work.set_phone(store, responder, clinic.id, "312-555-0111")
    made = work.handout_pdf(store, responder, clinic.id, HandoutKind.NOTICE, EN, today=TODAY)

    assert "Appointments: 312-555-0111" in words_of(made)
    with pytest.raises(Invalid):
        work.set_phone(store, responder, clinic.id, "call us")


def test_what_a_hospital_owes_is_promised_by_hospitals_alone(store, clinic, responder):
    view = lists.referrals(store, responder, clinic.id)
    hospital = replace(view, facility=replace(view.facility, site_kind=SiteKind.HOSPITAL))

    def told(at, kind):
        return words_of(work.facility_handout_pdf(at, kind, EN, today=TODAY))

    for kind in (HandoutKind.RIGHTS, HandoutKind.POSTER_EMERGENCY):
        assert "Everyone gets emergency care here" in told(hospital, kind)
        assert "Everyone gets emergency care here" not in told(view, kind)
        assert "911" in told(view, kind)


@pytest.mark.parametrize("kind", list(HandoutKind))
@pytest.mark.parametrize(("large", "paper", "cards"), [(False, "letter", 10), (True, "a4", 4)])
def test_every_handout_in_every_language_fits_its_paper_and_says_that_no_lawyer_has_read_it(
    store, clinic, responder, kind, large, paper, cards
):
    codes = tuple(each.code for each in handout_languages())
    view = lists.referrals(store, responder, clinic.id)
    width, height = (612, 792) if paper == "letter" else (595.28, 841.89)
    for start in range(0, len(codes), 12):
        options = HandoutOptions(codes[start : start + 12], paper, large, cards)
        made = work.facility_handout_pdf(view, kind, options, today=TODAY)
        for page in pypdfium2.PdfDocument(made):
            assert page.get_size() == pytest.approx((width, height), abs=0.6)
            texts = page.get_textpage()
            for n in range(texts.count_rects()):
                left, bottom, right, top = texts.get_rect(n)
                assert -0.5 <= left <= right <= width + 0.5, (kind, page)
                assert -0.5 <= bottom <= top <= height + 0.5, (kind, page)
    english = words_of(work.facility_handout_pdf(view, kind, replace(EN, paper=paper, large=large), today=TODAY))
    assert "Information, not legal advice. No lawyer has reviewed this text" in english


def test_a_rights_sheet_is_one_page_and_so_is_a_poster_in_every_language(store, clinic, responder):
    view = lists.referrals(store, responder, clinic.id)
    hospital = replace(view, facility=replace(view.facility, site_kind=SiteKind.HOSPITAL))  # it promises more
    codes = [each.code for each in handout_languages()]
    for kind in (HandoutKind.RIGHTS, HandoutKind.POSTER_EMERGENCY, HandoutKind.POSTER_RIGHTS, HandoutKind.NOTICE):
        for start in range(0, len(codes), 12):
            some = tuple(codes[start : start + 12])
            made = work.facility_handout_pdf(hospital, kind, replace(EN, languages=some), today=TODAY)
            assert len(pypdfium2.PdfDocument(made)) == len(some), kind


def test_large_print_is_18_points_or_more_and_cards_lie_ten_to_a_sheet(store, clinic, responder):
    view = lists.referrals(store, responder, clinic.id)
    large = work.facility_handout_pdf(view, HandoutKind.RIGHTS, replace(EN, large=True), today=TODAY)
    usual = work.facility_handout_pdf(view, HandoutKind.RIGHTS, EN, today=TODAY)
    cards = pypdfium2.PdfDocument(work.facility_handout_pdf(view, HandoutKind.WALLET, EN, today=TODAY))

    assert len(pypdfium2.PdfDocument(large)) > len(pypdfium2.PdfDocument(usual)) == 1
    assert len(cards) == 2
    assert cards[0].get_textpage().get_text_range().count("I may stay silent") == 10
    assert cards[1].get_textpage().get_text_range().count("I choose to stay silent") == 10


def test_handouts_are_tagged_and_the_same_each_time(store, clinic, responder):
    view = lists.referrals(store, responder, clinic.id)
    for kind in HandoutKind:
        made = work.facility_handout_pdf(view, kind, EN, today=date(2026, 11, 24))
        assert made == work.facility_handout_pdf(view, kind, EN, today=date(2026, 11, 24))
        with pikepdf.open(__import__("io").BytesIO(made)) as opened:
            assert opened.Root.MarkInfo.Marked
