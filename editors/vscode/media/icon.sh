#!/bin/sh
# Draws icon.png from icon.svg. Needs Chromium, as the tests with VS Code do.
set -eu
cd "$(dirname "$0")"
exec chromium --headless --no-sandbox --hide-scrollbars --default-background-color=00000000 --window-size=128,128 \
  --screenshot="$PWD/icon.png" "file://$PWD/icon.svg"
