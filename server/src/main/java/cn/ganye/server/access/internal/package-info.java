/** Private to the module {@code access}. */
@org.jspecify.annotations.NullMarked
package cn.ganye.server.access.internal;
