"""A passkey in a few lines: P-256, attestation `none`. For suites that need one but do not test it."""
import base64
import hashlib
import json
import os
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec


def url64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class SoftKey:
    def __init__(self, origin):
        self.origin, self.key, self.id, self.user = origin, ec.generate_private_key(ec.SECP256R1()), os.urandom(32), None

    def client_data(self, kind, challenge):
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def data(self, rp_id, flags, rest=b""):
        return hashlib.sha256(rp_id.encode()).digest() + bytes([flags]) + struct.pack(">I", 0) + rest

    def credential(self, **response):
        return {"id": url64(self.id), "rawId": url64(self.id), "type": "public-key", "clientExtensionResults": {},
                "response": {name: url64(value) for name, value in response.items()}}

    def create(self, options):
        """PublicKeyCredential.toJSON() of navigator.credentials.create()."""
        self.user = base64.urlsafe_b64decode(options["user"]["id"] + "==")
        point = self.key.public_key().public_numbers()
        cose = (b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20" + point.x.to_bytes(32, "big")
                + b"\x22\x58\x20" + point.y.to_bytes(32, "big"))
        data = self.data(options["rp"]["id"], 0x45, bytes(16) + struct.pack(">H", len(self.id)) + self.id + cose)
        attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58" + bytes([len(data)]) + data
        return self.credential(clientDataJSON=self.client_data("webauthn.create", options["challenge"]), attestationObject=attestation)

    def get(self, options):
        """… of navigator.credentials.get()."""
        client, data = self.client_data("webauthn.get", options["challenge"]), self.data(options["rpId"], 0x05)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self.credential(clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=self.user)
