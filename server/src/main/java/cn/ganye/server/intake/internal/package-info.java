/** Private to the module {@code intake}. */
@org.jspecify.annotations.NullMarked
package cn.ganye.server.intake.internal;
