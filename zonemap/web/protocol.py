"""The response protocol: read, printed, changed step by step without scripts, and undone by an earlier version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from zonemap.errors import Conflict, Invalid, NotFound
from zonemap.model.handout import LARGE_POINTS
from zonemap.model.protocol import SECTIONS, Phase, Speech, StaffRole, Step, Topic, section_of
from zonemap.rules.handout_texts import handout_language, handout_languages, speech_lines
from zonemap.rules.protocol_texts import protocol_texts, section_name
from zonemap.web.forms import Form, refused
from zonemap.web.guard import current_actor, current_store, needs, new_id, utc_now
from zonemap.web.protocol_forms import ApproveForm, DeedForm, SpeechForm, StepForm
from zonemap.work import protocol as work
from zonemap.work.permissions import Permission, may
from zonemap.work.protocol_report import POINTS, protocol_pdf

blueprint = Blueprint("protocol", __name__, url_prefix="/facilities/<facility_id>/protocol")


@blueprint.get("/")
@needs(Permission.SEE_HOME)
def index(facility_id: str) -> Response:
    """The protocol, to read."""
    return _page(facility_id)


@blueprint.get("/protocol.pdf")
@needs(Permission.SEE_HOME)
def pdf(facility_id: str) -> Response:
    """The protocol as PDF: all of it, or one role's; in large print."""
    asked = request.args.get("role", "")
    roles = tuple(role for role in StaffRole if role.value == asked) or tuple(StaffRole)
    points = LARGE_POINTS if request.args.get("large") else POINTS
    made = protocol_pdf(_view(facility_id), roles, points=points)
    name = f"protocol-{asked}" if len(roles) == 1 else "protocol"
    response = make_response(made)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@blueprint.get("/history")
@needs(Permission.EDIT_PROTOCOL)
def history(facility_id: str) -> Response:
    """Every version, the newest first."""
    view = _view(facility_id)
    return _shown("protocol/history.html", view)


@blueprint.get("/history/<int:number>")
@needs(Permission.EDIT_PROTOCOL)
def version(facility_id: str, number: int) -> Response:
    """An earlier version, and the way back to it."""
    return _version(facility_id, number)


@blueprint.post("/history/<int:number>")
@needs(Permission.EDIT_PROTOCOL)
def back(facility_id: str, number: int) -> Response:
    """Save an earlier version anew."""
    form = DeedForm.sent()
    if form.accepts():
        try:
            work.go_back(current_store(), current_actor(), facility_id, number, seen=form.version, now=utc_now())
            return _to(facility_id)
        except Conflict as error:
            form.form_errors.append(error.message)
            return _version(facility_id, number, form, 409)
    return _version(facility_id, number, form, 400)


@blueprint.post("/follow")
@needs(Permission.EDIT_PROTOCOL)
def follow(facility_id: str) -> Response:
    """Use the organization's protocol again, as it is and as it will be."""
    form = DeedForm.sent()

    def deed() -> Any:
        return work.follow_shared(current_store(), current_actor(), facility_id, seen=form.version, now=utc_now())

    return _done(form, deed, lambda status: _page(facility_id, status=status), _to(facility_id))


@blueprint.get("/edit/<section>")
@needs(Permission.EDIT_PROTOCOL)
def edit(facility_id: str, section: str) -> Response:
    """The steps of one part, to change."""
    return _edit(facility_id, section)


@blueprint.post("/edit/<section>")
@needs(Permission.EDIT_PROTOCOL)
def add(facility_id: str, section: str) -> Response:
    """Put a step at the end of a part."""
    form = StepForm.sent()

    def deed() -> Any:
        step = Step(new_id(), section, form.text("line"), form.text("source"))
        return work.add_step(current_store(), current_actor(), facility_id, step, seen=form.version, now=utc_now())

    return _done(form, deed, lambda status: _edit(facility_id, section, form, status), _to(facility_id, section))


@blueprint.get("/steps/<step_id>")
@needs(Permission.EDIT_PROTOCOL)
def step(facility_id: str, step_id: str) -> Response:
    """One step, to word another way."""
    return _step(facility_id, step_id)


