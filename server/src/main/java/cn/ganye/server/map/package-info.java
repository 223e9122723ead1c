/**
 * What the map draws besides figures: outlines of regions, their tags, and who goes where. Measures
 * by region come from {@code analysis}.
 */
@ApplicationModule(allowedDependencies = {"problems", "storage", "access", "marts"})
@org.jspecify.annotations.NullMarked
package cn.ganye.server.map;

import org.springframework.modulith.ApplicationModule;
