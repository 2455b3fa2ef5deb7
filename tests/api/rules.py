"""Rules that hold whichever verb is used: hours and overlap, whose calendar it is, until when; and what
a refusal says. Each was once a way round the role table (DECISIONS 4, 22)."""
import time
import uuid

from matrix import World


def shifted(stamp, seconds):
    """An instant of the API, so many seconds later."""
    begin = time.mktime(time.strptime(stamp[:19], "%Y-%m-%dT%H:%M:%S")) - time.timezone
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(begin + seconds))


def first_error(answer):
    errors = (answer.json or {}).get("errors") or [{}]
    return errors[0].get("pointer"), errors[0].get("rule")


def run(demo, cases, find_offers, label):
    check = lambda name, good, why="": cases.check(f"rules/{label}/{name}", good, why)
    world = World(demo, 0, find_offers)
    clients = {role: demo.client(role) for role in ("admin", "scheduler", "front_desk", "provider", "patient")}
    lengths(world, clients, check)
    closures(world, clients, check)
    calendars(world, clients, check, find_offers)
    nothing_to_do(world, clients, check)
    patients(demo, world, clients, check, find_offers)
    reasons(world, clients, check)
    journaled_reasons(world, clients, check)
    ids(demo, world, clients, check)
    bodies(clients, check)
    keys(demo, world, clients, check)
    conditions(world, clients, check)


def amended(client, visit, body):
    seen = client.get(f"/v1/appointments/{visit}")
    return client.call("PATCH", f"/v1/appointments/{visit}", body, headers={"If-Match": seen.headers.get("etag", '"v1"')})


def lengths(world, clients, check):
    desk, admin = clients["front_desk"], clients["admin"]
    visit = world.visit()
    longer = amended(desk, visit, {"duration_minutes": 900})
    check("a_desk_makes_no_visit_longer_than_the_hours", longer.status == 422 and longer.json["type"].endswith("/outside-hours")
          and first_error(longer) == ("/duration_minutes", "outside_hours"), longer.text)
    forced = amended(desk, visit, {"duration_minutes": 900, "override_reason": "urgent_need"})
    check("a_reason_is_no_permission", forced.status == 403, forced.text)
    bare = amended(admin, visit, {"duration_minutes": 900})
    check("a_permission_is_no_reason", bare.status == 422, bare.text)
    good = amended(admin, visit, {"duration_minutes": 900, "override_reason": "urgent_need"})
    check("both_make_it_longer", good.status == 200 and "outside_hours" in good.json["flags"], good.text)
    shorter = amended(desk, visit, {"duration_minutes": 15})
    check("what_gets_shorter_needs_neither", shorter.status == 200, shorter.text)


def closures(world, clients, check):
    desk, scheduler, admin = clients["front_desk"], clients["scheduler"], clients["admin"]
    visit = world.cancelled()
    seen = admin.get(f"/v1/appointments/{visit}").json
    closed = admin.post("/v1/closures", {"resource_id": world.provider, "starts_at": seen["starts_at"], "ends_at": seen["ends_at"]})
    back = desk.post(f"/v1/appointments/{visit}/reinstate", {"reason": "cancelled_in_error"})
    check("nothing_comes_back_into_a_closure", back.status == 422 and first_error(back) == ("/override_reason", "closure"), back.text)
    forced = desk.post(f"/v1/appointments/{visit}/reinstate", {"reason": "cancelled_in_error", "override_reason": "late_entry"})
    check("a_desk_does_not_override_it", forced.status == 403, forced.text)
    good = scheduler.post(f"/v1/appointments/{visit}/reinstate", {"reason": "cancelled_in_error", "override_reason": "late_entry"})
    check("a_scheduler_does", good.status == 200 and good.json["flags"] == ["closure"], good.text)
    other = next(p["id"] for p in world.info["practitioners"] if p["id"] != world.provider)
    shut = admin.post("/v1/closures", {"resource_id": other, "starts_at": seen["starts_at"], "ends_at": seen["ends_at"]})
    passed = desk.post(f"/v1/appointments/{visit}/reassign", {"practitioner_id": other, "reason": "workload"})
    check("nor_is_it_passed_into_one", passed.status == 422 and first_error(passed)[0] == "/practitioner_id", passed.text)
    for closure in (closed, shut):
        admin.call("DELETE", f"/v1/closures/{closure.json['id']}")


