/** Private to the module {@code words}. */
@org.jspecify.annotations.NullMarked
package cn.ganye.server.words.internal;
