"""Single sign-on: what is set up, and what an organization's provider has said of somebody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SingleSignOn:
    """The provider of an organization (OpenID Connect), and whom it may vouch for.

    ``domains``: the ends of the e-mail addresses that it may vouch for. ``factors``: what it must say (amr or acr) for
    its own second step to count; none: it never does. ``only``: passwords are for administrators alone. ``back``: the
    address that the browser comes back to.
    """

    issuer: str
    client: str
    secret: str
    domains: frozenset[str]
    name: str
    factors: frozenset[str]
    only: bool
    back: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """Somebody as the provider knows them; everything about the words it came in has been checked.

    ``methods``: how it made sure who it is, its amr and acr (RFC 8176).
    """

    subject: str
    email: str
    email_verified: bool
    methods: frozenset[str]
