"""The computers of front desks: a manager pairs each once, by a code or sitting at it, and can end that at any time."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired

from zonemap.errors import Busy, Invalid
from zonemap.model.device import DeskDevice
from zonemap.web import guard
from zonemap.web.forms import Form, TextField, cleaned
from zonemap.web.guard import current_actor, current_store, needs, new_id, new_token, open_to_all, utc_now
from zonemap.work import devices as work
from zonemap.work.permissions import Permission

blueprint = Blueprint("devices", __name__)

_OF = "/facilities/<facility_id>/devices"


class DeviceForm(Form):
    """A computer that gets a name."""

    name = TextField(
        "Name of the computer",
        [DataRequired("Type a name, such as Front desk, left.")],
        most=work.NAME_MOST,
        description="So that you know it again in this list: Front desk, left.",
    )


class WaitForm(Form):
    """How long the desk waits for an answer."""

    seconds = IntegerField(
        "Seconds without an answer",
        [InputRequired("Type a number of seconds.")],
        description=f"From {work.ANSWER_WAIT_LEAST_S} to {work.ANSWER_WAIT_MOST_S}. Then the desk names the next.",
    )


class CodeForm(Form):
    """The code, typed at the computer."""

    code = StringField("Code", [DataRequired("Type the code.")], filters=[cleaned])


@blueprint.get(f"{_OF}/")
@needs(Permission.SET_UP_DESK)
def index(facility_id: str) -> Response:
    """The desk computers of a facility."""
    return _page(facility_id)


@blueprint.post(f"{_OF}/")
@needs(Permission.SET_UP_DESK)
def add(facility_id: str) -> Response:
    """Make a code for a computer, and show it, once."""
    form = DeviceForm.sent()
    if form.accepts():
        code = new_code()
        try:
            work.await_device(current_store(), current_actor(), _new(facility_id, form), code, utc_now())
            return _page(facility_id, code=code, code_name=form.text("name"))
        except Invalid as error:
            form.refuse(error)
    return _page(facility_id, 400, device_form=form)


@blueprint.post(f"{_OF}/here")
@needs(Permission.SET_UP_DESK)
def here(facility_id: str) -> Response:
    """Make this browser a desk computer, and sign the manager out."""
    form = DeviceForm.sent(prefix="here-")
    token = new_token()
    if form.accepts():
        try:
            work.pair_here(
                current_store(),
                current_actor(),
                _new(facility_id, form),
                token=token,
                old_token=guard.device_token(),
                session_token=guard.session_token() or "",
                now=utc_now(),
            )
            return _paired(facility_id, token)
        except Invalid as error:
            form.refuse(error)
    return _page(facility_id, 400, here_form=form)


@blueprint.post(f"{_OF}/<device_id>/remove")
@needs(Permission.SET_UP_DESK)
def remove(facility_id: str, device_id: str) -> Response:
    """End what a computer may."""
    work.revoke(current_store(), current_actor(), facility_id, device_id)
    return redirect(url_for(".index", facility_id=facility_id), 303)


@blueprint.post(f"{_OF}/wait")
@needs(Permission.SET_UP_DESK)
def wait(facility_id: str) -> Response:
    """Set how long the desk waits for an answer."""
    form = WaitForm.sent()
    if form.accepts():
        try:
            work.set_answer_wait(current_store(), current_actor(), facility_id, int(form.seconds.data or 0))
            return redirect(url_for(".index", facility_id=facility_id), 303)
        except Invalid as error:
            form.refuse(error)
    return _page(facility_id, 400, wait_form=form)


@blueprint.get("/pair")
@open_to_all
def pairing() -> Response:
    """The page at the computer that is to be paired."""
    return _pair_page(CodeForm())


@blueprint.post("/pair")
@open_to_all
def pairing_sent() -> Response:
    """Pair this browser with the code."""
    form = CodeForm.sent()
    if not form.accepts():
        return _pair_page(form, 400)
    token = new_token()
    try:
        device = work.pair(
            current_store(),
            form.text("code"),
            address=request.remote_addr or "",
            token=token,
            old_token=guard.device_token(),
            now=utc_now(),
        )
    except Invalid as error:
        form.refuse(error)
        return _pair_page(form, 400)
    except Busy as error:
        form.form_errors.append(error.message)
        answer = _pair_page(form, 429)
        answer.headers["Retry-After"] = str(error.data["retry_after_s"])
        return answer
    return _paired(device.facility_id, token)


def new_code() -> str:
    """A code that can be read out: ABCD-EFGH."""
    letters = [secrets.choice(work.CODE_LETTERS) for _ in range(work.CODE_LENGTH)]
    half = work.CODE_LENGTH // 2
    return f"{''.join(letters[:half])}-{''.join(letters[half:])}"


def _new(facility_id: str, form: DeviceForm) -> DeskDevice:
    return DeskDevice(new_id(), facility_id, form.text("name"), current_actor().name, utc_now())


def _paired(facility_id: str, token: str) -> Response:
    """On to the desk, as a desk computer and as nobody else."""
    answer = redirect(url_for("desk.first", facility_id=facility_id), 303)
    guard.set_device_cookie(answer, token)
    guard.remove_cookie(answer, guard.cookie_name())
    guard.remove_cookie(answer, guard.cookie_name("form"))
    answer.headers["Clear-Site-Data"] = '"cache"'  # Back shows nothing of the manager's pages
    return answer


def _pair_page(form: CodeForm, status: int = 200) -> Response:
    return make_response(render_template("devices/pair.html", form=form), status)


def _page(facility_id: str, status: int = 200, *, code: str = "", code_name: str = "", **forms: Any) -> Response:
    found = work.devices(current_store(), current_actor(), facility_id, utc_now())
    page = render_template(
        "devices/index.html",
        facility=found.facility,
        found=found,
        code=code,
        code_name=code_name,
        pair_url=url_for(".pairing", _external=True),
        minutes=int(work.CODE_LIVES.total_seconds() // 60),
        device_form=forms.get("device_form") or DeviceForm(),
        here_form=forms.get("here_form") or DeviceForm(prefix="here-"),
        wait_form=forms.get("wait_form") or WaitForm(data={"seconds": found.answer_wait_s}),
    )
    return make_response(page, status)
