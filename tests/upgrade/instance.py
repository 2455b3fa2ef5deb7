"""What make and run share: an instance served by `sealbook serve`, on either engine."""
import atexit
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "api"))
from client import BUILD, Client, new_database  # noqa: E402

# Folders an instance is kept without: they are made again, or belong to a machine.
NOT_KEPT = ("tls", "clock")


def run(*command, environment=None, **more):
    return subprocess.run([str(c) for c in command], text=True, capture_output=True, timeout=120,
                          env=dict(os.environ, **(environment or {})), **more)


def must(*command, **more):
    done = run(*command, **more)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stdout[-300:]} {done.stderr[-600:]}")
    return done.stdout


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def set_option(text, key, value):
    """sealbook.toml with one key set, wherever it stands."""
    lines = [f"{key} = {value}" if line.split("=")[0].strip() == key else line for line in text.splitlines()]
    return "\n".join(lines) + "\n"


class Instance:
    def __init__(self, folder, engine):
        self.folder, self.engine = pathlib.Path(folder), engine
        self.environment, self.process = {}, None
        atexit.register(self.stop)

    def make_databases(self):
        """Empty ones on the throw-away server, under the names that sealbook.toml refers to."""
        if self.engine == "postgres":
            self.environment = {"SEALBOOK_STORE_URL": new_database("store"), "SEALBOOK_KEYRING_URL": new_database("keyring")}

    def sealbook(self, *arguments):
        return run(f"{BUILD}/sealbook", *arguments, "--dir", self.folder, environment=self.environment)

    def prepare_to_serve(self, seconds_from_now):
        """A certificate and a port of this machine, and a clock that reads what the test wants."""
        tls = self.folder / "tls"
        tls.mkdir(exist_ok=True)
        must("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-keyout", tls / "key.pem", "-out", tls / "cert.pem", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
        (tls / "key.pem").chmod(0o600)
        (self.folder / "clock").write_text(f"{seconds_from_now}\n")
        (self.folder / "clock").chmod(0o600)
        self.port = free_port()
        toml = self.folder / "sealbook.toml"
        text = toml.read_text()
        for key, value in (("clock_file", '"clock"'), ("certificate", '"tls/cert.pem"'), ("certificate_key", '"tls/key.pem"'),
                           ("port", self.port)):
            if f"\n{key} = " not in text:
                section = "[instance]" if key == "clock_file" else "[listen]"
                text = text.replace(section + "\n", f"{section}\n{key} = {value}\n")
            text = set_option(text, key, value)
        toml.write_text(text)

    def serve(self):
        self.log = open(self.folder.parent / f"{self.folder.name}.log", "w+b")
        self.process = subprocess.Popen([f"{BUILD}/sealbook", "serve", "--dir", str(self.folder)], stdout=self.log,
                                        stderr=self.log, env=dict(os.environ, **self.environment))
        for _ in range(600):
            if self.process.poll() is not None:
                break
            try:
                self.client("none").get("/openapi.json")
                return
            except OSError:
                time.sleep(0.1)
        self.log.seek(0)
        raise RuntimeError("the server did not start: " + self.log.read().decode()[-600:])

    def client(self, token):
        return Client(f"https://localhost:{self.port}", str(self.folder / "tls" / "cert.pem"), token)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)


def load(path):
    return json.loads(pathlib.Path(path).read_text())


def wait_until_published(client, tries=50):
    """The journal's newest entries are in the log within a second or so."""
    last = None
    for _ in range(tries):
        now = client.get("/v1/audit/checkpoint").text
        if now == last:
            return now
        last = now
        time.sleep(0.5)
    raise http.client.HTTPException("the checkpoint keeps moving")
