"""Somebody on the way takes the offer of STARTTLS away: nothing is sent, people see it, and it heals."""
import datetime
import time

import servers


def run(cases, clinic, postfix, mailbox, mails, records):
    clinic.stop()
    proxy = servers.Proxy(postfix.ports["optional"], servers.strip_starttls)
    clinic.start(proxy.port)
    desk, admin = clinic.client("scheduler"), clinic.client("admin")
    before = len(mailbox.mails())
    # Some who have not answered are written to once more.
    silent = mails[60:68]
    people = sorted({records[m.to]["id"] for m in silent})
    again = desk.post("/v1/invitations", {"event_id": clinic.event, "to": people})
    cases.check("stripped/queued", again.status == 202, again.text)
    vendor, tried = None, []
    for _ in range(300):
        vendor = admin.get("/v1/vendors/smtp").json
        tried = [newest(desk, patient) for patient in people]
        if vendor["paused"] and any(m["reason"] for m in tried if m.get("reason")):
            break
        time.sleep(0.2)
    cases.check("stripped/the-circuit-is-seen-open", vendor["paused"] is True and vendor["may_be_used"] is True, vendor)
    unsafe = [m for m in tried if m.get("reason") == "unsafe_carrier"]
    cases.check("stripped/the-list-says-why-it-waits", unsafe and all(m["state"] == "sending" for m in unsafe), tried)
    leaked = [word for word in (b"MAIL", b"RCPT", b"DATA", b"AUTH", b"example.test\r\nTo") if word in proxy.seen]
    cases.check("stripped/only-ehlo-went-out", proxy.seen.startswith(b"EHLO ") and not leaked, (proxy.seen[:200], leaked))
    cases.check("stripped/nothing-arrived", len(mailbox.mails()) == before, len(mailbox.mails()) - before)

    # After three days it is given up, and somebody is told to. (In the morning: at night mail waits.)
    morning = (clinic.now() + datetime.timedelta(days=4)).replace(hour=15, minute=0)
    clinic.move_clock_to(morning)
    tasks = []
    for _ in range(150):
        tasks = [t for t in desk.get("/v1/tasks?limit=200").json["tasks"] if t["kind"] == "refused_send" and t.get("patient_id") in people]
        if len(tasks) >= len(people):
            break
        time.sleep(0.2)
    cases.check("stripped/a-task-for-each", len(tasks) == len(people), (len(tasks), [newest(desk, p) for p in people][:2]))

    # The way is free again.
    clinic.stop()
    proxy.close()
    clinic.start(postfix.ports["starttls"])
    clinic.client("scheduler").post("/v1/invitations", {"event_id": clinic.event, "to": people})
    links = {m.to: m.link for m in silent}
    late = []
    for _ in range(300):
        late = [m for m in mailbox.mails()[before:] if m.kind == "invitation" and m.to in links]
        if len(late) >= len(people):
            break
        time.sleep(0.2)
    cases.check("healed/they-arrive", len(late) == len(people), len(late))
    cases.check("healed/with-the-same-links", all(m.link in links.values() for m in late), len(late))
    cases.check("healed/the-circuit-is-closed", clinic.client("admin").get("/v1/vendors/smtp").json["paused"] is False)


def newest(desk, patient):
    """The message of the last invitation, as the desk sees it."""
    answer = desk.get(f"/v1/messages?patient_id={patient}&limit=5")
    return answer.json["messages"][0] if answer.status == 200 and answer.json["messages"] else {}
