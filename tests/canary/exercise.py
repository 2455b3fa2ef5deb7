"""Every operation of /openapi.json, with canaries in every text: valid requests, then the error paths.

The policy for what an answer may hold, checked on every answer as it comes:
- no header of any answer holds a canary;
- an answer of 400 and above holds no canary, in any encoding, with one exception: the JSON pointer of a
  field error names the member as the caller wrote it, an unknown member's name included. Values never;
- an answer of 2xx may hold what its permitted reader asked for.
"""
import concurrent.futures
import http.client
import json
import os
import threading
import time

import matrix
from build import Builder
from client import find_offers
from main_job import MainJob
from needles import search, search_file
from signed_in import SignedIn


def without_pointers(answer):
    if not isinstance(answer.json, dict) or not isinstance(answer.json.get("errors"), list):
        return answer.text
    kept = dict(answer.json)
    kept["errors"] = [{k: v for k, v in e.items() if k != "pointer"} for e in kept["errors"]]
    return json.dumps(kept, ensure_ascii=False)


class Watch:
    """Which regular files outside its folder the server has open, and whether a canary lies in them."""

    def __init__(self, pid, inside, needles):
        self.pid, self.inside, self.needles = pid, inside, needles
        self.seen, self.hits, self.looks = set(), [], 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while not self.over.wait(0.1):
            self.look()

    def look(self):
        folder = f"/proc/{self.pid}/fd"
        try:
            names = os.listdir(folder)
        except OSError:  # it is gone
            return
        for name in names:
            try:
                path = os.readlink(f"{folder}/{name}")
            except OSError:
                continue
            outside = path.startswith("/") and not path.startswith(("/dev/", "/proc/", self.inside))
            if outside or path.startswith(("/memfd:", "/dev/shm")) or path.endswith("(deleted)"):
                self.seen.add(path)
                self.hits += [f"{path}: {hit}" for hit in search_file(f"{folder}/{name}", self.needles)]
        self.looks += 1

    def stop(self):
        self.over.set()
        self.thread.join()


