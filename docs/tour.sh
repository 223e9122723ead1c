#!/usr/bin/env bash
# Runs the commands of the tour in README.md and README.zh-CN.md, and writes below each what it prints.
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
exec mvn -q -pl cli -am test -Dtest=TourTest -Dsurefire.failIfNoSpecifiedTests=false -Dtour=write
