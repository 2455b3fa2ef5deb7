"""Calendar feeds: made, listed, replaced, ended, and fetched by whoever has the address."""
import urllib.parse

FEED_TABLE = "-  y  -  -  own  -  -  -"  # cells of feed.manage, by hand


def operations(world):
    """For the matrix: operation -> (client) -> answer, on feeds of the world's provider."""
    body = {"practitioner_id": world.provider, "device": "Matrix"}
    fresh = lambda: world.admin.post("/v1/feeds", body).json["id"]

    def on_own_feed(call):
        made = fresh()
        answer = call(made)
        world.admin.call("DELETE", f"/v1/feeds/{made}")  # at most 20 live ones
        return answer

    def create(client):
        answer = client.post("/v1/feeds", body)
        if answer.status == 201:
            world.admin.call("DELETE", f"/v1/feeds/{answer.json['id']}")
        return answer

    return {"createFeed": create, "listFeeds": lambda c: c.get("/v1/feeds"),
            "rotateFeed": lambda c: on_own_feed(lambda made: c.post(f"/v1/feeds/{made}/rotate")),
            "revokeFeed": lambda c: on_own_feed(lambda made: c.call("DELETE", f"/v1/feeds/{made}"))}


def foreign(world, client):
    """For the matrix: another tenant's feed."""
    made = world.admin.post("/v1/feeds", {"practitioner_id": world.provider, "device": "Foreign"}).json["id"]
    answer = client.post(f"/v1/feeds/{made}/rotate")
    world.admin.call("DELETE", f"/v1/feeds/{made}")
    return answer


def path_of(issued):
    return urllib.parse.urlsplit(issued.json["url"]).path


def cover(done, demo, admin, practitioner):
    """For the coverage: each operation once."""
    made = done("feed.created", admin.post("/v1/feeds", {"practitioner_id": practitioner, "device": "Covered"}))
    made = done("feed.rotated", admin.post(f"/v1/feeds/{made.json['id']}/rotate"))
    done("feed.fetched", demo.anonymous().get(path_of(made)))
    done("feed.revoked", admin.call("DELETE", f"/v1/feeds/{made.json['id']}"))


def same_refusal(answer):
    """What a refusal says, without the request's own id."""
    body = {k: v for k, v in (answer.json or {}).items() if k != "instance"}
    headers = {k: v for k, v in answer.headers.items() if k not in ("date", "request-id")}
    return answer.status, body, headers


