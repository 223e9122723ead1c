/** The month's close: figures frozen, explained, locked, and their brief. */
@org.jspecify.annotations.NullMarked
package cn.ganye.server.analysis.internal.close;
