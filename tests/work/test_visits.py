"""Records of visits: nothing lost, nothing changed in silence, nobody reads unseen, nothing about patients."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from sqlalchemy import text

from zonemap.errors import Conflict, Forbidden, Invalid, NotFound
from zonemap.model.backup import BackupMade
from zonemap.model.facility import Facility, SiteKind
from zonemap.model.visit import Details, Happening, Officer, ShownPaper
from zonemap.rules.visit_words import doubtful, missing
from zonemap.storage.store import Store
from zonemap.work import visit_photos
from zonemap.work import visits as work
from zonemap.work.record import doctor_lines
from zonemap.work.visit_purge import Purge, months_later, purge_lines, purge_visits

NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
VISIT = "a" * 32
ICE = Details(
    entrance="Main door",
    officers=(Officer("J. Doe", "ICE", "1234", ""),),
    papers=(ShownPaper("Department of Homeland Security", "Warrant of Removal", "", "Officer R. Roe"),),
    refusal_said_by="Dana Whitfield",
    follow_up_owner="Dana Whitfield",
)


def read(store: Store, who, facility: Facility, **more):
    return work.visit(store, who, facility.id, VISIT, read_id=more.pop("read_id", "9" * 32), now=NOW, **more)


@pytest.fixture
def begun(any_store, actor, any_facility):
    clerk = replace(actor("desk"), account_id="c" * 32, name="Cleo")
    work.open_visit(any_store, clerk, any_facility.id, VISIT, {"class": "admin_warrant"}, now=NOW)
    return clerk


@pytest.fixture
def any_facility(any_store, facility):
    with any_store.begin() as books:
        return books.facilities.add(facility)


def save(store, who, facility, details, number=1, **more):
    seen = more.pop("seen", 99)
    work.save_details(store, who, facility.id, VISIT, f"{number:032x}", details, seen=seen, now=NOW, **more)


def test_a_visit_sent_twice_is_there_once_and_so_is_each_moment(any_store, any_facility, begun):
    work.open_visit(any_store, begun, any_facility.id, VISIT, {}, now=NOW)
    for _ in range(2):
        work.add_moment(any_store, begun, any_facility.id, VISIT, "1" * 32, Happening.ARRIVED, NOW, "two cars", now=NOW)

    found = read(any_store, begun, any_facility).visit

    assert [(each.happening, each.note) for each in found.timeline] == [(Happening.ARRIVED, "two cars")]
    assert (found.entries, found.desk["class"]) == (2, "admin_warrant")


def test_what_the_form_says_is_kept_and_only_what_changed_is_entered(any_store, any_facility, begun):
    save(any_store, begun, any_facility, ICE)
    save(any_store, begun, any_facility, replace(ICE, witness="Bo"), number=2)
    save(any_store, begun, any_facility, replace(ICE, witness="Bo"), number=3)  # nothing new

    found = read(any_store, begun, any_facility).visit

    assert found.details == replace(ICE, witness="Bo")
    assert found.entries == 3
    with any_store.read() as books:
        assert list(books.visits.entries(VISIT)[-1].values["details"]) == ["witness"]


def test_two_who_write_in_the_same_field_are_told_and_in_others_are_not_in_the_way(any_store, any_facility, begun):
    save(any_store, begun, any_facility, ICE)
    save(any_store, begun, any_facility, replace(ICE, taken="a folder"), number=2, seen=2)

    with pytest.raises(Conflict):
        save(any_store, begun, any_facility, replace(ICE, taken="nothing"), number=3, seen=2)
    save(any_store, begun, any_facility, replace(ICE, taken="a folder", care="a visit"), number=4, seen=2)

    assert read(any_store, begun, any_facility).visit.details.care == "a visit"


def test_a_closed_record_takes_amendments_with_a_reason_only(any_store, any_facility, begun):
    save(any_store, begun, any_facility, ICE)
    work.close_visit(any_store, begun, any_facility.id, VISIT, "2" * 32, now=NOW)

    with pytest.raises(Conflict):
        work.add_moment(any_store, begun, any_facility.id, VISIT, "3" * 32, Happening.LEFT, NOW, "", now=NOW)
    with pytest.raises(Invalid) as refused:
        save(any_store, begun, any_facility, replace(ICE, witness="Bo"), number=4)
    assert set(refused.value.fields) == {"reason"}
    save(any_store, begun, any_facility, replace(ICE, witness="Bo"), number=5, reason="Bo had been left out")

    (amendment,) = read(any_store, begun, any_facility).visit.amendments
    assert (amendment.names, amendment.reason) == (("witness",), "Bo had been left out")


@pytest.mark.parametrize(
    "words",
    [
        "They asked for patient Maria Lopez",
        "she is undocumented",
        "he was here for dialysis",
        "DOB 1/2/1970",
        "A123456789",
    ],
)
def test_what_looks_like_a_patient_is_told_and_saved_only_by_who_knows(any_store, any_facility, begun, words):
    details = replace(ICE, asked_words=words)

    with pytest.raises(Invalid) as refused:
        save(any_store, begun, any_facility, details)
    assert set(refused.value.fields) == {"asked_words"}
    save(any_store, begun, any_facility, details, number=2, doubts_known=True)


@pytest.mark.parametrize(
    "words",
    ["They asked where patients wait", "A patient was moved by the nurse on duty", "Warrant 24-1234", "ICE, badge 88"],
)
def test_plain_words_are_not_doubted(words):
    assert doubtful(words) == ()


def test_each_reading_by_somebody_else_is_kept_and_one_s_own_is_not(any_store, any_facility, begun, actor):
    responder = replace(actor("responder"), account_id="d" * 32, name="Rae")
    read(any_store, begun, any_facility)
    read(any_store, responder, any_facility, what="pdf")

    assert [(each.read_by, each.what) for each in read(any_store, responder, any_facility, read_id="8" * 32).reads] == [
        ("Rae", "page"),
        ("Rae", "pdf"),
    ]


def test_another_clerk_and_another_facility_see_nothing(any_store, any_facility, begun, actor):
    other = replace(actor("desk"), account_id="e" * 32)
    assert work.visits(any_store, other, any_facility.id).visits == ()
    with pytest.raises(NotFound):
        read(any_store, other, any_facility)
    with any_store.begin() as books:
        elsewhere = books.facilities.add(replace(any_facility, id="f" * 32))
    with pytest.raises(NotFound):
        work.visit(any_store, actor("responder"), elsewhere.id, VISIT, read_id="9" * 32, now=NOW)
    with pytest.raises(Forbidden):
        read(any_store, actor("manager"), any_facility)


def test_a_clerk_takes_no_copies(any_store, any_facility, begun):
    with pytest.raises(Forbidden):
        read(any_store, begun, any_facility, what="pdf")


def test_the_database_refuses_to_change_or_remove_an_entry_and_the_doctor_sees_it(any_store, any_facility, begun):
    for statement in ("UPDATE visit_entry SET body = '{}'", "DELETE FROM visit_entry"):
        with pytest.raises(Exception, match="never"), any_store.engine.begin() as connection:
            connection.execute(text(statement))
    with any_store.read() as books:
        assert work.visit_faults(books, any_facility.id) == []


def test_the_doctor_names_a_visit_that_somebody_meddled_with(any_store, any_facility, begun):
    save(any_store, begun, any_facility, ICE)
    with any_store.engine.begin() as connection:
        for name in ("visit_entry_no_update", "visit_entry_frozen"):
            drop = f"DROP TRIGGER {name}" + (" ON visit_entry" if connection.dialect.name == "postgresql" else "")
            if (name.endswith("frozen")) == (connection.dialect.name == "postgresql"):
                connection.execute(text(drop))
        connection.execute(text("UPDATE visit_entry SET body = replace(body, 'ICE', 'FBI')"))

    lines, whole = doctor_lines(any_store, None, None)

    assert not whole
    assert any(f"Visit {VISIT[:8]}: Entry 2 is not what it was" in line for line in lines)


def test_visits_are_purged_when_their_time_is_over_and_never_under_a_hold(any_store, any_facility, begun, actor):
    work.close_visit(any_store, begun, any_facility.id, VISIT, "2" * 32, now=NOW)
    backed_up_each_month(any_store, NOW)
    later = NOW + timedelta(days=370)
    admin = actor("administrator")

    def purged():
        return purge_visits(any_store, any_facility.id, by="purge", now=later).gone

    assert purged() == (), "kept for good by default"
    work.set_rule(any_store, admin, any_facility.id, 12, "letter of counsel, Nov 2026")
    assert purged() == (), "a legal hold stops every purge"
    work.set_rule(any_store, admin, any_facility.id, 24, "")
    assert purged() == (), "its time is not over"
    work.set_rule(any_store, admin, any_facility.id, 12, "")
    (gone,) = purged()
    assert (gone.visit_id, gone.entries) == (VISIT, 2)
    listed = work.visits(any_store, admin, any_facility.id)
    assert (listed.visits, listed.purged) == ((), (gone,))


def backed_up_each_month(store: Store, since: datetime) -> None:
    """What shows that a year has passed."""
    with store.begin() as books:
        for month in range(1, 13):
            books.backups.begin(BackupMade(f"{month:032x}", since + timedelta(days=30 * month), "b"))


@pytest.mark.parametrize("wrong", ["set ahead", "set ahead for days", "in the past when the visit was written down"])
def test_nothing_is_purged_by_a_clock_that_is_wrong_until_somebody_says_that_it_is_right(
    any_store, any_facility, actor, wrong
):
    clerk, today = replace(actor("desk"), account_id="c" * 32, name="Cleo"), NOW
    written = NOW if "ahead" in wrong else NOW - timedelta(days=9000)
    work.open_visit(any_store, clerk, any_facility.id, VISIT, {}, now=written)
    work.close_visit(any_store, clerk, any_facility.id, VISIT, "2" * 32, now=written)
    work.set_rule(any_store, actor("administrator"), any_facility.id, 12, "")
    if "ahead" in wrong:
        today += timedelta(days=400)
    if "days" in wrong:  # and work went on
        backed_up_each_month(any_store, today - timedelta(days=2))

    first = purge_visits(any_store, any_facility.id, by="purge", now=today)
    said = purge_lines(any_store, None, now=today)
    known = purge_visits(any_store, any_facility.id, by="purge", now=today, clock_is_right=True)

    assert (first.gone, first.doubtful) == ((), 1)
    assert "the clock is in doubt" in said[-1]
    assert f"after {written:%Y-%m-%d}" in said[-1]
    assert len(known.gone) == 1


def test_an_open_visit_is_never_purged(any_store, any_facility, begun, actor):
    work.set_rule(any_store, actor("administrator"), any_facility.id, 1, "")

    assert purge_visits(any_store, any_facility.id, by="purge", now=NOW + timedelta(days=900)) == Purge()


def test_months_end_with_the_last_day_there_is():
    assert months_later(datetime(2026, 1, 31, tzinfo=UTC), 1).day == 28
    assert months_later(datetime(2026, 11, 30, tzinfo=UTC), 15) == datetime(2028, 2, 29, tzinfo=UTC)


def test_what_the_state_asks_for_is_named_with_its_source(any_store, any_facility, begun):
    save(any_store, begun, any_facility, ICE)
    found = read(any_store, begun, any_facility).visit
    california = replace(any_facility, state="CA")
    illinois = replace(any_facility, state="IL", site_kind=SiteKind.HOSPITAL)

    assert ("witness", "Cal. H&S Code 24251(c)") in {(each.field, each.source) for each in missing(california, found)}
    assert missing(illinois, found)[0].source == "210 ILCS 85/6.14h(c)(2)"
    assert not any(each.source for each in missing(replace(any_facility, state="TX"), found))


def test_the_document_says_all_that_the_form_says(any_store, any_facility, begun):
    save(any_store, begun, any_facility, ICE)

    document = json.loads(json.dumps(work.visit_document(read(any_store, begun, any_facility))))

    assert document["details"]["officers"][0]["agency"] == "ICE"
    assert document["head"] == read(any_store, begun, any_facility).visit.head


def test_a_time_of_another_year_is_refused(any_store, any_facility, begun):
    with pytest.raises(Invalid):
        work.add_moment(
            any_store, begun, any_facility.id, VISIT, "1" * 32, Happening.LEFT, NOW - timedelta(days=365), "", now=NOW
        )


# --- photos of papers ----------------------------------------------------------------------------------------------


def camera(size=(2600, 1300)) -> bytes:
    """A photo as a phone makes it: lying on its side, with where it was taken."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Phone of Ana"
    exif.get_ifd(0x8825)[2] = (41.0, 52.0, 0.0)
    out = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(out, "JPEG", exif=exif, comment=b"secret")
    return out.getvalue()


