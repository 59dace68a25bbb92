"""The forms of the plan pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, FileField, FloatField, IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from zonemap.errors import Invalid, ZonemapError
from zonemap.geometry.scale import parse_length
from zonemap.intake.kinds import READABLE
from zonemap.model.plan import Point
from zonemap.web.forms import Form, TextField
from zonemap.work.model_floors import LEVEL_LEAST, LEVEL_MOST, NAME_MOST
from zonemap.work.scale import Line

POINTS = ("a", "b", "c", "d")
_REMOVE = "If the new plan has another size, remove the rooms and doors drawn on the old one"
_LEVEL = f"The level must be a whole number from {LEVEL_LEAST} to {LEVEL_MOST}; 0 is the ground floor."


class NameForm(Form):
    """What a floor is called, and where it lies."""

    name = TextField(
        "Name of the floor",
        [InputRequired("Give the floor a name, such as First floor.")],
        most=NAME_MOST,
        description="Such as First floor.",
    )
    level = IntegerField(
        "Level",
        [InputRequired(_LEVEL), NumberRange(LEVEL_LEAST, LEVEL_MOST, _LEVEL)],
        description="0 is the ground.",
    )
    north = FloatField(
        "Where north lies, in degrees",
        [Optional(), NumberRange(0, 360, "Give a number from 0 to 360: 0 is up, 90 is right, or leave it empty.")],
        description="0 is up, 90 is right, 180 is down. Leave it empty if you do not know: maps then show no north.",
    )


class _PlanFile:
    """The file field that two forms share."""

    plan = FileField("Floor plan", description=READABLE)

    def validate_plan(self, field: FileField) -> None:
        """A file has to be chosen."""
        if not getattr(field.data, "filename", ""):
            raise ValidationError(f"Choose the file with the floor plan: {READABLE}.")


class AddForm(_PlanFile, Form):
    """A floor with its plan. A model of a building brings names and levels of its own, so both may stay empty."""

    name = TextField("Name of the floor", most=NAME_MOST, description="Such as First floor. A model brings its own.")
    level = IntegerField(
        "Level", [Optional(), NumberRange(LEVEL_LEAST, LEVEL_MOST, _LEVEL)], description="0 is the ground."
    )


class ReplaceForm(_PlanFile, Form):
    """Another plan under a floor."""

    remove_rooms = BooleanField(_REMOVE)


class PageForm(Form):
    """Which page of a PDF shows the floor."""

    page = RadioField("Page", coerce=int, validators=[InputRequired("Choose the page that shows this floor.")])
    remove_rooms = BooleanField(_REMOVE)


class FloorsForm(Form):
    """Which floors of a model are added."""

    floors = SelectMultipleField("Floors", validators=[InputRequired("Tick at least one floor.")])


class RemoveForm(Form):
    """The confirmation that a floor is to be removed."""

    sure = BooleanField("Yes, remove this floor", [InputRequired("Tick the box if the floor is to be removed.")])


class ScaleForm(Form):
    """Four points in pixels and two lengths in words."""

    ax, ay = FloatField("A, from the left", [Optional()]), FloatField("A, from the top", [Optional()])
    bx, by = FloatField("B, from the left", [Optional()]), FloatField("B, from the top", [Optional()])
    cx, cy = FloatField("C, from the left", [Optional()]), FloatField("C, from the top", [Optional()])
    dx, dy = FloatField("D, from the left", [Optional()]), FloatField("D, from the top", [Optional()])
    length = StringField("Length from A to B", description="Such as 32 ft 6 in, 32' 6\" or 10 m.")
    check_length = StringField("Length from C to D", description="Leave it empty to go without the check.")
    keep = BooleanField("Keep this scale all the same")

    def validate_length(self, field: StringField) -> None:
        """Both ends have to be set, and the length has to be one."""
        _validate_line(self, field, "A", "B")

    def validate_check_length(self, field: StringField) -> None:
        """The same, where there is a second length."""
        if (field.data or "").strip():
            _validate_line(self, field, "C", "D")

    def point(self, name: str) -> Point | None:
        """A point that was set, or None."""
        x, y = self[name + "x"].data, self[name + "y"].data
        return None if x is None or y is None else (x, y)

    def line(self) -> Line:
        """The measured line of a valid form."""
        return self._line("a", "b", self.length.data)

    def check(self) -> Line | None:
        """The second line of a valid form, if there is one."""
        return self._line("c", "d", self.check_length.data) if (self.check_length.data or "").strip() else None

    def _line(self, first: str, second: str, length: str | None) -> Line:
        start, end = self.point(first), self.point(second)
        if start is None or end is None:
            raise Invalid("Set both ends of the line.")
        return Line(start, end, parse_length(length or ""))


def _validate_line(form: ScaleForm, field: StringField, first: str, second: str) -> None:
    if form.point(first.lower()) is None or form.point(second.lower()) is None:
        raise ValidationError(f"Set both ends of the line on the plan, {first} and {second}.")
    try:
        parse_length(field.data or "")
    except Invalid as error:
        raise ValidationError(error.message) from error


def with_click(given: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a scale form after a click on the picture, where no script does it: the next point is set."""
    fields = {name: str(value) for name, value in given.items()}
    free = (name for name in POINTS if not fields.get(name + "x", "").strip())
    name = next(free, POINTS[-1])
    fields[name + "x"], fields[name + "y"] = fields.pop("click.x", ""), fields.pop("click.y", "")
    return fields


def blame(form: Form, error: ZonemapError, at: str) -> None:
    """Put what work refused beside the field it is about, or beside the field ``at``."""
    fields = getattr(error, "fields", None) or {at: error.message}
    form.refuse(Invalid(error.message, fields={name if name in form else at: text for name, text in fields.items()}))
