"""audit verify, store unwrap-pages, controls and doctor: on copies of a used instance, intact and damaged."""
import base64
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import time

from client import BUILD, Demo
from journal_api import person

CANARY = "Quetzalcanary"


def sealbook(*arguments, environment=None):
    done = subprocess.run([f"{BUILD}/sealbook", *map(str, arguments)], text=True, capture_output=True, timeout=120,
                          env=dict(os.environ, **(environment or {})))
    done.all = done.stdout + done.stderr
    return done


def last_number(done):
    lines = done.stdout.strip().splitlines()
    return int(lines[-1]) if lines and lines[-1].isdigit() else None


def why(done):
    return f"exit {done.returncode}: {done.all[-300:]}"


def copy_of(instance, name):
    copy = instance.parent / name
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(instance, copy)
    return copy


def journal_files(instance):
    return sorted(p for p in (instance / "audit").rglob("*") if p.is_file())


def run_embedded(demo, cases):
    check = lambda name, good, why="": cases.check(f"cli/{name}", good, why)
    instance = pathlib.Path(demo.folder) / "demo"
    desk, auditor = demo.client("front_desk"), demo.client("auditor")
    desk.post("/v1/patients", {**person(CANARY), "note": "note of " + CANARY,
                               "contacts": [{"kind": "email", "value": CANARY + "@example.test"}]})
    pinned = instance.parent / "pinned"
    pinned.write_text(auditor.get("/v1/audit/checkpoint").text)

    beside(instance, demo, check)
    killed(instance, demo, check)
    demo.process.send_signal(signal.SIGTERM)
    demo.process.wait(30)
    audit_intact(instance, pinned, check)
    audit_damaged(instance, pinned, check)
    unwrap_pages(instance, check)
    wrong_keys(instance, check)
    doctor_cases(instance, check)
    control_verbs(instance, check)
    command_line(instance, check)


def beside(instance, demo, check):
    """The verbs mind no running server, even one that publishes while they read."""
    desk = demo.client("front_desk")
    counts = []
    for _ in range(4):
        desk.post("/v1/patients", person("Beside"))
        done = sealbook("audit", "verify", "--dir", instance, "--bodies")
        counts.append(last_number(done))
        if done.returncode != 0:
            break
        time.sleep(0.4)
    check("verifies_beside_a_running_server", done.returncode == 0 and counts == sorted(counts) and counts[0] < counts[-1], why(done))
    shown = demo.client("auditor").get("/v1/controls").json["controls"]
    printed = json.loads(sealbook("controls", "--json", "--dir", instance).stdout)
    for row in (*shown, *printed):
        row["evidence"] = [{**e, "detail": "", "at": ""} for e in row["evidence"]]  # these tell when and how many
        row["missing"] = len(row["missing"])
    check("controls_are_the_same_over_the_api", shown == printed, [(a, b) for a, b in zip(shown, printed) if a != b][:1])
    done = sealbook("doctor", "--dir", instance)
    check("doctor_beside_a_running_server", done.returncode == 0 and "FAIL" not in done.stdout, why(done))


def killed(instance, demo, check):
    """kill -9 after an answer: what has no place in the log yet is counted, and is placed by the next start."""
    before = last_number(sealbook("audit", "verify", "--dir", instance))
    desk = demo.client("front_desk")
    made = [desk.post("/v1/patients", person("Killed")).status for _ in range(5)]
    demo.kill()
    done = sealbook("audit", "verify", "--dir", instance, "--bodies")
    after = last_number(done)
    check("verifies_a_killed_store", made == [201] * 5 and done.returncode == 0 and after == before + 5, (before, why(done)))
    check("says_how_many_wait", re.search(r"^\d+ entries are committed and wait", done.stdout, re.M), done.stdout)
    demo.start()
    demo.process.send_signal(signal.SIGTERM)
    demo.process.wait(30)
    done = sealbook("audit", "verify", "--dir", instance)
    check("a_start_places_what_waited", done.returncode == 0 and last_number(done) >= after and "wait" not in
          done.stdout.replace("waiting ones", ""), why(done))
    demo.start()


