"""CONTRACT's shapes and status codes, on a running demo."""
import json
import uuid


def run(demo, cases, find_offers, label):
    check = lambda name, good, why="": cases.check(f"contract/{label}/{name}", good, why)
    desk, admin, anonymous = demo.client("front_desk"), demo.client("admin"), demo.anonymous()
    tenant = demo.tenants[0]
    service = tenant["services"][0]["id"]

    check("demo_has_100_openings", len(find_offers(desk, service, limit=200)) >= 100)
    check("demo_has_all_roles", all(set(t["accounts"]) == {"admin", "scheduler", "front_desk", "provider", "billing", "auditor", "patient"}
                                    for t in demo.tenants))

    person = {"name": {"given": ["Ana María"], "family": "Núñez", "second_family": "Example", "preferred": "Ani"},
              "birth_date": "1984-03-12", "language": "es", "note": "Wheelchair.\nSecond line.",
              "contacts": [{"kind": "email", "value": "ana@example.test"}, {"kind": "phone", "value": "+1 202 555 0177"}],
              "identifiers": [{"issuer": "registry", "value": "A-77"}]}
    made = desk.post("/v1/patients", person)
    check("patient_created", made.status == 201 and made.json["id"].startswith("pat_") and made.json["version"] == 1, made.text)
    patient = made.json["id"]
    for name, query in {"text": {"text": "nun ana 3/12"}, "tail": {"text": "0177"}, "contact": {"contact": "ANA@example.test"},
                        "phone": {"contact": "+12025550177"}, "identifier": {"identifier": {"issuer": "registry", "value": "A-77"}}}.items():
        found = desk.post("/v1/patients/search", query)
        check(f"patient_found_by_{name}", found.status == 200 and patient in [p["id"] for p in found.json["patients"]], found.text)
    check("search_takes_one_question", desk.post("/v1/patients/search", {"text": "a", "contact": "b@example.test"}).status == 422)

    offers = find_offers(desk, service)
    key = {"Idempotency-Key": str(uuid.uuid4())}
    body = {"offer": offers[0]["offer"], "patient_id": patient, "note": "First\nvisit"}
    booked = desk.call("POST", "/v1/appointments", body, headers=dict(key))
    check("booked", booked.status == 201 and booked.json["status"] == "booked" and booked.json["version"] == 1, booked.text)
    check("location_header", booked.headers.get("location") == f"/v1/appointments/{booked.json['id']}", booked.headers)
    again = desk.call("POST", "/v1/appointments", body, headers=dict(key))
    check("same_key_same_answer", again.status == 201 and again.text == booked.text, again.text)
    other = desk.call("POST", "/v1/appointments", {**body, "note": "Other"}, headers=dict(key))
    check("same_key_other_body", other.status == 422 and other.json["type"].endswith("idempotency-key-reused"), other.text)
    taken = desk.post("/v1/appointments", body)
    check("slot_taken_with_alternatives", taken.status == 409 and taken.json["type"].endswith("/slot-taken")
          and taken.json["alternatives"] and "offer" in taken.json["alternatives"][0], taken.text)
    check("problem_media_type", taken.headers["content-type"] == "application/problem+json", taken.headers)
    path = f"/v1/appointments/{booked.json['id']}"
    seen = desk.get(path)
    check("note_reads_back", seen.json.get("note") == "First\nvisit", seen.text)
    check("billing_sees_no_note", "note" not in demo.client("billing").get(path).json)
    check("if_match_fails", desk.post(path + "/confirm", headers={"If-Match": '"v99"'}).status == 412)
    confirmed = desk.post(path + "/confirm", headers={"If-Match": seen.headers["etag"]})
    check("confirmed", confirmed.status == 200 and confirmed.json["participant_status"] == "accepted", confirmed.text)
    check("patch_needs_if_match", desk.call("PATCH", path, {"note": "x"}).status == 412)
    amended = desk.call("PATCH", path, {"note": "Changed"}, headers={"If-Match": '"v2"'})
    check("amended", amended.status == 200 and desk.get(path).json["note"] == "Changed", amended.text)
    # To a time that a second practitioner has as well, so that the visit can be passed on below.
    later = find_offers(desk, service, limit=200)[1:]
    times = [o["starts_at"] for o in later]
    to = next(o for o in reversed(later) if times.count(o["starts_at"]) > 1)
    moved = desk.post(path + "/reschedule", {"offer": to["offer"]})
    check("moved", moved.status == 200 and moved.json["starts_at"] == to["starts_at"], moved.text)
    check("the_old_time_is_free", desk.post("/v1/appointments", {"offer": offers[0]["offer"], "patient_id": patient}).status == 201)
    check("checked_in", desk.post(path + "/check-in").json["status"] == "checked-in")
    check("no_show_after_check_in", desk.post(path + "/no-show").status == 409)
    cancelled = desk.post(path + "/cancel", {"reason": "clinic_request"})
    check("cancelled_by_clinic", cancelled.json["status"] == "cancelled" and cancelled.json["cancelled_by"] == "clinic", cancelled.text)
    check("cancelled_twice", desk.post(path + "/cancel", {"reason": "clinic_request"}).status == 409)
    check("reinstated", desk.post(path + "/reinstate", {"reason": "cancelled_in_error"}).json["status"] == "booked")
    people = [p["id"] for p in tenant["practitioners"] if p["id"] != moved.json["practitioner_id"]]
    passed_on = [desk.post(path + "/reassign", {"practitioner_id": p, "reason": "workload"}) for p in people]
    check("reassigned", any(a.status == 200 for a in passed_on), [a.status for a in passed_on])

    later = find_offers(desk, service, limit=60)
    hold = desk.post("/v1/holds", {"offer": later[0]["offer"]})
    check("held", hold.status == 201, hold.text)
    check("held_time_is_taken", admin.post("/v1/appointments", {"offer": later[0]["offer"], "patient_id": patient}).status == 409)
    redeemed = desk.post("/v1/appointments", {"offer": later[0]["offer"], "patient_id": patient, "hold_id": hold.json["id"]})
    check("hold_redeemed", redeemed.status == 201, redeemed.text)
    second = desk.post("/v1/holds", {"offer": later[-1]["offer"]})
    check("hold_released", desk.call("DELETE", f"/v1/holds/{second.json['id']}").status == 204)
    check("released_time_is_free", admin.post("/v1/appointments", {"offer": later[-1]["offer"], "patient_id": patient}).status == 201)

    bad = {"not_json": ("{", 400), "duplicate_member": ('{"text":"a","text":"b"}', 400), "bad_utf8": ("{\"text\":\"\udcff\"}", 400),
           "too_deep": ("[" * 20 + "]" * 20, 400), "unknown_member": ('{"text":"a","x":1}', 422), "ill_typed": ('{"text":1}', 422),
           "control_character": ('{"text":"a\\u0000b"}', 422)}
    for name, (raw, status) in bad.items():
        got = desk.call("POST", "/v1/patients/search", raw=raw.encode("utf-8", "surrogateescape"), headers={"Content-Type": "application/json"})
        errors = got.json.get("errors") if got.json else None
        check(f"refuses_{name}", got.status == status and errors and {"pointer", "rule", "detail"} <= set(errors[0]), f"{got.status} {got.text}")
    check("wrong_content_type", desk.call("POST", "/v1/patients/search", raw="text=a", headers={"Content-Type": "text/plain"}).status == 415)
    check("too_large", desk.call("POST", "/v1/patients/search", raw='{"text":"' + "x" * 300_000 + '"}',
                                 headers={"Content-Type": "application/json"}).status in (400, 413))
    check("no_credentials_first", anonymous.call("POST", "/v1/nowhere", raw="{").status == 401)
    check("bad_token", desk.get("/v1/me", headers={"Authorization": "Bearer sb1_x_y"}).status == 401)
    check("unknown_path", desk.get("/v1/nowhere").status == 404)
    check("wrong_method", desk.call("DELETE", "/v1/patients").status == 405)
    check("unknown_appointment", desk.get("/v1/appointments/apt_00000000000000000000000000").status == 404)
    check("forged_offer", desk.post("/v1/appointments", {"offer": "A" * 150, "patient_id": patient}).status == 422)

    for path in ("/healthz", "/openapi.json", "/v1/me", "/nowhere"):
        got = anonymous.get(path)
        check(f"security_headers{path}", got.headers.get("strict-transport-security", "").startswith("max-age=63072000")
              and got.headers.get("x-content-type-options") == "nosniff" and "content-security-policy" in got.headers, got.headers)
    check("cors_closed", "access-control-allow-origin" not in desk.get("/v1/me", headers={"Origin": "https://evil.example.test"}).headers)
    document = anonymous.get("/openapi.json").json
    rows = [o for p in document["paths"].values() for o in p.values() if isinstance(o, dict)]
    check("openapi_names_permissions", rows and all("x-permission" in o or "x-public-because" in o or "x-authenticated" in json.dumps(o)
                                                    for o in rows), [o.get("operationId") for o in rows if "x-permission" not in o])
    controls = demo.client("auditor").get("/v1/controls").json["controls"]
    check("controls_all_rows", len(controls) == 315 and {c["state"] for c in controls} <= {"enforced", "partial", "attested", "absent"}, len(controls))

    page, listed = "", []
    while True:
        got = desk.get(f"/v1/appointments?from=2026-01-01T00:00:00Z&to=2028-01-01T00:00:00Z&limit=7{page}")
        listed += [a["id"] for a in got.json["appointments"]]
        if not got.json.get("next"):
            break
        page = "&cursor=" + got.json["next"]
    check("paging_loses_nothing", len(listed) == len(set(listed)) and booked.json["id"] in listed, len(listed))
    check("cursor_of_other_filters", not page or desk.get(f"/v1/appointments?from=2026-01-02T00:00:00Z&to=2028-01-01T00:00:00Z&limit=7{page}").status == 422)
