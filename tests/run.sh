#!/usr/bin/env bash
# Installs what the tests need, runs every test, and closes with one line: N passed, N failed, N skipped.
# TRADEIDENTITY_FUZZ_SECONDS=60 adds a bounded fuzz run of every decoder.
set -uo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

# Debian package for each tool that the tests start.
declare -A packages=(
  [zbarimg]=zbar-tools
  [pdftoppm]=poppler-utils
  [clang]=clang
  [unshare]=util-linux
  [jq]=jq
  [curl]=curl
  [openssl]=openssl
)
missing=()
for tool in "${!packages[@]}"; do
  command -v "$tool" >/dev/null || missing+=("${packages[$tool]}")
done
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
[ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installing ${missing[*]} …"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null \
      || say "Could not install ${missing[*]}: the tests that need them are skipped."
  else
    say "Missing, and not root to install: ${missing[*]}. The tests that need them are skipped."
  fi
fi

command -v npm >/dev/null || say "Node.js 20 with npm is missing: the tests with clients of Node.js, and those of accessibility, are skipped."
if ! command -v dotnet >/dev/null; then
  say "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download"
  exit 1
fi

results=$(mktemp -d)
trap 'bash tests/postgres.sh stop "${TRADEIDENTITY_TEST_POSTGRES_DIR:-}" >/dev/null 2>&1; rm -rf "$results"' EXIT
if postgres=$(bash tests/postgres.sh start); then
  eval "$postgres"
else
  say "No PostgreSQL could be started: the tests on it are skipped."
fi

dotnet build TradeIdentity.sln -c Release -v quiet || exit 1

failed_outside=0
dotnet test --solution TradeIdentity.sln -c Release --no-build --no-progress 2>&1 | tee "$results/tests.txt"
[ "${PIPESTATUS[0]}" = 0 ] || failed_outside=1

if [ "${TRADEIDENTITY_FUZZ_SECONDS:-0}" -gt 0 ]; then
  say "Fuzzing every decoder for $TRADEIDENTITY_FUZZ_SECONDS s …"
  dotnet run --project tests/TradeIdentity.Fuzz -c Release --no-build -- --seconds "$TRADEIDENTITY_FUZZ_SECONDS" || failed_outside=1
fi

count() { sed -n "s/^ *$1: *\([0-9]*\).*/\1/p" "$results/tests.txt" | tail -1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
if [ "$failed_outside" = 1 ] && [ "${failed:-0}" = 0 ]; then
  failed=1
fi
# What failed, once more where it is seen: above it are thousands of lines.
grep -A 12 '^failed ' "$results/tests.txt" || true
printf '%s passed, %s failed, %s skipped\n' "${passed:-0}" "${failed:-1}" "${skipped:-0}"
[ "${failed:-1}" = 0 ] && [ "${passed:-0}" -gt 0 ]
