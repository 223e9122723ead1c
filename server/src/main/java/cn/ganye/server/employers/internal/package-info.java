/** Private to the module {@code employers}. */
@org.jspecify.annotations.NullMarked
package cn.ganye.server.employers.internal;
