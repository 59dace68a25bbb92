"""The words on a wall: which, in which language, and what they must never be."""

from __future__ import annotations

from datetime import date

import pytest

from zonemap.errors import Invalid
from zonemap.model.facility import Contact, ContactRole, Facility, SiteKind
from zonemap.model.hours import Spell
from zonemap.model.plan import Room
from zonemap.model.sign import Choice, SignKind, Whom, WordingStatus
from zonemap.model.zone import ZoneClass
from zonemap.rules import signs
from zonemap.rules.pack import packs

CLOSED = [each for each in ZoneClass if each.is_closed]
ENGLISH, SPANISH = signs.languages()[:2]
NEVER = [
    "ICE prohibited",
    "No ice here",
    "This is a sanctuary",
    "Federal agents will be prosecuted",
    "Immigrants welcome",
    "Nobody will be arrested here",
]


def stops(language) -> tuple[str, ...]:
    """What may end a sentence in a language; Thai has no full stop."""
    own = {"hy": "։", "ur": "۔", "am": "።", "km": "។", "my": "။"}
    if language.code == "th":
        return ("",)
    if language.code in ("hi", "bn", "pa"):
        return ("।",)
    if language.code in ("ja", "zh-Hans", "zh-Hant"):
        return ("。",)
    return (own.get(language.code, "."),)


def contact(role: ContactRole, *, phone: str = "555-0117", hours: str = "", position: int = 0) -> Contact:
    return Contact(f"{role}-{position}", "f", role, "Dana Whitfield", phone, hours, position)


@pytest.mark.parametrize("zone_class", CLOSED)
@pytest.mark.parametrize("site", list(SiteKind))
def test_every_closed_class_has_words_for_every_kind_of_site_in_every_language(zone_class, site):
    for language in signs.languages():
        words = signs.door_words(zone_class, site, language, officers=Whom("reception"))

        assert words.headline == words.headline.upper()
        assert words.sentence.endswith(stops(language))
        assert words.second.endswith(stops(language))
        assert "{" not in words.officers


def test_the_private_door_says_what_the_law_notes_recommend():
    words = signs.door_words(ZoneClass.PRIVATE, SiteKind.CLINIC, ENGLISH)

    assert (words.headline, words.sentence, words.second, words.officers) == (
        "PRIVATE AREA",
        "Patients and authorized staff only.",
        "No entry without permission.",
        "",
    )


def test_the_records_edge_says_staff_only_behind_this_line():
    assert signs.door_words(ZoneClass.RECORDS, SiteKind.CLINIC, ENGLISH).sentence == "Staff only behind this line."


def test_a_place_without_patients_does_not_speak_of_patients():
    for site in (SiteKind.SHELTER, SiteKind.SOCIAL_SERVICE, SiteKind.OTHER):
        for zone_class in CLOSED:
            for language in signs.languages():
                assert "acient" not in signs.door_words(zone_class, site, language).sentence
                assert "atient" not in signs.door_words(zone_class, site, language).sentence


WITH_LINE = {choice: choice is Choice.OFFICERS for choice in Choice}
WITH_LINE_USUALLY = {choice: choice is not Choice.PLAIN for choice in Choice}


@pytest.mark.parametrize("choice", Choice)
@pytest.mark.parametrize("zone_class", CLOSED)
def test_the_line_to_officers_is_on_a_door_where_it_was_chosen_or_is_usual_never_outdoors(zone_class, choice):
    outdoors = zone_class is ZoneClass.OUTDOOR_PRIVATE
    for usual, bears in ((False, WITH_LINE[choice]), (True, WITH_LINE_USUALLY[choice])):
        assert signs.bears_line(zone_class, choice, usual=usual) == (bears and not outdoors)


