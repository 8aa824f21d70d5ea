"""A passkey made of software: answers what a site asks of `navigator.credentials`, as a browser would."""

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class SoftKey:
    def __init__(self, origin: str = "http://localhost") -> None:
        self.origin = origin
        self.id = secrets.token_bytes(16)
        self.secret = ec.generate_private_key(ec.SECP256R1())
        self.owner = b""

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        asked = options["publicKey"]
        self.owner = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.secret.public_key())
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor.encode(dict(public))
        about = self._about(asked["rp"]["id"], PRESENT | VERIFIED | ATTESTED) + attested
        return self._answer(
            {
                "clientDataJSON": self._client("webauthn.create", asked["challenge"]),
                "attestationObject": cbor.encode({"fmt": "none", "attStmt": {}, "authData": about}),
            },
            {"credProps": {"rk": True}},
        )

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        asked = options["publicKey"]
        client = self._client("webauthn.get", asked["challenge"])
        about = self._about(asked["rpId"], PRESENT | VERIFIED)
        signature = self.secret.sign(about + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": client,
                "authenticatorData": about,
                "signature": signature,
                "userHandle": self.owner,
            },
            {},
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _about(self, site: str, flags: int) -> bytes:
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + bytes(4)

    def _answer(self, response: dict[str, bytes], extensions: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "public-key",
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "authenticatorAttachment": "platform",
            "response": {name: websafe_encode(value) for name, value in response.items()},
            "clientExtensionResults": extensions,
        }
