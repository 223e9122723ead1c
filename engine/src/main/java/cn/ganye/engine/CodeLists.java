package cn.ganye.engine;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Lists of codes whose columns DuckDB holds as numbers. */
final class CodeLists {
  private final Set<String> declared = ConcurrentHashMap.newKeySet();

  /** The statement that makes a list's type, of a SELECT of its codes in their order as text. */
  String declare(String list, String codes) {
    declared.add(list);
    return "CREATE TYPE " + type(list) + " AS ENUM (" + codes + ")";
  }

  /** The name of a list's type. */
  static String type(String list) {
    return "\"code list " + list + "\"";
  }

  /** Casts of columns to the types of their lists, as SQL; those of lists not declared are left. */
  String casts(Map<String, String> columns) {
    return columns.entrySet().stream()
        .filter(column -> declared.contains(column.getValue()))
        .map(
            column ->
                String.format(
                    "CAST(%1$s AS %2$s) AS %1$s", column.getKey(), type(column.getValue())))
        .collect(Collectors.joining(", "));
  }
}
