package cn.ganye.reference;

import java.time.YearMonth;

/**
 * A county code that is no longer in force.
 *
 * @param successor the code in force now; for a split, the one that took most of it
 * @param split whether the old area went to several counties, so that the code alone does not place
 *     anybody
 * @param grade A–C as sources go, M from general knowledge, to be confirmed
 */
public record RegionChange(
    int old, int successor, YearMonth since, boolean split, String note, String grade) {}
