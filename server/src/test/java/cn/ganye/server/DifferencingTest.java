package cn.ganye.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.reference.Region;
import cn.ganye.reference.Regions;
import cn.ganye.server.TestApp.Visitor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An analyst who subtracts one answer from another learns no small cell. */
class DifferencingTest {
  private static final int SMALL = 10;
  private static final List<String> STATUS =
      List.of("EMPLOYED", "UNEMPLOYED", "OUTSIDE_LABOUR_FORCE", "UNKNOWN");

  /**
   * Cells of one county and sex (and status) over the months, and the sum of a figure of theirs.
   */
  private record Cluster(int cells, long sum) {
    Cluster and(Cluster other) {
      return new Cluster(cells + other.cells, sum + other.sum);
    }
  }

  /** A mean over clusters with the error of a ratio of their sums to their sizes. */
  private record Mean(double value, double error) {
    static Mean of(Collection<Cluster> clusters) {
      int cells = clusters.stream().mapToInt(Cluster::cells).sum();
      double value = (double) clusters.stream().mapToLong(Cluster::sum).sum() / cells;
      double squares =
          clusters.stream().mapToDouble(c -> Math.pow(c.sum() - value * c.cells(), 2)).sum();
      return new Mean(value, Math.sqrt(squares) / cells);
    }
  }

  private static List<String> codes(JsonNode cell) {
    return cell.path("codes").valueStream().map(JsonNode::asString).toList();
  }

  /** Counts by county, month and sex, in this order. */
  private static Map<List<String>, Long> counts(Visitor who, String city, List<String> status)
      throws Exception {
    JsonNode snapshot = who.get("/api/v1/snapshot").json();
    String asked =
        "/api/v1/analysis/crosstab?dimensions=region,month,sex&region="
            + city
            + "&since="
            + snapshot.path("firstMonth").asInt()
            + (status.isEmpty() ? "" : "&filters=status:" + String.join("%7C", status));
    Map<List<String>, Long> counts = new HashMap<>();
    TestApp.Answer answer = who.get(asked);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    answer
        .json()
        .path("cells")
        .forEach(cell -> counts.put(codes(cell), cell.path("people").asLong()));
    return counts;
  }

  /**
   * For each county, month, sex and status: everybody, less everybody of another status — two
   * answers that are given freely. Where the status is that of few, the difference must not be the
   * truth more often than two counts that have nothing to do with each other have the same noise.
   *
   * <p>The same people are often counted month after month, with the same keys: months of a county
   * and sex (of small cells, and status) are therefore one cluster, both for the share that is told
   * and for the noise, whose mean is zero. Keys are drawn with each pool, so that each run tries
   * others.
   */
  @Test
  void ten_thousand_pairs_tell_no_small_cell_beyond_chance() throws Exception {
    TestApp app = TestApp.running();
    Visitor analyst = app.signedIn("analyst");
    Visitor clerk = app.signedIn("province");
    int pairs = 0;
    Map<List<String>, Cluster> clusters = new HashMap<>();
    List<Long> noise = new ArrayList<>();
    Map<List<String>, Cluster> noises = new HashMap<>();
    for (Region city : Regions.china().children("36")) {
      Map<List<String>, Long> everybody = counts(analyst, city.code(), List.of());
      Map<List<String>, Long> real = counts(clerk, city.code(), List.of());
      real.forEach(
          (cell, people) -> {
            long added = everybody.get(cell) - people;
            noise.add(added);
            noises.merge(
                List.of(cell.getFirst(), cell.getLast()), new Cluster(1, added), Cluster::and);
          });
      for (String status : STATUS) {
        Map<List<String>, Long> truth = counts(clerk, city.code(), List.of(status));
        Map<List<String>, Long> others =
            counts(
                analyst,
                city.code(),
                STATUS.stream().filter(s -> !s.equals(status)).collect(Collectors.toList()));
        for (Map.Entry<List<String>, Long> all : everybody.entrySet()) {
          pairs++;
          long people = truth.getOrDefault(all.getKey(), 0L);
          if (people > 0 && people < SMALL) {
            boolean hit = all.getValue() - others.getOrDefault(all.getKey(), 0L) == people;
            clusters.merge(
                List.of(status, all.getKey().getFirst(), all.getKey().getLast()),
                new Cluster(1, hit ? 1 : 0),
                Cluster::and);
          }
        }
      }
    }
    assertThat(pairs).isGreaterThanOrEqualTo(10_000);
    assertThat(clusters.values().stream().mapToInt(Cluster::cells).sum()).isGreaterThan(500);
    assertThat(clusters).hasSizeGreaterThan(100);
    double chance =
        noise.stream()
            .collect(Collectors.groupingBy(n -> n, Collectors.counting()))
            .values()
            .stream()
            .mapToDouble(n -> Math.pow((double) n / noise.size(), 2))
            .sum();
    assertThat(chance).isLessThan(0.3);
    Mean share = Mean.of(clusters.values());
    assertThat(share.error()).isLessThan(0.05);
    assertThat(share.value()).isLessThan(chance + 4 * share.error());
    Mean mean = Mean.of(noises.values());
    assertThat(mean.error()).isLessThan(0.3);
    assertThat(mean.value()).isBetween(-4 * mean.error(), 4 * mean.error());
  }

