"""Templates over the API: saved, refused, changed, closed, tried out; their cells of the matrix."""

SIGNED = "\n{{organisation.message_name}}, {{organisation.phone}}"
REMINDER = {"channel": "email", "locale": "en", "purpose": "reminder", "subject": "Hello"}

#   permission                  super adm sched front prov bill audit patient
TABLE = {"template.manage":        "-  y  -  -  -    -  -  -"}


def reminder(body, **more):
    return {**REMINDER, "body": body + SIGNED, **more}


def operations(world):
    """permission -> operations of the matrix; a template of the world's own tenant each time."""
    def mine():
        made = world.admin.post("/v1/templates", reminder("Matrix."))
        assert made.status == 201, made.text
        return made

    def change(c):
        made = mine()
        return c.call("PATCH", f"/v1/templates/{made.json['id']}", {"body": "Changed." + SIGNED},
                      headers={"If-Match": made.headers["etag"]})

    return {"template.manage": {
        "getTemplate": lambda c: c.get(f"/v1/templates/{mine().json['id']}"),
        "changeTemplate": change,
        "closeTemplate": lambda c: c.call("DELETE", f"/v1/templates/{mine().json['id']}"),
        "createTemplate": lambda c: c.post("/v1/templates", reminder("Matrix.")),
        "listTemplates": lambda c: c.get("/v1/templates"),
        "getTemplateFields": lambda c: c.get("/v1/templates/fields"),
        "previewTemplate": lambda c: c.post("/v1/templates/preview", reminder("Matrix."))}}


def foreign(world, client):
    """Another tenant's template."""
    made = world.admin.post("/v1/templates", reminder("Foreign."))
    return client.get(f"/v1/templates/{made.json['id']}")


def cover(admin, done, change):
    """Each changing operation once, for the coverage of the journal."""
    made = done("template.created", admin.post("/v1/templates", reminder("Covered.")))
    path = f"/v1/templates/{made.json['id']}"
    done("template.changed", change(path, {"body": "Covered again." + SIGNED}, made))
    done("template.closed", admin.call("DELETE", path))


def refusals(admin, check):
    def refused(name, body, pointer, rule, says=""):
        got = admin.post("/v1/templates", body)
        errors = got.json.get("errors", []) if got.json else []
        good = got.status == 422 and any(e["pointer"] == pointer and e["rule"] == rule and says in e["detail"] for e in errors)
        check(f"refuses_{name}", good, f"{got.status} {got.text[:300]}")

    refused("given_name_in_mail", reminder("Dear {{patient.name.given}},"), "/body", "data_class",
            "Line 1, column 6: {{patient.name.given}} is pii; the channel email carries at most operational.")
    refused("reason_in_sms", {"channel": "sms", "locale": "en", "purpose": "reminder", "body": "{{appointment.reason}}" + SIGNED},
            "/body", "data_class", "{{appointment.reason}} is phi; the channel sms")
    refused("time_in_subject", reminder("Hi", subject="{{appointment.starts_at}}"), "/subject", "placement")
    refused("header_in_subject", reminder("Hi", subject="Hello\r\nBcc: x@example.test"), "/subject", "characters")
    refused("unknown_field", reminder("{{patient.shoe_size}}"), "/body", "unknown_field", "there are: organisation.message_name")
    refused("no_sender", {**REMINDER, "body": "Hello"}, "/body", "required", "{{organisation.message_name}}")
    refused("foreign_link", reminder("https://elsewhere.test"), "/body", "link")
    refused("markup", reminder("<b>Hello</b>"), "/body", "plain_text")
    refused("clinic_type", reminder("Oncology"), "/body", "sensitive_word")
    refused("long_sms", {"channel": "sms", "locale": "en", "purpose": "reminder", "body": "x" * 150 + SIGNED}, "/body", "length")


def life(admin, check):
    def in_use():
        return admin.post("/v1/templates/preview", {"channel": "email", "locale": "en", "purpose": "reminder"}).json["body"]

    shipped = in_use()
    made = admin.post("/v1/templates", reminder("On {{appointment.starts_at}}.\n{{link}}"))
    check("created", made.status == 201 and made.headers["location"].endswith(made.json["id"]) and made.json["version"] == 1, made.text)
    path = f"/v1/templates/{made.json['id']}"
    check("shown", admin.get(path).json["body"] == made.json["body"] and admin.get(path).json["in_use"], admin.get(path).text)
    check("listed", made.json["id"] in [t["id"] for t in admin.get("/v1/templates").json["templates"]])
    check("used", in_use() == made.json["body"], in_use())
    shown = admin.post("/v1/templates/preview", {k: made.json[k] for k in ("channel", "locale", "purpose", "subject", "body")})
    texts = {r["level"]: r["text"] for r in shown.json["renderings"]} if shown.status == 200 else {}
    check("preview_neutral", texts.get("neutral", "").startswith("On (see your link).\nhttps://"), texts)
    check("preview_time", " time, UTC" in texts.get("time", ""), texts)

    unseen = admin.call("PATCH", path, {"body": "x"})
    check("change_needs_if_match", unseen.status == 412, f"{unseen.status} {unseen.text}")
    late = admin.call("PATCH", path, {"body": "Late." + SIGNED}, headers={"If-Match": '"v9"'})
    check("late_change", late.status == 412, f"{late.status} {late.text}")
    bad = admin.call("PATCH", path, {"body": "{{service.name}}" + SIGNED}, headers={"If-Match": made.headers["etag"]})
    check("change_is_checked", bad.status == 422 and "{{service.name}}" in bad.text, bad.text)
    changed = admin.call("PATCH", path, {"body": "New." + SIGNED}, headers={"If-Match": made.headers["etag"]})
    check("changed", changed.status == 200 and changed.json["version"] == 2, changed.text)
    closed = admin.call("PATCH", path, {"active": False}, headers={"If-Match": changed.headers["etag"]})
    check("closed_by_patch", closed.status == 200 and not closed.json["active"] and in_use() == shipped, closed.text)
    back = admin.call("PATCH", path, {"active": True}, headers={"If-Match": closed.headers["etag"]})
    check("brought_back", back.status == 200 and in_use() == changed.json["body"], back.text)
    check("closed", admin.call("DELETE", path).status == 204 and in_use() == shipped)
    check("closed_once", admin.call("DELETE", path).status == 404)


def run(demo, cases, label):
    admin = demo.client("admin")
    check = lambda name, good, why="": cases.check(f"templates/{label}/{name}", good, why)
    refusals(admin, check)
    life(admin, check)
    fields = admin.get("/v1/templates/fields").json["fields"]
    given = next(f for f in fields if f["name"] == "patient.name.given")
    check("fields", given["channels"] == ["letter", "portal"] and given["data_class"] == "pii" and len(fields) == 14, given)
    other = demo.client("admin", 1)
    mine = admin.post("/v1/templates", reminder("Mine.")).json["id"]
    check("other_tenant", other.get(f"/v1/templates/{mine}").status == 404)
    check("other_tenants_list", mine not in [t["id"] for t in other.get("/v1/templates").json["templates"]])
    admin.call("DELETE", f"/v1/templates/{mine}")
