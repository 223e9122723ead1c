#!/usr/bin/env bash
# Runs the commands of the tour in README.md and README.zh-CN.md, and writes below each what it prints.
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
export GANYE_NO_BROWSER=1
exec ./ganye test -q -pl cli -am -Dtest=TourTest -Dsurefire.failIfNoSpecifiedTests=false -Dtour=write
