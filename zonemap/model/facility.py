"""A facility, the people to call, and a frozen revision of one of its floors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from zonemap.model.hours import Spell
from zonemap.model.places import time_zone_of
from zonemap.model.plan import Floor
from zonemap.model.record import code


class SiteKind(StrEnum):
    """What kind of place it is; decides which law pack covers it."""

    HOSPITAL = "hospital"
    CLINIC = "clinic"
    SOCIAL_SERVICE = "social_service"
    SHELTER = "shelter"
    OTHER = "other"


class ContactRole(StrEnum):
    """Whom the desk calls, in the order of decision-facts 4: responder first, security last."""

    RESPONDER = "responder"
    ADMINISTRATOR_ON_CALL = "administrator_on_call"
    COUNSEL = "counsel"
    PRIVACY_OFFICER = "privacy_officer"
    CHARGE_NURSE = "charge_nurse"
    SECURITY = "security"
    COMPLIANCE_OFFICER = "compliance_officer"


@dataclass(frozen=True, slots=True)
class Facility:
    """One site. Street and suite stand in large type at the desk, because people compare them with the paper."""

    id: str
    name: str
    street: str
    suite: str
    city: str
    state: str  # two letters, USPS
    postcode: str
    site_kind: SiteKind
    time_zone: str = ""  # IANA name; empty: that of most people in the state

    @property
    def clock(self) -> str:
        """The time zone by whose clock the hours of rooms and doors are meant."""
        return self.time_zone or time_zone_of(self.state)

    @property
    def address(self) -> str:
        """Street and suite in one line."""
        return ", ".join(part for part in (self.street, self.suite) if part)

    @property
    def place(self) -> str:
        """The whole address in one line, as people write it."""
        return ", ".join(part for part in (self.address, self.city, f"{self.state} {self.postcode}".strip()) if part)


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call. ``position`` orders people of the same role.

    ``duty`` is when they take calls, by the facility's clock; none means always. ``languages`` are codes such as es.
    """

    id: str
    facility_id: str
    role: ContactRole
    name: str
    phone: str
    hours: str = ""  # a remark in words
    position: int = 0
    languages: tuple[str, ...] = ()
    duty: tuple[Spell[None], ...] = ()

    def on_duty(self, local: datetime) -> bool:
        """Whether they take calls at that moment of the facility's clock."""
        return not self.duty or any(spell.covers(local) for spell in self.duty)


@dataclass(frozen=True, slots=True)
class Designation:
    """A numbered, frozen revision of a floor: who and when (UTC). Prints and the desk use it, never a draft.

    ``record_hash`` is that of its entry in the facility's record, which every print bears in short (``code``).
    """

    id: str
    facility: Facility
    floor: Floor
    number: int
    version: int
    designated_at: datetime
    designated_by: str
    record_hash: str = field(default="", compare=False)

    @property
    def code(self) -> str:
        """The short code of the revision, such as 9F2C-04B1."""
        return code(self.record_hash)
