/**
 * Figures of a region and a month: the overview — how employment stands, where it changes —
 * cross-tabs, measures by region over all months, flows, transitions, and the people behind a cell.
 */
@ApplicationModule(allowedDependencies = {"problems", "storage", "access", "marts", "people"})
@org.jspecify.annotations.NullMarked
package cn.ganye.server.analysis;

import org.springframework.modulith.ApplicationModule;
