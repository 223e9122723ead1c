package cn.ganye.pool.derivation;

import cn.ganye.engine.Sql;
import java.util.List;

/**
 * One line of the order of precedence: of all evidence about a month, that with the lowest rank
 * decides.
 *
 * @param evidence what speaks
 * @param dataset whose records it is; empty if it is none's
 * @param basis what it says
 */
public record Precedence(
    int rank, String evidence, String dataset, String basis, String status, String reason) {
  /** The whole document, in order. */
  public static List<Precedence> document() {
    return Sql.resource(Precedence.class, "precedence.csv")
        .lines()
        .filter(line -> !line.startsWith("#") && !line.startsWith("rank"))
        .map(line -> line.split(",", 6))
        .map(
            c ->
                new Precedence(
                    Integer.parseInt(c[0]), c[1], c[2], c[3], c[4], c[5].replace("\"", "")))
        .toList();
  }
}
