/**
 * Where transactions are kept: a PostgreSQL of our own or one by URL, its two roles, and
 * transactions whose first statement says in whose scope they run. Without a scope row security
 * shows no rows.
 */
@ApplicationModule(allowedDependencies = {})
@org.jspecify.annotations.NullMarked
package cn.ganye.server.storage;

import org.springframework.modulith.ApplicationModule;
