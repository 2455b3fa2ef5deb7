"""Requests built from the schemas of /openapi.json: valid ones with a canary wherever text may stand,
and for every field the variants that walk the error paths."""
import copy

# Members that only make sense in requests of another kind: left out of the valid request.
LEFT_OUT = {("CreateAccountRequest", "practitioner_id"), ("CreateAccountRequest", "patient_id"),
            ("CreateAccountRequest", "expires_at"), ("BookAppointmentRequest", "hold_id"),
            ("SearchOpeningsRequest", "cursor"), ("SearchOpeningsRequest", "location_id"),
            ("SearchOpeningsRequest", "practitioner_ids"), ("SearchPatientsRequest", "contact"),
            ("SearchPatientsRequest", "identifier"), ("AmendAppointmentRequest", "duration_minutes"),
            ("CreateClosureRequest", "resource_id"), ("CreateScheduleRequest", "resource_id"),
            ("CreateScheduleRequest", "valid_until"), ("ChangeScheduleRequest", "valid_until"),
            ("ServiceNeed", "pool"), ("ServiceNeed", "listing"), ("CheckTimeRequest", "override_reason"),
            ("AmendAppointmentRequest", "override_reason"), ("ReassignRequest", "override_reason"),
            ("ReinstateRequest", "override_reason"), ("CheckTimeRequest", "appointment_id"),
            ("SearchPatientsRequest", "ids")}


class Builder:
    """`world` answers what must name something real: ids by their prefix, offers, times."""

    def __init__(self, document, canaries, world):
        self.schemas = document["components"]["schemas"]
        self.canaries, self.world = canaries, world

    def resolve(self, schema):
        name = schema["$ref"].rsplit("/", 1)[1] if "$ref" in schema else None
        return name, self.schemas[name] if name else schema

    def value(self, schema, label, owner="", member=""):
        name, schema = self.resolve(schema)
        kind = schema.get("type")
        if kind == "object":
            return {key: self.value(below, f"{label}.{key}", name, key)
                    for key, below in schema["properties"].items() if (name, key) not in LEFT_OUT}
        if kind == "array":
            if member == "contacts":
                return self.contacts(label)
            return [self.value(schema["items"], label, owner, member)]
        if kind == "string":
            return self.text(schema, label, owner, member)
        if kind == "boolean":
            return True
        return {"duration_minutes": 30, "grid_minutes": 5, "horizon_days": 30, "minutes": 5, "limit": 20}.get(
            member, max(schema.get("minimum", 1), 1))

    def text(self, schema, label, owner, member):
        """A text that passes: real where it names something, else a canary."""
        if "enum" in schema:
            return {"role": "front_desk", "kind": "practitioner"}.get(member, schema["enum"][0])
        pattern = schema.get("pattern", "")
        if pattern[:1] == "^" and pattern[4:5] == "_":
            return self.world.id(pattern[1:4], member)
        special = self.world.special(owner, member)
        if special is not None:
            return special
        if schema.get("format") == "date":
            return self.canaries.date(label) if member == "birth_date" else "2027-06-01"
        if "[0-9 ()" in pattern:
            return self.canaries.telephone(label)
        return self.canaries.new(label)

    def contacts(self, label):
        new = lambda part: self.canaries.new(f"{label}.{part}")
        return [{"kind": "email", "value": new("email") + "@example.test", "whose": new("whose"), "label": new("label")},
                {"kind": "phone", "value": self.canaries.telephone(f"{label}.phone"), "safe": True},
                {"kind": "address", "value": new("address") + " Example Street 1, " + new("address"),
                 "whose": new("whose"), "label": new("label")}]

    def leaves(self, value, path=()):
        """The paths of all members and elements below a valid request."""
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, below in items:
            yield (*path, key)
            yield from self.leaves(below, (*path, key))

    def spoiled(self, body, label):
        """(what is wrong, the body): each field in turn of the wrong shape, too long, of the wrong type."""
        for path in list(self.leaves(body)):
            where = f"{label}.{'.'.join(map(str, path))}"
            new = lambda what: self.canaries.new(f"{where} {what}")
            for what, wrong in (("wrong shape", new("wrong shape") + "\u0001"), ("too long", new("too long") * 400),
                                ("wrong type", {new("member"): new("wrong type")}), ("a list", [new("a list")])):
                changed = copy.deepcopy(body)
                holder = changed
                for key in path[:-1]:
                    holder = holder[key]
                holder[path[-1]] = wrong
                yield what, changed
        for path in [()] + [p for p in self.leaves(body)]:
            changed = copy.deepcopy(body)
            holder = changed
            for key in path:
                holder = holder[key]
            if isinstance(holder, dict):
                holder[self.canaries.new(f"{label} unknown member's name")] = self.canaries.new(f"{label} unknown member")
                yield "unknown member", changed
