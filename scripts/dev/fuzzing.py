"""Runs one libFuzzer program (build/fuzz/fuzz_NAME) for a while, as a suite with two cases.

    fuzzing.py NAME SECONDS [--planted]

`NAME/finds_nothing`: no crash, time-out or leak from the seed corpus (fuzz/NAME/*) and what earlier
runs kept in build/fuzz/corpus/NAME; the edges reached are printed. `NAME/finds_the_planted_bug`: with
SEALBOOK_FUZZ_PLANTED=1 the harness traps behind the deepest check that its input has to pass, and the
fuzzer has to get there (see fuzz/README.md).
"""

import dataclasses
import os
import pathlib
import re
import subprocess
import sys

from one_suite import Suite
from proofs import ROOT

LIMITS = ["-rss_limit_mb=2048", "-timeout=10", "-print_final_stats=1", "-use_value_profile=1"]
PROGRESS = re.compile(r"cov: (\d+) ft: (\d+)")


@dataclasses.dataclass
class FuzzSuite(Suite):
    fuzzer: str = ""


def suites(name, seconds):
    if not (ROOT / "fuzz" / f"{name}.cpp").exists():
        sys.exit(f"there is no fuzz/{name}.cpp")
    command = [sys.executable, "-B", str(pathlib.Path(__file__).resolve()), name, str(seconds)]
    return [FuzzSuite(f"fuzz/{name}", command, verb="fuzz", timeout_s=2 * seconds + 600, live=True,
                      fuzzer=f"fuzz_{name}")]


def fuzz(name, seconds, corpus, planted):
    """(status, edges) of one run."""
    crashes = ROOT / "build" / "fuzz" / "crashes"
    for folder in (corpus, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    seeds = [str(p) for p in (ROOT / "fuzz" / name,) if p.is_dir()]
    command = [str(ROOT / "build" / "fuzz" / f"fuzz_{name}"), f"-max_total_time={seconds}", *LIMITS,
               f"-artifact_prefix={crashes}/{name}{'-planted' if planted else ''}-", str(corpus), *seeds]
    dictionary = ROOT / "fuzz" / f"{name}.dict"
    if dictionary.exists():
        command.append(f"-dict={dictionary}")
    env = dict(os.environ, **({"SEALBOOK_FUZZ_PLANTED": "1"} if planted else {}))
    print("+", *command, flush=True)
    process = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True, errors="replace")
    edges, tail = 0, []
    for line in process.stderr:
        found = PROGRESS.search(line)
        if found:
            edges = int(found[1])
        else:
            tail = (tail + [line])[-60:]
    status = process.wait()
    if status != 0 and not planted:
        print("".join(tail))
    return status, edges


def main():
    name, seconds = sys.argv[1], int(sys.argv[2])
    kept = ROOT / "build" / "fuzz" / "corpus"
    status, edges = fuzz(name, seconds, kept / name, planted=False)
    print(f"{name}: {edges} edges in {seconds} s")
    print(f"ok {name}.finds_nothing" if status == 0 else f"FAILED {name}.finds_nothing: status {status}")
    # A corpus of its own: what the honest run kept must not hand the planted bug over.
    caught, _ = fuzz(name, max(seconds, 60), kept / f"{name}-planted", planted=True)
    if caught != 0:
        print(f"ok {name}.finds_the_planted_bug")
    else:
        print(f"FAILED {name}.finds_the_planted_bug: not within {max(seconds, 60)} s")
    sys.exit(0 if status == 0 and caught != 0 else 1)


if __name__ == "__main__":
    main()
