#!/usr/bin/env python3
"""Writes docs/formats/vectors/*.json with the independent reader: ./tests/formats/make_vectors.py

Every input is fixed, so that two runs write the same files. The program's tests read them.
"""

import hashlib
import json
import pathlib

import link_reader
import sbe1_reader as reader

VECTORS = pathlib.Path(__file__).resolve().parents[2] / "docs" / "formats" / "vectors"


def fixed(label, size):
    """Bytes that look random and are the same each time."""
    return hashlib.shake_256(label.encode()).digest(size)


DEK = fixed("dek", 32)
KEY_ID = fixed("key id", 8)
PERSON = fixed("person", 16)
CONTEXT = {"environment": "production", "tenant": fixed("tenant", 16).hex(), "table": "patients", "class": 2,
           "row_id": PERSON.hex(), "subject_id": PERSON.hex(), "row_version": 7}


def sbe1_case(name, size, context=CONTEXT, layout=1, generation=1):
    plaintext, salt = fixed("plaintext " + name, size), fixed("salt " + name, 32)
    blob = reader.seal(DEK, KEY_ID, generation, context, layout, plaintext, salt)
    return {"name": name, "dek": DEK.hex(), "key_id": KEY_ID.hex(), "generation": generation, "context": context,
            "layout": layout, "plaintext": plaintext.hex(), "salt": salt.hex(), "blob": blob.hex()}


def sbe1_valid():
    sizes = [0, 1, 12, 13, 28, 29, 60, 61, 256, 4092, 4093, 8188, 8189]
    cases = [sbe1_case(f"{size} bytes", size) for size in sizes]
    cases.append(sbe1_case("about nobody", 40, CONTEXT | {"table": "services", "class": 1, "subject_id": ""}))
    cases.append(sbe1_case("of the instance", 40, CONTEXT | {"tenant": "00" * 16, "subject_id": ""}))
    cases.append(sbe1_case("largest numbers", 40, CONTEXT | {"row_version": 2**63 - 1, "class": 4}, 65535, 2**32 - 1))
    return cases


def flipped(blob, at):
    return blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1:]


def resealed_with(padded, commitment=None):
    """A blob with a right tag around something that seal() would not write."""
    salt = fixed("hostile salt", 32)
    key, right = reader.record_keys(DEK, 1, KEY_ID, 1, salt)
    header = bytes([0x53, 1, 1, 0, 1]) + KEY_ID + (1).to_bytes(4, "big") + salt + (commitment or right)
    return header + reader.AESGCM(key).encrypt(reader.NONCE, padded, reader.associated_data(CONTEXT, header))


def sbe1_invalid():
    base = sbe1_case("base of the invalid ones", 20)
    blob = bytes.fromhex(base["blob"])
    def case(name, blob=blob, context=CONTEXT, dek=DEK, generation=1):
        return base | {"name": name, "blob": blob.hex(), "context": context, "dek": dek.hex(), "generation": generation}
    for case_ in (base,):
        for member in ("layout", "plaintext", "salt"):
            case_.pop(member)
    places = {"magic": 0, "version": 1, "suite": 2, "layout": 4, "key id": 5, "generation": 16, "salt": 17,
              "commitment": 49, "ciphertext": 81, "tag": len(blob) - 1}
    cases = [case(name + " changed", flipped(blob, at)) for name, at in places.items()]
    cases += [case("cut by a byte", blob[:-1]), case("cut to the header", blob[:81]), case("empty", b""),
              case("a byte more", blob + b"\0"), case("a bucket more", blob + bytes(32))]
    moved = {"environment": "staging", "tenant": fixed("other tenant", 16).hex(), "table": "patient", "class": 3,
             "row_id": fixed("other row", 16).hex(), "subject_id": fixed("other person", 16).hex(), "row_version": 8}
    cases += [case("moved: " + part, context=CONTEXT | {part: value}) for part, value in moved.items()]
    shifted = CONTEXT | {"environment": "productio", "table": "npatients"}
    cases.append(case("moved: a letter from one part to the next", context=shifted))
    cases.append(case("another key of the same name", dek=fixed("other dek", 32)))
    cases.append(case("another generation in hand", generation=2))
    length = (20).to_bytes(4, "big")
    cases.append(case("padding that is not zero", resealed_with(length + bytes(20) + b"\1" + bytes(7))))
    cases.append(case("length beyond the padding", resealed_with((29).to_bytes(4, "big") + bytes(28))))
    cases.append(case("length that fits a smaller bucket", resealed_with((12).to_bytes(4, "big") + bytes(28))))
    cases.append(case("padded to no bucket", resealed_with(length + bytes(44))))
    cases.append(case("commitment to another key", resealed_with(length + bytes(28), fixed("other", 32))))
    return cases


