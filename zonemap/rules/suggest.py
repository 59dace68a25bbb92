"""Which class the rooms of a floor may have, by what is written about them. Suggestions only: a person accepts them.

First each room by itself: its name (its number where it has none), its category, its department. What depends on who
uses it, a corridor or a toilet, is then told by the rooms that its doors lead to, or stays open. Where something
speaks for public and something against it, the closed class is suggested, never more than likely, and listed apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from zonemap.model.plan import Door, Room
from zonemap.model.suggestion import Certainty, Reading, Suggestion, Unclear
from zonemap.model.zone import ZoneClass
from zonemap.rules.pack import Pack
from zonemap.rules.room_words import Kind, Meaning, department_is, kinds, meaning, of_category, text, who_uses

# What a department says of a room whose own kind depends on it.
_BY_DEPARTMENT = {
    "closed_care": (ZoneClass.PRIVATE, "by_care_department"),
    "care": (ZoneClass.PRIVATE, "by_care_department"),
    "staff": (ZoneClass.PRIVATE, "by_staff_department"),
    "open": (ZoneClass.PUBLIC, "by_visitors"),
}
# And of one that nothing else is known of: the kind in words, and whether care is given there.
_OF_DEPARTMENT = {
    "closed_care": ("care_department", "room of a care department", "rooms of care departments", True),
    "care": ("care_department", "room of a care department", "rooms of care departments", True),
    "staff": ("staff_department", "room of a staff department", "rooms of staff departments", False),
}


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What is known of one room. ``zone_class`` is None where it stays open."""

    kind: Kind
    zone_class: ZoneClass | None
    reason: str
    certainty: Certainty = Certainty.LIKELY
    law: bool = False
    conflict: str = ""


def suggestions(rooms: Iterable[Room], doors: Iterable[Door] = (), pack: Pack | None = None) -> tuple[Suggestion, ...]:
    """The suggestions alone: see ``read_rooms``."""
    return read_rooms(rooms, doors, pack).suggestions


def read_rooms(
    rooms: Iterable[Room], doors: Iterable[Door] = (), pack: Pack | None = None, *, again: bool = False
) -> Reading:
    """One suggestion for each kind of room, the sure ones first; then what stays open and what says nothing.

    Rooms that are decided already get none, unless ``again``; they count as neighbours. A law is named only where
    ``pack`` is that of the facility and knows one: without it every source is custom.
    """
    listed = tuple(rooms)
    verdicts = _told_by_doors(listed, _beside(doors), {room.id: _by_itself(room) for room in listed})
    asked = [room for room in listed if again or room.zone_class is ZoneClass.UNDECIDED]
    told = [(room.id, verdict) for room in asked if (verdict := verdicts[room.id])]
    return Reading(
        suggestions=tuple(_suggestions(told, pack)),
        unclear=tuple(_unclear(told)),
        unrecognised=tuple(room.id for room in asked if verdicts[room.id] is None),
    )


# --- a room by itself --------------------------------------------------------------------------------------------


def _by_itself(room: Room) -> _Verdict | None:
    named = meaning(room.name or room.number)
    coded, code_words = of_category(room.category)
    kind = named.head if named.head and _is_head(named.head, named) else named.kind
    if kind is None or (kind.zone_class is None and coded and coded.zone_class):
        kind = coded
    if kind is None:
        return _by_department_alone(room)
    if kind.zone_class is None:
        return _by_who(kind, who_uses(room.name or room.number))
    against = _against(kind, named, coded, code_words)
    return against or (_public(kind, room, named) if kind.is_public else _closed(kind))


def _by_department_alone(room: Room) -> _Verdict | None:
    group = department_is(room.department)
    if group not in _OF_DEPARTMENT:
        return None
    kind_id, one, many, law = _OF_DEPARTMENT[group]
    zone_class, reason = _BY_DEPARTMENT[group]
    return _Verdict(Kind(kind_id, one, many, zone_class), zone_class, text(reason), law=law)


