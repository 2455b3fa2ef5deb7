"""Throw-away servers on free ports of the loopback: an authority, Postfix, Dovecot, a token endpoint, proxies.

Each lives in a folder of its own and is stopped by its close(); no service of the system is touched.
"""
import base64
import http.server
import json
import os
import pathlib
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
import urllib.parse


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for_port(port, seconds=20):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nothing listens on port {port}")


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Authority:
    """A certificate authority made for one run."""

    def __init__(self, folder, name):
        self.folder, self.name = pathlib.Path(folder), name
        self.certificate, self.key = self.folder / f"{name}-ca.pem", self.folder / f"{name}-ca.key"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                f"/CN={name} authority", "-addext", "basicConstraints=critical,CA:TRUE", "-keyout", str(self.key),
                "-out", str(self.certificate))

    def issue(self, label, names, days="2"):
        key, request, chain = (self.folder / f"{label}.{end}" for end in ("key", "csr", "pem"))
        extensions = self.folder / f"{label}.ext"
        extensions.write_text(f"subjectAltName={names}\nextendedKeyUsage=serverAuth\n")
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={label}", "-keyout", str(key),
                "-out", str(request))
        openssl("x509", "-req", "-in", str(request), "-CA", str(self.certificate), "-CAkey", str(self.key), "-CAcreateserial",
                "-days", days, "-extfile", str(extensions), "-out", str(chain))
        return chain, key