def keyring():
    root, tenant_key, tenant = fixed("root", 32), fixed("tenant key", 32), fixed("tenant", 16)
    cases = []
    for purpose, name in ((1, "instance_audit"), (2, "checkpoint_signing"), (3, "store_pages"), (16, "tenant_key")):
        owner = tenant if purpose == 16 else bytes(16)
        key_id, key, salt = fixed(name + " id", 8), fixed(name, 32), fixed(name + " salt", 32)
        context = reader.context_under_root_key("production", owner, purpose, key_id, 1)
        cases.append({"name": name, "wrapping_key": root.hex(), "under": "root", "environment": "production",
                      "tenant": owner.hex(), "purpose": purpose, "key_id": key_id.hex(), "generation": 1,
                      "key": key.hex(), "wrapped": reader.wrap(root, context, key, salt).hex()})
    for purpose, name in ((17, "audit"), (21, "blind_index"), (32, "person")):
        key_id, key, salt = fixed(name + " id", 8), fixed(name, 32), fixed(name + " salt", 32)
        context = reader.context_under_tenant_key("production", tenant, purpose, key_id, 3)
        cases.append({"name": name, "wrapping_key": tenant_key.hex(), "under": "tenant_key",
                      "environment": "production", "tenant": tenant.hex(), "purpose": purpose,
                      "key_id": key_id.hex(), "generation": 3, "key": key.hex(),
                      "wrapped": reader.wrap(tenant_key, context, key, salt).hex()})
    return {"root_key": root.hex(), "provider_id": reader.key_file_provider_id(root),
            "environment": "production", "page_key": reader.keyring_page_key(root, "production").hex(), "wraps": cases}


EMAILS = ["someone@example.test", "  Some.One+tag@Example.TEST\r\n", "j\u00f6rg@example.test",
          "o'neil@xn--mnchen-3ya.example.test", "a@b.c", "x" * 64 + "@example.test"]
BAD_EMAILS = ["", "@", "someone", "@example.test", "someone@", "a@b@example.test", "someone@example",
              "someone@m\u00fcnchen.example.test", "some one@example.test", "\"x\"@example.test", "someone@-x.test",
              "someone@x-.test", "someone@example..test", "someone@example.test.", "x" * 65 + "@example.test",
              "someone@" + "x" * 64 + ".test", "a\u007f@example.test", "someone@" + "x." * 130 + "test"]
PHONES = [("+1 (202) 555-0143", "34"), ("202.555.0143", "1"), ("1-202-555-0143", "1"), ("0044 20 7946 0018", "1"),
          ("+44 (0)20 7946 0018", "1"), ("020 7946 0018", "44"), ("912 55 01 23", "34"), ("06 5550 0123", "39"),
          ("8 912 555-01-23", "7"), (" +4930/5550123 ", "1"), ("+34912550123", "34")]
BAD_PHONES = [("", "1"), ("+", "1"), ("555-0143", "1"), ("202-555-0143 x12", "1"), ("+1 202 555 014", "1"),
              ("call me", "1"), ("++12025550143", "1"), ("12 025 550 143+", "1"), ("+0202555014", "1"),
              ("+1234567890123456", "1"), ("+3491255", "34"), ("\u0662\u0660\u0662 555 0143", "1"), ("00", "1")]
IDENTIFIERS = [("Harbour Clinic", "mrn 0012-34"), (" urn:example:MRN ", "A1"), ("a", "b\u00e9 c")]
BAD_IDENTIFIERS = [("", "1"), ("x", ""), ("x", "   "), ("x\u0001", "1"), ("x", "1\t2"), ("x" * 256, "1")]


def refused(call, *args):
    try:
        call(*args)
    except reader.Refused:
        return True
    return False


