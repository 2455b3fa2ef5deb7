#!/usr/bin/env python3
"""Writes docs/formats/vectors/audit-log.json with the independent reader; the same bytes each time."""

import sys

sys.dont_write_bytecode = True
import audit_log_reader as reader  # noqa: E402
import sbe1_reader  # noqa: E402
from make_vectors import fixed, write  # noqa: E402

DEK, KEY_ID, TENANT = fixed("audit key", 32), fixed("audit key id", 8), fixed("tenant", 16)
AT = 1795000000000000


def bodies():
    booked = {0: 1, 1: 1, 2: 0, 3: 2, 4: fixed("account", 16), 5: 3, 6: 3, 7: 1, 8: 1, 9: fixed("appointment", 16),
              10: 8, 11: fixed("service", 16), 12: fixed("person", 16), 18: 1, 21: fixed("request", 16), 22: AT}
    listed = {0: 1, 1: 12, 2: 0, 3: 2, 4: fixed("account", 16), 5: 3, 6: 2, 7: 1, 13: 3, 14: b"", 19: 3,
              21: fixed("request 2", 16), 22: AT + 1}
    refused = {0: 1, 1: 50, 2: 1, 3: 1, 16: 1, 20: 41, 22: AT + 2}
    started = {0: 1, 1: 53, 2: 0, 3: 0, 22: AT + 3}
    everything = booked | {2: 2, 15: 1, 16: 6, 17: 2**63 - 1, 18: 2**64 - 1, 19: 2**32 - 1, 20: 2**32 - 1}
    return {"booked": booked, "listed": listed, "refused_anonymous": refused, "instance_started": started,
            "every_member": everything}


def entry(name, body, people):
    salt, entry_id = fixed("salt " + name, 32), fixed("entry " + name, 16)
    plaintext = {1: salt}
    if people:
        set_salt = fixed("set salt " + name, 32)
        body = body | {14: reader.set_commitment(set_salt, people)}
        plaintext |= {3: set_salt, 4: b"".join(sorted(people))}
    encoded = reader.cbor(body)
    plaintext[2] = encoded
    sealed = sbe1_reader.seal(DEK, KEY_ID, 1, reader.place("production", TENANT, entry_id), 1, reader.cbor(plaintext),
                              fixed("seal " + name, 32))
    return {"name": name, "id": entry_id.hex(), "salt": salt.hex(), "body": encoded.hex(),
            "people": [p.hex() for p in sorted(people)], "entry": reader.tree_entry(salt, encoded).hex(),
            "sealed": sealed.hex()}


def vectors():
    people = [fixed(f"person {i}", 16) for i in range(3)]
    entries = [entry(name, body, people if name == "listed" else []) for name, body in bodies().items()]
    tree_entries = [bytes.fromhex(e["entry"]) for e in entries]
    chain, chains, records = bytes(32), [], []
    for i, e in enumerate(entries):
        record = (bytes.fromhex(e["id"]), AT + 10 + i, bytes.fromhex(e["sealed"]))
        records.append(record)
        chain = reader.chain_next(chain, *record)
        chains.append(chain.hex())
    seed, origin = fixed("checkpoint seed", 32), "clinic.example.test/journal"
    tree = reader.tree_root(tree_entries)
    leaf = reader.publication("ten_example", len(entries), tree, chain, AT + 99)
    return {"dek": DEK.hex(), "key_id": KEY_ID.hex(), "generation": 1, "environment": "production",
            "tenant": TENANT.hex(), "entries": entries,
            "entry_bundle": reader.entry_bundle(tree_entries).hex(),
            "body_bundle": reader.body_bundle(bytes(32), records).hex(), "first_sequenced_at": AT + 10,
            "chain": chains, "root": tree.hex(),
            "publication": {"log": "ten_example", "size": len(entries), "published_at": AT + 99, "leaf": leaf.hex()},
            "checkpoint_seed": seed.hex(), "instance_origin": origin,
            "vkey": reader.vkey(origin, reader.public_key(seed)),
            "checkpoint_log": "instance",
            "checkpoint": reader.checkpoint(seed, origin + "/instance", len(entries), tree)}


if __name__ == "__main__":
    write("audit-log.json", vectors())
