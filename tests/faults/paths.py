"""Every way in which something is written into the database, each as the n-th intention of somebody.

The same ``n`` on the same store gives the same rows, so that what a kill left behind can be compared with what a run
without one has there. Ways that write files as well stand in ``file_paths``.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from PIL import Image

from tests.conftest import NOW
from tests.geometry.floors import box
from tests.work.clinic import CLINIC, FIRST, add_clinic
from zonemap.model.change import Put
from zonemap.model.device import DeskDevice
from zonemap.model.facility import Contact, ContactRole, SiteKind
from zonemap.model.law import CounselReview, OwnMustNot
from zonemap.model.pack import PackChoice
from zonemap.model.person import Account, Actor, Role
from zonemap.model.plan import Floor, Room, Scale
from zonemap.model.protocol import Step
from zonemap.model.readiness import Said
from zonemap.model.referral import Purpose, Referral
from zonemap.model.sign import SignOptions
from zonemap.model.training import PersonKind, Session, TaskKind, Trainee
from zonemap.model.visit import Details, Happening
from zonemap.model.wall import WallEvent
from zonemap.model.zone import ZoneClass
from zonemap.rules.pack import pack_for
from zonemap.rules.seal import seal
from zonemap.storage.store import Store
from zonemap.work import (
    accounts,
    alerts,
    contacts,
    designations,
    devices,
    facilities,
    law,
    organization,
    organization_protocol,
    plans,
    print_jobs,
    protocol,
    readiness,
    referrals,
    reviews,
    second_factor,
    sessions,
    sign_plans,
    training_deeds,
    visit_photos,
    visit_purge,
    visits,
    wall,
    zones,
)
from zonemap.work.alert_channels import Channels
from zonemap.work.packs import choose_pack
from zonemap.work.protocol import facility_protocol

Act = Callable[[Store, int], None]
ANA = Actor("a" * 32, "Ana Ruiz", frozenset(Role))
REVIEWER = Actor("b" * 32, "Rae Cole", frozenset({Role.MANAGER}))
SECOND = replace(FIRST, id="e" * 32, name="Second floor", level=1)
VISIT, TRAINEE = "9" * 32, "7" * 32
ENGLISH = SignOptions(languages=("en",))


def prepare(store: Store) -> None:
    """A clinic with a designated floor, a draft, two people, an open visit, and somebody to train."""
    add_clinic(store)
    with store.begin() as books:
        books.floors.add(_decided(SECOND), saved_at=NOW, saved_by="Ana")
        for who in (ANA, REVIEWER):
            name = who.name.partition(" ")[0].lower()
            books.accounts.add(Account(who.account_id, who.name, f"{name}@clinic.example", who.roles), None)
    visits.open_visit(store, ANA, CLINIC.id, VISIT, {}, now=NOW)
    training_deeds.add_person(store, ANA, Trainee(TRAINEE, CLINIC.id, "Bo", "Volunteer", PersonKind.VOLUNTEER))


def _decided(floor: Floor) -> Floor:
    undecided = (each for each in floor.rooms if each.zone_class is ZoneClass.UNDECIDED)
    marked = {each.id: replace(each, zone_class=ZoneClass.PRIVATE) for each in undecided}
    return replace(floor, rooms=tuple(marked.get(each.id, each) for each in floor.rooms))


def ident(kind: int, number: int) -> str:
    """An id that no other kind has."""
    return f"{kind:04x}{number:028x}"


def moment(number: int) -> datetime:
    return NOW + timedelta(minutes=number)


def _version(store: Store, floor_id: str) -> int:
    with store.read() as books:
        return books.floors.get(floor_id).version


def _room(number: int) -> Room:
    return Room(f"kill{number}", box(20.0 + 5 * number, 0, 4, 4), str(number), f"Room {number}", ZoneClass.PRIVATE)


def floor_save(store: Store, n: int) -> None:
    zones.mark(store, ANA, FIRST.id, _version(store, FIRST.id), [Put(_room(n))], now=moment(n))


def designation(store: Store, n: int) -> None:
    zones.mark(store, ANA, SECOND.id, _version(store, SECOND.id), [Put(_room(n))], now=moment(n))
    version = _version(store, SECOND.id)
    designations.designate(store, ANA, SECOND.id, version, now=moment(n), new_id=ident(1, n))


def review(store: Store, n: int) -> None:
    version = _version(store, SECOND.id)
    sent = reviews.send(store, ANA, SECOND.id, version, REVIEWER.account_id, now=moment(n), new_id=ident(2, n))
    said = {"approves": n % 2 == 0, "role": "Counsel", "remark": "Look again."}
    reviews.answer(store, REVIEWER, SECOND.id, sent.content, now=moment(n), **said)


def facility(store: Store, n: int) -> None:
    facilities.add_facility(store, ANA, replace(CLINIC, id=ident(3, n), name=f"Site {n}"))
    facilities.change_facility(store, ANA, replace(CLINIC, suite=f"Suite {n}"))


def roster(store: Store, n: int) -> None:
    new = Contact(ident(4, n), CLINIC.id, ContactRole.RESPONDER, f"Dana {n}", "555-0142")
    contacts.add_contact(store, ANA, new)
    contacts.change_contact(store, ANA, replace(new, phone="555-0143"))
    if n > 1:
        contacts.call_earlier(store, ANA, CLINIC.id, new.id)


def member(store: Store, n: int) -> None:
    new = Account(ident(5, n), f"Person {n}", f"p{n}@clinic.example", frozenset({Role.DESK}))
    accounts.invite(store, ANA, new, new_token=f"token {n}", now=moment(n))
    accounts.change_person(store, ANA, replace(new, roles=frozenset({Role.MANAGER})))


def session(store: Store, n: int) -> None:
    with store.begin() as books:
        sessions.begin_session(books, ANA.account_id, f"session {n}", moment(n))
    if n > 1:
        sessions.end_session(store, f"session {n - 1}")


def factor(store: Store, n: int) -> None:
    second_factor.begin_factor(store, ANA, secret=f"{'ABCDEFGHIJKLMNOP'}{'QRST'[n % 4]}" + "A" * 15)


def protocol_steps(store: Store, n: int) -> None:
    step = Step(ident(6, n), "front_desk.during", f"Ring the silver bell {n} times.", "House rule 4")
    with store.read() as books:
        seen = facility_protocol(books, CLINIC.id).protocol.number
    protocol.add_step(store, ANA, CLINIC.id, step, seen=seen, now=moment(n))


def shared_protocol(store: Store, n: int) -> None:
    protocol_steps(store, n)
    scope = organization_protocol.shared_protocols(store, ANA)[0]
    organization_protocol.take_protocol(store, ANA, scope.scope, CLINIC.id, seen=scope.number, now=moment(n))


def shared(store: Store, n: int) -> None:
    organization.add_shared_contact(store, ANA, Contact(ident(7, n), "", ContactRole.COUNSEL, f"Lee {n}", "555-0100"))
    line = OwnMustNot(ident(8, n), "", f"Do not run in hall {n}.", "Ana", moment(n))
    organization.add_shared_must_not(store, ANA, line)


def visit(store: Store, n: int) -> None:
    visit_id = ident(9, n)
    visits.open_visit(store, ANA, CLINIC.id, visit_id, {}, now=moment(n))
    asked = (store, ANA, CLINIC.id, visit_id)
    visits.add_moment(*asked, ident(10, n), Happening.ARRIVED, moment(n), "", now=moment(n))
    said = Details(entrance=f"Door {n}", witness="Dana")
    visits.save_details(*asked, ident(11, n), said, seen=2, doubts_known=True, now=moment(n))
    visits.close_visit(*asked, ident(12, n), now=moment(n))


def visit_photo(store: Store, n: int) -> None:
    visit_photos.add_photo(store, ANA, CLINIC.id, VISIT, ident(13, n), png(n), now=moment(n))


def purge(store: Store, n: int) -> None:
    visit(store, n)
    visits.set_rule(store, ANA, CLINIC.id, 1, "")
    visit_purge.purge_visits(store, CLINIC.id, by="cron", now=moment(n) + timedelta(days=40 * n))


def referral(store: Store, n: int) -> None:
    new = Referral(ident(14, n), CLINIC.id, f"Help {n}", Purpose.LEGAL_HELP, "555-0199")
    referrals.add_referral(store, ANA, new)
    referrals.change_referral(store, ANA, replace(new, note="Ask for intake."))


def training(store: Store, n: int) -> None:
    wanted = training_deeds.Wanted(TaskKind.SESSION, f"Topic {n}", date(2026, 12, 20))
    new_id = iter([ident(15, n)]).__next__
    training_deeds.assign(store, ANA, CLINIC.id, [TRAINEE], wanted, new_id=new_id, now=moment(n))
    training_deeds.mark_done(store, ANA, CLINIC.id, ident(15, n), date(2026, 11, 20), mark_id=ident(16, n), now=NOW)
    held = Session(ident(17, n), CLINIC.id, date(2026, 11, 20), f"Topic {n}", "Ana", "", NOW, "Ana", (TRAINEE,))
    training_deeds.hold_session(store, ANA, held, now=moment(n))


def wall_ticks(store: Store, n: int) -> None:
    which = enumerate(("d1", "d3"))
    ticks = [wall.Tick(ident(18, 2 * n + at), FIRST.id, d, WallEvent.POSTED, 1, moment(n)) for at, d in which]
    wall.tick(store, ANA, CLINIC.id, ticks, now=moment(n))


def wall_photo(store: Store, n: int) -> None:
    wall_ticks(store, n)
    wall.add_photo(store, ANA, CLINIC.id, ident(18, 2 * n), png(n))


def print_job(store: Store, n: int) -> None:
    choice = PackChoice(departments=(), maps=n % 2 == 0)
    pack = choose_pack(store, ANA, CLINIC.id, ENGLISH, choice)
    given = (pack, ENGLISH, choice, "csv")
    job = print_jobs.ask_for_pack(store, ANA, *given, job_id=ident(19, n), now=moment(n))
    print_jobs.make_pack(store, job, maker=f"maker {n}", clock=lambda: moment(n))


def sign_plan(store: Store, n: int) -> None:
    sign_plans.acknowledge(store, ANA, CLINIC.id, [("es", "vi", "ar", "ru")[n % 4]], now=moment(n))


def own_law(store: Store, n: int) -> None:
    line = OwnMustNot(ident(20, n), CLINIC.id, f"Do not run in hall {n}.", "Ana", moment(n))
    law.add_must_not(store, ANA, line)
    pack = pack_for("IL", SiteKind.CLINIC)
    read = CounselReview(ident(21, n), CLINIC.id, pack.id, seal(pack), f"Lee {n}", "Ana", moment(n))
    law.record_review(store, ANA, read)


def said(store: Store, n: int) -> None:
    readiness.say(store, ANA, CLINIC.id, Said.RIGHTS, now=moment(n), new_id=ident(22, n))


def device(store: Store, n: int) -> None:
    new = DeskDevice(ident(23, n), CLINIC.id, f"Desk {n}", "Ana", moment(n))
    devices.await_device(store, ANA, new, f"CODE{n:04d}", moment(n))
    devices.pair(store, f"CODE{n:04d}", address="::1", token=f"device {n}", old_token="", now=moment(n))


def alert(store: Store, n: int) -> None:
    ids, at = iter(range(100 * n, 100 * n + 100)), NOW + timedelta(hours=n)
    raised = alerts.raise_alert(
        store,
        ANA,
        CLINIC.id,
        alerts.FRONT_DESK,
        Channels(smtp="smtp://127.0.0.1:9", sender="desk@clinic.example"),
        new_id=lambda: ident(24, next(ids)),
        new_token=lambda: f"alert {next(ids)}",
        now=at,
    )
    alerts.acknowledge(store, ANA, CLINIC.id, raised.id, now=at)


def upload(store: Store, n: int) -> None:
    new = Floor(ident(25, n), CLINIC.id, f"Upload {n}", 5 + n, None)
    given = {"picture_id": ident(26, n), "most_mb": 25, "new_id": lambda: ident(27, n), "now": moment(n)}
    plans.add_floor(store, ANA, new, png(n, 700), **given)


def draft_floor(store: Store, n: int) -> None:
    new = Floor(ident(28, n), CLINIC.id, f"Draft {n}", 9 + n, None, Scale(0.01))
    with store.begin() as books:
        books.floors.add(new, saved_at=NOW, saved_by="")
    plans.rename_floor(store, ANA, ident(28, n), name=f"Renamed {n}", level=9 + n, now=moment(n))
    if n > 1:
        plans.remove_floor(store, ANA, ident(28, n - 1))


def png(number: int, side: int = 120) -> bytes:
    """A picture that no other number has."""
    out = io.BytesIO()
    Image.new("L", (side, side), 200 - number).save(out, "PNG")
    return out.getvalue()


PATHS: dict[str, Act] = {
    act.__name__: act
    for act in (
        floor_save,
        draft_floor,
        designation,
        review,
        facility,
        roster,
        member,
        session,
        factor,
        protocol_steps,
        shared_protocol,
        shared,
        visit,
        purge,
        referral,
        training,
        wall_ticks,
        print_job,
        sign_plan,
        own_law,
        said,
        device,
        alert,
    )
}
# Here a child process reads what came in, which takes ten times as long.
SLOW_PATHS: dict[str, Act] = {act.__name__: act for act in (upload, visit_photo, wall_photo)}