def blind_index():
    index_key, tenant = fixed("index key", 32), fixed("tenant", 16)
    cases = []
    def add(column, given, normal):
        value = reader.blind_index(index_key, tenant, "patients", column, normal)
        cases.append({"column": column, "given": given, "normal": normal.hex(), "value": value.hex()})
    for text in EMAILS:
        add("email", [text], reader.normal_email(text))
    for text, code in PHONES:
        add("phone", [text, code], reader.normal_phone(text, code))
    for issuer, value in IDENTIFIERS:
        add("identifier", [issuer, value], reader.normal_identifier(issuer, value))
    bad = [{"column": "email", "given": [text]} for text in BAD_EMAILS]
    bad += [{"column": "phone", "given": list(pair)} for pair in BAD_PHONES]
    bad += [{"column": "identifier", "given": list(pair)} for pair in BAD_IDENTIFIERS]
    calls = {"email": reader.normal_email, "phone": reader.normal_phone, "identifier": reader.normal_identifier}
    for case in bad:
        assert refused(calls[case["column"]], *case["given"]), case
    return {"index_key": index_key.hex(), "tenant": tenant.hex(), "table": "patients", "cases": cases, "refused": bad}


NOW = 1_800_000_000  # seconds


def solved(key, text):
    return next(str(n) for n in range(1 << 24) if link_reader.solves(key, text, str(n), NOW))


def link():
    key = link_reader.link_key(fixed("tenant key", 32))
    links, codes, proofs = [], [], []
    for n in range(4):
        link_id = fixed(f"link {n}", 16)
        text = link_reader.text_of(key, link_id)
        links.append({"id": link_id.hex(), "text": text, "hash": link_reader.hash_of(text).hex()})
    # One that begins with a nought, so that the eight digits are seen to be kept.
    first = next(n for n in range(1000) if link_reader.code_of(key, fixed("link 0", 16), fixed(f"code {n}", 16))[0] == "0")
    for n, code in [(0, 0), (0, first), (1, 0), (1, 1)]:
        link_id, code_id = fixed(f"link {n}", 16), fixed(f"code {code}", 16)
        codes.append({"link": link_id.hex(), "id": code_id.hex(), "digits": link_reader.code_of(key, link_id, code_id)})
    for bits in (0, 8, 12, 16):
        nonce = fixed(f"nonce {bits}", 16)
        text = link_reader.challenge(key, bits, NOW + 600, nonce)
        proofs.append({"bits": bits, "expiry": NOW + 600, "nonce": nonce.hex(), "challenge": text, "solution": solved(key, text)})
    strong = proofs[-1]
    weak = next(str(n) for n in range(100) if link_reader.zero_bits(strong["challenge"], n) < strong["bits"])
    other = link_reader.challenge(link_reader.link_key(fixed("other tenant key", 32)), 0, NOW + 600, fixed("nonce 0", 16))
    late = link_reader.challenge(key, 0, NOW, fixed("nonce 0", 16))
    good = proofs[0]["challenge"]
    changed = good[:3] + ("A" if good[3] != "A" else "B") + good[4:]
    refused_ones = [["too little work", strong["challenge"], weak], ["no solution", good, ""],
                    ["not a number", good, "0x1"], ["a sign", good, "+1"], ["too long", good, "0" * 21],
                    ["of another tenant", other, "1"], ["run out at this second", late, "1"],
                    ["a byte changed", changed, "1"], ["cut", good[:-4], "1"], ["longer", good + "AAAA", "1"],
                    ["no base64url", good[:-1] + "!", "1"], ["empty", "", "1"]]
    for name, text, solution in refused_ones:
        assert not link_reader.solves(key, text, solution, NOW), name
    return {"tenant_key": fixed("tenant key", 32).hex(), "link_key": key.hex(), "now": NOW, "links": links, "codes": codes,
            "proofs": proofs, "refused": [{"name": n, "challenge": c, "solution": s} for n, c, s in refused_ones]}


def write(name, content):
    VECTORS.mkdir(exist_ok=True)
    (VECTORS / name).write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    write("sbe1.json", {"valid": sbe1_valid(), "invalid": sbe1_invalid()})
    write("keyring.json", keyring())
    write("blind-index.json", blind_index())
    write("link.json", link())
