/**
 * Failures as RFC 9457 says them: a stable code, what is wrong where, and the next step. Every
 * module throws {@link cn.ganye.server.problems.Problem}; nothing else reaches a caller, and no
 * personal data with it.
 */
@ApplicationModule(allowedDependencies = {})
@org.jspecify.annotations.NullMarked
package cn.ganye.server.problems;

import org.springframework.modulith.ApplicationModule;
