"""Writes and reads the journal's formats, from docs/formats/audit-log.md alone.

It shares nothing with the program but the page. Needs Python's `cryptography`.
"""

import base64
import hashlib
import struct

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import sbe1_reader


class Refused(Exception):
    pass


def sha256(data):
    return hashlib.sha256(data).digest()


# ---- CBOR, as far as bodies need it ----

def head(major, value):
    for size, code in ((0, None), (1, 24), (2, 25), (4, 26), (8, 27)):
        if code is None and value < 24:
            return bytes([major << 5 | value])
        if code is not None and value < 1 << 8 * size:
            return bytes([major << 5 | code]) + value.to_bytes(size, "big")
    raise ValueError("too large")


def cbor(value):
    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    return head(5, len(value)) + b"".join(cbor(k) + cbor(value[k]) for k in sorted(value))


def read_cbor(data):
    """The map, when the bytes are its one encoding."""
    at = 0

    def take(size):
        nonlocal at
        at += size
        if at > len(data):
            raise Refused("torn")
        return data[at - size:at]

    def item():
        first = take(1)[0]
        major, low = first >> 5, first & 31
        value = low if low < 24 else int.from_bytes(take(1 << low - 24), "big")
        if major == 0:
            return value
        if major == 2:
            return take(value)
        if major == 5:
            return {item(): item() for _ in range(value)}
        raise Refused("another type")

    value = item()
    if at != len(data) or cbor(value) != data:
        raise Refused("not the one encoding")
    return value


# ---- entries ----

def set_commitment(salt, ids):
    return sha256(b"sbal1 set" + salt + b"".join(sorted(set(ids))))


def tree_entry(salt, body):
    return b"sbal1" + sha256(b"sbal1 body" + salt + body)


def place(environment, tenant, entry_id):
    return {"environment": environment, "tenant": tenant.hex(), "table": "journal", "class": 3,
            "row_id": entry_id.hex(), "subject_id": "", "row_version": 1}


def open_entry(dek, key_id, generation, environment, tenant, entry_id, entry, sealed):
    """(body, ids of the people), or Refused."""
    layout, plaintext = sbe1_reader.open_blob(dek, key_id, generation, place(environment, tenant, entry_id), sealed)
    parts = read_cbor(plaintext)
    if layout != 1 or sorted(parts) not in ([1, 2], [1, 2, 3, 4]):
        raise Refused("layout")
    if tree_entry(parts[1], parts[2]) != entry:
        raise Refused("not the body of this entry")
    body = read_cbor(parts[2])
    ids = [parts[4][i:i + 16] for i in range(0, len(parts[4]), 16)] if 4 in parts else []
    if 14 in body and (len(ids) != body[13] or set_commitment(parts[3], ids) != body[14] or sorted(set(ids)) != ids):
        raise Refused("another set of people")
    if 14 not in body and ids:
        raise Refused("a list that is not committed to")
    return body, ids or ([body[12]] if 12 in body else [])


# ---- trees, bundles, chains ----

def root(leaves):
    if len(leaves) == 0:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + root(leaves[:k]) + root(leaves[k:]))


def tree_root(entries):
    return root([sha256(b"\x00" + entry) for entry in entries])


def entry_bundle(entries):
    return b"".join(struct.pack(">H", len(entry)) + entry for entry in entries)


def chain_next(chain, entry_id, sequenced_at, sealed):
    return sha256(b"sbac1" + chain + entry_id + struct.pack(">Q", sequenced_at) + sha256(sealed))


def body_bundle(chain, records):
    return chain + b"".join(b"\x01" + entry_id + struct.pack(">QI", at, len(sealed)) + sealed
                            for entry_id, at, sealed in records)


def publication(log, size, tree, chain, at):
    return b"sbll1" + bytes([len(log)]) + log.encode() + struct.pack(">Q", size) + tree + chain + struct.pack(">Q", at)


# ---- notes ----

def public_key(seed):
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(name, key):
    return sha256(name.encode() + b"\n\x01" + key)[:4]


def vkey(name, key):
    return f"{name}+{key_id(name, key).hex()}+{base64.b64encode(bytes([1]) + key).decode()}"


def checkpoint(seed, origin, size, tree):
    text = f"{origin}\n{size}\n{base64.b64encode(tree).decode()}\n"
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(text.encode())
    blob = key_id(origin, public_key(seed)) + signature
    return f"{text}\n\u2014 {origin} {base64.b64encode(blob).decode()}\n"


def check_checkpoint(note, origin, key):
    text, _, line = note.rpartition("\n\n")
    blob = base64.b64decode(line.split(" ")[2])
    if line.split(" ")[1] != origin or blob[:4] != key_id(origin, key):
        raise Refused("another key")
    Ed25519PublicKey.from_public_bytes(key).verify(blob[4:], (text + "\n").encode())
    name, size, tree = (text + "\n").split("\n")[:3]
    return name, int(size), base64.b64decode(tree)
