/** Private to the module {@code analysis}. */
@org.jspecify.annotations.NullMarked
package cn.ganye.server.analysis.internal;
