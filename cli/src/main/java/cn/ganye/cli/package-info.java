/** The commands, thin: each calls one library and says what came of it. */
@NullMarked
package cn.ganye.cli;

import org.jspecify.annotations.NullMarked;