def calendars(world, clients, check, find_offers):
    provider, patient, admin = clients["provider"], clients["patient"], clients["admin"]
    other = next(p["id"] for p in world.info["practitioners"] if p["id"] != world.provider)
    visit = world.visit()
    check("a_provider_passes_nothing_on", provider.post(f"/v1/appointments/{visit}/reassign", {
        "practitioner_id": other, "reason": "workload"}).status == 403)
    check("a_patient_does_not_reassign", patient.post(f"/v1/appointments/{visit}/reassign", {
        "practitioner_id": other, "reason": "workload"}).status == 403)
    theirs = [o for o in find_offers(provider, world.service, limit=200) if o.get("practitioner_id") not in (None, world.provider)]
    moved = provider.post(f"/v1/appointments/{visit}/reschedule", {"offer": theirs[0]["offer"]})
    check("a_provider_moves_nothing_into_another_calendar", moved.status == 403, moved.text)
    to = world.offer(admin)
    check("a_patient_moves_to_no_offer_of_staff",
          first_error(patient.post(f"/v1/appointments/{visit}/reschedule", {"offer": to})) == ("/offer", "audience"))


def nothing_to_do(world, clients, check):
    desk = clients["front_desk"]
    visit = world.visit()
    path = f"/v1/appointments/{visit}"
    first, again = desk.post(path + "/confirm"), desk.post(path + "/confirm")
    check("a_second_yes_changes_nothing", (first.json["version"], again.json["version"]) == (2, 2), again.text)
    same = desk.post(path + "/reassign", {"practitioner_id": world.provider, "reason": "workload"})
    check("nor_does_the_same_practitioner", same.status == 200 and same.json["version"] == 2, same.text)
    empty = amended(desk, visit, {})
    check("a_change_names_something", empty.status == 422 and first_error(empty) == ("", "required"), empty.text)


def patients(demo, world, clients, check, find_offers):
    patient, admin = clients["patient"], clients["admin"]
    begun = world.begun()
    gone = patient.post(f"/v1/appointments/{begun}/cancel", {"reason": "patient_request"})
    check("a_patient_cancels_nothing_that_has_begun", gone.status == 409, gone.text)
    check("staff_do", admin.post(f"/v1/appointments/{begun}/cancel", {"reason": "patient_request"}).status == 200)

    own = admin.post("/v1/services", {"name": "By invitation", "duration_minutes": 30, "audience": "patients",
                                      "needs": [{"kind": "practitioner"}]})
    offers = find_offers(patient, own.json["id"])
    closed = admin.call("PATCH", f"/v1/services/{own.json['id']}", {"audience": "staff"}, headers={"If-Match": own.headers["etag"]})
    check("a_service_is_closed_to_patients", bool(offers) and closed.status == 200, closed.text)
    booked = patient.post("/v1/appointments", {"offer": offers[0]["offer"], "patient_id": world.patient})
    check("an_offer_opens_no_closed_service", first_error(booked) == ("/offer", "audience"), booked.text)
    held = patient.post("/v1/holds", {"offer": offers[0]["offer"]})
    check("nor_is_it_held", first_error(held) == ("/offer", "audience"), held.text)

    short = admin.post("/v1/services", {"name": "With notice", "duration_minutes": 30, "notice_minutes": 2880,
                                        "audience": "patients", "needs": [{"kind": "practitioner"}]})
    soon = None
    for offer in find_offers(admin, world.service, limit=30):
        soon = admin.post("/v1/openings/check", {"service_id": short.json["id"], "resources": [offer["practitioner_id"]],
                                                 "starts_at": offer["starts_at"]})
        if soon.status == 200 and "notice" in soon.json["flags"]:
            break
    made = admin.post("/v1/appointments", {"offer": soon.json["offer"], "patient_id": world.patient})
    late = patient.post(f"/v1/appointments/{made.json['id']}/cancel", {"reason": "patient_request"})
    check("a_patient_cancels_until_the_notice", late.status == 409, late.text)


def reasons(world, clients, check):
    admin = clients["admin"]
    ask = lambda when, **more: admin.post("/v1/openings/check", {"service_id": world.service, "resources": [world.provider],
                                                                 "starts_at": when, **more})
    seconds = ask("2027-06-03T15:00:30Z")
    check("a_start_is_a_whole_minute", first_error(seconds) == ("/starts_at", "whole_minute"), seconds.text)
    far = ask("9999-12-31T00:00:00Z")
    check("a_start_lies_in_the_years_that_are_known", first_error(far) == ("/starts_at", "range"), far.text)
    site = admin.post("/v1/locations", {"name": "With hours", "time_zone": "America/New_York"}).json["id"]
    room = admin.post("/v1/rooms", {"name": "Room with hours", "location_id": site}).json["id"]
    who = admin.post("/v1/practitioners", {"name": "Dr. Hours"}).json
    service = admin.post("/v1/services", {"name": "With a room", "duration_minutes": 30, "location_ids": [site],
                                          "needs": [{"kind": "practitioner"}, {"kind": "room"}]}).json["id"]
    week = [{"weekday": "monday", "from": "09:00", "until": "10:00"}]
    admin.post("/v1/schedules", {"location_id": site, "weekly": week})
    admin.post("/v1/schedules", {"location_id": site, "weekly": week, "resource_id": who["id"]})
    night = admin.post("/v1/openings/check", {"service_id": service, "resources": [who["id"]], "starts_at": "2027-06-03T03:00:00Z"})
    check("the_night_is_outside_of_hours_and_not_taken", night.status == 422 and night.json["type"].endswith("/outside-hours")
          and first_error(night) == ("/starts_at", "outside_hours"), f"{night.text} {room}")