def run(demo, cases, find_offers, label):
    check = lambda name, good, why="": cases.check(f"feeds/{label}/{name}", good, why)
    admin, anonymous = demo.client("admin"), demo.anonymous()
    provider = demo.client("provider")
    practitioner = provider.get("/v1/me").json["practitioner_id"]
    service = demo.tenants[0]["services"][0]["id"]
    patient = demo.client("patient").get("/v1/me").json["patient_id"]
    offer = find_offers(admin, service, practitioner_ids=[practitioner])[0]
    visit = admin.post("/v1/appointments", {"offer": offer["offer"], "patient_id": patient, "note": "Canary-Note"}).json

    wanted = {"practitioner_id": practitioner, "device": "Canary-Device"}
    unknown = anonymous.post("/v1/feeds", wanted)
    check("an_address_is_given_to_nobody_who_is_not_signed_in", unknown.status == 401 and "url" not in unknown.text, unknown.text)
    check("nor_to_a_patient", demo.client("patient").post("/v1/feeds", wanted).status == 403)
    made = provider.post("/v1/feeds", wanted)
    check("made_by_a_provider", made.status == 201 and made.json["id"].startswith("fed_"), made.text)
    path = path_of(made)
    secret = path.split("/")[3]
    without = [anonymous.get(road).status for road in ("/v1/feeds", path.replace(secret, made.json["id"]), path.replace(secret, secret[:-1]))]
    check("no_calendar_without_the_whole_address", not [s for s in without if s < 400], without)
    got = anonymous.get(path)
    stamp = "".join(c for c in visit["starts_at"] if c not in "-:")
    check("shows_the_visit", got.status == 200 and f"DTSTART:{stamp}" in got.text, got.text[:300])
    check("is_a_calendar", got.headers["content-type"] == "text/calendar; charset=utf-8" and path.endswith("/appointment.ics"), got.headers)
    check("names_no_file_and_keeps_nothing", "content-disposition" not in got.headers and got.headers["cache-control"] == "no-store", got.headers)
    uid = next(line[4:] for line in got.text.splitlines() if line.startswith("UID:"))
    roads = [f"/v1/appointments/{uid}", f"/v1/appointments/apt_{uid}", f"/v1/feeds/{uid}", f"/v1/patients/{uid}"]
    check("a_uid_opens_nothing", all(demo.client(role).get(road).status in (403, 404, 405) for road in roads for role in ("admin", "patient", "auditor")))
    person = admin.get(f"/v1/patients/{patient}").json
    needles = ["Canary", visit["id"], patient, practitioner, person["name"]["family"], *person["name"]["given"]]
    check("says_busy_and_nothing_else", not [n for n in needles if n in got.text] and
          {line for line in got.text.splitlines() if line.startswith(("SUMMARY", "NAME", "X-WR"))} ==
          {"SUMMARY:Busy", "NAME:Busy", "X-WR-CALNAME:Busy"}, got.text[:300])
    for name, wording, language, word in (("one_word_in_english", "neutral", "en", "Appointment"), ("one_word_in_spanish", "neutral", "es", "Cita"),
                                           ("busy_in_spanish", "busy", "es", "Ocupado")):
        other = admin.post("/v1/feeds", {"practitioner_id": practitioner, "device": "d", "wording": wording, "language": language})
        text = anonymous.get(path_of(other)).text
        check(name, {line for line in text.splitlines() if line.startswith("SUMMARY")} == {f"SUMMARY:{word}"}, text[:200])
        admin.call("DELETE", f"/v1/feeds/{other.json['id']}")

    tag = got.headers["etag"]
    again = anonymous.get(path, headers={"If-None-Match": f'"other", W/{tag}'})
    check("unchanged_is_304", again.status == 304 and again.text == "" and again.headers.get("etag") == tag, (again.status, again.headers))
    admin.post(f"/v1/appointments/{visit['id']}/cancel", {"reason": "clinic_request"})
    changed = anonymous.get(path, headers={"If-None-Match": tag})
    check("a_cancelled_visit_is_gone", changed.status == 200 and f"DTSTART:{stamp}" not in changed.text, changed.status)
    listed = next(f for f in provider.get("/v1/feeds").json["feeds"] if f["id"] == made.json["id"])
    check("listed_without_its_secret", listed["device"] == "Canary-Device" and listed["fetches"] == 3 and "fetched_at" in listed
          and path.split("/")[3] not in str(listed), listed)

    rotated = provider.post(f"/v1/feeds/{made.json['id']}/rotate")
    refusals = {"replaced": anonymous.get(path)}
    new_path = path_of(rotated)
    check("the_new_address_opens", rotated.status == 200 and new_path != path and anonymous.get(new_path).status == 200, rotated.text)
    for _ in range(19):
        anonymous.get(new_path)
    limited = anonymous.get(new_path)
    # The count is the feed's: a new address does not make the day longer.
    check("at_most_20_a_day", limited.status == 429 and int(limited.headers["retry-after"]) > 60, (limited.status, limited.headers))
    check("revoked", provider.call("DELETE", f"/v1/feeds/{made.json['id']}").status == 204)
    token = new_path.split("/")[3]
    swap = "B" if token[20] == "A" else "A"
    refusals |= {"revoked": anonymous.get(new_path), "unknown": anonymous.get("/v1/calendar/sb1_feed_" + "A" * 43 + "_000000/appointment.ics"),
                 "misspelt": anonymous.get(new_path.replace(token, token[:20] + swap + token[21:])), "an_account": anonymous.get(f"/v1/calendar/{admin.token}/appointment.ics"),
                 "an_id": anonymous.get(f"/v1/calendar/{made.json['id']}/appointment.ics"), "too_long": anonymous.get("/v1/calendar/" + "x" * 500 + "/appointment.ics")}
    first = same_refusal(refusals["revoked"])
    for name, answer in refusals.items():
        check(f"refused_alike/{name}", answer.status == 404 and same_refusal(answer) == first, (same_refusal(answer), first))
    wrong = admin.post("/v1/feeds", {"practitioner_id": practitioner, "device": "x" * 61})
    check("a_label_is_short", wrong.status == 422 and wrong.json["errors"][0]["pointer"] == "/device", wrong.text)
