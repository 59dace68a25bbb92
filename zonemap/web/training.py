"""Training: one's own page for everybody, and the facility's board for whoever looks after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from zonemap.errors import Conflict, Invalid
from zonemap.model.training import OWN_TEXT, Standing, TaskKind, TaskState, TrainingRule
from zonemap.rules.training import task_name, training_words
from zonemap.web.forms import Form, refused
from zonemap.web.guard import current_actor, current_store, needs, new_id, utc_now
from zonemap.web.training_forms import (
    ChangeForm,
    DayField,
    PersonForm,
    RuleForm,
    SceneForm,
    SessionForm,
    TaskForm,
)
from zonemap.work import training as work
from zonemap.work import training_deeds as deeds
from zonemap.work.permissions import Permission
from zonemap.work.training_texts import Versions, training_text

blueprint = Blueprint("training", __name__, url_prefix="/facilities/<facility_id>/training")


class DoneForm(Form):
    """The day on which somebody did a task."""

    done_on = DayField("Done on")


@blueprint.get("/")
@needs(Permission.OWN_TRAINING)
def index(facility_id: str) -> Response:
    """One's own training."""
    return _own(facility_id)


@blueprint.get("/texts/<key>")
@needs(Permission.OWN_TRAINING)
def text(facility_id: str, key: str) -> str:
    """A text to read, with its version, and a button for whoever has it to read."""
    facility, _, own = work.mine(current_store(), current_actor(), facility_id, _versions(facility_id), now=utc_now())
    found = training_text(current_store(), facility_id, key, now=utc_now())
    tasks = own.progress if own else ()
    task = next((each for each in tasks if each.task.kind is TaskKind.READING and each.task.subject == key), None)
    return _page("training/text.html", facility=facility, found=found, task=task)


@blueprint.post("/read")
@needs(Permission.OWN_TRAINING)
def read(facility_id: str) -> Response:
    """Say that one has read a text."""
    try:
        deeds.confirm_read(
            current_store(),
            current_actor(),
            facility_id,
            request.form.get("task", ""),
            request.form.get("version", ""),
            _versions(facility_id).get(request.form.get("text", ""), ""),
            mark_id=new_id(),
            now=utc_now(),
        )
    except (Invalid, Conflict) as error:
        return _own(facility_id, error.message)
    return redirect(url_for(".index", facility_id=facility_id), 303)


@blueprint.get("/board")
@needs(Permission.MANAGE_TRAINING)
def board(facility_id: str) -> Response:
    """Everybody's training."""
    return _board(facility_id)


@blueprint.post("/people")
@needs(Permission.MANAGE_TRAINING)
def add(facility_id: str) -> Response:
    """Put somebody on the list."""
    form = PersonForm.sent()

    def deed() -> None:
        deeds.add_person(*_who(), form.trainee(facility_id, new_id()))

    return _done(facility_id, form, "person", deed if form.accepts() else None, "people")


@blueprint.post("/tasks")
@needs(Permission.MANAGE_TRAINING)
def assign(facility_id: str) -> Response:
    """Give a task to people."""
    form = TaskForm.sent()

    def deed() -> None:
        who = tuple(form.who.data or ())
        if form.everybody.data:
            who = tuple(each.person.id for each in _found(facility_id).people)
        deeds.assign(*_who(), facility_id, who, form.wanted(), new_id=new_id, now=utc_now())

    return _done(facility_id, form, "task", deed if form.accepts() else None, "people")


@blueprint.post("/tasks/<task_id>/withdraw")
@needs(Permission.MANAGE_TRAINING)
def withdraw(facility_id: str, task_id: str) -> Response:
    """Take a task away."""
    deeds.withdraw(*_who(), facility_id, task_id)
    return _back(facility_id)


@blueprint.post("/tasks/<task_id>/done")
@needs(Permission.MANAGE_TRAINING)
def done(facility_id: str, task_id: str) -> Response:
    """Note that somebody did a task."""
    form = DoneForm.sent()
    trainee_id = request.form.get("person", "")
    if not form.accepts() or form.done_on.data is None:
        return _person(facility_id, trainee_id, done_form=form, status=400)
    version = _versions(facility_id).get(request.form.get("text", ""), "")
    day = form.done_on.data
    try:
        deeds.mark_done(*_who(), facility_id, task_id, day, version, mark_id=new_id(), now=utc_now())
    except Invalid as error:
        form.refuse(error)
        return _person(facility_id, trainee_id, done_form=form, status=400)
    return _back(facility_id)


@blueprint.post("/sessions")
@needs(Permission.MANAGE_TRAINING)
def hold(facility_id: str) -> Response:
    """Note a session."""
    form, now = SessionForm.sent(), utc_now()

    def deed() -> None:
        session = form.session(facility_id, new_id(), recorded_at=now, recorded_by=current_actor().name)
        deeds.hold_session(*_who(), session, now=now)

    return _done(facility_id, form, "session", deed if form.accepts() else None, "sessions")


@blueprint.post("/sessions/<session_id>/remove")
@needs(Permission.MANAGE_TRAINING)
def remove_session(facility_id: str, session_id: str) -> Response:
    """Take back a session that was noted by mistake."""
    deeds.remove_session(*_who(), facility_id, session_id)
    return redirect(url_for(".board", facility_id=facility_id, _anchor="sessions"), 303)


