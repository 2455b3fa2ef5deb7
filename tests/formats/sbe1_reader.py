"""Reads and writes SBE1 blobs, wrapped keys and blind indexes, from docs/formats/*.md alone.

It shares nothing with the program but the pages: what the two agree on, the pages say. Needs
Python's `cryptography` (Debian: python3-cryptography).
"""

import hmac as hmac_module
import hashlib
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

HEADER_SIZE = 81
TAG_SIZE = 16
NONCE = bytes(12)


class Refused(Exception):
    pass


def lp(part):
    return struct.pack(">I", len(part)) + part


def expand(key, info, size):
    return HKDFExpand(algorithm=hashes.SHA512(), length=size, info=info).derive(key)


# ---- SBE1 (sbe1.md) ----

def padded_size(size):
    need = size + 4
    if need > 4096:
        return -(-need // 4096) * 4096
    return next(b for b in (16, 32, 64, 128, 256, 512, 1024, 2048, 4096) if b >= need)


def associated_data(context, header):
    return (lp(context["environment"].encode()) + lp(bytes.fromhex(context["tenant"]))
            + lp(context["table"].encode()) + bytes([context["class"]])
            + lp(bytes.fromhex(context["row_id"])) + lp(bytes.fromhex(context["subject_id"]))
            + struct.pack(">Q", context["row_version"]) + header)


def record_keys(dek, suite, key_id, generation, salt):
    both = expand(dek, b"SBE1" + bytes([suite]) + key_id + struct.pack(">I", generation) + salt, 64)
    return both[:32], both[32:]


def seal(dek, key_id, generation, context, layout, plaintext, salt):
    key, commitment = record_keys(dek, 1, key_id, generation, salt)
    header = struct.pack(">BBBH8sI32s32s", 0x53, 1, 1, layout, key_id, generation, salt, commitment)
    assert len(header) == HEADER_SIZE
    padded = struct.pack(">I", len(plaintext)) + plaintext
    padded += bytes(padded_size(len(plaintext)) - len(padded))
    return header + AESGCM(key).encrypt(NONCE, padded, associated_data(context, header))


def open_blob(dek, key_id, generation, context, blob):
    """(layout, plaintext), or Refused."""
    size = len(blob) - HEADER_SIZE - TAG_SIZE
    if size < 16 or padded_size(size - 4) != size:
        raise Refused("size")
    header = blob[:HEADER_SIZE]
    magic, version, suite, layout, blob_key_id, blob_generation, salt, commitment = struct.unpack(
        ">BBBH8sI32s32s", header)
    if (magic, version, suite) != (0x53, 1, 1):
        raise Refused("version or suite")
    if (blob_key_id, blob_generation) != (key_id, generation):
        raise Refused("key")
    key, expected = record_keys(dek, suite, key_id, generation, salt)
    if not hmac_module.compare_digest(expected, commitment):
        raise Refused("commitment")
    try:
        padded = AESGCM(key).decrypt(NONCE, blob[HEADER_SIZE:], associated_data(context, header))
    except InvalidTag:
        raise Refused("tag") from None
    length = struct.unpack(">I", padded[:4])[0]
    if length > 16777216 or padded_size(length) != len(padded) or any(padded[4 + length:]):
        raise Refused("padding")
    return layout, padded[4:4 + length]


# ---- SBW1 (keyring.md) ----

def wrap(wrapping_key, context, key, salt):
    both = expand(wrapping_key, b"SBW1\x01" + salt, 64)
    header = b"\x57\x01\x01" + salt + both[32:]
    return header + AESGCM(both[:32]).encrypt(NONCE, key, context + header)


def unwrap(wrapping_key, context, wrapped):
    if not 67 + 16 < len(wrapped) <= 67 + 16 + 64 or wrapped[:3] != b"\x57\x01\x01":
        raise Refused("not SBW1")
    header = wrapped[:67]
    both = expand(wrapping_key, b"SBW1\x01" + header[3:35], 64)
    if not hmac_module.compare_digest(both[32:], header[35:]):
        raise Refused("commitment")
    try:
        return AESGCM(both[:32]).decrypt(NONCE, wrapped[67:], context + header)
    except InvalidTag:
        raise Refused("tag") from None


def context_under_tenant_key(environment, tenant, purpose, key_id, generation):
    return (lp(b"sealbook key 1") + lp(environment.encode()) + lp(tenant) + struct.pack(">I", purpose)
            + lp(key_id) + struct.pack(">I", generation))


def context_under_root_key(environment, tenant, purpose, key_id, generation):
    text = f"key {purpose} {key_id.hex()} {generation}".encode()
    return lp(b"sealbook root 1") + lp(environment.encode()) + lp(tenant) + lp(text)


def keyring_page_key(root, environment):
    return expand(root, lp(b"sealbook derive 1") + lp(environment.encode()) + lp(bytes(16))
                  + lp(b"keyring pages"), 32)


def key_file_provider_id(root):
    return "keyfile:" + expand(root, b"sealbook root id 1", 8).hex()


# ---- blind indexes (blind-index.md) ----

TRIM = " \t\r\n\f\v"
UPPER_TO_LOWER = {ord(c): ord(c) + 32 for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
LOWER_TO_UPPER = {v: k for k, v in UPPER_TO_LOWER.items()}


def has_control(text):
    return any(ord(c) < 0x20 or ord(c) == 0x7F for c in text)


def normal_email(text):
    text = text.strip(TRIM).translate(UPPER_TO_LOWER)
    if text.count("@") != 1 or len(text.encode()) > 254:
        raise Refused("email")
    local, domain = text.split("@")
    if not 1 <= len(local.encode()) <= 64 or has_control(local) or " " in local or '"' in local:
        raise Refused("email")
    labels = domain.split(".")
    if len(labels) < 2:
        raise Refused("email")
    for label in labels:
        if not 1 <= len(label) <= 63 or label[0] == "-" or label[-1] == "-":
            raise Refused("email")
        if any(c not in "abcdefghijklmnopqrstuvwxyz0123456789-" for c in label):
            raise Refused("email")
    return text.encode()


def normal_phone(text, calling_code):
    text = text.strip(TRIM)
    international = text.startswith("+")
    if international:
        text = text[1:].replace("(0)", "", 1)
    digits = ""
    for c in text:
        if c in "0123456789":
            digits += c
        elif c not in " -.()/":
            raise Refused("phone")
    if not digits:
        raise Refused("phone")
    if not international and digits.startswith("00"):
        international, digits = True, digits[2:]
    if not international:
        if calling_code in ("1", "7"):
            if len(digits) == 11 and digits[0] == {"1": "1", "7": "8"}[calling_code]:
                digits = digits[1:]
        elif calling_code != "39" and digits.startswith("0"):
            digits = digits[1:]
        digits = calling_code + digits
    if not 8 <= len(digits) <= 15 or digits[0] == "0" or (digits[0] == "1" and len(digits) != 11):
        raise Refused("phone")
    return ("+" + digits).encode()


def normal_identifier(issuer, value):
    issuer = issuer.strip(TRIM).translate(UPPER_TO_LOWER)
    value = value.replace(" ", "").translate(LOWER_TO_UPPER)
    for part in (issuer, value):
        if not 1 <= len(part.encode()) <= 255 or has_control(part):
            raise Refused("identifier")
    return lp(issuer.encode()) + lp(value.encode())


def blind_index(index_key, tenant, table, column, normal_form):
    column_key = expand(index_key, lp(b"sealbook blind index 1") + lp(tenant) + lp(table.encode())
                        + lp(column.encode()), 32)
    return hmac_module.new(column_key, b"bi1" + normal_form, hashlib.sha256).digest()[:16]
