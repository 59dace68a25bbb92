"""The wall beside the plan: what has to be printed, what is ticked, and that a tick counts once."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.conftest import NOW
from tests.geometry.floors import grid_floor
from tests.work.clinic import CLINIC, FIRST, add_clinic, designate
from zonemap.errors import Forbidden, Invalid, NotFound
from zonemap.model.facility import Contact, ContactRole, Designation
from zonemap.model.person import Actor
from zonemap.model.plan import Floor
from zonemap.model.sign import SignOptions
from zonemap.model.wall import Wall, WallEvent, WallState, sheet_facts
from zonemap.model.zone import ZoneClass
from zonemap.storage.store import Store
from zonemap.work.floor_signs import floor_signs
from zonemap.work.wall import TICKS_MOST, Tick, add_photo, mark_printed, photo, tick, wall

ENTRANCE, EXAM, CHART = "d4", "d1", "d3"


@pytest.fixture
def ana(actor: Callable[..., Actor]) -> Actor:
    return actor("manager")


@pytest.fixture
def store(store: Store) -> Store:
    add_clinic(store)
    return store


def remarked(floor: Floor, room_id: str, kind: ZoneClass) -> Floor:
    return replace(
        floor, rooms=tuple(replace(room, zone_class=kind) if room.id == room_id else room for room in floor.rooms)
    )


_ids = count(1)


def one(sheet: str, event: WallEvent = WallEvent.POSTED, *, number: int = 1, minutes: int = 0) -> Tick:
    return Tick(f"{next(_ids):032x}", FIRST.id, sheet, event, number, NOW + timedelta(minutes=minutes))


def states(found: Wall) -> dict[str, str]:
    return {each.sheet: each.state.value for each in found.sheets}


def to_print(found: Wall) -> set[str]:
    return {each.sheet for each in found.to_print}


def test_at_first_every_sheet_is_planned_and_they_stand_in_the_order_of_the_walk(store, ana):
    found = wall(store, ana, CLINIC.id)

    assert [each.sheet for each in found.sheets][:3] == [ENTRANCE, EXAM, CHART]
    assert set(states(found).values()) == {"planned"}
    assert to_print(found) == set(states(found))
    assert [each.place for each in found.sheets][1] == "LOBBY Room lobby to EXAM Room exam"


def test_a_sheet_is_printed_hung_seen_missing_and_printed_again(store, ana):
    seen = []
    for minutes, event in enumerate((WallEvent.PRINTED, WallEvent.POSTED, WallEvent.MISSING, WallEvent.PRINTED)):
        tick(store, ana, CLINIC.id, [one(EXAM, event, minutes=minutes)], now=NOW)
        seen.append(states(wall(store, ana, CLINIC.id))[EXAM])

    assert seen == ["printed", "posted", "missing", "printed"]


def test_sheets_are_marked_as_printed_together(store, ana):
    ids = (f"{number:032x}" for number in count(1000))
    keys = [each.key for each in wall(store, ana, CLINIC.id).sheets]

    assert mark_printed(store, ana, CLINIC.id, [*keys, (FIRST.id, "gone")], new_ids=ids, now=NOW) == len(keys)
    assert set(states(wall(store, ana, CLINIC.id)).values()) == {"printed"}


def test_what_nothing_has_changed_at_stays_right_under_a_newer_designation(store, ana):
    tick(store, ana, CLINIC.id, [one(EXAM), one(CHART), one(ENTRANCE)], now=NOW)
    designate(store, remarked(FIRST, "exam", ZoneClass.RECORDS), 2)
    found = wall(store, ana, CLINIC.id)

    assert (states(found)[EXAM], states(found)[CHART], states(found)[ENTRANCE]) == ("outdated", "posted", "posted")


def test_a_phone_that_was_offline_ticks_the_sheet_that_it_had_before_it(store, ana):
    designate(store, remarked(FIRST, "exam", ZoneClass.RECORDS), 2)
    tick(store, ana, CLINIC.id, [one(EXAM, number=1)], now=NOW)

    assert states(wall(store, ana, CLINIC.id))[EXAM] == "outdated"


def test_another_telephone_on_the_notice_puts_the_notice_on_the_list(store, ana):
    tick(store, ana, CLINIC.id, [one(EXAM), one(CHART), one(ENTRANCE)], now=NOW)
    with store.begin() as books:
        called = Contact("t" * 32, CLINIC.id, ContactRole.ADMINISTRATOR_ON_CALL, "Luis", "555-0199", "24 h")
        books.contacts.replace(CLINIC.id, (called,))

    assert states(wall(store, ana, CLINIC.id))[ENTRANCE] == "outdated"


def test_a_sheet_that_hangs_and_is_called_for_no_longer_is_to_be_taken_down(store, ana):
    tick(store, ana, CLINIC.id, [one(EXAM)], now=NOW)
    designate(store, remarked(FIRST, "exam", ZoneClass.PUBLIC), 2)
    (left,) = wall(store, ana, CLINIC.id).left_over
    assert (left.floor_name, left.door, left.mark.sheet) == ("First floor", "1", EXAM)

    tick(store, ana, CLINIC.id, [one(EXAM, WallEvent.REMOVED, minutes=5)], now=NOW)
    assert wall(store, ana, CLINIC.id).left_over == ()


# --- once ----------------------------------------------------------------------------------------------------------


def test_a_tick_that_is_sent_again_counts_once(store, ana):
    sent = [one(EXAM), one(CHART)]

    assert tick(store, ana, CLINIC.id, [*sent, sent[0]], now=NOW) == 2
    assert tick(store, ana, CLINIC.id, sent, now=NOW) == 0
    with store.read() as books:
        assert len(books.wall_marks.list(CLINIC.id)) == 2


def test_the_same_ticks_from_many_sides_at_once_count_once(any_store, ana):
    with any_store.begin() as books:
        if books.facilities.find(CLINIC.id) is None:
            books.facilities.add(CLINIC)
    if not wall(any_store, ana, CLINIC.id).sheets:
        designate(any_store, FIRST, 1)
    sent = [one(EXAM), one(CHART)]
    new: list[int] = []

    def send() -> None:
        new.append(tick(any_store, ana, CLINIC.id, sent, now=NOW))

    threads = [threading.Thread(target=send) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(new) == [0, 0, 0, 0, 0, 2]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"id": "1"}, Invalid),
        ({"sheet": "../d1"}, Invalid),
        ({"sheet": "d2"}, NotFound),
        ({"number": 9}, NotFound),
        ({"floor_id": "0" * 32}, NotFound),
    ],
)
def test_a_tick_that_makes_no_sense_is_refused_and_so_are_those_beside_it(store, ana, wrong, error):
    with pytest.raises(error):
        tick(store, ana, CLINIC.id, [one(CHART), replace(one(EXAM), **wrong)], now=NOW)
    with store.read() as books:
        assert books.wall_marks.list(CLINIC.id) == []


def test_too_many_ticks_at_once_are_refused(store, ana):
    with pytest.raises(Invalid, match="At most"):
        tick(store, ana, CLINIC.id, [one(EXAM)] * (TICKS_MOST + 1), now=NOW)


def test_the_desk_does_not_see_the_wall_and_ticks_nothing(store, actor):
    for call in (
        lambda desk: wall(store, desk, CLINIC.id),
        lambda desk: tick(store, desk, CLINIC.id, [], now=NOW),
        lambda desk: add_photo(store, desk, CLINIC.id, "1" * 32, b""),
    ):
        with pytest.raises(Forbidden):
            call(actor("desk"))


# --- photos --------------------------------------------------------------------------------------------------------


def camera(size: tuple[int, int] = (2400, 1200)) -> bytes:
    """A photo as a phone makes it: lying on its side, with where it was taken."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Phone of Ana"
    exif.get_ifd(0x8825)[2] = (41.0, 52.0, 0.0)
    out = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(out, "JPEG", exif=exif, comment=b"secret")
    return out.getvalue()