@pytest.mark.parametrize("choice", Choice)
@pytest.mark.parametrize("usual", [False, True])
def test_a_door_s_kind_is_its_class_a_private_one_with_the_line_and_another_as_a_private_one_where_chosen(
    choice, usual
):
    line = (WITH_LINE_USUALLY if usual else WITH_LINE)[choice]

    def kind(zone_class):
        return signs.door_kind(zone_class, choice, officers_line=usual)

    assert kind(ZoneClass.PRIVATE) is (SignKind.PRIVATE_OFFICERS if line else SignKind.PRIVATE)
    assert kind(ZoneClass.OUTDOOR_PRIVATE) is SignKind.OUTDOOR_PRIVATE
    for other in (ZoneClass.RECORDS, ZoneClass.RESIDENTIAL):
        assert kind(other) is (SignKind.PRIVATE if choice is Choice.PRIVATE else SignKind(other.value))


def test_where_nothing_is_said_a_private_door_has_its_usual_sign_without_the_line():
    assert signs.door_kind(ZoneClass.PRIVATE) is SignKind.PRIVATE


def test_each_kind_has_lines_of_its_own_and_the_line_to_officers_leaves_a_private_door_s_as_they_are():
    lines = {kind: signs.usual_lines(kind, SiteKind.HOSPITAL, "en") for kind in signs.OWN_KINDS}

    assert len({tuple(each.values()) for each in lines.values()}) == len(signs.OWN_KINDS)
    assert signs.usual_lines(SignKind.PRIVATE_OFFICERS, SiteKind.HOSPITAL, "en") == lines[SignKind.PRIVATE]


@pytest.mark.parametrize("zone_class", [ZoneClass.PUBLIC, ZoneClass.UNDECIDED])
def test_no_sign_claims_more_than_its_zone_is(zone_class):
    with pytest.raises(Invalid, match="closed area"):
        signs.door_words(zone_class, SiteKind.CLINIC, ENGLISH)


def test_the_line_to_officers_names_a_role_and_says_a_judge_signs():
    words = signs.door_words(ZoneClass.PRIVATE, SiteKind.CLINIC, ENGLISH, officers=Whom("administrator_on_call"))

    assert "the administrator on call" in words.officers
    assert "signed by a judge" in words.officers
    assert not signs.door_words(
        ZoneClass.OUTDOOR_PRIVATE, SiteKind.CLINIC, ENGLISH, officers=Whom("reception")
    ).officers


def test_english_stands_first_and_every_language_once():
    assert [each.code for each in signs.chosen_languages(["es", "en", "es"])] == ["en", "es"]
    assert [each.code for each in signs.chosen_languages([])] == ["en"]


def test_a_language_without_texts_is_refused_with_those_there_are():
    with pytest.raises(Invalid, match=r"'xx'.*en \(English\), es \(Spanish\)"):
        signs.chosen_languages(["xx"])


def test_no_text_goes_to_a_wall_that_must_never_be_printed():
    for where, text in signs.wordings().items():
        assert signs.never_printed(text.text) is None, where


@pytest.mark.parametrize("text", NEVER)
def test_the_guard_finds_what_must_never_be_printed(text):
    assert signs.never_printed(text)


@pytest.mark.parametrize("text", ["Please notice the office.", "Police", "Services", "Interpreter service"])
def test_the_guard_leaves_ordinary_words_alone(text):
    assert signs.never_printed(text) is None


def test_a_text_that_must_not_be_printed_is_refused_with_its_place():
    with pytest.raises(Invalid, match=r"private\.headline\.en says 'ICE'"):
        signs.text_from("private.headline.en", {"text": "NO ICE"})


def test_a_law_is_cited_only_in_a_line_that_is_there_to_cite_one():
    cited = {"text": "8 CFR 287.8(f)(2)."}

    assert signs.text_from("citation", cited, law=True).text == cited["text"]
    with pytest.raises(Invalid, match="a sign must not say"):
        signs.text_from("private.sentence", cited)


CHECKED = {"checked_by": "Ana Ruiz", "checked_on": date(2026, 11, 3)}


