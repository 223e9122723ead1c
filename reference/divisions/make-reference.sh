#!/usr/bin/env bash
# Fetches the list of divisions and their outlines and writes regions.csv, outlines.geojson and province-centres.csv into the folder given, once.
set -euo pipefail
out="$1/cn/ganye/reference"
[ -s "$out/regions.csv" ] && [ -s "$out/outlines.geojson" ] && [ -s "$out/province-centres.csv" ] && exit 0
npm ci --silent --no-audit --no-fund --ignore-scripts
mkdir -p "$out"
node extract.mjs "$out/regions.csv.part"
node outlines.mjs "$out/outlines.geojson.part" "$out/province-centres.csv"
mv "$out/regions.csv.part" "$out/regions.csv"
mv "$out/outlines.geojson.part" "$out/outlines.geojson"
