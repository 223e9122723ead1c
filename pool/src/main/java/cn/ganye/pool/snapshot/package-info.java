/** Publishing: checks, content-addressed files, manifest, and the swap of CURRENT. */
@NullMarked
package cn.ganye.pool.snapshot;

import org.jspecify.annotations.NullMarked;
