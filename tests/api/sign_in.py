"""Signing in, for coverage and the matrix: each operation once, by a browser with a passkey."""
import os
import re
import time

from browser import Browser
from soft_key import SoftKey


def mailed_code(folder, before):
    for _ in range(100):
        for name in sorted(set(os.listdir(folder)) - before):
            with open(f"{folder}/{name}", errors="replace") as file:
                found = re.search(r"^(\d{8})\s*$", file.read(), re.M)
            if found:
                return found[1]
        time.sleep(0.2)
    return "00000000"


def cover(done, due, demo, admin):
    fresh = lambda: Browser(demo.ready["url"], demo.ready["ca"])
    fresh().sign_in(demo.tenants[0]["accounts"]["admin"]["sign_in"])
    due["session.started"] += 1
    account = done("account.created", admin.post("/v1/accounts", {"role": "scheduler"})).json["id"]
    link = done("enrolment.created", admin.post(f"/v1/accounts/{account}/enrolments")).json["url"]
    browser, keys = fresh(), [SoftKey(demo.ready["url"]), SoftKey(demo.ready["url"])]
    done("enrolment.used", browser.post("/v1/session/enrolment", {"token": link.rsplit("/", 1)[1]}))
    for key in keys:
        options = browser.post("/v1/passkeys/options").json["publicKey"]
        added = done("passkey.added", browser.post("/v1/passkeys", {"label": "Covered", "credential": key.create(options)})).json
    options = browser.post("/v1/session/passkey/options").json["publicKey"]
    done("session.started", browser.post("/v1/session/passkey", {"credential": keys[0].get(options)}))
    done("passkey.viewed", browser.get("/v1/passkeys"))
    options = browser.post("/v1/session/step-up/options").json["publicKey"]
    done("session.stepped_up", browser.post("/v1/session/step-up", {"credential": keys[0].get(options)}))
    done("passkey.removed", browser.call("DELETE", f"/v1/passkeys/{added['id']}"))
    done("session.ended", browser.call("DELETE", "/v1/session"))
    done("session.ended", admin.call("DELETE", f"/v1/accounts/{account}/sessions"))
    before, who = set(os.listdir(demo.ready["mail"])), {"tenant": demo.tenants[0]["slug"], "contact": "person0@example.test"}
    done("sign_in.code_sent", fresh().post("/v1/session/code", who))
    code = mailed_code(demo.ready["mail"], before)
    done("session.started", fresh().post("/v1/session/code/verify", who | {"code": code}))
    done("access.explained", admin.post("/v1/authz/explain", {"account_id": account, "permission": "patient.view"}))


def account_of(world):
    """An account of the world's tenant, made once."""
    if not hasattr(world, "spare_account"):
        world.spare_account = world.admin.post("/v1/accounts", {"role": "billing"}).json["id"]
    return world.spare_account


def role_operations(world):
    return {"createEnrolment": lambda c: c.post(f"/v1/accounts/{account_of(world)}/enrolments"),
            "endSessionsOfAccount": lambda c: c.call("DELETE", f"/v1/accounts/{account_of(world)}/sessions")}


def explain(world):
    return lambda c: c.post("/v1/authz/explain", {"account_id": account_of(world), "permission": "patient.view"})


def explained(demo, cases, world, visit, label):
    """What is explained is what the server decides: for every role, on a visit that is and one that is not its own."""
    for role in ("admin", "scheduler", "front_desk", "provider", "billing", "auditor", "patient"):
        client = demo.client(role)
        account = client.get("/v1/me").json["account_id"]
        told = demo.client("auditor").post("/v1/authz/explain", {
            "account_id": account, "permission": "appointment.view", "appointment_id": visit}).json
        seen = client.get(f"/v1/appointments/{visit}").status
        cases.check(f"explain/{label}/{role}", told["allowed"] == (seen == 200) and told["role"] == role, (told, seen))
        cases.check(f"explain/{label}/{role}/path", all(r["holds"] for r in told["rules"]) == told["allowed"]
                    and [r["rule"] for r in told["rules"]][:2] == ["account.active", "role.table"], told)
    foreign = world.demo.client("admin", 1).post("/v1/authz/explain", {"account_id": account_of(world), "permission": "patient.view"})
    cases.check(f"explain/{label}/other_tenant", foreign.status == 404, foreign.status)
