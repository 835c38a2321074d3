#!/usr/bin/env bash
# A throw-away PostgreSQL for the tests: nothing of it is left after `stop`, and no server of the machine is touched.
#   eval "$(tests/postgres.sh start)"          sets TRADEIDENTITY_TEST_POSTGRES and TRADEIDENTITY_TEST_POSTGRES_DIR
#   tests/postgres.sh stop "$TRADEIDENTITY_TEST_POSTGRES_DIR"
set -euo pipefail

# Debian keeps the server's programs out of PATH; the newest version wins.
for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V); do PATH="$folder:$PATH"; done

# PostgreSQL refuses to run as root.
as_owner() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- env PATH="$PATH" "$@"; else "$@"; fi
}

start() {
    command -v initdb >/dev/null || { echo "initdb is missing: install PostgreSQL (Debian: postgresql)" >&2; exit 1; }
    local dir
    dir=$(mktemp -d "${TMPDIR:-/tmp}/tradeidentity-postgres.XXXXXX")
    if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
    cd "$dir"
    as_owner initdb --pgdata="$dir/data" --username=tradeidentity --auth=trust --encoding=UTF8 --locale=C >"$dir/initdb.log" 2>&1 ||
        { cat "$dir/initdb.log" >&2; exit 1; }
    # A port may be taken between the choice and the start: try some.
    local port
    for _ in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 12000))
        # fsync stays on: the tests measure and prove durability.
        if as_owner pg_ctl --pgdata="$dir/data" --log="$dir/server.log" --wait --silent \
            --options="-c listen_addresses=127.0.0.1 -p $port -k $dir -c max_connections=200" start >/dev/null 2>&1; then
            echo "export TRADEIDENTITY_TEST_POSTGRES='Host=127.0.0.1;Port=$port;Username=tradeidentity;Database=postgres'"
            echo "export TRADEIDENTITY_TEST_POSTGRES_DIR='$dir'"
            return
        fi
    done
    cat "$dir/server.log" >&2
    exit 1
}

stop() {
    local dir=$1
    # Only what `start` made.
    case "$(basename "$dir")" in tradeidentity-postgres.*) ;; *) echo "not a directory of this script: $dir" >&2; exit 64 ;; esac
    cd /
    if [ -f "$dir/data/postmaster.pid" ]; then as_owner pg_ctl --pgdata="$dir/data" --mode=immediate --silent stop; fi
    rm -rf -- "$dir"
}

case "${1:-}" in
    start) start ;;
    stop) stop "${2:?the directory that start printed}" ;;
    *) echo "usage: tests/postgres.sh start | stop DIR" >&2; exit 64 ;;
esac
