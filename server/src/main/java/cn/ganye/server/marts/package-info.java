/**
 * The one gate to the marts of the snapshot in force. A connection sees the rows of one region, or
 * the facts of one person whom the register of people has let through, and nothing else.
 */
@ApplicationModule(allowedDependencies = {"problems", "storage"})
@org.jspecify.annotations.NullMarked
package cn.ganye.server.marts;

import org.springframework.modulith.ApplicationModule;
