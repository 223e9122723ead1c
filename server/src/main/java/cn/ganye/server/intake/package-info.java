/**
 * The intake desk: files that came, what was refused and why, builds of the pool as jobs,
 * snapshots, and what each sender has not sent.
 */
@ApplicationModule(allowedDependencies = {"problems", "storage", "access", "marts"})
@org.jspecify.annotations.NullMarked
package cn.ganye.server.intake;

import org.springframework.modulith.ApplicationModule;
