/**
 * Detects changes in a series: whether what has come last is out of line with what came before. An
 * alarm at a point uses that point and earlier ones only, so that later data never change it.
 * {@link cn.ganye.statistics.detection.BackTest} says what an indicator would have been worth.
 *
 * <p>EARS, CUSUM and Farrington are those of the R package {@code surveillance} (Salmon, Schumacher
 * and Höhle, Journal of Statistical Software 70(10), 2016).
 */
@NullMarked
package cn.ganye.statistics.detection;

import org.jspecify.annotations.NullMarked;
