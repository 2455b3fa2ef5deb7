"""Audit coverage: every operation that changes anything or shows personal data leaves exactly one entry.

Each such operation of the OpenAPI document is carried out once; the tenant's journal must then hold
exactly the entries that were due, no more and no fewer. An operation without a way to be carried out
here fails, so a new endpoint cannot be forgotten. (In the server, a transaction that changed rows
without an entry ends the process.)
"""
import collections
import time

import feeds
import imports
import messages
import sign_in
import templates
import events

INSTANCE = {"tenant.created", "posture.read"}  # journaled in the instance's own log


def entries_since(auditor, known):
    """What was written after the entry with index `known`, newest first; waits until it is in the log."""
    newest, quiet = -1, 0
    for _ in range(60):
        time.sleep(1)
        page = auditor.get("/v1/audit/entries?limit=10").json["entries"]  # which is journaled itself
        index = max((e["index"] for e in page if not e["action"].startswith("audit.")), default=newest)
        quiet, newest = (quiet + 1 if index == newest else 0), index
        if quiet == 2:
            break
    found, cursor = [], ""
    while True:
        page = auditor.get("/v1/audit/entries?limit=100" + cursor).json
        for entry in page["entries"]:
            if entry["index"] <= known:
                return found
            found.append(entry)
        if not page.get("next"):
            return found
        cursor = "&cursor=" + page["next"]