class Postfix:
    """A mail server of the world: its ports differ in what TLS they offer; mail lands in a Maildir."""

    REFUSALS = ("nobody@example.test = 550 5.1.1 No such user", "later@example.test = 450 4.2.0 Try later",
                "policy@example.test = 550 5.7.1 Refused by policy",
                "full@example.test = 552 5.2.2 Mailbox full")

    def __init__(self, folder, good, wrong_name, stranger, elsewhere):
        self.folder = pathlib.Path(folder)
        self.config, self.mail = self.folder / "etc", self.folder / "mail"
        for made in (self.config, self.mail, self.folder / "queue", self.folder / "data"):
            made.mkdir(parents=True)
        shutil.chown(self.folder / "data", "postfix")
        shutil.chown(self.mail, "nobody", "nogroup")
        self.ports = {name: free_port() for name in ("starttls", "implicit", "plain", "wrong_name", "stranger", "old_tls", "relay", "optional")}
        (self.config / "main.cf").write_text(self.main_cf(good, elsewhere))
        (self.config / "master.cf").write_text(self.master_cf(wrong_name, stranger))
        subprocess.run(["postfix", "-c", str(self.config), "start"], check=True, capture_output=True)
        wait_for_port(self.ports["starttls"])

    def main_cf(self, good, elsewhere):
        f = self.folder
        return f"""compatibility_level = 3.6
queue_directory = {f}/queue
data_directory = {f}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {f}/log
maillog_file_prefixes = {f}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.example.test
mydestination =
recipient_delimiter = +
virtual_mailbox_domains = example.test, clinic.example.test
virtual_mailbox_base = {f}/mail
virtual_mailbox_maps = static:inbox/
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
transport_maps = inline:{{ {{ gone@example.test = smtp:[127.0.0.1]:{elsewhere} }} }}
smtpd_tls_cert_file = {good[0]}
smtpd_tls_key_file = {good[1]}
smtpd_tls_security_level = encrypt
smtpd_tls_received_header = yes
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access inline:{{ {", ".join("{ " + r + " }" for r in self.REFUSALS)} }}, permit
smtpd_peername_lookup = no
smtp_dns_support_level = disabled
alias_maps =
"""

    def master_cf(self, wrong_name, stranger):
        p = self.ports
        return f"""127.0.0.1:{p['starttls']} inet n - n - - smtpd
127.0.0.1:{p['implicit']} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
127.0.0.1:{p['plain']} inet n - n - - smtpd
  -o smtpd_tls_security_level=none
127.0.0.1:{p['relay']} inet n - n - - smtpd
  -o smtpd_tls_security_level=none
127.0.0.1:{p['optional']} inet n - n - - smtpd
  -o smtpd_tls_security_level=may
127.0.0.1:{p['wrong_name']} inet n - n - - smtpd
  -o smtpd_tls_cert_file={wrong_name[0]}
  -o smtpd_tls_key_file={wrong_name[1]}
127.0.0.1:{p['stranger']} inet n - n - - smtpd
  -o smtpd_tls_cert_file={stranger[0]}
  -o smtpd_tls_key_file={stranger[1]}
127.0.0.1:{p['old_tls']} inet n - n - - smtpd
  -o smtpd_tls_mandatory_protocols=TLSv1.1
  -o smtpd_tls_protocols=TLSv1.1
postlog unix-dgram n - n - 1 postlogd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
smtp unix - - n - - smtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
"""

    def inbox(self):
        """The mails that were delivered, oldest first, as bytes."""
        files = sorted((self.mail / "inbox" / "new").glob("*"), key=lambda p: p.stat().st_mtime_ns)
        return [p.read_bytes() for p in files]

    def wait_for_mail(self, wanted, seconds=20):
        """The first mail whose bytes hold `wanted`."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for mail in self.inbox():
                if wanted in mail:
                    return mail
            time.sleep(0.1)
        return None

    def remove(self, wanted):
        """Waits for the mail that holds `wanted`, and takes it out of the inbox."""
        self.wait_for_mail(wanted)
        for path in (self.mail / "inbox" / "new").glob("*"):
            if wanted in path.read_bytes():
                path.unlink()

    def log(self):
        return (self.folder / "log").read_text() if (self.folder / "log").exists() else ""

    def close(self):
        subprocess.run(["postfix", "-c", str(self.config), "stop"], capture_output=True)


class TokenEndpoint:
    """An OAuth 2 token endpoint over HTTPS, and the introspection that Dovecot asks."""

    def __init__(self, good, user, lifetime=3600):
        self.user, self.lifetime = user, lifetime
        self.client, self.secret, self.refresh = "sealbook", secrets.token_hex(8) + "&=+ é", secrets.token_hex(16)
        self.live, self.asked, self.refuses = set(), [], False
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.answer(*outer.token(dict(urllib.parse.parse_qsl(body, keep_blank_values=True))))

            def do_GET(self):
                given = urllib.parse.urlsplit(self.path)
                token = dict(urllib.parse.parse_qsl(given.query)).get("access_token", "")
                if given.path != "/introspect" or token not in outer.live:
                    return self.answer(401, {"error": "invalid_token"})
                self.answer(200, {"username": outer.user, "active": True})

            def answer(self, status, value):
                text = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*good)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.plain = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)  # for Dovecot on the same machine
        for server in (self.server, self.plain):
            threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"https://localhost:{self.server.server_port}/token"

    def token(self, form):
        self.asked.append(form)
        good = form.get("client_id") == self.client and form.get("client_secret") == self.secret
        if form.get("grant_type") == "refresh_token":
            good = good and form.get("refresh_token") == self.refresh
        elif form.get("grant_type") != "client_credentials":
            good = False
        if not good or self.refuses:
            return 400, {"error": "invalid_grant", "error_description": "no such thing"}
        token = secrets.token_urlsafe(24)
        self.live.add(token)
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": self.lifetime}

    def close(self):
        self.server.shutdown()
        self.plain.shutdown()


class Dovecot:
    """Dovecot's submission service: signs in by XOAUTH2 or PLAIN, and relays to a Postfix."""

    def __init__(self, folder, good, endpoint, relay_port, password):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        self.port = free_port()
        (self.folder / "home").mkdir()
        shutil.chown(self.folder / "home", "nobody", "nogroup")
        (self.folder / "oauth2").write_text(
            f"tokeninfo_url = http://127.0.0.1:{endpoint.plain.server_port}/introspect?access_token=\n"
            "username_attribute = username\n")
        (self.folder / "users").write_text(f"{endpoint.user}:{{PLAIN}}{password}\n")
        shutil.chown(self.folder / "users", "dovecot")
        (self.folder / "dovecot.conf").write_text(f"""base_dir = {self.folder}/run
state_dir = {self.folder}/state
log_path = {self.folder}/log
protocols = submission
listen = 127.0.0.1
hostname = submission.example.test
ssl = required
ssl_cert = <{good[0]}
ssl_key = <{good[1]}
mail_location = maildir:~/Maildir
submission_relay_host = 127.0.0.1
submission_relay_port = {relay_port}
submission_relay_trusted = no
auth_mechanisms = xoauth2 oauthbearer plain login
first_valid_uid = 1
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {self.folder}/oauth2
}}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = {self.folder}/users
}}
userdb {{
  driver = static
  args = uid=65534 gid=65534 home={self.folder}/home allow_all_users=yes
}}
service submission-login {{
  chroot =
  inet_listener submission {{
    port = {self.port}
  }}
}}
service anvil {{
  chroot =
}}
""")
        self.process = subprocess.Popen(["dovecot", "-F", "-c", str(self.folder / "dovecot.conf")], stderr=subprocess.PIPE)
        wait_for_port(self.port)

    def log(self):
        return (self.folder / "log").read_text() if (self.folder / "log").exists() else ""

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        self.process.stderr.close()