def test_a_photo_is_kept_upright_and_without_what_the_camera_wrote_into_it(store, ana):
    made = one(EXAM)
    tick(store, ana, CLINIC.id, [made], now=NOW)
    add_photo(store, ana, CLINIC.id, made.id, camera())
    kept = photo(store, ana, CLINIC.id, made.id)
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.format, image.size) == ("JPEG", (800, 1600))
        assert not image.getexif()
        assert not {"exif", "comment", "icc_profile"} & set(image.info)
    for secret in (b"Ana", b"secret", b"Exif"):
        assert secret not in kept
    assert wall(store, ana, CLINIC.id).sheets[1].mark.has_photo


def test_a_file_that_is_no_photo_and_a_tick_that_is_not_there_are_refused(store, ana):
    made = one(EXAM)
    tick(store, ana, CLINIC.id, [made], now=NOW)
    with pytest.raises(Invalid, match="This photo could not be read"):
        add_photo(store, ana, CLINIC.id, made.id, b"no picture")
    with pytest.raises(NotFound):
        add_photo(store, ana, CLINIC.id, "0" * 32, camera((200, 200)))
    with pytest.raises(NotFound):
        photo(store, ana, CLINIC.id, made.id)


# --- exactly its doors ---------------------------------------------------------------------------------------------