@blueprint.post("/rule")
@needs(Permission.MANAGE_TRAINING)
def rule(facility_id: str) -> Response:
    """How long a training counts."""
    form = RuleForm.sent()

    def deed() -> None:
        values = (int(form.months.data or 0), int(form.least_right.data or 0))
        deeds.set_rule(*_who(), TrainingRule(facility_id, *values))

    return _done(facility_id, form, "rule", deed if form.accepts() else None, "rule")


@blueprint.get("/people/<trainee_id>")
@needs(Permission.MANAGE_TRAINING)
def person(facility_id: str, trainee_id: str) -> Response:
    """One person: tasks, scores, sessions."""
    return _person(facility_id, trainee_id)


@blueprint.post("/people/<trainee_id>")
@needs(Permission.MANAGE_TRAINING)
def change(facility_id: str, trainee_id: str) -> Response:
    """Change somebody, or take them off the list."""
    before = work.person_training(_found(facility_id), trainee_id).person
    form = ChangeForm.sent()
    if request.form.get("do") == "left":
        deeds.change_person(*_who(), replace(before, left_on=utc_now().date()))
        return redirect(url_for(".board", facility_id=facility_id), 303)
    if form.accepts():
        changed = replace(
            before, name=form.text("name"), duty=form.text("duty"), kind=type(before.kind)(form.kind.data)
        )
        try:
            deeds.change_person(*_who(), changed)
            return redirect(url_for(".person", facility_id=facility_id, trainee_id=trainee_id), 303)
        except Invalid as error:
            form.refuse(error)
    return _person(facility_id, trainee_id, form, status=400)


# --- pages ---------------------------------------------------------------------------------------------------------


def _who() -> tuple[Any, Any]:
    return current_store(), current_actor()


def _versions(facility_id: str) -> Versions:
    return Versions(current_store(), facility_id, utc_now())


def _found(facility_id: str) -> work.TrainingBoard:
    return work.board(current_store(), current_actor(), facility_id, _versions(facility_id), now=utc_now())


def _back(facility_id: str) -> Response:
    """Back to the person whose task it was."""
    trainee_id = request.form.get("person", "")
    if not trainee_id:
        return redirect(url_for(".board", facility_id=facility_id), 303)
    return redirect(url_for(".person", facility_id=facility_id, trainee_id=trainee_id, _anchor="tasks"), 303)


def _done(facility_id: str, form: Form, name: str, deed: Callable[[], Any] | None, anchor: str) -> Response:
    """Do what a form of the board asks for; the board again, with its sentences, where that is refused."""
    if deed is not None:
        try:
            deed()
            return redirect(url_for(".board", facility_id=facility_id, _anchor=anchor), 303)
        except (Invalid, Conflict) as error:
            form.refuse(error) if isinstance(error, Invalid) else form.form_errors.append(error.message)
    return _board(facility_id, {name: form}, 400)


def _own(facility_id: str, wrong: str = "") -> Response:
    facility, kept, own = work.mine(*_who(), facility_id, _versions(facility_id), now=utc_now())
    page = _page("training/index.html", facility=facility, rule=kept, own=own, wrong=wrong)
    return make_response(page, 409 if wrong else 200)


def _board(facility_id: str, forms: dict[str, Form] | None = None, status: int = 200) -> Response:
    found, sent = _found(facility_id), forms or {}
    people = [each.person for each in found.people]
    known = [each.topic for each in found.sessions]
    topics = list(dict.fromkeys((*training_words()["topics"], *known)))
    shown = {
        "person": PersonForm(),
        "task": TaskForm(),
        "session": SessionForm(),
        "rule": RuleForm(data=asdict(found.rule)),
        "scene": SceneForm(),
    } | sent
    shown["person"].fill(deeds.accounts_to_add(*_who(), facility_id))  # type: ignore[attr-defined]
    shown["task"].fill(people, topics)  # type: ignore[attr-defined]
    shown["session"].fill(people)  # type: ignore[attr-defined]
    shown["scene"].fill(found.facility)  # type: ignore[attr-defined]
    page = _page("training/board.html", facility=found.facility, found=found, forms=shown, topics=topics)
    return make_response(page, status)


def _person(
    facility_id: str,
    trainee_id: str,
    form: ChangeForm | None = None,
    *,
    done_form: DoneForm | None = None,
    status: int = 200,
) -> Response:
    found = _found(facility_id)
    one = work.person_training(found, trainee_id)
    page = _page(
        "training/person.html",
        facility=found.facility,
        one=one,
        rule=found.rule,
        form=form or ChangeForm(data=asdict(one.person) | {"kind": one.person.kind.value}),
        done_form=refused(done_form) if done_form else DoneForm(data={"done_on": found.today}),
    )
    return make_response(page, status)


def _page(name: str, **values: Any) -> str:
    told = training_words()
    return render_template(
        name,
        tab="training",
        told=told,
        task_name=task_name,
        OWN_TEXT=OWN_TEXT,
        states=TaskState,
        standings=Standing,
        kinds=TaskKind,
        **values,
    )