PHOTO = "7" * 32


def keep(store, who, facility, data=None, number=PHOTO, **more):
    visit_photos.add_photo(store, who, facility.id, VISIT, number, data or camera(), now=NOW, **more)


def look(store, who, facility, number=PHOTO):
    return visit_photos.photo(store, who, facility.id, VISIT, number, read_id="6" * 32, now=NOW)


def test_a_photo_is_kept_once_without_what_the_camera_wrote_and_its_hash_stands_in_the_record(
    any_store, any_facility, begun
):
    keep(any_store, begun, any_facility)
    keep(any_store, begun, any_facility)  # sent again
    with_photo = replace(ICE, papers=(replace(ICE.papers[0], photo=PHOTO),))
    save(any_store, begun, any_facility, with_photo)

    found = read(any_store, begun, any_facility).visit
    (kept,) = found.photos
    jpeg = look(any_store, begun, any_facility)
    shown = Image.open(io.BytesIO(jpeg))
    assert found.details.papers[0].photo == PHOTO
    assert (kept.width, kept.height) == shown.size == (1000, 2000), "upright, and no longer than that"
    assert not shown.getexif()
    assert b"secret" not in jpeg
    assert kept.sha256 == hashlib.sha256(jpeg).hexdigest()
    assert found.entries == 3


