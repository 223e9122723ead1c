/**
 * From a file's bytes to standardised rows: recognise, split, parse, standardise, account for every
 * record.
 */
@NullMarked
package cn.ganye.pool.intake;

import org.jspecify.annotations.NullMarked;
