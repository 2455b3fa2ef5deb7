"""Runs one suite (a program with results) and says what it showed.

A suite is GoogleTest (its JSON report is read) or any program that prints one line per case:

    ok CASE
    FAILED CASE: why
    skipped CASE: why

A suite that crashes, is too slow, ends with a bad status though its cases passed, or shows no case
at all counts as one failure more.
"""

import dataclasses
import datetime
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

CASE = re.compile(r"^(ok|FAILED|skipped) (\S+?)(?::? .*)?$")
WORDS = {"ok": "passed", "FAILED": "failed", "skipped": "skipped"}


@dataclasses.dataclass
class Suite:
    name: str
    command: list
    verb: str = "test"
    timeout_s: int = 1800
    live: bool = False          # show the output while it runs
    gtest: bool = False


@dataclasses.dataclass
class Outcome:
    suite: Suite
    tests: list                 # (id, passed | failed | skipped)
    at: str
    seconds: float
    output: str

    def count(self, result):
        return sum(1 for _, r in self.tests if r == result)

    def as_record(self):
        return {"name": self.suite.name, "verb": self.suite.verb, "at": self.at,
                "seconds": round(self.seconds, 1), "tests": self.tests}


def from_gtest(report):
    """Cases of a GoogleTest JSON report; a disabled test is a skipped one."""
    tests = []
    for group in json.loads(report.read_text())["testsuites"]:
        for case in group["testsuite"]:
            if case.get("failures"):
                result = "failed"
            elif case["status"] == "NOTRUN" or case["result"] == "SKIPPED":
                result = "skipped"
            else:
                result = "passed"
            tests.append((f"{group['name']}.{case['name']}", result))
    return tests


def from_lines(suite_name, output):
    matches = (CASE.match(line) for line in output.splitlines())
    return [(f"{suite_name}/{m[2]}", WORDS[m[1]]) for m in matches if m]


def why_not_finished(status, timed_out, timeout_s):
    if timed_out:
        return f"was stopped after {timeout_s} s"
    if status < 0:
        return f"was ended by {signal.Signals(-status).name}"
    return f"ended with status {status}"


def end_group(process):
    """Ends the suite and whatever it left behind; its servers share its process group."""
    for sig in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sig)
        except ProcessLookupError:
            return
        time.sleep(0.2)


def execute(suite, environment, folder):
    """(status, timed out, output); the output goes to a file, so that a crash loses none of it."""
    path = pathlib.Path(folder) / "output"
    late = threading.Event()
    with open(path, "wb") as out:
        try:
            process = subprocess.Popen(suite.command, stdout=subprocess.PIPE if suite.live else out,
                                       stderr=subprocess.STDOUT, env=environment, start_new_session=True)
        except OSError as why:
            return 127, False, f"{suite.command[0]} cannot be started: {why.strerror}"
        timer = threading.Timer(suite.timeout_s, lambda: (late.set(), end_group(process)))
        timer.start()
        try:
            for line in process.stdout or ():
                out.write(line)
                sys.stdout.buffer.write(line)
                sys.stdout.flush()
            process.wait()
        finally:
            timer.cancel()
            end_group(process)
            process.wait()
    return process.returncode, late.is_set(), path.read_text(errors="replace")


def run(suite, base_environment=None):
    folder = tempfile.mkdtemp(prefix="sealbook-test-")
    # A server that drops root must be able to reach what a test hands to it.
    os.chmod(folder, 0o755)
    report = pathlib.Path(folder) / "report.json"
    scratch = pathlib.Path(folder) / "tmp"
    scratch.mkdir()
    environment = dict(os.environ if base_environment is None else base_environment)
    environment.update({"TMPDIR": str(scratch), "GTEST_OUTPUT": f"json:{report}"})
    at = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    started = time.monotonic()
    try:
        status, timed_out, output = execute(suite, environment, folder)
        tests = [] if suite.gtest else from_lines(suite.name, output)
        if not tests and report.exists():  # a script with cases of its own may have used such a program
            tests = from_gtest(report)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    told = any(result == "failed" for _, result in tests)
    if timed_out or status < 0 or (status != 0 and not told) or not tests:
        reason = why_not_finished(status, timed_out, suite.timeout_s)
        output += f"\n{suite.name} {reason} and showed {len(tests)} cases\n"
        tests.append((f"{suite.name}/did_not_finish", "failed"))
    return Outcome(suite, tests, at, time.monotonic() - started, output)
