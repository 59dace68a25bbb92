"""Passkeys as a second factor: added, named, removed, and asked for at sign-in.

Source: W3C Web Authentication, level 2, sections 7.1 and 7.2. The checks of an answer are fido2's: what was asked, the
origin, the name it is for, that somebody was there and was recognised, and the signature. Ours are the rest: what was
asked is kept in the database, serves once and for some minutes; the counter does not go back; whose passkey it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from zonemap.errors import Invalid, NotFound
from zonemap.model.access import DeviceKind
from zonemap.model.passkey import Challenge, Party, Passkey
from zonemap.model.person import Actor
from zonemap.storage.store import Books, Store
from zonemap.work.factor_rule import has_factor
from zonemap.work.permissions import Permission, Place, require
from zonemap.work.second_factor import check_password, clear, give_codes, half_of, let_in, require_one_left
from zonemap.work.sessions import hash_of

LIVES = timedelta(minutes=5)
MOST = 10
NAME_MOST = 60
_ANSWER_MOST = 20_000  # characters; the longest have some 3,000
_TRANSPORTS = frozenset({"ble", "hybrid", "internal", "nfc", "smart-card", "usb"})
_ALGORITHMS = frozenset({-7, -8, -257})  # ES256, EdDSA, RS256: every passkey has one of these
_OWN = Permission.OWN_ACCOUNT
_VERIFIED = UserVerificationRequirement.REQUIRED  # a finger, a face or a PIN: whoever finds the phone is not its owner
_TAKEN = "This passkey is here already. Use another phone, computer or security key, or the one that is here."
_NOT_ADDED = "The passkey was not added: its answer did not fit. Load the page again, then try again."
_NOT_FITTING = "This passkey does not fit here. Try again, or use a code."
_WENT_BACK = (
    "This passkey counted backwards, so there may be a copy of it. It was not accepted. Use a code, then remove it "
    "on the page of your account, and tell an administrator."
)

Checked = TypeVar("Checked")


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What is to be kept with a new one."""

    id: str
    name: str
    answer: str  # of the browser, as JSON


# --- one's own ---------------------------------------------------------------------------------------------------


def ask_for_new(store: Store, actor: Actor, party: Party, *, session_token: str, now: datetime) -> dict[str, Any]:
    """What the browser is told in order to make a passkey. Raises Invalid where there are many already."""
    require(actor, _OWN, at=Place.ANYWHERE)
    with store.begin() as books:
        account, own = books.accounts.get(actor.account_id), books.passkeys.of(actor.account_id)
        if len(own) >= MOST:
            raise Invalid(f"You have {MOST} passkeys. Remove one that you no longer use first.")
        user = PublicKeyCredentialUserEntity(
            id=bytes.fromhex(account.id), name=account.email, display_name=account.name
        )
        options, state = _server(party).register_begin(
            user,
            [_descriptor(each) for each in own if each.host == party.host],
            resident_key_requirement=ResidentKeyRequirement.PREFERRED,
            user_verification=_VERIFIED,
        )
        _keep(books, session_token, account.id, state, now)
    return dict(options)


def add(store: Store, actor: Actor, party: Party, new: NewPasskey, *, session_token: str, now: datetime) -> list[str]:
    """Keep a new passkey. Gives recovery codes, shown this once, where there are none yet; then other sessions end.

    Raises Invalid where the answer does not fit what was asked.
    """
    require(actor, _OWN, at=Place.ANYWHERE)
    name = _named(new.name)
    state = _take(store, session_token, actor.account_id, now)
    if state is None:
        raise Invalid(_NOT_ADDED)
    answer = _read(new.answer, _NOT_ADDED)
    told = _checked(lambda: _server(party).register_complete(state, answer), _NOT_ADDED)
    made = told.credential_data
    if made is None or made.public_key.ALGORITHM not in _ALGORITHMS:
        raise Invalid(_NOT_ADDED)
    credential_id = websafe_encode(made.credential_id)
    with store.begin() as books:
        if books.passkeys.has_credential(credential_id):
            raise Invalid(_TAKEN)
        first = not has_factor(books, actor.account_id)
        books.passkeys.add(
            Passkey(
                id=new.id,
                account_id=actor.account_id,
                host=party.host,
                name=name,
                credential_id=credential_id,
                credential=bytes(made),
                transports=_reached(answer),
                counter=told.counter,
                added_at=now,
            )
        )
        if first:
            books.sessions.end_all(actor.account_id, but=(hash_of(session_token),))
        left = books.second_factors.codes_left(actor.account_id)
        return [] if left else give_codes(books, actor.account_id)


def own_passkey(store: Store, actor: Actor, passkey_id: str) -> tuple[Passkey, bool]:
    """One of one's own, and whether it is the last second factor that one has. Raises NotFound."""
    require(actor, _OWN, at=Place.ANYWHERE)
    with store.read() as books:
        own = books.passkeys.of(actor.account_id)
        factor = books.second_factors.find(actor.account_id)
    found = next((each for each in own if each.id == passkey_id), None)
    if found is None:
        raise _no_such()
    return found, len(own) == 1 and (factor is None or factor.confirmed_at is None)


