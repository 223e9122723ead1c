package cn.ganye.synth;

import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;

/**
 * What to make.
 *
 * @param people size of the frame: residents, and registered people away
 * @param months length of the window
 * @param seed same arguments, same bytes
 * @param formats forms that files take in turn, by their names
 * @param threads cities that are made at once; has no effect on the bytes
 */
public record SynthOptions(
    int people,
    int months,
    long seed,
    Path out,
    YearMonth first,
    List<Format> formats,
    int threads) {
  /** Plain CSV from January 2023 on, made with all cores. */
  public static SynthOptions of(int people, int months, long seed, Path out) {
    return new SynthOptions(
        people,
        months,
        seed,
        out,
        YearMonth.of(2023, 1),
        List.of(Format.CSV),
        Runtime.getRuntime().availableProcessors());
  }
}
