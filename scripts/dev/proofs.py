"""The manifest of proofs: build/proofs.json and generated/proofs.inc (docs/formats/proofs.md)."""

import argparse
import fcntl
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MANIFEST = ROOT / "build" / "proofs.json"
RECORDS_KEPT = 20
WORST_FIRST = ("failed", "skipped", "passed")


def git(*arguments):
    """Output of a git command, or None when this is no checkout (or git is missing)."""
    # A checkout that was copied in as another user's is still the one we are asked to look at.
    command = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), *arguments]
    try:
        return subprocess.run(command, check=True, capture_output=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None


def state_of_tree():
    """(commit, hash of what is not committed): the hash is empty on a clean tree."""
    head = git("rev-parse", "HEAD")
    if head is None:
        return "", ""
    status = git("status", "--porcelain") or b""
    if not status.strip():
        return head.decode().strip(), ""
    digest = hashlib.sha256(git("diff", "HEAD") or b"")
    for name in (git("ls-files", "--others", "--exclude-standard", "-z") or b"").split(b"\0"):
        path = ROOT / os.fsdecode(name)
        if name and path.is_file():
            digest.update(name + b"\0" + path.read_bytes())
    return head.decode().strip(), digest.hexdigest()[:16]


def key_of(commit, diff):
    return commit + "-dirty" if diff else commit


def load(path=MANIFEST):
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return {}


def record(suites, path=MANIFEST, state=None):
    """Merges suites (dicts with name, verb, at, seconds, tests: [(id, result)]) into the manifest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Proofs may run beside each other: one merges at a time.
    with open(path.with_suffix(".lock"), "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        merge(suites, path, *(state or state_of_tree()))


def merge(suites, path, commit, diff):
    manifest = load(path)
    key = key_of(commit, diff)
    entry = manifest.pop(key, None)
    if entry is None or entry["diff"] != diff:
        entry = {"commit": commit, "dirty": bool(diff), "diff": diff, "suites": [], "tests": []}
    for suite in suites:
        name = suite["name"]
        results = [result for _, result in suite["tests"]]
        row = {"name": name, "verb": suite["verb"]}
        row.update({kind: results.count(kind) for kind in ("passed", "failed", "skipped")})
        row.update({"at": suite["at"], "seconds": suite["seconds"]})
        entry["suites"] = [s for s in entry["suites"] if s["name"] != name] + [row]
        entry["tests"] = [t for t in entry["tests"] if t["suite"] != name]
        entry["tests"] += [{"id": i, "suite": name, "result": r} for i, r in suite["tests"]]
    manifest[key] = entry
    for old in list(manifest)[:-RECORDS_KEPT]:
        del manifest[old]
    replace(path, json.dumps(manifest, indent=1) + "\n")


def replace(path, text):
    """Writes a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as out:
        out.write(text)
    os.chmod(out.name, 0o644)
    os.replace(out.name, path)


def worst_by_id(tests):
    """id -> (result, suite) of the worst run of each id."""
    worst = {}
    for test in tests:
        found = (test["result"], test["suite"])
        known = worst.get(test["id"], found)
        worst[test["id"]] = min(known, found, key=lambda run: WORST_FIRST.index(run[0]))
    return worst


def quoted(text):
    return json.dumps(text, ensure_ascii=True)


def as_cpp(commit, dirty, entry):
    suites = sorted(entry["suites"], key=lambda s: s["name"])
    tests = sorted(worst_by_id(entry["tests"]).items())
    lines = ["// Written by scripts/dev/proofs.py; the shape is in docs/formats/proofs.md.",
             "#include <array>", "#include <string_view>", "", "namespace sealbook::proofs {",
             "enum class Verdict : unsigned char { passed, failed, skipped };",
             "struct Suite { std::string_view name, verb; unsigned passed, failed, skipped;"
             " std::string_view at; };",
             "struct Test { std::string_view id; Verdict verdict; unsigned suite; };",
             f"inline constexpr std::string_view commit = {quoted(commit)};",
             f"inline constexpr bool dirty = {'true' if dirty else 'false'};",
             f"inline constexpr std::array<Suite, {len(suites)}> suites = {{{{"]
    for s in suites:
        lines.append(f"    {{{quoted(s['name'])}, {quoted(s['verb'])}, {s['passed']}, {s['failed']},"
                     f" {s['skipped']}, {quoted(s['at'])}}},")
    lines += ["}};", f"inline constexpr std::array<Test, {len(tests)}> tests = {{{{"]
    places = {s["name"]: place for place, s in enumerate(suites)}
    lines += [f"    {{{quoted(name)}, Verdict::{verdict}, {places[suite]}}},"
              for name, (verdict, suite) in tests]
    lines += ["}};", "}  // namespace sealbook::proofs", ""]
    return "\n".join(lines)


def embed(out, use_manifest):
    empty = {"suites": [], "tests": []}
    commit, diff = state_of_tree()
    entry = load().get(key_of(commit, diff), empty) if use_manifest else empty
    if entry.get("diff", diff) != diff:
        entry = empty
    if not use_manifest:
        commit, diff = "", ""
    text = as_cpp(commit, bool(diff), entry)
    if not out.exists() or out.read_text() != text:
        replace(out, text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    embedding = verbs.add_parser("embed", help="write generated/proofs.inc")
    embedding.add_argument("--out", type=pathlib.Path, required=True)
    embedding.add_argument("--none", action="store_true", help="embed no results")
    verbs.add_parser("show", help="print this commit's record, one line per suite")
    arguments = parser.parse_args()
    if arguments.verb == "embed":
        embed(arguments.out, not arguments.none)
        return
    entry = load().get(key_of(*state_of_tree()))
    if entry is None:
        sys.exit("no proofs are recorded for this commit")
    for s in entry["suites"]:
        print(f"{s['name']}: {s['passed']} passed, {s['failed']} failed, {s['skipped']} skipped ({s['at']})")


if __name__ == "__main__":
    main()
