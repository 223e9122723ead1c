/** Private to the module {@code people}. */
@org.jspecify.annotations.NullMarked
package cn.ganye.server.people.internal;
