/**
 * A synthetic province, calibrated to published totals: lives that are coherent over months,
 * written as offices write, with dirt, and an answer key. Every resident ID and credit code has
 * region digits 3699xx, which nobody has.
 */
@NullMarked
package cn.ganye.synth;

import org.jspecify.annotations.NullMarked;
