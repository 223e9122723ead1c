package cn.ganye.server.people.internal;

import static org.assertj.core.api.Assertions.assertThat;

import cn.ganye.pool.PersonRegister;
import cn.ganye.pool.identity.Vault;
import cn.ganye.reference.Region;
import cn.ganye.reference.Regions;
import cn.ganye.server.storage.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How long a search takes among so many names: {@code -Dnames=45000000}. A measurement, told in
 * docs/benchmarks.md; no part of the tests.
 */
@EnabledIfSystemProperty(named = "names", matches = "\\d+")
class NamesAtScaleTest {
  private static final String[] SURNAMES =
      "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 罗 高 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕".split(" ");
  private static final String GIVEN =
      "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文斌波辉飞鹏浩宇轩子涵梓诗雨欣怡佳慧婷雪梅海燕志春生金龙小东林";
  private static final int SEARCHES = 200;

  @Test
  void searches_among_them() throws Exception {
    int people = Integer.getInteger("names");
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "ganye-names-" + people);
    if (!Files.isDirectory(folder)) {
      Path part = Files.createDirectories(folder.resolveSibling(folder.getFileName() + ".part"));
      long start = System.nanoTime();
      PersonIndex.write(
          part,
          Vault.open(folder.resolveSibling("ganye-names-vault")),
          reader -> make(people, reader));
      Files.move(part, folder);
      System.out.printf("bench index-of-names %.0f s%n", (System.nanoTime() - start) / 1e9);
    }
    Scope province = new Scope("", "province", "36");
    Scope county = new Scope("", "county", "360722");
    try (PersonIndex index = PersonIndex.at(folder)) {
      for (Scope scope : List.of(province, county)) {
        time("name-in-full", r -> index.byName(scope, name(r), 0, -1, 20));
        time("surname", r -> index.byName(scope, SURNAMES[r.nextInt(SURNAMES.length)], 0, -1, 20));
        time("one-initial", r -> index.byName(scope, letters(r, 1), 0, -1, 20));
        time("two-initials", r -> index.byName(scope, letters(r, 2), 0, -1, 20));
        time("three-initials", r -> index.byName(scope, letters(r, 3), 0, -1, 20));
        time("pinyin", r -> index.byName(scope, "wang" + letters(r, 1), 0, -1, 20));
      }
      assertThat(index.byName(province, "王", 0, -1, 20).people()).hasSize(20);
    }
  }

  @FunctionalInterface
  private interface Search {
    PersonIndex.Page page(SplittableRandom random) throws IOException;
  }

  private static void time(String what, Search search) throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    long[] nanos = new long[SEARCHES];
    for (int i = 0; i < SEARCHES; i++) {
      long start = System.nanoTime();
      search.page(random);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "bench %s p50 %.1f ms, p95 %.1f ms, most %.1f ms%n",
        what,
        nanos[SEARCHES / 2] / 1e6,
        nanos[SEARCHES * 95 / 100] / 1e6,
        nanos[SEARCHES - 1] / 1e6);
  }

  private static String letters(SplittableRandom random, int count) {
    return random
        .ints(count, 0, 10)
        .collect(
            StringBuilder::new,
            (text, i) -> text.append("zlwcxyhgjq".charAt(i)),
            StringBuilder::append)
        .toString();
  }

  private static String name(SplittableRandom random) {
    int count = random.nextInt(5) == 0 ? 1 : 2;
    StringBuilder name = new StringBuilder(SURNAMES[random.nextInt(SURNAMES.length)]);
    for (int i = 0; i < count; i++) {
      name.append(GIVEN.charAt(random.nextInt(GIVEN.length())));
    }
    return name.toString();
  }

  /** On two threads: nobody waits for an order here. */
  private static void make(int people, PersonRegister.Reader reader) throws IOException {
    List<Region> counties = Regions.china().counties("36");
    try (ExecutorService makers = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> made =
          IntStream.range(0, 2)
              .mapToObj(
                  half ->
                      makers.submit(
                          () -> {
                            for (int person = half; person < people; person += 2) {
                              reader.person(entry(person, counties));
                            }
                            return 0;
                          }))
              .toList();
      for (Future<Integer> future : made) {
        future.get();
      }
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static PersonRegister.Entry entry(int person, List<Region> counties) {
    SplittableRandom random = new SplittableRandom(person);
    String home = counties.get(random.nextInt(counties.size())).code();
    return new PersonRegister.Entry(
        person,
        "369901199001010000",
        new UUID(random.nextLong(), random.nextLong()),
        name(random),
        (1940 + random.nextInt(80)) * 100 + 1,
        "1",
        home,
        home,
        "000000",
        "000000",
        "70",
        (long) person / 3,
        null,
        202512);
  }
}
