"""The forms of the zones: a page of the table of rooms, and the confirmation of a designation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from werkzeug.datastructures import MultiDict
from wtforms import Form as PlainForm
from wtforms import HiddenField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Regexp

from zonemap.model.change import Put
from zonemap.model.floor_document import room_document, room_from
from zonemap.model.plan import FloorVersion, Room
from zonemap.model.zone import ZoneClass
from zonemap.web.forms import Form, TextField
from zonemap.work.zones import ROOM_NAME_MOST, ROOM_NUMBER_MOST

ROOMS_A_PAGE = 100
CLASS_NAMES = {
    ZoneClass.PUBLIC: "Public",
    ZoneClass.PRIVATE: "Private",
    ZoneClass.RESIDENTIAL: "Residential",
    ZoneClass.RECORDS: "Records",
    ZoneClass.OUTDOOR_PRIVATE: "Outdoor private",
    ZoneClass.UNDECIDED: "Undecided",
}
_VERSION = [InputRequired(), Regexp(r"[0-9]{1,9}\Z", message="Load the page again.")]


class RoomForm(PlainForm):
    """One row: a room."""

    number = TextField("Number", most=ROOM_NUMBER_MOST)
    name = TextField("Name", most=ROOM_NAME_MOST)
    zone_class = SelectField("Class", choices={kind.value: name for kind, name in CLASS_NAMES.items()})


class RoomsForm(Form):
    """Number, name and class of the rooms on one page of the table, on top of the version that was looked at."""

    version = HiddenField(validators=_VERSION)

    def __init__(self, formdata: MultiDict[str, str] | None = None, **more: Any) -> None:
        super().__init__(formdata, **more)
        self.rows: list[tuple[Room, RoomForm]] = []
        self.page = self.pages = 1

    @classmethod
    def of(cls, saved: FloorVersion, page: int, given: MultiDict[str, str] | None = None) -> Self:
        """The form for a page of a floor's rooms, filled with what was sent, else with what is saved."""
        rooms = saved.floor.rooms
        form = cls(given, version=str(saved.version))
        form.pages = max(1, -(-len(rooms) // ROOMS_A_PAGE))
        form.page = min(max(page, 1), form.pages)
        first = (form.page - 1) * ROOMS_A_PAGE
        for room in rooms[first : first + ROOMS_A_PAGE]:
            now = {"number": room.number, "name": room.name, "zone_class": room.zone_class.value}
            form.rows.append((room, RoomForm(given, prefix=f"room-{room.id}-", data=now)))
        return form

    def validate(self, *arguments: Any, **more: Any) -> bool:
        """Whether every row is in order."""
        rows = [row.validate() for _, row in self.rows]
        return super().validate(*arguments, **more) and all(rows)

    def changes(self) -> Iterator[Put]:
        """A change for each room that was typed over; a room that the browser did not send stays as it is."""
        for room, row in self.rows:
            typed = {"number": row.number.data or "", "name": row.name.data or "", "class": row.zone_class.data}
            if row.zone_class.raw_data and _differs(room, typed):
                yield Put(room_from(room_document(room) | typed))


def _differs(room: Room, typed: dict[str, Any]) -> bool:
    now = room_document(room)
    return any(now[key] != value for key, value in typed.items())


class DesignateForm(Form):
    """The button that freezes the version on this page."""

    version = HiddenField(validators=_VERSION)


class AcceptForm(Form):
    """The kinds of rooms whose suggested class is accepted, by key. Which there are is judged by ``work.suggest``."""

    version = HiddenField(id="accept-version", validators=_VERSION)
    accept = SelectMultipleField("Suggested classes", validate_choice=False)
