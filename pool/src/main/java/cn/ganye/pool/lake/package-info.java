/**
 * What was taken in, by load: the ledger of files, the lake's Parquet, and which row stands where
 * several speak.
 */
@NullMarked
package cn.ganye.pool.lake;

import org.jspecify.annotations.NullMarked;
