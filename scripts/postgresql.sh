#!/usr/bin/env bash
# A throw-away PostgreSQL for tests: start prints its address, stop ends it. Durability is off.
set -euo pipefail
port=${KHCN_TEST_PG_PORT:-54329}
dir=${KHCN_TEST_PG_DIR:-${TMPDIR:-/tmp}/khcn-postgresql-$port}
bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)")
as=()
[ "$(id -u)" = 0 ] && as=(runuser -u postgres --)
case ${1:-} in
start)
  if [ ! -f "$dir/data/PG_VERSION" ]; then
    mkdir -p "$dir"
    [ "$(id -u)" = 0 ] && chown postgres "$dir"
    (cd "$dir" && "${as[@]}" "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null)
    printf '%s\n' "fsync=off" "synchronous_commit=off" "full_page_writes=off" "unix_socket_directories='$dir'" \
      "listen_addresses='127.0.0.1'" "port=$port" "shared_buffers=256MB" "max_connections=60" \
      | "${as[@]}" tee -a "$dir/data/postgresql.conf" >/dev/null
  fi
  (cd "$dir" && "${as[@]}" "$bin/pg_ctl" -D "$dir/data" status >/dev/null 2>&1) \
    || (cd "$dir" && "${as[@]}" "$bin/pg_ctl" -w -D "$dir/data" -l "$dir/log" start >/dev/null </dev/null 2>&1)
  echo "postgresql://postgres@127.0.0.1:$port/postgres"
  ;;
stop) (cd "$dir" && "${as[@]}" "$bin/pg_ctl" -w -m fast -D "$dir/data" stop >/dev/null) ;;
*) echo "usage: postgresql.sh start|stop" >&2; exit 2 ;;
esac
