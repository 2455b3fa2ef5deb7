# shellcheck shell=bash
# Verbs that serve, format, look or rewrite.

# The store is thrown away at the next start; build/demo/ready.json is the line that the demo prints
# when it answers requests (its address, CA and sign-in tokens), for scripts/quick-start.
verb_run() {
  local port=${SEALBOOK_PORT:-8443} line
  setup build
  build release product
  rm -rf build/demo
  mkdir -p build/demo
  (umask 077; : >build/demo/ready.json)
  run build/release/sealbook demo --dir "$PWD/build/demo/store" --port "$port" --seed 1 --json "$@" |
    while read -r line; do
      [ -s build/demo/ready.json ] || {
        printf '%s\n' "$line" >build/demo/ready.json
        say "The demo clinic answers on https://localhost:$port/demo/ (Ctrl-C ends it)."
        say "Addresses and tokens: build/demo/ready.json. Set up a clinic: scripts/quick-start build/demo/ready.json"
      }
    done
}

# The C++ files to look at: those that differ from the last commit, or all of them.
cpp_files() {
  if [ "${1:-}" = --all ]; then
    git ls-files -- '*.cpp' '*.hpp'
  else
    { git diff --name-only --diff-filter=d HEAD -- '*.cpp' '*.hpp'
      git ls-files --others --exclude-standard -- '*.cpp' '*.hpp'; } | sort -u
  fi
}

verb_fmt() {
  local mode=-i scope='' argument files
  for argument in "$@"; do
    case $argument in
      --check) mode='--dry-run --Werror' ;;
      --all) scope=--all ;;
      *) die "fmt: unknown option '$argument'" ;;
    esac
  done
  setup build lint
  mapfile -t files < <(cpp_files $scope)
  [ ${#files[@]} -gt 0 ] || { say "No C++ file differs from the last commit."; return 0; }
  # shellcheck disable=SC2086
  run clang-format-19 $mode "${files[@]}"
}

verb_lint() {
  local files scripts
  setup build lint
  mapfile -t scripts < <(git grep -lE '^#!.*(bash|sh)$' -- . ':!*.py' || true)
  run shellcheck -x "${scripts[@]}" scripts/dev/*.sh
  run tests/tidy/run
  mapfile -t files < <(cpp_files "$@" | grep '\.cpp$' || true)
  [ ${#files[@]} -gt 0 ] || return 0
  if [ ! -e build/debug/compile_commands.json ]; then run cmake --preset debug; fi
  printf '%s\n' "${files[@]}" | run xargs -P 2 -n 4 clang-tidy-19 -p build/debug --quiet
}

# Runs one generator into its target; --check says only whether it is stale. A generator names its
# target in its second line ("# writes: PATH") and ends with 77 when it cannot run yet.
generate() {
  local script=$1 mode=$2 target fresh=build/generated.new status=0
  target=$(sed -n '2s/^# writes: //p' "$script")
  [ -n "$target" ] || die "gen: $script does not say what it writes"
  run "$script" >"$fresh" || status=$?
  case $status in
    0) ;;
    77) say "skipped: what $script needs is not built" && return ;;
    *) die "gen: $script failed" ;;
  esac
  if cmp -s "$fresh" "$target"; then return; fi
  diff -u "$target" "$fresh" | head -n 60 | cut -c1-300 || true
  [ "$mode" != --check ] || die "gen: $target is stale; run ./dev gen"
  mkdir -p "$(dirname "$target")"
  cp "$fresh" "$target"
  say "wrote $target"
}

verb_gen() {
  local script
  setup build
  # The build checks the web app against its client, which is made from the description that the build makes.
  generate scripts/gen/client "${1:-}"
  build debug product
  export SEALBOOK_BUILD=$PWD/build/debug
  for script in scripts/gen/*; do
    if [ -x "$script" ]; then generate "$script" "${1:-}"; fi
  done
  generate scripts/gen/client "${1:-}"
}

verb_db() {
  setup build test
  case ${1:-} in
    up | psql | url | down) run scripts/postgres "$1" build/db "${@:2}" ;;
    *) die "db: up, psql, url or down" ;;
  esac
}

verb_ci() { run .ci/run; }

verb_watch() {
  local seen='' now
  while :; do
    now=$(find src tests cmake CMakeLists.txt -type f -printf '%p %T@\n' | cksum)
    if [ "$now" != "$seen" ]; then
      seen=$now
      (verb_test "${1:-quick}") || true
    fi
    sleep 1
  done
}
