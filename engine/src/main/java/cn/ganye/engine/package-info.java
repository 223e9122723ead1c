/**
 * Named SELECT steps over Parquet, run on DuckDB inside the process: materialise, order, write,
 * hash; memory, threads and spill by setting. The same text is meant for Spark, so every step is
 * also parsed by Spark's parser in a test. Knows nothing of employment.
 */
@NullMarked
package cn.ganye.engine;

import org.jspecify.annotations.NullMarked;
