"""Messages, vendors and tasks over the API: what was sent, who wants none, what there is to do."""
import email
import email.policy
import glob
import time

# Cells by hand.  super adm sched front prov bill audit patient
TABLE = {
    "template.vendor": "-  y  -  -  -  -  -  -",   # vendor.manage
    "policy.change":   "-  y  -  -  -  -  -  -",
    "message.view":    "-  y  y  y  -  -  -  own",
    "task.manage":     "-  y  y  y  -  -  -  -",
    "patient.block":   "-  y  y  y  -  -  -  own",  # patient.change
}

# What the program does by itself beside the calls of a test.
BACKGROUND = {"message.claimed", "message.sent", "message.refused", "message.withdrawn", "message.bounced",
              "contact.suspended", "task.opened"}

NOBODY = "tsk_" + "0" * 26


def email_of(admin, patient):
    contacts = admin.get(f"/v1/patients/{patient}").json["contacts"]
    return next(c["value"] for c in contacts if c["kind"] == "email")


def operations(world):
    """For the matrix: permission -> operations, (client) -> answer."""
    address = lambda: email_of(world.admin, world.patient)

    def settings(c):
        seen = world.admin.get("/v1/settings/messages")
        return c.call("PATCH", "/v1/settings/messages", {"quiet_from": "22:00"}, headers={"If-Match": seen.headers["etag"]})

    def end(c):
        answer = c.call("DELETE", "/v1/vendors/letter/agreement")
        world.admin.post("/v1/vendors/letter/agreement", {"kind": "dpa", "region": "DE"})
        return answer

    world.admin.post("/v1/vendors/letter/agreement", {"kind": "dpa", "region": "DE"})
    return {
        "template.vendor": {"getVendor": lambda c: c.get("/v1/vendors/smtp"),
                            "listVendors": lambda c: c.get("/v1/vendors"),
                            "recordAgreement": lambda c: c.post("/v1/vendors/sms/agreement", {"kind": "dpa", "region": "DE"}),
                            "endAgreement": end},
        "policy.change": {"getMessageSettings": lambda c: c.get("/v1/settings/messages"),
                          "changeMessageSettings": settings,
                          "getReminders": lambda c: c.get("/v1/settings/reminders"),
                          "changeReminders": lambda c: c.call("PUT", "/v1/settings/reminders", {"rules": [{"days": 2}]}),
                          "getServiceReminders": lambda c: c.get(f"/v1/services/{world.service}/reminders"),
                          "changeServiceReminders": lambda c: c.call("PUT", f"/v1/services/{world.service}/reminders",
                                                                     {"rules": [{"days": 1}, {"minutes": 120}]})},
        "message.view": {"listMessages": lambda c: c.get(f"/v1/messages?patient_id={world.patient}")},
        "task.manage": {"listTasks": lambda c: c.get("/v1/tasks")},
        "patient.block": {"optOut": lambda c: c.post(f"/v1/patients/{world.patient}/opt-out", {"contact": address()}),
                          "optIn": lambda c: c.post(f"/v1/patients/{world.patient}/opt-in", {"contact": address()}),
                          "chooseMessageDetail": lambda c: c.call("PUT", f"/v1/patients/{world.patient}/message-detail",
                                                                  {"detail": "neutral"})},
    }


def refuse_one(done, demo, admin, patient, service, find_offers):
    """A message that may not leave, so that there is a task: the agreement ends, the patient books."""
    own = demo.client("patient")
    done("agreement.ended", admin.call("DELETE", "/v1/vendors/smtp/agreement"))
    every = "/v1/appointments?from=2026-01-01T00:00:00Z&to=2028-01-01T00:00:00Z&limit=200"
    visits = done("appointment.listed", own.get(every)).json["appointments"]
    free = [o for o in find_offers(own, service, limit=60)
            if all(o["ends_at"] <= v["starts_at"] or v["ends_at"] <= o["starts_at"] for v in visits)]
    done("appointment.booked", own.post("/v1/appointments", {"offer": free[-1]["offer"], "patient_id": patient}))
    wait = lambda: done("task.viewed", admin.get("/v1/tasks?kind=refused_send")).json["tasks"]
    tasks = wait_for(wait, 20, pause=2)
    done("agreement.recorded", admin.post("/v1/vendors/smtp/agreement", {"kind": "baa", "region": "DE"}))
    return tasks