def run(demo, cases, find_offers, label):
    admin, auditor = demo.client("admin"), demo.client("auditor")
    tenant = demo.tenants[0]
    service, people = tenant["services"][0]["id"], [p["id"] for p in tenant["practitioners"]]
    patient = demo.client("patient").get("/v1/me").json["patient_id"]
    offered = find_offers(admin, service, limit=60)
    offers = iter(offered)
    fresh = entries_since(auditor, -1)
    known = max(e["index"] for e in fresh)
    due = collections.Counter()

    def done(action, answer):
        cases.check(f"coverage/{label}/{action}/done", 200 <= answer.status < 300, f"{answer.status} {answer.text[:200]}")
        due[action] += 1
        return answer

    def change(path, body, seen):
        return admin.call("PATCH", path, body, headers={"If-Match": seen.headers["etag"]})

    def visit(offer):
        return done("appointment.booked", admin.post("/v1/appointments", {"offer": offer["offer"], "patient_id": patient})).json["id"]

    one, two = visit(next(offers)), visit(offered.pop())  # the second still lies ahead when it is called missed
    path = f"/v1/appointments/{one}"
    done("appointment.confirmed", admin.post(path + "/confirm"))
    later = find_offers(admin, service, limit=200)[20:]
    times = [o["starts_at"] for o in later]
    shared = next(o for o in reversed(later) if times.count(o["starts_at"]) > 1)  # for passing it on below
    done("appointment.rescheduled", admin.post(path + "/reschedule", {"offer": shared["offer"]}))
    seen = done("appointment.viewed", admin.get(path))
    done("appointment.noted", change(path, {"note": "Bring the form."}, seen))
    done("appointment.cancelled", admin.post(path + "/cancel", {"reason": "clinic_request"}))
    back = done("appointment.reinstated", admin.post(path + "/reinstate", {"reason": "cancelled_in_error"}))
    for person in people:
        if person == back.json["practitioner_id"]:
            continue  # to whom it belongs already: nothing would change
        answer = admin.post(path + "/reassign", {"practitioner_id": person, "reason": "workload"})
        due["appointment.reassigned"] += answer.status in (200, 409)  # one that lost a race is journaled as well
        if answer.status == 200:
            break
    done("appointment.checked_in", admin.post(path + "/check-in"))
    due["appointment.noshow"] += 1 if admin.post(f"/v1/appointments/{two}/no-show").status == 409 else 100
    done("appointment.listed", admin.get("/v1/appointments?from=2026-01-01T00:00:00Z&to=2028-01-01T00:00:00Z&limit=5"))
    hold = done("hold.placed", admin.post("/v1/holds", {"offer": find_offers(admin, service)[-1]["offer"]}))
    done("hold.released", admin.call("DELETE", f"/v1/holds/{hold.json['id']}"))

    person = {"name": {"given": ["Covered"], "family": "Example"}, "birth_date": "1990-01-01", "contacts": []}
    made = done("patient.created", admin.post("/v1/patients", person)).json["id"]
    seen = done("patient.viewed", admin.get(f"/v1/patients/{made}"))
    done("patient.changed", change(f"/v1/patients/{made}", {"language": "es"}, seen))
    done("patient.searched", admin.post("/v1/patients/search", {"text": "covered"}))

    site = done("location.created", admin.post("/v1/locations", {"name": "Annexe", "time_zone": "America/Chicago"}))
    done("location.changed", change(f"/v1/locations/{site.json['id']}", {"name": "Annex"}, site))
    done("department.created", admin.post("/v1/departments", {"name": "Dental", "location_id": site.json["id"]}))
    for kind in ("practitioner", "room", "device"):
        body = {"name": "New"} | ({} if kind == "practitioner" else {"location_id": site.json["id"]})
        made = done(f"{kind}.created", admin.post(f"/v1/{kind}s", body))
        done(f"{kind}.changed", change(f"/v1/{kind}s/{made.json['id']}", {"name": "Newer"}, made))
        if kind == "practitioner":
            doctor = made.json["id"]
    made = done("service.created", admin.post("/v1/services", {"name": "New", "duration_minutes": 20, "needs": [{"kind": "practitioner"}]}))
    done("service.changed", change(f"/v1/services/{made.json['id']}", {"name": "Newer"}, made))
    hours = [{"weekday": "monday", "from": "09:00", "until": "12:00"}]
    made = done("schedule.created", admin.post("/v1/schedules", {"resource_id": doctor, "location_id": site.json["id"], "weekly": hours}))
    done("schedule.changed", change(f"/v1/schedules/{made.json['id']}", {"weekly": hours * 1 + [{"weekday": "friday", "from": "09:00", "until": "10:00"}]}, made))
    day = f"/v1/schedules/{made.json['id']}/overrides/2027-03-01"
    done("override.created", admin.call("PUT", day, {"hours": []}))
    done("override.removed", admin.call("DELETE", day))
    made = done("closure.created", admin.post("/v1/closures", {"location_id": site.json["id"], "starts_at": "2027-01-01T00:00:00Z", "ends_at": "2027-01-02T00:00:00Z"}))
    done("closure.removed", admin.call("DELETE", f"/v1/closures/{made.json['id']}"))
    templates.cover(admin, done, change)
    done("account.created", admin.post("/v1/accounts", {"role": "billing"}))
    events.coverage(admin, service, patient, done, change)

    imports.cover(admin, done, due)
    messages.cover(done, demo, admin, patient, service, find_offers)
    due["agreement.ended"] += 1  # the demo has two agreements with its mail server; both end
    feeds.cover(done, demo, admin, doctor)
    sign_in.cover(done, due, demo, admin)

    found = entries_since(auditor, known)
    counted = collections.Counter(e["action"] for e in found if not e["action"].startswith("audit.")
                                  and e["action"] not in messages.BACKGROUND)
    counted["access.refused"] = due["access.refused"] = 0
    cases.check(f"coverage/{label}/entries_equal_operations", +counted == +due, f"more {counted - due} fewer {due - counted}")
    proof = done("audit.verified", admin.get(f"/v1/audit/proofs/inclusion?entry={found[-1]['id']}"))
    cases.check(f"coverage/{label}/entry_has_a_proof", proof.status == 200 and proof.json["hashes"], proof.text)
    declared = {o["x-audit-action"] for p in demo.anonymous().get("/openapi.json").json["paths"].values() for o in p.values()
                if isinstance(o, dict) and "x-audit-action" in o}
    same = {"appointment.changed": "appointment.noted"}  # the journal may say it more precisely
    missing = {a for a in declared - INSTANCE - {"audit.read", "audit.verified"} if not due[same.get(a, a)]}
    cases.check(f"coverage/{label}/no_operation_forgotten", not missing, missing)
