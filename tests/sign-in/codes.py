"""Patients sign in with a code by mail: to a verified address, once, and nobody learns whose address is known."""
import email
import email.policy
import os
import re
import statistics
import time

from browser import Browser
from sessions import move

KNOWN, UNKNOWN = "person0@example.test", "nobody@example.test"


class Mail:
    def __init__(self, demo):
        self.folder = demo.ready["mail"]
        self.seen = set(os.listdir(self.folder))

    def code(self, seconds=20):
        """The code of a mail that came since; None when none comes."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for name in sorted(set(os.listdir(self.folder)) - self.seen):
                if not name.endswith(".eml"):
                    continue
                self.seen.add(name)
                with open(f"{self.folder}/{name}", "rb") as file:
                    text = email.message_from_binary_file(file, policy=email.policy.default).get_body(("plain",)).get_content()
                found = re.search(r"\b(\d{8})\b", text)
                if found:
                    return found[1]
            time.sleep(0.2)
        return None


def run(demo, cases, label):
    slug = demo.tenants[0]["slug"]

    def check(name, good, why=""):
        cases.check(f"codes/{label}/{name}", good, why)

    def ask(contact, tenant=slug):
        return Browser(demo.ready["url"], demo.ready["ca"]).post("/v1/session/code", {"tenant": tenant, "contact": contact})

    def verify(code, contact=KNOWN, tenant=slug):
        browser = Browser(demo.ready["url"], demo.ready["ca"])
        return browser, browser.post("/v1/session/code/verify", {"tenant": tenant, "contact": contact, "code": code})

    mail = Mail(demo)
    asked = [ask(KNOWN), ask(UNKNOWN), ask(KNOWN, "no-such-clinic")]
    check("same_answer", {(a.status, a.text) for a in asked} == {(202, "{}")}, [(a.status, a.text) for a in asked])
    code = mail.code()
    check("mailed", code is not None)
    code = code or "00000000"
    wrong = "00000000" if code != "00000000" else "11111111"
    refused = [verify(wrong)[1], verify(wrong, UNKNOWN)[1], verify(code, tenant="no-such-clinic")[1], verify(code, UNKNOWN)[1],
               verify(code, tenant=demo.tenants[1]["slug"])[1]]
    strip = lambda a: (a.status, re.sub(r'"instance":"[^"]*"', "", a.text))
    check("same_refusal", len({strip(a) for a in refused}) == 1 and refused[0].status == 401, [strip(a) for a in refused])
    browser, entered = verify(f"{code[:4]} {code[4:]}")
    told = entered.json or {}
    own = demo.client("patient").get("/v1/me").json["patient_id"]
    check("signs_in", entered.status == 200 and told["method"] == "code" and told["account"]["role"] == "patient"
          and told["patient_id"] == own, entered.text)
    check("cookie", browser.sid and browser.session().status == 200, browser.set_cookies)
    check("once", verify(code)[1].status == 401)

    ask(KNOWN)
    code = mail.code() or "00000000"
    statuses = [verify(wrong)[1].status for _ in range(5)]
    check("locks_at_five", statuses == [401] * 5 and verify(code)[1].status == 401, statuses)

    ask(KNOWN)
    code = mail.code() or "00000000"
    fourth = ask(KNOWN)
    check("three_mails_an_hour", fourth.status == 202 and mail.code(seconds=4) is None, fourth.status)
    move(demo, 601)
    check("ten_minutes", verify(code)[1].status == 401)
    move(demo, 3600)
    times = {contact: [] for contact in (KNOWN, UNKNOWN)}
    for _ in range(12):
        for contact, taken in times.items():
            start = time.monotonic()
            verify("12345678", contact)
            taken.append(time.monotonic() - start)
    known, unknown = (statistics.median(t) for t in times.values())
    check("same_time", abs(known - unknown) < 0.01, f"known {known * 1000:.1f} ms, unknown {unknown * 1000:.1f} ms")
    cross = Browser(demo.ready["url"], demo.ready["ca"]).call("POST", "/v1/session/code", {"tenant": slug, "contact": KNOWN},
                                                              headers={"Sec-Fetch-Site": "cross-site"})
    check("not_by_another_site", cross.status == 403, cross.status)
