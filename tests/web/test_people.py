"""The people page."""

from __future__ import annotations

import pytest

from tests.conftest import add_account
from zonemap.model.person import Role


@pytest.fixture
def admin(sign_in):
    return sign_in("administrator")


def account_of(store, role: Role):
    with store.read() as books:
        return next(each for each in books.accounts.page(None, "", first=0, most=50) if role in each.roles)


def test_people_are_listed_with_roles_and_state(admin, store):
    add_account(store, "responder", "manager")

    listed = admin.get("/people/")

    assert "Manager, Responder" in listed.text
    assert "Needs a new link" in listed.text


def test_a_person_is_added_and_their_link_is_shown_once(admin):
    admin.get("/people/new")
    shown = admin.post("/people/new", {"name": "Dana", "email": "Dana@Clinic.example", "roles": ["desk"]}, expect=200)

    assert shown.one("#link").text().startswith("http://localhost/invitation/")
    listed = admin.get("/people/")
    assert "dana@clinic.example" in listed.text
    assert "Link not used yet" in listed.text
    assert "invitation/" not in listed.response.text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Type a name, or a role such as Front desk."),
        ({"email": "dana"}, "Type an email address, such as dana@clinic.example."),
        ({"roles": []}, "Choose at least one role."),
        ({"roles": ["king"]}, "not a valid choice"),
        ({"email": "person1@"}, "Type an email address"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(admin, change, sentence):
    refused = admin.post(
        "/people/new", {"name": "Dana", "email": "dana@clinic.example", "roles": ["desk"], **change}, expect=400
    )

    assert any(sentence in each for each in refused.wrong)


def test_an_email_that_is_taken_is_said(admin, store):
    taken = add_account(store, "desk").email

    refused = admin.post("/people/new", {"name": "Dana", "email": taken, "roles": ["desk"]}, expect=400)

    assert "Somebody with this email is there already." in refused.wrong


def test_roles_are_shown_changed_and_taken_back(admin, store):
    person = add_account(store, "manager")
    url = f"/people/{person.id}"
    checked = admin.get(url).all("input[name=roles][checked]")
    assert [each.attributes["value"] for each in checked] == ["manager"]

    admin.post(url, {"name": person.name, "roles": ["desk", "responder"]})

    with store.read() as books:
        assert books.accounts.get(person.id).roles == {Role.DESK, Role.RESPONDER}


def test_a_person_is_shut_out_and_let_in_again(admin, store):
    person = add_account(store, "manager")
    admin.post(f"/people/{person.id}/active", {"active": "no"})
    assert "May not sign in" in admin.get("/people/").text
    assert "Let them sign in again" in admin.get(f"/people/{person.id}").text

    admin.post(f"/people/{person.id}/active", {"active": "yes"})

    with store.read() as books:
        assert books.accounts.get(person.id).active


def test_the_only_administrator_cannot_leave(admin, store):
    own = account_of(store, Role.ADMINISTRATOR)
    url = f"/people/{own.id}"

    for refused in (
        admin.post(f"{url}/active", {"active": "no"}, expect=400),
        admin.post(url, {"name": own.name, "roles": ["desk"]}, expect=400),
    ):
        assert refused.wrong == ["This is the only administrator. Make somebody else an administrator first."]
    admin.get("/people/")


def test_a_new_link_is_made_for_a_forgotten_password(admin, store):
    person = add_account(store, "manager")

    shown = admin.post(f"/people/{person.id}/invitation", expect=200)

    assert person.name in shown.h1


def test_a_person_who_is_not_there_is_not_found(admin):
    admin.get(f"/people/{'0' * 32}", expect=404)
    for path in ("", "/active", "/invitation"):
        admin.post(f"/people/{'0' * 32}{path}", expect=404)
