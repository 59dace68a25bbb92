"""The forms of the protocol: a step, what is said to patients, the approval of counsel, one press."""

from __future__ import annotations

from wtforms import BooleanField, DateField, HiddenField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp

from zonemap.rules.protocol_guard import LINE_MOST
from zonemap.web.forms import RELOAD, Form, TextField, cleaned
from zonemap.work.protocol import NAME_MOST, SOURCE_MOST, SPEECH_MOST

_SEEN = [InputRequired(RELOAD), Regexp(r"[0-9]{1,6}\Z", message=RELOAD)]


class DeedForm(Form):
    """One press; ``seen`` is the version that was looked at."""

    seen = HiddenField(validators=_SEEN)

    @property
    def version(self) -> int:
        """The version that was looked at."""
        return int(self.text("seen"))


class StepForm(DeedForm):
    """A step."""

    line = TextField(
        "What is to be done",
        [DataRequired("Write what is to be done, in one sentence.")],
        most=LINE_MOST,
        description="One step, one sentence. Say what to do, not what a paper is worth.",
    )
    source = TextField(
        "Source", most=SOURCE_MOST, description="A law, a policy number. Leave it empty where it is practice."
    )


class SpeechForm(DeedForm):
    """What is said to patients in one language."""

    lines = TextAreaField(
        "Words, each sentence on a line of its own",
        [
            DataRequired("Write at least one sentence."),
            Length(max=SPEECH_MOST * (LINE_MOST + 2), message="This is too long to be said."),
        ],
        filters=[lambda text: "\n".join(line for each in (text or "").splitlines() if (line := cleaned(each)))],
    )
    checked_by = TextField(
        "Checked by",
        most=NAME_MOST,
        description="The qualified translator who has read these words. Empty: nobody has.",
    )
    checked_on = DateField("Checked on", [Optional()])


class ApproveForm(Form):
    """Counsel has approved the words to patients."""

    seal = HiddenField(validators=[Regexp(r"[0-9a-f]{64}\Z", message=RELOAD)])
    counsel = TextField("Name of the lawyer", [DataRequired("Type the name of the lawyer.")], most=NAME_MOST)
    on = DateField("Day on which the lawyer approved them", [DataRequired("Give the day.")])
    has_read = BooleanField(
        "This lawyer has approved the words above, in each language, and how they are used",
        [InputRequired("Tick this only when the lawyer has approved them.")],
    )
