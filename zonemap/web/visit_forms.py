"""The forms of a visit: its details, a line of the timeline, what is kept how long."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs
from wtforms.fields.core import Field
from wtforms.form import Form as PlainForm
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from zonemap.errors import Invalid
from zonemap.model.facility import Designation
from zonemap.model.visit import AskedZone, Details, Happening, Officer, ShownPaper
from zonemap.web.forms import RELOAD, Form, TextField, cleaned
from zonemap.work.visits import KEEP_MOST_MONTHS, TEXT_MOST

OFFICERS, PAPERS = 6, 3  # rows that the form offers; more rows than are filled
HAPPENING_WORDS = {
    Happening.ARRIVED: "Officers arrived",
    Happening.RESPONDER_CALLED: "Responder called",
    Happening.RESPONDER_CAME: "Responder came",
    Happening.COUNSEL_CALLED: "Lawyer called",
    Happening.PAPER_SHOWN: "A paper was shown",
    Happening.NO_CONSENT_SAID: "Said: we do not consent",
    Happening.WENT_IN: "They went past the counter",
    Happening.CAME_OUT: "They came back out",
    Happening.LEFT: "Officers left",
    Happening.OTHER: "Something else",
}
_ID = [InputRequired(RELOAD), Regexp(r"[0-9a-f]{32}\Z", message=RELOAD)]


_TEXTS = (
    *("entrance", "how_many", "names_answer", "asked_words", "refusal_said_by", "witness", "witness_role"),
    *("afterwards", "taken", "care", "follow_up", "follow_up_owner"),
)


class AreaField(TextAreaField):
    """Some lines of text. No names of patients: the page says so above it."""

    def __init__(self, label: str, **more: Any) -> None:
        limit = Length(max=TEXT_MOST, message=f"Use at most {TEXT_MOST} letters.")
        super().__init__(label, [limit], filters=[_lines], **more)


class OfficerForm(PlainForm):
    """One officer."""

    name = TextField("Name", most=80)
    agency = TextField("Agency", most=80)
    badge = TextField("Badge number", most=40)
    vehicle = TextField("Car, plate", most=80)


class PaperForm(PlainForm):
    """One paper, field for field as it reads."""

    heading = TextField("Heading, at the top", most=160)
    title = TextField("Title", most=160)
    number = TextField("Case or file number", most=80)
    signer = TextField("Signed by, with title as printed", most=160)
    issued = TextField("Date of issue", most=40)
    until = TextField("Good until", most=40)
    address = TextField("Address on it", most=200)
    desk = TextField("What the desk said it looks like", most=200)
    photo = HiddenField(validators=[Optional(), *_ID[1:]])  # the one that is kept
    fresh = HiddenField(validators=[Optional(), *_ID[1:]])  # the id for one that is chosen now

    @property
    def lines(self) -> list[Field]:
        """The fields that are typed."""
        return [each for each in self if not isinstance(each, HiddenField)]

    @property
    def written(self) -> ShownPaper:
        """The paper as it was sent."""
        return ShownPaper(**{name: value or "" for name, value in self.data.items() if name != "fresh"})


class DetailsForm(Form):
    """All of a visit but its timeline."""

    entry = HiddenField(validators=_ID)
    seen = HiddenField(validators=[InputRequired(RELOAD), Regexp(r"[0-9]{1,6}\Z", message=RELOAD)])
    mine = HiddenField(validators=[Optional(), Regexp(r"[0-9a-f ]{1,3300}\Z", message=RELOAD)])
    entrance = TextField("At which entrance", most=120)
    how_many = TextField("How many came", most=60)
    officers = FieldList(FormField(OfficerForm), min_entries=0, max_entries=40)
    names_asked = BooleanField("We asked for names, agency and badge numbers")
    names_answer = TextField("What they answered, if they did not tell", most=200)
    papers = FieldList(FormField(PaperForm), min_entries=0, max_entries=40)
    zones = SelectMultipleField("Areas that they asked to enter", choices=[], validate_choice=False)
    asked_words = AreaField("What they said, in their words")
    refusal_said_by = TextField("Who said that the facility does not consent", most=120)
    witness = TextField("Who of the staff heard it (witness)", most=120)
    witness_role = TextField("The witness’s role", most=80)
    afterwards = AreaField("What they then did, and where they went")
    taken = AreaField("What was taken")
    receipt = BooleanField("They left a receipt")
    care = AreaField("Care that was interrupted", description="Such as: two visits began late. No names, no reasons.")
    follow_up = AreaField("What has to be done now")
    follow_up_owner = TextField("Who looks after it", most=120)
    reason = TextField("Why the record is amended", most=400)
    doubts_known = BooleanField("I have looked at it: save it as it is")

    def fill_up(self, new_id: Callable[[], str]) -> None:
        """Offer empty rows, so that there is always one more to write in, and an id for a new photo of each paper."""
        for rows, least in ((self.officers, OFFICERS), (self.papers, PAPERS)):
            while len(rows) < least:
                rows.append_entry()
        for row in self.papers:
            if row.form.fresh.data in (None, "", row.form.photo.data):
                row.form.fresh.data = new_id()

    def details(self, rooms: dict[str, AskedZone]) -> Details:
        """What the form says; ``rooms`` are those that can be ticked, and those that were ticked before."""
        officers = (Officer(**row.data) for row in self.officers)
        papers = (row.form.written for row in self.papers)
        return Details(
            officers=tuple(each for each in officers if each.known),
            papers=tuple(each for each in papers if each.known),
            zones=tuple(rooms[room] for room in self.zones.data or () if room in rooms),
            names_asked=bool(self.names_asked.data),
            receipt=bool(self.receipt.data),
            **{name: self.text(name) for name in _TEXTS},
        )


class MomentForm(Form):
    """Something that happened."""

    entry = HiddenField(validators=_ID)
    happening = SelectField("What", choices=[SelectChoice(each.value, HAPPENING_WORDS[each]) for each in Happening])
    at = DateTimeLocalField("When", [Optional()], description="Empty means now.")
    note = TextField("Note", most=400)
    pressed = HiddenField()  # when a button was pressed without a network

    def moment(self, clock: str, now: datetime) -> datetime:
        """When it happened, in UTC; the time typed is that on the clock of the facility. Raises Invalid."""
        if self.pressed.data and not self.at.data:
            return instant(self.pressed.data)
        typed = self.at.data
        return typed.replace(tzinfo=ZoneInfo(clock)).astimezone(now.tzinfo) if typed else now


class BeginForm(Form):
    """A record that was begun on a device, with ids made there; all of it empty for one that is begun here."""

    visit = HiddenField(validators=[Optional(), *_ID[1:]])
    entry = HiddenField(validators=[Optional(), *_ID[1:]])
    pressed = HiddenField()


class RuleForm(Form):
    """How long visits are kept."""

    keep_months = IntegerField(
        "Months to keep a closed record",
        [InputRequired("Type a number; 0 means for good."), NumberRange(0, KEEP_MOST_MONTHS, "Type 0 to 240.")],
        description="0 means for good. Ask your lawyer. After that, zonemap purge takes it away.",
    )
    hold_reason = TextField(
        "Legal hold", most=200, description="As long as a reason stands here, nothing is purged, whatever its age."
    )


def instant(text: str) -> datetime:
    """A moment as a device wrote it, with its zone. Raises Invalid."""
    try:
        found: datetime | None = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Invalid("The time of this press cannot be read. Enter it by hand.", fields={"at": "Type the time."})
    return found.astimezone(UTC)


LABELS = {
    **{name: str(field.args[0]) for name, field in vars(DetailsForm).items() if getattr(field, "args", ())},
    "officers": "Who came",
    "papers": "Papers",
}


def told(value: Any) -> str:
    """A value of the form in words, for comparing two."""
    if isinstance(value, bool):
        return "ticked" if value else "not ticked"
    if isinstance(value, str):
        return value or "nothing"
    rows = (each.label if isinstance(each, AskedZone) else _row(each) for each in value)
    return "; ".join(row for row in rows if row) or "nothing"


def _row(row: Officer | ShownPaper) -> str:
    return ", ".join(str(getattr(row, name)) for name in type(row).__slots__ if name != "photo" and getattr(row, name))


def asked_zones(designations: Iterable[Designation], before: Iterable[AskedZone]) -> dict[str, AskedZone]:
    """The rooms that can be ticked, by id: those in force, and those that were ticked under an earlier revision."""
    rooms = {
        room.id: AskedZone(
            room.id,
            room.label,
            room.zone_class.value,
            designation.number,
            room.number,
            room.name,
            designation.floor.name,
        )
        for designation in designations
        for room in designation.floor.rooms
    }
    return rooms | {each.room_id: each for each in before}


def _lines(text: str | None) -> str:
    """Text with its lines, each cleaned."""
    return "\n".join(cleaned(line) for line in (text or "").splitlines()).strip()
