# shellcheck shell=bash
# What every verb uses. Sourced by ./dev, which stands in the project's root.

say() { printf '%s\n' "$*"; }
die() {
  printf 'dev: %s\n' "$*" >&2
  exit 2
}

# Prints a command as it could be typed, then runs it.
run() {
  printf '+' >&2
  printf ' %q' "$@" >&2
  printf '\n' >&2
  "$@"
}

# suites.py runs whatever has results: see its first lines.
suites() { run python3 -B scripts/dev/suites.py "$@"; }

verb_help() {
  cat <<'END'
./dev VERB, where VERB is:
  setup [GROUP…]        install what is missing (build test prove bench lint), saying what and why
  build [PRESET]        debug (default, with ASan and UBSan), release, tsan, fuzz; --timing: the slowest
  test [quick|NAME]     everything that CI proves, on both engines; quick: a minute, embedded engine only
  prove NAME            the long proofs of one piece of work; without a name: the list
  run                   a demo clinic on https://localhost:8443 with a throw-away encrypted store
  watch [NAME]          rebuild, and run the tests again, after each change
  fmt [--check]         format the C++ that differs from the last commit (--all: every file)
  lint                  clang-tidy on what changed, shellcheck, the house rules
  gen [--check]         rewrite the generated files that are checked in
  bench [--list|NAME]   measure; NAME's options follow it
  fuzz NAME [SECONDS]   run one fuzzer from its seed corpus (60 s)
  db up|psql|url|down   a throw-away PostgreSQL on a free loopback port
  ci                    what CI runs
END
}
