"""The sheets of a facility: which doors get one, what is refused, and what lands in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from tests.geometry.floors import lobby_floor
from zonemap.errors import Forbidden, Invalid, NotFound
from zonemap.model.facility import Contact, ContactRole, Designation, Facility, SiteKind
from zonemap.model.hours import Spell
from zonemap.model.person import Actor, Role
from zonemap.model.plan import DoorKind, Floor
from zonemap.model.sign import SeenLanguage, SignOptions, SignPlan
from zonemap.model.zone import ZoneClass
from zonemap.settings import settings_from
from zonemap.storage.store import Store
from zonemap.work import signs
from zonemap.work.floor_signs import floor_signs

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ANA = Actor("a" * 32, "Ana", frozenset({Role.MANAGER}))
DESK = Actor("d" * 32, "Dee", frozenset({Role.DESK}))
CLINIC = Facility("c" * 32, "Larkspur Clinic", "1 Elm St", "", "Salem", "IL", "62881", SiteKind.CLINIC)
CALL = Contact("t" * 32, CLINIC.id, ContactRole.ADMINISTRATOR_ON_CALL, "Luis Ortega", "555-0117", "24 h")
FIRST = replace(lobby_floor(0.2), id="f" * 32, facility_id=CLINIC.id)
OPTIONS = SignOptions()
SEEN = SignPlan(seen=(SeenLanguage("es", "Ana", NOW.date()),))  # somebody knows that nobody has checked the Spanish


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(settings_from({"ZONEMAP_DATA": str(tmp_path / "data")}))
    with opened.begin() as books:
        books.facilities.add(CLINIC)
        books.contacts.replace(CLINIC.id, (CALL,))
        books.sign_plans.save(CLINIC.id, SEEN, saved_at=NOW, saved_by="Ana")
    yield opened
    opened.close()


def designate(store: Store, floor: Floor = FIRST, number: int = 1, facility: Facility = CLINIC) -> Designation:
    made = Designation(f"{number:032x}", facility, floor, number, 1, NOW, "Ana")
    with store.begin() as books:
        if books.floors.find(floor.id) is None:
            books.floors.add(floor, saved_at=NOW, saved_by="Ana")
        books.designations.add(made)
    return made


def of(floor: Floor, facility: Facility = CLINIC, options: SignOptions = OPTIONS, plan: SignPlan = SEEN):
    return floor_signs(Designation("1" * 32, facility, floor, 1, 1, NOW, "Ana"), (CALL,), options, plan)


def changed(room_id: str, **more) -> Floor:
    return replace(FIRST, rooms=tuple(replace(each, **more) if each.id == room_id else each for each in FIRST.rooms))


def words(pdf: bytes) -> str:
    document = PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


def test_doors_where_public_meets_closed_get_signs_and_public_entrances_a_notice(store):
    designate(store)
    (floor,) = signs.sign_list(store, ANA, CLINIC.id, OPTIONS).floors

    assert [(each.door.id, each.outside and each.outside.id) for each in floor.signs] == [
        ("d1", "lobby"),
        ("d3", "lobby"),
        ("d5", None),  # a staff entrance: outdoors is as public as it gets
    ]
    assert [each.door.id for each in floor.notices] == ["d4"]


def test_signs_are_drawn_from_the_newest_designation_never_from_a_draft(store):
    designate(store)
    with store.begin() as books:
        books.floors.save(replace(FIRST, name="Draft"), 1, saved_at=NOW, saved_by="Ana")
    assert signs.sign_list(store, ANA, CLINIC.id, OPTIONS).floors[0].floor.name == "First floor"

    designate(store, replace(FIRST, name="Newer"), 2)
    assert signs.sign_list(store, ANA, CLINIC.id, OPTIONS).floors[0].floor.name == "Newer"


def test_a_floor_that_nobody_designated_is_named_and_nothing_can_be_packed(store):
    with store.begin() as books:
        books.floors.add(FIRST, saved_at=NOW, saved_by="Ana")
    found = signs.sign_list(store, ANA, CLINIC.id, OPTIONS)

    assert (found.floors, [floor.name for floor in found.undesignated]) == ((), ["First floor"])
    with pytest.raises(Invalid, match="designate it"):
        signs.pack_pdf(found, OPTIONS)
    with pytest.raises(NotFound):
        signs.floor_sign_list(store, ANA, CLINIC.id, FIRST.id, OPTIONS)


def test_a_floor_is_found_in_its_own_facility_alone(store):
    designate(store)

    assert signs.floor_sign_list(store, ANA, CLINIC.id, FIRST.id, OPTIONS).floor == FIRST
    with pytest.raises(NotFound):
        signs.floor_sign_list(store, ANA, "e" * 32, FIRST.id, OPTIONS)
    with pytest.raises(Forbidden):
        signs.floor_sign_list(store, DESK, CLINIC.id, FIRST.id, OPTIONS)


def test_the_desk_may_not_print(store):
    with pytest.raises(Forbidden):
        signs.sign_list(store, DESK, CLINIC.id, OPTIONS)


def test_the_notice_names_the_role_and_the_telephone_on_the_roster(store):
    designate(store)
    (floor,) = signs.sign_list(store, ANA, CLINIC.id, OPTIONS).floors
    text = words(signs.sheet_pdf(floor, "d4", OPTIONS))

    assert "the administrator on call, 555-0117, day and night" in text
    assert "Luis" not in text


def test_an_opening_is_signed_and_warned_about():
    opening = replace(FIRST.doors[0], kind=DoorKind.OPENING)
    found = of(replace(FIRST, doors=(opening, *FIRST.doors[1:])))

    assert found.signs[0].door.kind is DoorKind.OPENING
    assert [(each.door_id, "cannot be shut" in each.sentence) for each in found.warnings] == [("d1", True)]


def test_doors_that_share_a_number_and_doors_whose_room_is_gone_are_warned_about():
    twice = replace(FIRST.doors[0], id="d9")
    lost = replace(FIRST.doors[2], id="d8", number="8", rooms=("lobby", "gone"))
    found = of(replace(FIRST, doors=(*FIRST.doors, twice, lost)))
    told = {(each.door_id, each.sentence.split(".")[0]) for each in found.warnings}

    assert ("d1", "Another door has the same number") in told
    assert ("d9", "Another door has the same number") in told
    assert ("d8", "A room of this door is no longer there") in told


def test_a_room_name_that_tells_what_care_is_given_is_on_the_staff_map_and_not_on_the_sign():
    found = of(changed("exam", name="HIV clinic"))

    assert found.signs[0].zone == "EXAM"
    assert any("passers-by" in each.sentence for each in found.warnings)
    assert "HIV" not in words(signs.sheet_pdf(found, "d1", OPTIONS))
    assert "HIV clinic" in words(signs.sheet_pdf(found, "schedule", OPTIONS))


@pytest.mark.parametrize(
    ("state", "site", "on_notice", "on_door"),
    [
        ("CA", SiteKind.CLINIC, "24250(a)", "24251(b)"),
        ("IL", SiteKind.HOSPITAL, "210 ILCS 85/6.14h", "8 CFR 287.8(f)(2)"),
        ("IL", SiteKind.CLINIC, "8 CFR 287.8(f)(2)", "8 CFR 287.8(f)(2)"),
        ("IL", SiteKind.SHELTER, "8 CFR 287.8(f)(2)", "8 CFR 287.8(f)(2)"),
        ("TX", SiteKind.HOSPITAL, "8 CFR 287.8(f)(2)", "8 CFR 287.8(f)(2)"),
    ],
)
def test_a_states_law_stands_only_on_a_site_that_it_covers(state, site, on_notice, on_door):
    facility = replace(CLINIC, state=state, site_kind=site)
    found = of(FIRST, facility, SignOptions(officers_line=True, policy_number="12"))

    assert found.notices[0].citation.startswith("Facility policy no. 12. ")
    assert on_notice in found.notices[0].citation
    assert on_door in found.signs[0].citation
    for law in {"24250", "24251", "ILCS"} - {on_notice[:5], on_door[:5], on_notice[4:8]}:
        assert law not in found.notices[0].citation + found.signs[0].citation


def test_the_line_to_officers_and_its_law_are_printed_only_when_asked_for():
    without, asked = of(FIRST), of(FIRST, options=SignOptions(officers_line=True))

    assert "Law enforcement" not in words(signs.sheet_pdf(without, "d1", OPTIONS))
    assert "Law enforcement: staff cannot consent to entry." in words(signs.sheet_pdf(asked, "d1", OPTIONS))
    assert not without.signs[0].citation


def test_an_unknown_paper_or_language_is_refused_before_anything_is_set():
    with pytest.raises(Invalid, match="no paper called"):
        of(FIRST, options=SignOptions(paper="napkin"))
    with pytest.raises(Invalid, match="no sign texts for the language"):
        of(FIRST, options=SignOptions(languages=("en", "tlh")))


def test_printing_a_facility_writes_every_sheet_twice_the_same(store, tmp_path):
    designate(store)
    first = signs.print_facility(store, "larkspur clinic", tmp_path / "one")
    second = signs.print_facility(store, CLINIC.id, tmp_path / "two")

    assert [path.name for path in first] == [
        "larkspur-clinic-all-sheets.pdf",
        "first-floor-schedule-designation-1.pdf",
        "first-floor-schedule-designation-1.svg",
        "first-floor-map-designation-1.pdf",
        "first-floor-map-designation-1.svg",
        "first-floor-entrance-004-designation-1.pdf",
        "first-floor-entrance-004-designation-1.svg",
        "first-floor-door-001-designation-1.pdf",
        "first-floor-door-001-designation-1.svg",
        "first-floor-door-003-designation-1.pdf",
        "first-floor-door-003-designation-1.svg",
        "first-floor-door-005-designation-1.pdf",
        "first-floor-door-005-designation-1.svg",
    ]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_two_doors_of_one_number_do_not_write_over_each_other(store, tmp_path):
    designate(store, replace(FIRST, doors=(*FIRST.doors, replace(FIRST.doors[0], id="d9"))))
    names = [path.name for path in signs.print_facility(store, CLINIC.id, tmp_path / "out")]

    assert len(names) == len(set(names))
    assert "first-floor-door-001-designation-1-2.pdf" in names


def test_printing_in_one_language_prints_one_language(store, tmp_path):
    designate(store)
    made = signs.print_facility(store, CLINIC.id, tmp_path / "out", options=SignOptions(languages=("en",)))

    assert "PRIVADA" not in words(made[0].read_bytes())


@pytest.mark.parametrize("reference", ["nobody", ""])
def test_printing_an_unknown_facility_says_so(store, tmp_path, reference):
    with pytest.raises(NotFound, match="no facility"):
        signs.print_facility(store, reference, tmp_path / "out")


def test_printing_what_two_facilities_are_called_asks_for_the_id(store, tmp_path):
    with store.begin() as books:
        books.facilities.add(replace(CLINIC, id="e" * 32))
    with pytest.raises(Invalid, match="2 facilities"):
        signs.print_facility(store, CLINIC.name, tmp_path / "out")


def test_printing_before_anything_is_designated_says_what_to_do_and_writes_nothing(store, tmp_path):
    with pytest.raises(Invalid, match="designate it"):
        signs.print_facility(store, CLINIC.id, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_a_plain_sentence(store, tmp_path):
    designate(store)
    (tmp_path / "file").write_text("")
    with pytest.raises(Invalid, match="Choose another folder"):
        signs.print_facility(store, CLINIC.id, tmp_path / "file" / "out")


def test_an_edition_changes_with_what_the_sheet_says():
    marks = {
        signs.edition((of(FIRST),), OPTIONS),
        signs.edition((of(FIRST, options=SignOptions(officers_line=True)),), OPTIONS),
        signs.edition((of(changed("exam", name="Other")),), OPTIONS),
        signs.edition((of(FIRST),), SignOptions(policy_number="9")),
        signs.edition((of(changed("exam", zone_class=ZoneClass.RECORDS)),), OPTIONS),
    }

    assert len(marks) == 5
    assert signs.edition((of(FIRST),), OPTIONS) == signs.edition((of(FIRST),), OPTIONS)


def test_a_street_door_that_is_private_at_night_has_its_notice_and_a_sign_with_the_hours():
    night = Spell((0, 1, 2, 3, 4), 1080, 420, ZoneClass.PRIVATE)
    found = of(changed("lobby", hours=(night,)))
    (sign,) = (each for each in found.signs if each.at_some_hours)

    assert {"d4", "d4-hours"} <= set(signs.sheet_names(found))
    assert [each.hours for each in sign.words] == ["Applies Mon–Fri, 6 pm to 7 am.", "Rige lun–vie, de 18:00 a 7:00."]
    for options in (OPTIONS, replace(OPTIONS, officers_line=True)):
        sheet = of(changed("lobby", hours=(night,)), options=options)
        document = PdfDocument(signs.sheet_pdf(sheet, "d4-hours", options))
        assert len(document) == 1
        document.close()
    assert "Applies Mon–Fri" in words(signs.sheet_pdf(found, "d4-hours", OPTIONS))
    assert "is private Mon to Fri, 6 pm to 7 am" in words(signs.sheet_pdf(found, signs.MAP, OPTIONS))


def test_the_schedule_tells_the_hours_of_a_sign_that_applies_at_some_hours_only():
    night = Spell((0, 1, 2, 3, 4), 18 * 60, 7 * 60, ZoneClass.PRIVATE)
    found = of(changed("lobby", hours=(night,)))

    said = words(signs.sheet_pdf(found, "schedule", OPTIONS))
    assert said.count("(Applies Mon–Fri, 6 pm to 7 am)") == sum(each.at_some_hours for each in found.signs)


def test_the_maps_of_a_facility_are_written_for_each_audience_whole_and_in_words(store, tmp_path):
    designate(store)
    written = signs.print_maps(store, CLINIC.id, tmp_path / "maps", "tabloid", formats=("pdf", "png"), dpi=60)

    names = {path.name for path in written}
    for audience in ("public", "staff", "responder"):
        stem = f"first-floor-{audience}-map"
        assert {f"{stem}-designation-1.pdf", f"{stem}-designation-1.png"} <= names
        assert f"{stem}-in-words-designation-1.pdf" in names
    assert all(path.stat().st_size > 1000 for path in written)
    with pytest.raises(Invalid, match="Choose the format"):
        signs.print_maps(store, CLINIC.id, tmp_path / "maps", "letter", formats=("docx",))