def journaled_reasons(world, clients, check):
    """A reason that was given stands in the journal as it was given."""
    admin = clients["admin"]
    schemas = admin.get("/openapi.json").json["components"]["schemas"]
    offered = lambda schema, member="reason": schemas[schema]["properties"][member]["enum"]

    def entries(visit):
        found = admin.get(f"/v1/audit/entries?resource={visit}&limit=50").json["entries"]
        return [(e["action"], e.get("reason")) for e in found]

    given = offered("CancelRequest")
    check("there_are_reasons_to_cancel", len(given) == 10, given)
    for reason in given:
        visit = world.visit()
        admin.post(f"/v1/appointments/{visit}/cancel", {"reason": reason})
        check(f"cancel_keeps_{reason}", ("appointment.cancelled", reason) in entries(visit), entries(visit))
    visit = world.cancelled()
    for reason in offered("ReinstateRequest"):
        admin.post(f"/v1/appointments/{visit}/reinstate", {"reason": reason})
        check(f"reinstate_keeps_{reason}", ("appointment.reinstated", reason) in entries(visit), entries(visit))
        admin.post(f"/v1/appointments/{visit}/cancel", {"reason": "clinic_request"})
    for reason in offered("CheckTimeRequest", "override_reason"):
        visit = world.visit()
        longer = amended(admin, visit, {"duration_minutes": 900, "override_reason": reason})
        check(f"amend_keeps_{reason}", longer.status == 200 and ("appointment.changed", reason) in entries(visit), longer.text)
        taken = admin.get(f"/v1/appointments/{visit}").json
        booked = [visit]
        for _ in range(4):  # somebody may take several visits at a time: until there is no room left
            over = admin.post("/v1/openings/check", {"service_id": world.service, "resources": [world.provider],
                                                     "starts_at": taken["starts_at"], "override_reason": reason})
            if "overlap" in over.json["flags"]:
                break
            booked.append(admin.post("/v1/appointments", {"offer": over.json["offer"], "patient_id": world.patient}).json["id"])
        made = admin.post("/v1/appointments", {"offer": over.json["offer"], "patient_id": world.patient})
        check(f"booking_keeps_{reason}", made.status == 201
              and ("appointment.booked", reason) in entries(made.json["id"]), f"{over.text} {made.text}")
        for each in (*booked, made.json["id"]):
            admin.post(f"/v1/appointments/{each}/cancel", {"reason": "clinic_request"})
    other = next(p["id"] for p in world.info["practitioners"] if p["id"] != world.provider)
    for reason in offered("ReassignRequest"):
        visit = world.visit()
        moved = admin.post(f"/v1/appointments/{visit}/reassign", {"practitioner_id": other, "reason": reason,
                                                                  "override_reason": "practitioner_agreed"})
        said = entries(visit)
        check(f"reassign_keeps_{reason}_and_the_override", moved.status == 200 and ("appointment.reassigned", reason) in said
              and ("appointment.overridden", "practitioner_agreed") in said, f"{moved.text} {said}")
        admin.post(f"/v1/appointments/{visit}/cancel", {"reason": "clinic_request"})


def ids(demo, world, clients, check):
    """An id in a body that names nothing here: 404 that says where, the same for another tenant's."""
    admin = clients["admin"]
    other = World(demo, 1, world.find_offers)
    visit = world.visit()
    unknown = lambda prefix: prefix + "0" * 26
    tried = {
        "/practitioner_id": lambda i: admin.post(f"/v1/appointments/{visit}/reassign", {"practitioner_id": i, "reason": "workload"}),
        "/patient_id": lambda i: admin.post("/v1/appointments", {"offer": world.offer(), "patient_id": i}),
        "/service_id": lambda i: admin.post("/v1/openings/search", {"service_id": i, "from": "2026-11-01T00:00:00Z",
                                                                    "to": "2027-12-31T00:00:00Z"}),
    }
    named = {"/practitioner_id": (unknown("res_"), other.provider), "/patient_id": (unknown("pat_"), other.patient),
             "/service_id": (unknown("svc_"), other.service)}
    for pointer, attempt in tried.items():
        nobody, foreign = (attempt(i) for i in named[pointer])
        same = {k: v for k, v in nobody.json.items() if k != "instance"} == {k: v for k, v in foreign.json.items() if k != "instance"}
        check(f"unknown_and_foreign_are_alike{pointer}", nobody.status == 404 and same and
              first_error(nobody) == (pointer, "unknown"), f"{nobody.text} {foreign.text}")


