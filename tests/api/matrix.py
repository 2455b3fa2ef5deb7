"""The authorization matrix: CONTRACT's role table, cell by cell, on objects that exist.

The expected cells are written by hand below (y: allowed, own: allowed on one's own, -: refused with
403). An allowed cell counts only with a 2xx. Every cell is tried in the own tenant, and with the
other tenant's objects, where everybody who may ask at all gets 404.
"""
import itertools
import uuid

import imports
import feeds
import messages
import sign_in
import templates
import events

ROLES = ["super_admin", "admin", "scheduler", "front_desk", "provider", "billing", "auditor", "patient"]

#   permission                  super adm sched front prov bill audit patient
TABLE = {
    "openings.search":        "-  y  y  y  y    -  -  own",
    "openings.check":         "-  y  y  y  y    -  -  own",
    "appointment.view":       "-  y  y  y  own  y  -  own",
    "appointment.create":     "-  y  y  y  own  -  -  own",
    "appointment.reschedule": "-  y  y  y  own  -  -  own",
    "appointment.cancel":     "-  y  y  y  own  -  -  own",
    "appointment.check_in":   "-  y  y  y  own  -  -  -",
    "appointment.no_show":    "-  y  y  y  own  -  -  -",
    "appointment.reinstate":  "-  y  y  y  own  -  -  -",
    "appointment.override":   "-  y  y  -  own  -  -  -",
    "patient.view":           "-  y  y  y  own  y  -  own",
    "patient.search":         "-  y  y  y  own  y  -  own",
    "patient.create":         "-  y  y  y  -    -  -  -",
    "patient.change":         "-  y  y  y  -    -  -  own",
    "participant.import":     imports.IMPORT_ROW,
    "directory.manage":       "-  y  -  -  -    -  -  -",
    "directory.own_hours":    "-  y  -  -  own  -  -  -",
    "role.grant":             "-  y  -  -  -    -  -  -",
    "audit.read":             "-  y  -  -  -    -  y  -",
    "audit.verify":           "-  y  -  -  -    -  y  -",
    "tenant.manage":          "y  -  -  -  -    -  -  -",
    "posture.read":           "y  -  -  -  -    -  y  -",
    "feed.manage":            feeds.FEED_TABLE,
    **templates.TABLE,
    **messages.TABLE,
}


