"""Mail over a real Postfix and a real Dovecot: what arrives, what is refused, and what is never sent."""
import os
import re
import secrets
import smtplib
import subprocess
import time

import servers
from instance import BUILD, Instance


def run(cases, work, authority, other_authority):
    good = authority.issue("mail", "DNS:localhost,IP:127.0.0.1")
    wrong_name = authority.issue("elsewhere", "DNS:elsewhere.example.test")
    stranger = other_authority.issue("stranger", "DNS:localhost,IP:127.0.0.1")
    elsewhere = servers.Script(b"220 elsewhere ESMTP\r\n", {b"EHLO": b"250 elsewhere\r\n", b"MAIL": b"250 2.1.0 ok\r\n",
                                                            b"RCPT": b"550 5.1.1 That mailbox is gone\r\n", b"QUIT": b"221 2.0.0 bye\r\n"})
    postfix = servers.Postfix(work / "postfix", good, wrong_name, stranger, elsewhere.port)
    try:
        arrives(cases, work, authority, postfix)
        refusals(cases, work, authority, postfix)
        without_tls(cases, work, authority, postfix)
        bounces(cases, work, authority, postfix)
        tired(cases, work, authority, good)
        signing_in(cases, work, authority, postfix, good)
    finally:
        postfix.close()
        elsewhere.close()


def instance(work, authority, port, **more):
    return Instance(work / ("i" + secrets.token_hex(6)), host="localhost", port=port, ca_file=authority.certificate, **more)


def arrives(cases, work, authority, postfix):
    for tls in ("starttls", "implicit"):
        to = f"pat-{tls}@example.test"
        sent = instance(work, authority, postfix.ports[tls], tls=tls).send(to)
        cases.check(f"smtp/{tls}/accepted", sent["verdict"] == "accepted" and sent["code"] == 250 and sent["exit"] == 0, sent)
        mail = postfix.wait_for_mail(b"Delivered-To: " + to.encode())
        cases.check(f"smtp/{tls}/delivered", mail is not None, postfix.log()[-600:])
        path = re.search(rb"^Return-Path: <(.*)>", mail or b"", re.M)
        cases.check(f"smtp/{tls}/bounces-come-to-the-message", path is not None and path[1].startswith(b"bounce+test-"), path)
        cases.check(f"smtp/{tls}/over-tls-1.3", b"using TLSv1.3" in (mail or b""), mail)
    sent = instance(work, authority, postfix.ports["starttls"]).send(count=60, threads=4)
    cases.check("smtp/many/accepted", sent.get("accepted") == 60, sent)
    time.sleep(0.5)
    carried = [int(m[1]) for m in re.finditer(r"disconnect from.* mail=(\d+)", postfix.log())]
    cases.check("smtp/many/over-four-connections", sum(sorted(carried)[-4:]) == 60, carried)


def refusals(cases, work, authority, postfix):
    sender = instance(work, authority, postfix.ports["starttls"])
    expected = {"nobody": ("address-refused", 550), "later": ("try-later", 450), "policy": ("refused", 550),
                "full": ("refused", 552)}
    for name, (verdict, code) in expected.items():
        got = sender.send(f"{name}@example.test")
        cases.check(f"smtp/refused/{name}", (got["verdict"], got.get("code"), got["exit"]) == (verdict, code, 1), got)
        cases.check(f"smtp/refused/{name}/says-nothing-of-the-address", name + "@" not in str(got))
    for bad in ("a@b@c", "x y@example.test", "pat@example.test\r\nDATA", "jos\u00e9@example.test"):
        got = sender.send(bad)
        cases.check(f"smtp/no-address/{bad.encode('unicode_escape').decode()}", got["verdict"] == "address-refused", got)


def is_unsafe(got):
    return got["verdict"] == "unsafe" and got["exit"] == 1


def without_tls(cases, work, authority, postfix):
    before = len(postfix.inbox())
    for name in ("plain", "wrong_name", "stranger", "old_tls"):
        got = instance(work, authority, postfix.ports[name]).send(f"{name}@example.test")
        cases.check(f"smtp/unsafe/{name}", is_unsafe(got), got)
    got = Instance(work / "nobodys-ca", host="localhost", port=postfix.ports["starttls"]).send()
    cases.check("smtp/unsafe/authority-not-named", is_unsafe(got), got)

    stripped(cases, work, authority, postfix)
    odd_servers(cases, work, authority)
    cases.check("smtp/unsafe/nothing-was-delivered", len(postfix.inbox()) == before, postfix.log()[-400:])


