/** What codes stand for, for screens: regions, industries, statuses, datasets and their senders. */
@ApplicationModule(allowedDependencies = {"access", "marts", "problems"})
@org.jspecify.annotations.NullMarked
package cn.ganye.server.words;

import org.springframework.modulith.ApplicationModule;
