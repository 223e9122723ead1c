#!/usr/bin/env bash
# Fetches the list of divisions and writes regions.csv into the folder given, once.
set -euo pipefail
out="$1/cn/ganye/reference"
[ -s "$out/regions.csv" ] && exit 0
npm ci --silent --no-audit --no-fund --ignore-scripts
mkdir -p "$out"
node extract.mjs "$out/regions.csv.part"
mv "$out/regions.csv.part" "$out/regions.csv"
