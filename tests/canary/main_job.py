"""Events, invitations, templates, messages, vendors, tasks and imports: their objects and valid bodies, each
text of a person a canary. What the schema alone cannot tell (a template's fields, a file's columns) is here."""
import time

SIGNED = "\n{{organisation.message_name}}, {{organisation.phone}}"


class MainJob:
    def __init__(self, drill):
        self.drill = drill

    def make(self, path, body):
        made = self.drill.admin.post(path, body)
        assert 200 <= made.status < 300, f"{path}: {made.text}"
        return made.json["id"]

    def event(self):
        drill = self.drill
        body = self.body("POST", "/v1/events", "event")
        made = self.make("/v1/events", body)
        drill.admin.post(f"/v1/events/{made}/participants", {"patient_ids": [drill.world.patient]})
        return made

    def task(self):
        """A message may not leave without an agreement: that leaves a task."""
        admin, world = self.drill.admin, self.drill.world
        found = admin.get("/v1/tasks").json["tasks"]
        if not found:
            admin.call("DELETE", "/v1/vendors/smtp/agreement")
            own = self.drill.demo.client("patient")
            own.post("/v1/appointments", {"offer": world.offer(own), "patient_id": world.patient})
            for _ in range(60):
                found = admin.get("/v1/tasks").json["tasks"]
                if found:
                    break
                time.sleep(1)
            admin.post("/v1/vendors/smtp/agreement", {"kind": "baa", "region": "DE"})
        return found[0]["id"]

    def fresh(self, what, path):
        """An object to do it to, or None when it is not one of these."""
        makers = {
            "events": self.event,
            "invitations": lambda: self.make("/v1/invitations", {"event_id": self.event(), "to": "all"}),
            "templates": lambda: self.make("/v1/templates", self.body("POST", "/v1/templates", "template")),
            "import-mappings": lambda: self.make("/v1/import-mappings", self.body("POST", "/v1/import-mappings", "mapping")),
            "imports": lambda: self.imported("comparison" in path),
            "vendors": self.vendor,
            "tasks": self.task,
        }
        return makers[what]() if what in makers else None

    def vendor(self):
        self.drill.admin.post("/v1/vendors/letter/agreement", {"kind": "dpa", "region": "DE"})
        return "letter"

    def imported(self, visits):
        text, kind = (self.visits(), "?kind=appointments") if visits else (self.people("import"), "")
        answer = self.drill.admin.call("POST", "/v1/imports" + kind, raw=text.encode(), headers={"Content-Type": "text/csv"})
        assert answer.status == 202, answer.text
        for _ in range(60):
            if self.drill.admin.get(f"/v1/imports/{answer.json['id']}").json["state"] != "running":
                break
            time.sleep(0.5)
        return answer.json["id"]

    def people(self, label):
        new = lambda part: self.drill.canaries.new(f"{label}.{part}")
        return f"given,family,birth_date,email\n{new('given')},{new('family')},1984-03-12,{new('email')}@example.test\n"

    def visits(self):
        return "id,start,duration,practitioner,service,patient_id\n" + self.drill.canaries.new("old id") + ",never,30,x,y,z\n"

    def body(self, method, path, label):
        """A valid body, or None when the schema says enough."""
        drill, new = self.drill, lambda part: self.drill.canaries.new(f"{label}.{part}")
        template = {"channel": "email", "locale": "en", "purpose": "reminder", "subject": "Hello", "body": new("body") + SIGNED}
        bodies = {
            "POST /v1/events": {"name": new("name"), "description": new("description"), "service_ids": [drill.world.service],
                                "from": "2026-11-01T00:00:00Z", "until": "2028-01-01T00:00:00Z"},
            "PATCH /v1/events/{id}": {"name": new("name"), "description": new("description")},
            "POST /v1/events/{id}/participants": {"patient_ids": [drill.world.patient]},
            "POST /v1/invitations": lambda: {"event_id": self.event(), "to": "all"},
            "POST /v1/links/revoke": lambda: {"event_id": self.event()},
            "POST /v1/templates": template,
            "POST /v1/templates/preview": template,
            "PATCH /v1/templates/{id}": {"body": new("body") + SIGNED},
            "POST /v1/vendors/{id}/agreement": {"kind": "dpa", "region": "DE"},
            "PATCH /v1/settings/messages": {"quiet_from": "21:30", "from_address": "desk@example.test"},
            "PUT /v1/settings/reminders": {"rules": [{"days": 2}]},
            "PUT /v1/services/{id}/reminders": {"rules": [{"days": 1}]},
            "PATCH /v1/tasks/{id}": {"note": new("note"), "tried": True},
            "POST /v1/import-mappings": {"name": new("name"), "columns": [{"column": new("column"), "field": "given"}]},
            "POST /v1/patients/{id}/opt-out": lambda: {"contact": self.address()},
            "POST /v1/patients/{id}/opt-in": lambda: {"contact": self.address()},
        }
        found = bodies.get(f"{method} {path}")
        return found() if callable(found) else found

    def address(self):
        contacts = self.drill.admin.get(f"/v1/patients/{self.drill.world.patient}").json["contacts"]
        return next(c["value"] for c in contacts if c["kind"] == "email")
