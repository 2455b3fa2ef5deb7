"""Events, their lists, invitations and the end of links: cells for the matrix and entries for the
coverage test, by hand from CONTRACT."""

#   permission            super adm sched front prov bill audit patient
TABLE = {
    "event.manage":        "-  y  y  -  -    -  -  -",
    "invitation.send":     "-  y  y  -  -    -  -  -",
}


def event_body(world, **more):
    body = {"name": "Autumn campaign", "service_ids": [world.service], "from": "2026-11-01T00:00:00Z",
            "until": "2028-01-01T00:00:00Z"}
    return body | more


def make_event(world):
    made = world.admin.post("/v1/events", event_body(world))
    assert made.status == 201, made.text
    added = world.admin.post(f"/v1/events/{made.json['id']}/participants", {"patient_ids": [world.patient]})
    assert added.status == 200 and added.json["added"] == 1, added.text
    return made.json["id"]


def invitation(world):
    made = world.admin.post("/v1/invitations", {"event_id": make_event(world), "to": "all"})
    assert made.status == 202, made.text
    return made.json["id"]


def operations(world):
    """permission -> the operations tried for it: name and (client) -> answer."""

    def patch(c):
        event = make_event(world)
        return c.call("PATCH", f"/v1/events/{event}", {"change_hours": 48}, headers={"If-Match": '"v1"'})

    return {
        "event.manage": {
            "createEvent": lambda c: c.post("/v1/events", event_body(world)),
            "listEvents": lambda c: c.get("/v1/events"),
            "getEvent": lambda c: c.get(f"/v1/events/{make_event(world)}"),
            "changeEvent": patch,
            "closeEvent": lambda c: c.post(f"/v1/events/{make_event(world)}/close"),
            "addParticipants": lambda c: c.post(f"/v1/events/{make_event(world)}/participants", {"patient_ids": [world.patient]}),
            "listParticipants": lambda c: c.get(f"/v1/events/{make_event(world)}/participants")},
        "invitation.send": {
            "createInvitation": lambda c: c.post("/v1/invitations", {"event_id": make_event(world), "to": "all"}),
            "getInvitation": lambda c: c.get(f"/v1/invitations/{invitation(world)}"),
            "remindInvitation": lambda c: c.post(f"/v1/invitations/{invitation(world)}/remind"),
            "revokeLinks": lambda c: c.post("/v1/links/revoke", {"event_id": make_event(world)})},
    }


FOREIGN = {
    "event.manage": lambda w, c: c.get(f"/v1/events/{make_event(w)}"),
    "invitation.send": lambda w, c: c.get(f"/v1/invitations/{invitation(w)}"),
}


def coverage(admin, service, patient, done, change):
    """Each operation once; `done(action, answer)` counts the entry that is due."""
    body = {"name": "Covered", "service_ids": [service], "from": "2026-11-01T00:00:00Z", "until": "2028-01-01T00:00:00Z"}
    event = done("event.created", admin.post("/v1/events", body))
    path = f"/v1/events/{event.json['id']}"
    done("event.changed", change(path, {"change_hours": 48}, event))
    done("event.joined", admin.post(path + "/participants", {"patient_ids": [patient]}))
    done("event.viewed", admin.get(path + "/participants"))
    sent = done("invitation.sent", admin.post("/v1/invitations", {"event_id": event.json["id"], "to": "all"}))
    done("invitation.viewed", admin.get(f"/v1/invitations/{sent.json['id']}"))
    done("invitation.sent", admin.post(f"/v1/invitations/{sent.json['id']}/remind"))
    done("link.revoked", admin.post("/v1/links/revoke", {"event_id": event.json["id"]}))
    done("event.closed", admin.post(path + "/close"))


def rules(cases, world, label):
    """What the shapes promise: refusals name field and rule, states move."""
    refused = world.admin.post("/v1/events", event_body(world, until="2026-10-01T00:00:00Z"))
    cases.check(f"events/{label}/ends_after_it_starts", refused.status == 422 and
                "/until" in [e["pointer"] for e in refused.json["errors"]], refused.text)
    event = make_event(world)
    stranger = world.admin.post("/v1/invitations", {"event_id": event, "to": ["pat_" + "0" * 26]})
    cases.check(f"events/{label}/strangers_are_named", stranger.status == 422 and
                stranger.json["errors"][0]["pointer"] == "/to/0", stranger.text)
    sent = world.admin.post("/v1/invitations", {"event_id": event, "to": [world.patient]})
    seen = world.admin.get(f"/v1/invitations/{sent.json['id']}").json
    cases.check(f"events/{label}/one_is_invited_and_silent", (seen["total"], seen["silent"]) == (1, 1), seen)
    people = world.admin.get(f"/v1/events/{event}/participants").json["participants"]
    cases.check(f"events/{label}/lists_are_masked", people[0]["state"] == "invited" and "name" not in people[0] and
                people[0]["initials"], people)
    both = world.admin.post("/v1/links/revoke", {"patient_id": world.patient, "event_id": event})
    cases.check(f"events/{label}/one_way_to_revoke", both.status == 422, both.text)
    gone = world.admin.post("/v1/links/revoke", {"event_id": event})
    cases.check(f"events/{label}/a_campaign_is_revoked", gone.status == 200 and gone.json["revoked"] == 1, gone.text)
