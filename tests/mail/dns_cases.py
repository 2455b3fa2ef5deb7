"""`sealbook dns check` against a real resolver (unbound) with zones of its own."""
import re
import subprocess

import servers
from instance import BUILD, Instance, dkim_keys


class Unbound:
    """Serves the given records, and the good and bad names around them, on the loopback."""

    def __init__(self, folder, records):
        folder.mkdir()
        self.port = servers.free_port()
        lines = []
        for name, kind, text in records:
            data = text if kind == "MX" else " ".join(f'"{text[i:i + 255]}"' for i in range(0, len(text), 255))
            lines.append(f"  local-data: '{name}. IN {kind} {data}'")
        (folder / "unbound.conf").write_text(f"""server:
  interface: 127.0.0.1@{self.port}
  port: {self.port}
  do-daemonize: no
  use-syslog: no
  logfile: "{folder}/log"
  username: ""
  chroot: ""
  directory: "{folder}"
  pidfile: ""
  module-config: "iterator"
  local-zone: "test." static
  local-zone: "broken.test." always_refuse
""" + "\n".join(lines) + "\nremote-control:\n  control-enable: no\n")
        self.process = subprocess.Popen(["unbound", "-d", "-c", str(folder / "unbound.conf")])
        servers.wait_for_port(self.port)

    def close(self):
        self.process.terminate()
        self.process.wait(10)


def publish(checks):
    return [(c["record"]["name"], c["record"]["type"], c["record"]["text"]) for c in checks]


def verdicts(answer):
    return {c["id"]: c["ok"] for c in answer.get("checks", [])}


def run(cases, work):
    rsa, ed25519 = dkim_keys(work)
    keys = dict(dkim_selector="s1", dkim_key=rsa, dkim_ed25519_selector="s2", dkim_ed25519_key=ed25519)
    instance = Instance(work / "dns-instance", host="mail.example.test", **keys)
    empty = Unbound(work / "unbound-empty", [("example.test", "TXT", "nothing")])
    none = instance.dns("--resolver", f"127.0.0.1:{empty.port}")
    empty.close()
    wanted = {"spf", "dkim s1", "dkim s2", "dmarc", "mta-sts", "tls-rpt", "mx"}
    cases.check("dns/nothing-published/all-fail", none["exit"] == 1 and verdicts(none) == dict.fromkeys(wanted, False), none)

    # What it says to publish is what it then wants to see.
    said = publish(none["checks"])
    good = Unbound(work / "unbound-good", said)
    found = instance.dns("--resolver", f"127.0.0.1:{good.port}")
    cases.check("dns/as-it-said/all-pass", found["exit"] == 0 and verdicts(found) == dict.fromkeys(wanted, True), found)
    rsa_text = next(text for name, _, text in said if name.startswith("s1."))
    cases.check("dns/a-long-record-is-read-whole", len(rsa_text) > 255)
    lines = subprocess.run([*command(), "--dir", str(instance.folder), "--resolver", f"127.0.0.1:{good.port}"], capture_output=True, text=True)
    cases.check("dns/one-line-each", len(re.findall(r"^pass  ", lines.stdout, re.M)) == len(wanted), lines.stdout)
    good.close()
    one_by_one(cases, work, instance, said)
    odd(cases, work, instance, said)


def command():
    return [f"{BUILD}/sealbook", "dns", "check"]


def one_by_one(cases, work, instance, said):
    """Each record spoilt in turn: that check fails, and no other."""
    spoilt = {
        "spf": lambda r: r[1] == "TXT" and r[2].startswith("v=spf1") and (r[0], r[1], "v=spf1 mx +all"),
        "dkim s1": lambda r: r[0].startswith("s1.") and (r[0], r[1], r[2][:-8] + "AAAAAAA="),
        "dkim s2": lambda r: r[0].startswith("s2.") and (r[0], r[1], "v=DKIM1; k=ed25519; p="),
        "dmarc": lambda r: r[0].startswith("_dmarc.") and (r[0], r[1], "v=DMARC1; p=none"),
        "mta-sts": lambda r: r[0].startswith("_mta-sts.") and (r[0], r[1], "v=STSv1"),
        "tls-rpt": lambda r: r[0].startswith("_smtp.") and (r[0], r[1], "v=TLSRPTv1"),
        "mx": lambda r: r[1] == "MX" and (r[0], r[1], "0 ."),
    }
    for number, (what, spoil) in enumerate(spoilt.items()):
        resolver = Unbound(work / f"unbound-{number}", [spoil(r) or r for r in said])
        found = instance.dns("--resolver", f"127.0.0.1:{resolver.port}")
        resolver.close()
        bad = [name for name, ok in verdicts(found).items() if not ok]
        cases.check(f"dns/spoilt/{what}", bad == [what] and found["exit"] == 1, found)


def odd(cases, work, instance, said):
    above = [("_dmarc.example.test", "TXT", "v=DMARC1; p=none; sp=reject") if r[0].startswith("_dmarc.") else r for r in said]
    resolver = Unbound(work / "unbound-above", above)
    found = instance.dns("--resolver", f"127.0.0.1:{resolver.port}")
    cases.check("dns/dmarc-of-a-domain-above", found["exit"] == 0, found)
    other = instance.dns("--resolver", f"127.0.0.1:{resolver.port}", "--domain", "broken.test")
    cases.check("dns/an-answer-that-is-a-failure-is-no-pass", other["exit"] == 1 and not any(verdicts(other).values()), other)
    resolver.close()
    without = subprocess.run([*command(), "--domain", "clinic.example.test", "--resolver", "nonsense"], capture_output=True, text=True)
    cases.check("dns/resolver-has-to-be-an-address", without.returncode == 64, without.stderr)
    without = subprocess.run(command(), capture_output=True, text=True)
    cases.check("dns/something-has-to-be-named", without.returncode == 64, without.stderr)