def test_a_look_at_a_photo_by_somebody_else_is_kept_and_others_see_none(any_store, any_facility, begun, actor):
    keep(any_store, begun, any_facility, camera((300, 200)))
    look(any_store, begun, any_facility)
    responder = replace(actor("responder"), account_id="d" * 32, name="Rae")
    look(any_store, responder, any_facility)

    reads = read(any_store, responder, any_facility).reads
    assert {(each.read_by, each.what) for each in reads} == {("Rae", "page"), ("Rae", "photo")}
    with pytest.raises(NotFound):
        look(any_store, replace(actor("desk"), account_id="e" * 32), any_facility)
    with pytest.raises(Forbidden):
        look(any_store, actor("manager"), any_facility)
    with pytest.raises(NotFound):
        look(any_store, begun, any_facility, "5" * 32)


def test_a_file_that_is_no_photo_is_refused_and_a_closed_record_asks_for_a_reason(any_store, any_facility, begun):
    with pytest.raises(Invalid, match="could not be read"):
        keep(any_store, begun, any_facility, b"no picture")
    work.close_visit(any_store, begun, any_facility.id, VISIT, "2" * 32, now=NOW)
    with pytest.raises(Invalid) as refused:
        keep(any_store, begun, any_facility)
    assert set(refused.value.fields) == {"reason"}
    missing_photo = replace(ICE, papers=(ShownPaper(photo="5" * 32),))
    with pytest.raises(Invalid, match="not in this record"):
        save(any_store, begun, any_facility, missing_photo, reason="left out")