def audit_intact(instance, pinned, check):
    done = sealbook("audit", "verify", "--dir", instance)
    number = last_number(done)
    check("audit_verify", done.returncode == 0 and number > 100, why(done))
    own = subprocess.run([f"{BUILD}/sealbook-verify", instance / "audit", "--key", instance / "journal.pub"],
                         text=True, capture_output=True)
    check("agrees_with_sealbook_verify", own.returncode == 0 and own.stdout.split()[-1] == str(number), own.stdout + own.stderr)
    done = sealbook("audit", "verify", "--dir", instance, "--bodies", "--since", pinned)
    check("audit_verify_bodies_since", done.returncode == 0 and last_number(done) == number, why(done))
    alone = copy_of(instance, "alone")
    for name in ("store", "keyring", "keys", "sealbook.toml"):
        shutil.rmtree(alone / name) if (alone / name).is_dir() else (alone / name).unlink()
    done = sealbook("audit", "verify", "--dir", alone)
    check("verifies_with_the_public_key_alone", done.returncode == 0 and last_number(done) == number
          and "could not be counted" in done.stdout, why(done))


def audit_damaged(instance, pinned, check):
    damaged = copy_of(instance, "damaged")
    missed, files = [], journal_files(damaged)
    for file in files:
        intact = file.read_bytes()
        for at in sorted({0, len(intact) // 2, len(intact) - 1}):
            changed = bytearray(intact)
            changed[at] ^= 0x20
            file.write_bytes(changed)
            done = sealbook("audit", "verify", "--dir", damaged)
            named = re.match(r"WRONG: ([^:, ]+)", done.stderr)
            if done.returncode != 1 or not named or not (damaged / "audit" / named[1]).is_file():
                missed.append((str(file.relative_to(damaged)), at, why(done)))
        file.write_bytes(intact)
    check("finds_a_changed_byte_in_every_file", len(files) > 8 and not missed, missed[:2])
    file = max(files, key=lambda f: f.stat().st_size)
    intact = file.read_bytes()
    for name, damage in {"truncation": lambda: file.write_bytes(intact[:-7]), "removal": file.unlink,
                         "addition": lambda: file.write_bytes(intact + b"x")}.items():
        damage()
        done = sealbook("audit", "verify", "--dir", damaged)
        check("finds_a_" + name, done.returncode == 1 and str(file.relative_to(damaged / "audit")) in done.stderr, why(done))
        file.write_bytes(intact)
    stray = damaged / "audit" / "notes.txt"
    stray.write_text("hello")
    done = sealbook("audit", "verify", "--dir", damaged)
    check("finds_a_file_that_does_not_belong", done.returncode == 1 and "notes.txt" in done.stderr, why(done))
    stray.unlink()
    done = sealbook("audit", "verify", "--dir", damaged)
    check("is_content_when_the_damage_is_undone", done.returncode == 0, why(done))

    shutil.rmtree(damaged / "audit")
    done = sealbook("audit", "verify", "--dir", damaged)
    check("finds_that_everything_is_gone", done.returncode == 1, why(done))
    foreign = damaged / "foreign.pub"
    (damaged / "journal.pub").write_text("other.example.test/journal+00000000+" + base64.b64encode(b"\1" + b"k" * 32).decode() + "\n")
    done = sealbook("audit", "verify", "--dir", damaged)
    check("refuses_a_public_key_that_was_replaced", done.returncode == 1 and "journal.pub" in done.stderr, why(done))
    foreign.write_text("not a checkpoint\n")
    done = sealbook("audit", "verify", "--dir", instance, "--since", foreign)
    check("refuses_a_pinned_file_that_is_none", done.returncode != 0, why(done))

    # An older copy of the journal, genuine in itself: the store knows better, and so does who pinned a checkpoint.
    older = copy_of(instance, "older")
    grown = copy_of(instance, "grown")
    grow(grown)
    newer = (grown / "audit").rename(grown / "audit.newer")
    shutil.copytree(older / "audit", grown / "audit")
    done = sealbook("audit", "verify", "--dir", grown)
    check("finds_an_older_journal_by_the_store", done.returncode == 1 and "older" in done.stderr, why(done))
    done = sealbook("doctor", "--dir", grown)
    check("doctor_finds_an_older_journal", done.returncode == 1 and "FAIL  journal.head" in done.stdout, why(done))
    served = sealbook("serve", "--dir", grown)
    check("serve_refuses_an_older_journal", served.returncode not in (0, -6, -11) and "journal" in served.all.lower(), why(served))
    shutil.rmtree(grown / "store")
    late = newer / "logs" / "checkpoint"
    done = sealbook("audit", "verify", "--dir", grown, "--since", late)
    check("finds_an_older_journal_by_a_pinned_checkpoint", done.returncode == 1 and "older" in done.stderr, why(done))


def grow(instance):
    """Starts the server on an instance, changes something, stops it."""
    demo = Demo.__new__(Demo)
    demo.is_kept, demo.folder = True, str(instance.parent)
    demo.arguments = [f"{BUILD}/sealbook", "demo", "--dir", str(instance), "--port", "0", "--json"]
    demo.environment = dict(os.environ)
    demo.start()
    demo.client("front_desk").post("/v1/patients", person("Grown"))
    demo.stop()


def unwrap_pages(instance, check):
    out = instance.parent / "plain.db"
    done = sealbook("store", "unwrap-pages", "--dir", instance, "--out", out)
    check("unwraps_pages", done.returncode == 0 and "stay sealed" in done.stdout and out.stat().st_mode & 0o777 == 0o600, why(done))
    plain = sqlite3.connect(f"file:{out}?mode=ro", uri=True)
    check("the_copy_opens_in_plain_sqlite", plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
          and plain.execute("SELECT count(*) FROM patients").fetchone()[0] > 40)
    plain.close()
    content = out.read_bytes()
    forms = {"plain": CANARY.encode(), "hex": CANARY.encode().hex().encode(), "utf-16": CANARY.encode("utf-16-le"),
             "lower": CANARY.lower().encode(), "base64": base64.b64encode(CANARY.encode())[:-4]}
    check("no_canary_in_the_copy", not [f for f, form in forms.items() if form in content],
          [f for f, form in forms.items() if form in content])
    check("what_is_plain_is_found_in_the_copy", b"America/New_York" in content)
    done = sealbook("store", "unwrap-pages", "--dir", instance, "--out", out)
    check("overwrites_nothing", done.returncode == 64 and out.read_bytes() == content, why(done))
    check("the_store_itself_stays_sealed", b"America/New_York" not in (instance / "store" / "store.db").read_bytes()
          and not any(f.read_bytes()[:15] == b"SQLite format 3" for f in (instance / "store").iterdir()))


def wrong_keys(instance, check):
    number = last_number(sealbook("audit", "verify", "--dir", instance))
    other = copy_of(instance, "wrong-key")
    key = other / "keys" / "root.key"
    key.chmod(0o600)
    key.write_bytes(os.urandom(32))
    key.chmod(0o400)
    done = sealbook("doctor", "--dir", other)
    check("doctor_names_a_wrong_key_file", done.returncode == 1 and "FAIL  keyring" in done.stdout and "Next:" in done.stdout, why(done))
    done = sealbook("serve", "--dir", other)
    check("serve_refuses_a_wrong_key_file", done.returncode == 78 and "key" in done.all, why(done))
    done = sealbook("audit", "verify", "--dir", other)
    check("a_wrong_key_does_not_hinder_verification", done.returncode == 0 and last_number(done) == number
          and "could not be counted" in done.stdout, why(done))
    done = sealbook("audit", "verify", "--dir", other, "--bodies")
    check("bodies_need_the_key", done.returncode not in (0, 1) and last_number(done) is None, why(done))
    done = sealbook("store", "unwrap-pages", "--dir", other, "--out", other / "plain.db")
    check("pages_need_the_key", done.returncode == 78 and not (other / "plain.db").exists(), why(done))
    key.chmod(0o644)
    done = sealbook("doctor", "--dir", other)
    check("doctor_names_an_open_key_file", done.returncode == 1 and "FAIL  key_file" in done.stdout and "0400" in done.stdout, why(done))

    foreign = copy_of(instance, "foreign-store")
    fresh = instance.parent / "fresh"
    done = sealbook("init", "--dir", fresh, "--mode", "test")
    check("init_in_test_mode", done.returncode == 0 and (fresh / "journal.pub").exists(), why(done))
    for file in (foreign / "store").iterdir():
        file.unlink()
    shutil.copy(fresh / "store" / "store.db", foreign / "store" / "store.db")
    done = sealbook("doctor", "--dir", foreign)
    check("doctor_names_a_foreign_store", done.returncode == 1 and "FAIL  store" in done.stdout, why(done))
    done = sealbook("serve", "--dir", foreign)
    check("serve_refuses_a_foreign_store", done.returncode in (69, 78) and "store" in done.all, why(done))


def doctor_cases(instance, check):
    fresh = instance.parent / "fresh"
    done = sealbook("doctor", "--dir", fresh, "--json")
    report = json.loads(done.stdout)
    check("doctor_on_a_new_instance", done.returncode == 0 and report["ok"] and {c["verdict"] for c in report["checks"]} <= {"ok", "warn"}, why(done))
    done = sealbook("audit", "verify", "--dir", fresh)
    check("a_new_instance_has_its_operators_account_and_link", done.returncode == 0 and last_number(done) == 2, why(done))
    done = sealbook("init", "--dir", fresh, "--mode", "test")
    check("init_touches_no_instance", done.returncode != 0, why(done))

    unsafe = instance.parent / "unsafe"
    sealbook("init", "--dir", unsafe)
    done = sealbook("doctor", "--dir", unsafe)
    reasons = [line for line in done.stdout.splitlines() if line.startswith("FAIL  configuration")]
    check("doctor_lists_every_refusal_at_once", done.returncode == 78 and len(reasons) >= 4, why(done))
    served = sealbook("serve", "--dir", unsafe)
    check("serve_says_the_same", served.returncode == 78 and all(r.split(": ", 1)[1] in served.stderr for r in reasons), why(served))
    with open(unsafe / "sealbook.toml", "a") as toml:
        toml.write("\n[nonsense]\nx = 1\n")
    done = sealbook("doctor", "--dir", unsafe)
    check("doctor_names_an_unknown_setting", done.returncode == 78 and "nonsense" in done.stdout, why(done))

    environment = copy_of(fresh, "environment")
    toml = environment / "sealbook.toml"
    toml.write_text(toml.read_text().replace('environment = "test"', 'environment = "other"'))
    done = sealbook("doctor", "--dir", environment)
    check("doctor_names_another_environment", done.returncode == 1 and "FAIL" in done.stdout, why(done))

    cut = copy_of(instance, "cut")
    newest = max((f for f in journal_files(cut) if "/logs/tile/entries/" in str(f)), key=lambda f: f.stat().st_mtime)
    newest.write_bytes(newest.read_bytes()[:-20])
    done = sealbook("doctor", "--dir", cut)
    check("doctor_names_a_truncated_journal", done.returncode == 1 and "FAIL  journal.head" in done.stdout, why(done))
    done = sealbook("serve", "--dir", cut)
    check("serve_refuses_a_truncated_journal", done.returncode not in (0, -6, -11) and done.stderr, why(done))

    clock = copy_of(instance, "clock")
    (clock / "clock").write_text("-90000000\n")
    done = sealbook("doctor", "--dir", clock)
    check("doctor_sees_a_clock_set_back", done.returncode == 1 and "FAIL  clock" in done.stdout, why(done))

    done = sealbook("doctor", "--dir", instance.parent / "nowhere")
    check("doctor_on_nothing", done.returncode == 66 and "Next:" in done.stdout, why(done))


def control_verbs(instance, check):
    done = sealbook("controls", "--json", "--dir", instance)
    rows = json.loads(done.stdout)
    check("controls_json", done.returncode == 0 and len(rows) == 315 and set(rows[0]) >= {"id", "source", "title", "state", "evidence"})
    blind = json.loads(sealbook("controls", "--json").stdout)
    results = {e["result"] for r in blind for e in r["evidence"] if e["kind"] == "probe"}
    check("controls_without_a_folder_see_nothing", len(blind) == 315 and results == {"unknown"}, results)
    some = json.loads(sealbook("controls", "--json", "--family", "ENC").stdout)
    check("controls_of_a_family", 0 < len(some) < 315 and all(r["id"].startswith("ENC-") for r in some))
    check("controls_of_no_family", sealbook("controls", "--family", "NOPE").returncode == 64)
    check("controls_of_no_state", sealbook("controls", "--state", "splendid").returncode == 64)
    check("controls_table", "family" in sealbook("controls").stdout)


def command_line(instance, check):
    for verb in (("audit", "verify"), ("controls",)):
        done = sealbook(*verb, "--dir", instance.parent / "nowhere")
        check("no_such_folder_" + verb[0], done.returncode == 66, why(done))
    done = sealbook("audit", "verify")
    check("a_missing_option_is_usage", done.returncode == 64, why(done))
    done = sealbook("audit", "verify", "--dir", instance, "--since", "/nonexistent")
    check("a_missing_pinned_file", done.returncode == 66, why(done))


def run_postgres(demo, cases):
    check = lambda name, good, why="": cases.check(f"cli_postgres/{name}", good, why)
    instance = pathlib.Path(demo.folder) / "demo"
    run = lambda *arguments: sealbook(*arguments, environment=demo.environment)
    before = last_number(run("audit", "verify", "--dir", instance))
    demo.client("front_desk").post("/v1/patients", person("Another"))
    done = run("audit", "verify", "--dir", instance, "--bodies")
    check("audit_verify_beside_the_server", done.returncode == 0 and last_number(done) > before, why(done))
    demo.process.send_signal(signal.SIGTERM)
    demo.process.wait(30)
    done = run("doctor", "--dir", instance)
    check("doctor", done.returncode == 0 and "servers:" in done.stdout, why(done))
    done = run("store", "unwrap-pages", "--dir", instance, "--out", instance / "plain.db")
    check("no_pages_to_unwrap", done.returncode == 64, why(done))

    store = demo.environment["SEALBOOK_STORE_URL"]
    sql = lambda text: subprocess.run(["psql", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", store, "-c", text], check=True,
                                      text=True, capture_output=True).stdout.strip()
    row = sql("SELECT log || ' ' || kind || ' ' || level || ' ' || tile FROM log_tiles ORDER BY width DESC LIMIT 1").split()
    where = "log = '%s' AND kind = %s AND level = %s AND tile = %s" % tuple(row)
    sql(f"UPDATE log_tiles SET content = set_byte(content, 40, get_byte(content, 40) # 1) WHERE {where}")
    done = run("audit", "verify", "--dir", instance)
    check("finds_a_changed_row", done.returncode == 1 and done.stderr.startswith("WRONG: "), why(done))
    sql(f"UPDATE log_tiles SET content = set_byte(content, 40, get_byte(content, 40) # 1) WHERE {where}")
    done = run("audit", "verify", "--dir", instance)
    check("is_content_when_it_is_undone", done.returncode == 0, why(done))

    # A newer program was here: what this one is to such a store is an older binary.
    sql("INSERT INTO schema_migrations (position, name, sha256, applied) VALUES (99, '0099_from_the_future', '\\x00', 0)")
    done = run("doctor", "--dir", instance)
    check("doctor_names_an_older_binary", done.returncode == 1 and "FAIL  store.migrations" in done.stdout
          and "newer program" in done.stdout, why(done))
    done = run("serve", "--dir", instance)
    check("serve_refuses_a_newer_store", done.returncode == 69 and "newer program" in done.all, why(done))
    lost = {"SEALBOOK_STORE_URL": "postgresql://nobody@127.0.0.1:9/none"}
    done = sealbook("doctor", "--dir", instance, environment={**demo.environment, **lost})
    check("doctor_names_a_lost_server", done.returncode == 1 and "FAIL  store" in done.stdout, why(done))