_GRID = replace(grid_floor(36), id="f" * 32, facility_id=CLINIC.id)
_CLASSES = [kind for kind in ZoneClass if kind is not ZoneClass.UNDECIDED]


def facts_of(floor: Floor, number: int) -> dict[str, str]:
    made = Designation(f"{number:032x}", CLINIC, floor, number, 1, NOW, "Ana")
    return dict(sheet_facts(floor_signs(made, (), SignOptions(languages=("en",)))))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(_CLASSES), min_size=36, max_size=36),
    st.integers(0, 35),
    st.sampled_from(_CLASSES),
)
def test_changing_one_zone_changes_the_sheets_of_exactly_its_doors(classes, place, after):
    rooms = tuple(replace(room, zone_class=kind) for room, kind in zip(_GRID.rooms, classes, strict=True))
    before = replace(_GRID, rooms=rooms)
    changed = remarked(before, rooms[place].id, after)
    was, now = facts_of(before, 1), facts_of(changed, 2)
    its_doors = {door.id for door in _GRID.doors if rooms[place].id in door.rooms}
    listed = {sheet for sheet, facts in now.items() if was.get(sheet) != facts}

    assert listed <= its_doors
    assert {sheet for sheet in was if sheet not in now} <= its_doors
    if after is classes[place]:
        assert listed == set()
    for door in (door for door in _GRID.doors if door.id in its_doors):
        (other,) = {*door.rooms} - {rooms[place].id}
        kinds = {after, classes[int(str(other)[1:])]}
        wants_sign = ZoneClass.PUBLIC in kinds and any(kind.is_closed for kind in kinds)
        assert (door.id in now) is wants_sign
        if wants_sign and after is not classes[place]:
            assert door.id in listed


def test_a_changed_zone_puts_exactly_its_doors_on_the_list_of_a_wall_that_was_complete(store, ana):
    designate(store, _GRID, 2)
    every = [each.sheet for each in wall(store, ana, CLINIC.id).sheets]
    tick(store, ana, CLINIC.id, [one(sheet, number=2) for sheet in every], now=NOW)
    assert to_print(wall(store, ana, CLINIC.id)) == set()
    target = next(door for door in _GRID.doors if door.id in every)
    closed = next(room for room in _GRID.rooms if room.id in target.rooms and room.zone_class is not ZoneClass.PUBLIC)
    designate(
        store,
        remarked(
            _GRID,
            closed.id,
            ZoneClass.RESIDENTIAL if closed.zone_class is not ZoneClass.RESIDENTIAL else ZoneClass.PRIVATE,
        ),
        3,
    )

    listed = to_print(wall(store, ana, CLINIC.id))
    assert listed == {door.id for door in _GRID.doors if closed.id in door.rooms and door.id in every}
    assert {each.state for each in wall(store, ana, CLINIC.id).to_print} == {WallState.OUTDATED}
