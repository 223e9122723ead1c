/**
 * Methods of official statistics, each with its source: survey estimation, change detection,
 * disclosure control. Free of the pool; what cannot be computed is a {@link
 * cn.ganye.statistics.StatisticsProblem}.
 */
@NullMarked
package cn.ganye.statistics;

import org.jspecify.annotations.NullMarked;
