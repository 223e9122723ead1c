package cn.ganye.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FlowsTest {
  private static List<Flows.Row> flows(String text) throws Exception {
    Path file = Files.createTempFile("flows", ".csv");
    Files.writeString(file, "person,employer,quarter,wage\n" + text);
    try {
      return Flows.of(file);
    } finally {
      Files.delete(file);
    }
  }

  /**
   * Worked by hand: p1 stays, p2 leaves after the first quarter and comes back in the sixth, p3
   * comes in the second.
   */
  @Test
  void agrees_with_a_table_worked_by_hand() throws Exception {
    StringBuilder text = new StringBuilder("p2,a,2022Q1,10\np2,a,2023Q2,10\np4,a,2023Q1,0\n");
    for (String quarter : List.of("2022Q1", "2022Q2", "2022Q3", "2022Q4", "2023Q1", "2023Q2")) {
      text.append("p1,a,").append(quarter).append(",10\n");
    }
    text.append("p3,a,2022Q2,5\n");
    List<Flows.Row> rows =
        flows(text.toString()).stream().filter(row -> row.employer().equals("a")).toList();
    assertThat(rows)
        .extracting(row -> row.quarter() + " " + String.join(",", row.measures()))
        .containsExactly(
            "2022Q1 2,,1,,,,,1,",
            "2022Q2 2,1,1,1,1,,,1,0",
            "2022Q3 1,1,1,1,0,,,0,0",
            "2022Q4 1,1,1,1,0,,,0,0",
            "2023Q1 1,1,1,1,0,0,0,0,0",
            "2023Q2 2,1,,,1,1,0,,");
  }

  /** LEHD's identities over random lives, against counting by the definitions in plain Java. */
  @Property(tries = 25)
  void identities_hold_over_random_lives(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 5 * 3 * 8 - 1) Integer> jobs)
      throws Exception {
    StringBuilder text = new StringBuilder("z,z,2020Q1,0\nz,z,2021Q4,0\n");
    Map<String, Set<Integer>> held = new HashMap<>();
    for (int job : jobs) {
      String person = "p" + job % 5;
      String employer = "e" + job / 5 % 3;
      int quarter = job / 15;
      held.computeIfAbsent(person + employer, k -> new java.util.TreeSet<>()).add(quarter);
      text.append(person)
          .append(',')
          .append(employer)
          .append(',')
          .append(2020 + quarter / 4)
          .append('Q')
          .append(quarter % 4 + 1)
          .append(",1\n");
    }
    for (Flows.Row row : flows(text.toString())) {
      int quarter =
          (Integer.parseInt(row.quarter(), 0, 4, 10) - 2020) * 4 + row.quarter().charAt(5) - '1';
      Long[] v =
          row.measures().stream()
              .map(m -> m.isEmpty() ? null : Long.valueOf(m))
              .toArray(Long[]::new);
      long expected =
          held.entrySet().stream()
              .filter(
                  e ->
                      (row.employer().equals("all") || e.getKey().endsWith(row.employer()))
                          && e.getValue().contains(quarter))
              .count();
      assertThat(v[0]).isEqualTo(expected);
      if (v[1] != null && v[2] != null) {
        assertThat(v[2] - v[1]).isEqualTo(v[4] - v[7]).isEqualTo(v[8]);
        assertThat(v[0]).isEqualTo(v[1] + v[4]).isEqualTo(v[2] + v[7]);
        assertThat(v[3]).isLessThanOrEqualTo(Math.min(v[1], v[2]));
      }
      if (v[5] != null) {
        assertThat(v[4]).isEqualTo(v[5] + v[6]);
      }
    }
  }
}
