"""What is chosen for sheets and kept: door by door, own words, and which unchecked languages were acknowledged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.geometry.floors import lobby_floor
from zonemap.errors import Conflict, Forbidden, Invalid
from zonemap.model.facility import Designation, Facility, SiteKind
from zonemap.model.person import Actor, Role
from zonemap.model.sign import Choice, OwnWords, SignKind, SignOptions, SignPlan
from zonemap.model.zone import ZoneClass
from zonemap.settings import settings_from
from zonemap.storage.store import Store
from zonemap.work import sign_plans, signs
from zonemap.work.sign_choices import places_to_choose

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ANA = Actor("a" * 32, "Ana", frozenset({Role.MANAGER}))
RAY = Actor("b" * 32, "Ray", frozenset({Role.RESPONDER}))
CLINIC = Facility("c" * 32, "Larkspur Clinic", "1 Elm St", "", "Salem", "IL", "62881", SiteKind.CLINIC)
FIRST = replace(lobby_floor(0.2), id="f" * 32, facility_id=CLINIC.id)
SPANISH = SignOptions(languages=("en", "es"))
CARE = OwnWords(SignKind.PRIVATE, "en", "CARE AREA", "Dental patients and staff only.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(settings_from({"ZONEMAP_DATA": str(tmp_path / "data")}))
    with opened.begin() as books:
        books.facilities.add(CLINIC)
        books.floors.add(FIRST, saved_at=NOW, saved_by="Ana")
        books.designations.add(Designation("1" * 32, CLINIC, FIRST, 1, 1, NOW, "Ana"))
    yield opened
    opened.close()


def sheets(store: Store, options: SignOptions = signs.PLAIN_OPTIONS):
    (floor,) = signs.sign_list(store, ANA, CLINIC.id, options).floors
    return floor


def choose(store: Store, **choices: Choice) -> SignPlan:
    version = sign_plans.sign_plan(store, ANA, CLINIC.id).version
    named = {sheet.replace("_", "-"): choice for sheet, choice in choices.items()}
    return sign_plans.choose_sheets(store, ANA, CLINIC.id, named, version=version, now=NOW)


def test_a_facility_that_chose_nothing_has_the_usual_sheets(store):
    assert sign_plans.sign_plan(store, ANA, CLINIC.id) == SignPlan()
    assert [each.door.id for each in sheets(store).signs] == ["d1", "d3", "d5"]
    assert sheets(store).places == ()


def test_a_door_can_have_no_sheet_the_line_or_another_kind(store):
    choose(store, d1=Choice.OFFICERS, d3=Choice.PRIVATE, d5=Choice.NONE)
    found = {each.door.id: each for each in sheets(store).signs}

    assert list(found) == ["d1", "d3"]
    assert (found["d1"].kind, bool(found["d1"].words[0].officers)) == (SignKind.PRIVATE_OFFICERS, True)
    assert found["d1"].citation.startswith("8 CFR")
    assert found["d3"].kind is SignKind.PRIVATE
    assert not found["d3"].words[0].officers


def test_a_door_can_do_without_the_line_that_all_others_have(store):
    choose(store, d1=Choice.PLAIN)
    found = {each.door.id: each.words[0].officers for each in sheets(store, SignOptions(officers_line=True)).signs}

    assert not found["d1"]
    assert found["d3"]


def test_a_public_room_and_a_care_line_are_printed_where_they_were_chosen(store):
    choose(store, public_lobby=Choice.SIGN, emergency_d4=Choice.SIGN)
    emergency, public = sheets(store).places

    assert (public.kind, public.sheet, public.words[0].headline) == (SignKind.PUBLIC, "public-lobby", "PUBLIC AREA")
    assert (emergency.kind, emergency.words[0].sentence) == (SignKind.EMERGENCY, "We call 911 for anyone.")


def test_a_room_that_is_no_longer_public_loses_its_sheet(store):
    choose(store, public_lobby=Choice.SIGN)
    rooms = tuple(replace(room, zone_class=ZoneClass.PRIVATE) if room.id == "lobby" else room for room in FIRST.rooms)
    with store.begin() as books:
        books.designations.add(Designation("2" * 32, CLINIC, replace(FIRST, rooms=rooms), 2, 1, NOW, "Ana"))

    assert sheets(store).places == ()


def test_officers_wait_where_the_plan_says_so(store):
    spot = (1.0, 1.0)
    with store.begin() as books:
        books.designations.add(Designation("2" * 32, CLINIC, replace(FIRST, waiting_spot=spot), 2, 1, NOW, "Ana"))
    (waiting,) = sheets(store).places
    assert (waiting.kind, waiting.words[0].headline) == (SignKind.WAITING, "OFFICERS WAIT HERE")

    choose(store, waiting=Choice.NONE)
    assert sheets(store).places == ()


def test_the_usual_is_not_kept_and_other_choices_stay(store):
    choose(store, d1=Choice.NONE, d3=Choice.NONE)
    assert choose(store, d1=Choice.USUAL).choices == (("d3", Choice.NONE),)


def test_a_door_offers_only_what_its_zone_is(store):
    found = {place.sheet: place for place in places_to_choose(signs.sign_list(store, ANA, CLINIC.id, SPANISH))}

    assert Choice.PRIVATE not in found["d1"].choices
    assert Choice.PRIVATE in found["d3"].choices
    assert found["d5"].choices[0] is Choice.USUAL
    assert found["public-lobby"].choices == (Choice.USUAL, Choice.SIGN)
    assert all(Choice.SIGN not in place.choices for sheet, place in found.items() if sheet.startswith("d"))


def test_somebody_who_was_faster_is_not_overwritten(store):
    choose(store, d1=Choice.NONE)
    with pytest.raises(Conflict, match="just now"):
        sign_plans.choose_sheets(store, ANA, CLINIC.id, {"d3": Choice.NONE}, version=0, now=NOW)


def test_who_may_only_print_chooses_nothing(store):
    with pytest.raises(Forbidden):
        sign_plans.choose_sheets(store, RAY, CLINIC.id, {"d3": Choice.NONE}, version=0, now=NOW)


def test_own_words_stand_on_the_sign_and_can_be_given_up(store):
    plan = sign_plans.word_sign(store, ANA, CLINIC.id, CARE, version=0, now=NOW)
    assert (sheets(store).signs[0].words[0].headline, sheets(store).signs[0].words[0].second) == ("CARE AREA", "")

    sign_plans.usual_words_again(store, ANA, CLINIC.id, SignKind.PRIVATE, "en", version=plan.version, now=NOW)
    assert sheets(store).signs[0].words[0].headline == "PRIVATE AREA"


@pytest.mark.parametrize(
    ("own", "field", "sentence"),
    [
        (replace(CARE, headline="NO ICE"), "headline", "For example: “PRIVATE AREA”"),
        (replace(CARE, sentence="HIV patients only."), "sentence", "what care is given"),
        (replace(CARE, sentence=""), "sentence", "Write this line"),
        (replace(CARE, checked_by="Dr. Lee"), "checked_by", "the day"),
        (OwnWords(SignKind.PUBLIC, "es", "ÁREA PRIVADA", "Espere."), "headline", "open to the public"),
    ],
)
def test_own_words_that_must_not_hang_are_refused_with_their_line(store, own, field, sentence):
    with pytest.raises(Invalid) as caught:
        sign_plans.word_sign(store, ANA, CLINIC.id, own, version=0, now=NOW)

    assert sentence in caught.value.fields[field]
    assert sign_plans.sign_plan(store, ANA, CLINIC.id).own_words == ()


def test_the_notice_keeps_its_words(store):
    with pytest.raises(Invalid, match="keep their words"):
        sign_plans.word_sign(store, ANA, CLINIC.id, replace(CARE, kind=SignKind.NOTICE), version=0, now=NOW)


def test_words_kept_before_a_rule_was_made_are_still_not_printed(store):
    with store.begin() as books:
        plan = SignPlan(own_words=(replace(CARE, headline="SANCTUARY"),))
        books.sign_plans.save(CLINIC.id, plan, saved_at=NOW, saved_by="Ana")

    with pytest.raises(Invalid, match="SANCTUARY"):
        sheets(store)


def test_nothing_is_printed_in_an_unchecked_language_before_somebody_acknowledged_it(store):
    found = signs.sign_list(store, ANA, CLINIC.id, SPANISH)
    assert [each.code for each in found.floors[0].unseen] == ["es"]
    assert signs.sheet_svg(found.floors[0], "d1", SPANISH)  # a picture to look at
    for refused in (
        lambda: signs.pack_pdf(found, SPANISH),
        lambda: signs.sheet_pdf(found.floors[0], "d1", SPANISH),
    ):
        with pytest.raises(Invalid, match=r"Nobody has checked these texts: Spanish\."):
            refused()

    plan = sign_plans.acknowledge(store, RAY, CLINIC.id, ["es"], now=NOW)
    (seen,) = plan.seen
    assert (seen.language, seen.by, seen.on) == ("es", "Ray", NOW.date())
    assert signs.pack_pdf(signs.sign_list(store, ANA, CLINIC.id, SPANISH), SPANISH)


def test_the_command_line_prints_an_unchecked_language_only_when_told(store, tmp_path):
    with pytest.raises(Invalid, match="Nobody has checked"):
        signs.print_facility(store, CLINIC.id, tmp_path / "out", options=SignOptions(languages=("en", "es")))
    assert signs.print_facility(store, CLINIC.id, tmp_path / "out", options=SPANISH, unchecked_known=True)
