"""Finds suites, runs them, prints a line for each, and keeps the manifest of proofs.

    suites.py test [--quick | --only NAME]     C++ tests and tests/*/run, against build/debug
    suites.py prove --list | NAME [--programs | --fuzzers]
    suites.py fuzz NAME --seconds N

The last line is always "N passed, N failed, N skipped". What a proof is made of:

    tests/prove/NAME.cpp, tests/prove/NAME/*.cpp   the program build/release/prove_NAME
    tests/prove/NAME (executable), .../NAME/run    a script
    tests/prove/NAME.list                          other proofs, one per line, or "fuzz NAME SECONDS"
"""

import argparse
import concurrent.futures
import os
import pathlib
import shutil
import sys

import fuzzing
import one_suite
import proofs
from one_suite import Suite

ROOT = proofs.ROOT
AT_ONCE = 2
HOUR_S = 3600
# Suites that need minutes or the second engine; ./dev test quick leaves them out.
NOT_QUICK = {"interop", "api", "authz_matrix", "canaries", "upgrade"}


def environment():
    env = dict(os.environ)
    env.setdefault("SEALBOOK_BUILD", str(ROOT / "build" / "debug"))
    symbolizer = shutil.which("llvm-symbolizer-19")
    if symbolizer:
        for name in ("ASAN", "UBSAN", "TSAN", "LSAN"):
            env.setdefault(f"{name}_SYMBOLIZER_PATH", symbolizer)
    env.setdefault("UBSAN_OPTIONS", "print_stacktrace=1")
    return env


def cpp_suites(only=None):
    """The programs that CMake lists; one that was not built is a failure when it is run."""
    build = ROOT / "build" / "debug"
    names = (build / "test_programs.txt").read_text().split()
    wanted = [n for n in names if only in (None, n, n.removeprefix("test_"), n.removeprefix("tests_"))]
    return [Suite(n, [str(build / n), "--gtest_brief=1"], gtest=True) for n in wanted]


def script_suites(only=None):
    found = sorted((ROOT / "tests").glob("*/run"))
    return [Suite(p.parent.name, [str(p)]) for p in found if only in (None, p.parent.name)]


def with_filter(text):
    """Every C++ program, but only the tests whose name holds the text."""
    suites = cpp_suites()
    for suite in suites:
        suite.command.append(f"--gtest_filter=*{text}*")
    return suites


def longest_first(suites):
    """By what the newest manifest record says, so that two workers end together."""
    records = list(proofs.load().values())
    took = {s["name"]: s["seconds"] for record in records for s in record["suites"]}
    return sorted(suites, key=lambda s: -took.get(s.name, 60))


def print_outcome(outcome):
    word = "FAILED" if outcome.count("failed") else "ok"
    if word == "FAILED" and not outcome.suite.live:
        print(*(line for line in outcome.output.rstrip().splitlines() if not line.startswith("ok ")), sep="\n")
    print(f"{word:<7}{outcome.suite.name:<24} {outcome.count('passed')} passed, "
          f"{outcome.count('failed')} failed, {outcome.count('skipped')} skipped"
          f"   {outcome.seconds:.1f} s", flush=True)


def run_all(suites, at_once=AT_ONCE, drop_empty=False):
    """Runs the suites, prints the sum, records the results; the status of the process."""
    outcomes = []
    env = environment()
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        for future in concurrent.futures.as_completed(pool.submit(one_suite.run, s, env) for s in suites):
            outcome = future.result()
            if drop_empty and nothing_matched(outcome):
                continue
            print_outcome(outcome)
            outcomes.append(outcome)
    if not drop_empty and outcomes:
        proofs.record([o.as_record() for o in outcomes])
    for outcome in outcomes:
        for name, result in outcome.tests:
            if result != "passed":
                print(f"{result}: {name}")
    total = {kind: sum(o.count(kind) for o in outcomes) for kind in ("passed", "failed", "skipped")}
    if not outcomes:
        print("nothing matched")
        total["failed"] = 1
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 1 if total["failed"] else 0


def nothing_matched(outcome):
    """A filtered program in which no test has that name."""
    return [n for n, _ in outcome.tests] == [f"{outcome.suite.name}/did_not_finish"] \
        and "ended with status 0" in outcome.output


def test(arguments):
    if arguments.only:
        named = cpp_suites(arguments.only) + script_suites(arguments.only)
        if named:
            return run_all(named)
        return run_all(with_filter(arguments.only), drop_empty=True)
    suites = cpp_suites() + script_suites()
    if arguments.quick:
        suites = [s for s in suites if s.name not in NOT_QUICK]
    return run_all(longest_first(suites))


def proof_parts(name):
    """The suites that a proof is made of; names in a .list are followed."""
    here = ROOT / "tests" / "prove"
    listed = here / f"{name}.list"
    if listed.exists():
        rows = (line.split("#")[0].split() for line in listed.read_text().splitlines())
        return [part for row in rows if row for part in
                (fuzzing.suites(row[1], int(row[2])) if row[0] == "fuzz" else proof_parts(row[0]))]
    if (here / f"{name}.cpp").exists() or list((here / name).glob("*.cpp")):
        command = [str(ROOT / "build" / "release" / f"prove_{name}")]
    elif os.access(here / name, os.X_OK) and (here / name).is_file():
        command = [str(here / name)]
    elif (here / name / "run").exists():
        command = [str(here / name / "run")]
    else:
        sys.exit(f"there is no proof '{name}' in tests/prove")
    return [Suite(f"prove/{name}", command, verb="prove", timeout_s=6 * HOUR_S, live=True)]


def list_proofs():
    here = ROOT / "tests" / "prove"
    for path in sorted(here.glob("*")) if here.exists() else []:
        if path.suffix in ("", ".cpp", ".list") and path.name != "README.md":
            print(path.stem)


def prove(arguments, rest):
    if arguments.list:
        list_proofs()
        return 0
    parts = proof_parts(arguments.name)
    if arguments.programs or arguments.fuzzers:
        programs = [pathlib.Path(p.command[0]).name for p in parts if p.verb == "prove"]
        fuzzers = [p.fuzzer for p in parts if p.verb == "fuzz"]
        for name in dict.fromkeys(fuzzers if arguments.fuzzers else programs):
            if name.startswith(("prove_", "fuzz_")):
                print(name)
        return 0
    if len(parts) == 1:
        parts[0].command += rest
    os.environ.setdefault("SEALBOOK_BUILD", str(ROOT / "build" / "release"))
    return run_all(parts, at_once=1)


def main():
    os.chdir(ROOT)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    testing = verbs.add_parser("test")
    testing.add_argument("--quick", action="store_true")
    testing.add_argument("--only")
    proving = verbs.add_parser("prove")
    proving.add_argument("name", nargs="?")
    for flag in ("--list", "--programs", "--fuzzers"):
        proving.add_argument(flag, action="store_true")
    fuzz = verbs.add_parser("fuzz")
    fuzz.add_argument("name")
    fuzz.add_argument("--seconds", type=int, default=60)
    arguments, rest = parser.parse_known_args()
    if arguments.verb == "test":
        return test(arguments)
    if arguments.verb == "prove":
        return prove(arguments, rest)
    return run_all(fuzzing.suites(arguments.name, arguments.seconds), at_once=1)


if __name__ == "__main__":
    sys.exit(main())
