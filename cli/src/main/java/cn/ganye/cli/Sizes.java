package cn.ganye.cli;

import cn.ganye.pool.PoolProblem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: 2GiB, 512MiB, 800MB. */
final class Sizes {
  private static final Pattern SIZE =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([KMG]?)(i?)B?", Pattern.CASE_INSENSITIVE);

  /** With less the engine cannot work at all. */
  private static final long LEAST = 128L << 20;

  private Sizes() {}

  /** What the engine gets of the memory of a whole process; the launcher sets the heap's part. */
  static long engine(String whole) {
    long bytes = bytes(whole);
    if (bytes < LEAST) {
      throw PoolProblem.use(
          "bad-size", "--memory", whole + " is too little", "give 128MiB or more");
    }
    return bytes * 55 / 100;
  }

  static long bytes(String text) {
    Matcher matcher = SIZE.matcher(text.strip());
    if (!matcher.matches()) {
      throw PoolProblem.use(
          "bad-size", "--memory", "'" + text + "' is no size", "write it as 2GiB or 512MiB");
    }
    int power =
        " KMG"
            .indexOf(
                matcher.group(2).isEmpty()
                    ? ' '
                    : Character.toUpperCase(matcher.group(2).charAt(0)));
    double unit = Math.pow(matcher.group(3).isEmpty() ? 1000 : 1024, power);
    return (long) (Double.parseDouble(matcher.group(1)) * unit);
  }
}
