"""The two ways an alert leaves this computer, both off until they are set: e-mail by SMTP, and a webhook."""

from __future__ import annotations

import json
import smtplib
import ssl
from contextlib import closing
from dataclasses import dataclass
from email.message import EmailMessage
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

from zonemap.errors import Invalid
from zonemap.model.alert import AlertMessage
from zonemap.settings import Settings

TIMEOUT_S = 10.0
_SUBJECT = "zonemap: call the desk"


class NotSent(Exception):
    """A message was not taken; the sentence says by whom and why, without any password."""


@dataclass(frozen=True, slots=True)
class Channels:
    """Where alerts go. Empty parts are off. ``address`` is how responders reach these pages, for the link."""

    smtp: str = ""
    sender: str = ""
    webhook: str = ""
    address: str = ""

    @property
    def on(self) -> bool:
        """Whether anything is set at all."""
        return bool(self.smtp or self.webhook)


def channels_of(settings: Settings) -> Channels:
    """The channels that are set. Raises Invalid, naming the variable, for one that cannot be used."""
    found = Channels(
        settings.alert_smtp, settings.alert_from, settings.alert_webhook, settings.public_address.rstrip("/")
    )
    if found.smtp:
        _checked("ZONEMAP_ALERT_SMTP", found.smtp, ("smtp", "smtps"))
        if "@" not in found.sender:
            raise Invalid("ZONEMAP_ALERT_FROM must be the e-mail address that alerts come from.")
    if found.webhook:
        parts = _checked("ZONEMAP_ALERT_WEBHOOK", found.webhook, ("https", "http"))
        if parts.scheme == "http" and not is_here(parts.hostname or ""):
            raise Invalid("ZONEMAP_ALERT_WEBHOOK must begin with https: the alert would travel in the open.")
    if found.address:
        _checked("ZONEMAP_PUBLIC_ADDRESS", found.address, ("https", "http"))
    return found


def send(channels: Channels, message: AlertMessage) -> None:
    """Hand a message over. Raises NotSent."""
    try:
        if message.target:
            _mail(channels, message)
        else:
            _post(channels, message)
    except (OSError, smtplib.SMTPException, HTTPException, ssl.SSLError) as error:
        raise NotSent(_why(error)) from error


def _mail(channels: Channels, message: AlertMessage) -> None:
    parts = urlsplit(channels.smtp)
    host, tls = parts.hostname or "", ssl.create_default_context()
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = _SUBJECT, channels.sender, message.target
    mail.set_content(message.text + "\n")
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT_S, context=tls)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=TIMEOUT_S)
    with server:
        if parts.scheme == "smtp" and not is_here(host):
            server.starttls(context=tls)  # raises where the server has none: nothing goes in the open
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(mail)


def _post(channels: Channels, message: AlertMessage) -> None:
    parts = urlsplit(channels.webhook)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with closing(kind(parts.hostname or "", parts.port, timeout=TIMEOUT_S)) as connection:
        body = json.dumps({"text": message.text})
        connection.request("POST", path, body, {"Content-Type": "application/json"})
        status = connection.getresponse().status
    if not 200 <= status < 300:
        raise NotSent(f"The webhook answered {status}.")


def _checked(name: str, address: str, schemes: tuple[str, ...]) -> SplitResult:
    try:
        parts = urlsplit(address)
        usable = parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        raise Invalid(f"{name} must begin with {' or '.join(f'{each}://' for each in schemes)} and name a computer.")
    return parts


def is_here(host: str) -> bool:
    """Whether a host is this computer."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _why(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "The mail server did not take the name and the password."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "The mail server has no encryption, so nothing was sent."
    if isinstance(error, smtplib.SMTPException):
        return "The mail server did not take the message."
    return "There was no connection."