def naive_send(port, text):
    """What a client does that takes TLS where it is offered, and goes on without."""
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.ehlo("naive.example.test")
        if client.has_extn("starttls"):
            client.starttls()
        client.sendmail("a@clinic.example.test", ["naive@example.test"], f"Subject: x\r\n\r\n{text}\r\n")


def stripped(cases, work, authority, postfix):
    """Somebody on the way takes the offer of STARTTLS away."""
    words = "who-reads-along-sees-this"
    proxy = servers.Proxy(postfix.ports["optional"], servers.strip_starttls)
    naive_send(proxy.port, words)
    cases.check("smtp/stripped/a-naive-client-sends-in-the-clear", words.encode() in proxy.seen, proxy.seen[-300:])
    postfix.remove(words.encode())
    open_way = servers.Proxy(postfix.ports["optional"], lambda data: data)
    naive_send(open_way.port, words)
    cases.check("smtp/stripped/and-is-safe-when-nobody-strips", words.encode() not in open_way.seen, open_way.seen[-300:])
    open_way.close()
    postfix.remove(words.encode())
    proxy.seen = b""
    password = secrets.token_hex(12)
    sender = instance(work, authority, proxy.port, user="operator7")
    config = (sender.folder / "sealbook.toml")
    config.write_text(config.read_text() + f'password = "{sender.secret("password", password)}"\n')
    got = sender.send("stripped@example.test")
    cases.check("smtp/stripped/unsafe", is_unsafe(got), got)
    leaked = [w for w in (b"MAIL", b"RCPT", b"AUTH", b"DATA", b"stripped@", *servers.basic_words("operator7", password)) if w in proxy.seen]
    cases.check("smtp/stripped/only-ehlo-went-out", proxy.seen.startswith(b"EHLO ") and not leaked, (proxy.seen, leaked))
    proxy.close()


def odd_servers(cases, work, authority):
    refusing = servers.Script(b"220 x ESMTP\r\n", {b"EHLO": b"250-x\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n",
                                                   b"STAR": b"454 4.7.0 not now\r\n"})
    got = instance(work, authority, refusing.port).send("refusing@example.test")
    cases.check("smtp/starttls-refused/unsafe", is_unsafe(got), got)
    cases.check("smtp/starttls-refused/nothing-went-out", b"MAIL" not in refusing.seen and b"refusing@" not in refusing.seen, refusing.seen)
    refusing.close()

    # Replies that were planted before TLS began do not count afterwards.
    planted = servers.Script(b"220 x ESMTP\r\n", {b"EHLO": b"250-x\r\n250 STARTTLS\r\n",
                                                  b"STAR": b"220 go\r\n250-x\r\n250 AUTH PLAIN\r\n235 2.7.0 in\r\n250 2.1.0 ok\r\n"})
    got = instance(work, authority, planted.port).send("planted@example.test")
    cases.check("smtp/planted-replies/nothing-went-out", got["verdict"] in ("unsafe", "try-later") and b"planted@" not in planted.seen and b"MAIL" not in planted.seen, got)
    planted.close()

    nobody = servers.free_port()
    got = instance(work, authority, nobody).send()
    cases.check("smtp/nobody-listens/later", got["verdict"] == "try-later" and got["code"] == 0, got)
    silent = servers.Script(b"", {})
    begun = time.monotonic()
    got = instance(work, authority, silent.port).send()
    cases.check("smtp/silence/later", got["verdict"] == "try-later" and time.monotonic() - begun < 30, got)
    silent.close()


def tired(cases, work, authority, good):
    """A connection that was kept open and is of no use any more costs another one, not a mail."""
    for manner in ("hangs-up", "says-421"):
        server = servers.TiredServer(good, manner)
        got = instance(work, authority, server.port, tls="implicit").send(count=5)
        cases.check(f"smtp/tired/{manner}/nothing-lost-or-doubled", (got.get("accepted"), server.taken) == (5, 5), (got, server.taken))
        cases.check(f"smtp/tired/{manner}/another-connection-each", server.connections == 5, server.connections)
        server.close()


def bounces(cases, work, authority, postfix):
    sent = instance(work, authority, postfix.ports["starttls"]).send("gone@example.test")
    cases.check("smtp/bounce/accepted-first", sent["verdict"] == "accepted", sent)
    report = postfix.wait_for_mail(b"message/delivery-status")
    to = re.search(rb"^Delivered-To: (\S+)", report or b"", re.M)
    cases.check("smtp/bounce/comes-to-the-message's-address", to is not None and to[1].startswith(b"bounce+test-"), postfix.log()[-800:])
    program = f"{BUILD}/tests_mail"
    if not os.path.exists(program):
        return cases.skip("smtp/bounce/is-read", f"{program} is not built")
    (work / "bounce").write_bytes(report or b"")
    read = subprocess.run([program, "--gtest_filter=RealBounce.*"], env={**os.environ, "SEALBOOK_MAIL_BOUNCE": str(work / "bounce")},
                          capture_output=True, text=True)
    cases.check("smtp/bounce/is-read", read.returncode == 0, read.stdout[-400:])


