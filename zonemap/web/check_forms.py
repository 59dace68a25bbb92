"""The forms of the page of lacks."""

from __future__ import annotations

from wtforms import HiddenField, SelectField
from wtforms.validators import AnyOf, InputRequired, Regexp, ValidationError

from zonemap.model.plan import DoorControl
from zonemap.model.zone import ZoneClass
from zonemap.web.forms import Form

_RELOAD = "Load the page again."
_VALUES = {
    "class": {kind.value for kind in ZoneClass},
    "control": {kind.value for kind in DoorControl},
    "waiting": {""},
    "cut": set(),  # the id of the other room
}


class FixForm(Form):
    """One remedy: what is changed (``fix``), of which room or door (``target``), to what (``value``)."""

    version = HiddenField(validators=[InputRequired(_RELOAD), Regexp(r"[0-9]{1,9}\Z", message=_RELOAD)])
    fix = HiddenField(validators=[AnyOf(list(_VALUES), message=_RELOAD)])
    target = SelectField("Room", validate_choice=False, validators=[InputRequired("Choose a room.")])
    value = HiddenField()

    def validate_value(self, field: HiddenField) -> None:
        """The value has to be one of its kind."""
        fits = (
            bool(field.data) if self.text("fix") == "cut" else (field.data or "") in _VALUES.get(self.text("fix"), ())
        )
        if not fits:
            raise ValidationError(_RELOAD)
