/** Measurements, side by side in one run. */
@NullMarked
package cn.ganye.bench;

import org.jspecify.annotations.NullMarked;