def _by_who(kind: Kind, who: frozenset[str]) -> _Verdict:
    """A kind that depends on who uses it, where the name says so; else it stays open."""
    if {"visitors"} < who:
        return _open(kind)
    if "patients" in who:
        return _Verdict(kind, ZoneClass.PRIVATE, text("by_patients"), Certainty.SURE, law=True)
    if "staff" in who:
        return _Verdict(kind, ZoneClass.PRIVATE, text("by_staff"), Certainty.SURE)
    if "visitors" in who:
        return _Verdict(kind, ZoneClass.PUBLIC, text("by_visitors"), Certainty.SURE)
    return _open(kind)


def _open(kind: Kind, why: str = "open_no_doors") -> _Verdict:
    return _Verdict(kind, None, text(why))


def _closed(kind: Kind, conflict: str = "") -> _Verdict:
    certainty = Certainty.SURE if kind.sure and not conflict else Certainty.LIKELY
    return _Verdict(kind, kind.zone_class, kind.why, certainty, kind.law, conflict)


def _against(kind: Kind, named: Meaning, coded: Kind | None, code_words: str) -> _Verdict | None:
    """The closed class, where name and category, or two parts of the name, are of both sides."""
    both = [match.kind for match in named.matches]
    closed = next((each for each in both if each.is_closed), None)
    public = next((each for each in both if each.is_public), None)
    if closed and public and not _is_head(public, named):
        return _closed(closed, text("conflict_name", words=public.one))
    if coded and kind.is_public and coded.is_closed:
        return _closed(
            replace(kind, zone_class=coded.zone_class, why=coded.why, law=coded.law),
            text("conflict_list", words=code_words),
        )
    if coded and kind.is_closed and coded.is_public:
        return _closed(kind, text("conflict_code", words=code_words))
    return None


def _is_head(public: Kind, named: Meaning) -> bool:
    """Whether the name is that of a public place which something else only describes: "pharmacy waiting"."""
    return public.is_public and named.head is public and not _speaks_of_a_ward(named)


def _speaks_of_a_ward(named: Meaning) -> bool:
    return "closed_care" in map(department_is, named.words)


def _public(kind: Kind, room: Room, named: Meaning) -> _Verdict:
    """A public kind, with care: staff's own, behind the door of a department, or only likely."""
    group = department_is(room.department)
    if "staff" in who_uses(room.name):
        return _Verdict(kind, ZoneClass.PRIVATE, text("by_staff"), conflict=text("conflict_staff"))
    if group == "closed_care":
        conflict = text("conflict_department", words=room.department)
        return _Verdict(kind, ZoneClass.PRIVATE, text("by_care_department"), law=True, conflict=conflict)
    in_care = group == "care" or any(match.kind.law for match in named.matches)
    if kind.care_class and in_care:
        return _Verdict(kind, kind.care_class, kind.care_why, law=True)
    if in_care or any(match.kind.is_closed for match in named.matches) or (kind.sure and _speaks_of_a_ward(named)):
        return _Verdict(kind, ZoneClass.PUBLIC, text("waiting_in_care"))
    certainty = Certainty.SURE if kind.sure else Certainty.LIKELY
    return _Verdict(kind, ZoneClass.PUBLIC, kind.why, certainty)


# --- rooms beside it ---------------------------------------------------------------------------------------------


