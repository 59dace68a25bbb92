"""The response protocol: nothing lost, nothing changed in silence, words to patients locked until counsel approves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from sqlalchemy import text

from zonemap.errors import Conflict, Forbidden, Invalid, NotFound
from zonemap.model.facility import Designation
from zonemap.model.protocol import Speech, SpeechApproval, StaffRole, Step
from zonemap.model.record import next_entry
from zonemap.rules.handout_texts import handout_languages, speech_lines
from zonemap.work import protocol as work
from zonemap.work.protocol_report import protocol_pdf
from zonemap.work.record import doctor_lines

NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
OWN = Step("0" * 32, "front_desk.during", "Ring the silver bell.", "House rule 4")


@pytest.fixture
def place(any_store, facility):
    with any_store.begin() as books:
        return books.facilities.add(facility)


@pytest.fixture
def editor(any_store, place, actor):
    """Calls a function of ``work`` as a responder, on the newest version."""
    responder = actor("responder")

    def call(name, *given, **more):
        more.setdefault("seen", work.protocol_of(any_store, responder, place.id).protocol.number)
        return getattr(work, name)(any_store, responder, place.id, *given, now=NOW, **more)

    return call


def words_of(pdf: bytes) -> str:
    told = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join(told.split())


def test_before_anybody_changes_it_there_is_a_whole_protocol(any_store, place, actor):
    view = work.protocol_of(any_store, actor("desk"), place.id)

    assert view.protocol.number == 0
    assert len(view.protocol.steps) > 80
    assert not view.approved
    assert view.said == ()


def test_each_change_is_a_version_with_who_and_when_and_the_first_is_what_was_there_before(any_store, place, editor):
    editor("add_step", OWN)
    editor("edit_step", OWN.id, "Ring the golden bell.", "House rule 5")
    editor("move_step", OWN.id, up=True)
    after = editor("move_step", OWN.id, up=True)
    here = [step.text for step in after.of("front_desk.during")]

    assert here[-3] == "Ring the golden bell."
    gone = editor("remove_step", OWN.id)
    assert OWN.id not in {step.id for step in gone.steps}
    with any_store.read() as books:
        versions = work.facility_protocol(books, place.id).versions
    assert [each.number for each in versions] == [1, 2, 3, 4, 5, 6]
    assert versions[0].change == "As it comes with zonemap"
    assert versions[1].change == "Added to Front desk, during a visit: Ring the silver bell."
    assert versions[5].change == "Removed: Ring the golden bell."
    assert {(each.saved_by, each.saved_at) for each in versions} == {("Ana Ruiz", NOW)}


def test_going_back_saves_the_earlier_version_anew_and_keeps_what_came_between(any_store, place, editor):
    editor("add_step", OWN)
    editor("remove_step", "front_desk.before.1")
    back = editor("go_back", 1)

    assert (back.number, back.change) == (4, "Back to version 1")
    assert back.steps == work.first_protocol(place).steps
    assert editor("go_back", 2).steps[-1] == OWN
    with pytest.raises(NotFound):
        editor("go_back", 99)


def test_the_second_of_two_who_change_it_at_once_is_told_and_nothing_is_overwritten(any_store, place, editor):
    editor("add_step", OWN)

    with pytest.raises(Conflict):
        editor("remove_step", OWN.id, seen=0)
    assert editor("move_step", OWN.id, up=False).number == 2, "nothing changed, so no version"


@pytest.mark.parametrize(
    ("line", "phrase"),
    [("Block the door.", "Block"), ("Warn the family at once.", "Warn"), ("The paper is not valid.", "is not valid")],
)
def test_a_line_that_nobody_may_write_is_refused_and_named(any_store, place, editor, line, phrase):
    with pytest.raises(Invalid) as refused:
        editor("add_step", replace(OWN, text=line))
    assert f"Take out “{phrase}”" in refused.value.fields["line"]
    with pytest.raises(Invalid):
        editor("edit_step", "front_desk.before.1", line, "")


def test_the_protecting_lines_stand_in_every_version_because_they_are_in_none(any_store, place, editor):
    for step in work.first_protocol(place).steps[:30]:
        editor("remove_step", step.id)

    with any_store.read() as books:
        view = work.facility_protocol(books, place.id)
    told = " ".join(each.text for each in view.protecting)
    for word in ("hides", "misleads", "warns a named person", "blocks", "destroys", "opens a private door"):
        assert word in told
        assert word in words_of(protocol_pdf(view))


def test_words_to_patients_are_locked_until_counsel_has_approved_just_these_and_a_change_locks_them(
    any_store, place, editor, actor
):
    admin = actor("administrator")

    def approve(seal):
        work.approve_speech(
            any_store, admin, place.id, seal=seal, counsel="Reyes and Holm", on=date(2026, 11, 20), now=NOW
        )

    def view():
        return work.protocol_of(any_store, admin, place.id)

    approve(view().seal)
    assert view().approved
    assert "Your visit goes on as planned" in words_of(protocol_pdf(view()))

    seal = view().seal
    editor("add_step", OWN)
    assert view().approved, "the words to patients are the same"
    editor("save_speech", Speech("en", ("Hello. We go on with your care.",)))
    assert not view().approved
    assert view().lost
    assert view().said == ()
    assert "We go on with your care" not in words_of(protocol_pdf(view()))
    with pytest.raises(Conflict):
        approve(seal)
    approve(view().seal)
    assert [each.language for each in view().said] == ["en", "es"]
    work.withdraw_approval(any_store, admin, place.id, now=NOW)
    assert view().approval is None
    assert "Locked" in words_of(protocol_pdf(view()))


def test_an_approval_names_a_lawyer_and_a_day_that_has_come(any_store, place, actor):
    admin = actor("administrator")
    seal = work.protocol_of(any_store, admin, place.id).seal
    with pytest.raises(Invalid) as refused:
        work.approve_speech(any_store, admin, place.id, seal=seal, counsel=" ", on=date(2026, 12, 1), now=NOW)
    assert set(refused.value.fields) == {"counsel", "on"}


@pytest.mark.parametrize("line", ["Officers are here.", "You are safe here.", "Please leave now.", "Hide in the back."])
def test_words_to_patients_are_about_rights_and_care_alone(any_store, place, editor, line):
    with pytest.raises(Invalid):
        editor("save_speech", Speech("en", ("Hello.", line)))


def test_languages_come_and_go_but_english_stays(any_store, place, editor):
    editor("remove_speech", "es")
    added = editor("save_speech", Speech("es", ("Hola.",), "Iris Vega", date(2026, 11, 1)))

    assert [each.language for each in added.speeches] == ["en", "es"]
    with pytest.raises(Invalid):
        editor("remove_speech", "en")
    with pytest.raises(Invalid):
        editor("save_speech", Speech("xx", ("Hola.",)))


def test_who_may_do_what(any_store, place, actor):
    with pytest.raises(Forbidden):
        work.add_step(any_store, actor("manager"), place.id, OWN, seen=0, now=NOW)
    with pytest.raises(Forbidden):
        work.approve_speech(any_store, actor("responder"), place.id, seal="0" * 64, counsel="R", on=NOW.date(), now=NOW)
    with pytest.raises(NotFound):
        work.protocol_of(any_store, actor("desk"), "e" * 32)


def test_where_officers_wait_is_taken_from_the_designated_plan(any_store, place, floor, actor):
    with any_store.begin() as books:
        spotted = replace(floor, waiting_spot=(1.0, 1.0))
        books.floors.add(spotted, saved_at=NOW, saved_by="Ana")
        books.designations.add(Designation("d" * 32, place, spotted, 1, 1, NOW, "Ana"))

    view = work.protocol_of(any_store, actor("desk"), place.id)

    assert view.waiting == ("First floor: 101 Waiting",)
    assert "First floor: 101 Waiting" in words_of(protocol_pdf(view))


def test_one_role_s_sheet_holds_its_steps_and_what_holds_for_everybody(any_store, place, actor):
    view = work.protocol_of(any_store, actor("desk"), place.id)

    pdf = protocol_pdf(view, (StaffRole.SECURITY,), points=18)

    assert "Meet the officers calmly" in words_of(pdf)
    assert "Finish the visit record" not in words_of(pdf)
    assert "Nobody hides a person" in words_of(pdf)
    assert pdf == protocol_pdf(view, (StaffRole.SECURITY,), points=18)


def test_the_database_refuses_to_change_an_entry_and_the_doctor_names_a_false_one(any_store, place, editor):
    editor("add_step", OWN)
    for statement in ("UPDATE protocol_entry SET body = '{}'", "DELETE FROM protocol_entry"):
        with pytest.raises(Exception, match="never changed or removed"), any_store.engine.begin() as connection:
            connection.execute(text(statement))
    assert doctor_lines(any_store, None, None)[1]
    with any_store.begin() as books:
        before = books.protocols.entries(place.id)[-1]
        false = next_entry(before, place.id, before.kind, before.values, recorded_at=NOW, recorded_by="Eve")
        values = (place.id, 3, false.kind.value, NOW, "Mallory", false.body, false.previous, false.hash)
    with any_store.engine.begin() as connection:
        names = ("facility_id", "position", "kind", "recorded_at", "recorded_by", "body", "previous", "hash")
        given = dict(zip(names, values, strict=True)) | {"recorded_at": NOW.replace(tzinfo=None)}
        connection.execute(
            text(f"INSERT INTO protocol_entry ({', '.join(names)}) VALUES ({', '.join(f':{n}' for n in names)})"),  # noqa: S608
            given,
        )

    lines, whole = doctor_lines(any_store, None, None)

    assert not whole
    assert any("Protocol: Entry 3 is not what it was" in line for line in lines)


def test_words_to_patients_are_printed_letter_for_letter_in_every_language(store, facility):
    with store.begin() as books:
        books.facilities.add(facility)
        view = work.facility_protocol(books, facility.id)
    speeches = tuple(Speech(each.code, speech_lines(each.code)) for each in handout_languages())
    protocol = replace(view.protocol, speeches=speeches)
    seal = work.protocol_seal(protocol)
    approval = SpeechApproval(seal, "Reyes and Holm", NOW.date(), "Ana Ruiz", NOW)

    told = words_of(protocol_pdf(replace(view, protocol=protocol, seal=seal, approval=approval)))

    assert "\N{REPLACEMENT CHARACTER}" not in told
    for language in handout_languages():
        assert language.name in told
