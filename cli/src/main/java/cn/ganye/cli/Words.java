package cn.ganye.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Options whose value is one word of a few. */
final class Words {
  private Words() {}

  /**
   * The one that a word stands for.
   *
   * @throws ParameterException with all that are known
   */
  static <E extends Enum<E>> E of(CommandSpec spec, String option, String word, E[] known) {
    return Arrays.stream(known)
        .filter(one -> word(one).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    option
                        + " does not know "
                        + word
                        + ": it is one of "
                        + Arrays.stream(known).map(Words::word).collect(Collectors.joining(", "))));
  }

  private static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
