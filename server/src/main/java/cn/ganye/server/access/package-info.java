/**
 * Who may do what where: accounts, roles and their regions, sign-in, sessions, and the audit trail.
 * Other modules name the roles of an endpoint with {@link cn.ganye.server.access.Allowed} and write
 * to {@link cn.ganye.server.access.Audit}.
 */
@ApplicationModule(allowedDependencies = {"problems", "storage"})
@org.jspecify.annotations.NullMarked
package cn.ganye.server.access;

import org.springframework.modulith.ApplicationModule;
