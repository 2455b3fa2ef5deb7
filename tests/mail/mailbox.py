"""The mails of a Maildir as their readers see them: by Python's own parser, python3-icalendar and ical.js."""
import email
import email.policy
import json
import os
import pathlib
import re
import subprocess
import time
import unittest.mock

import dkim

HERE = pathlib.Path(__file__).resolve().parent


class Mail:
    def __init__(self, raw):
        self.raw = raw
        self.message = email.message_from_bytes(raw, policy=email.policy.default)
        self.to = self.message["Delivered-To"]
        self.subject = self.message["Subject"]
        self.kind = kind_of(self.subject)
        body = self.message.get_body(("plain",))
        self.text = body.get_content() if body else ""
        self.calendars = [part.get_payload(decode=True).decode() for part in self.message.walk()
                          if part.get_content_type() == "text/calendar"]

    @property
    def link(self):
        found = re.search(r"https://\S+/l/\S+", self.text)
        return found and found[0]

    @property
    def code(self):
        found = re.search(r"\b(\d{4})[ -]?(\d{4})\b", self.text)
        return found and found[1] + found[2]


SUBJECTS = {"Your code": "code", "Su código": "code", "A confirmation": "confirmation", "Una confirmación": "confirmation",
            "A change": "change", "Un cambio": "change", "A cancellation": "cancellation", "Una cancelación": "cancellation",
            "A reminder": "reminder", "Un recordatorio": "reminder", "A message": "invitation", "Un mensaje": "invitation"}


def kind_of(subject):
    return next((kind for start, kind in SUBJECTS.items() if subject.startswith(start)), "other")


class Mailbox:
    def __init__(self, postfix):
        self.folder = postfix.mail / "inbox" / "new"
        self.read, self.forgotten = {}, set()

    def forget(self, quiet_s=3):
        """What is there already, once something came and nothing more comes."""
        count, since = 0, time.monotonic()
        while time.monotonic() - since < (quiet_s if count else 60):
            there = {path.name for path in self.folder.glob("*")}
            if len(there) != count:
                count, since = len(there), time.monotonic()
            time.sleep(0.2)
        self.forgotten = there

    def mails(self):
        for path in self.folder.glob("*"):
            if path.name not in self.read and path.name not in self.forgotten:
                self.read[path.name] = (path.stat().st_mtime_ns, Mail(path.read_bytes()))
        return [mail for _, mail in sorted(self.read.values(), key=lambda pair: pair[0])]

    def of(self, address, kind=None):
        return [m for m in self.mails() if m.to == address and kind in (None, m.kind)]

    def wait(self, count, kind, seconds=120, to=None):
        """Until there are so many of a kind; answers what there is then."""
        until = time.monotonic() + seconds
        while True:
            found = [m for m in self.mails() if m.kind == kind and to in (None, m.to)]
            if len(found) >= count or time.monotonic() > until:
                return found
            time.sleep(0.2)


def verified(mail, records, now):
    """Both signatures, by dkimpy, with the clinic's clock: it refuses those of the future."""
    try:
        with unittest.mock.patch("dkim.time.time", lambda: now.timestamp()):
            return both_verified(mail, records)
    except (dkim.DKIMException, ValueError):
        return False


def both_verified(mail, records):
    def look_up(name, timeout=5):
        return records.get(name.decode() if isinstance(name, bytes) else name)

    return all(dkim.DKIM(mail.raw).verify(idx=n, dnsfunc=look_up) for n in (0, 1))


def read_with_icalendar(text):
    import icalendar
    calendar = icalendar.Calendar.from_ical(text)
    event = next(c for c in calendar.subcomponents if c.name == "VEVENT")
    return {"method": str(calendar["METHOD"]), "uid": str(event["UID"]), "sequence": int(event["SEQUENCE"]),
            "status": str(event["STATUS"]), "starts": int(event["DTSTART"].dt.timestamp()), "ends": int(event["DTEND"].dt.timestamp()),
            "summary": str(event["SUMMARY"]), "location": str(event.get("LOCATION", "")),
            "shape": [c.name for c in calendar.walk()], "names": sorted(name for name, _ in event.property_items(recursive=False))}


def read_with_ical_js(texts, folder):
    asked = pathlib.Path(folder) / "calendars-asked"
    asked.write_text("".join(json.dumps({"ics": text}) + "\n" for text in texts))
    done = subprocess.run(["node", str(HERE.parent / "calendar" / "ical.mjs"), str(asked)], capture_output=True, text=True,
                          cwd=os.getcwd())
    return [json.loads(line) for line in done.stdout.split("\n") if line]
