# shellcheck shell=bash
# Configures and builds a preset of CMakePresets.json into build/PRESET.

# build PRESET TARGET…
build() {
  local preset=$1
  shift
  # Paths below the checkout count as relative, so that its worktrees share what was compiled.
  export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
  if [ ! -e "build/$preset/build.ninja" ]; then run cmake --preset "$preset" || return; fi
  run cmake --build "build/$preset" --target "$@"
}

verb_build() {
  local preset=debug timing=no argument
  for argument in "$@"; do
    case $argument in
      debug | release | tsan | fuzz) preset=$argument ;;
      --timing) timing=yes ;;
      *) die "build: there is no preset '$argument' (debug release tsan fuzz)" ;;
    esac
  done
  setup build
  case $preset in
    release) build release product ;;
    fuzz) build fuzz fuzzers ;;
    *) build "$preset" all ;;
  esac
  [ $timing = no ] || slowest_targets "$preset"
}

# The ten slowest steps of the last build, from Ninja's own log (start and end in milliseconds).
slowest_targets() {
  say "The ten slowest steps in build/$1 (seconds):"
  awk 'NR > 1 { took[$4] = ($2 - $1) / 1000 } END { for (t in took) printf "%8.1f  %s\n", took[t], t }' \
    "build/$1/.ninja_log" | sort -rn | head -n 10
}
