package cn.ganye.pool;

import java.lang.management.ManagementFactory;

/** The memory of the machine. */
public final class Memory {
  private Memory() {}

  /** Bytes of physical memory, or of the container that the process runs in. */
  public static long machine() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 2L << 30;
  }
}
