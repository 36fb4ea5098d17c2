# What the commands in bin/ share: finding PostgreSQL, and installing what is missing.
# shellcheck shell=bash

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
die() { printf 'candor: %s\n' "$*" >&2; exit 1; }

# The folder with PostgreSQL's own programs, version 15 or later; the newest where there are several.
postgres_bin() {
  local dir major best='' best_major=0
  for dir in ${CANDOR_PG_BIN:+"$CANDOR_PG_BIN"} $(dirname "$(readlink -f "$(command -v postgres 2>/dev/null || echo /none/x)")") \
    /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin; do
    [ -x "$dir/postgres" ] && [ -x "$dir/initdb" ] || continue
    major=$("$dir/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')
    if [ "$major" -ge 15 ] && [ "$major" -gt "$best_major" ]; then best=$dir best_major=$major; fi
  done
  [ -n "$best" ] && printf '%s\n' "$best"
}

# Installs packages by the platform's own manager, saying so first: install LABEL DEBIAN-PACKAGES BREW-PACKAGES
install() {
  local label=$1 debian=$2 brew=$3 sudo=''
  if command -v apt-get >/dev/null; then
    [ "$(id -u)" = 0 ] || sudo=sudo
    say "Installing $label with apt-get: $debian"
    # Debian's package would start a cluster of its own, which nothing here uses.
    if [ "$label" = PostgreSQL ] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
      $sudo mkdir -p /etc/postgresql-common
      echo 'create_main_cluster = false' | $sudo tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    # shellcheck disable=SC2086
    { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $debian; } >&2 ||
      die "could not install $label; install it by hand ($debian) and start again"
  elif command -v brew >/dev/null; then
    [ -n "$brew" ] || die "$label is missing; install it and start again"
    say "Installing $label with Homebrew: $brew"
    # shellcheck disable=SC2086
    brew install $brew >&2 || die "could not install $label; install it by hand ($brew) and start again"
  else
    die "$label is missing and neither apt-get nor brew is here; install it and start again"
  fi
}

need_postgres() {
  postgres_bin >/dev/null || install PostgreSQL postgresql postgresql@17
  postgres_bin >/dev/null || die "PostgreSQL 15 or later is needed; set CANDOR_PG_BIN to the folder that holds initdb and postgres"
}

need_rust() {
  command -v cargo >/dev/null || die "a Rust toolchain is needed: see https://rustup.rs"
  command -v cc >/dev/null || install 'a C compiler' build-essential ''
}

# Runs a command as the user PostgreSQL may run as: postgres where we are root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid postgres --regid postgres --init-groups -- "$@"
  else
    "$@"
  fi
}
