"""The demo's clinic behind a real mail server: made by `sealbook demo`, then served by `sealbook serve`.

Its mail goes out by SMTP with STARTTLS and DKIM, its clock follows a file, its limits are those of production.
"""
import datetime
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time

from client import BUILD, Client, Demo
import servers
from instance import dkim_keys


def make_postfix(work, authority):
    """A mail server of the world whose certificate `authority` issued for localhost."""
    good = authority.issue("mail", "DNS:localhost,IP:127.0.0.1")
    return servers.Postfix(work / "postfix", good, good, good, servers.free_port())


class PatientClient(Client):
    """Waits when it is told that it asks too often."""

    def call(self, method, path, body=None, headers=None, raw=None):
        for _ in range(60):
            answer = super().call(method, path, body, headers, raw)
            if answer.status != 429:
                break
            time.sleep(float(answer.headers.get("retry-after", "1")))
        return answer


class Clinic:
    def __init__(self, work, authority):
        self.work = pathlib.Path(work)
        (self.work / "clinic").mkdir()
        self.home = self.work / "clinic" / "demo"
        self.process, self.log_file = None, open(self.work / "clinic" / "server-log", "ab")
        # What the seeding mails goes to the demo's folder, before the real carrier is named.
        demo = Demo("embedded", folder=str(self.work / "clinic"))
        self.ready = demo.ready
        self.tenant = self.ready["tenants"][0]
        demo.stop()
        self.mail = {"ca_file": str(authority.certificate), "from_address": "appointments@clinic.example.test", "tls": "starttls"}
        keys = self.work / "dkim"
        keys.mkdir()
        self.mail["dkim_selector"], self.mail["dkim_ed25519_selector"] = "s1", "s2"
        self.mail["dkim_key"], self.mail["dkim_ed25519_key"] = dkim_keys(keys)

    @property
    def config(self):
        return self.home / "sealbook.toml"

    def start(self, smtp_port):
        """Serves with mail going to that port of localhost; the ports and the state stay the same."""
        text = re.sub(r"\n\[mail\]\n.*?(?=\n\[|\Z)", "\n", self.config.read_text(), flags=re.S)
        url = self.ready["url"]
        text = re.sub(r"^public_url = .*\n", "", text, flags=re.M)
        text = text.replace("[listen]\n", f'[listen]\npublic_url = "{url}"\n')
        mail = {**self.mail, "host": "localhost", "port": smtp_port}
        text += "\n[mail]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in mail.items())
        self.config.write_text(text)
        self.process = subprocess.Popen([f"{BUILD}/sealbook", "serve", "--dir", str(self.home)], stdout=self.log_file, stderr=self.log_file)
        servers.wait_for_port(int(url.rsplit(":", 1)[1]), 60)
        for _ in range(100):
            try:
                if self.client("scheduler").get("/v1/me").status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise RuntimeError("the server does not answer: " + self.log()[-800:])

    def log(self):
        return (self.work / "clinic" / "server-log").read_text(errors="replace")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)

    def close(self):
        self.stop()
        self.log_file.close()
        shutil.rmtree(self.home, ignore_errors=True)

    def client(self, role, tenant=0):
        token = self.ready["tenants"][tenant]["accounts"][role]["token"]
        return PatientClient(self.ready["url"], self.ready["ca"], token)

    def command(self, verb, *arguments, tenant=0):
        """A verb of the command line on this instance, which no server may hold."""
        slug = self.ready["tenants"][tenant]["slug"]
        return subprocess.run([f"{BUILD}/sealbook", verb, "--dir", str(self.home), "--tenant", slug, *arguments],
                              capture_output=True, text=True, timeout=900)

    # ---- time ----

    def now(self):
        return parse(self.client("scheduler").get("/v1/me").json["now"])

    def move_clock(self, seconds):
        path = pathlib.Path(self.ready["clock"])
        path.write_text(str(int(path.read_text()) + int(seconds)) + "\n")
        time.sleep(1)

    def move_clock_to(self, moment):
        self.move_clock((moment - self.now()).total_seconds())

    # ---- mail ----

    def dkim_records(self):
        """What the zone would hold, as `dns check` writes it."""
        got = subprocess.run([f"{BUILD}/sealbook", "dns", "check", "--dir", str(self.home), "--json", "--resolver",
                              f"127.0.0.1:{servers.free_port()}"], capture_output=True, text=True, timeout=120)
        return {c["record"]["name"] + ".": c["record"]["text"].encode()
                for c in json.loads(got.stdout)["checks"] if c["id"].startswith("dkim")}


def parse(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def stamp(moment):
    return moment.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def all_of(client, path, member):
    """Every page of a list."""
    found, cursor = [], ""
    while True:
        joint = "&" if "?" in path else "?"
        answer = client.get(path + (f"{joint}cursor={cursor}" if cursor else ""))
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {answer.text[:200]}")
        found += answer.json[member]
        cursor = answer.json.get("next")
        if not cursor:
            return found


def outcome_of_import(client, started, seconds=600):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        seen = client.get(f"/v1/imports/{started.json['id']}").json
        if seen["state"] != "running":
            return seen
        time.sleep(0.3)
    return seen
