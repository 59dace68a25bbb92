"""The desk on paper: wall chart, desk card, badge cards, from the same table as the screen and bearing its hash."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from zonemap.geometry.shapes import room_at
from zonemap.model.desk_chart import DeskPaper, PaperContact
from zonemap.model.facility import Designation
from zonemap.model.person import Actor
from zonemap.model.zone import ZoneClass
from zonemap.printing.desk_papers import KINDS, desk_pdf, desk_png
from zonemap.printing.sheets import day
from zonemap.rules.desk_paper_words import paper_words
from zonemap.rules.desk_translation import LANGUAGES, told_in, translation
from zonemap.rules.desk_words import words
from zonemap.rules.pack import Pack
from zonemap.rules.question_texts import questions
from zonemap.storage.store import Store
from zonemap.work.desk import DeskView, call_list, facility_desk
from zonemap.work.desk_lines import desk_chart
from zonemap.work.desk_tables import kept_table, spaced
from zonemap.work.permissions import Permission, require

__all__ = ["KINDS", "LANGUAGES", "PAGES", "DeskPaper", "desk_paper", "desk_pdf", "desk_png", "facility_paper"]

PAGES = {"chart": 2, "card": 2, "badge": 1}
_LOOK = ("top_heading", "title", "signer_label", "all_pages", "covers_area_wanted", "execute_by")


def facility_paper(
    store: Store, actor: Actor, facility_id: str, data: Path, *, now: datetime, language: str = "en"
) -> DeskPaper:
    """What the papers of a facility are made of, as its rules, floors and call list are now. Raises NotFound."""
    require(actor, Permission.PRINT_SIGNS, at=facility_id)
    return desk_paper(facility_desk(store, facility_id, now), data, today=now.date(), language=language)


def desk_paper(view: DeskView, data: Path, *, today: date, language: str = "en") -> DeskPaper:
    """The same, from what a desk stands on."""
    table = kept_table(data, view.pack, today=today)
    own = paper_words(language)
    tell = _tell(language)
    chart = desk_chart(table)
    said = {**own["print"], **{f"name_{kind}": name for kind, name in own["names"].items()}}
    said["call_next"] = said["call_next"].format(wait=spoken_wait(said, view.answer_wait_s))
    return DeskPaper(
        language=language,
        facility=view.facility.name,
        address=view.facility.address,
        chart=_told(chart, tell, language),
        words=said,
        roles=dict(own["roles"]),
        first=words()["first"],
        pressed=tell(words()["pressed"]),
        look=tuple((tell(questions()[key].short), _look(key, view, language)) for key in _LOOK),
        contacts=tuple(_contacts(view, language)),
        stand=tuple(_stand(view, language)),
        rules=_rules(view.pack, today, language),
        stale=said["past"] if view.pack.note(today).stale else "",
        table=said["table"].format(mark=spaced(str(table["hash"]))),
        unchecked="" if language == "en" else str(translation(language)["unchecked"]),
        say={} if language == "en" else {line: tell(line) for line in (words()["first"], *chain(*chart.says))},
    )


def spoken_wait(said: Mapping[str, str], seconds: int) -> str:
    """How long the desk waits for an answer, in the papers' own words: in minutes where it is whole minutes."""
    if seconds % 60:
        return said["wait_seconds"].format(count=seconds)
    return said["wait_minute"] if seconds == 60 else said["wait_minutes"].format(count=seconds // 60)


def _told(value: Any, tell: Callable[[str], str], language: str, name: str = "") -> Any:
    """The chart in another language: all but what is said to officers, and codes."""
    if name in ("say", "says", "call", "but"):
        return value
    if isinstance(value, str):
        return _wanted(value, language) or tell(value)
    if isinstance(value, tuple):
        return tuple(_told(each, tell, language) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _told(getattr(value, f.name), tell, language, f.name) for f in fields(value)})
    return value


def _wanted(text: str, language: str) -> str:
    """The name of what they ask for, in a language; empty for any other text."""
    english = paper_words()["wants"]
    return next((str(paper_words(language)["wants"][key]) for key, words_ in english.items() if words_ == text), "")


def _contacts(view: DeskView, language: str) -> Iterator[PaperContact]:
    called = call_list((), view.contacts)
    for each in (*called.contacts, *called.others):
        yield PaperContact(each.name, paper_words(language)["roles"][each.role], each.phone, each.hours)


def _look(key: str, view: DeskView, language: str) -> str:
    """Where to look; on paper the address stands in the sentence, on the screen above it."""
    own = paper_words(language)["look"].get(key)
    return own.format(address=view.facility.address) if own else _tell(language)(questions()[key].look)


def _rules(pack: Pack, today: date, language: str) -> str:
    note, said = pack.note(today), paper_words(language)["print"]
    reviewed = said["reviewed_by"].format(name=note.reviewed_by) if note.reviewed_by else said["not_reviewed"]
    return str(said["rules"]).format(pack=note.name, version=note.version, reviewed=reviewed, day=day(note.review_by))


def _stand(view: DeskView, language: str) -> Iterator[str]:
    said = paper_words(language)["print"]
    if not view.as_saved:
        yield said["stand_none"]
        return
    for designation in view.as_saved:
        rooms = ", ".join(_public(designation))
        if rooms:
            yield said["stand_floor"].format(floor=designation.floor.name, rooms=rooms)
        if waiting := _waiting(designation):
            yield said["stand_waiting"].format(room=waiting)
    yield said["stand_else"]


def _public(designation: Designation) -> Iterator[str]:
    """Rooms that are public at every hour: a sheet of paper has no clock."""
    return (each.label for each in designation.floor.rooms if each.zone_class is ZoneClass.PUBLIC and not each.hours)


def _waiting(designation: Designation) -> str:
    floor = designation.floor
    room = room_at(floor, floor.waiting_spot) if floor.waiting_spot else None
    return room.label if room and room.zone_class is ZoneClass.PUBLIC and not room.hours else ""


def _tell(language: str) -> Callable[[str], str]:
    return told_in(language) if language != "en" else str