def cover(done, demo, admin, patient, service, find_offers):
    """For the coverage: each operation that changes or shows something, once."""
    seen = admin.get("/v1/settings/messages")
    done("settings.changed", admin.call("PATCH", "/v1/settings/messages", {"quiet_until": "07:30"},
                                        headers={"If-Match": seen.headers["etag"]}))
    done("reminders.changed", admin.call("PUT", f"/v1/services/{service}/reminders", {"rules": [{"days": 1}]}))
    done("reminders.changed", admin.call("PUT", "/v1/settings/reminders", {"rules": [{"days": 1}, {"days": 4}]}))
    done("agreement.recorded", admin.post("/v1/vendors/voice/agreement", {"kind": "baa", "region": "US"}))
    done("agreement.ended", admin.call("DELETE", "/v1/vendors/voice/agreement"))
    shown = done("patient.viewed", admin.get(f"/v1/patients/{patient}"))
    address = next(c["value"] for c in shown.json["contacts"] if c["kind"] == "email")
    done("contact.opted_out", admin.post(f"/v1/patients/{patient}/opt-out", {"contact": address}))
    done("contact.opted_in", admin.post(f"/v1/patients/{patient}/opt-in", {"contact": address}))
    done("patient.changed", admin.call("PUT", f"/v1/patients/{patient}/message-detail", {"detail": "neutral"}))
    done("message.viewed", admin.get(f"/v1/messages?patient_id={patient}"))
    tasks = refuse_one(done, demo, admin, patient, service, find_offers)
    if not tasks:
        return  # then task.changed is missing, and the coverage says so
    seen = done("task.viewed", admin.get(f"/v1/tasks/{tasks[0]['id']}"))
    done("task.changed", admin.call("PATCH", f"/v1/tasks/{tasks[0]['id']}", {"tried": True, "note": "Rang."},
                                    headers={"If-Match": seen.headers["etag"]}))


def wait_for(look, seconds=45, pause=0.5):
    ends = time.time() + seconds
    while time.time() < ends:
        found = look()
        if found:
            return found
        time.sleep(pause)
    return None


def mails_to(demo, address):
    """The mails that the demo caught for an address, oldest first, read by Python's own parser."""
    found = []
    for path in sorted(glob.glob(f"{demo.ready['mail']}/**/*.eml", recursive=True)):
        with open(path, "rb") as file:
            mail = email.message_from_binary_file(file, policy=email.policy.default)
        if address in str(mail["To"]):
            found.append(mail)
    return found