@blueprint.post("/steps/<step_id>")
@needs(Permission.EDIT_PROTOCOL)
def change(facility_id: str, step_id: str) -> Response:
    """Word a step another way."""
    form = StepForm.sent()
    section = _one(_view(facility_id), step_id).section

    def deed() -> Any:
        text, source = form.text("line"), form.text("source")
        return work.edit_step(
            current_store(), current_actor(), facility_id, step_id, text, source, seen=form.version, now=utc_now()
        )

    return _done(form, deed, lambda status: _step(facility_id, step_id, form, status), _to(facility_id, section))


@blueprint.post("/steps/<step_id>/move")
@needs(Permission.EDIT_PROTOCOL)
def move(facility_id: str, step_id: str) -> Response:
    """One place up or down."""
    form = DeedForm.sent()
    section = _one(_view(facility_id), step_id).section
    up = request.form.get("to") == "up"

    def deed() -> Any:
        return work.move_step(
            current_store(), current_actor(), facility_id, step_id, up=up, seen=form.version, now=utc_now()
        )

    return _done(form, deed, lambda status: _edit(facility_id, section, form, status), _to(facility_id, section))


@blueprint.post("/steps/<step_id>/remove")
@needs(Permission.EDIT_PROTOCOL)
def remove(facility_id: str, step_id: str) -> Response:
    """Take a step away."""
    form = DeedForm.sent()
    section = _one(_view(facility_id), step_id).section

    def deed() -> Any:
        return work.remove_step(
            current_store(), current_actor(), facility_id, step_id, seen=form.version, now=utc_now()
        )

    return _done(form, deed, lambda status: _edit(facility_id, section, form, status), _to(facility_id, section))


@blueprint.get("/words/<code>")
@needs(Permission.EDIT_PROTOCOL)
def words(facility_id: str, code: str) -> Response:
    """What is said to patients in one language."""
    return _words(facility_id, code)


@blueprint.post("/words/<code>")
@needs(Permission.EDIT_PROTOCOL)
def save_words(facility_id: str, code: str) -> Response:
    """Change what is said to patients."""
    form = SpeechForm.sent()

    def deed() -> Any:
        speech = Speech(
            code, tuple(form.text("lines").splitlines()), form.text("checked_by"), form.checked_on.data or None
        )
        return work.save_speech(current_store(), current_actor(), facility_id, speech, seen=form.version, now=utc_now())

    return _done(form, deed, lambda status: _words(facility_id, code, form, status), _to(facility_id))


@blueprint.post("/words/<code>/remove")
@needs(Permission.EDIT_PROTOCOL)
def remove_words(facility_id: str, code: str) -> Response:
    """Take a language away."""
    form = DeedForm.sent()

    def deed() -> Any:
        return work.remove_speech(current_store(), current_actor(), facility_id, code, seen=form.version, now=utc_now())

    return _done(form, deed, lambda status: _words(facility_id, code, form, status), _to(facility_id))


@blueprint.post("/approve")
@needs(Permission.APPROVE_PROTOCOL)
def approve(facility_id: str) -> Response:
    """Record that a named lawyer has approved the words to patients."""
    form = ApproveForm.sent()

    def deed() -> Any:
        on = form.on.data
        assert on is not None  # noqa: S101 - the form has been accepted
        return work.approve_speech(
            current_store(),
            current_actor(),
            facility_id,
            seal=form.text("seal"),
            counsel=form.text("counsel"),
            on=on,
            now=utc_now(),
        )

    return _done(form, deed, lambda status: _page(facility_id, form, status), _to(facility_id))


@blueprint.post("/withdraw")
@needs(Permission.APPROVE_PROTOCOL)
def withdraw(facility_id: str) -> Response:
    """Lock the words to patients again."""
    work.withdraw_approval(current_store(), current_actor(), facility_id, now=utc_now())
    return _to(facility_id)


