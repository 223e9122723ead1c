package cn.ganye.pool.contract;

import cn.ganye.reference.PlainForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A list of codes with the words that files use for them.
 *
 * @param id kebab-case
 * @param codes in order
 * @param titles Chinese title of each code
 * @param byWord index of the code that a word stands for, by its plain form, as cells are read
 */
public record CodeList(
    String id, List<String> codes, List<String> titles, Map<String, Integer> byWord) {
  /** Builds a list from rows of code, title and further words. */
  public static CodeList of(String id, List<List<String>> rows) {
    List<String> codes = new ArrayList<>();
    List<String> titles = new ArrayList<>();
    Map<String, Integer> byWord = new HashMap<>();
    for (List<String> row : rows) {
      int index = codes.size();
      codes.add(row.getFirst());
      titles.add(row.get(Math.min(1, row.size() - 1)));
      row.forEach(word -> byWord.putIfAbsent(PlainForm.of(word), index));
    }
    return new CodeList(id, List.copyOf(codes), List.copyOf(titles), Map.copyOf(byWord));
  }

  /** The rows that make it, each by its code: the code, its title, and further words. */
  Map<String, List<String>> wordsByCode() {
    Map<String, List<String>> words = new LinkedHashMap<>();
    for (int i = 0; i < codes.size(); i++) {
      words.put(codes.get(i), new ArrayList<>(List.of(codes.get(i), titles.get(i))));
    }
    new TreeMap<>(byWord)
        .forEach(
            (word, index) -> {
              List<String> row = words.getOrDefault(codes.get(index), List.of());
              if (!row.contains(word)) {
                row.add(word);
              }
            });
    return words;
  }

  /** Chinese title of a code; the code itself if it is not in the list. */
  public String title(String code) {
    int at = codes.indexOf(code);
    return at < 0 ? code : titles.get(at);
  }

  /** Index of the code that a code, title or alias stands for; null if none. */
  public @Nullable Integer index(String word) {
    return byWord.get(PlainForm.of(word));
  }
}