def one_click(demo, check, admin, patient, address):
    """FIELD section 2, line 19: who only looks at a link changes nothing; a POST without a cookie does."""
    mails = wait_for(lambda: mails_to(demo, address), 20)
    check("the_mail_was_caught", bool(mails))
    if not mails:
        return
    path = "/u/" + str(mails[0]["List-Unsubscribe"]).split("/u/")[1].split(">")[0]
    check("the_mail_asks_for_a_post", mails[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click", mails[0].items())
    scanner = demo.anonymous()
    looks = [scanner.call(method, path) for method in ("GET", "HEAD") * 25]
    check("scanners_are_shown_a_page", all(a.status == 200 for a in looks), {a.status for a in looks})
    click = {"Content-Type": "application/x-www-form-urlencoded"}
    blocked = lambda: admin.get("/v1/audit/entries?limit=100").json["entries"]
    before = sum(e["action"] == "contact.opted_out" for e in blocked())
    other = scanner.call("POST", "/u/" + "A" * 43, raw="List-Unsubscribe=One-Click", headers=click)
    done = scanner.call("POST", path, raw="List-Unsubscribe=One-Click", headers=click)
    parts = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
    again = scanner.call("POST", path, raw=parts, headers={"Content-Type": "multipart/form-data; boundary=b"})
    check("both_kinds_of_form_are_taken", again.status == 200, f"{again.status}")  # RFC 8058 section 3.2
    check("a_token_that_names_nothing_is_answered_alike", other.status == done.status == 200 and other.text == done.text)
    time.sleep(3)  # until the entry is in the log
    after = sum(e["action"] == "contact.opted_out" for e in blocked())
    check("one_click_counts_once_and_looking_never", after == before + 1, f"{before} {after}")


def run(demo, cases, find_offers, label):
    check = lambda name, good, why="": cases.check(f"messages/{label}/{name}", good, why)
    admin = demo.client("admin")
    service = demo.tenants[0]["services"][0]["id"]
    person = {"name": {"given": ["Told"], "family": "Example"}, "birth_date": "1990-01-01",
              "contacts": [{"kind": "email", "value": "told@example.test"}]}
    patient = admin.post("/v1/patients", person).json["id"]

    vendors = admin.get("/v1/vendors").json["vendors"]
    check("a_fresh_list_misses_every_agreement_but_the_demos", all(
        v["agreement"]["state"] == ("in_force" if v["id"] == "smtp" else "missing") or v["id"] in ("voice", "sms", "letter")
        for v in vendors), vendors)
    smtp = admin.get("/v1/vendors/smtp").json
    check("the_vendor_has_contracts_shape", smtp["services"] == ["email"] and smtp["agreement"]["state"] == "in_force", smtp)
    check("an_unknown_vendor_is_not_found", admin.get("/v1/vendors/nobody").status == 404)
    bad = admin.post("/v1/vendors/smtp/agreement", {"kind": "baa", "region": "usa"})
    check("a_bad_region_is_refused_by_name", bad.status == 422 and bad.json["errors"][0]["pointer"] == "/region", bad.text)

    offer = find_offers(admin, service, limit=60)[-1]["offer"]
    visit = admin.post("/v1/appointments", {"offer": offer, "patient_id": patient}).json["id"]
    sent = lambda: admin.get(f"/v1/messages?appointment_id={visit}").json["messages"]
    check("what_staff_cause_waits_for_an_undo", sent() == [], sent())
    told = wait_for(sent)
    check("then_it_is_in_the_ledger_once", told is not None and len(told) == 1 and told[0]["purpose"] == "confirmation", told)
    one_click(demo, check, admin, patient, "told@example.test")
    check("both_or_neither_is_refused", admin.get("/v1/messages").status == 422)
    foreign = demo.client("admin", 1)
    check("another_tenants_person_is_not_found", foreign.get(f"/v1/messages?patient_id={patient}").status == 404)
    other = admin.post("/v1/patients", person).json["id"]
    mine = demo.client("patient")
    check("a_patient_sees_nobody_elses", mine.get(f"/v1/messages?patient_id={other}").status == 404)

    plan = admin.call("PUT", f"/v1/services/{service}/reminders", {"rules": [{"days": 1}, {"days": 1}]})
    check("two_reminders_at_one_time_are_refused", plan.status == 422 and plan.json["errors"][0]["pointer"] == "/rules/0", plan.text)
    seen = admin.get("/v1/settings/messages")
    louder = admin.call("PATCH", "/v1/settings/messages", {"detail": "time"}, headers={"If-Match": seen.headers["etag"]})
    check("a_regime_is_not_loosened", louder.status == 422 and louder.json["errors"][0]["rule"] == "regime", louder.text)
    stale = admin.call("PATCH", "/v1/settings/messages", {"quiet_from": "20:00"}, headers={"If-Match": '"99"'})
    check("a_stale_version_is_412", stale.status == 412, stale.text)
    wrong = admin.post(f"/v1/patients/{patient}/opt-out", {"contact": "else@example.test"})
    check("an_address_that_is_not_the_persons_is_refused", wrong.status == 404, wrong.text)
    check("an_unknown_task_is_not_found", admin.get(f"/v1/tasks/{NOBODY}").status == 404)
