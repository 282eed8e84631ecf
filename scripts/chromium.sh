#!/usr/bin/env bash
# Sees to a browser for the stories in test/e2e: Debian's Chromium, installed
# when it is missing and we are root.
set -euo pipefail

browser=${CHROMIUM:-/usr/bin/chromium}
if [ ! -x "$browser" ] && [ "$(id -u)" = 0 ]; then
  echo "installing Chromium from Debian's packages"
  apt-get install -qq -y chromium >/dev/null || { apt-get update -qq && apt-get install -qq -y chromium >/dev/null; }
fi
[ -x "$browser" ] || {
  echo "no browser at $browser: install Debian's package chromium, or name one in CHROMIUM" >&2
  exit 1
}
