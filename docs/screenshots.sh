#!/usr/bin/env bash
# Takes the pictures of the pages in docs/images anew, of the demonstration in Chromium. Look at each before you commit it.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build tests/TradeIdentity.Browser.Tests

# The fonts of the printed card, so that every script is drawn where the system has no letters for it.
fonts=$(mktemp)
trap 'rm -f "$fonts"' EXIT
cat > "$fonts" <<XML
<?xml version="1.0"?>
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>$PWD/src/TradeIdentity.Authority/Cards/node_modules/@expo-google-fonts</dir>
  <alias binding="strong"><family>system-ui</family><prefer><family>Noto Sans</family></prefer></alias>
  <alias binding="strong"><family>sans-serif</family><prefer><family>Noto Sans</family></prefer></alias>
</fontconfig>
XML
FONTCONFIG_FILE=$fonts dotnet test --project tests/TradeIdentity.Browser.Tests --no-build --explicit only --filter-class '*DocumentationImages'
