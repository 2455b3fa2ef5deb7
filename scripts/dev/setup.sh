# shellcheck shell=bash
# Installs what is missing, and nothing else. packages.txt says what each package is for.

# Rows "package: why" of the wanted groups that this machine has not got.
missing_packages() {
  local group spec why package command installed
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p')
  while read -r group spec why; do
    case " $* " in *" $group "*) ;; *) continue ;; esac
    package=${spec%%,*} command=${spec#"$package"} command=${command#,}
    if [ -n "$command" ] && command -v "$command" >/dev/null; then continue; fi
    grep -qxF -- "$package" <<<"$installed" || printf '%s: %s\n' "$package" "$why"
  done < <(grep -v -e '^#' -e '^$' scripts/dev/packages.txt)
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    run "$@"
  elif command -v sudo >/dev/null; then
    run sudo "$@"
  else
    die "not root, and there is no sudo: run this as root: $*"
  fi
}

# A throw-away server per test run is all we want, so Debian's postgresql package must not start a
# lasting one on this machine.
install_without_a_lasting_postgres() {
  local conf=/etc/postgresql-common/createcluster.conf
  if [ ! -e $conf ]; then
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql-common
    as_root sed -i 's/^#*create_main_cluster.*/create_main_cluster = false/' $conf
  fi
}

install_packages() {
  local rows packages
  command -v apt-get >/dev/null || die "this is not Debian; see scripts/dev/packages.txt for what is needed"
  rows=$(missing_packages "$@")
  [ -n "$rows" ] || return 0
  say "These packages are missing and will be installed with apt-get:"
  printf '  %s\n' "${rows//$'\n'/$'\n'  }"
  as_root apt-get update -q
  mapfile -t packages < <(cut -d: -f1 <<<"$rows")
  case " ${packages[*]} " in *" postgresql-15 "*) install_without_a_lasting_postgres ;; esac
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}"
  rows=$(missing_packages "$@")
  [ -z "$rows" ] || die "still missing after the installation: $(cut -d: -f1 <<<"$rows" | paste -sd ' ')"
}

# The pinned sources and tools of package.json. Install scripts stay off: one of them would fetch
# a binary from elsewhere.
install_node_modules() {
  local stamp=node_modules/.sealbook-lock
  if [ -e $stamp ] && cmp -s package-lock.json $stamp; then return 0; fi
  say "The pinned npm packages are missing or old (package-lock.json); fetching them."
  run npm ci --ignore-scripts --no-audit --no-fund
  cp package-lock.json $stamp
}

# The state that the last look depended on; the same state needs no second look.
setup_state() {
  { cat scripts/dev/packages.txt package-lock.json && stat -c %Y /var/lib/dpkg/status; } 2>/dev/null | cksum
}

setup() {
  local stamp state
  stamp=build/.setup-$(tr ' ' - <<<"$*")
  state=$(setup_state)
  if [ -e "$stamp" ] && [ -d node_modules ] && [ "$(cat "$stamp")" = "$state" ]; then return 0; fi
  install_packages "$@"
  install_node_modules
  mkdir -p build
  setup_state >"$stamp"
}

verb_setup() {
  local groups=("$@") group
  [ $# -gt 0 ] || groups=(build test)
  [ "${groups[*]}" != all ] || groups=(build test prove bench lint)
  for group in "${groups[@]}"; do
    grep -q "^$group " scripts/dev/packages.txt || die "setup: there is no group '$group'"
  done
  setup "${groups[@]}"
  say "Everything for '${groups[*]}' is here."
}