class World:
    """Objects of one tenant on which the cells are tried: fresh visits of the patient and provider."""

    def __init__(self, demo, tenant, find_offers):
        self.demo, self.tenant, self.find_offers = demo, tenant, find_offers
        self.admin = demo.client("admin", tenant)
        self.info = demo.tenants[tenant]
        self.patient = demo.client("patient", tenant).get("/v1/me").json["patient_id"]
        self.provider = demo.client("provider", tenant).get("/v1/me").json["practitioner_id"]
        self.service = self.info["services"][0]["id"]
        self.offers = iter(())

    def offer(self, client=None):
        """An offer on the provider's calendar, made to whoever asks."""
        asker = client or self.admin
        found = self.find_offers(asker, self.service, practitioner_ids=[self.provider])
        assert found, "no opening on the provider's calendar"
        return found[0]["offer"]

    def visit(self, begun=False):
        made = self.admin.post("/v1/appointments", {"offer": self.offer(), "patient_id": self.patient})
        assert made.status == 201, made.text
        return made.json["id"]

    def cancelled(self):
        visit = self.visit()
        gone = self.admin.post(f"/v1/appointments/{visit}/cancel", {"reason": "clinic_request"})
        assert gone.status == 200, gone.text
        return visit

    def begun(self):
        """A visit that has started already: booked by staff for an hour ago."""
        now = self.admin.get("/v1/me").json["now"]
        minute = int(now[14:16]) // 5 * 5
        checked = None
        for back in range(1, 40):
            hour = (int(now[11:13]) - 1 - back // 12) % 24
            when = f"{now[:11]}{hour:02}:{(minute + back * 5) % 60:02}:00Z"
            checked = self.admin.post("/v1/openings/check", {"service_id": self.service, "resources": [self.provider],
                                                             "starts_at": when, "override_reason": "late_entry"})
            if checked.status == 200 and "overlap" not in checked.json["flags"]:
                break
        assert checked.status == 200, checked.text
        made = self.admin.post("/v1/appointments", {"offer": checked.json["offer"], "patient_id": self.patient})
        assert made.status == 201, made.text
        return made.json["id"]


def operations(world):
    """permission -> the operations tried for it: name and (client) -> answer."""
    now = world.admin.get("/v1/me").json["now"]
    window = f"from={now[:10]}T00:00:00Z&to=2027-12-31T00:00:00Z&limit=5"
    person = {"name": {"given": ["Matrix"], "family": "Example"}, "birth_date": "1990-01-01", "contacts": []}
    hours = lambda: world.admin.get(f"/v1/schedules?resource_id={world.provider}").json["schedules"][0]
    outside = f"{now[:8]}28T03:{uuid.uuid4().int % 12 * 5:02}:00Z"

    def patch_patient(c):
        seen = world.admin.get(f"/v1/patients/{world.patient}")
        contacts = [{"kind": "email", "value": "matrix@example.test"}]
        return c.call("PATCH", f"/v1/patients/{world.patient}", {"contacts": contacts},
                      headers={"If-Match": seen.headers["etag"]})

    def override_hours(c):
        day = f"2027-0{1 + uuid.uuid4().int % 9}-1{uuid.uuid4().int % 10}"
        return c.call("PUT", f"/v1/schedules/{hours()['id']}/overrides/{day}", {"hours": []})

    post = lambda path, body=None: (lambda c: c.post(path() if callable(path) else path, body() if callable(body) else body))
    at = lambda verb, visit=world.visit: (lambda: f"/v1/appointments/{visit()}{verb}")
    return {
        "openings.search": {"searchOpenings": post("/v1/openings/search", {"service_id": world.service, "from": now,
                                                                           "to": "2027-12-31T00:00:00Z"})},
        "openings.check": {"checkOpening": lambda c: c.post("/v1/openings/check", {
            "service_id": world.service, "resources": [world.provider],
            "starts_at": world.find_offers(world.admin, world.service, practitioner_ids=[world.provider])[0]["starts_at"]})},
        "appointment.view": {"getAppointment": lambda c: c.get(f"/v1/appointments/{world.visit()}"),
                             "listAppointments": lambda c: c.get(f"/v1/appointments?{window}"),
                             "getAppointmentsRevision": lambda c: c.get(f"/v1/appointments/revision?{window.rsplit('&', 1)[0]}")},
        "appointment.create": {
            "bookAppointment": lambda c: c.post("/v1/appointments", {"offer": world.offer(), "patient_id": world.patient}
                                                if c.role != "patient" else
                                                {"offer": world.offer(c), "patient_id": world.patient}),
            "placeHold": lambda c: c.post("/v1/holds", {"offer": world.offer(c if c.role == "patient" else None)})},
        "appointment.reschedule": {
            "rescheduleAppointment": lambda c: c.post(at("/reschedule")(), {"offer": world.offer(c if c.role == "patient" else None)})},
        "appointment.cancel": {"cancelAppointment": post(at("/cancel"), {"reason": "patient_request"})},
        "appointment.check_in": {"checkInAppointment": post(at("/check-in"))},
        "appointment.no_show": {"noShowAppointment": post(at("/no-show", world.begun))},
        "appointment.reinstate": {"reinstateAppointment": post(at("/reinstate", world.cancelled), {"reason": "cancelled_in_error"})},
        "appointment.override": {"checkOpening": post("/v1/openings/check", {
            "service_id": world.service, "resources": [world.provider], "starts_at": outside,
            "override_reason": "urgent_need"})},
        "patient.view": {"getPatient": lambda c: c.get(f"/v1/patients/{world.patient}")},
        "patient.search": {"searchPatients": post("/v1/patients/search", {"text": "example"})},
        "patient.create": {"createPatient": post("/v1/patients", person)},
        "patient.change": {"changePatient": patch_patient},
        "participant.import": imports.operations(world),
        "directory.manage": {
            "createLocation": post("/v1/locations", lambda: {"name": "Site", "time_zone": "America/Chicago"}),
            "createPractitioner": post("/v1/practitioners", {"name": "Dr. Matrix"}),
            "createService": post("/v1/services", {"name": "Matrix visit", "duration_minutes": 30, "needs": [{"kind": "practitioner"}]})},
        "directory.own_hours": {"setOverride": override_hours},
        "role.grant": {"createAccount": post("/v1/accounts", {"role": "front_desk"}), **sign_in.role_operations(world)},
        **templates.operations(world),
        "audit.read": {"listAuditEntries": lambda c: c.get("/v1/audit/entries?limit=2"), "explainAccess": sign_in.explain(world)},
        "audit.verify": {"getAuditCheckpoint": lambda c: c.get("/v1/audit/checkpoint")},
        "tenant.manage": {"createTenant": post("/v1/tenants", lambda: {
            "slug": "matrix-" + uuid.uuid4().hex[:8], "name": "Matrix", "message_name": "Your clinic", "regime": ["baseline"]})},
        "posture.read": {"listControls": lambda c: c.get("/v1/controls")},
        "feed.manage": feeds.operations(world),
    } | messages.operations(world)


FOREIGN = {  # what names an object: the other tenant's is 404 for everybody who may ask at all
    "appointment.view": lambda w, c: c.get(f"/v1/appointments/{w.visit()}"),
    "appointment.cancel": lambda w, c: c.post(f"/v1/appointments/{w.visit()}/cancel", {"reason": "patient_request"}),
    "appointment.check_in": lambda w, c: c.post(f"/v1/appointments/{w.visit()}/check-in"),
    "appointment.no_show": lambda w, c: c.post(f"/v1/appointments/{w.visit()}/no-show"),
    "appointment.reinstate": lambda w, c: c.post(f"/v1/appointments/{w.visit()}/reinstate", {"reason": "cancelled_in_error"}),
    "template.manage": templates.foreign,
    "role.grant": lambda w, c: c.post(f"/v1/accounts/{sign_in.account_of(w)}/enrolments"),
    "audit.read": lambda w, c: c.post("/v1/authz/explain", {"account_id": sign_in.account_of(w), "permission": "patient.view"}),
    "patient.view": lambda w, c: c.get(f"/v1/patients/{w.patient}"),
    "participant.import": imports.foreign,
    "feed.manage": feeds.foreign,
    "openings.search": lambda w, c: c.post("/v1/openings/search", {"service_id": w.service, "from": "2026-11-01T00:00:00Z",
                                                                    "to": "2027-12-31T00:00:00Z"}),
}


def run(demo, cases, find_offers, label):
    world, other = World(demo, 0, find_offers), World(demo, 1, find_offers)
    for permission, tried in (operations(world) | events.operations(world)).items():
        cells = dict(zip(ROLES, (TABLE | events.TABLE)[permission].split()))
        for (operation, attempt), role in itertools.product(tried.items(), ROLES):
            client = demo.client(role)
            client.role = role
            answer = attempt(client)
            allowed = cells[role] != "-"
            good = 200 <= answer.status < 300 if allowed else answer.status == 403
            # A front desk may check a time; only the override of it is refused.
            cases.check(f"matrix/{label}/{permission}/{operation}/{role}", good, f"{cells[role]} but {answer.status} {answer.text[:200]}")
        refused = next(iter(tried.values()))(with_role(demo.anonymous(), "anonymous"))
        cases.check(f"matrix/{label}/{permission}/anonymous", refused.status == 401, refused.status)
    sign_in.explained(demo, cases, world, world.visit(), label)
    for permission, attempt in (FOREIGN | events.FOREIGN).items():
        cells = dict(zip(ROLES, (TABLE | events.TABLE)[permission].split()))
        for role in ROLES:
            answer = attempt(other, demo.client(role))
            expected = 403 if cells[role] == "-" else 404
            cases.check(f"matrix/{label}/{permission}/other-tenant/{role}", answer.status == expected, f"{answer.status} {answer.text[:160]}")


def with_role(client, role):
    client.role = role
    return client
