/** The gate that every SQL text from people passes. */
@NullMarked
package cn.ganye.pool.query;

import org.jspecify.annotations.NullMarked;
