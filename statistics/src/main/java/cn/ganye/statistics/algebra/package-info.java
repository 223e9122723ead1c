/** The little linear algebra that several methods need. */
@NullMarked
package cn.ganye.statistics.algebra;

import org.jspecify.annotations.NullMarked;
