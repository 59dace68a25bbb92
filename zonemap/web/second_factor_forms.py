"""The forms of second factors."""

from __future__ import annotations

from wtforms import HiddenField, PasswordField
from wtforms.validators import DataRequired

from zonemap.web.forms import Form, TextField
from zonemap.work.passkeys import NAME_MOST


class CodeForm(Form):
    """Six figures of the app, or a recovery code."""

    next = HiddenField()
    code = TextField("Code", [DataRequired("Type the code.")], most=40)


class AnswerForm(Form):
    """What a passkey answered."""

    next = HiddenField()
    answer = HiddenField()


class RemoveForm(Form):
    """The password, to turn the app off."""

    password = PasswordField("Your password", [DataRequired("Type your password.")])


class CodesForm(Form):
    """The password, for new recovery codes."""

    password = PasswordField("Your password", [DataRequired("Type your password.")])


class PasskeyForm(Form):
    """A new passkey."""

    answer = HiddenField()
    name = TextField(
        "Name of the passkey",
        [DataRequired("Type a name, such as My phone.")],
        most=NAME_MOST,
        description="So that you know it again in this list: My phone, Key on my ring.",
    )


class NameForm(Form):
    """Another name for one."""

    name = TextField("Name", [DataRequired("Type a name, such as My phone.")], most=NAME_MOST)


class RemovePasskeyForm(Form):
    """The password, to remove one."""

    password = PasswordField("Your password", [DataRequired("Type your password.")])
