/**
 * Seasonal adjustment by JDemetra+ (Eurostat's and the Bundesbank's reference implementation), with
 * the Spring Festival, which moves between January and February, as a regressor. {@link
 * cn.ganye.statistics.season.SeasonalAdjustment} is the entrance.
 */
@NullMarked
package cn.ganye.statistics.season;

import org.jspecify.annotations.NullMarked;