class Proxy:
    """Stands between client and server, keeps what the client sends, and changes what the server says."""

    def __init__(self, to_port, change):
        self.to_port, self.change, self.seen = to_port, change, b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.to_port))
            threading.Thread(target=self.pump, args=(client, server, self.note), daemon=True).start()
            threading.Thread(target=self.pump, args=(server, client, self.change), daemon=True).start()

    def note(self, data):
        self.seen += data
        return data

    @staticmethod
    def pump(source, target, change):
        try:
            while data := source.recv(65536):
                target.sendall(change(data))
        except OSError:
            pass
        for s in (source, target):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def close(self):
        self.listener.close()


def strip_starttls(data):
    """What an attacker on the way does: the offer of STARTTLS is gone."""
    return data.replace(b"250-STARTTLS\r\n", b"").replace(b"250 STARTTLS\r\n", b"250 HELP\r\n")


class Script:
    """A server that says what it was told, line by line, over plain TCP: for replies no real server gives."""

    def __init__(self, greeting, replies):
        self.seen, self.replies, self.greeting = b"", replies, greeting
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(client,), daemon=True).start()

    def talk(self, client):
        try:
            client.sendall(self.greeting)
            while data := client.recv(65536):
                self.seen += data
                client.sendall(self.replies.get(data[:4].upper(), b"502 5.5.1 no\r\n"))
        except OSError:
            pass
        client.close()

    def close(self):
        self.listener.close()


class TiredServer:
    """Takes mail over TLS, one per connection: then it hangs up, or says 421 to the next one."""

    def __init__(self, good, manner):
        self.manner, self.taken, self.connections = manner, 0, 0
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(*good)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.talk, args=(client,), daemon=True).start()

    def talk(self, client):
        try:
            with self.context.wrap_socket(client, server_side=True) as tls, tls.makefile("rwb") as stream:
                self.serve(stream)
        except (OSError, ValueError):
            pass

    def serve(self, stream):
        def say(text):
            stream.write(text + b"\r\n")
            stream.flush()

        say(b"220 tired ESMTP")
        had_one = False
        while line := stream.readline():
            if line.startswith(b"MAIL") and had_one:
                return say(b"421 4.3.2 tired")
            if line.startswith(b"DATA"):
                say(b"354 go")
                while stream.readline() not in (b".\r\n", b""):
                    pass
                self.taken += 1
                had_one = True
                say(b"250 2.0.0 ok")
                if self.manner == "hangs-up":
                    return
            else:
                say(b"221 bye" if line.startswith(b"QUIT") else b"250 2.1.0 ok")

    def close(self):
        self.listener.close()


def basic_words(*secret_texts):
    """What may not be seen on a wire without TLS: the texts, and how SMTP would carry them."""
    return [t.encode() for t in secret_texts] + [base64.b64encode(t.encode()) for t in secret_texts]
