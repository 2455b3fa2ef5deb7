"""DKIM signatures verified by dkimpy, and refused by it after one changed byte."""
import re

import dkim

import servers
from instance import Instance, dkim_keys


def run(cases, work, authority):
    folder = work / "dkim-mail"
    folder.mkdir()
    rsa, ed25519 = dkim_keys(folder)
    instance = Instance(work / "dkim", folder=folder, dkim_selector="s1", dkim_key=rsa, dkim_ed25519_selector="s2",
                        dkim_ed25519_key=ed25519)
    sent = instance.send()
    cases.check("dkim/sent", sent["verdict"] == "accepted", sent)
    files = list(folder.glob("*.eml"))
    cases.check("dkim/one-file", len(files) == 1 and files[0].stat().st_mode & 0o777 == 0o600, files)
    records = {c["record"]["name"] + ".": c["record"]["text"].encode()
               for c in instance.dns("--resolver", f"127.0.0.1:{servers.free_port()}")["checks"] if c["id"].startswith("dkim")}
    message = files[0].read_bytes()
    cases.check("dkim/two-signatures", len(re.findall(rb"^DKIM-Signature:", message, re.M)) == 2)
    for number, kind in enumerate(("rsa-sha256", "ed25519-sha256")):
        cases.check(f"dkim/{kind}/verified", verified(message, number, records))
        for name, changed in changes(message):
            cases.check(f"dkim/{kind}/refused/{name}", changed != message and not verified(changed, number, records))
    unsigned = message[message.index(b"From:"):]
    cases.check("dkim/without-a-signature-nothing-is-verified", not verified(unsigned, 0, records) and verified(message, 0, records))
    swapped = {name: records[other] for name, other in zip(records, reversed(list(records)))}
    cases.check("dkim/another-key-is-refused", not verified(message, 0, swapped))
    return rsa, ed25519


def verified(message, number, records):
    try:
        return dkim.DKIM(message).verify(idx=number, dnsfunc=lambda name, timeout=5: records.get(
            name.decode() if isinstance(name, bytes) else name))
    except (dkim.DKIMException, ValueError):
        return False


def changes(message):
    """One changed byte each, and a second field of those that are signed once more than they occur."""
    head, body = message.split(b"\r\n\r\n", 1)

    def flip(text, pattern):
        at = re.search(pattern, text).end()
        return text[:at] + bytes([text[at] ^ 1]) + text[at + 1:]

    for field in (b"From", b"To", b"Subject", b"Date", b"Message-ID", b"MIME-Version", b"Content-Type", b"Content-Language",
                  b"Auto-Submitted"):
        yield "changed-" + field.decode().lower(), flip(head, rb"(?:^|\n)" + field + rb": .") + b"\r\n\r\n" + body
    yield "changed-body", head + b"\r\n\r\n" + body[:5] + bytes([body[5] ^ 1]) + body[6:]
    yield "longer-body", message + b"more\r\n"
    for field in (b"From: other@example.test", b"To: other@example.test", b"Subject: other"):
        yield "second-" + field.split(b":")[0].decode().lower(), field + b"\r\n" + message