def _beside(doors: Iterable[Door]) -> Mapping[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for door in doors:
        here, there = door.rooms
        if there is not None:
            found[here].add(there)
            found[there].add(here)
    return found


def _told_by_doors(
    rooms: Sequence[Room], beside: Mapping[str, set[str]], verdicts: dict[str, _Verdict | None]
) -> dict[str, _Verdict | None]:
    """What is open, told by the rooms that it leads to; those that are told so tell the next."""
    known = {room.id: _class_now(room, verdicts[room.id]) for room in rooms}
    waiting = [room for room in rooms if _is_open(verdicts[room.id])]
    while waiting:
        told: dict[str, _Verdict] = {}
        for room in waiting:
            found = _by_surroundings(room, verdicts[room.id], [known.get(other) for other in beside.get(room.id, ())])
            if found:
                told[room.id] = found
        verdicts |= told
        known |= {room.id: _class_now(room, verdicts[room.id]) for room in waiting if room.id in told}
        settled = {room_id for room_id, found in told.items() if found.zone_class}
        if not settled:
            break
        waiting = [room for room in waiting if room.id not in settled]
    return {room_id: _left(verdict) for room_id, verdict in verdicts.items()}


def _is_open(verdict: _Verdict | None) -> bool:
    return verdict is not None and verdict.zone_class is None


def _left(verdict: _Verdict | None) -> _Verdict | None:
    """What is still open and has a class for that case."""
    if verdict is None or verdict.zone_class or not verdict.kind.otherwise:
        return verdict
    return replace(verdict, zone_class=verdict.kind.otherwise, reason=verdict.kind.why)


def _class_now(room: Room, verdict: _Verdict | None) -> ZoneClass | None:
    if room.zone_class is not ZoneClass.UNDECIDED:
        return room.zone_class
    return verdict.zone_class if verdict else None


def _by_surroundings(room: Room, verdict: _Verdict | None, near: Sequence[ZoneClass | None]) -> _Verdict | None:
    if verdict is None:
        return None
    by_doors = _side(near)
    if by_doors is ZoneClass.UNDECIDED:
        return _open(verdict.kind, "open_both")
    by_department, reason = _BY_DEPARTMENT.get(department_is(room.department), (None, ""))
    if by_doors is None:
        return _Verdict(verdict.kind, by_department, text(reason)) if by_department else None
    if by_department and _side([by_doors, by_department]) is ZoneClass.UNDECIDED:
        return _open(verdict.kind, "open_conflict")
    return _Verdict(verdict.kind, by_doors, text(f"by_doors_{by_doors}"))


# Which sides are not simply the closed one, or both: nothing is known, all are public, all that are known are homes.
_SIDES: Mapping[frozenset[ZoneClass | None], ZoneClass | None] = {
    frozenset(): None,
    frozenset({None}): None,
    frozenset({ZoneClass.PUBLIC}): ZoneClass.PUBLIC,
    frozenset({ZoneClass.PUBLIC, None}): None,
    frozenset({ZoneClass.RESIDENTIAL}): ZoneClass.RESIDENTIAL,
    frozenset({ZoneClass.RESIDENTIAL, None}): ZoneClass.RESIDENTIAL,
}


def _side(near: Sequence[ZoneClass | None]) -> ZoneClass | None:
    """On which side the rooms beside it lie; undecided for both. Public only where all of them are known to be."""
    return _SIDES.get(frozenset(near), ZoneClass.UNDECIDED if ZoneClass.PUBLIC in near else ZoneClass.PRIVATE)


# --- one for each kind -------------------------------------------------------------------------------------------


def _suggestions(told: Sequence[tuple[str, _Verdict]], pack: Pack | None) -> list[Suggestion]:
    grouped: defaultdict[_Verdict, list[str]] = defaultdict(list)
    for room_id, verdict in told:
        if verdict.zone_class:
            grouped[verdict].append(room_id)
    found = [_suggestion(verdict, room_ids, pack) for verdict, room_ids in grouped.items()]
    order = {name: place for place, name in enumerate(kinds())}
    return sorted(
        found,
        key=lambda each: (bool(each.conflict), each.certainty is not Certainty.SURE, order.get(each.kind, len(order))),
    )


def _suggestion(verdict: _Verdict, room_ids: Sequence[str], pack: Pack | None) -> Suggestion:
    law = pack.care_areas if pack and verdict.law else ""
    return Suggestion(
        kind=verdict.kind.id,
        name=_named(verdict.kind, room_ids),
        zone_class=verdict.zone_class or ZoneClass.UNDECIDED,
        reason=verdict.reason,
        source=law or text("no_law"),
        certainty=verdict.certainty,
        room_ids=tuple(room_ids),
        conflict=verdict.conflict,
    )


def _unclear(told: Sequence[tuple[str, _Verdict]]) -> list[Unclear]:
    grouped: defaultdict[tuple[Kind, str], list[str]] = defaultdict(list)
    for room_id, verdict in told:
        if not verdict.zone_class:
            grouped[verdict.kind, verdict.reason].append(room_id)
    return [
        Unclear(kind.id, _named(kind, room_ids), reason, tuple(room_ids))
        for (kind, reason), room_ids in grouped.items()
    ]


def _named(kind: Kind, room_ids: Sequence[str]) -> str:
    return kind.many if room_ids[1:] else kind.one
