"""Maps: for staff, responders or the public; whole or in parts; turned to whoever stands before a door; in words."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from wtforms import RadioField, SelectField

from zonemap.model.plan import Door, Floor
from zonemap.model.sign import FloorSigns
from zonemap.web.forms import Form
from zonemap.web.guard import current_actor, current_store, needs
from zonemap.work.maps import Audience, MapRequest, MapSeries, map_series
from zonemap.work.permissions import Permission
from zonemap.work.signs import PLAIN_OPTIONS, map_lies_flat, papers, sign_list

blueprint = Blueprint("maps", __name__, url_prefix="/facilities/<facility_id>/maps")

_AUDIENCES = [
    (Audience.PUBLIC.value, "The public: public areas, ways out, desks that help"),
    (Audience.STAFF.value, "Staff: every zone"),
    (Audience.RESPONDER.value, "Responders: every zone, and what keeps each door"),
]
_PAPERS = ("letter", "legal", "tabloid", "a4", "a3")


class MapForm(Form):
    """Which map. It only asks, so it travels in the address."""

    floor = SelectField("Floor", validate_choice=False)
    audience = RadioField("For", default=Audience.PUBLIC.value)
    part = SelectField("Part of the floor", default="0", validate_choice=False)
    door = SelectField("Where it hangs", default="", validate_choice=False)
    paper = RadioField("Paper", default="letter")

    def __init__(self, floors: list[FloorSigns]) -> None:
        super().__init__(request.args or None)
        self.audience.choices = _AUDIENCES
        self.paper.choices = [(paper.name, paper.label) for paper in papers() if paper.name in _PAPERS]
        self.floor.choices = [(each.floor.id, each.floor.name) for each in floors]

    @property
    def wanted(self) -> tuple[Audience, str]:
        """The audience and the paper, the usual ones where the address names others."""
        known = {paper.name for paper in papers()} & set(_PAPERS)
        audience = self.audience.data if self.audience.data in dict(_AUDIENCES) else Audience.PUBLIC.value
        return Audience(audience), self.paper.data if self.paper.data in known else "letter"


@blueprint.get("/")
@needs(Permission.PRINT_SIGNS)
def index(facility_id: str) -> str:
    """One map, with what can be chosen, and the same in words."""
    found = sign_list(current_store(), current_actor(), facility_id, PLAIN_OPTIONS)
    floors = list(found.floors)
    form = MapForm(floors)
    audience, paper = form.wanted
    chosen = next((each for each in floors if each.floor.id == form.floor.data), floors[0] if floors else None)
    series = map_series(chosen, audience, paper) if chosen else None
    name = _choose(form, series) if series else ""
    return render_template(
        "maps/index.html",
        facility=found.facility,
        tab="signs",
        form=form,
        series=series,
        chosen=chosen,
        name=name,
        words=MapRequest(audience, words=True).name,
        paper=paper,
        flat=bool(series and chosen and map_lies_flat(chosen, paper, name)),
    )


def _choose(form: MapForm, series: MapSeries) -> str:
    """Fill in what this floor offers, and give the name of the map that is asked for."""
    floor = series.signs.floor
    parts = [("0", "The whole floor"), *((str(n), part.name) for n, part in enumerate(series.parts, 1))]
    form.part.choices = parts
    form.door.choices = [("", "Anywhere"), *((door.id, _door_words(floor, door)) for door in series.doors)]
    part = int(form.part.data) if form.part.data in dict(parts) else 0
    door = form.door.data if form.door.data in {door.id for door in series.doors} else ""
    form.part.data, form.door.data = str(part), door
    return MapRequest(series.audience, part=part, door=door).name


def _door_words(floor: Floor, door: Door) -> str:
    labels = [room.label if (room := floor.room(room_id)) else "outdoors" for room_id in door.rooms]
    return f"At door {door.number or '?'}: {' – '.join(labels)}"