def rename(store: Store, actor: Actor, passkey_id: str, name: str) -> None:
    """Call one's own otherwise. Raises NotFound, Invalid."""
    require(actor, _OWN, at=Place.ANYWHERE)
    name = _named(name)
    with store.begin() as books:
        if not books.passkeys.rename(actor.account_id, passkey_id, name):
            raise _no_such()


def remove(store: Store, actor: Actor, passkey_id: str, password: str, *, now: datetime) -> None:
    """Remove one's own, with the password. Raises NotFound, Busy; Invalid, also where one has to be left."""
    require(actor, _OWN, at=Place.ANYWHERE)
    check_password(store, actor, password, now=now)
    with store.begin() as books:
        if not books.passkeys.remove(actor.account_id, passkey_id):
            raise _no_such()
        require_one_left(books, actor.account_id)
        clear(books, actor.account_id)


# --- at sign-in --------------------------------------------------------------------------------------------------


def ask_to_sign_in(store: Store, half_token: str, party: Party, *, now: datetime) -> dict[str, Any]:
    """What the browser is told in order to use a passkey. Raises NotFound where nobody waits or none is for here."""
    with store.begin() as books:
        half = half_of(books, half_token, now)
        usable = [each for each in books.passkeys.of(half.account_id) if each.host == party.host]
        if not usable:
            raise NotFound("You have no passkey for this address. Use a code.")
        options, state = _server(party).authenticate_begin(
            [_descriptor(each) for each in usable], user_verification=_VERIFIED
        )
        _keep(books, half_token, half.account_id, state, now)
    return dict(options)


def finish_sign_in(
    store: Store,
    half_token: str,
    party: Party,
    answer: str,
    *,
    token: str,
    now: datetime,
    device: DeviceKind = DeviceKind.UNKNOWN,
) -> None:
    """Begin the session under ``token`` with the answer of a passkey.

    Raises NotFound where nobody waits under the half token, Invalid where the answer does not fit what was asked.
    """
    with store.read() as books:
        half = half_of(books, half_token, now)
        usable = [each for each in books.passkeys.of(half.account_id) if each.host == party.host]
    state = _take(store, half_token, half.account_id, now)
    if state is None:
        raise Invalid(_NOT_FITTING)
    given = _read(answer, _NOT_FITTING)
    known = [AttestedCredentialData(each.credential) for each in usable]
    used = _checked(lambda: _server(party).authenticate_complete(state, known, given), _NOT_FITTING)
    passkey = next(each for each in usable if each.credential == bytes(used))
    counter = _checked(lambda: _signed_counter(given), _NOT_FITTING)
    with store.begin() as books:
        if not books.passkeys.use(passkey.id, counter, now.date()):
            raise Invalid(_WENT_BACK)
        let_in(books, half, token, now, device)


# --- asking, and reading the answer ------------------------------------------------------------------------------


def _server(party: Party) -> Fido2Server:
    named = PublicKeyCredentialRpEntity(id=party.host, name="zonemap")
    server = Fido2Server(named, verify_origin=lambda origin: origin == party.origin)
    server.allowed_algorithms = [each for each in server.allowed_algorithms if each.alg in _ALGORITHMS]
    return server


def _descriptor(passkey: Passkey) -> PublicKeyCredentialDescriptor:
    known = AttestedCredentialData(passkey.credential)
    ways = [AuthenticatorTransport(way) for way in passkey.transports.split(",") if way] or None
    return PublicKeyCredentialDescriptor(
        type=PublicKeyCredentialType.PUBLIC_KEY, id=known.credential_id, transports=ways
    )


def _keep(books: Books, token: str, account_id: str, state: dict[str, Any], now: datetime) -> None:
    asked = Challenge(hash_of(token), account_id, str(state["challenge"]), now)
    books.passkeys.ask(asked, forget_before=now - LIVES)


def _take(store: Store, token: str, account_id: str, now: datetime) -> dict[str, Any] | None:
    """What was asked, used up by this whatever comes of it; None where nothing was, or too long ago."""
    with store.begin() as books:
        asked = books.passkeys.take(hash_of(token))
    if asked is None or asked.account_id != account_id or not timedelta() <= now - asked.made_at < LIVES:
        return None
    return {"challenge": asked.challenge, "user_verification": _VERIFIED}


def _read(answer: str, sentence: str) -> dict[str, Any]:
    try:
        given = json.loads(answer) if len(answer) <= _ANSWER_MOST else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise Invalid(sentence)
    return given


def _checked(check: Callable[[], Checked], sentence: str) -> Checked:
    """What the check gives. Raises Invalid with the sentence where it raises anything: the answer is a stranger's."""
    try:
        return check()
    except Exception as error:  # fido2 and cryptography raise a dozen kinds for bytes that are no answer
        raise Invalid(sentence) from error


def _signed_counter(answer: dict[str, Any]) -> int:
    """The counter in the bytes that were signed."""
    return int(AuthenticationResponse.from_dict(answer).response.authenticator_data.counter)


def _reached(answer: dict[str, Any]) -> str:
    told = answer["response"].get("transports")
    return ",".join(sorted({str(each) for each in told} & _TRANSPORTS)) if isinstance(told, list) else ""


def _named(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= NAME_MOST:
        sentence = f"Type a name of at most {NAME_MOST} characters, such as My phone."
        raise Invalid(sentence, fields={"name": sentence})
    return name


def _no_such() -> NotFound:
    return NotFound("There is no such passkey.")
