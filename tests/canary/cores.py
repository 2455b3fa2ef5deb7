"""No core dump can be made of a server: whoever allows them, and however it dies."""
import json
import os
import shutil
import signal
import subprocess
import tempfile


def dies_by_segv(arguments, cwd, ready):
    """Starts it with core dumps allowed, kills it with SIGSEGV: its limits, whether the kernel dumped, files left."""
    command = 'ulimit -c unlimited || ulimit -c "$(ulimit -H -c)"; exec "$0" "$@"'
    # A sanitizer would catch the signal and end the process in its own way.
    environment = dict(os.environ, ASAN_OPTIONS="handle_segv=0:disable_coredump=0")
    process = subprocess.Popen(["/bin/bash", "-c", command, *arguments], cwd=cwd, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, env=environment)
    if ready:
        json.loads(process.stdout.readline())
    else:
        process.stdout.read(1)
    with open(f"/proc/{process.pid}/limits") as file:
        limit = next(line for line in file if line.startswith("Max core file size")).split()[4:6]
    os.kill(process.pid, signal.SIGSEGV)
    _, status = os.waitpid(process.pid, 0)
    process.returncode = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    process.stdout.close()
    return limit, os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGSEGV, os.WCOREDUMP(status), os.listdir(cwd)


def run(cases, program):
    folder = tempfile.mkdtemp(prefix="sealbook-core-")
    try:
        for name in ("server", "control"):
            os.mkdir(f"{folder}/{name}")
        limit, died, dumped, left = dies_by_segv(
            [program, "demo", "--dir", f"{folder}/demo", "--port", "0", "--json"], f"{folder}/server", True)
        cases.check("core/limit-is-0", limit == ["0", "0"], limit)
        cases.check("core/killed-by-SIGSEGV", died, "it died otherwise")
        cases.check("core/kernel-dumped-nothing", not dumped, "the wait status says that core was dumped")
        cases.check("core/no-file", left == [], left)
        # The same signal to a program that does not refuse: the kernel dumps it, so the check can fail.
        limit, died, dumped, left = dies_by_segv(["/bin/sh", "-c", "echo r; exec sleep 60"], f"{folder}/control", False)
        if limit[0] == "0" or not dumped:
            cases.skip("core/control", f"this machine dumps nobody (limit {limit[0]}, files {left})")
        else:
            cases.check("core/control", died and dumped, "not dumped")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
