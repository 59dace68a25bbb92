"""The forms of training."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, NumberRange
from wtforms.validators import Optional as Maybe
from wtforms.widgets import CheckboxInput, ListWidget

from zonemap.model.facility import Facility
from zonemap.model.person import Account
from zonemap.model.training import PersonKind, Session, TaskKind, Trainee
from zonemap.rules.training import drill_subjects, training_words
from zonemap.web.forms import Form, TextField
from zonemap.work.training_deeds import COUNT_MOST, Wanted
from zonemap.work.training_papers import tabletop_scenes

KINDS = {PersonKind.STAFF.value: "Staff", PersonKind.VOLUNTEER.value: "Volunteer"}
_OWN = "reading:own"


class DayField(DateField):
    """A day; what is none gets a sentence with an example."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, [InputRequired("Give a day, such as 2027-01-31.")], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        """What was sent. Raises ValueError with the sentence."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Give a day, such as 2027-01-31.") from error


def people_field(label: str) -> SelectMultipleField:
    """People to tick."""
    return SelectMultipleField(
        label, validate_choice=False, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class PersonForm(Form):
    """Somebody to be trained: with an account, or by name."""

    account = SelectField("Somebody who signs in", validate_choice=False, default="")
    name = TextField("Or a name", most=80, description="For staff and volunteers without an account.")
    duty = TextField("What they do here", most=80, description="Such as Volunteer at the door, nights.")
    kind = RadioField("They are", choices=KINDS, default=PersonKind.STAFF.value)

    def fill(self, accounts: Iterable[Account]) -> None:
        """Put in who can be chosen."""
        self.account.choices = [("", "Nobody of these"), *((each.id, each.name) for each in accounts)]

    def trainee(self, facility_id: str, trainee_id: str) -> Trainee:
        """What the form says, as a person."""
        kind = PersonKind(self.text("kind") or PersonKind.STAFF)
        return Trainee(
            trainee_id, facility_id, self.text("name"), self.text("duty"), kind, account_id=self.text("account")
        )


class ChangeForm(Form):
    """Name, role and kind of somebody on the list."""

    name = TextField("Name", [DataRequired("Type the name.")], most=80)
    duty = TextField("What they do here", most=80)
    kind = RadioField("They are", choices=KINDS)


class TaskForm(Form):
    """Something to do, for people that are ticked."""

    what = SelectField("What", [DataRequired("Choose what to practice, to read or to come to.")], validate_choice=False)
    count = IntegerField(
        "How many visits",
        [Maybe(), NumberRange(1, COUNT_MOST, message=f"Type a number from 1 to {COUNT_MOST}.")],
        default=1,
        description="For practice: how many visits make it done.",
    )
    title = TextField("Title of another text", most=120, description="Only for “Another text”: what it is called.")
    version = TextField("Its version", most=40, description="Such as 3, or its date.")
    due_on = DayField("To be done by")
    everybody = BooleanField("Everybody on the list")
    who = people_field("Who")

    def fill(self, people: Iterable[Trainee], topics: Iterable[str]) -> None:
        """Put in what and who can be chosen."""
        texts = training_words()["texts"]
        self.what.choices = {
            "Practice at the desk": [(f"drill:{key}", name) for key, name in drill_subjects().items()],
            "Read": [*((f"reading:{key}", texts[key]) for key in readable()), (_OWN, "Another text")],
            "Come to a session": [(f"session:{topic}", topic) for topic in topics],
        }
        self.who.choices = [(each.id, each.name) for each in people]

    def wanted(self) -> Wanted:
        """What the form says. Raises KeyError for a kind that there is not."""
        kind, _, subject = self.text("what").partition(":")
        known = {each.value: each for each in TaskKind}
        found = known.get(kind, TaskKind.DRILL)
        own = self.text("what") == _OWN
        return Wanted(
            found,
            subject if kind in known else "",
            self.due_on.data or date.min,
            int(self.count.data or 1) if found is TaskKind.DRILL else 1,
            self.text("title") if own else "",
            self.text("version") if own else "",
        )


class SessionForm(Form):
    """A session that was held."""

    held_on = DayField("Day")
    topic = TextField("What it was about", [DataRequired("Say what it was about.")], most=120)
    leader = TextField("Led by", [DataRequired("Type the name of whoever led it.")], most=80)
    remark = TextField("Remark", most=200)
    there = people_field("Who was there")

    def fill(self, people: Iterable[Trainee]) -> None:
        """Put in who can be ticked."""
        self.there.choices = [(each.id, each.name) for each in people]

    def session(self, facility_id: str, session_id: str, **more: Any) -> Session:
        """What the form says, as a session."""
        there = tuple(self.there.data or ())
        texts = (self.text("topic"), self.text("leader"), self.text("remark"))
        return Session(session_id, facility_id, self.held_on.data or date.min, *texts, **more, trainee_ids=there)


class RuleForm(Form):
    """How long a training counts, and what a drill asks for."""

    months = IntegerField(
        "A training counts, in months", [InputRequired("Type a number of months from 1 to 60.")], default=12
    )
    least_right = IntegerField(
        "A drill counts with so many of 100 answers right", [InputRequired("Type a number from 0 to 100.")], default=80
    )


class SceneForm(Form):
    """The visit that a team goes through."""

    scene = SelectField("A visit to talk through", validate_choice=False)

    def fill(self, facility: Facility) -> None:
        """Put in the visits of practice."""
        self.scene.choices = list(tabletop_scenes(facility))


def readable() -> tuple[str, ...]:
    """The keys of the texts that can be read here."""
    from zonemap.work.training_texts import MAKERS

    return tuple(MAKERS)