def test_a_photo_goes_with_its_visit_never_before_and_the_doctor_names_a_false_one(
    any_store, any_facility, begun, actor
):
    keep(any_store, begun, any_facility, camera((300, 200)))
    for statement in ("UPDATE visit_photo SET jpeg = visit_id", "DELETE FROM visit_photo"):
        with pytest.raises(Exception, match=r"never|jpeg"), any_store.engine.begin() as connection:
            connection.execute(text(statement))
    with any_store.engine.begin() as connection:
        server = connection.dialect.name == "postgresql"
        name = "visit_photo_frozen ON visit_photo" if server else "visit_photo_no_update"
        connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("UPDATE visit_photo SET jpeg = :other"), {"other": b"another"})
    lines, whole = doctor_lines(any_store, None, None)
    assert not whole
    assert any(f"Visit {VISIT[:8]}: Photo 1 is not what it was" in line for line in lines)

    work.close_visit(any_store, begun, any_facility.id, VISIT, "2" * 32, now=NOW)
    backed_up_each_month(any_store, NOW)
    admin, later = actor("administrator"), NOW + timedelta(days=370)
    work.set_rule(any_store, admin, any_facility.id, 12, "letter of counsel")
    assert purge_visits(any_store, any_facility.id, by="purge", now=later) == Purge()
    work.set_rule(any_store, admin, any_facility.id, 12, "")
    assert len(purge_visits(any_store, any_facility.id, by="purge", now=later).gone) == 1
    with any_store.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM visit_photo")).scalar_one() == 0


def test_what_others_wrote_meanwhile_stays_and_the_same_form_sent_again_or_after_one_s_own_is_no_conflict(
    any_store, any_facility, begun
):
    save(any_store, begun, any_facility, Details(entrance="Main door"), seen=1)
    save(any_store, begun, any_facility, Details(taken="a folder"), number=2, seen=1)  # had not seen the entrance
    save(any_store, begun, any_facility, Details(taken="two folders"), number=3, seen=1, mine=[f"{2:032x}"])
    save(any_store, begun, any_facility, Details(taken="a folder"), number=2, seen=1)  # its answer had been lost

    with pytest.raises(Conflict) as refused:
        save(any_store, begun, any_facility, Details(taken="nothing", care="a visit"), number=4, seen=1)

    found = read(any_store, begun, any_facility).visit
    assert (found.details, found.entries) == (Details(entrance="Main door", taken="two folders"), 4)
    assert refused.value.data["clashes"] == ("taken",)
    assert refused.value.data["merged"] == Details(entrance="Main door", taken="nothing", care="a visit")
