/** Marts written out as files, as jobs. */
@org.jspecify.annotations.NullMarked
package cn.ganye.server.analysis.internal.export;
