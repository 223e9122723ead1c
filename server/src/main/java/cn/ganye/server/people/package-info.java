/**
 * 一人一档: whoever may see a person finds them by number or name, and reads what all sources say of
 * them, with source and date. Owns the one gate to names and numbers.
 */
@ApplicationModule(allowedDependencies = {"problems", "storage", "access", "marts"})
@org.jspecify.annotations.NullMarked
package cn.ganye.server.people;

import org.springframework.modulith.ApplicationModule;
