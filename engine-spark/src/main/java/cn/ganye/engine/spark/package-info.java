/**
 * The steps of {@code engine} on Apache Spark: the same SQL text, each step's table written as
 * Parquet to storage that all machines reach, and brought back from there checked by hash.
 */
@NullMarked
package cn.ganye.engine.spark;

import org.jspecify.annotations.NullMarked;