@pytest.mark.parametrize("known", [(), ("checked_by",), ("checked_on",)])
def test_a_text_that_is_marked_as_checked_without_both_who_and_when_is_refused(known):
    with pytest.raises(Invalid, match="by whom and when"):
        signs.text_from("x", {"text": "Hello.", "status": "checked", **{key: CHECKED[key] for key in known}})


def test_a_checked_text_says_by_whom_and_when():
    text = signs.text_from("x", {"text": "Hello.", "status": "checked", **CHECKED})

    assert (text.status, text.checked_by, text.checked_on) == ("checked", "Ana Ruiz", date(2026, 11, 3))


def test_nobody_has_checked_a_text_yet_and_the_pages_can_tell():
    assert {text.status for text in signs.wordings().values()} == {WordingStatus.DRAFTED}
    assert SPANISH.status is WordingStatus.DRAFTED


def test_every_text_exists_in_every_language():
    keys = {(section, item) for section, item, _ in signs.wordings()}

    assert {(*key, language.code) for key in keys for language in signs.languages()} == set(signs.wordings())


def test_the_notice_sends_officers_to_a_role_and_its_telephone_never_to_a_name():
    whom = signs.whom_officers_ask(
        [
            contact(ContactRole.RESPONDER, phone="555-0142"),
            contact(ContactRole.ADMINISTRATOR_ON_CALL, phone="555-0199", position=2),
            contact(ContactRole.ADMINISTRATOR_ON_CALL, hours="24/7", position=1),
        ]
    )

    assert whom == Whom("administrator_on_call", "555-0117", always=True)
    assert signs.notice_words(SiteKind.CLINIC, ENGLISH, whom).whom == (
        "the administrator on call, 555-0117, day and night"
    )
    assert signs.notice_words(SiteKind.CLINIC, SPANISH, whom).whom.endswith("555-0117, día y noche")


def test_a_facility_without_contacts_still_has_a_notice():
    assert signs.whom_officers_ask([]) == Whom("reception")
    assert signs.whom_officers_ask([contact(ContactRole.SECURITY)]) == Whom("reception")


@pytest.mark.parametrize("hours", ["24 h", "24/7", "24 hours", "Day and night", "24 hours a day"])
def test_hours_that_mean_always_are_understood(hours):
    assert signs.whom_officers_ask([contact(ContactRole.RESPONDER, hours=hours)]).always


@pytest.mark.parametrize("hours", ["", "8 to 5", "weekdays"])
def test_other_hours_are_not_promised(hours):
    assert not signs.whom_officers_ask([contact(ContactRole.RESPONDER, hours=hours)]).always


def test_the_first_role_that_is_listed_is_named_with_its_own_telephone_whoever_stands_first():
    counsel = contact(ContactRole.COUNSEL, phone="555-0101")
    privacy = contact(ContactRole.PRIVACY_OFFICER, phone="555-0102", position=1)
    responder = contact(ContactRole.RESPONDER, phone="555-0103", position=2)

    assert signs.whom_officers_ask([counsel, privacy, responder]) == Whom("responder", "555-0103")
    assert signs.whom_officers_ask([counsel, privacy]) == Whom("privacy_officer", "555-0102")
    assert signs.whom_officers_ask([counsel]) == Whom("counsel", "555-0101")


# --- when a sign applies ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((0,), "Mon"),
        ((5, 6), "Sat, Sun"),
        ((0, 6), "Mon, Sun"),
        ((0, 1, 2), "Mon–Wed"),
        ((4, 5, 6), "Fri–Sun"),
        ((0, 1, 3), "Mon, Tue, Thu"),
        ((0, 2, 3), "Mon, Wed, Thu"),
        ((0, 1, 3, 4), "Mon, Tue, Thu, Fri"),
        ((0, 1, 2, 3, 4), "Mon–Fri"),
        ((4, 0, 2, 1, 3), "Mon–Fri"),
        ((0, 1, 2, 3, 4, 5, 6), "Mon–Sun"),
        ((2, 2), "Wed"),
        ((0, 0, 2), "Mon, Wed"),
        ((1, 2, 3, 3), "Tue–Thu"),
    ],
)
def test_days_in_a_row_are_a_range_from_three_on_and_others_stand_one_by_one_each_once(days, told):
    assert signs.hours_words(Spell(days, 1080, 420, None), ENGLISH) == f"Applies {told}, 6 pm to 7 am."


