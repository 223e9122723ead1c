package cn.ganye.synth;

import java.nio.file.Path;
import java.time.YearMonth;

/**
 * What to make.
 *
 * @param people size of the frame: residents, and registered people away
 * @param months length of the window
 * @param seed same arguments, same bytes
 * @param threads cities that are made at once; has no effect on the bytes
 */
public record SynthOptions(
    int people, int months, long seed, Path out, YearMonth first, int threads) {
  /** Starts in January 2023 and uses all cores. */
  public static SynthOptions of(int people, int months, long seed, Path out) {
    return new SynthOptions(
        people,
        months,
        seed,
        out,
        YearMonth.of(2023, 1),
        Runtime.getRuntime().availableProcessors());
  }
}
