#!/usr/bin/env bash
# Installs the packages of a folder's package-lock.json (this folder's, if none is named), unless exactly those are there.
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")}"
now="$(sha256sum package-lock.json)"
[ -f node_modules/.installed ] && [ "$(cat node_modules/.installed)" = "$now" ] && exit 0
npm ci --no-audit --no-fund --silent
echo "$now" > node_modules/.installed
