/** The named steps from the lake to the marts, and the tables of reference facts that they read. */
@NullMarked
package cn.ganye.pool.derivation;

import org.jspecify.annotations.NullMarked;
