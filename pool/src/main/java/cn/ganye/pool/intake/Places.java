package cn.ganye.pool.intake;

import cn.ganye.pool.contract.CodeList;
import cn.ganye.pool.contract.Contract.Column;
import cn.ganye.reference.Industries;
import cn.ganye.reference.PoolingArea;
import cn.ganye.reference.Regions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the regions, places, pooling areas and industries of one column, each word once. Not for
 * use by several threads, but for the words known.
 */
final class Places {
  private static final int MOST_KNOWN = 100_000;

  private final Column column;
  private final @Nullable CodeList list;
  private final String home;
  private final Map<String, Long> known;

  /** The word last looked up: a file mostly has many of one after the other. */
  private byte[] lastWord = {};

  private long lastPlace;

  /**
   * @param list of industries, if it is a column of them
   * @param home two digits of the province in which a bare place name lies
   * @param known what words of the column were found to stand for
   */
  Places(Column column, @Nullable CodeList list, String home, Map<String, Long> known) {
    this.column = column;
    this.list = list;
    this.home = home;
    this.known = known;
  }

  /** What a word that is not empty stands for, as a value of the column. */
  long find(byte[] bytes, int from, int to) {
    if (Arrays.equals(lastWord, 0, lastWord.length, bytes, from, to)) {
      return lastPlace;
    }
    String word = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    Long place = known.get(word);
    if (place == null) {
      place =
          switch (column.type()) {
            case REGION -> region(word);
            case PLACE -> Regions.china().finest(word, home);
            case POOLING_AREA ->
                PoolingArea.find(word, home)
                    .map(area -> (long) area.code())
                    .orElse(Values.refused(RefusalReason.UNKNOWN_REGION));
            default -> industry(word);
          };
      if (known.size() < MOST_KNOWN) {
        known.put(word, place);
      }
    }
    lastWord = Arrays.copyOfRange(bytes, from, to);
    lastPlace = place;
    return place;
  }

  private long region(String text) {
    int place = Regions.china().place(text, home);
    if (place != Regions.NOT_KNOWN) {
      return place;
    }
    boolean split =
        text.matches("\\d{6,12}") && Regions.china().split(Integer.parseInt(text, 0, 6, 10));
    boolean tolerated =
        split || text.equals("999999") || (!column.required() && !text.matches("\\d+"));
    return tolerated ? Regions.NOT_KNOWN : Values.refused(RefusalReason.UNKNOWN_REGION);
  }

  private long industry(String text) {
    Integer index =
        list == null
            ? null
            : Industries.find(text).map(found -> list.index(found.code())).orElse(list.index(text));
    return index == null ? Values.ABSENT : index;
  }
}