def signing_in(cases, work, authority, postfix, good):
    password = secrets.token_hex(12)
    endpoint = servers.TokenEndpoint(good, "clinic@example.test")
    dovecot = servers.Dovecot(work / "dovecot", good, endpoint, postfix.ports["relay"], password)
    try:
        by_password(cases, work, authority, postfix, dovecot, endpoint.user, password)
        by_token(cases, work, authority, postfix, dovecot, endpoint)
    finally:
        dovecot.close()
        endpoint.close()


def with_settings(sender, **settings):
    config = sender.folder / "sealbook.toml"
    config.write_text(config.read_text() + "".join(f'{key} = "{value}"\n' for key, value in settings.items()))
    return sender


def by_password(cases, work, authority, postfix, dovecot, user, password):
    for name, given, verdict in (("right", password, "accepted"), ("wrong", password + "x", "try-later")):
        sender = instance(work, authority, dovecot.port, user=user)
        with_settings(sender, password=sender.secret("password", given))
        got = sender.send(f"password-{name}@example.test")
        cases.check(f"smtp/password/{name}", got["verdict"] == verdict, (got, dovecot.log()[-500:]))
    cases.check("smtp/password/delivered", postfix.wait_for_mail(b"Delivered-To: password-right@example.test") is not None)
    cases.check("smtp/password/wrong-is-not-delivered", b"password-wrong@" not in b"".join(postfix.inbox()))


def by_token(cases, work, authority, postfix, dovecot, endpoint):
    def sender(url=endpoint.url, **more):
        made = instance(work, authority, dovecot.port, user=endpoint.user, oauth_token_url=url, oauth_client_id=endpoint.client, **more)
        return with_settings(made, oauth_client_secret=made.secret("client-secret", endpoint.secret))

    refreshing = sender()
    with_settings(refreshing, oauth_refresh_token=refreshing.secret("refresh", endpoint.refresh))
    got = refreshing.send("refreshed@example.test")
    cases.check("smtp/xoauth2/refresh-token", got["verdict"] == "accepted", (got, dovecot.log()[-500:]))
    cases.check("smtp/xoauth2/delivered", postfix.wait_for_mail(b"Delivered-To: refreshed@example.test") is not None)
    cases.check("smtp/xoauth2/grant", endpoint.asked[-1]["grant_type"] == "refresh_token", list(endpoint.asked[-1]))
    got = sender(oauth_scope="mail.send").send("credentials@example.test")
    cases.check("smtp/xoauth2/client-credentials", got["verdict"] == "accepted", got)
    cases.check("smtp/xoauth2/scope", endpoint.asked[-1].get("scope") == "mail.send", endpoint.asked[-1].get("scope"))

    asked = len(endpoint.asked)
    got = refreshing.send("many@example.test", count=10)
    cases.check("smtp/xoauth2/one-token-for-many", got.get("accepted") == 10 and len(endpoint.asked) == asked + 1, (got, len(endpoint.asked) - asked))

    endpoint.refuses = True
    got = refreshing.send("refused@example.test")
    cases.check("smtp/xoauth2/no-token-means-later", got["verdict"] == "try-later", got)
    endpoint.refuses = False
    got = sender(url="https://localhost:" + str(servers.free_port()) + "/token").send()
    cases.check("smtp/xoauth2/no-endpoint-means-later", got["verdict"] == "try-later", got)
    got = sender(url=endpoint.url.replace("https:", "http:")).send()
    cases.check("smtp/xoauth2/endpoint-without-tls-is-refused", got["exit"] == 78, got)
    live, endpoint.live = endpoint.live, DeadOnArrival()
    got = refreshing.send("stale@example.test")
    cases.check("smtp/xoauth2/refused-token-is-tried-once-more", got["verdict"] == "try-later" and endpoint.live.added == 2, got)
    endpoint.live = live
    cases.check("smtp/xoauth2/no-token-in-a-log", not any(t in dovecot.log() or t in postfix.log() for t in live))


class DeadOnArrival(set):
    """Tokens that are given out and refused by the mail server."""

    def __init__(self):
        super().__init__()
        self.added = 0

    def add(self, _):
        self.added += 1
