# shellcheck shell=bash
# Verbs that end in results: test, prove, fuzz, bench.

# Runs a command with a throw-away server in SEALBOOK_TEST_POSTGRES.
with_postgres() {
  local folder
  folder=$(mktemp -d "${TMPDIR:-/tmp}/sealbook-pg-XXXXXX")
  # shellcheck disable=SC2064
  trap "scripts/postgres down '$folder'; rmdir '$folder'" EXIT
  SEALBOOK_TEST_POSTGRES=$(run scripts/postgres up "$folder")
  export SEALBOOK_TEST_POSTGRES
  "$@"
}

# The count is the last line even when there was nothing to run.
nothing_ran() {
  say "$1"
  say "0 passed, 1 failed, 0 skipped"
  exit 1
}

verb_test() {
  local what=${1:-all}
  setup build test
  (build debug all) || nothing_ran "The build failed, so no test ran."
  case $what in
    all) with_postgres suites test ;;
    quick) suites test --quick ;;
    *) with_postgres suites test --only "$what" ;;
  esac
}

build_for_proof() {
  local programs
  mapfile -t programs < <(python3 -B scripts/dev/suites.py prove "$1" --programs)
  build release product "${programs[@]}" || return
  mapfile -t programs < <(python3 -B scripts/dev/suites.py prove "$1" --fuzzers)
  [ -z "${programs[*]}" ] || build fuzz "${programs[@]}"
}

verb_prove() {
  [ $# -gt 0 ] || {
    python3 -B scripts/dev/suites.py prove --list
    return
  }
  setup build test prove
  # A proof that tries the commands themselves says so, and needs no build here.
  if grep -qs '^# builds: nothing' "tests/prove/$1"; then
    suites prove "$@"
    return
  fi
  build_for_proof "$1" || nothing_ran "The build failed, so nothing was proven."
  with_postgres suites prove "$@"
}

verb_fuzz() {
  [ $# -gt 0 ] || {
    say "Fuzzers:"
    find fuzz -maxdepth 1 -name '*.cpp' 2>/dev/null | sed 's:.*/\(.*\)\.cpp:  \1:' | sort
    return
  }
  [ -e "fuzz/$1.cpp" ] || die "fuzz: there is no fuzz/$1.cpp"
  setup build test
  build fuzz "fuzz_$1"
  suites fuzz "$1" --seconds "${2:-60}"
}

verb_bench() {
  local name
  if [ $# -eq 0 ] || [ "$1" = --list ]; then
    for name in bench/*.cpp; do
      [ -e "$name" ] || continue
      printf '%-24s %s\n' "$(basename "$name" .cpp)" "$(sed -n '1s:^// *::p' "$name")"
    done
    # A script that runs several of them says its question in its second line.
    for name in bench/*; do
      if [ -f "$name" ] && [ -x "$name" ]; then
        printf '%-24s %s\n' "$(basename "$name")" "$(sed -n '2s:^# *::p' "$name")"
      fi
    done
    return
  fi
  name=$1
  shift
  if [ -f "bench/$name" ] && [ -x "bench/$name" ]; then
    setup build test bench
    build release product benches
    with_postgres run "bench/$name" "$@"
    return
  fi
  [ -e "bench/$name.cpp" ] || die "bench: there is no '$name' (./dev bench --list)"
  setup build test bench
  build release product "bench_$name"
  with_postgres run "build/release/bench_$name" "$@"
}
