"""A passkey in software, as WebAuthn describes one: it makes keys, and signs what it is asked to."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Authenticator:
    """Whatever is false about an answer, a test sets here: origin, host, flags, counter, kind."""

    def __init__(self, origin: str = "http://localhost", host: str = "localhost") -> None:
        self.origin, self.host = origin, host
        self.flags = PRESENT | VERIFIED
        self.counter = 0
        self.id = os.urandom(16)
        self._key = ec.generate_private_key(ec.SECP256R1())

    def make(self, asked: dict[str, Any], **more: Any) -> str:
        """The answer of a browser to options for a new passkey."""
        told = self._client("webauthn.create", asked, more)
        public = dict(ES256.from_cryptography_key(self._key.public_key()))
        made = b"\0" * 16 + len(self.id).to_bytes(2, "big") + self.id + cbor.encode(public)
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + made}
        return self._said(told, attestationObject=cbor.encode(attestation), transports=["internal", "nonsense"])

    def sign(self, asked: dict[str, Any], **more: Any) -> str:
        """The answer of a browser to options for signing in."""
        told, data = self._client("webauthn.get", asked, more), self._data()
        signature = self._key.sign(data + sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        return self._said(told, authenticatorData=data, signature=signature)

    def _client(self, kind: str, asked: dict[str, Any], more: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": asked["publicKey"]["challenge"], "origin": self.origin, **more}
        return json.dumps(said).encode()

    def _data(self, more: int = 0) -> bytes:
        return sha256(self.host.encode()).digest() + bytes([self.flags | more]) + self.counter.to_bytes(4, "big")

    def _said(self, told: bytes, **response: Any) -> str:
        kept = {name: websafe_encode(each) if isinstance(each, bytes) else each for name, each in response.items()}
        named = websafe_encode(self.id)
        return json.dumps(
            {
                "id": named,
                "rawId": named,
                "type": "public-key",
                "response": {"clientDataJSON": websafe_encode(told), **kept},
            }
        )
