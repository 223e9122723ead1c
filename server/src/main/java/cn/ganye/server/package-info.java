/**
 * The server: a modular monolith, one package per module. Each module's own package is what others
 * may use; what lies below it is private to it.
 */
@org.jspecify.annotations.NullMarked
package cn.ganye.server;
