"""The binder of the sample clinic: whole, the same to the byte, and of one mind in all of its parts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.conftest import NOW
from tests.journeys.server import share_tables
from zonemap.errors import Forbidden, NotFound
from zonemap.model.facility import Contact, ContactRole, Facility, SiteKind
from zonemap.model.hours import Spell
from zonemap.model.person import Actor, Role
from zonemap.model.training import PersonKind, Session, Trainee
from zonemap.printing.sheets import day
from zonemap.rules.checklists import checklist_for, checklist_words
from zonemap.rules.pack import pack_for, packs
from zonemap.rules.policies import policy_words
from zonemap.rules.proof_words import claims, urges
from zonemap.settings import Settings
from zonemap.storage.store import Store
from zonemap.work import binder as work
from zonemap.work.binder_checklist import Counted, here_values
from zonemap.work.binder_roster import call_sheet, roster_pdf
from zonemap.work.binder_texts import Site, policy_report, scripts_report, site_of
from zonemap.work.desk import facility_desk
from zonemap.work.desk_papers import desk_paper
from zonemap.work.devices import set_answer_wait
from zonemap.work.sample import load_sample
from zonemap.work.training_deeds import add_person, hold_session

FLOORPLANS = Path(__file__).parents[2] / "floorplans"
TODAY = NOW.date()
ANA = Actor("a" * 32, "Ana Ruiz", frozenset(Role))
TITLES = (
    "Designation memo",
    "Maps",
    "Sign schedule",
    "Response protocol",
    "Roster and call sheet",
    "Wall chart",
    "Desk card and badge cards",
    "What to say",
    "Referral lists",
    "Policies",
    "State checklist",
    "Training report",
)


@cache
def pages_of(made: bytes) -> tuple[str, ...]:
    document = pypdfium2.PdfDocument(made)
    return tuple(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def bookmarks(made: bytes) -> Iterator[tuple[str, int]]:
    """Each bookmark of the first level, with its page, counted from 1."""
    with pikepdf.open(io.BytesIO(made)) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        with document.open_outline() as outline:
            for each in outline.root:
                destination = each.destination if each.destination is not None else each.action.D
                yield each.title, numbers[destination[0].objgen]


@pytest.fixture
def sample(store: Store, settings: Settings) -> Facility:
    """The sample clinic, with somebody who is trained."""
    share_tables(settings.data)
    facility_id = load_sample(store, FLOORPLANS, now=NOW)
    vera = Trainee("1" * 32, facility_id, "Vera Lindqvist", "At the door", PersonKind.VOLUNTEER)
    add_person(store, ANA, vera)
    session = Session("2" * 32, facility_id, date(2026, 11, 20), "Walk", "Dana", "", NOW, "", (vera.id,))
    hold_session(store, ANA, session, now=NOW)
    with store.read() as books:
        return books.facilities.get(facility_id)


def made_of(store: Store, settings: Settings, facility: Facility, now=NOW):
    return work.make_binder(store, ANA, facility.id, settings.data, now=now)


def site_now(store: Store, facility: Facility) -> Site:
    with store.read() as books:
        return site_of(books, facility, today=TODAY)


def test_the_same_words_are_the_same_revision_to_the_byte_and_a_change_makes_the_next(
    store: Store, settings: Settings, sample: Facility
) -> None:
    first, made = made_of(store, settings, sample)
    again, same = made_of(store, settings, sample, NOW + timedelta(days=1))
    assert (first.number, again) == (1, first)
    assert made == same

    with store.begin() as books:
        people = books.contacts.list(sample.id)
        books.contacts.replace(sample.id, (replace(people[0], phone="555-0199"), *people[1:]))
    second, other = made_of(store, settings, sample, NOW + timedelta(days=1))
    assert (second.number, second.made_by) == (2, "Ana Ruiz")
    assert f"binder revision 2 of {day(NOW + timedelta(days=1))}" in pages_of(other)[0]

    with store.begin() as books:
        books.contacts.replace(sample.id, tuple(people))
    assert made_of(store, settings, sample, NOW + timedelta(days=2)) == (first, made)


def test_the_binder_is_whole_and_tagged_its_contents_lead_to_the_pages_and_all_parts_agree_with_the_books(
    store: Store, settings: Settings, sample: Facility
) -> None:
    revision, made = made_of(store, settings, sample)
    pages = pages_of(made)
    marked = dict(bookmarks(made))
    assert list(marked) == [f"Binder, {sample.name}", *(f"{n}. {title}" for n, title in enumerate(TITLES, 1))]
    for number, title in enumerate(TITLES, 1):
        told = re.search(rf"{number}\. {title}(?: – nothing yet)? (\d+) ", pages[0])
        assert told, title
        assert int(told[1]) == marked[f"{number}. {title}"]
    code = re.search(r"code ([0-9A-F]{4}-[0-9A-F]{4})", pages[0])
    assert code
    foot = f"{sample.name}, binder revision {revision.number} of {day(NOW)}, code {code[1]}"
    for number, page in enumerate(pages, 1):
        assert foot in page, number
        assert f"Binder page {number} of {len(pages)}" in page
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.Root.MarkInfo.Marked

    agrees(pages, site_now(store, sample))


def agrees(pages: tuple[str, ...], site: Site) -> None:
    """Names, numbers and dates are those of the books, in all parts."""
    whole, sample = " ".join(pages), site.facility
    (designation,) = site.designations

    assert set(re.findall(r"\b\d{3}-\d{4}\b", whole)) == {each.phone for each in site.contacts}
    for each in site.contacts:
        spoken = [page for page in pages if each.name in page]
        assert len(spoken) >= 3, each.name  # call sheet, roster, desk card, and the policy where it names them
        assert all(each.phone in page for page in spoken if "Policy" in page or "Call sheet" in page)
    codes = set(re.findall(r"\b[0-9A-F]{4}-[0-9A-F]{4}\b", whole))
    assert designation.code in codes
    assert len(codes) == 2  # of the designation and of the binder
    dates = set(re.findall(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2}, \d{4}\b", whole))
    known = (designation.designated_at, NOW, site.pack.note(TODAY).review_by, date(2026, 11, 20))
    assert dates <= {day(each) for each in known}
    for number in re.findall(r"[Rr]evision (\d+), code|Designation (\d+) of", whole):
        assert set(number) <= {"", str(designation.number)}
    places = set(re.findall(rf"{re.escape(sample.street)}[^.]{{0,40}}?{sample.postcode}", whole))
    assert places == {sample.place}
    assert "{" not in whole


def test_how_long_the_desk_waits_is_the_same_on_every_page(
    store: Store, settings: Settings, stored_facility: Facility
) -> None:
    share_tables(settings.data)
    dana = Contact("c1", stored_facility.id, ContactRole.RESPONDER, "Dana Whitfield", "555-0142")
    with store.begin() as books:
        books.contacts.replace(stored_facility.id, (dana,))
    set_answer_wait(store, ANA, stored_facility.id, 90)
    whole = " ".join(pages_of(made_of(store, settings, stored_facility)[1]))
    assert whole.count("No answer in 90 seconds") == 3  # the call sheet, the wall chart, the desk card
    assert "2 minutes" not in whole


def test_a_part_that_has_nothing_says_so_and_where_to_add_it(
    store: Store, settings: Settings, stored_facility: Facility
) -> None:
    share_tables(settings.data)
    facility, notes, revisions = work.binder_notes(store, ANA, stored_facility.id, settings.data, now=NOW)
    lacking = {each.title: each.missing for each in notes if each.missing}
    assert (facility, revisions) == (stored_facility, ())
    expected = ("Designation memo", "Maps", "Sign schedule", "Roster and call sheet", "Referral lists")
    assert set(lacking) == {*expected, "Training report"}
    assert all("under" in sentence.lower() for sentence in lacking.values())
    _, made = made_of(store, settings, stored_facility)
    whole = " ".join(pages_of(made))
    for sentence in lacking.values():
        assert sentence in whole
    assert "[not set yet: Whom the desk calls]" in whole


def test_who_may_not_print_gets_no_binder_and_another_facility_s_is_not_found(
    store: Store, settings: Settings, sample: Facility
) -> None:
    clerk = Actor("b" * 32, "Cleo", frozenset({Role.DESK}))
    with pytest.raises(Forbidden):
        work.make_binder(store, clerk, sample.id, settings.data, now=NOW)
    with pytest.raises(NotFound):
        work.make_binder(store, ANA, "0" * 32, settings.data, now=NOW)


# --- the texts -----------------------------------------------------------------------------------------------------


def test_what_the_chart_has_people_say_stands_in_the_scripts(
    store: Store, settings: Settings, sample: Facility
) -> None:
    paper = desk_paper(facility_desk(store, sample.id, NOW), settings.data, today=TODAY)
    told = repr(scripts_report(site_now(store, sample)))
    missing = [line for say in paper.chart.says for line in say if line not in told]
    assert missing == []


@pytest.mark.parametrize("pack", packs().values(), ids=lambda pack: pack.id)
def test_every_state_has_a_checklist_and_a_policy_without_a_blank_that_nobody_filled(pack) -> None:
    place = Facility(
        "f" * 32, "Larkspur Clinic", "1 Street", "", "Salem", pack.state or "OH", "62881", SiteKind.HOSPITAL
    )
    site = Site(place, pack_for(place.state, place.site_kind), (), (), 12, TODAY)
    policy = policy_report(site)
    texts = [part.words for part in policy.parts if hasattr(part, "words")]
    assert "Draft, reviewed by nobody" in texts[0]
    assert not [text for text in texts if "{" in text or urges(text) or claims(text)]
    found = checklist_for(place.state, place.site_kind, site.pack)
    counted = Counted(0, 0, 0, 0, protocol=False, referrals=False)
    values = here_values(site, counted)
    for point in found.points:
        assert point.citation
        assert point.here == "people" or point.here in values
        assert point.here == "people" or values[point.here] or point.here in checklist_words()["not_yet"]
    assert found.in_full == (place.state in ("CA", "IL"))


def test_california_and_illinois_are_told_in_full_and_to_whom_they_apply() -> None:
    california = checklist_for("CA", SiteKind.CLINIC, packs()["US-CA"])
    cited = " ".join(point.citation for point in california.points)
    for section in (
        "24250(a)",
        "24250(b)(1)",
        "24250(b)(2)",
        "24250(b)(3)",
        "24251(a)",
        "24251(b)",
        "24251(c)",
        "24251(d)",
    ):
        assert section in cited
    assert california.binds
    assert not checklist_for("IL", SiteKind.CLINIC, pack_for("IL", SiteKind.CLINIC)).binds
    illinois = checklist_for("IL", SiteKind.HOSPITAL, packs()["US-IL"])
    for section in ("(c)(1)", "(c)(2)", "(c)(3)"):
        assert any(section in point.citation for point in illinois.points)
    texts = [point.text for each in (california, illinois) for point in each.points]
    texts += [text for section in policy_words()["section"] for text in section["text"]]
    assert not [text for text in texts if urges(text)]


def test_the_call_sheet_names_everybody_in_order_and_passes_over_what_is_empty(
    store: Store, stored_facility: Facility
) -> None:
    nights = Spell((0, 1, 2, 3, 4), 18 * 60, 8 * 60, None)
    people = (
        Contact("c1", stored_facility.id, ContactRole.RESPONDER, "Dana Whitfield", "555-0142", languages=("Spanish",)),
        Contact("c2", stored_facility.id, ContactRole.RESPONDER, "Bo", "555-0143", position=2, duty=(nights,)),
        Contact("c3", stored_facility.id, ContactRole.COUNSEL, "Reyes and Holm", "312 555 0190"),
    )
    with store.begin() as books:
        books.contacts.replace(stored_facility.id, people)
    sheet = call_sheet(site_now(store, stored_facility), 120)
    assert [(step.order, step.name) for step in sheet.steps] == [
        (1, "Dana Whitfield"),
        (2, "Bo"),
        (0, ""),
        (3, "Reyes and Holm"),
    ]
    (page,) = pages_of(roster_pdf(store, ANA, stored_facility.id, now=NOW))
    assert page.index("555-0142") < page.index("555-0143") < page.index("312 555 0190")
    assert "Administrator on call: nobody is listed. Go on at once." in page
    assert "No answer in 2 minutes: call the next one." in page
    assert "Speaks Spanish" in page


def test_a_call_sheet_of_many_stays_readable_and_one_of_holes_names_them(
    store: Store, stored_facility: Facility
) -> None:
    days = Spell((0, 1, 2, 3, 4), 8 * 60, 18 * 60, None)
    people = tuple(
        Contact(f"c{n}", stored_facility.id, ContactRole.RESPONDER, f"Person {n}", f"555-01{n:02}", "", n, (), (days,))
        for n in range(30)
    )
    with store.begin() as books:
        books.contacts.replace(stored_facility.id, people)
    pages = pages_of(roster_pdf(store, ANA, stored_facility.id, now=NOW))
    counts = [page.count("555-01") for page in pages]
    assert (len(counts), sum(counts), min(counts) > 0) == (2, 30, True)  # no page runs over into one more
    assert "No responder" in pages[-1]
    assert "First called then: nobody" in pages[-1]