def _done(form: Form, deed: Callable[[], Any], again: Callable[[int], Response], there: Response) -> Response:
    """Do it, or show the form again with what is wrong."""
    if not form.accepts():
        return again(400)
    try:
        deed()
    except Invalid as error:
        form.refuse(error)
        return again(400)
    except Conflict as error:
        form.form_errors.append(error.message)
        return again(409)
    return there


def _view(facility_id: str) -> work.ProtocolView:
    return work.protocol_of(current_store(), current_actor(), facility_id)


def _to(facility_id: str, section: str = "") -> Response:
    if section:
        return redirect(url_for(".edit", facility_id=facility_id, section=section), 303)
    return redirect(url_for(".index", facility_id=facility_id), 303)


def _one(view: work.ProtocolView, step_id: str) -> Step:
    found = next((each for each in view.protocol.steps if each.id == step_id), None)
    if found is None:
        raise NotFound("This step is not there any more. An earlier version keeps it.")
    return found


def _shown(template: str, view: work.ProtocolView, status: int = 200, **more: Any) -> Response:
    for form in (more.get("form"), more.get("wrong")):
        if isinstance(form, DeedForm):
            form.seen.data = str(view.protocol.number)  # whoever was told of a newer version has seen it now
    page = render_template(
        template,
        facility=view.facility,
        view=view,
        protocol=more.pop("protocol", view.protocol),
        texts=protocol_texts(),
        roles=list(StaffRole),
        phases=list(Phase),
        topics=list(Topic),
        section_of=section_of,
        section_name=section_name,
        language=handout_language,
        **more,
    )
    return make_response(page, status)


def _page(facility_id: str, form: ApproveForm | None = None, status: int = 200) -> Response:
    view = _view(facility_id)
    edits = may(current_actor(), Permission.EDIT_PROTOCOL, at=facility_id)
    form = form or ApproveForm()
    form.seal.data = view.seal if status != 409 else form.seal.data
    offered = [each for each in handout_languages() if view.protocol.speech(each.code) is None]
    speeches = view.protocol.speeches if edits else view.said  # who changes them sees them while they are locked
    return _shown("protocol/index.html", view, status, form=form, offered=offered, edits=edits, speeches=speeches)


def _version(facility_id: str, number: int, form: DeedForm | None = None, status: int = 200) -> Response:
    view, found = work.protocol_version(current_store(), current_actor(), facility_id, number)
    return _shown("protocol/version.html", view, status, protocol=found, form=refused(form) if form else DeedForm())


def _edit(facility_id: str, section: str, form: Form | None = None, status: int = 200) -> Response:
    if section not in SECTIONS:
        raise NotFound("There is no such part of the protocol.")
    view = _view(facility_id)
    shown = form if isinstance(form, StepForm) else StepForm()
    place = SECTIONS.index(section)
    return _shown(
        "protocol/edit.html",
        view,
        status,
        section=section,
        form=shown,
        wrong=shown if form is None or form is shown else refused(form),
        before=SECTIONS[place - 1] if place else "",
        after=SECTIONS[place + 1] if place + 1 < len(SECTIONS) else "",
    )


def _step(facility_id: str, step_id: str, form: StepForm | None = None, status: int = 200) -> Response:
    view = _view(facility_id)
    found = _one(view, step_id)
    usual = {"line": found.text, "source": found.source}
    return _shown("protocol/step.html", view, status, step=found, form=form or StepForm(data=usual))


def _words(facility_id: str, code: str, form: Form | None = None, status: int = 200) -> Response:
    view, wanted = _view(facility_id), code
    if wanted not in {each.code for each in handout_languages()}:
        raise NotFound("There are no texts in this language.")
    now = view.protocol.speech(code)
    speech = now or Speech(code, speech_lines(code))
    usual = {"lines": "\n".join(speech.lines), "checked_by": speech.checked_by, "checked_on": speech.checked_on}
    shown = form if isinstance(form, SpeechForm) else SpeechForm(data=usual)
    wrong = shown if form is None or form is shown else refused(form)
    return _shown("protocol/words.html", view, status, code=code, there=now is not None, form=shown, wrong=wrong)
