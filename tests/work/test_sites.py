"""Every deed asks where it is done: read from the source, so that a new one cannot forget."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import add_account
from zonemap.errors import Forbidden, Invalid, NotFound
from zonemap.model.person import Account, Role
from zonemap.work import accounts, facilities, people_list
from zonemap.work.permissions import Permission, Place, may, require

ROOT = Path(__file__).parents[2]
WORK = ROOT / "zonemap" / "work"
WEB = ROOT / "zonemap" / "web"
ASKING = {"require", "require_floor", "require_own", "may"}
# Deeds that are at no facility: a person's own account, the people of all facilities, and lists that are sifted.
NOT_AT_ONE = {
    "people_list.people",
    "accounts.person",
    "people_list.managed_facilities",
    "people_list.facilities_of",
    "people_list.as_seen",
    "people_list.is_own",
    "accounts.invite",
    "accounts.renew_invitation",
    "accounts.change_person",
    "accounts.change_own_password",
    "accounts.own_account",
    "accounts.remove_second_factor",
    "accounts.has_second_factor",
    "second_factor.own_factor",
    "second_factor.begin_factor",
    "second_factor.confirm_factor",
    "second_factor.remove_factor",
    "second_factor.new_codes",
    "sessions.own_sessions",
    "sessions.end_own",
    "sessions.end_others",
    "second_factor.check_password",
    "passkeys.ask_for_new",
    "passkeys.add",
    "passkeys.own_passkey",
    "passkeys.rename",
    "passkeys.remove",
    "factor_rule.rule",
    "factor_rule.set_rule",
    "facilities.facilities",
    "facilities.add_facility",
    "record.by_code",
    "backup.backups",  # of the whole database
    "roll_up.roll_up",
    "organization.shared",
    "organization.add_shared_contact",
    "organization.remove_shared_contact",
    "organization.add_shared_must_not",
    "organization.shared_rules",
    "organization.record_shared_review",
    "organization_protocol.shared_protocols",
    "organization_protocol.shared_protocol",
    "organization_protocol.take_protocol",
    "organization_protocol.approve_shared",
    "organization_protocol.withdraw_shared",
}
# What anybody may ask, or what is asked for somebody who is not signed in.
WITHOUT_ACTOR = {
    "sign_in",
    "count_sign_in",  # as the provider of single sign-on vouches for somebody
    "sign_in_vouched",
    "open_link",
    "make_first",
    "accept_invitation",
    "end_session",
    "is_half",  # signed in by a password alone, before the code
    "asked",
    "is_recent",  # of this very session, by its token
    "prove",
    "ask_to_sign_in",
    "finish_sign_in",
    "linked",  # an alert, by the token of its message
    "acknowledge_link",
    "actor_of",
    "device_actor",
    "pair",
    "see_to",  # a job that was handed out to who may
    "facts",  # of a floor that was handed out to who may
    "Versions",  # fingerprints of texts
    "training_text",  # below a question for who reads it
    "count_due",  # what was counted is shown to who may
    "begin_jobs",
    "keep_looking",
    "waits",
    "made_with",
    "named_desk",  # read at the start, so that the desk answers while the database is gone
}


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted(WORK.glob("*.py")):
        if path.stem != "permissions":
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.FunctionDef):
                    yield f"{path.stem}.{node.name}", node


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def calls(node: ast.AST) -> list[ast.Call]:
    return [each for each in ast.walk(node) if isinstance(each, ast.Call)]


def takes_actor(node: ast.FunctionDef) -> bool:
    return any(each.arg == "actor" for each in (*node.args.args, *node.args.kwonlyargs))


def place_of(call: ast.Call) -> str:
    """Where a call of require or may asks: the words of its ``at``, empty where it has none."""
    found = [each.value for each in call.keywords if each.arg == "at"]
    return ast.unparse(found[0]) if found else ""


def test_every_question_for_a_permission_names_the_place():
    silent = [
        f"{name} line {call.lineno}"
        for name, node in functions()
        for call in calls(node)
        if name_of(call) in ("require", "may") and not place_of(call)
        if not (isinstance(call.func, ast.Attribute))  # books.reviews.require is another one
    ]

    assert silent == []


def test_every_deed_with_an_actor_asks_or_hands_the_actor_to_one_that_asks():
    known = dict(functions())
    asks = {name for name, node in known.items() if any(name_of(call) in ASKING for call in calls(node))}
    while True:
        names = {name.partition(".")[2] for name in asks}
        more = {
            name
            for name, node in known.items()
            if name not in asks
            and any(
                name_of(call) in names and any(isinstance(arg, ast.Name) and arg.id == "actor" for arg in call.args)
                for call in calls(node)
            )
        }
        if not more:
            break
        asks |= more

    public = {name for name, node in known.items() if takes_actor(node) and not node.name.startswith("_")}
    # These two stand inside deeds that have asked: they note who did it.
    assert public - asks - {"model_floors.kept", "reviews.enter_approval"} == set()


def test_what_is_at_a_facility_is_asked_for_there_and_nowhere_else():
    loose = [
        f"{name} asks {place_of(call)}"
        for name, node in functions()
        for call in calls(node)
        if name_of(call) in ("require", "may") and place_of(call) in ("Place.ANYWHERE", "Place.ORGANIZATION")
        if takes_actor(node) and not node.name.startswith("_") and name not in NOT_AT_ONE
    ]

    assert loose == []


def test_every_page_hands_the_actor_to_what_it_calls():
    without = [
        f"{path.name} line {call.lineno}: {name_of(call)}"
        for path in sorted(WEB.glob("*.py"))
        for call in calls(ast.parse(path.read_text()))
        if call.args and ast.unparse(call.args[0]) in ("current_store()", "store")
        if not any("actor" in ast.unparse(arg) for arg in (*call.args[1:], *(each.value for each in call.keywords)))
        if name_of(call) not in WITHOUT_ACTOR
    ]

    assert [each for each in without if not each.startswith(("app.py", "serve.py"))] == []


# --- who may do what where ---------------------------------------------------------------------------------------


def test_a_role_at_one_facility_counts_there_alone(actor):
    someone = actor("manager", at="a" * 32)

    assert may(someone, Permission.DRAW_PLANS, at="a" * 32)
    assert not may(someone, Permission.DRAW_PLANS, at="b" * 32)
    assert not may(someone, Permission.DRAW_PLANS, at=Place.ORGANIZATION)
    assert may(someone, Permission.DRAW_PLANS, at=Place.ANYWHERE)
    assert not may(someone, Permission.MANAGE_PEOPLE, at="a" * 32)
    with pytest.raises(NotFound, match="There is no such facility"):
        require(someone, Permission.DRAW_PLANS, at="b" * 32)
    with pytest.raises(Forbidden, match="Ask an administrator"):
        require(someone, Permission.MANAGE_PEOPLE, at="a" * 32)


@pytest.mark.parametrize("permission", list(Permission))
@pytest.mark.parametrize("role", list(Role))
def test_no_role_elsewhere_carries_any_permission_here(actor, permission, role):
    with pytest.raises(NotFound):
        require(actor(role, at="a" * 32), permission, at="b" * 32)


# --- people of one facility --------------------------------------------------------------------------------------


@pytest.fixture
def sites(store, facility):
    with store.begin() as books:
        return tuple(
            books.facilities.add(replace(facility, id=letter * 32, name=f"Clinic {letter}")) for letter in "abc"
        )


def someone(*roles: tuple[str, Role], everywhere: frozenset[Role] = frozenset()) -> Account:
    return Account("e" * 32, "Eli", "eli@clinic.example", everywhere, site_roles=frozenset(roles))


def test_an_administrator_of_one_site_gives_roles_there_and_nowhere_else(store, actor, sites, now):
    boss = actor("administrator", at="a" * 32)
    told = {"new_token": "t", "now": now}

    accounts.invite(store, boss, someone(("a" * 32, Role.DESK)), **told)

    with pytest.raises(NotFound):
        accounts.invite(store, boss, replace(someone(("b" * 32, Role.DESK)), id="f" * 32, email="f@x.example"), **told)
    wide = replace(someone(everywhere=frozenset({Role.DESK})), id="f" * 32, email="f@x.example")
    with pytest.raises(Forbidden):
        accounts.invite(store, boss, wide, **told)
    mine = accounts.person(store, boss, "e" * 32)
    with pytest.raises(NotFound):
        accounts.change_person(store, boss, replace(mine, site_roles=mine.site_roles | {("b" * 32, Role.DESK)}))
    with pytest.raises(Forbidden):
        accounts.change_person(store, boss, replace(mine, roles=frozenset({Role.ADMINISTRATOR})))
    assert [each.account.id for each in people_list.people(store, boss, now)] == ["e" * 32]
    assert list(people_list.managed_facilities(store, boss)) == [sites[0]]


def test_no_link_is_made_for_who_has_a_role_elsewhere_too(store, actor, sites, now):
    """A new link is a key to the whole account."""
    boss, chief = actor("administrator", at="a" * 32), actor("administrator")
    both = someone(("a" * 32, Role.DESK), ("b" * 32, Role.ADMINISTRATOR))
    accounts.invite(store, chief, both, new_token="t", now=now)  # noqa: S106
    wide = add_account(store, "desk")

    for each in (both, wide):
        for deed in (
            lambda each=each: accounts.renew_invitation(store, boss, each.id, new_token="u", now=now),  # noqa: S106
            lambda each=each: accounts.change_person(store, boss, replace(each, active=False)),
            lambda each=each: accounts.person(store, boss, each.id),
        ):
            with pytest.raises(Forbidden):
                deed()
    listed = {each.account.id: each for each in people_list.people(store, boss, now)}
    assert listed[both.id].account.site_roles == {("a" * 32, Role.DESK)}, "what they are elsewhere is not said"
    assert not listed[both.id].own
    assert not listed[wide.id].own
    elsewhere = add_account(store, "desk", at="c" * 32)
    with pytest.raises(NotFound):
        accounts.person(store, boss, elsewhere.id)


def test_a_role_at_a_facility_that_does_not_exist_is_not_found(store, actor, sites, now):
    with pytest.raises(NotFound):
        accounts.invite(store, actor("administrator"), someone(("d" * 32, Role.DESK)), new_token="t", now=now)  # noqa: S106


def test_somebody_needs_a_role_somewhere(store, actor, sites, now):
    with pytest.raises(Invalid):
        accounts.invite(store, actor("administrator"), someone(), new_token="t", now=now)  # noqa: S106


def test_roles_at_a_facility_come_out_as_they_went_in(any_store, facility, now):
    with any_store.begin() as books:
        books.facilities.add(facility)
    added = add_account(any_store, "desk", "manager", at=facility.id)

    with any_store.begin() as books:
        assert books.accounts.get(added.id) == added
        assert books.accounts.page(None, "", first=0, most=50) == [added]
        left = replace(added, site_roles=frozenset({(facility.id, Role.RESPONDER)}))
        books.accounts.save(left)
        assert books.accounts.get(added.id) == left


def test_the_list_of_facilities_is_sifted(store, actor, sites):
    assert list(facilities.facilities(store, actor("desk", at="b" * 32))) == [sites[1]]
    assert list(facilities.facilities(store, actor("desk"))) == list(sites)