class Exercise:
    def __init__(self, demo, canaries):
        self.demo, self.canaries = demo, canaries
        self.needles = canaries.needles(digits=False)
        self.clients = {}
        self.bodies, self.headers = [], []  # what an answer must not have held
        self.valid, self.refused, self.returned = {}, {}, set()
        self.sent = self.errors = 0
        self.admin = self.client("admin")
        self.document = self.admin.get("/openapi.json").json
        self.world = matrix.World(demo, 0, find_offers)
        self.place = self.admin.get("/v1/locations").json["locations"][0]["id"]
        self.build = Builder(self.document, canaries, self)
        for _ in range(60):  # the first checkpoint is signed when the server has settled
            if self.admin.get("/v1/audit/checkpoint").status == 200:
                break
            time.sleep(1)
        self.main_job = MainJob(self)
        self.main_job.task()  # while there are openings
        self.signed_in = SignedIn(self)

    def client(self, role):
        key = (role, threading.get_ident())  # a connection belongs to one thread
        if key not in self.clients:
            self.clients[key] = (self.demo.anonymous() if role == "anonymous" else
                                 self.signed_in.browser() if role == SignedIn.ROLE else self.demo.client(role))
        return self.clients[key]

    # What the builder asks of the world.
    def id(self, prefix, member):
        first = lambda path, key: self.admin.get(path).json[key][0]["id"]
        if prefix == "res":
            return self.world.provider
        known = {"pat": lambda: self.world.patient, "svc": lambda: self.world.service, "loc": lambda: self.place,
                 "dep": lambda: first("/v1/departments", "departments")}
        return known[prefix]()

    def special(self, owner, member):
        if member == "offer":
            return self.world.offer()
        if owner == "CheckTimeRequest" and member == "starts_at":
            return find_offers(self.admin, self.world.service, practitioner_ids=[self.world.provider])[0]["starts_at"]
        if owner in ("WeeklyHoursView", "HoursView") and member in ("from", "until"):
            return "09:00" if member == "from" else "17:00"
        now = self.admin.get("/v1/me").json["now"]
        ahead = lambda days: f"{int(now[:4]) + (days > 300)}{now[4:19]}Z"
        if member in ("from", "starts_at"):
            return ahead(1000) if member == "starts_at" else ahead(0)
        if member in ("to", "ends_at"):
            return ahead(1000)[:11] + "23:59:00Z"
        return {"time_zone": "America/Chicago", "language": "en-x-" + self.canaries.new("language")[:8]}.get(member)

    # Sending.
    def send(self, role, method, path, label, body=None, raw=None, headers=None):
        new = lambda part: self.canaries.new(f"{label} header {part}")
        more = {name: new(name) for name in ("User-Agent", "X-Anything", "X-Request-Id", "Referer", "Cookie",
                                             "Accept-Language", "X-Forwarded-For", "traceparent")}
        if method == "POST":
            more["Idempotency-Key"] = new("Idempotency-Key")
        more.update(headers or {})
        client = self.client(role)
        if role == SignedIn.ROLE:
            more["Cookie"] = f"anything={more['Cookie']}; __Host-sid={client.sid}"
        try:
            answer = client.call(method, path, body, headers=more, raw=raw)
        except (http.client.HTTPException, OSError):
            client.connection = None  # too large: the server hung up while we were sending
            return None
        self.sent += 1
        if role == SignedIn.ROLE and method == "DELETE" and answer.status == 204:  # that may have been its own session
            del self.clients[role, threading.get_ident()]
        text = json.dumps(answer.headers)
        self.headers += [f"{label} {answer.status}: {hit}" for hit in search(text.encode(), self.needles)]
        if answer.status >= 400:
            self.errors += 1
            shown = without_pointers(answer).encode()
            self.bodies += [f"{label} {answer.status}: {hit}" for hit in search(shown, self.needles)]
        else:
            self.returned |= self.canaries.in_text(answer.text)
        return answer

    def operations(self):
        for path, methods in self.document["paths"].items():
            for method, row in methods.items():
                if isinstance(row, dict) and "responses" in row:
                    yield method.upper(), path, row

    def role(self, row):
        if row["security"] == [{"session": []}]:
            return SignedIn.ROLE
        return "super_admin" if row.get("x-permission") in ("tenant.manage", "posture.read") else "admin"

    def fresh(self, method, path):
        """An object that the operation can be done to: its id."""
        what = path.split("/")[2]
        verb = path.rsplit("/", 1)[1]
        if what == "appointments":
            return {"reinstate": self.world.cancelled, "no-show": self.world.begun}.get(verb, self.world.visit)()
        if what == "patients":
            return self.world.patient
        if what == "holds":
            return self.admin.post("/v1/holds", {"offer": self.world.offer()}).json["id"]
        if what == "closures":
            body = self.build.value({"$ref": "#/components/schemas/CreateClosureRequest"}, "closure to remove")
            return self.admin.post("/v1/closures", body).json["id"]
        if what in ("feeds", "calendar"):
            made = self.admin.post("/v1/feeds", {"practitioner_id": self.world.provider, "device": "x"}).json
            return made["id"] if what == "feeds" else made["url"].split("/")[-2]
        if what == "practitioners":
            return self.world.provider
        if what == "services":
            return self.world.service
        made = self.main_job.fresh(what, path) or self.signed_in.fresh(what)
        if made is not None:
            return made
        key = f"/v1/{what}"
        found = self.admin.get(key).json[what]
        if what == "schedules":
            found = [row for row in found if row.get("resource_id") == self.world.provider]
        if not found:  # no device was there to begin with
            return self.admin.post(key, {"name": self.canaries.new(f"{what}.name"), "location_id": self.place}).json["id"]
        return found[0]["id"]

    def address(self, method, path, row):
        """The path with a real object, and the query with values that pass."""
        query = []
        for q in row.get("parameters", []):
            name, schema = q["name"], q["schema"]
            if q["in"] == "path":
                value = {"date": "2027-07-0" + str(1 + len(query)), "path": "0/000.p/1"}.get(name) or self.fresh(method, path)
                path = path.replace("{" + name + "}", value)
            elif q["in"] == "query" and (q.get("required") or name == "limit"):
                if schema["type"] == "integer":
                    query.append(f"{name}={ {'from': 1, 'to': 3, 'limit': 5}.get(name, 0) }")
                elif name == "entry":
                    entries = self.admin.get("/v1/audit/entries?limit=200").json["entries"]
                    query.append(f"entry={next(e['id'] for e in entries if 'index' in e)}")
                else:
                    query.append(f"{name}={self.special('', name)}")
        return path + ("?" + "&".join(query) if query else "")

    def body(self, method, path, row, label):
        made = self.main_job.body(method, path, label)
        if made is None:
            made = self.signed_in.body(method, path, label)
        if made is not None:
            return made
        content = row.get("requestBody", {}).get("content", {})
        if "application/json" not in content:
            return None
        return self.build.value(content["application/json"]["schema"], label)

    def if_match(self, role, path, row):
        if not any(q["name"] == "If-Match" and q.get("required") for q in row.get("parameters", [])):
            return {}
        seen = self.client(role).get(path)
        return {"If-Match": seen.headers["etag"]} if "etag" in seen.headers else {}

    def succeed(self, method, path, row):
        """The operation as it is meant to be used: 2xx."""
        label, role = f"{method} {path}", self.role(row)
        where, body = self.address(method, path, row), self.body(method, path, row, label)
        attempts = [body]
        if path == "/v1/patients/search":
            attempts += [{"contact": self.canaries.new(label) + "@example.test"}, {"contact": self.canaries.telephone(label)},
                         {"identifier": {"issuer": self.canaries.new(label), "value": self.canaries.new(label)}}]
        if path.endswith("/reassign"):
            attempts = [body | {"practitioner_id": p["id"]} for p in self.demo.tenants[0]["practitioners"]]
        if path.startswith("/v1/audit/tile"):  # the path holds slashes: the whole rest
            size = int(self.admin.get("/v1/audit/checkpoint").text.splitlines()[1])
            where = "/v1/audit/tile/0/000" + ("" if size >= 256 else f".p/{size}")
        raw = None
        if (method, path) == ("POST", "/v1/imports"):
            raw, more = self.main_job.people(label).encode(), {"Content-Type": "text/csv"}
        if path == "/v1/messages":
            where = f"{path}?patient_id={self.world.patient}"
        for tried in attempts:
            more = more if raw else self.if_match(role, where, row)
            answer = self.send(role, method, where, label, tried, raw=raw, headers=more)
            good = answer is not None and 200 <= answer.status < 300
            if good and path.startswith("/v1/appointments") and method in ("POST", "PATCH"):
                self.send(role, "GET", f"/v1/appointments/{answer.json['id']}", f"{label} read back")
            if label not in self.valid or good:
                self.valid[label] = (answer.status if answer else 0, "" if good else answer.text[:300] if answer else "")
        return where, body

    def fail(self, method, path, row, where, body):
        """The same operation along its error paths."""
        label, role = f"{method} {path}", self.role(row)
        new = lambda what: self.canaries.new(f"{label} {what}")
        bare = where.split("?")[0]
        send = lambda what, to=where, who=role, **more: self.send(who, method, to, f"{label} {what}", **more)
        for who in ("billing", "patient", "auditor", "anonymous"):
            send(f"as {who}", who=who, body=body)
        send("junk token", who="anonymous", body=body, headers={"Authorization": f"Bearer {new('token')}"})
        send("junk scheme", who="anonymous", body=body, headers={"Authorization": f"{new('scheme')} {new('token')}"})
        send("junk condition", body=body, headers={"If-Match": f'"{new("If-Match")}"'})
        send("unknown parameter", to=f"{bare}?{new('parameter name')}={new('parameter')}", body=body)
        for q in row.get("parameters", []):
            if q["in"] == "query":
                send("parameter", to=f"{bare}?{q['name']}={new(q['name'])}", body=body)
                send("parameter twice", to=f"{bare}?{q['name']}={new(q['name'])}&{q['name']}={new(q['name'])}", body=body)
            elif q["in"] == "path":
                send("path", to=path.replace("{" + q["name"] + "}", new(q["name"])).replace("{id}", new("id")), body=body)
                unknown = q["schema"].get("pattern", "^xxx_")[1:5] + "0" * 26
                send("unknown id", to=path.replace("{" + q["name"] + "}", unknown).replace("{id}", unknown), body=body)
        send("path that leads on", to=f"{bare}/{new('path')}/%2e%2e%2f{new('path')}", body=body)
        if (method, path) == ("POST", "/v1/imports"):
            for kind in ("text/csv", "application/fhir+ndjson", "text/calendar"):
                send("rows that are none", raw=f"given,{new('column')}\n\"{new('open quote')},{new('cell')}\n".encode(),
                     headers={"Content-Type": kind})
        if body is None:
            send("a body that nobody asked for", body={new("name"): new("value")})
            return
        json_type = {"Content-Type": "application/json"}
        key = new("Idempotency-Key")
        send("key used again", body=body, headers={"Idempotency-Key": key})
        send("key used again", body=body | {new("name"): new("value")}, headers={"Idempotency-Key": key})
        send("key too long", body=body, headers={"Idempotency-Key": new("key too long") * 20})
        send("wrong content type", raw=new("text"), headers={"Content-Type": f"text/{new('type')}"})
        send("no JSON", raw=new("no JSON"), headers=json_type)
        send("cut off", raw=(json.dumps(body)[:-1] + f',"{new("cut off")}":').encode(), headers=json_type)
        send("twice", raw=f'{{"{new("name")}":1,"name":"{new("twice")}","name":"{new("twice")}"}}', headers=json_type)
        send("no UTF-8", raw=f'{{"name":"{new("no UTF-8")}'.encode() + b'\xff\xfe"}', headers=json_type)
        send("too deep", raw='{"a":' * 90 + f'"{new("deep")}"' + "}" * 90, headers=json_type)
        send("no object", raw=json.dumps([new("element")]), headers=json_type)
        for what, changed in self.build.spoiled(body, label):
            send(what, body=changed)

    def run(self):
        # Visits first: the changes of services and hours leave no opening.
        # Signing in before both: who gets a code has the address that the demo verified.
        first = {"session": 0, "appointments": 1, "holds": 1, "openings": 1, "patients": 1}
        rows = sorted(self.operations(), key=lambda row: (first.get(row[1].split("/")[2], 2),
                                                          ["POST", "GET", "PUT", "PATCH", "DELETE"].index(row[0])))
        asked = [(method, path, row, *self.succeed(method, path, row)) for method, path, row in rows]
        self.read_back("after the valid requests")
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda one: self.fail(*one), asked))
        for path in ("/{}", "/{}?{}={}", "/demo/{}", "/t/{}/", "/l/{}", "/v1/{}", "/v1/%2e%2e/{}", "/openapi.json?{}={}", "/metrics?{}"):
            label = f"GET {path}"
            self.send("admin", "GET", path.format(*[self.canaries.new(label) for _ in range(3)]), label)
        self.send("admin", self.canaries.new("method").upper(), "/v1/me", "method")
        self.send("admin", "POST", "/v1/patients", "large", raw=b'{"note":"' + self.canaries.new("large").encode() * 300000 + b'"}',
                  headers={"Content-Type": "application/json"})

    def read_back(self, when):
        """What was stored, as those see it who may."""
        for what in ("locations", "departments", "rooms", "devices", "practitioners", "services", "closures"):
            self.send("admin", "GET", f"/v1/{what}", f"{what} {when}")
        self.send("admin", "GET", f"/v1/patients/{self.world.patient}", f"patient {when}")
        self.send("super_admin", "GET", "/v1/tenants", f"tenants {when}")

    def journal(self):
        """All entries of the journal as its readers see them: no canary stands in them, sealed or not."""
        hits, cursor, count = [], "", 0
        while True:
            page = self.admin.get("/v1/audit/entries?limit=200" + (f"&cursor={cursor}" if cursor else ""))
            if page.status != 200:
                return [f"{page.status} {page.text[:200]}"], count
            hits += search(page.text.encode(), self.needles)
            count += len(page.json["entries"])
            cursor = page.json.get("next")
            if not cursor:
                return hits, count
