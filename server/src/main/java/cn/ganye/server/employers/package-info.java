/**
 * 一企一档: headcount, hires and separations of one enterprise, contribution bases against its
 * industry, and where its people come from; and 重点企业, those that offices have named to be served
 * and watched.
 */
@ApplicationModule(allowedDependencies = {"problems", "storage", "access", "marts"})
@org.jspecify.annotations.NullMarked
package cn.ganye.server.employers;

import org.springframework.modulith.ApplicationModule;