def bodies(clients, check):
    admin = clients["admin"]
    json_type = {"Content-Type": "application/json"}
    for path in ("/v1/patients", "/v1/openings/search", "/v1/services", "/v1/holds"):
        for name, headers in (("typed", json_type), ("untyped", {})):
            got = admin.call("POST", path, raw=b"", headers=dict(headers))
            check(f"no_body_is_not_json_{name}{path}", got.status == 400, f"{got.status} {got.text}")
    got = admin.call("POST", "/v1/patients/search", raw=b"", headers={"Content-Type": "text/plain"})
    check("the_type_counts_without_a_body_too", got.status == 415, got.text)
    ask = '{"text":"example"}'.encode()
    for name, headers, status in (("utf8", {"Content-Type": 'application/json; charset="UTF-8"'}, 200),
                                  ("latin1", {"Content-Type": "application/json; charset=latin1"}, 415),
                                  ("gzip", {**json_type, "Content-Encoding": "gzip"}, 415),
                                  ("identity", {**json_type, "Content-Encoding": "identity"}, 200)):
        got = admin.call("POST", "/v1/patients/search", raw=ask, headers=headers)
        check(f"a_body_is_utf8_as_it_is_{name}", got.status == status, f"{got.status} {got.text[:200]}")
    for name, text in (("blank", " "), ("zero_width", "a\u200bb"), ("tags", "a\U000e0041")):
        got = admin.post("/v1/services", {"name": text, "duration_minutes": 20, "needs": [{"kind": "practitioner"}]})
        check(f"a_name_can_be_read_{name}", got.status == 422 and first_error(got)[0] == "/name", got.text)


def keys(demo, world, clients, check):
    admin = clients["admin"]
    person = lambda name: {"name": {"given": [name], "family": "Keyed"}, "birth_date": "1990-01-01", "contacts": []}
    long_key = {"Idempotency-Key": "k" * 220 + uuid.uuid4().hex[:20]}
    one = admin.post("/v1/patients", person("Long"), headers=dict(long_key))
    check("a_key_may_be_long", one.status == 201 and admin.post("/v1/patients", person("Long"), headers=dict(long_key)).text == one.text, one.text)
    too_long = admin.post("/v1/patients", person("Longer"), headers={"Idempotency-Key": "k" * 256})
    check("but_not_longer_than_the_description", too_long.status == 422, too_long.text)
    other = admin.post("/v1/patients", person("Other"), headers=dict(long_key))
    check("a_reused_key_is_named", other.status == 422 and first_error(other) == ("/Idempotency-Key", "reused"), other.text)
    csv = f"given,family,birth_date\nKeyed,Example{uuid.uuid4().hex[:6]},1984-03-12\n".encode()
    send = lambda key, query="": admin.call("POST", "/v1/imports" + query, raw=csv, headers={"Content-Type": "text/csv", "Idempotency-Key": key})
    key = str(uuid.uuid4())
    first, again = send(key), send(key)
    check("an_import_is_started_once", (first.status, again.status) == (202, 202) and first.text == again.text, again.text)
    dry = send(key, "?dry_run=true")
    check("another_question_is_another_request", dry.status == 422 and first_error(dry) == ("/Idempotency-Key", "reused"), dry.text)


def conditions(world, clients, check):
    desk = clients["front_desk"]
    path = f"/v1/appointments/{world.visit()}"
    stale = desk.post(path + "/confirm", headers={"If-Match": '"v7"'})
    check("a_412_says_the_present_version", stale.status == 412 and stale.json.get("version") == 1, stale.text)
    weak = desk.post(path + "/confirm", headers={"If-Match": 'W/"v1"'})
    check("a_weak_tag_matches_nothing", weak.status == 412 and "-1" not in weak.json["detail"], weak.text)
    listed = desk.post(path + "/confirm", headers={"If-Match": '"v9", "v1"'})
    check("any_tag_of_a_list_will_do", listed.status == 200, listed.text)