  /** Figures of the overview, the map and a cross-tab of the same people have the same noise. */
  @Test
  void the_same_people_have_the_same_noise_on_every_page() throws Exception {
    Visitor analyst = TestApp.running().signedIn("analyst");
    JsonNode overview = analyst.get("/api/v1/overview").json();
    assertThat(overview.path("perturbed").asBoolean()).isTrue();
    int month = overview.path("month").asInt();
    JsonNode figures =
        analyst
            .get("/api/v1/analysis/figures?measure=unemployed&level=city&regionBy=residence")
            .json();
    int at = figures.path("months").size() - 1;
    Map<String, Long> onMap = new HashMap<>();
    figures
        .path("areas")
        .forEach(
            a -> {
              if (a.path("part").path(at).isNumber()) {
                onMap.put(a.path("region").asString(), a.path("part").path(at).asLong());
              }
            });
    assertThat(onMap).isNotEmpty();
    Map<String, Long> onOverview =
        Stream.of(overview.path("regions"))
            .flatMap(JsonNode::valueStream)
            .filter(r -> onMap.containsKey(r.path("region").asString()))
            .collect(
                Collectors.toMap(
                    r -> r.path("region").asString(), r -> r.path("unemployed").asLong()));
    assertThat(onOverview).isEqualTo(onMap);
    JsonNode tab =
        analyst
            .get(
                "/api/v1/analysis/crosstab?dimensions=region&filters=status:UNEMPLOYED&month="
                    + month)
            .json();
    tab.path("cells")
        .forEach(
            cell -> {
              String region = cell.path("codes").path(0).asString();
              if (onMap.containsKey(region)) {
                assertThat(cell.path("people").asLong()).isEqualTo(onMap.get(region));
              }
            });
  }

  /** Of jobs no single county of a city is withheld where the city's total is told. */
  @Test
  void what_is_withheld_cannot_be_worked_out_from_totals() throws Exception {
    Visitor analyst = TestApp.running().signedIn("analyst");
    JsonNode counties = analyst.get("/api/v1/analysis/figures?measure=hires").json();
    JsonNode cities = analyst.get("/api/v1/analysis/figures?measure=hires&level=city").json();
    int gaps = 0;
    for (int i = 0; i < counties.path("months").size(); i++) {
      int month = counties.path("months").path(i).asInt();
      Map<String, Long> withheld = new HashMap<>();
      for (JsonNode area : counties.path("areas")) {
        if (area.path("withheld").valueStream().anyMatch(m -> m.asInt() == month)) {
          withheld.merge(area.path("region").asString().substring(0, 4), 1L, Long::sum);
        }
      }
      for (JsonNode city : cities.path("areas")) {
        boolean told = city.path("part").path(i).isNumber();
        long n = withheld.getOrDefault(city.path("region").asString(), 0L);
        gaps += (int) n;
        assertThat(told && n == 1).as(city.path("region").asString() + " " + month).isFalse();
      }
    }
    assertThat(gaps).isPositive();
  }
}
