#!/usr/bin/env python3
"""exchange.py DIR: opens what the program wrote to DIR/ours.json, writes DIR/theirs.json for it to open.

Run by the program's own test (formats_test.cpp). Exits with 1 at the first difference.
"""

import json
import pathlib
import secrets
import sys

import sbe1_reader as reader


def open_ours(case):
    arguments = (bytes.fromhex(case["dek"]), bytes.fromhex(case["key_id"]), case["generation"], case["context"])
    blob = bytes.fromhex(case["blob"])
    if reader.open_blob(*arguments, blob) != (case["layout"], bytes.fromhex(case["plaintext"])):
        sys.exit("another plaintext")
    at = secrets.randbelow(len(blob))
    changed = blob[:at] + bytes([blob[at] ^ (1 << secrets.randbelow(8))]) + blob[at + 1:]
    try:
        reader.open_blob(*arguments, changed)
    except reader.Refused:
        return
    sys.exit(f"a change of byte {at} was not noticed")


def make_theirs():
    dek, key_id, generation = secrets.token_bytes(32), secrets.token_bytes(8), secrets.randbelow(2**32)
    context = {"environment": secrets.token_hex(secrets.randbelow(33)), "tenant": secrets.token_hex(16),
               "table": secrets.token_hex(secrets.randbelow(17)), "class": secrets.randbelow(5),
               "row_id": secrets.token_hex(secrets.randbelow(65)), "subject_id": secrets.token_hex(secrets.choice((0, 16))),
               "row_version": secrets.randbelow(2**63)}
    layout, plaintext = secrets.randbelow(65536), secrets.token_bytes(secrets.randbelow(secrets.choice((20, 300, 9000))))
    blob = reader.seal(dek, key_id, generation, context, layout, plaintext, secrets.token_bytes(32))
    return {"dek": dek.hex(), "key_id": key_id.hex(), "generation": generation, "context": context,
            "layout": layout, "plaintext": plaintext.hex(), "blob": blob.hex()}


def main():
    folder = pathlib.Path(sys.argv[1])
    ours = [json.loads(line) for line in (folder / "ours.json").read_text().splitlines()]
    for case in ours:
        open_ours(case)
    theirs = [make_theirs() for _ in ours]
    (folder / "theirs.json").write_text("".join(json.dumps(case) + "\n" for case in theirs))
    print(f"opened {len(ours)} blobs, refused {len(ours)} changed ones, wrote {len(theirs)}")
    return 0 if ours else 1


if __name__ == "__main__":
    sys.exit(main())
