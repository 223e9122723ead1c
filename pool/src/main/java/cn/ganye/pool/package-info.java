/**
 * The data pool: contracts → intake → identity → lake → derivation → snapshot. {@link
 * cn.ganye.pool.PoolBuild} is the way in, {@link cn.ganye.pool.Pool} the way to what is published.
 */
@NullMarked
package cn.ganye.pool;

import org.jspecify.annotations.NullMarked;
