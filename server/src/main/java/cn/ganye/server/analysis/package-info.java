/**
 * Figures of a region and a month: the overview — how employment stands, where it changes — and
 * cross-tabs.
 */
@ApplicationModule(allowedDependencies = {"problems", "storage", "access", "marts"})
@org.jspecify.annotations.NullMarked
package cn.ganye.server.analysis;

import org.springframework.modulith.ApplicationModule;
