"""What the API suites share: a demo server of their own, and a client that speaks plain HTTPS."""
import atexit
import http.client
import json
import os
import shutil
import signal
import ssl
import subprocess
import tempfile
import time
import urllib.parse
import uuid

BUILD = os.environ.get("SEALBOOK_BUILD", "build/debug")


class Answer:
    def __init__(self, status, headers, text):
        self.status, self.headers, self.text = status, headers, text
        self.json = json.loads(text) if "json" in headers.get("content-type", "") and text else None


class Client:
    def __init__(self, url, ca, token=None):
        self.host = urllib.parse.urlsplit(url).netloc
        self.context = ssl.create_default_context(cafile=ca)
        self.token = token
        self.connection = None

    def call(self, method, path, body=None, headers=None, raw=None):
        send = dict(headers or {})
        if self.token:
            send.setdefault("Authorization", f"Bearer {self.token}")
        data = raw
        if body is not None:
            data = json.dumps(body)
            send.setdefault("Content-Type", "application/json")
        for attempt in (1, 2):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPSConnection(self.host, context=self.context, timeout=60)
                self.connection.request(method, path, data, send)
                got = self.connection.getresponse()
                self.last_headers = got.getheaders()  # with those that stand more than once
                return Answer(got.status, {k.lower(): v for k, v in self.last_headers}, got.read().decode("utf-8", "replace"))
            except (http.client.HTTPException, ConnectionError):
                self.connection = None
                if attempt == 2:
                    raise

    def get(self, path, **more):
        return self.call("GET", path, **more)

    def post(self, path, body=None, **more):
        more.setdefault("headers", {}).setdefault("Idempotency-Key", str(uuid.uuid4()))
        return self.call("POST", path, {} if body is None else body, **more)


class Demo:
    """`sealbook demo` in a folder of its own, on either engine.

    A folder that is given is kept, and the databases' addresses are then the caller's (environment):
    such a demo can be killed and started again on the same state.
    """

    def __init__(self, engine="embedded", folder=None, environment=None):
        self.is_kept = folder is not None
        self.folder = folder or tempfile.mkdtemp(prefix="sealbook-api-")
        atexit.register(self.stop)
        self.arguments = [f"{BUILD}/sealbook", "demo", "--dir", f"{self.folder}/demo", "--port", "0", "--json"]
        self.environment = dict(os.environ, **(environment or {}))
        if engine == "postgres":
            for name, variable in (("store", "SEALBOOK_STORE_URL"), ("keyring", "SEALBOOK_KEYRING_URL")):
                if variable not in (environment or {}):
                    self.environment[variable] = new_database(name)
            self.arguments += ["--database-url", "secret://env/SEALBOOK_STORE_URL",
                               "--keyring-url", "secret://env/SEALBOOK_KEYRING_URL"]
        self.start()

    def start(self):
        self.log = open(f"{self.folder}/log", "w+b")
        self.process = subprocess.Popen(self.arguments, stdout=subprocess.PIPE, stderr=self.log, env=self.environment)
        line = self.process.stdout.readline()
        if not line:
            self.log.seek(0)
            raise SystemExit("the demo did not start: " + self.log.read().decode())
        self.ready = json.loads(line)
        self.tenants = self.ready["tenants"]

    def kill(self):
        self.process.kill()
        self.process.wait()

    def client(self, role, tenant=0):
        accounts = self.ready["accounts"] if role == "super_admin" else self.tenants[tenant]["accounts"]
        return Client(self.ready["url"], self.ready["ca"], accounts[role]["token"])

    def anonymous(self):
        return Client(self.ready["url"], self.ready["ca"])

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
        if not self.is_kept:
            shutil.rmtree(self.folder, ignore_errors=True)


def new_database(name):
    """A database of its own on the throw-away server; answers its DSN."""
    server = os.environ["SEALBOOK_TEST_POSTGRES"]
    made = f"{name}_{uuid.uuid4().hex[:12]}"
    subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", server, "-c", f"CREATE DATABASE {made}"], check=True)
    parts = urllib.parse.urlsplit(server)
    return urllib.parse.urlunsplit(parts._replace(path="/" + made))


class Cases:
    """Prints one line per case; counts what failed."""

    def __init__(self):
        self.failed = 0

    def check(self, name, good, why=""):
        print(f"ok {name}" if good else f"FAILED {name}: {str(why)[:400]}", flush=True)
        self.failed += 0 if good else 1
        return good

    def skip(self, name, why):
        print(f"skipped {name}: {why}", flush=True)


def find_offers(client, service, days=30, limit=20, start=None, **more):
    now = start or client.get("/v1/me").json["now"]
    begin = time.mktime(time.strptime(now[:19], "%Y-%m-%dT%H:%M:%S")) - time.timezone
    stamp = lambda t: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(t))
    found = client.post("/v1/openings/search", {"service_id": service, "from": stamp(begin), "limit": limit,
                                                "to": stamp(begin + days * 86400), **more})
    return found.json["openings"] if found.status == 200 else []
