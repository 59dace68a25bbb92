"""The pages of plans: floors, uploading, choosing a page, the scale, and the pictures themselves."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.conftest import NOW
from tests.page import text_of
from zonemap.model.facility import Designation

CLINIC = Path(__file__).resolve().parents[3] / "shared" / "plans" / "derived" / "clinic-first-floor"


def png(width: int = 1200, height: int = 400) -> bytes:
    out = BytesIO()
    Image.new("L", (width, height), 255).save(out, "PNG", dpi=(200, 200))
    return out.getvalue()


def pdf(pages: int) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(612, 792))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def file_of(data: bytes, name: str = "plan.pdf") -> tuple[BytesIO, str]:
    return BytesIO(data), name


def large(form: dict[str, object], token: str) -> dict[str, object]:
    """A form with a large file as the bytes of a request: the test client would leave a temporary file open."""
    parts = {name: FileStorage(*part) if isinstance(part, tuple) else part for name, part in form.items()}
    boundary, data = encode_multipart(parts | {"csrf_token": token})
    return {"data": data, "content_type": f'multipart/form-data; boundary="{boundary}"'}


@pytest.fixture
def manager(sign_in):
    return sign_in("manager")


@pytest.fixture
def plans(stored_facility) -> str:
    return f"/facilities/{stored_facility.id}/plans/"


@pytest.fixture
def added(manager, plans) -> str:
    """The address of a new floor with a plan and no scale, such as /floors/<id>."""
    form = {"name": "Second floor", "level": "1", "plan": file_of(png(2400, 1600))}
    return manager.post(plans, form).removesuffix("/scale")


def saved(store, address: str):
    with store.read() as books:
        return books.floors.get(address.split("/")[2])


# --- the list ----------------------------------------------------------------------------------------------------


def test_an_empty_list_says_what_to_bring(manager, plans):
    page = manager.get(plans)
    assert "No floor yet" in page.text
    assert page.one("#level").attributes["value"] == "0"
    assert "Up to 25 MB" in page.text


def test_a_responder_sees_the_floors_and_cannot_add_one(sign_in, plans, stored_floor):
    page = sign_in("responder").get(plans)
    assert "First floor" in page.text
    assert not page.all("input[type=file]")
    assert not page.all('a[href$="/scale"]')


def test_the_desk_does_not_see_plans(sign_in, plans, stored_floor):
    desk = sign_in("desk")
    desk.get(plans, expect=403)
    assert desk.client.get("/pictures/x.png").status_code == 403


def test_a_floor_shows_its_state_and_the_next_step(manager, plans, stored_floor, store, stored_facility):
    page = manager.get(plans)
    assert [text_of(chip) for chip in page.all(".floor-card .chip")] == ["3 rooms"]
    assert page.all(f'a[href="/floors/{stored_floor.id}/"]')
    with store.begin() as books:
        books.designations.add(Designation("d" * 32, stored_facility, stored_floor, 1, 1, NOW, "Ana"))
    assert "Designation 1 in force" in manager.get(plans).text


# --- uploading ---------------------------------------------------------------------------------------------------


def test_a_plan_is_uploaded_and_leads_to_its_scale(manager, plans, store):
    where = manager.post(plans, {"name": " First  floor ", "level": "0", "plan": file_of(png())})
    assert where.endswith("/scale")
    floor = saved(store, where).floor
    assert (floor.name, floor.level, floor.picture.width_px) == ("First floor", 0, 1200)
    page = manager.get(plans)
    assert "Needs its scale" in page.text
    assert page.one(".floor-picture").attributes["viewBox"] == "0 0 300 100"
    assert page.one("#level").attributes["value"] == "1"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Give the floor a name"),
        ({"level": "up"}, "Not a valid integer value"),
        ({"level": "999"}, "from -20 to 200"),
        ({"plan": (BytesIO(), "")}, "Choose the file"),
        ({"plan": file_of(b"")}, "This file is empty"),
        ({"plan": file_of(b"AC1032", "plan.dwg")}, "This is a DWG drawing"),
        ({"plan": file_of(b"AC1032", "plan.png")}, "This is a DWG drawing"),
        ({"plan": file_of(b"\x89PNG\r\n\x1a\nbroken", "../../plan.png")}, "damaged"),
        ({"plan": file_of(b"<html><script>alert(1)</script></html>", "<script>.svg")}, "a web page"),
    ],
)
def test_what_can_not_be_used_is_told_beside_the_field_and_nothing_typed_is_lost(
    manager, plans, store, stored_facility, change, sentence
):
    form = {"name": "Roof", "level": "3", "plan": file_of(png())} | change
    page = manager.post(plans, form, expect=400)
    assert any(sentence in each for each in page.wrong), page.wrong
    if "name" not in change:
        assert page.one("#name").attributes["value"] == "Roof"
    with store.read() as books:
        assert books.floors.list(stored_facility.id) == []


def test_a_file_over_the_limit_is_refused_before_it_is_read(manager, plans):
    form = {"name": "Roof", "level": "1", "plan": file_of(bytes(62_000_000))}
    response = manager.client.post(plans, **large(form, manager.token))
    assert response.status_code == 413
    assert "larger than zonemap takes" in response.text


def test_a_picture_over_its_limit_is_refused_though_a_model_of_that_size_is_not(manager, plans):
    form = {"name": "Roof", "level": "1", "plan": file_of(bytes(27_000_000))}
    response = manager.client.post(plans, **large(form, manager.token))
    assert response.status_code in {400, 413}
    assert "This file has 27.0 MB; the most is 25 MB." in response.text


def test_a_name_that_is_taken_is_told(manager, plans, stored_floor):
    page = manager.post(plans, {"name": "FIRST FLOOR", "level": "0", "plan": file_of(png())}, expect=400)
    assert "There is a floor called First floor already. Give this one another name." in page.wrong


def test_a_facility_that_is_not_there_has_no_plans(manager):
    manager.get("/facilities/" + "0" * 32 + "/plans/", expect=404)
    page = manager.post("/facilities/" + "0" * 32 + "/plans/", {"name": "A", "level": "0", "plan": file_of(png())}, 404)
    assert page.status == 404


# --- several pages -----------------------------------------------------------------------------------------------


def test_a_page_of_a_pdf_is_chosen(manager, plans, store):
    where = manager.post(plans, {"name": "First floor", "level": "0", "plan": file_of(pdf(3))})
    assert where.endswith("/page")
    assert "Choose a page" in manager.get(plans).text

    page = manager.get(where)
    assert page.h1 == "Which page shows First floor?"
    assert len(page.all("input[type=radio]")) == 3
    small = manager.client.get(page.all("img")[1].attributes["src"])
    assert (small.mimetype, small.data[:4]) == ("image/png", b"\x89PNG")

    assert "Choose the page that shows this floor." in manager.post(where, {}, expect=400).wrong
    manager.post(where, {"page": "4"}, expect=400)
    assert manager.post(where, {"page": "2"}).endswith("/scale")
    assert saved(store, where).floor.picture.height_px == 3300
    assert manager.client.get(where).status_code == 303  # the PDF is gone
    assert manager.client.get(where + "/2.png").status_code == 404


def test_a_pdf_that_waited_too_long_has_to_be_uploaded_again(manager, plans, store):
    where = manager.post(plans, {"name": "First floor", "level": "0", "plan": file_of(pdf(2))})
    with store.begin() as books:
        upload = books.uploads.find(where.split("/")[2])
        books.uploads.remove_before(upload.uploaded_at + timedelta(seconds=1))
    assert manager.client.get(where).headers["Location"] == where.replace("/page", "/plan")
    assert "Upload a plan" in manager.get(plans).text


# --- another plan, name, removal ---------------------------------------------------------------------------------


def test_another_plan_of_the_same_size_keeps_the_rooms(manager, stored_floor, store):
    address = f"/floors/{stored_floor.id}/plan"
    assert "keeps its 3 rooms, 3 doors and its scale" in manager.get(address).text
    assert manager.post(address, {"plan": file_of(png())}) == f"/floors/{stored_floor.id}/"
    assert len(saved(store, address).floor.rooms) == 3


def test_another_plan_of_another_size_asks_first(manager, stored_floor, store):
    address = f"/floors/{stored_floor.id}/plan"
    page = manager.post(address, {"plan": file_of(png(800))}, expect=400)
    assert any("the 3 rooms drawn on it would not fit" in each for each in page.wrong)
    assert len(saved(store, address).floor.rooms) == 3
    assert manager.post(address, {"plan": file_of(png(800)), "remove_rooms": "y"}).endswith("/scale")
    assert saved(store, address).floor.rooms == ()


def test_a_floor_gets_another_name(manager, stored_floor, plans):
    address = f"/floors/{stored_floor.id}/about"
    assert manager.get(address).one("#name").attributes["value"] == "First floor"
    assert "Give the floor a name" in manager.post(address, {"name": " ", "level": "0"}, expect=400).wrong[0]
    assert manager.post(address, {"name": "Ground floor", "level": "0"}) == plans
    assert "Ground floor" in manager.get(plans).text


def test_a_floor_is_removed_only_when_it_is_meant(manager, stored_floor, plans):
    address = f"/floors/{stored_floor.id}/remove"
    assert "Tick the box" in manager.post(address, {}, expect=400).wrong[0]
    assert manager.post(address, {"sure": "y"}) == plans
    assert "No floor yet" in manager.get(plans).text


def test_a_designated_floor_can_not_be_removed(manager, stored_floor, stored_facility, store):
    with store.begin() as books:
        books.designations.add(Designation("d" * 32, stored_facility, stored_floor, 1, 1, NOW, "Ana"))
    page = manager.get(f"/floors/{stored_floor.id}/about")
    assert "so it stays" in page.text
    assert not page.all('form[action$="/remove"]')
    manager.post(f"/floors/{stored_floor.id}/remove", {"sure": "y"}, expect=400)


# --- the scale ---------------------------------------------------------------------------------------------------

LINE = {"ax": "100", "ay": "200", "bx": "500", "by": "200", "length": "10 m"}
CHECK = {"cx": "100", "cy": "200", "dx": "100", "dy": "1200"}


def test_two_points_and_a_length_set_the_scale(manager, added, store):
    assert manager.post(added + "/scale", LINE) == added + "/"
    assert saved(store, added).floor.scale.metres_per_pixel == 0.025
    page = manager.get(added + "/scale")
    assert "197 ft by 131 ft (60.0 by 40.0 m)" in page.text
    assert "1:197" in page.text
    assert "not with a second length" in page.text


def test_feet_and_inches_will_do(manager, added, store):
    manager.post(added + "/scale", LINE | {"length": "32' 9 3/4\""})
    assert saved(store, added).floor.scale.metres_per_pixel == pytest.approx(0.025, rel=1e-3)


def test_a_second_length_that_agrees_is_noted(manager, added, store):
    manager.post(added + "/scale", LINE | CHECK | {"check_length": "24.9 m"})
    assert saved(store, added).floor.scale.check_error == pytest.approx(0.004, rel=0.01)
    assert "a second length agreed to 0.4%" in manager.get(added + "/scale").text


def test_a_second_length_that_disagrees_is_shown_and_can_be_kept(manager, added, store):
    form = LINE | CHECK | {"check_length": "24 m"}
    page = manager.post(added + "/scale", form, expect=400)
    assert "4.2 % too long" in page.text
    assert "a length: its unit, or a digit" in page.text
    assert page.one("#check_length").attributes["value"] == "24 m"
    assert saved(store, added).floor.scale is None
    manager.post(added + "/scale", form | {"keep": "y"})
    assert saved(store, added).floor.scale.check_error == pytest.approx(0.0417, abs=1e-4)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"length": ""}, "This length can't be read"),
        ({"length": "12"}, "Say feet or metres"),
        ({"ax": ""}, "Set both ends of the line on the plan, A and B."),
        ({"ax": "left"}, "Set both ends of the line on the plan, A and B."),
        ({"ax": "nan"}, "A point lies beside the plan"),
        ({"bx": "9999"}, "A point lies beside the plan"),
        ({"bx": "101"}, "too close together"),
        ({"check_length": "3 m"}, "Set both ends of the line on the plan, C and D."),
        (CHECK | {"check_length": "long"}, "This length can't be read"),
    ],
)
def test_what_gives_no_scale_is_told_beside_the_length(manager, added, store, change, sentence):
    page = manager.post(added + "/scale", LINE | change, expect=400)
    assert any(sentence in each for each in page.wrong), page.wrong
    assert saved(store, added).floor.scale is None


def test_without_scripts_the_picture_takes_the_clicks(manager, added):
    page = manager.post(added + "/scale", {"click.x": "100", "click.y": "200", "ax": "", "length": "10 m"}, expect=200)
    assert [page.one(f"#{name}").attributes["value"] for name in ("ax", "ay", "length")] == ["100", "200", "10 m"]
    assert page.wrong == []
    page = manager.post(added + "/scale", {"ax": "100", "ay": "200", "click.x": "500", "click.y": "220"}, expect=200)
    assert [page.one(f"#{name}").attributes["value"] for name in ("ax", "bx", "by")] == ["100", "500", "220"]


def test_a_floor_without_a_plan_asks_for_one_first(manager, plans):
    where = manager.post(plans, {"name": "First floor", "level": "0", "plan": file_of(pdf(2))})
    assert manager.client.get(where.replace("/page", "/scale")).headers["Location"].endswith("/plan")


@pytest.mark.shared
def test_the_scale_of_the_real_clinic_is_right_within_one_per_cent(manager, plans, store):
    if not CLINIC.exists():
        pytest.skip("There is no shared/plans beside the checkout.")
    form = {"name": "First floor", "level": "0", "plan": file_of((CLINIC / "scan.png").read_bytes(), "scan.png")}
    where = manager.client.post(plans, **large(form, manager.token)).headers["Location"]
    bar = {"ax": "96.3", "ay": "3172", "bx": "490.6", "by": "3177", "length": "10 m"}  # the drawn bar of 10 m
    manager.post(where, bar)
    assert saved(store, where).floor.scale.metres_per_pixel == pytest.approx(0.0254, rel=0.01)


# --- the pictures ------------------------------------------------------------------------------------------------


def test_pictures_and_tiles_are_pngs_that_only_this_browser_keeps(manager, added, store):
    picture = saved(store, added).floor.picture
    for address, size in (
        (f"/pictures/{picture.id}.png", (2400, 1600)),
        (f"/pictures/{picture.id}/0/0/0.png", (512, 512)),
        (f"/pictures/{picture.id}/3/4/3.png", (512, 512)),
    ):
        response = manager.client.get(address)
        assert response.mimetype == "image/png"
        assert response.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert Image.open(BytesIO(response.data)).size == size


@pytest.mark.parametrize("rest", ["/3/5/0.png", "/4/0/0.png", "/0/-1/0.png", "/0/0/x.png", "/0/0/0.jpg"])
def test_a_tile_that_is_not_there_is_not_found(manager, added, store, rest):
    picture = saved(store, added).floor.picture
    assert manager.client.get(f"/pictures/{picture.id}{rest}").status_code == 404


def test_nobody_sees_a_picture_without_signing_in(page, added, store):
    picture = saved(store, added).floor.picture
    assert page.client.get(f"/pictures/{picture.id}.png").status_code == 303
    assert page.client.get(f"/pictures/{picture.id}/0/0/0.png").status_code == 303
