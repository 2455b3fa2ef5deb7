"""The journal of a folder, as somebody outside checks it: with the public key and what he kept."""
import re
import subprocess

import client


def run(arguments, environment=None):
    got = subprocess.run(arguments, capture_output=True, text=True, env=environment, timeout=300)
    numbers = re.findall(r"\d+", got.stdout.strip().splitlines()[-1]) if got.stdout.strip() else []
    return got.returncode, int(numbers[0]) if numbers else 0, (got.stderr.strip() or got.stdout.strip())[-300:]


def journal(ledger, demo, engine, when):
    """What is wrong with the journal, as sentences; remembers its size, which may only grow."""
    folder, wrong = f"{demo.folder}/demo", []
    since = []
    if ledger.checkpoint:
        with open(f"{demo.folder}/kept.checkpoint", "w") as kept:
            kept.write(ledger.checkpoint)
        since = ["--since", f"{demo.folder}/kept.checkpoint"]
    checks = {"sealbook audit verify": [f"{client.BUILD}/sealbook", "audit", "verify", "--dir", folder] + since}
    if engine == "embedded":
        checks["sealbook-verify"] = [f"{client.BUILD}/sealbook-verify", f"{folder}/audit", "--key", f"{folder}/journal.pub"] + since
    for name, arguments in checks.items():
        status, entries, said = run(arguments, demo.environment)
        if status != 0:
            wrong.append(f"{name} {when} ends with {status}: {said}")
        elif entries < ledger.entries.get(name, 1):
            wrong.append(f"{name} {when}: {entries} entries, before there were {ledger.entries.get(name)}")
        else:
            ledger.entries[name] = entries
    return wrong
