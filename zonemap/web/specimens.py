"""The specimen gallery: every kind of sign in every language on every paper, of a clinic that does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from wtforms import SelectField

from zonemap.errors import Invalid, NotFound
from zonemap.model.sign import Language, SignKind, WordingStatus
from zonemap.web.forms import Form
from zonemap.web.guard import needs
from zonemap.web.sign_options import UNCHECKED
from zonemap.work.permissions import Permission
from zonemap.work.sign_specimens import kind_named, specimen_mark, specimen_svg
from zonemap.work.signs import OPERATIVE, languages, papers

blueprint = Blueprint("specimens", __name__, url_prefix="/specimens")

_ALL = "all"
_Thing = TypeVar("_Thing")


class GalleryForm(Form):
    """Which specimens to show. It only asks, so it travels in the address."""

    kind = SelectField("Kind of sign", default=_ALL)
    language = SelectField("Language beside English", default="es")
    paper = SelectField("Paper", default="letter")

    def __init__(self, given: MultiDict[str, str]) -> None:
        super().__init__(given if "kind" in given else None)
        self.kind.choices = [(_ALL, "Every kind"), *((each.value, each.label) for each in SignKind)]
        self.language.choices = [(_ALL, "Every language"), *((each.code, each.name) for each in _beside())]
        self.paper.choices = [(each.name, each.label) for each in papers()]


@dataclass(frozen=True, slots=True)
class Specimen:
    """One picture of the gallery."""

    kind: SignKind
    language: Language
    picture: str

    @property
    def unchecked(self) -> str:
        """What to say of a language that no qualified translator has read."""
        return UNCHECKED if self.language.status is WordingStatus.DRAFTED else ""


@blueprint.get("/")
@needs(Permission.PRINT_SIGNS)
def index() -> str:
    """The pictures that were asked for; they are fetched as one scrolls to them."""
    form = GalleryForm(request.args)
    form.validate()
    kinds = _chosen(list(SignKind), [each.value for each in SignKind], str(form.kind.data))
    beside = _beside()
    shown = _chosen(beside, [each.code for each in beside], str(form.language.data))
    known = {paper.name: paper for paper in papers()}
    paper = known.get(str(form.paper.data), papers()[0])
    specimens = [
        Specimen(kind, each, url_for(".picture", kind=kind.value, language=each.code, paper=paper.name))
        for kind in kinds
        for each in shown
    ]
    return render_template("signs/specimens.html", form=form, specimens=specimens, paper=paper)


@blueprint.get("/<kind>/<language>/<paper>.svg")
@needs(Permission.PRINT_SIGNS)
def picture(kind: str, language: str, paper: str) -> Response:
    """The first sheet of one specimen."""
    try:
        mark = specimen_mark(kind_named(kind), language, paper)
    except Invalid as error:
        raise NotFound("There is no such specimen.") from error
    response = Response(mimetype="image/svg+xml")
    response.set_etag(mark)
    response.headers["Cache-Control"] = "private, no-cache"
    if mark in request.if_none_match:
        response.status_code = 304
    else:
        response.set_data(specimen_svg(kind_named(kind), (OPERATIVE, language), paper)[0])
    return response


def _beside() -> list[Language]:
    return [each for each in languages() if each.code != OPERATIVE]


def _chosen(things: list[_Thing], names: list[str], name: str) -> list[_Thing]:
    """The thing of that name alone, or all of them."""
    return [thing for thing, each in zip(things, names, strict=True) if each == name] or things