@pytest.mark.parametrize(
    ("minutes", "english", "elsewhere"),
    [
        (0, "midnight", "0:00"),
        (5, "12:05 am", "0:05"),
        (59, "12:59 am", "0:59"),
        (60, "1 am", "1:00"),
        (61, "1:01 am", "1:01"),
        (420, "7 am", "7:00"),
        (720, "noon", "12:00"),
        (1110, "6:30 pm", "18:30"),
        (1380, "11 pm", "23:00"),
        (1439, "11:59 pm", "23:59"),
        (1440, "midnight", "0:00"),
    ],
)
def test_times_stand_by_the_clock_that_a_language_uses_for_the_start_and_for_the_end(minutes, english, elsewhere):
    german = next(each for each in signs.languages() if each.code == "de")
    start, end = Spell((0,), minutes, 540, None), Spell((0,), 540, minutes, None)

    assert signs.hours_words(start, ENGLISH) == f"Applies Mon, {english} to 9 am."
    assert signs.hours_words(end, ENGLISH) == f"Applies Mon, 9 am to {english}."
    assert signs.hours_words(start, SPANISH) == f"Rige lun, de {elsewhere} a 9:00."
    assert signs.hours_words(end, SPANISH) == f"Rige lun, de 9:00 a {elsewhere}."
    assert signs.hours_words(start, german) == f"Gilt Mo, {elsewhere} bis 9:00 Uhr."


@pytest.mark.parametrize("language", signs.languages(), ids=lambda each: each.code)
def test_every_language_names_seven_days_and_says_from_when_to_when(language):
    told = [signs.hours_words(Spell((day,), 61, 122, None), language) for day in range(7)]

    assert len(set(told)) == 7
    assert not [line for line in told if "{" in line or ":01" not in line or ":02" not in line]


def test_a_free_interpreter_is_promised_only_where_one_is_owed():
    assert signs.notice_words(SiteKind.CLINIC, ENGLISH, Whom("reception")).interpreter
    assert not signs.notice_words(SiteKind.OTHER, ENGLISH, Whom("reception")).interpreter


@pytest.mark.parametrize("name", ["HIV clinic", "Asylum intake", "Immigration services", "Detox", "Mental health"])
def test_a_name_that_tells_what_care_is_given_stays_off_the_sheet(name):
    assert signs.zone_on_sheet(Room("r", (), "114", name)) == "114"
    assert signs.zone_on_sheet(Room("r", (), "", name)) == "Room behind this door"


@pytest.mark.parametrize("name", ["Exam 4", "Archives", "Hives study", "Grape press", "First aid"])
def test_an_ordinary_name_stays(name):
    assert signs.zone_on_sheet(Room("r", (), "114", name)) == f"114 {name}"


def test_every_pack_has_its_line_of_law_for_a_site_that_it_covers():
    for pack in packs().values():
        for site in pack.covers:
            facility = Facility("f", "Clinic", "1 Elm St", "", "Salem", pack.state, "62881", site)
            notice = signs.notice_citation(facility, Whom("reception"), "12")
            read = f"{pack.reviewed_on:%B} {pack.reviewed_on.day}, {pack.reviewed_on.year}."

            assert notice.startswith("Facility policy no. 12. ")
            assert notice.endswith(f"Law as read on {read}")
            assert "{" not in notice + signs.door_citation(facility)


@pytest.mark.parametrize("site", [each for each in SiteKind if each is not SiteKind.HOSPITAL])
def test_a_law_for_hospitals_never_stands_on_another_site(site):
    facility = Facility("f", "Clinic", "1 Elm St", "", "Salem", "IL", "62881", site)

    assert "ILCS" not in signs.notice_citation(facility, Whom("reception")) + signs.door_citation(facility)
