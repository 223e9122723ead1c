package cn.ganye.engine;

import java.nio.file.Path;

/**
 * What an engine may use.
 *
 * @param memory bytes that tables and operators may hold before they spill
 * @param threads at least 1
 * @param spill folder for what does not fit; made when needed
 */
public record EngineSettings(long memory, int threads, Path spill) {
  public EngineSettings {
    if (memory < 64L << 20 || threads < 1) {
      throw new IllegalArgumentException("an engine needs at least 64 MiB and one thread");
    }
  }
}
