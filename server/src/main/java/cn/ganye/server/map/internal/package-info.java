/** Private to the module {@code map}. */
@org.jspecify.annotations.NullMarked
package cn.ganye.server.map.internal;
