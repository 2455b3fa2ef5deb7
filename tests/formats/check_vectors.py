"""Checks docs/formats/vectors/*.json with the independent reader; counts what it checked."""

import json
import pathlib

import audit_log_reader
import link_reader
import sbe1_reader as reader

VECTORS = pathlib.Path(__file__).resolve().parents[2] / "docs" / "formats" / "vectors"


def of_case(case):
    return (bytes.fromhex(case["dek"]), bytes.fromhex(case["key_id"]), case["generation"], case["context"],
            bytes.fromhex(case["blob"]))


def sbe1():
    vectors = json.loads((VECTORS / "sbe1.json").read_text())
    for case in vectors["valid"]:
        dek, key_id, generation, context, blob = of_case(case)
        plaintext = bytes.fromhex(case["plaintext"])
        if reader.open_blob(dek, key_id, generation, context, blob) != (case["layout"], plaintext):
            raise AssertionError(case["name"] + ": another plaintext")
        if reader.seal(dek, key_id, generation, context, case["layout"], plaintext, bytes.fromhex(case["salt"])) != blob:
            raise AssertionError(case["name"] + ": another blob")
    for case in vectors["invalid"]:
        try:
            reader.open_blob(*of_case(case))
        except reader.Refused:
            continue
        raise AssertionError(case["name"] + ": was not refused")
    return len(vectors["valid"]) + len(vectors["invalid"])


def keyring():
    vectors = json.loads((VECTORS / "keyring.json").read_text())
    root = bytes.fromhex(vectors["root_key"])
    if reader.key_file_provider_id(root) != vectors["provider_id"]:
        raise AssertionError("provider id")
    if reader.keyring_page_key(root, vectors["environment"]).hex() != vectors["page_key"]:
        raise AssertionError("page key")
    for case in vectors["wraps"]:
        make = reader.context_under_root_key if case["under"] == "root" else reader.context_under_tenant_key
        context = make(case["environment"], bytes.fromhex(case["tenant"]), case["purpose"],
                       bytes.fromhex(case["key_id"]), case["generation"])
        if reader.unwrap(bytes.fromhex(case["wrapping_key"]), context, bytes.fromhex(case["wrapped"])).hex() != case["key"]:
            raise AssertionError(case["name"] + ": another key")
    return len(vectors["wraps"]) + 2


def blind_index():
    vectors = json.loads((VECTORS / "blind-index.json").read_text())
    calls = {"email": reader.normal_email, "phone": reader.normal_phone, "identifier": reader.normal_identifier}
    for case in vectors["cases"]:
        normal = calls[case["column"]](*case["given"])
        value = reader.blind_index(bytes.fromhex(vectors["index_key"]), bytes.fromhex(vectors["tenant"]),
                                   vectors["table"], case["column"], normal)
        if (normal.hex(), value.hex()) != (case["normal"], case["value"]):
            raise AssertionError(f"{case['column']} {case['given']}")
    for case in vectors["refused"]:
        try:
            calls[case["column"]](*case["given"])
        except reader.Refused:
            continue
        raise AssertionError(f"{case['column']} {case['given']} was not refused")
    return len(vectors["cases"]) + len(vectors["refused"])


def link():
    vectors = json.loads((VECTORS / "link.json").read_text())
    key = link_reader.link_key(bytes.fromhex(vectors["tenant_key"]))
    if key.hex() != vectors["link_key"]:
        raise AssertionError("link key")
    for case in vectors["links"]:
        text = link_reader.text_of(key, bytes.fromhex(case["id"]))
        if (text, link_reader.hash_of(text).hex()) != (case["text"], case["hash"]):
            raise AssertionError("link " + case["id"])
    for case in vectors["codes"]:
        if link_reader.code_of(key, bytes.fromhex(case["link"]), bytes.fromhex(case["id"])) != case["digits"]:
            raise AssertionError("code " + case["id"])
    for case in vectors["proofs"]:
        made = link_reader.challenge(key, case["bits"], case["expiry"], bytes.fromhex(case["nonce"]))
        if made != case["challenge"] or not link_reader.solves(key, made, case["solution"], vectors["now"]):
            raise AssertionError(f"proof of {case['bits']} bits")
    for case in vectors["refused"]:
        if link_reader.solves(key, case["challenge"], case["solution"], vectors["now"]):
            raise AssertionError(case["name"] + ": was not refused")
    return sum(len(vectors[part]) for part in ("links", "codes", "proofs", "refused"))


def audit_log():
    vectors = json.loads((VECTORS / "audit-log.json").read_text())
    dek, key_id, tenant = (bytes.fromhex(vectors[name]) for name in ("dek", "key_id", "tenant"))
    chain, records = bytes(32), []
    for i, case in enumerate(vectors["entries"]):
        entry_id, entry, sealed = (bytes.fromhex(case[name]) for name in ("id", "entry", "sealed"))
        body, people = audit_log_reader.open_entry(dek, key_id, 1, vectors["environment"], tenant, entry_id, entry, sealed)
        if audit_log_reader.cbor(body).hex() != case["body"]:
            raise AssertionError(case["name"] + ": another body")
        if case["people"] and [p.hex() for p in people] != case["people"]:
            raise AssertionError(case["name"] + ": other people")
        records.append((entry_id, vectors["first_sequenced_at"] + i, sealed))
        chain = audit_log_reader.chain_next(chain, *records[-1])
        if chain.hex() != vectors["chain"][i]:
            raise AssertionError(case["name"] + ": another chain")
    entries = [bytes.fromhex(case["entry"]) for case in vectors["entries"]]
    public = audit_log_reader.public_key(bytes.fromhex(vectors["checkpoint_seed"]))
    origin = vectors["instance_origin"] + "/" + vectors["checkpoint_log"]
    expected = (origin, len(entries), audit_log_reader.tree_root(entries))
    if audit_log_reader.check_checkpoint(vectors["checkpoint"], origin, public) != expected:
        raise AssertionError("checkpoint")
    if audit_log_reader.body_bundle(bytes(32), records).hex() != vectors["body_bundle"]:
        raise AssertionError("bundle of bodies")
    return len(entries) + 2


CHECKS = {"sbe1_vectors": sbe1, "keyring_vectors": keyring, "blind_index_vectors": blind_index,
          "link_vectors": link, "audit_log_vectors": audit_log}
